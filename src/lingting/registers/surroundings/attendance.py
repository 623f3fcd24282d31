"""Attendance (到岗): how many are there at a time, from shifts and the days on which people are away; pure."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Attendance:
    """When people come and go, each in order."""

    comings: tuple[datetime, ...]
    goings: tuple[datetime, ...]

    def there(self, at: datetime) -> int:
        """Return how many are there; who leaves at that time is not."""
        return bisect_right(self.comings, at) - bisect_right(self.goings, at)


def attendance(shifts: Iterable[tuple[int, datetime, datetime]], away: Mapping[int, Collection[date]], *, zone: ZoneInfo) -> Attendance:
    """Return who comes and goes when, of shifts (person, start, until) less the days on which that person is away.

    >>> from datetime import UTC
    >>> nine, five = (datetime(2026, 7, 20, hour, tzinfo=UTC) for hour in (9, 17))
    >>> made = attendance([(1, nine, five), (2, nine, five)], {2: {nine.date()}}, zone=ZoneInfo("UTC"))
    >>> [made.there(at) for at in (nine - DAY, nine, five)]
    [0, 1, 0]
    """
    times = [part for person, start, until in shifts for part in _parts(start, until, away.get(person, ()), zone)]
    return Attendance(tuple(sorted(start for start, _ in times)), tuple(sorted(until for _, until in times)))


def _parts(start: datetime, until: datetime, away: Collection[date], zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Yield a shift, or what is left of it on days on which its person is not away."""
    if not away:
        yield start, until
        return
    day = start.astimezone(zone).date()
    while (begins := datetime.combine(day, time(), zone)) < until:
        if day not in away:
            yield max(start, begins), min(until, datetime.combine(day + DAY, time(), zone))
        day += DAY
