"""预警墙 The wall of warnings: conversations going on that need a person now, the worst first, each with the words that say so.

It knows the customer's words, promises and waiting alone; the feelings of those who serve are never asked about.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db.models import Exists, OuterRef

from lingting.access.models import Account
from lingting.access.queues import seen
from lingting.inspection.entangled import entangled
from lingting.inspection.pack import Pack
from lingting.inspection.transcript import Channel, Role
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Ended, InWork, Said
from lingting.registers.parties import identity
from lingting.registers.parties import queries as parties
from lingting.registers.parties.models import Party
from lingting.registers.promises import queries as promises
from lingting.web import calling, desk

Words = tuple[str, str]

HEAT: Mapping[str, tuple[int, Words]] = {
    "abuse.customer": (5, ("辱骂", "Abuse")), "feeling.anger": (4, ("生气", "Anger")), "stance.agitated": (4, ("激动", "Agitated")),
    "misunderstanding.raised": (3, ("说我们没听懂", "Says that we misunderstood")),
    "point.repeated": (3, ("同一件事说到第三遍", "The same point for the third time")),
    "told.again": (3, ("说已经讲过一遍", "Says that it was told before")), "complaint.made": (2, ("抱怨", "A complaint")),
    "urging.customer": (2, ("催促", "Pressing")),
}  # fmt: skip
"""What heats a conversation, and how heavy it weighs; the weights are ours, and shown as ours."""

HELP, BROKEN, TANGLED, SILENT = 5, 4, 4, 3
"""The weights of a call for help that nobody answered, a broken promise, being entangled, and a customer whom nobody answers."""

CALM = frozenset({"feeling.relief", "feeling.joy", "praise.given"})
"""What was heard before the customer was glad again warns no more, abuse excepted."""

WAITS = timedelta(minutes=2)
"""A customer who spoke last and was answered by nobody for so long is left alone; a house default, shown as ours."""

LIVE = timedelta(hours=4)
"""A conversation that did not end, and in which something was said so lately, goes on; a house default, shown as ours."""

SPOKEN = (Channel.PHONE, Channel.CHAT, Channel.FACE_TO_FACE)
"""Conversations that are held at once; letters and forms have their own times."""

MOST = 200
"""Conversations of the book that are looked at, those first in which something was said last."""


class Heard(Protocol):
    """A finding, wherever it is kept."""

    @property
    def norm(self) -> str:
        """The norm it bears on."""

    @property
    def quote(self) -> str | None:
        """Its words."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Why a conversation stands on the wall: how heavy it weighs, what it is called, and the words that say so."""

    weight: int
    name: Words
    quote: str


@dataclass(frozen=True, slots=True)
class Going:
    """A conversation on the wall: whose, over what, who has it, since when the last words wait, why, and what was said; `number` once it is in the book."""

    party: Party | None
    channel: str
    queue: str
    holder: str
    last: datetime
    why: tuple[Warned, ...]
    said: tuple[tuple[str, str, datetime], ...]
    number: int = 0
    key: str = ""

    @property
    def order(self) -> tuple[int, int, datetime]:
        """Return how bad it is: the heaviest first, then the most, then whoever waits longest."""
        return -max(one.weight for one in self.why), -len(self.why), self.last


def heat(findings: Iterable[Heard]) -> Iterator[Warned]:
    """Yield what of the findings, in the order of their words, heats a conversation still: of each kind the last words."""
    hot: dict[str, Warned] = {}
    for one in findings:
        if one.norm in CALM:
            hot = {norm: warned for norm, warned in hot.items() if norm == desk.ABUSE}
        elif one.norm in HEAT:
            weight, name = HEAT[one.norm]
            hot[one.norm] = Warned(weight, name, one.quote or "▒▒")
    yield from hot.values()


def going_on(account: Account, moment: Moment, pack: Pack) -> list[Going]:
    """Return the conversations going on that need a person, as far as somebody may see them, the worst first."""
    return sorted([*_at_the_desk(account, moment, pack), *_in_the_book(account, moment)], key=lambda one: one.order)


