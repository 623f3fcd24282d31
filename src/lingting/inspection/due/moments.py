"""Moments (时刻) out of phrases: the end of the period that was named, because a promise is kept until then."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.due.calendar_days import again, month, numbered, one, third, week, weekday_of
from lingting.inspection.due.phrases import LIMITS, Phrase
from lingting.inspection.due.pieces import Clock, Days, Nth, Part
from lingting.inspection.due.spans import is_too_long, later

NOON = 12
MIDNIGHT = 24
LAST_HOUR_OF_THE_AFTERNOON = 6
"""Without a part of day, one to six mean the afternoon: nobody promises to call at five in the morning."""

LAST_HOUR_AFTER_NOON = 3
LAST_HOUR_OF_THE_NIGHT = 4
"""Before this hour "tonight" is the night that began yesterday."""

THURSDAY = 3
HALF_A_DAY = timedelta(hours=12)
A_FEW_DAYS = timedelta(days=2)
DAY_THIRDS = {"start": 12, "mid": 14}
"""When the early and the middle part of a day are over."""


class Moment:
    """Makes moments of what was said at one time under one working calendar."""

    def __init__(self, said: datetime, calendar: WorkCalendar) -> None:
        self.said = said.astimezone(calendar.zone)
        self.today = self.said.date()
        self.calendar = calendar
        self.assumed = False

    def of(self, phrase: Phrase, day: date | None = None) -> tuple[datetime, datetime | None] | None:
        """Return when a phrase ends, and when it begins if it says so; None if it names no time that is still ahead."""
        self.assumed = False
        if phrase.clock and phrase.clock.bare and not phrase.earlier and not _is_clock(phrase):
            phrase = replace(phrase, clock=None)
        if phrase.span and not (phrase.span.due or phrase.span.ago or phrase.shift or phrase.limit in {"within", "until"}):
            phrase = replace(phrase, span=None)
        if phrase.unreadable or phrase.empty:
            return None
        if phrase.span is not None:
            at = self._span(phrase)
            return (at, None) if at and self._ahead(at) else None
        if phrase.earlier is not None:
            return self._stretch(_day_number(phrase, phrase.earlier), phrase.earlier, day)
        at = self._single(phrase, day)
        return (at, None) if at else None

    def _ahead(self, at: datetime) -> bool:
        return at.timestamp() > self.said.timestamp()

    def _single(self, phrase: Phrase, day: date | None) -> datetime | None:
        """Return the end of one phrase; what is past comes again if it may, or if a limit says that it must."""
        days = self._days(phrase)
        if days is None and (phrase.days or phrase.nth):
            return None
        for _ in range(2):
            at = self._end(phrase, days or (one(day) if day else None))
            if at is None or self._ahead(at):
                return at
            if days is None:
                if day is not None or not (phrase.limit in LIMITS or (phrase.part and phrase.part.next_day)):
                    return None
                day = self.today + timedelta(days=1)
            elif days.weekday or (days.step and phrase.limit in LIMITS) or days.step == "month":
                days = again(days)
            else:
                return None
        return None

    def _days(self, phrase: Phrase) -> Days | None:
        """Return the days of a phrase, narrowed to the edge or the one of them that it names."""
        days = phrase.days
        if phrase.nth is not None and days is not None:
            days = self._nth(phrase.nth, days, holiday_over=days.holiday and phrase.limit == "after")
        if days is not None and phrase.edge:
            days = week(days.first) if phrase.edge == "weekof" else third(days, phrase.edge)
        return days

    def _nth(self, nth: Nth, days: Days, *, holiday_over: bool) -> Days | None:
        """Return the first, second, last of something within days, or after a holiday that is over."""
        if holiday_over or nth.unit == "workday":
            begin = days.last if holiday_over else days.first - timedelta(days=1)
            count = nth.place if nth.place > 0 else 1
            return one(self.calendar.workday_after(begin, count) if nth.unit == "workday" else begin + timedelta(days=count))
        if nth.unit in {"month", "quarter"}:
            size = 3 if nth.unit == "quarter" else 1
            ahead = size * (nth.place - 1) if nth.place > 0 else (days.last.month - days.first.month) + 1 - size * nth.many
            there = month(days.first, ahead, count=size * nth.many)
            return there if there.last <= days.last else None
        length = {"week": 7 * nth.many, "weekday": 7, "day": nth.many}[nth.unit]
        if nth.unit == "day":
            first = days.first + timedelta(days=nth.place - 1) if nth.place > 0 else days.last - timedelta(days=length - 1)
            return Days(first, first + timedelta(days=length - 1), days.step)
        # The first week is the one that holds the first Thursday, as in ISO 8601.
        first = weekday_of(THURSDAY if nth.unit == "week" else nth.weekday, days).first
        first += timedelta(days=7 * (nth.place - 1) if nth.place > 0 else (days.last - first).days // 7 * 7 + 7 - length)
        first -= timedelta(days=THURSDAY if nth.unit == "week" else 0)
        return Days(first, first + timedelta(days=length - 1 if nth.unit == "week" else 0), days.step)

    def _end(self, phrase: Phrase, days: Days | None) -> datetime | None:
        """Return the end of what is said: of a clock time itself, of a part of the day, of the last day of a period."""
        day = days.last if days else self.today
        if phrase.close:
            return self._closing(phrase, days)
        if days is not None and days.last - days.first >= A_FEW_DAYS:
            # "Next week at six" leaves the day open: any of them is kept.
            return self._end_of_days(phrase, days) if phrase.clock is None and phrase.part is None else self.calendar.end_of(days.last)
        if phrase.clock is not None:
            at = self._clock(phrase.clock, phrase.part, day, dated=days is not None)
            return at if at is None or phrase.limit != "after" else self.calendar.end_of(day)
        if phrase.part is not None:
            return None if phrase.limit == "after" and not phrase.part.late else self._hour(day, phrase.part.ends)
        return self._end_of_days(phrase, days) if days else None

    def _end_of_days(self, phrase: Phrase, days: Days) -> datetime | None:
        """Return the end of a day or several, of the time before them or, for a holiday, of the first working day after."""
        day = days.last
        if phrase.limit == "after":
            return self._workday_end(days.last, 1) if days.holiday and phrase.nth is None else (self.calendar.end_of(day) if phrase.nth else None)
        if phrase.edge in DAY_THIRDS and phrase.days and phrase.days.first == phrase.days.last:
            return self._hour(day, DAY_THIRDS[phrase.edge])
        self.assumed = days.holiday and not self.calendar.knows(days.first)
        if phrase.limit == "before" and not phrase.edge and (days.holiday or days.first < days.last):
            # "Before next month" is over when that month begins, "before Friday" when Friday is; "before this week" can only mean its end.
            eve = self.calendar.end_of(days.first - timedelta(days=1))
            return eve if self._ahead(eve) else self.calendar.end_of(day)
        return self.calendar.end_of(day)

    def _closing(self, phrase: Phrase, days: Days | None) -> datetime:
        day = days.last if days else None
        if phrase.limit == "after":
            return self.calendar.end_of(day or self.today)
        return self.calendar.closing(day) if day else self.calendar.next_closing(self.said)

    def _workday_end(self, day: date, count: int) -> datetime:
        there = self.calendar.workday_after(day, count)
        self.assumed = not self.calendar.knows(day) or not self.calendar.knows(there)
        return self.calendar.end_of(there)

    def _hour(self, day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
        if hour >= MIDNIGHT and not minute and not second:
            return self.calendar.end_of(day) if hour == MIDNIGHT else self._hour(day + timedelta(days=1), hour - MIDNIGHT)
        return datetime.combine(day + timedelta(days=hour // MIDNIGHT), time(hour % MIDNIGHT, minute, second), self.calendar.zone)

    def _clock(self, clock: Clock, part: Part | None, day: date, *, dated: bool) -> datetime | None:
        """Return a clock time; where morning or afternoon is open, the one that is still ahead today, else the likelier one."""
        hours = _hours(clock, part)
        times = [self._midnight(day) if hour == MIDNIGHT and not clock.minute else self._hour(day, hour, clock.minute, clock.second) for hour in hours]
        if part is not None and part.night and clock.hour <= LAST_HOUR_OF_THE_NIGHT:
            times = [self._hour(day, clock.hour, clock.minute), self._hour(day, clock.hour + MIDNIGHT, clock.minute)]
        if day == self.today or not dated:
            return next((at for at in times if self._ahead(at)), times[0])
        return times[-1] if part is not None and part.night else times[0]

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day + timedelta(days=1), time(0), self.calendar.zone)

    def _stretch(self, phrase: Phrase, earlier: Phrase, day: date | None) -> tuple[datetime, datetime | None] | None:
        """Return both ends of a stretch; the later end takes over the day, the part of day and the half of day it does not name."""
        begins, ends = self._days(earlier), self._days(phrase)
        if earlier.days is not None and earlier.days.step == "week" and begins and begins.last < self.today:
            begins = again(begins)
        while begins and ends and ends.step and ends.last < begins.first:
            ends = again(ends)
        days = ends or begins or (one(day) if day else None)
        if phrase.clock is None or (days and days.last - days.first >= A_FEW_DAYS):
            at = self._end(phrase, days)
            return (at, self._begin(earlier, begins, at)) if at and self._ahead(at) else None
        for _ in range(2):
            last = days.last if days else self.today
            start = self._start(earlier, phrase, begins or days, last)
            at = self._later_clock(phrase, earlier, start, last, dated=days is not None)
            if last == self.today and not self._ahead(at) and _open_half(phrase) and _open_half(earlier):
                at, start = at + HALF_A_DAY, start and start + HALF_A_DAY
            if self._ahead(at):
                return at, start
            if days is None or not days.weekday:
                return None
            days, begins = again(days), begins and again(begins)
        return None

    def _begin(self, earlier: Phrase, begins: Days | None, at: datetime) -> datetime | None:
        if begins is None or begins.first > at.date():
            return None
        return self._hour(begins.first, earlier.part.begins if earlier.part else 0)

    def _start(self, earlier: Phrase, phrase: Phrase, begins: Days | None, last: date) -> datetime | None:
        """Return when a stretch between two clock times begins: "one to three p.m." after noon, "nine to three p.m." before."""
        clock, later = earlier.clock, phrase.clock
        if clock is None:
            return None
        if later and later.exact and not clock.exact and earlier.part is None and clock.hour <= NOON:
            hour = clock.hour % NOON
            clock = replace(clock, exact=True, hour=hour + NOON if hour + NOON < later.hour + bool(later.minute) else hour)
        day = begins.first if begins else last
        return self._hour(day, _hours(clock, earlier.part or (None if clock.exact else phrase.part))[0], clock.minute, clock.second)

    def _later_clock(self, phrase: Phrase, earlier: Phrase, start: datetime | None, last: date, *, dated: bool) -> datetime:
        clock = phrase.clock or Clock(0)
        if start is None:
            return self._clock(clock, phrase.part or earlier.part, last, dated=dated) or self.said
        hours = _hours(clock, phrase.part) if phrase.part else ([clock.hour] if clock.exact else sorted({clock.hour % NOON, clock.hour % NOON + NOON}))
        times = [self._hour(last, hour + extra, clock.minute, clock.second) for extra in (0, MIDNIGHT) for hour in hours]
        return next((at for at in times if at > start), times[-1])

    def _span(self, phrase: Phrase) -> datetime | None:
        """Return the end of a span of time: hours run by the clock, days end at midnight, working days by the calendar."""
        span = phrase.span
        if span is None or is_too_long(span.parts):
            return None
        if phrase.shift and phrase.days is not None:
            return self._shifted(phrase, -1 if phrase.shift == "before" else 1)
        if span.ago:
            return None
        at = later(self.said, span.parts, self.calendar)
        if phrase.days is not None and phrase.days.weekday:
            # "Monday two weeks from now": the Monday of that week.
            return self.calendar.end_of(weekday_of(phrase.days.first.weekday(), week(at.date())).first)
        return at

    def _shifted(self, phrase: Phrase, sign: int) -> datetime | None:
        """Return the end of "three weeks after Christmas", "two days before Friday"."""
        days = self._days(phrase)
        if phrase.span is None or days is None:
            return None
        at = later(self.calendar.end_of(days.last), phrase.span.parts, self.calendar, sign=sign)
        return self.calendar.end_of(at.date())


def _open_half(phrase: Phrase) -> bool:
    """Tell whether a phrase leaves open which half of the day its clock time is in."""
    return phrase.clock is not None and not phrase.clock.exact and phrase.clock.hour < NOON and phrase.part is None


def _day_number(phrase: Phrase, earlier: Phrase) -> Phrase:
    """Take a mere number after a date for the number of a day: "November 18 to 19"."""
    clock, days = phrase.clock, earlier.days
    if clock is None or not clock.bare or phrase.part or phrase.days or earlier.clock or days is None or days.step not in {"year", "month"}:
        return phrase
    return replace(phrase, clock=None, days=numbered(clock.hour, days.first))


def _is_clock(phrase: Phrase) -> bool:
    """Tell whether a mere number is a time by what stands beside it."""
    beside = phrase.part or phrase.at or phrase.limit in {"before", "until", "after"}
    return bool(beside or (phrase.earlier and phrase.earlier.clock))


def _hours(clock: Clock, part: Part | None) -> list[int]:
    """Return the hours of a day that a clock time may mean, the likelier first."""
    hour = clock.hour
    if clock.exact or hour > NOON or hour == 0:
        return [hour]
    if part is None:
        if hour == NOON:
            return [NOON, MIDNIGHT]
        return [hour + NOON] if hour <= LAST_HOUR_OF_THE_AFTERNOON else [hour, hour + NOON]
    if part.late:
        return [hour % NOON + NOON if not part.night or hour < NOON else MIDNIGHT]
    if part.ends > NOON:
        return [hour + NOON if hour < LAST_HOUR_AFTER_NOON else hour]
    return [0 if hour == NOON and part.begins == 0 else hour]
