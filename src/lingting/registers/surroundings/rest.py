"""Rest (休息): which shifts leave too little of it, and who drives too long; pure, with the rules as data (rest.yaml)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from lingting.catalog.load import BadCatalog, CatalogError, read_file
from lingting.catalog.model import Part, Text

MINUTE = timedelta(minutes=1)


class Rule(Text):
    """A rule of rest with its number – minutes, nights or days – and who set it."""

    least: int = 0
    most: int = 0
    pause: int = 0
    set_by: Literal["house", "law"]
    jurisdiction: str = ""
    source: Text

    @model_validator(mode="after")
    def _law_of_a_place(self) -> "Rule":
        if (self.set_by == "law") != bool(self.jurisdiction):
            raise ValueError("a law has a jurisdiction, and nothing else has")
        return self


class Night(Part):
    """Between which hours night lies, and how many minutes in it make a shift a night shift."""

    begins: time = Field(alias="from")
    ends: time = Field(alias="to")
    minutes: int


class Rules(Part):
    """The rules of rest in force."""

    night: Night
    joins: int
    rules: dict[Literal["rest", "nights", "hours", "days", "stretch", "driving"], Rule]


@cache
def rules() -> Rules:
    """Return the rules that come with Lingting."""
    errors: list[CatalogError] = []
    found, _ = read_file(Path(__file__).with_name("rest.yaml"), Rules, errors)
    if found is None:
        raise BadCatalog("\n".join(map(str, errors)))
    return found


@dataclass(frozen=True, slots=True)
class Spell:
    """A time at work; `stretch` is the longest planned time without a break, in minutes, if it is known."""

    number: int
    start: datetime
    until: datetime
    stretch: int | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A spell that breaks a rule."""

    number: int
    rule: str


def broken(spells: Sequence[Spell], asked: Rules, *, zone: ZoneInfo) -> Iterator[Broken]:
    """Yield which spells of one person break which rules; the spell that comes too soon or goes on too long is the one that breaks it.

    1. Join spells with only a short pause between them into working days.
    2. Between working days lies enough rest; none has too many hours.
    3. Count nights in a row and days in a row; each beyond the most breaks the rule.
    """
    days = list(_days(sorted(spells, key=lambda spell: (spell.start, spell.until)), asked.joins * MINUTE))
    limits = asked.rules
    for before, after in pairwise(days):
        if "rest" in limits and after[0].start - before[-1].until < limits["rest"].least * MINUTE:
            yield Broken(after[0].number, "rest")
    for day in days:
        if "hours" in limits and sum((spell.until - spell.start for spell in day), timedelta()) > limits["hours"].most * MINUTE:
            yield Broken(day[-1].number, "hours")
        for spell in day:
            if "stretch" in limits and spell.stretch is not None and spell.stretch > limits["stretch"].most:
                yield Broken(spell.number, "stretch")
    if "days" in limits:
        worked = [(day[0].start.astimezone(zone).date(), day[0].number) for day in days]
        yield from (Broken(number, "days") for number in _beyond(worked, limits["days"].most))
    if "nights" in limits:
        nights = [(night, spell.number) for spell in spells for night in _nights(spell, asked.night, zone)]
        yield from (Broken(number, "nights") for number in _beyond(nights, limits["nights"].most))


def _days(spells: Iterable[Spell], joins: timedelta) -> Iterator[list[Spell]]:
    day: list[Spell] = []
    for spell in spells:
        if day and spell.start - day[-1].until >= joins:
            yield day
            day = []
        day.append(spell)
    if day:
        yield day


def _nights(spell: Spell, night: Night, zone: ZoneInfo) -> Iterator[date]:
    """Yield the evenings whose nights a spell works in."""
    start, until = spell.start.astimezone(zone), spell.until.astimezone(zone)
    if start.date() == until.date() and start.time() >= night.ends and until.time() <= night.begins:
        return
    evening = start.date() - timedelta(days=1)
    while evening <= until.date():
        begins = datetime.combine(evening, night.begins, zone)
        ends = datetime.combine(evening + timedelta(days=1), night.ends, zone)
        if min(until, ends) - max(start, begins) >= night.minutes * MINUTE:
            yield evening
        evening += timedelta(days=1)


def _beyond(dated: Iterable[tuple[date, int]], most: int) -> Iterator[int]:
    """Yield the numbers that stand beyond the most days in a row."""
    run, before = 0, None
    for day, number in sorted(dated):
        if day != before:
            run = run + 1 if before is not None and day - before == timedelta(days=1) else 1
        before = day
        if run > most:
            yield number


def longest_drive(drives: Iterable[tuple[datetime, datetime]], *, pause: timedelta) -> timedelta:
    """Return the longest driving without a rest of so long; a shorter stop is no rest, and is not driven either.

    >>> from datetime import UTC
    >>> at = lambda hour, minute=0: datetime(2026, 8, 11, hour, minute, tzinfo=UTC)
    >>> str(longest_drive([(at(6), at(9)), (at(9, 10), at(11, 30))], pause=20 * MINUTE))
    '5:20:00'
    >>> str(longest_drive([(at(6), at(10)), (at(10, 20), at(12))], pause=20 * MINUTE))
    '4:00:00'
    """
    longest = driven = timedelta()
    stopped: datetime | None = None
    for start, until in sorted(drives):
        driven = until - start if stopped is None or start - stopped >= pause else driven + until - max(start, stopped)
        stopped = until if stopped is None else max(stopped, until)
        longest = max(longest, driven)
    return longest


def earliest(departs: datetime, driving: int, rule: Rule) -> datetime:
    """Return when a journey of so many minutes of driving can lawfully be over: a rest after each full stretch that is driven on from.

    >>> at = datetime(2026, 8, 11, 6)
    >>> rule = rules().rules["driving"]
    >>> [f"{earliest(at, minutes, rule):%H:%M}" for minutes in (240, 241, 480, 481)]
    ['10:00', '10:21', '14:20', '14:41']
    """
    rests = max(0, (driving - 1) // rule.most)
    return departs + (driving + rests * rule.pause) * MINUTE
