"""Days by the calendar (日历): weekdays, weeks, months and years around a day."""

from dataclasses import replace
from datetime import date, timedelta

from lingting.inspection.due.pieces import Days

WEEK = timedelta(days=7)
MONTHS = 12
MAY_BE_PAST = timedelta(days=182)
"""A date without a year that was less than half a year ago is taken for that one, not for next year's."""

_YEARS_TO_A_LEAP_DAY = 9
_STARTS_END = {"week": 2, "month": 9, "quarter": 30, "year": 120}
_MIDDLES_END = {"week": 3, "month": 19, "quarter": 60, "year": 243}
"""So many days after its first a period's first and middle third end; months by the ten days of 上旬 and 中旬."""


def one(day: date) -> Days:
    """Return one day."""
    return Days(day, day)


def week(day: date, ahead: int = 0) -> Days:
    """Return the week of a day, or one so many weeks later, Monday to Sunday."""
    monday = day + timedelta(days=7 * ahead - day.weekday())
    return Days(monday, monday + timedelta(days=6))


def weekend(day: date, ahead: int = 0) -> Days:
    """Return Saturday and Sunday of the week of a day."""
    sunday = week(day, ahead).last
    return Days(sunday - timedelta(days=1), sunday)


def month(day: date, ahead: int = 0, *, count: int = 1) -> Days:
    """Return the month of a day, or one so many months later, or several from there on.

    >>> month(date(2027, 12, 5), 2).last.isoformat()  # February of a leap year
    '2028-02-29'
    """
    first = _first_of(day.year * MONTHS + day.month - 1 + ahead)
    return Days(first, _first_of(first.year * MONTHS + first.month - 1 + count) - timedelta(days=1))


def _first_of(months: int) -> date:
    return date(months // MONTHS, months % MONTHS + 1, 1)


def year_of(number: int) -> Days:
    """Return a year."""
    return Days(date(number, 1, 1), date(number, 12, 31))


def quarter(day: date, ahead: int = 0, *, count: int = 1) -> Days:
    """Return the quarter of a day, or so many quarters from one later on."""
    return month(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), 3 * ahead, count=3 * count)


def months_after(day: date, count: int) -> date:
    """Return the same day so many months later, or the last day of that month if it is shorter.

    >>> months_after(date(2026, 1, 31), 1).isoformat()
    '2026-02-28'
    """
    there = month(day, count)
    return min(there.first + timedelta(days=day.day - 1), there.last)


def weekday(place: int, today: date) -> Days:
    """Return the next day of that name, today included."""
    there = today + timedelta(days=(place - today.weekday()) % 7)
    return Days(there, there, "week", weekday=True)


def weekday_of(place: int, days: Days) -> Days:
    """Return the first day of that name within other days, or after them.

    >>> weekday_of(2, week(date(2026, 3, 11), 1)).first.isoformat()
    '2026-03-18'
    """
    there = days.first + timedelta(days=(place - days.first.weekday()) % 7)
    return Days(there, there, days.step)


def numbered(number: int, after: date, *, of: int | None = None, weekday: int | None = None) -> Days | None:
    """Return the first day with that number (of that month, on that weekday) from a day on; None where no calendar has it.

    >>> numbered(29, date(2018, 2, 22)).first.isoformat(), numbered(29, date(2017, 3, 22), of=2).first.isoformat(), numbered(30, date(2020, 1, 1), of=2)
    ('2018-03-29', '2020-02-29', None)
    """
    start = after.year * MONTHS + after.month - 1
    for months in range(start, start + MONTHS * _YEARS_TO_A_LEAP_DAY):
        if of is None or months % MONTHS + 1 == of:
            try:
                there = _first_of(months).replace(day=number)
            except ValueError:
                continue
            if there >= after and weekday in {None, there.weekday()}:
                return Days(there, there, "month" if of is None else "year")
    return None


def dated(number: int, of: int, base: date, year: int | None = None) -> Days | None:
    """Return the day of a month, of that year or of the year that lies nearest."""
    if year is None:
        return numbered(number, base - MAY_BE_PAST, of=of)
    try:
        return one(date(year, of, number))
    except ValueError:
        return None


def named_month(of: int, base: date, year: int | None = None) -> Days | None:
    """Return a month by its number, of that year or of the year that lies nearest."""
    if year is not None:
        return month(date(year, of, 1))
    first = numbered(1, (base - MAY_BE_PAST).replace(day=1), of=of)
    return replace(month(first.first), step="year") if first else None


def again(days: Days) -> Days:
    """Return the same days the next time they come."""
    if days.step == "week":
        return replace(days, first=days.first + WEEK, last=days.last + WEEK)
    if days.step and days.first == days.last:
        return numbered(days.first.day, days.first + timedelta(days=1), of=days.first.month if days.step == "year" else None) or days
    if days.step == "year":
        last = month(days.last, MONTHS).last if days.last == month(days.last).last else months_after(days.last, MONTHS)
        return replace(days, first=months_after(days.first, MONTHS), last=last)
    return days


def third(days: Days, edge: str) -> Days:
    """Return the start, middle or end of a period."""
    length = (days.last - days.first).days + 1
    unit = next((unit for unit, most in (("day", 2), ("week", 14), ("month", 31), ("quarter", 92)) if length <= most), "year")
    if edge == "end" or unit == "day":
        return Days(days.last, days.last, days.step)
    ends = (_STARTS_END if edge == "start" else _MIDDLES_END)[unit]
    return replace(days, last=days.first + timedelta(days=ends))
