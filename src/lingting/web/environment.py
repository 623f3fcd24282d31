"""The Jinja2 environment of the pages: two languages side by side, times, links, states."""

import json
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context

from lingting.access.roles import may
from lingting.conformity.verdict import State
from lingting.records.kind import kinds
from lingting.web.doors import ways
from lingting.web.measured import measured_by
from lingting.web.pictures import charts

STATES: dict[State, tuple[str, str, str]] = {
    State.CONFORMS: ("●", "符合", "Conforms"),
    State.AT_RISK: ("△", "有风险", "At risk"),
    State.NONCONFORMS: ("▲", "不符合", "Nonconforming"),
    State.NO_EVIDENCE: ("◌", "证据不足", "No evidence yet"),
    State.INSUFFICIENT_DATA: ("◔", "数据太少", "Too little data"),
    State.TO_BE_JUDGED: ("◆", "待判定", "To be judged"),
    State.NOT_APPLICABLE: ("▨", "不适用", "Not applicable"),
}
"""How a state is shown: shape and word in both languages, never colour alone."""

WAYS: dict[str, tuple[str, str]] = {
    "phone": ("电话", "Phone"), "chat": ("在线", "Chat"), "mail": ("邮件", "Mail"), "form": ("表单", "Form"), "portal": ("门户", "Portal"),
    "survey": ("调查", "Survey"), "face-to-face": ("面谈", "Face to face"),
}  # fmt: skip
"""What the channels (渠道) are called."""

SLOTS: dict[str, tuple[str, str]] = {
    "due": ("约定的话", "time in words"), "missing": ("缺少", "missing"), "read": ("复述", "read back"), "given": ("顾客所说", "the customer said"),
    "confirmed": ("是否确认", "confirmed"), "condition": ("条件", "condition"), "who": ("代谁说", "on behalf of"), "calendar": ("日历", "calendar"),
}  # fmt: skip
"""What the parts that an instrument reads out of a quote are called."""

HEARD: dict[str, tuple[str, str]] = {
    "conversations.conversation": ("对话", "Conversation"), "conversations.said": ("说的话", "Turn"), "conversations.found": ("听到的", "What was heard"),
    "conversations.asked": ("提问", "Question"), "conversations.answered": ("回答", "Answer"), "promises.promise": ("承诺", "Promise"),
    "surroundings.arrival": ("到达", "Arrival"),
}  # fmt: skip
"""What records are called that no register describes: they were heard, not entered."""

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def environment(**options: Any) -> Environment:
    """Return the environment that every template is rendered in; an unknown name is an error, not an empty place."""
    made = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701  # Django sets autoescape
    made.globals.update(
        static=static, t=t, url=url, when=when, day=day, states=STATES, ways=WAYS, slot_names=SLOTS, may=may, charts=charts, clock=clock,
        rail=lambda request: ways(request, request.user),
        is_zh=is_zh, measured_by=measured_by, lang=lang, both=both, kind_name=kind_name,
    )  # fmt: skip
    made.filters["slots"] = slots
    made.filters["percent"] = percent
    return made


@pass_context
def is_zh(context: Context) -> bool:
    """Tell whether the reader reads Chinese."""
    request = context.get("request")
    return bool(getattr(request, "language", settings.LANGUAGE_CODE) == "zh-hans")


@pass_context
def t(context: Context, zh: str, en: str, **places: object) -> str:
    """Return a sentence in the reader's language; both stand side by side, so that neither can be forgotten.

    Where a count changes the English words, both forms stand in it: `{n} [promise|promises]` goes by `n`, `[m:contact|contacts]` by another place.
    """
    sentence = zh if is_zh(context) else counted(en, **places)
    return sentence.format(**places) if places else sentence


_FORMS = re.compile(r"\[(?:(\w+):)?([^][|]*)\|([^][|]*)\]")


def counted(en: str, **places: object) -> str:
    """Return an English sentence with the form that its counts ask for; what goes by no place that is given stands as it is.

    >>> counted("[promise|promises] overdue", n=1), counted("[promise|promises] overdue", n=2)
    ('promise overdue', 'promises overdue')
    """

    def form(found: re.Match[str]) -> str:
        place = found[1] or "n"
        return found[0] if place not in places else found[2] if places[place] == 1 else found[3]

    return _FORMS.sub(form, en) if "|" in en else en


@pass_context
def both(context: Context, text: Any) -> str:
    """Return a text of the catalog in the reader's language."""
    return str(text.zh if is_zh(context) else text.en)


@pass_context
def kind_name(context: Context, label: str) -> str:
    """Return what a kind of record is called; one that nobody named, by its label."""
    if label in kinds():
        return both(context, kinds()[label].text)
    return t(context, *HEARD.get(label, (label, label)))


@pass_context
def lang(context: Context) -> str:
    """Return the language of the page for the `lang` attribute."""
    return "zh-Hans" if is_zh(context) else "en"


@pass_context
def url(context: Context, name: str, /, *args: object, **query: object) -> str:
    """Return a page's address; the day that is asked about goes along."""
    request = context.get("request")
    asked = getattr(request, "asked_at", "")
    wanted = {"at": asked, **query}
    kept = {key: value for key, value in wanted.items() if value not in ("", None)}
    return _address(name, *args) + (f"?{urlencode(kept)}" if kept else "")


@lru_cache(10_000, typed=True)
def _address(name: str, *args: object) -> str:
    """Return the address of a page; a long page asks for a thousand."""
    return reverse(name, args=args)


@pass_context
def when(context: Context, at: datetime | None) -> str:
    """Return a time with its weekday, in the organisation's zone; the same form in both languages, so that it can be compared."""
    if at is None:
        return "—"
    local = at.astimezone(settings.LINGTING["ZONE"])
    weekday = WEEKDAYS[local.weekday()] if is_zh(context) else f"{local:%a}"
    return f"{local:%Y-%m-%d} {weekday} {local:%H:%M}"


def clock(at: datetime | None) -> str:
    """Return the time of day, to the second."""
    return f"{at.astimezone(settings.LINGTING['ZONE']):%H:%M:%S}" if at else ""


@pass_context
def day(context: Context, at: date | datetime | None) -> str:
    """Return a day with its weekday."""
    if at is None:
        return "—"
    local = at.astimezone(settings.LINGTING["ZONE"]) if isinstance(at, datetime) else at
    return f"{local:%Y-%m-%d} {WEEKDAYS[local.weekday()] if is_zh(context) else f'{local:%a}'}"


def slots(words: str | None) -> dict[str, str]:
    """Return the parts that an instrument read out of a quote."""
    return dict(json.loads(words)) if words else {}


def percent(share: float | None) -> str:
    """Return a share as a percentage with one place."""
    return "—" if share is None else f"{100 * share:.1f} %"
