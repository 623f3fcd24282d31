"""Spans of time (时段): when so many hours, days, working days or months have passed."""

from datetime import UTC, datetime, timedelta

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.due.calendar_days import months_after

LONGEST = {"second": 86400, "minute": 10080, "hour": 2400, "workday": 400, "day": 400, "week": 60, "month": 14, "quarter": 4, "year": 5}
"""What is further off is no promise but a number."""

DAYS_OF_A_MONTH = 30
"""So long is a month of which a part is meant: 半个月 is fifteen days."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
_EXACT = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}

Parts = tuple[tuple[float, str], ...]


def is_too_long(parts: Parts) -> bool:
    """Tell whether a span is longer than any promise."""
    return any(count > LONGEST[unit] for count, unit in parts)


def later(start: datetime, parts: Parts, calendar: WorkCalendar, *, sign: int = 1) -> datetime:
    """Return the end of a span: hours run by the clock, days end at midnight, working days by the calendar; `sign` -1 counts back.

    >>> from zoneinfo import ZoneInfo
    >>> london = WorkCalendar(ZoneInfo("Europe/London"), holidays=False)
    >>> eve = datetime(2026, 3, 28, 20, 0, tzinfo=london.zone)  # the clocks go forward that night
    >>> later(eve, ((24, "hour"),), london).isoformat(), later(eve, ((1, "day"),), london).isoformat()
    ('2026-03-29T21:00:00+01:00', '2026-03-29T23:59:59+01:00')
    """
    at, exact = start, False
    for count, unit in parts:
        if unit == "workday":
            at = datetime.combine(calendar.workday_after(at.date(), round(count)), at.timetz())
        elif unit in _MONTHS:
            whole, part = divmod(count * _MONTHS[unit], 1)
            day = months_after(at.date(), sign * round(whole)) + timedelta(days=sign * round(part * DAYS_OF_A_MONTH))
            at = datetime.combine(day, at.timetz())
        elif unit in _DAYS and count * _DAYS[unit] >= 1:
            at += timedelta(days=sign * round(count * _DAYS[unit]))
        else:
            at, exact = _elapsed(at, sign * count * _EXACT[unit]), True
    return at if exact else calendar.end_of(at.date())


def _elapsed(at: datetime, span: timedelta) -> datetime:
    """Return the moment when so much time has passed, over a change of the clocks too."""
    return (at.astimezone(UTC) + span).astimezone(at.tzinfo)
