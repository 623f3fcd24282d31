"""Days in English (英文的日子): tomorrow, next Tuesday, the 15th, the end of next week, Christmas, and which days they are."""

import re
from datetime import date, timedelta

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.due.calendar_days import (
    dated,
    month,
    named_month,
    numbered,
    one,
    quarter,
    week,
    weekday,
    weekend,
    year_of,
)
from lingting.inspection.due.numerals import ONES, ORDINALS, TENS, english_number, year
from lingting.inspection.due.pieces import UNREADABLE, Days, Form, Meaning, Nth, Part, Sign

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_FULL_WEEKDAY = r"(?:monday|tues(?:day)?|tue|wed(?:nesday)?|thu(?:rs(?:day)?)?|thur|fri(?:day)?|mon|saturday|sunday|sat(?= at| \d|,? \d)|sun(?= at| \d|,? \d))"
_TH = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)|(?:{TENS})[- ](?:{ORDINALS})|twentieth|thirtieth|{ORDINALS})"
_DAY = rf"(?:{_TH}|3[01]|[12]\d|0?[1-9]|(?:{TENS})[- ](?:{ONES})|{ONES}|twenty|thirty)"
NUMBER_STARTS = f" {ONES} {TENS} a an half quarter couple few several 0 ".replace("|", " ")
_YEAR = r"(?:(?:19|20|21)\d\d|two thousand(?: and)?(?: [a-z]+(?:[- ][a-z]+)?)?)"
_NEXT = r"next|the following|following|coming|upcoming|this(?: coming| upcoming)?|the|that|same|current|last|past|previous|this past"
_AHEAD = {"next": 1, "the following": 1, "following": 1, "last": -1, "past": -1, "previous": -1}
_NEAR = {
    "today": 0, "tonight": 0, "tonite": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "yesterday": -1, "day after tomorrow": 2, "day before yesterday": -2,
    "next day": 1, "following day": 1, "day after": 1, "day": 0,
}  # fmt: skip
_FEASTS = {
    "christmas eve": (12, 24), "christmas": (12, 25), "xmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31), "new year's day": (1, 1),
    "new years": (1, 1), "new year": (1, 1), "valentine's day": (2, 14), "independence day": (7, 4), "halloween": (10, 31), "may day": (5, 1),
}  # fmt: skip
"""Feasts of the solar calendar that people promise things by."""


def _month_number(words: str) -> int:
    return _MONTHS.index(words[:3]) + 1


def _year_number(words: str | None) -> int | None:
    if not words:
        return None
    if words.startswith("two"):
        rest = words.removeprefix("two thousand").removeprefix(" and").strip()
        return 2000 + (int(english_number(rest)) if rest and _counts(rest) else 0)
    return year(words.lstrip("'"))


def _counts(words: str) -> bool:
    try:
        return english_number(words) > 0
    except (KeyError, IndexError):
        return False


def _every(_: re.Match[str], __: date, ___: WorkCalendar) -> tuple[Meaning, ...]:
    return UNREADABLE


def _near(match: re.Match[str], base: date, _: WorkCalendar) -> Meaning | tuple[Meaning, ...]:
    words = match["near"].removeprefix("the ")
    day = one(base + timedelta(days=_NEAR[words]))
    return (day, Part(20, 24, late=True, night=True)) if words.startswith("ton") else day


