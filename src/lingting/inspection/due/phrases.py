"""Phrases of time (时间短语): pieces that stand together, joined into one thing said, of which a moment can be made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.due.calendar_days import weekday_of
from lingting.inspection.due.pieces import Clock, Days, Language, Meaning, Nth, Part, Sign, Span

LONGEST_JOINT = 12
"""No more letters than this stand between two pieces of one phrase."""

LIMITS = frozenset({"before", "within", "until"})
"""Signs of a deadline: what is past then means the next time it comes."""


@dataclass(slots=True)
class Phrase:
    """Pieces that were said together; `earlier` is the other end of a stretch from one time to another."""

    start: int
    end: int
    days: Days | None = None
    part: Part | None = None
    clock: Clock | None = None
    span: Span | None = None
    nth: Nth | None = None
    close: bool = False
    limit: str = ""
    edge: str = ""
    shift: str = ""
    at: bool = False
    settled: bool = False
    unreadable: bool = False
    earlier: "Phrase | None" = None
    waiting: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether no time has been said yet."""
        return not (self.days or self.part or self.clock or self.span or self.nth or self.close)


def phrases(text: str, base: date, calendar: WorkCalendar, language: Language) -> Iterator[Phrase]:
    """Yield the phrases of time in a text, in order."""
    now: Phrase | None = None
    for match, meanings in _pieces(text, base, calendar, language):
        start, end = match.span()
        if now is not None and not _joined(text, now, start, language.joint):
            yield from _said(now)
            now = None
        if now is None:
            now = Phrase(start, start)
        for meaning in meanings:
            following = _add(now, meaning, start, end)
            if following is not None:
                if following.earlier is not now:
                    yield from _said(now)
                now = following
    if now is not None:
        yield from _said(now)


def _pieces(text: str, base: date, calendar: WorkCalendar, language: Language) -> Iterator[tuple[re.Match[str], tuple[Meaning, ...]]]:
    """Yield the pieces of a text with what they mean, left to right."""
    reached, matchers = 0, language.matchers
    for opener in language.opener.finditer(text):
        start = opener.start()
        if start < reached:
            continue
        letters = opener[0]
        for matcher, read in matchers.get(letters if not letters.isdecimal() else "0", ()):
            match = matcher(text, start)
            if match is not None:
                meaning = read(match, base, calendar)
                if meaning is not None:
                    reached = match.end()
                    yield match, meaning if isinstance(meaning, tuple) else (meaning,)
                    break


def _joined(text: str, now: Phrase, start: int, joint: re.Pattern[str]) -> bool:
    """Tell whether nothing but small words stands between a phrase and what follows; "再找两天,八月八号前" are two things said."""
    if now.span is not None and not now.span.due and "," in text[now.end : start]:
        return False
    return start == now.end or (start - now.end <= LONGEST_JOINT and bool(joint.fullmatch(text, now.end, start)))


def _said(now: Phrase) -> Iterator[Phrase]:
    """Yield a phrase if a time was said; of a stretch without its second end, the first."""
    if not now.empty:
        yield now
    elif now.earlier is not None:
        yield from _said(now.earlier)


def _add(now: Phrase, meaning: Meaning, start: int, end: int) -> Phrase | None:
    """Add what a piece means to a phrase, or return the phrase that begins with it."""
    if isinstance(meaning, Sign):
        return _sign(now, meaning, start, end)
    if _fits(now, meaning):
        _fill(now, meaning)
        now.end = end
        return None
    following = Phrase(start, end)
    following.waiting, now.waiting = now.waiting, []
    _fill(following, meaning)
    return following


def _sign(now: Phrase, sign: Sign, start: int, end: int) -> Phrase | None:
    """Let a word that binds others bind: a suffix what was said, any other what will be."""
    if sign.name == "till" and now.empty:
        sign = Sign("until")
    if sign.name in {"to", "and", "till"}:
        if now.empty or (sign.name == "and" and "between" not in _opened(now)) or now.earlier is not None:
            return None
        return Phrase(start, end, earlier=now)
    if sign.name in {"from", "after", "before"} and now.span is not None and not now.span.due and not sign.suffix:
        now.shift, now.end = sign.name, end
    elif sign.suffix:
        if sign.name == "none":
            now.unreadable = True
        elif not now.empty:
            now.limit, now.end = sign.name, end
    else:
        now.waiting.append(sign.name)
        now.end = end
    return None


def _opened(now: Phrase) -> list[str]:
    return [now.limit, *now.waiting]


def _fits(now: Phrase, meaning: Meaning) -> bool:
    """Tell whether a phrase has room for a meaning; a weekday and a week, or a weekday and its date, are one day."""
    if isinstance(meaning, Days) and now.days is not None:
        return now.days.weekday != meaning.weekday and not now.shift and not now.settled
    if isinstance(meaning, Part):
        return now.part is None and not now.close
    if isinstance(meaning, Clock):
        return now.clock is None and not (now.span and not now.shift)
    if isinstance(meaning, Span):
        return now.empty or (now.span is not None and not now.shift) or (now.days is not None and now.clock is None and not now.span)
    if isinstance(meaning, Nth):
        return now.nth is None
    return True


def _fill(now: Phrase, meaning: Meaning) -> None:
    """Put a meaning into its place and let the words that waited for it bind."""
    if isinstance(meaning, Days):
        now.days, now.settled = (meaning, False) if now.days is None else (_same_day(now.days, meaning), True)
    elif isinstance(meaning, Part):
        now.part = meaning
    elif isinstance(meaning, Clock):
        now.clock = meaning
    elif isinstance(meaning, Span):
        now.span = meaning if now.span is None else Span(now.span.parts + meaning.parts, now.span.due or meaning.due, now.span.ago or meaning.ago)
    elif isinstance(meaning, Nth):
        now.nth = meaning
    else:
        now.close = True
    for name in now.waiting:
        if name in {"start", "mid", "end", "weekof"}:
            now.edge = name
        elif name == "at":
            now.at = True
        else:
            now.limit = name
    now.waiting = []


def _same_day(one: Days, other: Days) -> Days:
    """Return the day that a weekday and a period, or a weekday and a date, mean together."""
    named, period = (one, other) if one.weekday else (other, one)
    return period if period.first == period.last else weekday_of(named.first.weekday(), period)