def _at_the_desk(account: Account, moment: Moment, pack: Pack) -> Iterator[Going]:
    for row in seen(InWork.objects.all(), account).select_related("account"):
        work = desk.read(row)
        why = of_draft(row, work, desk.listen(work, pack), moment)
        if why:
            said = tuple((role, text, datetime.fromisoformat(at)) for role, text, at in work.turns)
            party = parties.known(moment).filter(pk=work.party).first() if work.party else None
            yield Going(party, work.channel, row.queue, row.account.name, said[-1][2] if said else row.at, why, said, key=row.key)


def of_draft(row: InWork, work: desk.Work, heard: desk.Heard, moment: Moment) -> tuple[Warned, ...]:
    """Return why a conversation in work stands on the wall; nothing, and nobody but its agent sees it."""
    why = list(heat(heard.now.news))
    turns = work.spoken()
    if tangled := entangled(turns, heard.now.news):
        why.append(Warned(TANGLED, ("被同一件事纠缠", "Entangled over one demand"), tangled.quote))
    if (called := calling.standing_call(row)) and not called.answers.exists():
        why.append(Warned(HELP, ("求助还没有人应", "A call for help nobody answered"), row.help))
    why += _broken([work.party] if work.party else [], moment)
    if turns and turns[-1].role is Role.CUSTOMER and turns[-1].at is not None:
        why += _silence(turns[-1].at, turns[-1].text, moment)
    return tuple(why)


def _silence(at: datetime, words: str, moment: Moment) -> Iterator[Warned]:
    minutes = (moment.at - at) // timedelta(minutes=1)
    if moment.at - at >= WAITS:
        yield Warned(SILENT, (f"说完 {minutes} 分钟没有人答", f"Nobody answered for {minutes} minutes"), words)


def _broken(numbers: Sequence[int], moment: Moment) -> list[Warned]:
    entries = {entry for number in numbers for entry in identity.same(number, moment)}
    late: RecordQuerySet[Any] = promises.overdue(moment)
    rows = late.filter(party__in=entries).order_by("deadline")[:3] if entries else ()
    return [Warned(BROKEN, ("对他的承诺落空了", "A promise to them is broken"), row.words or "▒▒") for row in rows]


def _in_the_book(account: Account, moment: Moment) -> Iterator[Going]:
    lately = Said.objects.as_of(moment).filter(conversation=OuterRef("pk"), at__gte=moment.at - LIVE)
    over = Ended.objects.as_of(moment).filter(conversation=OuterRef("pk"))
    begun = conversations.begun(moment).filter(Exists(lately), channel__in=SPOKEN).exclude(Exists(over))
    rows = list(seen(begun, account).select_related("party").order_by("-at", "-id")[:MOST])
    numbers = [row.pk for row in rows]
    found: dict[int, list[Heard]] = {}
    hot = conversations.findings(moment).filter(conversation__in=numbers, norm__in=[*HEAT, *CALM])
    for one in hot.order_by("at", "said_id", "start"):
        found.setdefault(one.conversation_id, []).append(one)
    said = conversations.turns(numbers)
    for row in rows:
        turns = [one for one in said[row.pk] if one.at <= moment.at and not one.automatic]
        why = [*heat(found.get(row.pk, ())), *_broken([row.party_id] if row.party_id else [], moment)]
        if turns and turns[-1].role == Role.CUSTOMER:
            why += _silence(turns[-1].at, turns[-1].text or "▒▒", moment)
        if why:
            holder = next((one.speaker for one in reversed(turns) if one.role == Role.AGENT and one.speaker), "")
            words = tuple((one.role, one.text or "▒▒", one.at) for one in turns)
            yield Going(row.party, row.channel, row.queue or "", holder, words[-1][2] if words else row.at, tuple(why), words, number=row.pk)