def _iso(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    return dated(int(match["iso_day"]), int(match["iso_month"]), base, int(match["iso_year"]))


def _slash(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    return _either_order(int(match["slash_one"]), int(match["slash_two"]), base, year(match["slash_year"]))


def _short(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    return _either_order(int(match["short_one"]), int(match["short_two"]), base, None)


def _either_order(one_number: int, other: int, base: date, of_year: int | None) -> Days | None:
    """Return a date in figures: month before day, unless only day before month can be."""
    if one_number > len(_MONTHS):
        one_number, other = other, one_number
    return dated(other, one_number, base, of_year) if one_number <= len(_MONTHS) else None


def _monthday(match: re.Match[str], base: date, _: WorkCalendar) -> Days | tuple[Meaning, ...]:
    return dated(int(english_number(match["md_day"])), _month_number(match["md_month"]), base, _year_number(match["md_year"])) or UNREADABLE


def _daymonth(match: re.Match[str], base: date, _: WorkCalendar) -> Days | tuple[Meaning, ...]:
    return dated(int(english_number(match["dm_day"])), _month_number(match["dm_month"]), base, _year_number(match["dm_year"])) or UNREADABLE


def _weekday(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    """Return a weekday: "next" is next week's, a bare or coming one the next that comes, "Friday week" the one after that."""
    place, which = _WEEKDAYS.index(match["weekday"][:3]), match["wd_which"] or ""
    if match["wd_day"]:
        start = week(base).first if which.startswith(("this", "next")) else base - timedelta(days=base.day - 1)
        return numbered(int(english_number(match["wd_day"])), start, weekday=place) or weekday(place, base)
    if match["wd_of"] or (which.endswith(("next", "following")) and not which.startswith("this")):
        there = week(base, 1).first + timedelta(days=place)
        return Days(there, there, weekday=True)
    if which in {"this", "last", "past", "previous", "this past"}:
        there = week(base, 0 if which == "this" else -1).first + timedelta(days=place)
        return Days(there, there, weekday=True)
    coming = weekday(place, base + timedelta(days=bool(which)))
    if match["wd_on"]:
        coming = weekday(place, base + timedelta(days=1))
        return one(coming.first + timedelta(days=7))
    return coming


def _theday(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    """Return "the 15th": of this month or the next that has it."""
    day, of = int(english_number(match["theday"])), match["theday_of"] or ""
    there = numbered(day, month(base, 1).first if "next" in of else base)
    return there if there is None or "next" not in of else one(there.first)


def _nth(match: re.Match[str], _: date, __: WorkCalendar) -> Nth | None:
    words, unit = match["nth"], match["nth_unit"]
    place = -1 if words in {"last", "final"} else int(english_number(words))
    count = int(english_number(match["nth_count"])) if match["nth_count"] else 1
    if unit[:3] in _WEEKDAYS and not unit.startswith("month"):
        return Nth(place, "weekday", count, _WEEKDAYS.index(unit[:3]))
    named = "workday" if " " in unit else unit.rstrip("s")
    return Nth(place, named, min(count, 31)) if place else None


def _month(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    of = _month_number(match["month"])
    if match["m_which"]:
        there = numbered(1, month(base, 1).first if match["m_which"] == "next" else base.replace(day=1), of=of)
        return month(there.first) if there else None
    return named_month(of, base)


def _monthyear(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    return named_month(_month_number(match["my_month"]), base, _year_number(match["my_year"]))


def _unit(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    """Return this, the next or the last week, weekend, month, quarter or year."""
    which = (match["u_which"] or "the").removeprefix("the ")
    unit = match["unit"] or match["bare_unit"]
    ahead = _AHEAD.get(which, 1 if which in {"coming", "upcoming"} else -1 if "past" in which else 0)
    if match["u_next"]:
        ahead = 2 if "after" in match["u_next"] else 1
    if unit == "workweek" or " working " in f" {match[0]} " or " business " in f" {match[0]} ":
        there = week(base, ahead)
        return Days(there.first, there.first + timedelta(days=4))
    if unit == "fortnight":
        there = week(base, 2 * ahead)
        return Days(there.first, there.first + timedelta(days=13))
    return {"week": week, "weekend": weekend, "month": month, "quarter": quarter}.get(unit, lambda day, far: year_of(day.year + far))(base, ahead)


def _weekof(_: re.Match[str], __: date, ___: WorkCalendar) -> Sign:
    return Sign("weekof")


def _weekno(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    """Return a week by its number, as ISO 8601 counts them."""
    of = match["weekno_year"] or "this year"
    number = base.year + {"this": 0, "last": -1, "next": 1}[of[:4]] if of.endswith("year") else int(of)
    try:
        return week(date.fromisocalendar(number, int(match["weekno"]), 1))
    except ValueError:
        return None


def _feast(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    of, day = _FEASTS[match["feast"]]
    return numbered(day, base, of=of)


def _year(match: re.Match[str], _: date, __: WorkCalendar) -> Meaning | tuple[Meaning, ...] | None:
    said = _year_number(match["year"])
    if said is None:
        return None
    sign = match[0].split(" ", 1)[0]
    name = {"by": "until", "before": "before", "until": "before", "after": "after", "since": "after"}.get(sign)
    return (year_of(said), Sign(name, suffix=True)) if name else year_of(said)


_MONTH_STARTS = " " + " ".join((*_MONTHS, "january february march april june july august sept september october november december")) + " "
_WEEKDAY_STARTS = " " + " ".join((*_WEEKDAYS, "tues thur thurs monday tuesday wednesday thursday friday saturday sunday")) + " "
_ORDINAL_STARTS = f" {ORDINALS} {TENS} twentieth thirtieth ".replace("|", " ")

FORMS = {
    "every": Form(
        "every each any all once one everyday mondays tuesdays wednesdays thursdays fridays saturdays sundays weekends mornings evenings afternoons nights",
        rf"(?:every|each|any|all|once an?|one an?)(?: other| single)?(?: {_DAY})? (?:{WEEKDAY}s?|days?|weeks?|months?|years?|quarters?|weekdays?|"
        rf"weekends?|mornings?|evenings?|nights?|hours?)\b"
        rf"|everyday|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|morning|evening|afternoon|night)s\b",
        _every,
    ),
    "near": Form(
        "today tonight tonite the day tomorrow tmr tmrw yesterday next following",
        r"(?P<near>today|ton(?:ight|ite)|(?:the )?day after tomorrow|tomorrow|tmrw?|(?:the )?day before yesterday|yesterday|(?:the )?next day|"
        r"(?:the )?following day"
        r"|the day after(?! [a-z0-9])|the day(?= is over|[.,!?]|$))",
        _near,
    ),
    "iso": Form(
        "0", r"(?<![\d./-])(?P<iso_year>(?:19|20|21)\d\d)[-/.](?P<iso_month>1[0-2]|0?[1-9])[-/.](?P<iso_day>3[01]|[12]\d|0?[1-9])(?![\d]|[-/]\d)", _iso
    ),
    "slash": Form(
        "0",
        r"(?<![\d./$-])(?P<slash_one>3[01]|[12]\d|0?[1-9])(?P<slash>[/.-])(?P<slash_two>3[01]|[12]\d|"
        r"0?[1-9])(?:(?P=slash)(?P<slash_year>(?:20)?\d\d))(?![\d/]|\.\d)",
        _slash,
    ),
    "short": Form("0", r"(?<![\d./$:-])(?P<short_one>3[01]|[12]\d|0?[1-9])/(?P<short_two>3[01]|[12]\d|0?[1-9])(?![\d/%]|\.\d)", _short),
    "monthday": Form(
        _MONTH_STARTS,
        rf"(?P<md_month>{MONTH})\.?[ ,/-]{{0,2}}(?:the )?(?P<md_day>{_DAY})(?:,? ?(?:of |in )?(?P<md_year>{_YEAR}))?(?![\d:]| ?[ap]\.?m)",
        _monthday,
    ),
    "daymonth": Form(
        NUMBER_STARTS + _ORDINAL_STARTS + "the 0",
        rf"(?:the )?(?<![$€£\d])(?<![$€£] )(?P<dm_day>(?!one )(?:{_DAY}))(?: day)?(?: of |[ /-])(?P<dm_month>{MONTH})(?:[,. /-]{{0,2}}(?:of |in "
        rf")?(?P<dm_year>{_YEAR}))?\b",
        _daymonth,
    ),
    "weekday": Form(
        _WEEKDAY_STARTS + "next the following this coming upcoming last past previous",
        rf"(?:(?P<wd_which>next|(?:the )?following|(?:this )?(?:coming|upcoming)|this(?: past)?|last|past|previous) (?P<wd_week>week )?(?:on )?)?"
        rf"(?P<weekday>{_FULL_WEEKDAY})(?:(?P<wd_on> week\b(?! \d)| after next)|(?P<wd_of>,? (?:of )?(?:the )?(?:next|following) week\b))?,?(?: "
        rf"(?:the )?(?P<wd_day>{_TH}|[123]?\d(?=[^\d:./-]|$)(?! ?[ap]\.?m| ?to |-| ?o'?clock| (?:days?|weeks?|months?|hours?|minutes?|working|"
        rf"business))))?"
        rf"(?!'|[a-z])",
        _weekday,
    ),
    "weekof": Form("the week w", r"(?:the )?(?:week (?:of|beginning|starting|commencing)|w/c)\b(?: on)?", _weekof),
    "weekno": Form(
        "the week", r"(?:the )?week (?P<weekno>\d{1,2})(?![\d:]| ?[ap]\.?m)(?: of (?P<weekno_year>(?:19|20|21)\d\d|this year|last year|next year))?", _weekno
    ),
    "nth": Form(
        _ORDINAL_STARTS + "the last final 0",
        rf"(?:the )?(?P<nth>{_TH}|last|final)(?: (?P<nth_count>\d{{1,2}}|{ONES}))? (?P<nth_unit>weeks?|months?|quarters?|days?|(?:working|business) days?|"
        rf"{_FULL_WEEKDAY})(?= (?:evening |morning |afternoon )?(?:of|in)\b)",
        _nth,
    ),
    "theday": Form(
        _ORDINAL_STARTS + "the 0",
        rf"(?:the |(?<=through )|(?<=to )|(?<=till )|(?<=until )|(?<=and )|(?<=on )|(?<=by )|(?<=from )|(?<=between )|(?<=around "
        rf"))(?P<theday>{_TH}|(?<=on the )\d{{1,2}}(?= from| between| at| by| before|[.,]|$))(?: day)?(?: of)?(?: (?P<theday_of>(?:of )?(?:next|"
        rf"this|the) month))?\b(?! (?:of|to \d|century|time|floor|item|one|thing|week|month|quarter|order|call))",
        _theday,
    ),
    "monthyear": Form(_MONTH_STARTS, rf"(?P<my_month>{MONTH})\.?[ ,/-]{{1,2}}(?:of |in )?(?P<my_year>{_YEAR}|'\d\d)(?![\d-])", _monthyear),
    "month": Form(
        _MONTH_STARTS + "this next",
        rf"(?:(?<=in )|(?<=by )|(?<=of )|(?<=until )|(?<=before )|(?<=end )|(?<=mid )|(?<=mid-)|(?<=late )|(?<=early )|(?<=since )|(?<=from )|"
        rf"(?<=to )|(?<=after )|(?P<m_which>this|next) (?!may [a-z])|(?=(?!may|march|mar|sun|dec\b|jan\b)))"
        rf"(?P<month>{MONTH})\b(?![ -]?\d)",
        _month,
    ),
    "unit": Form(
        "the next following coming upcoming this that same current last past previous weekend week month quarter year",
        rf"(?:the )?(?P<u_which>{_NEXT}) (?:calendar |working |business )?(?P<unit>(?:work)?week|weekend|month|quarter|year|"
        rf"fortnight)(?P<u_next>(?: after)? next)?\b(?! (?:of|beginning|starting|commencing) (?:the )?\d)(?!s\b)"
        rf"|(?P<bare_unit>weekend|week|month|quarter|year)\b(?<=of week|f month|quarter|of year|weekend)",
        _unit,
    ),
    "feast": Form(
        "christmas xmas boxing new valentine independence halloween may",
        rf"(?P<feast>{'|'.join(re.escape(name) for name in sorted(_FEASTS, key=len, reverse=True))})(?: day)?\b",
        _feast,
    ),
    "year": Form("in by before until of since after", rf"(?:in (?:the year )?|by |before |until |of |since |after )(?P<year>{_YEAR})(?![\d-])", _year),
}
"""How days are said, the more specific first."""
