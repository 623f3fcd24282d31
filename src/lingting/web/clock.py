"""The one place where pages ask what time it is: now, or the fixed time of a demonstration."""

from datetime import UTC, datetime

from django.conf import settings


def now() -> datetime:
    """Return the time."""
    fixed: datetime | None = settings.LINGTING["CLOCK"]
    return fixed or datetime.now(UTC)
