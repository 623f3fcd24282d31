"""The working calendar: China's, an organisation's own, and years that nobody has published yet."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingting.inspection.calendar import BadCalendar, WorkCalendar, work_calendar
from lingting.inspection.due import dues

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(ZONE)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-03-11", True), ("2026-03-14", False), ("2026-05-04", False), ("2026-05-09", True), ("2026-10-07", False), ("2026-10-10", True),
        ("2029-10-02", True),  # a Tuesday in a year that the table does not know
    ],
)  # fmt: skip
def test_public_holidays_and_make_up_days_are_chinas(day: str, *, works: bool) -> None:
    assert CALENDAR.is_workday(date.fromisoformat(day)) is works


def test_a_year_beyond_the_table_is_not_known() -> None:
    assert CALENDAR.knows(date(2026, 12, 31))
    assert not CALENDAR.knows(date(2029, 1, 4))
    assert WorkCalendar(ZONE, holidays=False).knows(date(2029, 1, 4))


def test_own_days_stand_above_public_holidays() -> None:
    """An organisation that works on the first of May and closes on a Wednesday."""
    ours = work_calendar(ZONE, {"open": ["2026-05-01"], "closed": [date(2026, 3, 18)]})
    assert ours.is_workday(date(2026, 5, 1))
    assert not ours.is_workday(date(2026, 3, 18))
    assert not ours.is_workday(date(2026, 5, 4))


def test_working_days_are_counted_by_the_organisations_own_week() -> None:
    """Said on Friday: 两个工作日内 – for those who work on Saturdays, Monday."""
    said = datetime(2026, 3, 13, 10, 0, tzinfo=ZONE)
    six = work_calendar(ZONE, {"weekdays": [1, 2, 3, 4, 5, 6]})
    assert next(dues("两个工作日内", said, six)).at.date() == date(2026, 3, 16)
    assert next(dues("两个工作日内", said, CALENDAR)).at.date() == date(2026, 3, 17)


def test_own_hours_say_when_work_ends() -> None:
    early = work_calendar(ZONE, {"opens": "08:00", "closes": "17:30"})
    assert next(dues("下班前", datetime(2026, 3, 11, 14, 30, tzinfo=ZONE), early)).at.time() == time(17, 30)
    assert next(dues("下班前", datetime(2026, 3, 13, 17, 45, tzinfo=ZONE), early)).at == datetime(2026, 3, 16, 17, 30, tzinfo=ZONE)


def test_what_comes_in_outside_working_hours_counts_from_the_next_opening() -> None:
    early, late = datetime(2026, 3, 11, 7, 0, tzinfo=ZONE), datetime(2026, 3, 13, 19, 0, tzinfo=ZONE)
    assert CALENDAR.workdays_after(early, 1) == datetime(2026, 3, 12, 9, 0, tzinfo=ZONE)
    assert CALENDAR.workdays_after(late, 1) == datetime(2026, 3, 17, 9, 0, tzinfo=ZONE)


def test_without_public_holidays_only_weekdays_count() -> None:
    plain_weeks = work_calendar(ZONE, {"holidays": False})
    assert plain_weeks.is_workday(date(2026, 5, 4))
    assert not plain_weeks.is_workday(date(2026, 5, 9))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"weekdays": []}, "weekdays"), ({"weekdays": [8]}, "weekdays"), ({"closes": "25:00"}, "17:30"), ({"closed": ["someday"]}, "2026-05-09"),
        ({"opens": "18:00", "closes": "09:00"}, "before"), ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_a_calendar_that_cannot_be_read_says_what_to_write(data: dict[str, object], says: str) -> None:
    with pytest.raises(BadCalendar, match=says):
        work_calendar(ZONE, data)


def test_the_next_holiday_of_any_name_is_found() -> None:
    assert CALENDAR.holiday_after(None, date(2026, 4, 20)) == (date(2026, 5, 1), date(2026, 5, 5))
    assert CALENDAR.holiday_after("春节", date(2029, 4, 20)) is None
    assert CALENDAR.holiday_after("元旦", date(2029, 4, 20)) == (date(2030, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("at", "hours", "since"),
    [
        ("2026-07-01T13:00", 4, "2026-07-01T09:00"),  # a whole morning of a Wednesday
        ("2026-07-01T12:59", 4, "2026-06-30T17:59"),
        ("2026-07-01T07:00", 4, "2026-06-30T14:00"),  # before opening nothing has passed
        ("2026-07-01T22:00", 4, "2026-07-01T14:00"),  # after closing neither
        ("2026-10-08T10:00", 10, "2026-09-30T09:00"),  # a holiday of a week lies between
    ],
)
def test_working_time_is_counted_back_over_nights_and_holidays(at: str, hours: int, since: str) -> None:
    assert CALENDAR.worked_back(datetime.fromisoformat(at).replace(tzinfo=ZONE), timedelta(hours=hours)).isoformat()[:16] == since
