"""The working calendar (工作日历): working weekdays and hours, days of one's own, Chinese public holidays and make-up days (调休)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

import chinese_calendar

HOLIDAYS = {
    "元旦": "New Year's Day", "春节": "Spring Festival", "过年": "Spring Festival", "清明": "Tomb-sweeping Day", "五一": "Labour Day",
    "劳动节": "Labour Day", "端午": "Dragon Boat Festival", "中秋": "Mid-autumn Festival", "国庆": "National Day",
    "十一": "National Day",
}  # fmt: skip
"""What people call a public holiday, and what the table of holidays calls it."""

ASSUMED_HOLIDAYS = {"New Year's Day": (1, 1, 1), "Labour Day": (5, 1, 5), "National Day": (10, 1, 7)}
"""Month, day and length in days of the holidays by the solar calendar, for years that the table does not know yet."""

MONDAY_TO_FRIDAY = frozenset(range(5))
WEEK = 7
YEAR_AND_A_MONTH = 400
"""So many days hold every holiday of a year at least once, wherever one begins."""


class BadCalendar(ValueError):
    """A working calendar given as data cannot be read."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When an organisation works; where the table of Chinese holidays does not know a year, its weekdays alone are assumed."""

    zone: ZoneInfo
    opens: time = time(9)
    closes: time = time(18)
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()
    holidays: bool = True

    def is_workday(self, day: date) -> bool:
        """Tell whether people work on a day: its own days first, then public holidays and make-up days, then the weekdays.

        >>> calendar = WorkCalendar(ZoneInfo("Asia/Shanghai"))
        >>> [calendar.is_workday(date(2026, 5, day)) for day in (4, 9)]  # a holiday Monday, a make-up Saturday
        [False, True]
        >>> replace(calendar, closed=frozenset({date(2026, 5, 9)})).is_workday(date(2026, 5, 9))
        False
        """
        if day in self.open or day in self.closed:
            return day in self.open
        if self.holidays:
            off, name = _detail(day) or (False, None)
            if name:
                return not off
        return day.weekday() in self.weekdays

    def knows(self, day: date) -> bool:
        """Tell whether the public holidays of a day's year are known rather than assumed."""
        return not self.holidays or _detail(day) is not None

    def workday_after(self, day: date, count: int) -> date:
        """Return the day that is so many working days after another; 0 returns the day itself if people work on it, else the next."""
        while count > 0 or not self.is_workday(day):
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def workdays_after(self, at: datetime, count: int) -> datetime:
        """Return the same time of day so many working days later; what comes in outside working hours counts from the next opening.

        >>> calendar = WorkCalendar(ZoneInfo("Asia/Shanghai"))
        >>> calendar.workdays_after(datetime(2026, 8, 28, 20, 0, tzinfo=calendar.zone), 1).isoformat()  # Friday night
        '2026-09-01T09:00:00+08:00'
        """
        local = at.astimezone(self.zone)
        if not self.is_workday(local.date()) or local.time() >= self.closes:
            start = self.workday_after(local.date() + timedelta(days=1), 0)
            local = datetime.combine(start, self.opens, self.zone)
        elif local.time() < self.opens:
            local = datetime.combine(local.date(), self.opens, self.zone)
        return datetime.combine(self.workday_after(local.date(), count), local.time(), self.zone)

    def worked_back(self, at: datetime, length: timedelta) -> datetime:
        """Return the time from which that much working time has passed by `at`.

        >>> calendar = WorkCalendar(ZoneInfo("Asia/Shanghai"))
        >>> calendar.worked_back(datetime(2026, 8, 31, 10, 0, tzinfo=calendar.zone), timedelta(hours=4)).isoformat()  # Monday morning: Friday 15:00
        '2026-08-28T15:00:00+08:00'
        """
        return self._worked(at, length, -1)

    def worked_on(self, at: datetime, length: timedelta) -> datetime:
        """Return the time by which that much working time has passed since `at`.

        >>> calendar = WorkCalendar(ZoneInfo("Asia/Shanghai"))
        >>> calendar.worked_on(datetime(2026, 8, 28, 15, 0, tzinfo=calendar.zone), timedelta(hours=4)).isoformat()  # Friday afternoon: Monday 10:00
        '2026-08-31T10:00:00+08:00'
        """
        return self._worked(at, length, 1)

    def _worked(self, at: datetime, length: timedelta, way: Literal[1, -1]) -> datetime:
        local, left = at.astimezone(self.zone), length
        day = local.date()
        while True:
            if self.is_workday(day):
                opens, closes = datetime.combine(day, self.opens, self.zone), self.closing(day)
                here = min(max(local, opens), closes)
                room = closes - here if way == 1 else here - opens
                if room >= left:
                    return here + left * way
                left -= room
            day += timedelta(days=way)

    def closing(self, day: date) -> datetime:
        """Return the end of working hours on a day."""
        return datetime.combine(day, self.closes, self.zone)

    def next_closing(self, at: datetime) -> datetime:
        """Return the next end of working hours: today's if people work today and have not left yet."""
        local = at.astimezone(self.zone)
        if self.is_workday(local.date()) and local < self.closing(local.date()):
            return self.closing(local.date())
        return self.closing(self.workday_after(local.date() + timedelta(days=1), 0))

    def end_of(self, day: date) -> datetime:
        """Return the last second of a day."""
        return datetime.combine(day, time(23, 59, 59), self.zone)

    def holiday_after(self, name: str | None, at: date) -> tuple[date, date] | None:
        """Return the first and last day of the next public holiday of that name (of any name: None); of a year unknown, an assumed one.

        >>> calendar = WorkCalendar(ZoneInfo("Asia/Shanghai"))
        >>> [day.isoformat() for day in calendar.holiday_after("国庆", date(2026, 3, 11))]
        ['2026-10-01', '2026-10-07']
        """
        wanted = HOLIDAYS[name] if name else None
        found: list[date] = []
        for day in (at + timedelta(days=ahead) for ahead in range(YEAR_AND_A_MONTH)):
            detail = _detail(day)
            if detail is None:
                break
            off, called = detail
            if off and called and called == (wanted or called):
                found.append(day)
            elif found and (day - found[-1]).days > 1:
                break
        return (found[0], found[-1]) if found else _assumed_holiday(wanted, at)


