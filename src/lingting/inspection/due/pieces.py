"""What words of time are made of: days, parts of a day, clock times, spans; each language reads its own words into these."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from lingting.inspection.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Due:
    """Words at `start` to `end` of a text that name a time, the moment they mean, and whether its holidays had to be assumed.

    `start_at` is when a named stretch of time begins: "between two and four" is due at four and may be kept from two on.
    """

    start: int
    end: int
    at: datetime
    assumed: bool = False
    start_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """A day or several; `step` says after what such days come again, where the words leave that open (week, month, year)."""

    first: date
    last: date
    step: str = ""
    weekday: bool = False
    holiday: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: the hours from `begins` to `ends`; `late` ones count their clock times from noon; `night` runs past midnight."""

    begins: int
    ends: int
    late: bool = False
    night: bool = False
    next_day: bool = False
    """Whether the words mean the next day once this part of today is over ("in the morning")."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time by the clock; `exact` if the words leave no choice between morning and afternoon; `bare` if it may be a mere number."""

    hour: int
    minute: int = 0
    second: int = 0
    exact: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of time; `due` if the words around it make it a time ("within", "后"), `ago` if they put it in the past."""

    parts: tuple[tuple[float, str], ...]
    due: bool = False
    ago: bool = False


@dataclass(frozen=True, slots=True)
class Nth:
    """The first, second, last of something within a period: "the last week of July", "节后第一个工作日"; -1 is the last."""

    place: int
    unit: str
    many: int = 1
    weekday: int = 0


@dataclass(frozen=True, slots=True)
class Close:
    """The end of working hours: 下班, close of play."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that binds others: before, within, after, at, at the end of (a suffix binds what it follows, else what follows it)."""

    name: str
    suffix: bool = False


Meaning = Days | Part | Clock | Span | Nth | Close | Sign
Read = Callable[[re.Match[str], date, WorkCalendar], "Meaning | tuple[Meaning, ...] | None"]


UNREADABLE: tuple[Meaning, ...] = (Days(date.min, date.min), Sign("none", suffix=True))
"""What is said of no single time ahead: every week, a day that no calendar has, a holiday that the table does not know yet."""


class Form(NamedTuple):
    """One way to say something: the first letters (Chinese) or words (English) it may begin with, its words, and how to read them."""

    starts: str
    pattern: str
    read: Read


Matcher = tuple[Callable[[str, int], re.Match[str] | None], Read]


class Language(NamedTuple):
    """How a language says times: `opener` finds what may begin a piece, `matchers` what such a beginning may become, `joint` joins pieces."""

    opener: re.Pattern[str]
    matchers: Mapping[str, tuple[Matcher, ...]]
    joint: re.Pattern[str]


def matchers(forms: Mapping[str, Form], starts: Callable[[str], Iterable[str]]) -> dict[str, tuple[Matcher, ...]]:
    """Return for every beginning the forms that begin so, in their order."""
    found: dict[str, list[Matcher]] = {}
    for form in forms.values():
        matcher = re.compile(form.pattern).match
        for start in starts(form.starts):
            found.setdefault(start, []).append((matcher, form.read))
    return {start: tuple(these) for start, these in found.items()}
