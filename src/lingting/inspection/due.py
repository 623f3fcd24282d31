"""Due times (约定时间): the words in which people say by when, and the moment they mean – the end of the period they name."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from lingting.inspection.calendar import HOLIDAYS, WorkCalendar

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_N = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+|半)"
_PART_ENDS = {
    "凌晨": 6, "早上": 10, "早晨": 10, "一早": 10, "早": 10, "上午": 12, "中午": 13, "午": 13, "下午": 18, "傍晚": 19, "晚上": 22, "晚": 22, "夜里": 23,
}  # fmt: skip
_AFTERNOON = {"下午", "傍晚", "晚上", "晚", "夜里"}
_WEEKDAYS = "一二三四五六日"
_EN_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_HOLIDAY = "|".join(HOLIDAYS)
_DAY = (
    r"(?P<day>今天|今日|今|明天|明日|明|后天|大后天|当天|(?:\d{1,2}|[一二三四五六七八九十]+)月(?:\d{1,2}|[一二三四五六七八九十]+)[日号]"
    r"|(?:(?:本|这|这个|下|下下|下个)?(?:周|星期|礼拜))[一二三四五六日天末]|(?:\d{1,2}|[一二三四五六七八九十]+)[日号])"
)
_PART = r"(?P<part>凌晨|早上|早晨|一早|上午|中午|下午|傍晚|晚上|夜里|(?<=[今明])[早晚])"
_CLOCK = r"(?<![快慢有多少大小高低好差])(?<!(?<![今明])[早晚])(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:(?:[点]|时(?!间))(?P<minute>半|一刻|三刻|\d{1,2}|[一二三四五]?十[一二三四五六七八九]?)?分?钟?|:(?P<colon>\d{2}))"
_BY = r"(?:之前|以前|前|之内|以内|内|左右)"

ZH: dict[str, str] = {
    "span": rf"(?P<count>{_N})个?(?P<half>半)?(?P<unit>工作日|分钟|小时|钟头|天|日|周|星期|礼拜|月)(?:{_BY}|之后|以后|后)",
    "quarter": rf"(?P<quarter>一刻钟|三刻钟)(?:{_BY}|之后|后)",
    "close": r"(?:(?P<close_day>今天|今日|明天|明日|后天|(?:本|这|下)?(?:周|星期)[一二三四五六日]|(?:\d{1,2}月)?\d{1,2}[日号])的?)?下班(?:之前|以前|前)",
    "holiday": rf"(?P<holiday>{_HOLIDAY})(?:节|假期|长假|放假|小长假)*(?P<side>之前|以前|前|之后|以后|后|回来)",
    "month": r"(?P<month>本月底|这个月底|月底|月末|下个?月底|下月底|年底|月初|下个?月初)(?:之前|以前|前)?",
    "week": rf"(?P<week>本周|这周|这个星期|下周|下个?星期)(?:之内|内|以内)(?:{_BY})?",
    "point": rf"(?=[今明后大当本这下周星礼凌早上中傍晚夜一二两三四五六七八九十\d])(?:{_DAY}的?)?(?:{_PART}的?)?(?:{_CLOCK})?{_BY}?",
}
"""Chinese forms, the more specific first; `point` is a day, a part of it, a clock time, or any of these together."""

_EN_UNIT = r"(?P<unit>minutes?|mins?|hours?|hrs?|(?:business|working) days?|days?|weeks?)"
_EN_COUNT = r"(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|ten|twelve|half an?|a couple of|a few)"
_EN_DAY = r"(?P<day>today|tonight|tomorrow|(?:this |next |on |coming )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))"
_EN_PART = r"(?P<part>morning|afternoon|evening|noon|night)"
_EN_CLOCK = r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>am|pm|a\.m\.|p\.m\.|o'clock)|(?P<clock>\d{1,2}:\d{2})|(?P<noon>noon)|(?:(?<=by )|(?<=before ))(?P<bare>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?! ?(?:[:.]\d|[%/-]|minutes?|hours?|days?|weeks?|working|business|(?!in|on|at|this)[a-z]+)))"
_EN_BY = r"(?:by |before |at |until |no later than |on )?"
EN: dict[str, str] = {
    "span": rf"\b(?:within|in|in less than|in under|inside) (?:the next )?{_EN_COUNT} {_EN_UNIT}\b",
    "close": (
        r"\b(?:by |before )?(?:the )?(?:end of (?:the )?(?:business )?day|end of business|close of business|eod|cob)\b"
        r"(?P<close_day> (?:today|tomorrow|(?:on )?(?:monday|tuesday|wednesday|thursday|friday)))?"
    ),
    "period": r"\b(?:by |before )?(?:the )?end of (?:the |this |next )?(?P<period>week|month)\b",
    "clock": rf"\b{_EN_BY}{_EN_CLOCK}(?:,? (?:on )?{_EN_DAY})?(?: (?:this |in the )?{_EN_PART})?",
    "day": rf"\b{_EN_BY}(?:{_EN_DAY}(?: {_EN_PART})?|this (?P<this>morning|afternoon|evening))(?:,? {_EN_BY}{_EN_CLOCK}(?: in the (?P<then>morning|afternoon|evening))?)?",
}

_FORMS = {language: [(name, re.compile(pattern)) for name, pattern in table.items()] for language, table in (("zh", ZH), ("en", EN))}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Due:
    """Words at `start` to `end` of a text that name a time, the moment they mean, and whether its holidays had to be assumed."""

    start: int
    end: int
    at: datetime
    assumed: bool = False


def dues(text: str, said: datetime, calendar: WorkCalendar) -> Iterator[Due]:
    """Yield the due times in a normalised text, in order; where two overlap, the longer one counts.

    >>> from zoneinfo import ZoneInfo
    >>> calendar = WorkCalendar(ZoneInfo("Asia/Shanghai"))
    >>> said = datetime(2026, 3, 11, 14, 30, tzinfo=calendar.zone)  # a Wednesday
    >>> [due.at.isoformat()[:16] for due in dues("明天上午十点前", said, calendar)]
    ['2026-03-12T10:00']
    >>> [due.at.isoformat()[:16] for due in dues("3个工作日内", said, calendar)]
    ['2026-03-16T23:59']
    >>> list(dues("稍后联系您", said, calendar))
    []
    """
    local = said.astimezone(calendar.zone)
    language = "zh" if _CHINESE.search(text) else "en"
    matches = [(name, match) for name, form in _FORMS[language] for match in form.finditer(text) if match[0]]
    found: list[tuple[Due, re.Match[str]]] = []
    for name, match in sorted(matches, key=lambda named: -len(named[1][0])):
        if not any(due.start < match.end() and match.start() < due.end for due, _ in found):
            at = _RESOLVE[language, name](match, local, calendar)
            if at is not None:
                found.append((Due(*match.span(), at, assumed=not calendar.knows(at.date())), match))
    yield from _dated(sorted(found, key=lambda one: one[0].start))


def _dated(found: Iterable[tuple[Due, re.Match[str]]]) -> Iterator[Due]:
    """Let a bare clock time after a day mean that day: "后天……九点半到十一点之间", "friday 14:00 to 16:00"."""
    day: date | None = None
    for due, match in found:
        groups = match.groupdict()
        if groups.get("day"):
            day = due.at.date()
        limit = match[0].endswith(("前", "内")) or match[0].startswith(("by ", "before ", "until ", "no later"))
        bare = not groups.get("day") and not limit and any(groups.get(name) for name in ("hour", "clock"))
        yield replace(due, at=datetime.combine(day, due.at.timetz())) if day and bare else due


def number(words: str) -> float:
    """Return what a Chinese or Arabic numeral counts.

    >>> [number(words) for words in ("两", "十二", "二十", "半", "48")]
    [2.0, 12.0, 20.0, 0.5, 48.0]
    """
    if words == "半":
        return 0.5
    if words[0].isdigit():
        return float(words)
    tens, ten, units = words.rpartition("十")
    if not ten:
        return float(_DIGITS[words[-1]])
    return 10.0 * (_DIGITS[tens[-1]] if tens else 1) + (_DIGITS[units[-1]] if units else 0)


def _after(said: datetime, count: float, unit: str, calendar: WorkCalendar) -> datetime:
    """Return the end of a span of time: hours run by the clock, days end at midnight, working days by the calendar."""
    if unit in {"分钟", "min"}:
        return said + timedelta(minutes=count)
    if unit in {"小时", "钟头", "hour"}:
        return said + timedelta(hours=count)
    if unit in {"工作日", "workday"}:
        return calendar.end_of(calendar.workday_after(said.date(), round(count)))
    days = {"周": 7, "星期": 7, "礼拜": 7, "week": 7, "月": 30}.get(unit, 1) * count
    return said + timedelta(days=days) if days < 1 else calendar.end_of(said.date() + timedelta(days=round(days)))


def _zh_span(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime | None:
    count = number(match["count"]) + (0.5 if match["half"] else 0)
    return _after(said, count, match["unit"], calendar) if count <= 400 else None  # noqa: PLR2004  # over a year is no promise


def _quarter(match: re.Match[str], said: datetime, _: WorkCalendar) -> datetime:
    return said + timedelta(minutes=15 if match["quarter"] == "一刻钟" else 45)


def _zh_close(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime | None:
    if match["close_day"]:
        day = _zh_day(match["close_day"], said.date())
        return calendar.closing(day) if day else None
    return _next_closing(said, calendar)


def _next_closing(said: datetime, calendar: WorkCalendar) -> datetime:
    today = calendar.closing(said.date())
    if calendar.is_workday(said.date()) and said < today:
        return today
    return calendar.closing(calendar.workday_after(said.date() + timedelta(days=1), 0))


def _holiday(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime | None:
    days = calendar.holiday_after(match["holiday"], said.date())
    if days is None:
        return None
    if match["side"].endswith("前"):
        return calendar.end_of(days[0] - timedelta(days=1))
    return calendar.end_of(calendar.workday_after(days[1], 1))


def _month(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime:
    words, day = match["month"], said.date()
    if words == "年底":
        return calendar.end_of(date(day.year, 12, 31))
    if words.startswith("下"):
        day = _first_of_next(day)
    if words.endswith("月初"):
        first = day if words.startswith("下") else _first_of_next(day)
        return calendar.end_of(first.replace(day=5))
    return calendar.end_of(_first_of_next(day) - timedelta(days=1))


def _first_of_next(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _week(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime:
    sunday = said.date() + timedelta(days=6 - said.weekday() + (7 if match["week"].startswith("下") else 0))
    return calendar.end_of(sunday)


def _zh_point(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime | None:
    day = _zh_day(match["day"], said.date()) if match["day"] else said.date()
    if day is None:
        return None
    part, hour = match["part"], match["hour"]
    if not hour:
        if part is None and not match["day"]:
            return None
        if match["day"] in {"今", "明"} and part is None:
            return None
        return calendar.end_of(day) if part is None else datetime.combine(day, time(_PART_ENDS[part]), calendar.zone)
    minute = {"半": 30, "一刻": 15, "三刻": 45}.get(match["minute"] or "")
    if minute is None:
        minute = int(number(match["minute"])) if match["minute"] else int(match["colon"] or 0)
    at = _clock(day, int(number(hour)), minute, part, said, calendar, dated=bool(match["day"]))
    # "一点五十出了故障" tells what happened; only "一点五十前" can mean the next day.
    past = at and not match["day"] and at.date() > said.date() and not match[0].endswith(("前", "内"))
    return None if past else at


def _clock(day: date, hour: int, minute: int, part: str | None, said: datetime, calendar: WorkCalendar, *,
           dated: bool) -> datetime | None:  # fmt: skip
    """Return a clock time; without a part of day, five means the afternoon, and on the same day what is past means the evening."""
    if hour > 24 or minute > 59:  # noqa: PLR2004  # a clock has no more
        return None
    if (part in _AFTERNOON and hour < 12) or (part == "中午" and hour < 3) or (part is None and 1 <= hour <= 6):  # noqa: PLR2004
        hour += 12
    at = datetime.combine(day, time(hour % 24, minute), calendar.zone) + timedelta(days=hour // 24)
    if not dated and at <= said:
        later = at + timedelta(hours=12)
        at = later if part is None and hour < 12 and later > said else at + timedelta(days=1)  # noqa: PLR2004
    return at


def _zh_day(words: str, today: date) -> date | None:
    near = {"今天": 0, "今日": 0, "今": 0, "当天": 0, "明天": 1, "明日": 1, "明": 1, "后天": 2, "大后天": 3}
    if words in near:
        return today + timedelta(days=near[words])
    if match := re.fullmatch(r"(.*?)(?:周|星期|礼拜)([一二三四五六日天末])", words):
        return _weekday("日" if match[2] in "天末" else match[2], match[1], today)
    if match := re.fullmatch(r"(?:(.+)月)?(.+)[日号]", words):
        return _numbered_day(int(number(match[1])) if match[1] else None, int(number(match[2])), today)
    return None


def _weekday(name: str, which: str, today: date) -> date:
    """Return a weekday: of this week, of the next for each 下; a bare one that is past means the next."""
    ahead = _WEEKDAYS.index(name) - today.weekday() + 7 * which.count("下")
    return today + timedelta(days=ahead + 7 if ahead < 0 and not which else ahead)


def _numbered_day(month: int | None, day: int, today: date) -> date | None:
    try:
        if month is None:
            there = today.replace(day=day)
            return there if there >= today else _first_of_next(today).replace(day=day)
        there = date(today.year, month, day)
        return there if (today - there).days < 180 else date(today.year + 1, month, day)  # noqa: PLR2004  # half a year back means next year
    except ValueError:
        return None


_EN_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
    "twelve": 12, "half a": 0.5, "half an": 0.5, "a couple of": 2, "a few": 3,
}  # fmt: skip


def _en_span(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime:
    count = float(_EN_COUNTS.get(match["count"], 0)) or float(match["count"])
    unit = match["unit"]
    for stem, ours in (("min", "min"), ("h", "hour"), ("business", "workday"), ("working", "workday"), ("week", "week")):
        if unit.startswith(stem):
            return _after(said, count, ours, calendar)
    return _after(said, count, "day", calendar)


def _en_close(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime | None:
    if match["close_day"]:
        return calendar.closing(_en_day(match["close_day"], said.date()))
    return _next_closing(said, calendar)


def _en_period(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime:
    following = "next" in match[0]
    if match["period"] == "week":
        return calendar.end_of(said.date() + timedelta(days=6 - said.weekday() + 7 * following))
    first = _first_of_next(said.date())
    return calendar.end_of((_first_of_next(first) if following else first) - timedelta(days=1))


def _en_point(match: re.Match[str], said: datetime, calendar: WorkCalendar) -> datetime | None:
    groups = match.groupdict()
    day = _en_day(groups["day"], said.date()) if groups["day"] else said.date()
    part = groups["part"] or groups.get("this") or groups.get("then") or ("night" if groups["day"] == "tonight" else None)
    if groups["noon"]:
        return _clock(day, 12, 0, "noon", said, calendar, dated=bool(groups["day"]))
    if groups["clock"]:
        hour, minute = (int(words) for words in groups["clock"].split(":"))
        return _clock(day, hour, minute, "given", said, calendar, dated=bool(groups["day"]))
    if groups["bare"]:
        hour = _EN_HOURS.index(groups["bare"]) + 1 if groups["bare"].isalpha() else int(groups["bare"])
        later = part in {"afternoon", "evening", "night"} and hour < 12  # noqa: PLR2004  # noon
        return _clock(day, hour + 12 * later, 0, "given" if part else None, said, calendar, dated=bool(groups["day"]))
    if groups["hour"]:
        hour, half = int(groups["hour"]), (groups["half"] or "")[:1]
        if half in {"a", "p"}:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif part in {"afternoon", "evening", "night"}:
            hour += 12
        return _clock(day, hour, int(groups["minute"] or 0), half if half in {"a", "p"} else None, said, calendar, dated=bool(groups["day"]))  # fmt: skip
    if part:
        return datetime.combine(day, time(_EN_PART_ENDS[part]), calendar.zone)
    return calendar.end_of(day)


_EN_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_EN_PART_ENDS = {"morning": 12, "noon": 12, "afternoon": 18, "evening": 22, "night": 23}


def _en_day(words: str, today: date) -> date:
    words = words.strip()
    if words in {"today", "tonight"}:
        return today
    if words == "tomorrow":
        return today + timedelta(days=1)
    ahead = (_EN_DAYS.index(words.rpartition(" ")[2]) - today.weekday()) % 7
    if words.startswith("next"):
        return today + timedelta(days=7 - today.weekday() + _EN_DAYS.index(words.rpartition(" ")[2]))
    return today + timedelta(days=ahead or 7 * (not words.startswith("this")))


_RESOLVE: dict[tuple[str, str], Callable[[re.Match[str], datetime, WorkCalendar], datetime | None]] = {
    ("zh", "span"): _zh_span, ("zh", "quarter"): _quarter, ("zh", "close"): _zh_close, ("zh", "holiday"): _holiday,
    ("zh", "month"): _month, ("zh", "week"): _week, ("zh", "point"): _zh_point,
    ("en", "span"): _en_span, ("en", "close"): _en_close, ("en", "period"): _en_period, ("en", "clock"): _en_point, ("en", "day"): _en_point,
}  # fmt: skip
