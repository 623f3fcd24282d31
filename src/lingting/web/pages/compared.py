"""比较 Compared: the sections of the figures of listening that set groups, teams, wordings and halls beside each other, and the lists behind their numbers."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse

from lingting.access.roles import may
from lingting.records.kind import kinds
from lingting.registers.conversations import recalling
from lingting.statistics.intervals import wilson
from lingting.statistics.parts import Part
from lingting.web import atmosphere, groups, pulses
from lingting.web.counted import Share, once, talks
from lingting.web.environment import WAYS
from lingting.web.pages.around import opened
from lingting.web.pages.page import Request

LANGUAGES = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}
WORST = 6
"""Groups at the worst end that are shown."""


def _groups(request: Request) -> dict[str, Any]:
    """Return the worst end of all groups, and how those of one kind (`?by=`) fare beside each other."""
    by = request.GET.get("by", "")
    by = by if by in groups.COMPARED else groups.COMPARED[0]
    member = groups.member(request, by)
    tables = {name: groups.compare(groups.outcome(request, name), member) for name in groups.OUTCOMES}
    worst = groups.worst(groups.outcome(request, "amiss"), {one: groups.member(request, one) for one in groups.TAILS}, WORST)
    return {"by": by, "compared": groups.COMPARED, "kinds_of_group": groups.BY, "outcomes": groups.OUTCOMES, "tables": tables, "worst": worst,
            "wilson": wilson, "group_name": partial(_group_name, request), "fewest": groups.FEWEST}  # fmt: skip


def _wordings(request: Request) -> dict[str, Any]:
    """Return how often each wording of a question brought a new fact, of the conversations that the reader may see."""
    found = [(wording, _wording(request, wording)) for wording in _asked(request)]
    rows = [(wording, Share(wording, len(one.part), len(one.whole))) for wording, one in found if len(one.whole) >= recalling.ENOUGH]
    return {"wordings": rows, "enough": recalling.ENOUGH}


def _asked(request: Request) -> Mapping[str, Part]:
    found: Mapping[str, Part] = once(request, "wordings", lambda: recalling.by_wording(request.moment))
    return found


def _wording(request: Request, wording: str) -> Part:
    found = _asked(request).get(wording, Part())
    return groups.narrowed(found, talks(request, found.whole).values_list("pk", flat=True)) if request.user.queues.strip() else found


def _group_name(request: Request, by: str, group: str) -> str:
    """Return what a group is called in the reader's language."""
    zh = request.language == "zh-hans"
    text = kinds()["parties.tier"].column("tier").text.choices.get(group) if by == "tier" else None
    if text is not None:
        return text.zh if zh else text.en
    names = {"channel": WAYS, "language": LANGUAGES}.get(by, {})
    return names[group][not zh] if group in names else group


def sections(request: Request) -> dict[str, Any]:
    """Return what these sections show."""
    return {
        **_groups(request), **_wordings(request), "felt": atmosphere.months(request),
        "factors": kinds()["surroundings.reading"].column("factor").text.choices,
        "pulses": pulses.beside(request) if may(request.user, "surroundings.read") else [],
        "pulse_items": {name: kinds()["surroundings.beat"].column(name).text for name in pulses.ITEMS},
    }  # fmt: skip


def _team(request: Request, side: str, back: tuple[str, str]) -> HttpResponse:
    """List the conversations of a team in a month of which a level of listening is known: `?of=热线&month=2026-07`."""
    team, month = request.GET.get("of", ""), request.GET.get("month", "")
    if not may(request.user, "surroundings.read") or team in {"", groups.NONE}:
        raise Http404
    found, words = pulses.heard(request, team, month), groups.OUTCOMES["less"][:2][side == "part"]
    rows = talks(request, found.whole if side == "whole" else found.part)
    return opened(request, rows, title=(f"{team} {month}：{words[0]}", f"{team} {month}: {words[1]}"), back=back)


def _outcome(name: str) -> Callable[[Request, str, tuple[str, str]], HttpResponse]:
    """Return what lists the conversations that an outcome was counted from."""
    return lambda request, side, back: _group(request, name, side, back)


def _group(request: Request, name: str, side: str, back: tuple[str, str]) -> HttpResponse:
    """List the conversations of one group (`?by=channel&of=phone`) that an outcome was counted from."""
    by, group = request.GET.get("by", ""), request.GET.get("of", "")
    if by not in groups.BY or group in {"", groups.NONE}:
        raise Http404
    found = groups.within(groups.outcome(request, name), groups.member(request, by), group)
    words, named = groups.OUTCOMES[name][:2][side == "part"], _group_name(request, by, group)
    title = f"{named}：{words[0]}", f"{named}: {words[1]}"
    return opened(request, talks(request, found.whole if side == "whole" else found.part), title=title, back=back)


def _worded(request: Request, side: str, back: tuple[str, str]) -> HttpResponse:
    """List the conversations in which a wording (`?of=`) was asked and answered, or in which a new fact came after it."""
    wording = request.GET.get("of", "")
    if wording not in _asked(request):
        raise Http404
    found = _wording(request, wording)
    title = f"“{wording}”：问了、顾客接着答了的对话", f"“{wording}”: conversations in which it was asked and answered"
    if side == "part":
        title = f"“{wording}”：之后说出了新情况", f"“{wording}”: a new fact was told after it"
    return opened(request, talks(request, found.whole if side == "whole" else found.part), title=title, back=back)


LISTED: Mapping[str, Callable[[Request, str, tuple[str, str]], HttpResponse]] = {
    "atmosphere": atmosphere.listed, "team": _team, "wording": _worded, **{name: _outcome(name) for name in groups.OUTCOMES},
}  # fmt: skip
"""What lists the records behind a number, by its name in the address."""
