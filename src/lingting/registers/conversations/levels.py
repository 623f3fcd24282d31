"""Levels of listening (听的层次) of many conversations, and who came again soon after: set side by side, and no cause is claimed.

Of a conversation in which nothing heard decides a level nothing is said; it is in no share.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lingting.catalog.load import period
from lingting.inspection.level import AGAINST, EMPATHY, RESTATED, UNANSWERED, Level, level_of
from lingting.inspection.transcript import Role
from lingting.ledger.moment import Moment
from lingting.ledger.remembered import Remembered
from lingting.registers.conversations import queries
from lingting.registers.conversations.reading import Line, read
from lingting.statistics.parts import Part

ARGUED = "arguing.retort"
UNDERTONES = ("meaning.implied", "meaning.hoped")
DECIDING = (*(norm for norms in AGAINST.values() for norm in norms), RESTATED, EMPATHY, UNANSWERED)

AGAIN_WITHIN = period("conversations.again-within", timedelta(days=14))
"""Within this time another contact by the same customer is the first one's second attempt; a house default."""


_KNOWN: Remembered[dict[int, Level]] = Remembered(4)


@dataclass(frozen=True, slots=True)
class _Norm:
    norm: str


def levels(moment: Moment) -> dict[int, Level]:
    """Return the level of each conversation of which something heard decides one; asked several times on one page, it is found once."""
    return _KNOWN.answer(moment, lambda: _levels(moment))


def _levels(moment: Moment) -> dict[int, Level]:
    heard: dict[int, set[str]] = {}
    for number, norm in queries.findings(moment).filter(norm__in=DECIDING).order_by().values_list("conversation", "norm").distinct():
        heard.setdefault(number, set()).add(norm)
    judged = {number: level_of([_Norm(norm) for norm in sorted(norms)]).level for number, norms in heard.items()}
    return {number: level for number, level in judged.items() if level is not None}


def again(moment: Moment) -> tuple[frozenset[int], frozenset[int]]:
    """Return the conversations with somebody known that were followed long enough, and those of them after which the customer came again by themselves."""
    rows = queries.begun(moment).filter(party__isnull=False).order_by("party", "at", "id").values_list("pk", "party", "at", "meta")
    followed, came = set(), set()
    before: dict[int, tuple[int, datetime]] = {}
    for number, party, at, meta in rows:
        if queries.WENT_OUT not in (meta or "") and party in before and at - before[party][1] <= AGAIN_WITHIN:
            came.add(before[party][0])
        before[party] = (number, at)
        if at + AGAIN_WITHIN <= moment.at:
            followed.add(number)
    return frozenset(followed), frozenset(came & followed)


def by_level(moment: Moment) -> tuple[Part, Part]:
    """Return after how many conversations the customer came again: where they were listened to attentively or better, and where less well (S-TALK-33)."""
    told, (followed, came) = levels(moment), again(moment)
    well = frozenset(number for number, level in told.items() if level >= Level.ATTENTIVE) & followed
    less = (frozenset(told) & followed) - well
    return Part(well, well & came), Part(less, less & came)


def by_argument(moment: Moment) -> tuple[Part, Part]:
    """Return after how many conversations the customer came again: where we argued, and in the others that were listened to (S-SVC-31)."""
    argued = frozenset(queries.findings(moment).filter(norm=ARGUED).order_by().values_list("conversation", flat=True))
    followed, came = again(moment)
    heard = frozenset(queries.listened(moment).values_list("pk", flat=True)) & followed
    return Part(argued & followed, argued & came), Part(heard - argued, (heard - argued) & came)


def others(moment: Moment) -> Part:
    """Return the conversations with somebody known, and those of them with others than customers (S-323-03)."""
    rows = queries.begun(moment).filter(party__isnull=False)
    known = frozenset(rows.values_list("pk", flat=True))
    return Part(known, frozenset(rows.exclude(party__category="customer").values_list("pk", flat=True)))


def undertones(moment: Moment) -> Part:
    """Return the conversations in which something meant and not said was proposed and a person judged it, and those in which they accepted it (S-LISTEN-18)."""
    newest: dict[int, tuple[int, bool]] = {}
    rows = queries.judgements(moment).filter(found__norm__in=UNDERTONES).order_by("at", "id")
    for found, conversation, correct in rows.values_list("found", "found__conversation", "correct"):
        newest[found] = (conversation, correct)
    return Part(frozenset(number for number, _ in newest.values()), frozenset(number for number, correct in newest.values() if correct))


def spoken(moment: Moment, numbers: Collection[int]) -> Iterable[tuple[int, str, datetime]]:
    """Return who of us spoke first in each of these conversations, as its source names them, and when."""
    told = read(moment, "speaker", _speaker)
    return [(number, *one) for number, one in told.items() if one and number in numbers]


def _speaker(lines: Sequence[Line]) -> tuple[str, datetime] | None:
    return next(((line.speaker, line.at) for line in lines if line.role == Role.AGENT and line.speaker), None)
