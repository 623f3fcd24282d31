"""Times in Chinese (中文的时间): parts of the day, hours and spans beside the days, and how they stand together."""

import re
from datetime import date

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.due import chinese_days
from lingting.inspection.due.chinese_days import AFTER, BEFORE, DIGIT, INSIDE, NUMERALS
from lingting.inspection.due.numerals import number
from lingting.inspection.due.pieces import Clock, Close, Form, Language, Meaning, Part, Sign, Span, matchers

NOON = 12
HOURS = 24
MINUTES = 60
_QUARTER = 15

_N = rf"(?:(?<![\d.])\d{{1,4}}(?:\.\d)?|(?<!{DIGIT})[百{DIGIT[1:-1]}]{{1,5}}|半)"
_HOUR = r"(?:2[0-4]|[01]?\d|二十[一二三四]?|十[一二三四五六七八九]?|[一两二三四五六七八][二三四五六七八九]|[零〇一二两三四五六七八九])"
_MINUTE = rf"(?:[0-5]?\d|{DIGIT}{{1,3}})"

_PARTS = {
    **dict.fromkeys(("凌晨",), Part(0, 6)),
    **dict.fromkeys(("清晨", "清早", "早上", "早晨", "早间", "一大早", "大清早", "一早", "一上班", "早", "晨"), Part(8, 10)),
    **dict.fromkeys(("上午", "午前"), Part(8, 12)),
    **dict.fromkeys(("中午", "午间", "正午"), Part(11, 13)),
    **dict.fromkeys(("下午", "午后"), Part(12, 18, late=True)),
    **dict.fromkeys(("傍晚",), Part(17, 19, late=True)),
    **dict.fromkeys(("晚上", "晚间", "晚"), Part(18, 22, late=True, night=True)),
    **dict.fromkeys(("夜里", "夜间", "半夜", "深夜", "夜"), Part(20, 24, late=True, night=True)),
}
_UNITS = {
    "工作日": "workday", "工作天": "workday", "自然日": "day", "分钟": "minute", "分": "minute", "秒钟": "second", "秒": "second", "小时": "hour",
    "钟头": "hour", "刻钟": "minute", "天": "day", "日": "day", "晚": "day", "周": "week", "星期": "week", "礼拜": "week", "季度": "quarter",
    "月": "month", "年": "year",
}  # fmt: skip
_SAYS_IT_ALL = {"工作日", "工作天", "自然日"}
"""After these a number needs no "within": "三到五个工作日到账"."""

_CLOSE = rf"{INSIDE}|{AFTER}|{BEFORE}|里(?![程面])"
_UNIT = (
    r"工作[日天]|自然日|分钟?|秒钟?|刻钟|小时|钟头|天|晚|周(?![一二三四五六日末年])|星期(?![一二三四五六日末])|礼拜|季度"
    rf"|(?<=[个半])月|(?<=半)年|日(?={INSIDE}|{AFTER})"
)


def _span(match: re.Match[str], _: date, __: WorkCalendar) -> Meaning | None:
    close, unit = match["span_close"] or "", match["span_unit"]
    count = number(match["span_count"]) + (0.5 if match["span_half"] or match["span_more"] else 0)
    ago = close.endswith("前")
    due = bool(match["span_open"]) or close.endswith(("内", "后", "里")) or unit in _SAYS_IT_ALL
    return Span(((count * (_QUARTER if unit == "刻钟" else 1), _UNITS[unit]),), due and not ago, ago)


def _years(match: re.Match[str], _: date, __: WorkCalendar) -> Span:
    close = match["years_close"] or "后"
    count = number(match["years"] or match["years_ahead"]) + (0.5 if match["years_half"] else 0)
    return Span(((count, "year"),), not close.endswith("前"), close.endswith("前"))


def _part(match: re.Match[str], _: date, __: WorkCalendar) -> Part:
    return _PARTS[match["part"]]


def _clock(match: re.Match[str], _: date, __: WorkCalendar) -> Meaning | tuple[Meaning, ...] | None:
    """Return a clock time; "五到六点" is a stretch of which only the second end says that it is a time."""
    words, colon = match["minute"], match["colon"]
    minute = {"半": 30, "一刻": _QUARTER, "三刻": 3 * _QUARTER}.get(words or "")
    if minute is None:
        minute = int(number(words)) if words else int(colon or 0)
    second = int(number(match["second"] or match["seconds"] or "0"))
    hour, exact = _half_day(int(number(match["hour"])), match["clock_half"])
    if minute >= MINUTES or second >= MINUTES or hour > HOURS:
        return None
    clock = Clock(hour, minute, second, exact or bool(colon and (match["hour"].startswith("0") or hour > NOON)))
    return (Clock(int(number(match["clock_low"]))), Sign("to"), clock) if match["clock_low"] else clock


def _half_day(hour: int, half: str | None) -> tuple[int, bool]:
    """Return an hour of the whole day, and whether a.m. or p.m. was said."""
    if not half or hour > NOON:
        return hour, False
    return hour % NOON + (NOON if half.startswith("p") else 0), True


