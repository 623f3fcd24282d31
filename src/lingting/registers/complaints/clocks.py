"""Clocks (时限): how long a complaint may take – the house's working hours, and what the law of a place allows, which is data."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import RootModel

from lingting.catalog.load import BadCatalog, CatalogError, ours, period, read_file
from lingting.catalog.model import Text
from lingting.inspection.calendar import WorkCalendar, work_calendar

CAPTURE = period("complaints.capture", timedelta(hours=4))
"""Working time within which a complaint that was heard is registered; a house default, shown as ours."""


class Clock(Text):
    """A time limit outside the house: where it holds, whom it binds, how long it is and who says so."""

    jurisdiction: str
    binds: Literal["us", "body"]
    source: str
    count: int = 0
    unit: Literal["days", "workdays", "weeks", "months"] = "days"
    since: date | None = None
    until: date | None = None


class File(RootModel[dict[str, Clock]]):
    """The clocks by name."""


@cache
def clocks() -> Mapping[str, Clock]:
    """Read `clocks.yaml`."""
    errors: list[CatalogError] = []
    read, _ = read_file(Path(__file__).with_name("clocks.yaml"), File, errors)
    if read is None:
        raise BadCatalog("\n".join(map(str, errors)))
    return read.root


def calendar() -> WorkCalendar:
    """Return the house's working calendar."""
    return work_calendar(settings.LINGTING["ZONE"], ours().calendar)


def capture_due(at: datetime) -> datetime:
    """Return the time by which a complaint must have been heard to be due for registration at `at`."""
    return calendar().worked_back(at, CAPTURE)


def runs_out(clock: Clock, at: datetime) -> date | None:
    """Return the last day of a clock that starts at a time, or nothing where only the letter says it."""
    day = at.astimezone(calendar().zone).date()
    if not clock.count:
        return None
    match clock.unit:
        case "workdays":
            return calendar().workday_after(day, clock.count)
        case "months":
            return _months_after(day, clock.count)
        case _:
            return day + timedelta(**{clock.unit: clock.count})


def in_force(clock: Clock, at: datetime) -> bool:
    """Tell whether a clock held on the day of a time."""
    day = at.astimezone(calendar().zone).date()
    return (clock.since is None or clock.since <= day) and (clock.until is None or day <= clock.until)


def _months_after(day: date, count: int) -> date:
    """Return the same day so many months later, or that month's last."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
