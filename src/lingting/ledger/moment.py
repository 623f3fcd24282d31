"""A moment (时点): the two times in which the past can be asked about."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """What had happened by `at`, as far as the book knew it when entry `known` was its last; `known` empty means: as known today."""

    at: datetime
    known: int | None = None
