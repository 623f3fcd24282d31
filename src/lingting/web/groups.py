"""Groups (群体) of conversations – by channel, language, tier of the customer, shift, queue, who spoke – and how each fares beside all the others.

Nothing is told of people but what is on record, and of one of us only to those who may. With many comparisons some differ by chance: each is held to an
interval so wide that all of a table together err once in twenty (Bonferroni).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from lingting.access.own import called, oneself
from lingting.access.roles import may
from lingting.inspection.level import Level
from lingting.ledger.moment import Moment
from lingting.registers.conversations import levels
from lingting.registers.conversations import queries as conversations
from lingting.registers.parties import queries as parties
from lingting.registers.surroundings import queries as surroundings
from lingting.statistics.intervals import CONFIDENCE, Interval, difference, wilson
from lingting.statistics.parts import Part
from lingting.web.counted import once, talks
from lingting.web.pages.around import Words
from lingting.web.pages.page import Request
from lingting.web.shares import scored

GRAVE = ("major", "critical")
NONE = "-"
"""Of whom or what it is not known."""

SUPERVISOR = "supervisor"
"""Who sees of each of their people how often something grave was heard; everybody else sees their own."""

FEWEST = 5
"""A group of fewer conversations is not held against others; a house default."""

Member = Mapping[int, str]
"""The group of each conversation."""


def by_channel(moment: Moment) -> Member:
    """Return the channel of each conversation."""
    return dict(conversations.begun(moment).values_list("pk", "channel"))


def by_language(moment: Moment) -> Member:
    """Return the language of each conversation."""
    return {number: language or NONE for number, language in conversations.begun(moment).values_list("pk", "language")}


def by_month(moment: Moment) -> Member:
    """Return the month of each conversation."""
    return {number: f"{_local(at):%Y-%m}" for number, at in conversations.begun(moment).values_list("pk", "at")}


def by_queue(moment: Moment) -> Member:
    """Return the queue of each conversation."""
    return {number: queue or NONE for number, queue in conversations.begun(moment).values_list("pk", "queue")}


def by_tier(moment: Moment) -> Member:
    """Return the tier that the customer of each conversation had then; of whom we do not know, and who had none, none."""
    rows = list(conversations.begun(moment).filter(party__isnull=False).values_list("pk", "party", "at"))
    told = parties.tiers_at(moment, [(party, at) for _, party, at in rows])
    return {number: tier or NONE for (number, _, _), tier in zip(rows, told, strict=True)}


def by_shift(moment: Moment) -> Member:
    """Return the one shift, `09:00–17:00`, that was rostered for the queue of each conversation when it began; where none was, or several, none."""
    days: dict[object, list[tuple[datetime, datetime, str, str]]] = {}
    for queue, start, until in surroundings.shifts(moment).values_list("queue", "start", "until"):
        name = f"{_local(start):%H:%M}–{_local(until):%H:%M}"
        for day in {_local(start).date(), _local(until).date()}:
            days.setdefault(day, []).append((start, until, queue, name))
    found = {}
    for number, at, of in conversations.begun(moment).values_list("pk", "at", "queue"):
        on = {name for start, until, queue, name in days.get(_local(at).date(), ()) if start <= at < until and queue in {"", of}}
        found[number] = on.pop() if len(on) == 1 else NONE
    return found


def _local(at: datetime) -> datetime:
    return at.astimezone(settings.LINGTING["ZONE"])


def by_speaker(moment: Moment) -> Member:
    """Return who of us spoke first in each conversation that was listened to."""
    heard = set(conversations.listened(moment).values_list("pk", flat=True))
    return {number: speaker for number, speaker, _ in levels.spoken(moment, heard)}


BY: Mapping[str, tuple[Words, Callable[[Moment], Member]]] = {
    "channel": (("渠道", "Channel"), by_channel), "language": (("语言", "Language"), by_language), "tier": (("顾客等级", "Tier of the customer"), by_tier),
    "shift": (("班次", "Shift"), by_shift), "queue": (("队列", "Queue"), by_queue), "speaker": (("坐席", "Who spoke"), by_speaker),
}  # fmt: skip
"""By what conversations are grouped."""

COMPARED = ("channel", "language", "tier", "shift")
"""By what it is asked whether all are served alike."""

TAILS = ("queue", "channel", "shift", "speaker")
"""Where the worst end is looked for."""


def amiss(moment: Moment) -> Part:
    """Return the conversations that were listened to, and those in which something grave was heard against a norm in our own words.

    What whoever spoke sees first is not counted on its first day.
    """
    heard = frozenset(conversations.listened(moment).values_list("pk", flat=True))
    rows = conversations.findings(moment).filter(kind="breach", severity__in=GRAVE, said__role="agent")
    rows = rows.exclude(pk__in=conversations.early(rows, moment.at).values("pk"))
    return Part(heard, heard & frozenset(rows.order_by().values_list("conversation", flat=True)))


def attentive(moment: Moment) -> Part:
    """Return the conversations of which a level of listening is known, and those listened to less than attentively."""
    told = levels.levels(moment)
    return Part(frozenset(told), frozenset(number for number, level in told.items() if level < Level.ATTENTIVE))


def low(moment: Moment) -> Part:
    """Return the conversations that the customer scored soon after, and those with a low score."""
    well, less = scored(moment)
    return Part(well.whole | less.whole, well.part | less.part)


def upheld(moment: Moment) -> Part:
    """Return the conversations of which a dispute was decided, and those of which one was upheld: we had judged wrongly."""
    won, lost = (frozenset(query(moment).order_by().values_list("found__conversation", flat=True)) for query in (conversations.upheld, conversations.rejected))
    return Part(won | lost, won)


OUTCOMES: Mapping[str, tuple[Words, Words, Callable[[Moment], Part]]] = {
    "amiss": (
        ("听过的对话", "conversations listened to"), ("我们的话里听到严重问题", "something grave was heard in our own words"), amiss,
    ),
    "less": (("听出层次的对话", "conversations with a level of listening"), ("听得不到专注", "listened to less than attentively"), attentive),
    "low": (("之后顾客打过分的对话", "conversations scored by the customer afterwards"), ("打的是低分", "the score was low"), low),
    "upheld": (("申诉已裁定的对话", "conversations with a decided dispute"), ("申诉成立：原来判错了", "a dispute was upheld: we had judged wrongly"), upheld),
}  # fmt: skip
"""What is compared: out of which conversations, which of them, and how both are found; more is worse."""


@dataclass(frozen=True, slots=True)
class Fared:
    """How one group fared: so many of so many, and how that lies to all the others together."""

    group: str
    hits: int
    n: int
    apart: Interval | None

    @property
    def interval(self) -> Interval | None:
        """Return the 95 % interval of the share."""
        return wilson(self.hits, self.n)

    @property
    def differs(self) -> str:
        """Return `more` or `less` where the group differs from the others by more than chance, `` where no difference can be told."""
        return "" if self.apart is None or 0 in self.apart else "more" if self.apart.low > 0 else "less"


def compare(found: Part, member: Member) -> list[Fared]:
    """Return how the groups of a whole fare, the largest first; whose group is not known stands in none (S-714-03)."""
    counts: dict[str, tuple[int, int]] = {}
    for number in found.whole:
        group = member.get(number, NONE)
        if group != NONE:
            hits, n = counts.get(group, (0, 0))
            counts[group] = hits + (number in found.part), n + 1
    all_hits, all_n = (sum(one[place] for one in counts.values()) for place in (0, 1))
    held = [group for group, (_, n) in counts.items() if n >= FEWEST and all_n - n >= FEWEST]
    confidence = 1 - (1 - CONFIDENCE) / max(len(held), 1)
    rows = [
        Fared(group, hits, n, difference(hits, n, all_hits - hits, all_n - n, confidence=confidence) if group in held else None)
        for group, (hits, n) in counts.items()
    ]
    return sorted(rows, key=lambda one: (-one.n, one.group))


def worst(found: Part, members: Mapping[str, Member], most: int) -> list[tuple[str, Fared]]:
    """Return the groups at the worst end, by the lower end of their intervals, so that a few conversations prove nothing (S-TALK-01)."""
    rows = [(by, one) for by, member in members.items() for one in compare(found, member) if one.n >= FEWEST and one.hits]
    return sorted(rows, key=lambda row: (-(row[1].interval.low if row[1].interval else 0), row[1].group))[:most]


def within(found: Part, member: Member, group: str) -> Part:
    """Return the part of a share that is one group's."""
    whole = frozenset(number for number in found.whole if member.get(number, NONE) == group)
    return Part(whole, whole & found.part)


def narrowed(found: Part, visible: Iterable[int]) -> Part:
    """Return a share of what may be seen."""
    whole = found.whole & frozenset(visible)
    return Part(whole, found.part & whole)


def outcome(request: Request, name: str) -> Part:
    """Return an outcome as far as the reader may see its conversations."""
    find = OUTCOMES[name][2]
    found = once(request, ("outcome", name), lambda: find(request.moment))
    return narrowed(found, talks(request, found.whole).values_list("pk", flat=True)) if request.user.queues.strip() else found


def member(request: Request, by: str) -> Member:
    """Return the group of each conversation as far as the reader may know it: shifts for those who read rosters, who spoke for supervisors and oneself."""
    find, mine = BY[by][1], called(oneself(request.user)) if by == "speaker" and request.user.role != SUPERVISOR else None
    if (by == "shift" and not may(request.user, "surroundings.read")) or mine == ():
        return {}
    found: Member = once(request, ("by", by), lambda: find(request.moment))
    return found if mine is None else {number: name for number, name in found.items() if name in mine}
