"""The working calendar (工作日历): working hours, weekends, Chinese public holidays and make-up days (调休)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

HOLIDAYS = {
    "元旦": "New Year's Day", "春节": "Spring Festival", "清明": "Tomb-sweeping Day", "五一": "Labour Day",
    "劳动节": "Labour Day", "端午": "Dragon Boat Festival", "中秋": "Mid-autumn Festival", "国庆": "National Day",
    "十一": "National Day",
}  # fmt: skip
"""What people call a public holiday, and what the table of holidays calls it."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When an organisation works; holidays are China's, where its table knows the year, else Monday to Friday is assumed."""

    zone: ZoneInfo
    opens: time = time(9)
    closes: time = time(18)

    def is_workday(self, day: date) -> bool:
        """Tell whether people work on a day.

        >>> calendar = WorkCalendar(ZoneInfo("Asia/Shanghai"))
        >>> [calendar.is_workday(date(2026, 5, day)) for day in (4, 9)]  # a holiday Monday, a make-up Saturday
        [False, True]
        """
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5  # noqa: PLR2004  # Saturday

    def knows(self, day: date) -> bool:
        """Tell whether the holidays of a day's year are known rather than assumed."""
        try:
            chinese_calendar.is_workday(day)
        except NotImplementedError:
            return False
        return True

    def workday_after(self, day: date, count: int) -> date:
        """Return the day that is so many working days after another; 0 returns the day itself if people work on it, else the next."""
        while count > 0 or not self.is_workday(day):
            day += timedelta(days=1)
            count -= self.is_workday(day)
            if count <= 0 and self.is_workday(day):
                break
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

    def closing(self, day: date) -> datetime:
        """Return the end of working hours on a day."""
        return datetime.combine(day, self.closes, self.zone)

    def end_of(self, day: date) -> datetime:
        """Return the last second of a day."""
        return datetime.combine(day, time(23, 59, 59), self.zone)

    def holiday_after(self, name: str, at: date) -> tuple[date, date] | None:
        """Return the first and last day of the next public holiday of that name, if its year is known."""
        wanted = HOLIDAYS[name]
        day, found = at, []
        for _ in range(400):
            try:
                off, called = chinese_calendar.get_holiday_detail(day)
            except NotImplementedError:
                break
            if off and called == wanted:
                found.append(day)
            elif found and (day - found[-1]).days > 1:
                break
            day += timedelta(days=1)
        return (found[0], found[-1]) if found else None
