"""Days in Chinese (中文的日子): 明天, 下周三, 十五号, 月底, 国庆节之前, and which days they are."""

import re
from dataclasses import replace
from datetime import date, timedelta

from lingting.inspection.calendar import HOLIDAYS, WorkCalendar
from lingting.inspection.due.calendar_days import dated, month, named_month, numbered, one, quarter, third, week, weekday, weekend, year_of
from lingting.inspection.due.numerals import number, year
from lingting.inspection.due.pieces import UNREADABLE, Days, Form, Meaning, Nth, Sign

NUMERALS = "零〇一二两三四五六七八九十半"
DIGIT = "[零〇一二两三四五六七八九十]"
INSIDE = r"(?:之内|以内|内(?![容部存网]))"
AFTER = r"(?:之后|以后|过后|后(?![台天面续期来悔果半日]))"
BEFORE = r"(?:之前|以前|前(?![台往面后天期年提端方半]))"
WEEK = r"(?:周|星期|礼拜)"

_DAY = r"(?:3[01]|[012]?\d|三十一?|[二廿]十?[一二三四五六七八九]|二十|一?十[一二三四五六七八九]?|初?[一二三四五六七八九])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?:(?:19|20|21)\d\d|(?<!\d)\d\d|[一二][零〇九一][零〇一二三四五六七八九]{2}|[零〇一二][零〇一二三四五六七八九])"
_NAMED_YEAR = r"今年|明年|后年|去年|前年|本年度?"
_WHICH = r"(?:下{1,3}|上{1,2}|本|这一?|今)个?"
_NUMBERED = rf"(?<![\d./第个零〇一二三四五六七八九十]){_MONTH}"

_NEAR = {
    "大前天": -3, "前天": -2, "前日": -2, "昨": -1, "今": 0, "当天": 0, "当日": 0, "即日": 0, "当": 0, "本日": 0, "明": 1, "次": 1, "翌": 1, "隔": 1,
    "第二天": 1, "转天": 1, "后": 2, "大后": 3, "大大后": 4,
}  # fmt: skip
_SEVERAL = {"今明后三天": (0, 2), "今明两天": (0, 1), "明后两天": (1, 2), "今明": (0, 1), "明后天": (1, 2)}
_WEEKDAYS = "一二三四五六日"
_EDGES = {"底": "end", "末": "end", "尾": "end", "下旬": "end", "初": "start", "头": "start", "上旬": "start", "中": "mid", "中旬": "mid"}
_FIRST_DAYS = 5
"""月初 is over after the fifth, 年初 after the first month."""

_NAMED_HOLIDAYS = "|".join(name for name in HOLIDAYS if name != "十一")  # 十一 is eleven, too: see the form
_MOST = 31


def _every(_: re.Match[str], __: date, ___: WorkCalendar) -> tuple[Meaning, ...]:
    return UNREADABLE


def _several(match: re.Match[str], base: date, _: WorkCalendar) -> Days:
    first, last = _SEVERAL[match["several"]]
    return Days(base + timedelta(days=first), base + timedelta(days=last))


def _year_said(match: re.Match[str], form: str, base: date) -> int | None:
    """Return the year that was said before a month, in figures or as 明年."""
    if match[f"{form}_year"]:
        return year(match[f"{form}_year"])
    return base.year + _years_ahead(match[f"{form}_named"]) if match[f"{form}_named"] else None


def _years_ahead(named: str) -> int:
    return {"明": 1, "后": 2, "去": -1, "前": -2}.get(named[0], 0)


def _ahead(which: str) -> int:
    return which.count("下") - which.count("上")