def _meridiem(match: re.Match[str], _: date, __: WorkCalendar) -> Clock:
    hour, exact = _half_day(int(match["m_hour"]), match["m_half"])
    return Clock(hour, exact=exact)


def _close(match: re.Match[str], _: date, __: WorkCalendar) -> tuple[Meaning, ...]:
    return (Close(), *((Sign("after", suffix=True),) if match["close"] else ()))


def _limit(match: re.Match[str], _: date, __: WorkCalendar) -> Sign:
    words = match["limit"]
    return Sign("before" if words.endswith("前") else "within" if words.endswith("内") else "after", suffix=True)


def _to(_: re.Match[str], __: date, ___: WorkCalendar) -> Sign:
    return Sign("to")


_FORMS = {
    "span": Form(
        NUMERALS + "0未接今再还往不最至之后",
        r"(?P<span_open>(?:未来|接下来|今后|再过|再等|还剩下?|还有|还要|往后|不超过|最多|至多|之后|后(?!半))的? ?)?(?<![第本这那上下礼期])"
        rf"(?:(?P<span_low>{_N})个?(?:{_UNIT})?(?:到|至|-|~|—|或))?(?P<span_count>{_N}) ?[多来]?(?:个?(?P<span_half>半)?|(?=半))个?(?P<span_unit>{_UNIT})"
        rf"(?P<span_more>半(?!天))?(?:左右|上下)?(?P<span_close>{_CLOSE})?",
        _span,
    ),
    "years": Form(
        NUMERALS + "0后",
        rf"(?P<years>(?<!\d)[1-5]|(?<!{DIGIT})[一二两三四五半])年(?P<years_half>半)?(?P<years_close>{_CLOSE})|后(?P<years_ahead>[1-5一两三])年",
        _years,
    ),
    **chinese_days.FORMS,
    "part": Form(
        "凌清早一大上中正下午傍晚夜半深晨",
        r"(?P<part>凌晨|清晨|清早|早上|早晨|早间|一大早|大清早|一早|一上班|上午|午前|中午|午间|正午|下午|午后|傍晚|晚上|晚间|夜里|夜间|半夜|深夜"
        r"|(?<=[今明昨当])[早晚晨夜](?![点些了饭])|(?<=[日号天一二三四五六])[早晚](?![点些一了饭]))",
        _part,
    ),
    "clock": Form(
        NUMERALS + "0",
        rf"(?<![快慢有多少大小高低好差这那第下几百分提\d.])(?<!(?<![今明日号天])[早晚])(?:(?P<clock_low>{_HOUR})[点时]?(?:到|至|-|~))?(?P<hour>{_HOUR})"
        rf"(?:(?:点|时(?![间候长效段刻差]))(?!钟头|个|儿|评|[建意要])(?P<minute>半|一刻|三刻|{_MINUTE}(?![-~到至天个\d]))?(?:分(?:(?P<second>{_MINUTE})秒)?)?[整钟]?"
        r"|:(?P<colon>[0-5]\d)(?::(?P<seconds>[0-5]\d))?(?!\d)) ?(?P<clock_half>[ap](?:m|\.m\.))?",
        _clock,
    ),
    "meridiem": Form("0", r"(?<![\d:])(?P<m_hour>1[0-2]|0?[1-9]) ?(?P<m_half>[ap](?:m|\.m\.))", _meridiem),
    "close": Form("下", rf"下班(?P<close>{AFTER})?", _close),
    "limit": Form("或及和之以前内后过起开", rf"(?:或者?|及|和)?(?P<limit>{BEFORE}|{INSIDE}|{AFTER}|起(?![来到])|以来|开始)", _limit),
    "to": Form("到至~—–-和与", r"到(?![了账货达])|至(?![少于])|[~—–-]|[和与](?=[^,。]{1,14}间)", _to),
}
"""How times are said, the more specific first."""


_COUNTED = rf"[{NUMERALS}](?=[{NUMERALS}百个多来早大上点时分刻钟小年月日号天周星礼工自季晚秒旬到至或~—– -]|\d)"
"""A numeral opens a time only before what can be counted; 一定 and 一下 do not."""

_WHICH = r"[下上本这今](?=[下上一个周星礼月季半日年天早晚晨儿夜午班中旬明后])"
_OTHERS = "".join(sorted({letter for form in _FORMS.values() for letter in form.starts} - set(f"{NUMERALS}下上本这今0-")))

CHINESE = Language(
    opener=re.compile(rf"\d+|{_COUNTED}|{_WHICH}|[{_OTHERS}-]"),
    matchers=matchers(_FORMS, set),
    joint=re.compile(r"[ ,()]{0,2}(?:的|那天|这天|是|在|就|大概|大约|差不多|最迟|最晚|从|又|零|加|余|多|之间|期间)?[ ]{0,2}"),
)
