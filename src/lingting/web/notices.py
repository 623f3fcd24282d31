"""Notices (告知): what became of the findings about whoever is signed in – withdrawn, judged wrong, a dispute decided – and the disputes that wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from lingting.access.models import Account
from lingting.access.own import called, oneself
from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.catalog import read_norms
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Found
from lingting.registers.instruments import acceptance
from lingting.registers.instruments.models import Disposed
from lingting.registers.people.models import Person
from lingting.web.inspecting import change

MOST = 5
"""Notices that Today shows, the newest; each stands at its finding for good."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that somebody is told: when it happened, in both languages, and where it can be read up."""

    at: datetime
    zh: str
    en: str
    address: str
    quote: str = ""


def notices(account: Account, moment: Moment) -> list[Notice]:
    """Return what whoever is signed in is told, the newest first."""
    me = oneself(account)
    told = list(_stopped(moment)) if may(account, "norms.read") and may(account, "conversations.read") else []
    told += [*_withdrawn(me, moment), *_refuted(me, moment), *_decided(me, moment)] if me else []
    return sorted(told, key=lambda one: one.at, reverse=True)[:MOST]


def waiting(account: Account, moment: Moment) -> tuple[int, int]:
    """Return how many disputes wait for a decision and how many of them past their time, for those who decide."""
    if not may(account, "findings.settle"):
        return 0, 0
    rows, late = (seen(query(moment), account, "found__conversation__queue") for query in (conversations.unsettled, conversations.unsettled_late))
    return rows.count(), late.count()


def _stopped(moment: Moment) -> Iterator[Notice]:
    """Yield the detectors that stand still because too few accepted what they proposed: everybody whom they told anything is told."""
    for (norm, _, _), lock in acceptance.stops(moment):
        words = next((one for one in read_norms() if one.id == norm), None)
        zh, en = (words.zh, words.en) if words else (norm, norm)
        address = reverse("norm", args=[norm]) if words else ""
        yield Notice(lock.at, f"检测器停用了，不再提示：{zh}。", f"A detector stands still and proposes nothing: {en}.", address, lock.why)


def _mine(me: Person, path: str) -> Q:
    return Q(**{f"{path}__said__speaker__in": called(me)})


def _at(found: Found) -> str:
    return reverse("conversation", args=[found.conversation_id]) + f"#note-{found.pk}"


def _withdrawn(me: Person, moment: Moment) -> Iterator[Notice]:
    rows = Disposed.objects.as_of(moment).filter(how="withdraw").filter(_mine(me, "found") | Q(used__person=me))
    counted: dict[int, int] = {}
    newest: dict[int, Disposed] = {}
    for row in rows.select_related("unfit__instrument", "unfit__version", "found").order_by("at", "id"):
        if row.found is not None:
            yield Notice(row.at, *_unfit(row.unfit, 1), _at(row.found), row.found.quote or "")
        else:
            counted[row.unfit_id] = counted.get(row.unfit_id, 0) + 1
            newest[row.unfit_id] = row
    for number, row in newest.items():
        yield Notice(row.at, *_unfit(row.unfit, counted[number]), "")


def _unfit(unfit: Any, count: int) -> tuple[str, str]:
    name = f"{unfit.instrument.code} {unfit.version.edition}" if unfit.version else unfit.instrument.code
    zh = f"关于您的 {count} 处结果已撤回，因为 {name} 那时不适用；不再计入，您的评分已恢复。"
    en = f"{count} results about you were withdrawn, because {name} was unfit then; they count no more and your score is restored."
    return zh, en if count > 1 else en.replace("1 results about you were", "1 result about you was").replace("they count", "it counts")


def _refuted(me: Person, moment: Moment) -> Iterator[Notice]:
    for row in conversations.refuted(moment).filter(_mine(me, "found")).select_related("found", "person").order_by("-at")[:MOST]:
        name = row.person.name or row.person.code
        yield Notice(row.at, f"{name}复核：不正确，不再计入。", f"{name} judged it wrong; it counts no more.", _at(row.found), row.found.quote or "")


def _decided(me: Person, moment: Moment) -> Iterator[Notice]:
    rows = conversations.settlements(moment).filter(disputed__person=me).select_related("disputed__found", "person").order_by("-at")[:MOST]
    for row in rows:
        found = row.disputed.found
        zh, en = ("您的申诉成立，不再计入。", "Your dispute was upheld; it counts no more.") if row.upheld else (
            "您的申诉没有成立；理由在那里。", "Your dispute was rejected; the reason stands there.")  # fmt: skip
        made = change(row.disputed, row, None) if row.upheld else None
        if made and made.after:
            zh, en = f"{zh}谢谢您：它成了检测器的标注样本。", f"{en} Thank you: it is now a labelled sample of the detector."
        yield Notice(row.at, zh, en, _at(found), found.quote or "")