@lru_cache(maxsize=4096)
def _detail(day: date) -> tuple[bool, str | None] | None:
    """Return whether a day is off in China and what holiday it belongs to (of a make-up day, too); None where the year is unknown."""
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return off, name


def _assumed_holiday(wanted: str | None, at: date) -> tuple[date, date] | None:
    """Return when a holiday of the solar calendar falls by custom; the moon's holidays cannot be assumed."""
    if wanted not in ASSUMED_HOLIDAYS:
        return None
    month, day, length = ASSUMED_HOLIDAYS[wanted]
    first = date(at.year, month, day)
    if first + timedelta(days=length) <= at:
        first = date(at.year + 1, month, day)
    return first, first + timedelta(days=length - 1)


def work_calendar(zone: ZoneInfo, data: Mapping[str, Any]) -> WorkCalendar:
    """Return an organisation's own working calendar out of data: weekdays (1 Monday to 7), opens, closes, closed, open, holidays.

    >>> ours = work_calendar(ZoneInfo("Asia/Shanghai"), {"weekdays": [1, 2, 3, 4, 5, 6], "closes": "17:30", "closed": ["2026-03-14"]})
    >>> ours.is_workday(date(2026, 3, 7)), ours.is_workday(date(2026, 3, 14)), ours.closes.isoformat()
    (True, False, '17:30:00')
    """
    calendar = WorkCalendar(zone)
    if unknown := sorted(set(data) - {"weekdays", "opens", "closes", "closed", "open", "holidays"}):
        raise BadCalendar(f"The working calendar has {unknown[0]!r}, which is not known; known are weekdays, opens, closes, closed, open and holidays.")
    try:
        ours = replace(
            calendar,
            weekdays=frozenset(int(day) - 1 for day in data["weekdays"]) if "weekdays" in data else calendar.weekdays,
            opens=time.fromisoformat(data["opens"]) if "opens" in data else calendar.opens,
            closes=time.fromisoformat(data["closes"]) if "closes" in data else calendar.closes,
            closed=_dates(data.get("closed", ())),
            open=_dates(data.get("open", ())),
            holidays=bool(data.get("holidays", True)),
        )
    except (TypeError, ValueError) as error:
        raise BadCalendar(f"The working calendar cannot be read ({error}); write days as 2026-05-09, hours as 17:30, weekdays as 1 to 7.") from error
    if not ours.weekdays or not ours.weekdays <= frozenset(range(WEEK)):
        raise BadCalendar("The working calendar's weekdays must be one or more of 1 (Monday) to 7 (Sunday).")
    if ours.opens >= ours.closes:
        raise BadCalendar(f"The working calendar opens at {ours.opens} and closes at {ours.closes}; it must open before it closes.")
    return ours


def _dates(days: Iterable[date | str]) -> frozenset[date]:
    """Return days that are written as text or, as YAML reads them, are dates already."""
    return frozenset(day if isinstance(day, date) else date.fromisoformat(day) for day in days)
