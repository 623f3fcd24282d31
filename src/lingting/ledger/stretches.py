"""Stretches (时段) of time in which something held, each from its beginning to before its end."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.conf import settings

Stretch: TypeAlias = tuple[datetime, datetime]


def without(stretches: Iterable[Stretch], start: datetime, end: datetime) -> list[Stretch]:
    """Return the stretches with a stretch of time taken out; what lay within it whole is gone.

    >>> monday, tuesday, friday = (datetime(2026, 6, day) for day in (1, 2, 5))
    >>> without([(monday, friday)], tuesday, friday) == [(monday, tuesday)], without([(tuesday, friday)], monday, friday)
    (True, [])
    """
    parts = (part for begin, stop in stretches for part in ((begin, min(stop, start)), (max(begin, end), stop)))
    return [part for part in parts if part[0] < part[1]]


def through(at: datetime, day: date) -> Stretch:
    """Return the stretch from a time to the end of a day where the organisation is."""
    zone: ZoneInfo = settings.LINGTING["ZONE"]
    return at, datetime.combine(day + timedelta(days=1), time(), zone)
