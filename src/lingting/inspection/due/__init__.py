"""Due times (约定时间): the words in which people say by when, and the moment they mean – the end of the period they name."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.due.chinese import CHINESE
from lingting.inspection.due.english import ENGLISH
from lingting.inspection.due.moments import Moment
from lingting.inspection.due.numerals import number
from lingting.inspection.due.phrases import LIMITS, Phrase, phrases
from lingting.inspection.due.pieces import Due

__all__ = ["Due", "dues", "number"]

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def dues(text: str, said: datetime, calendar: WorkCalendar) -> Iterator[Due]:
    """Yield the due times in a normalised text that lie ahead of when it was said, in order.

    >>> from zoneinfo import ZoneInfo
    >>> calendar = WorkCalendar(ZoneInfo("Asia/Shanghai"))
    >>> said = datetime(2026, 3, 11, 14, 30, tzinfo=calendar.zone)  # a Wednesday
    >>> [due.at.isoformat()[:16] for due in dues("明天上午十点前", said, calendar)]
    ['2026-03-12T10:00']
    >>> [due.at.isoformat()[:16] for due in dues("3个工作日内", said, calendar)]
    ['2026-03-16T23:59']
    >>> [due.at.isoformat()[:16] for due in dues("by close of play on friday", said, calendar)]
    ['2026-03-13T18:00']
    >>> list(dues("稍后联系您", said, calendar))
    []
    """
    language = CHINESE if _CHINESE.search(text) else ENGLISH
    moment = Moment(said, calendar)
    day: date | None = None
    for phrase in phrases(text, moment.today, calendar, language):
        known = None if phrase.limit in LIMITS else day
        found = moment.of(phrase, known)
        if found is not None:
            at, start_at = found
            yield Due(_start(phrase), phrase.end, at, moment.assumed or not calendar.knows(at.date()), start_at)
        day = _day(phrase) or day


def _start(phrase: Phrase) -> int:
    return _start(phrase.earlier) if phrase.earlier else phrase.start


def _day(phrase: Phrase) -> date | None:
    """Return the single day that a phrase names: a bare clock time after it is on that day ("后天……九点半到十一点之间")."""
    days = phrase.days or (phrase.earlier.days if phrase.earlier else None)
    return days.last if days and days.first == days.last and not phrase.unreadable else None
