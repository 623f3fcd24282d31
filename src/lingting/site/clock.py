"""The one place that is asked what time it is, and as of when somebody asks."""

from datetime import UTC, datetime, time

from django.conf import settings

from lingting.ledger.moment import Moment

EARLIEST, LATEST = 1990, 2200
"""Years that databases and people can mean."""


class BadDay(ValueError):
    """The day that was asked about is none; write it like 2026-08-20."""


def now() -> datetime:
    """Return the time, or the fixed one of a demonstration."""
    fixed: datetime | None = settings.LINGTING["CLOCK"]
    return fixed or datetime.now(UTC)


def asked(words: str) -> Moment:
    """Return the moment that is asked about: now where nothing is said, the end of a day, or a time."""
    words = words.strip()
    if not words:
        return Moment(now())
    try:
        at = datetime.fromisoformat(words)
        if len(words) == len("2026-08-20"):
            at = datetime.combine(at.date(), time(23, 59, 59))
        at = at if at.tzinfo else at.replace(tzinfo=settings.LINGTING["ZONE"])
        at.timestamp()
    except (ValueError, OverflowError) as error:
        raise BadDay(words) from error
    if not EARLIEST <= at.year <= LATEST:
        raise BadDay(words)
    return Moment(at)
