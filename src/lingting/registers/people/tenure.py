"""Tenure (年资): ideas and efforts by how long people had been here – of bands of people, never of one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from lingting.ledger.moment import Moment
from lingting.registers.people.models import Effort, Left, Person, Suggested

BANDS = (0, 90, 180, 365, 730, 36_500)
"""Days since somebody came, at which the bands part; a house default."""

FEWEST = 5
"""A band of fewer people than this is not shown: its figures would be somebody's."""

MONTH = 30.4375
"""Days of a month, on average."""


@dataclass(frozen=True, slots=True)
class Band:
    """Who was here so long at some time, how many months of theirs lie in the band, and which ideas and efforts of theirs fell into it."""

    start: int
    end: int
    people: frozenset[int]
    months: float
    ideas: frozenset[int]
    efforts: frozenset[int]

    @property
    def told(self) -> bool:
        """Tell whether it has enough people to be shown."""
        return len(self.people) >= FEWEST


def bands(moment: Moment) -> list[Band]:
    """Return the bands of tenure, the newcomers first (S-MOT-16)."""
    came = dict(Person.objects.as_of(moment).values_list("pk", "at"))
    until = dict(Left.objects.as_of(moment).values_list("person", "at"))
    ideas = list(Suggested.objects.as_of(moment).filter(person__isnull=False).values_list("pk", "person", "at"))
    efforts = list(Effort.objects.as_of(moment).values_list("pk", "person", "at"))
    stays = {person: _days(at, until.get(person, moment.at)) for person, at in came.items()}
    return [
        Band(
            start, end, frozenset(person for person, days in stays.items() if days > start),
            sum(min(days, end) - start for days in stays.values() if days > start) / MONTH,
            _within(ideas, came, start, end), _within(efforts, came, start, end),
        )
        for start, end in pairwise(BANDS)
    ]  # fmt: skip


def since(moment: Moment) -> dict[str, datetime]:
    """Return when whoever is called so came: by code and by name; a name that two people have tells nobody apart."""
    rows = list(Person.objects.as_of(moment).order_by("id").values_list("code", "name", "at"))
    names = Counter(name for _, name, _ in rows if name)
    return {name: at for _, name, at in rows if name and names[name] == 1} | {code: at for code, _, at in rows}


def band_at(came: datetime, at: datetime) -> int | None:
    """Return the beginning of the band in which somebody was at a time, or nothing before they came.

    >>> from datetime import UTC
    >>> band_at(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))
    90
    """
    days = _days(came, at)
    return next((start for start, end in pairwise(BANDS) if start <= days < end), None)


def _days(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 86_400


def _within(rows: Iterable[tuple[int, int, datetime]], came: dict[int, datetime], start: int, end: int) -> frozenset[int]:
    return frozenset(number for number, person, at in rows if person in came and start <= _days(came[person], at) < end)
