"""Answering (多久答上): how soon we answered first, and how soon with the first thing of use (S-TALK-31)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lingting.inspection.useful import first_answers
from lingting.ledger.moment import Moment
from lingting.ledger.remembered import Remembered
from lingting.registers.conversations import queries
from lingting.registers.conversations.reading import Line, read
from lingting.statistics.parts import Part


@dataclass(frozen=True, slots=True)
class Times:
    """When a customer asked, when we first answered, and when with something of use – nothing where nobody did."""

    channel: str
    asked: datetime
    first: datetime
    useful: datetime | None

    @property
    def to_first(self) -> float:
        """Return the seconds to our first answer."""
        return (self.first - self.asked).total_seconds()

    @property
    def to_useful(self) -> float | None:
        """Return the seconds to the first useful one."""
        return (self.useful - self.asked).total_seconds() if self.useful else None


_KNOWN: Remembered[Mapping[int, Times]] = Remembered(4)


def _firsts(lines: Sequence[Line]) -> tuple[datetime, datetime, datetime | None] | None:
    found = first_answers([(line.role, line.plain) for line in lines])
    if found is None:
        return None
    asked, first, useful = found
    return lines[asked].at, lines[first].at, lines[useful].at if useful is not None else None


def times(moment: Moment) -> Mapping[int, Times]:
    """Return of every conversation in which a customer spoke and we answered how soon that was."""
    return _KNOWN.answer(moment, lambda: _times(moment))


def _times(moment: Moment) -> Mapping[int, Times]:
    channels = dict(queries.begun(moment).values_list("pk", "channel"))
    told = read(moment, "useful", _firsts)
    return {number: Times(channels[number], *ones) for number, ones in told.items() if ones is not None and number in channels}


def useful_at_once(moment: Moment) -> tuple[Part, Part]:
    """Return the conversations that we answered and those whose first answer was of use already; and those that ended and those of them without any."""
    found = times(moment)
    at_once = frozenset(number for number, one in found.items() if one.useful == one.first)
    over = frozenset(found) & queries.ended(list(found))
    return Part(frozenset(found), at_once), Part(over, frozenset(number for number in over if found[number].useful is None))