def _iso(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    return dated(int(match["iso_day"]), int(match["iso_month"]), base, int(match["iso_year"]))


def _slash(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    return dated(int(match["slash_day"]), int(match["slash_month"]), base)


def _day_number(words: str) -> int:
    return int(number(words.removeprefix("初").replace("廿", "二十").replace("二十十", "二十")))


def _date(match: re.Match[str], base: date, _: WorkCalendar) -> Days | tuple[Meaning, ...]:
    """Return a day of a month; one that no calendar has (六月三十一日) is no time."""
    day = _day_number(match["date_day"])
    if match["date_which"]:
        there = month(base, _ahead(match["date_which"])).first
        return dated(day, there.month, base, there.year) or UNREADABLE
    return dated(day, int(number(match["date_month"])), base, _year_said(match, "date", base)) or UNREADABLE


def _edge(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    """Return the start, middle or end of a month or year: 月初 is its first days, 年底 its last day."""
    words, whole = match["edge"], match["edge_whole"]
    if whole is not None:
        named = whole.removesuffix("年").strip()
        days: Days | None = year_of(year(named) if named and named[0] not in "今明后去前本" else base.year + _years_ahead(named or "今"))
    elif match["edge_month"]:
        days = named_month(int(number(match["edge_month"])), base, _year_said(match, "edge", base))
    elif match["edge_quarter"]:
        days = quarter(base, _ahead(match["edge_quarter"]))
    else:
        days = month(base, _ahead(match["edge_which"] or ""))
        if match["edge_bare"] and _EDGES[words] == "start" and base.day > _FIRST_DAYS:
            days = month(base, 1)
    if days is None:
        return None
    if words == "初":
        return Days(days.first, days.first + timedelta(days=_FIRST_DAYS - 1), days.step) if whole is None else month(days.first)
    return replace(third(days, _EDGES[words]), step=days.step)


def _half(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    """Return a half of a year, month or week; 下个半年 is counted from today's half."""
    second, unit = match["half"][0] in "下后", match["half_of"]
    if unit == "月":
        there = month(base)
        return Days(there.first, there.first + timedelta(days=14)) if not second else Days(there.first + timedelta(days=15), there.last)
    if unit == "周":
        there = week(base)
        return Days(there.first, there.first + timedelta(days=2)) if not second else Days(there.first + timedelta(days=3), there.last)
    of = _year_said(match, "half", base) or base.year
    return month(date(of, 7 if second else 1, 1), count=6)


def _month(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    """Return a month, or a week, weekend or quarter this, next or last."""
    if match["month"]:
        return named_month(int(number(match["month"])), base, _year_said(match, "month", base))
    if match["weekend"]:
        return weekend(base)
    ahead, unit = _ahead(match["unit_which"]), match["unit"]
    if unit.endswith("末"):
        return weekend(base, ahead)
    if unit.startswith("季"):
        return quarter(base, ahead)
    return month(base, ahead) if unit == "月" else week(base, ahead)


def _year(match: re.Match[str], base: date, _: WorkCalendar) -> Days:
    return year_of(year(match["year"]) if match["year"] else base.year + _years_ahead(match["year_named"]))


def _weekday(match: re.Match[str], base: date, _: WorkCalendar) -> Days:
    """Return a weekday: of this week, of the next for each 下; a bare one is the next that comes, today included."""
    place, which = _place(match["weekday"]), match["weekday_which"]
    if which is None:
        return weekday(place, base)
    there = week(base, _ahead(which)).first + timedelta(days=place)
    return Days(there, there, weekday=True)


def _place(name: str) -> int:
    return _WEEKDAYS.index("日" if name == "天" else name)


def _day(match: re.Match[str], base: date, _: WorkCalendar) -> Days | None:
    return numbered(_day_number(match[0][:-1]), base)


def _near(match: re.Match[str], base: date, _: WorkCalendar) -> Days:
    return one(base + timedelta(days=_NEAR[match["near"]]))


def _holiday(match: re.Match[str], base: date, calendar: WorkCalendar) -> Meaning | tuple[Meaning, ...] | None:
    """Return a public holiday; 年前 and 年后 are said of the Spring Festival, 节前 and 假期后 of the next holiday."""
    name, side = match["holiday"], match["side"] or ("后" if "过完" in match[0] else "")
    named = name in HOLIDAYS
    if not (side or named):
        return None
    if match["holiday_year"] == "明年":
        base = date(base.year + 1, 1, 1)
    found = calendar.holiday_after(name if named else "春节" if "年" in name else None, base)
    if found is None:
        return UNREADABLE
    days = Days(*found, holiday=True)
    if side.endswith("前"):
        return days, Sign("before", suffix=True)
    if side.endswith(("后", "回来")):
        return days, Sign("after", suffix=True)
    return one(days.first) if side == "当天" else days


def _nth(match: re.Match[str], _: date, __: WorkCalendar) -> Nth | None:
    unit, count = match["nth_unit"], int(number(match["nth_count"] or "一"))
    place = -1 if match["nth_last"] else int(number(match["nth"] or "一"))
    if place == 0 or not 0 < count <= _MOST:
        return None
    if re.fullmatch(rf"{WEEK}.", unit):
        return Nth(place, "weekday", count, _place(unit[-1]))
    return Nth(place, {"工作日": "workday", "月": "month", "季": "quarter", "季度": "quarter", "天": "day"}.get(unit, "week"), count)


_YEAR_STARTS = "一二零〇"
_WHICH_STARTS = "下上本这今"
_HOLIDAY_STARTS = "".join({name[0] for name in HOLIDAYS})

FORMS = {
    "every": Form("每", rf"每(?:逢|隔|个)?(?:工作日|{DIGIT}?个?(?:{WEEK}[一二三四五六日天末]?|季度|月|年|小时|天|日|晚))", _every),
    "past": Form("刚", r"刚[才刚]", _every),
    "several": Form("今明", rf"(?P<several>{'|'.join(_SEVERAL)})", _several),
    "holiday": Form(
        _HOLIDAY_STARTS + "今明节小长假放过年",
        rf"(?:(?P<holiday_year>今年|明年)的?)?(?P<holiday>{_NAMED_HOLIDAYS}|(?<!{DIGIT})十一(?=假|长假|黄金周|期间|[前后]|"
        rf"[之以][前后])|(?<![季情细年环关过调章音])节(?=[假前后]|[之以][前后])|(?<![请年病事休产婚])(?:小长假|长假|假期)"
        rf"|(?<![请年病事])放假(?=[前后回]|[之以][前后])|过完[年节]|(?<![零〇一二两三四五六七八九十\d几半去今明后前每整成同往当多全数])年(?=[前后](?!半|度|期)))"
        rf"(?:节|假期|小?长假|黄金周|放完?假|假)*(?:结束|过完|一?过)?(?P<side>{BEFORE}|{AFTER}|前|回来|期间|当天)?",
        _holiday,
    ),
    "iso": Form("0", r"(?<![\d.])(?P<iso_year>(?:19|20|21)\d\d)[-/.](?P<iso_month>1[0-2]|0?[1-9])[-/.](?P<iso_day>3[01]|[12]\d|0?[1-9])(?!\d)", _iso),
    "slash": Form("0", r"(?<![\d./-])(?P<slash_month>1[0-2]|0?[1-9])/(?P<slash_day>3[01]|[12]\d|0?[1-9])(?![\d/.])", _slash),
    "date": Form(
        _YEAR_STARTS + _WHICH_STARTS + NUMERALS + "今明后去前本0",
        rf"(?:(?P<date_year>{_YEAR}) ?年|(?P<date_named>{_NAMED_YEAR}))?的?(?:(?P<date_which>{_WHICH})月的?|(?P<date_month>{_NUMBERED}) ?月(?:份的?)?)"
        rf" ?(?P<date_day>{_DAY})(?:[日号]|(?=[^\d年个天点时周星.:号日])|$)",
        _date,
    ),
    "edge": Form(
        _YEAR_STARTS + _WHICH_STARTS + NUMERALS + "今明后去前本0月年季上中下",
        rf"(?:(?:(?P<edge_year>{_YEAR}) ?年|(?P<edge_named>{_NAMED_YEAR}))?的?(?:(?P<edge_month>{_NUMBERED})月份?|(?P<edge_which>{_WHICH})月)|"
        rf"(?P<edge_quarter>(?:{_WHICH})?季度?)|(?P<edge_bare>月|(?=[上中下]旬))"
        rf"|(?P<edge_whole>{_NAMED_YEAR}|(?:{_YEAR})? ?年)年?)的?(?P<edge>底|末(?!尾)|尾|初|头|[上中下]旬|中(?![午间心国秋]))",
        _edge,
    ),
    "half": Form(
        _YEAR_STARTS + "今明后去前本0上下",
        rf"(?:(?P<half_year>{_YEAR}) ?年|(?P<half_named>{_NAMED_YEAR}))?的?(?P<half>上个?|下个?|前|后)半个?(?P<half_of>年|月|周)",
        _half,
    ),
    "month": Form(
        _YEAR_STARTS + _WHICH_STARTS + NUMERALS + "今明后去前本0周星礼",
        rf"(?:(?P<month_year>{_YEAR}) ?年|(?P<month_named>{_NAMED_YEAR}))?的?(?P<month>{_NUMBERED}) ?月(?:份|(?![饼球台子]))"
        rf"|(?P<unit_which>{_WHICH})(?P<unit>{WEEK}末|{WEEK}(?![一二三四五六日天末])|季度?|月)|(?P<weekend>{WEEK}末)",
        _month,
    ),
    "year": Form(_YEAR_STARTS + "今明后去前本0", rf"(?P<year>{_YEAR}) ?年(?![级前半])|(?P<year_named>{_NAMED_YEAR})", _year),
    "weekday": Form(_WHICH_STARTS + "周星礼", rf"(?P<weekday_which>{_WHICH})?{WEEK}(?P<weekday>[一二三四五六日天])(?!个)", _weekday),
    "day": Form(NUMERALS + "0初廿", rf"(?<![\d第./零〇一二三四五六七八九十]){_DAY}(?:日|号(?![楼线仓库店门码机位]))", _day),
    "near": Form(
        "大前当本即第转隔次翌后昨今明",
        r"(?P<near>大前天|前天|前日|[当本即]日|当天|当(?=晚)|第二天|转天|隔(?=天)|[次翌](?=日)|大大后(?=天)|大后(?=天)|(?<![以之今然最过])后(?=天)"
        r"|昨(?=[天日晚儿夜早])|今(?=[天日晚儿早晨夜]|下午|上午|中午|明)|明(?=[天日晚儿早晨]|下午|上午|中午))(?:天|日(?!头条)|儿)?",
        _near,
    ),
    "nth": Form(
        "第首头前最",
        rf"的?(?:第(?P<nth>{DIGIT}|\d{{1,2}})|(?P<nth_first>首|头|前)|(?P<nth_last>最后))(?: ?(?P<nth_count>{DIGIT}|\d{{1,2}}))? ?个?"
        rf"(?P<nth_unit>工作日|{WEEK}[一二三四五六日天]|{WEEK}|月|季度?|天)(?!之?内)",
        _nth,
    ),
}
"""How days are said, the more specific first."""
