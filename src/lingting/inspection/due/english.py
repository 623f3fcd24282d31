"""Times in English (英文的时间): parts of the day, hours and spans beside the days, and how they stand together."""

import re
from dataclasses import replace
from datetime import date, timedelta

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.due import english_days
from lingting.inspection.due.calendar_days import month, one, week, year_of
from lingting.inspection.due.english_days import MONTH, NUMBER_STARTS
from lingting.inspection.due.numerals import ONES, TENS, english_number
from lingting.inspection.due.pieces import Clock, Close, Form, Language, Meaning, Part, Read, Sign, Span, matchers

NOON = 12
HOURS = 24
MINUTES = 60
_PARTS = {
    **dict.fromkeys(("first thing", "early morning"), Part(8, 10)),
    **dict.fromkeys(("morning", "am", "early in the day"), Part(8, 12)),
    **dict.fromkeys(("lunch", "lunchtime"), Part(11, 13)),
    **dict.fromkeys(("afternoon", "pm"), Part(12, 18, late=True)),
    **dict.fromkeys(("dinner", "dinnertime"), Part(18, 20, late=True)),
    "early afternoon": Part(12, 15, late=True),
    "early evening": Part(18, 20, late=True),
    "evening": Part(18, 22, late=True),
    "night": Part(20, 24, late=True, night=True),
    "daytime": Part(8, 18),
}
_UNITS = (("sec", "second"), ("min", "minute"), ("h", "hour"), ("bus", "workday"), ("wor", "workday"), ("fortnight", "fortnight"), ("w", "week"),
          ("mo", "month"), ("q", "quarter"), ("y", "year"))  # fmt: skip
_UNIT = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|h|(?:business|working|work|calendar)[ -]?days?|days?|nights?|weeks?|fortnights?|months?"
    r"|quarters?(?! of)|years?)"
)
_WHOLE = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|(?:{TENS})(?:[- ](?:{ONES}))?|{ONES}|an?)"
_N = rf"(?:{_WHOLE} and (?:a )?(?:half|quarter)|half an?|half|(?:a )?quarter of an|a couple(?: of)?|couple(?: of)?|a few|few|several|{_WHOLE})"
_HOUR = r"(?:2[0-4]|1\d|0?\d)"
_HOUR_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MINUTE_WORD = rf"(?:(?:{TENS})(?:[- ](?:{ONES}))?|o'? ?(?:{ONES})|fifteen|ten|eleven|twelve|thirteen|fourteen|sixteen|seventeen|eighteen|nineteen)"
_HALF = r"(?:[ap] ?\.? ?m\b\.?|[ap](?!['a-z]|\.[a-z])|[ap]\.m\.)"
_OF_DAY = "morning|afternoon|evening|night"


def _span(match: re.Match[str], _: date, __: WorkCalendar) -> Meaning | tuple[Meaning, ...]:
    unit = match["span_unit"]
    named = next((ours for stem, ours in _UNITS if unit.startswith(stem)), "day")
    count = english_number(match["span_count"] or "one") + (0.5 if match["span_half"] else 0)
    if named == "fortnight":
        count, named = 2 * count, "week"
    opened = (match["span_open"] or "").strip()
    opened = "" if opened in {"for", "over", "the", "under", "less than", "during", "up to"} else opened
    due = bool(opened or match["span_one"] or match["span_next"] or match["span_close"])
    return Span(((count, named),), due and not match["span_ago"], bool(match["span_ago"]))


def _close(_: re.Match[str], __: date, ___: WorkCalendar) -> Close:
    return Close()


def _eod(_: re.Match[str], __: date, ___: WorkCalendar) -> Part:
    """Return the end of the day; that of the business day is said otherwise."""
    return Part(0, HOURS, late=True)


def _eoy(match: re.Match[str], base: date, _: WorkCalendar) -> tuple[Meaning, ...]:
    unit = {"eow": week, "eom": month}.get(match["eoy"])
    days = unit(base) if unit else year_of(base.year)
    return (replace(days, first=days.last),)


def _edge(match: re.Match[str], _: date, __: WorkCalendar) -> Sign:
    return Sign("end" if match["edge_end"] else "start" if match["edge_start"] else "mid")


def _part(match: re.Match[str], base: date, _: WorkCalendar) -> Meaning | tuple[Meaning, ...] | None:
    """Return a part of the day; "this morning" is today's, "in the morning" the next that comes."""
    when, words = (match["part_when"] or "").strip(), match["part"].replace(" time", "time")
    part = _PARTS.get(f"{when} {words}") or _PARTS[words]
    lead = (match["part_this"] or "").strip()
    if lead == "next":
        return one(base + timedelta(days=1)), part
    if lead == "this" or "this " in match[0]:
        return one(base), part
    before = match.string[max(0, match.start() - len("before ")) : match.start()]
    if words in {"lunch", "dinner"} and not (lead or when or before.endswith(("before ", "by ", "over "))):
        return None
    return replace(part, next_day=words == "first thing" or lead.startswith("in"))


def _noon(match: re.Match[str], _: date, __: WorkCalendar) -> Clock:
    return Clock(HOURS if "night" in match["noon"] else NOON, exact=True)


def _past(match: re.Match[str], _: date, __: WorkCalendar) -> Clock:
    """Return "half past four" and "quarter to six"."""
    if match["past_hour"]:
        minutes = 30 if match["past_half"] else 15 if match["past_quarter"] else int(english_number(match["past_minutes"]))
        return Clock(int(english_number(match["past_hour"])), minutes % MINUTES)
    words = match["to_at"] or match["to_by"] or match["to_minutes"]
    minutes = int(english_number(words)) if words else 15
    return Clock((int(english_number(match["to_hour"])) - 1) or NOON, (MINUTES - minutes) % MINUTES)


def _clock(match: re.Match[str], _: date, __: WorkCalendar) -> Clock | None:
    half = (match["half"] or match["word_half"] or match["word_half_only"] or "")[:1]
    if match["word"]:
        hour, minute, second = int(english_number(match["word"])), _minutes(match["word_minute"]), 0
    else:
        hour = int(match["hour"] or match["colon_hour"] or match["dot_hour"])
        minute = int(match["minute"] or match["run"] or match["colon"] or match["dot"] or 0)
        second = int(match["second"] or match["colon_second"] or 0)
    if half and hour <= NOON:
        return Clock(hour % NOON + NOON * (half == "p"), minute, second, exact=True)
    early = (match["colon_hour"] or "").startswith("0")
    return Clock(hour, minute, second, exact=early or hour > NOON) if hour < HOURS or not minute else None


def _minutes(words: str | None) -> int:
    return int(english_number(words.removeprefix("o'").removeprefix("o").strip() or "0")) if words else 0


def _figure(match: re.Match[str], _: date, __: WorkCalendar) -> Clock:
    return Clock(int(english_number(match["figure"])), bare=not match["ish"])


def _military(match: re.Match[str], _: date, __: WorkCalendar) -> Clock:
    return Clock(int(match["military"]), int(match["military_minute"]), exact=True, bare=True)


def _sign(name: str, *, suffix: bool = False) -> Read:
    def read(_: re.Match[str], __: date, ___: WorkCalendar) -> Sign:
        return Sign(name, suffix=suffix)

    return read


_FORMS = {
    "past": Form(
        NUMBER_STARTS + " o",
        rf"(?:(?P<past_half>half)|(?P<past_quarter>(?:a )?quarter)|(?P<past_minutes>[1-5]?\d|{_MINUTE_WORD}|five)(?: min(?:ute)?s?)?) past "
        rf"(?P<past_hour>{_HOUR_WORD}|1[0-2]|[1-9])\b"
        rf"|(?:(?P<to_quarter>(?:a )?quarter)|(?<=at )(?P<to_at>5|10|20|five|ten|twenty)|(?<=by )(?P<to_by>5|10|20|five|ten|twenty)|"
        rf"(?P<to_minutes>[1-5]?\d|{_MINUTE_WORD}|five) min(?:ute)?s?)"
        rf" (?:to|till) (?P<to_hour>{_HOUR_WORD}|1[0-2]|[1-9])\b(?![:.]?\d)",
        _past,
    ),
    "span": Form(
        NUMBER_STARTS + " within inside under in less no at up over for during the maximum next following coming",
        rf"(?:(?P<span_open>(?:within|inside|under|in|in (?:less than|under|about|around|at most)|less than|no more than|at most|up to|over|for|"
        rf"during|the|maximum)"
        rf"(?: the)?(?: (?:next|coming|following))?(?: another)? |(?:the )?(?:next|following|coming) )?"
        rf"(?:(?P<span_low>\d{{1,3}}|{ONES}|an?)(?: ?(?:-|–|to|or) ?))?(?P<span_count>{_N})(?P<span_next> (?:more|next|upcoming|coming))?[ -]?|"
        rf"(?P<span_one>(?:within|in|inside|over|during) the (?:next |coming )?|(?:the )?next )(?=hour|minute|day and))(?P<span_unit>{_UNIT})\b"
        rf"(?P<span_half> and (?:a )?half)?'?(?P<span_close> from now| later(?! (?:this|in|today|tonight|on)\b)| hence| or less| time(?= |[.,;!?]|"
        rf"$)| from today|’s time|s time)?(?P<span_ago> ago| earlier)?",
        _span,
    ),
    "close": Form(
        "the close end finish cob cop closing",
        r"(?:the )?(?:close of (?:business|play|trading)|(?:end|finish) of (?:the )?(?:business|working) day|end of (?:business|work|play)|"
        r"\bcob\b|\bcop\b|close of day|closing time)",
        _close,
    ),
    "eod": Form("the end eod", r"(?:the )?(?:end of (?:the )?day|eod)\b", _eod),
    "eoy": Form("the eow eom eoy", r"(?:the )?(?P<eoy>eo[wmy]|eom)\b", _eoy),
    "part": Form(
        "early late later mid this next around in the during at that first morning afternoon evening night lunch lunchtime dinner dinnertime daytime am pm",
        rf"(?P<part_this>this |next |around |in the |during the |at |that |the )?(?P<part_when>early |late |later |mid[- ])?(?:in the |this "
        rf")?(?<!good )(?P<part>first thing|early in the day|{_OF_DAY}|lunch ?time|lunch|dinner ?time|dinner|daytime|(?<=today )[ap]m|(?<=tomorrow "
        rf")[ap]m|(?<=day )[ap]m)\b(?! (?:team|shift|market))",
        _part,
    ),
    "edge": Form(
        "the end latter last late later beginning start early earlier middle mid",
        r"(?:the )?(?:(?P<edge_end>end|latter part|last part|late(?:r)?)|(?P<edge_start>beginning|start|early|earlier)|(?P<edge_mid>middle|"
        r"mid))(?: of| in|-|)(?= ?(?:the |this |next |to|mon|tue|wed|thu|fri|sat|sun|week|month|quarter|year|jan|feb|mar|apr|may|jun|jul|aug|sep|"
        r"oct|nov|dec|20))",
        _edge,
    ),
    **english_days.FORMS,
    "noon": Form("0 twelve noon midday mid midnight noonish", r"(?:(?:12|twelve) )?(?P<noon>noon|midday|mid-?day|midnight|mid night)(?:ish)?\b", _noon),
    "clock": Form(
        NUMBER_STARTS,
        rf"(?<![\d$€£.,:/])(?:(?P<hour>{_HOUR})(?:[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?|(?P<run>[0-5]\d)(?= ?[ap]\.?m))? "
        rf"?\.?(?:(?P<half>{_HALF})|o ?'?clock)"
        rf"|(?P<colon_hour>{_HOUR}):(?P<colon>[0-5]\d)(?::(?P<colon_second>[0-5]\d))?(?![\d:])"
        rf"|(?<=at )(?P<dot_hour>{_HOUR})\.(?P<dot>[0-5]\d)(?![\d%]| percent)"
        rf"|(?P<word>{_HOUR_WORD})[ -](?:(?P<word_minute>{_MINUTE_WORD})(?: ?(?P<word_half>{_HALF}))?|(?P<word_half_only>{_HALF})|o ?'?clock))",
        _clock,
    ),
    "figure": Form(
        NUMBER_STARTS,
        rf"(?<![\d$€£.,:/%#&+])(?<!\d-\d\d-)(?<!\d\d\d-)(?<!no )(?P<figure>{_HOUR}|{_HOUR_WORD})(?P<ish>ish)?\b(?![%$€£:/]|[.,]\d| ?(?:%|percent)| "
        rf"(?!(?:in|on|at|this|to|and|or|till|until|through|today|tomorrow|tonight|next|sharp|latest|the latest|mon|tue|wed|thu|fri|sat|sun|pst|"
        rf"est|cst|gmt|pt)[a-z]*\b)(?!{MONTH})[a-z]+)",
        _figure,
    ),
    "military": Form("0", r"(?<![^ -])(?P<military>[01]\d|2[0-3])(?P<military_minute>[0-5]0)(?=-| to |[,.?!]|$| (?:today|tomorrow|on)\b)", _military),
    "before": Form("no not at before prior ahead as", r"(?:no|not) later than|at the latest(?: by)?|before|prior to|ahead of|as late as", _sign("before")),
    "till": Form("until til till", r"until|till?", _sign("till")),
    "by": Form("by latest", r"by|latest", _sign("until")),
    "from": Form("starting beginning as since from any", r"(?:starting|beginning)(?: on| from)?|as early as|since|from|any ?time from", _sign("from")),
    "after": Form("any anytime after later", r"(?:any ?time )?after|later than", _sign("after")),
    "later": Form("or and onward onwards", r"or (?:later|after)|and (?:later|after)(?! )|onwards?", _sign("after", suffix=True)),
    "between": Form("between", r"between", _sign("between")),
    "and": Form("and &", r"and|&", _sign("and")),
    "to": Form("to through thru - – — ~", r"to|through|thru|-|–|~|—", _sign("to")),
    "at": Form("at around about circa @", r"at|around|about|circa|@", _sign("at")),
}
"""How times are said, the more specific first."""

ENGLISH = Language(
    opener=re.compile(r"(?<![a-z])[a-z]+|\d+|[&@~–—-]"),
    matchers=matchers(_FORMS, lambda starts: dict.fromkeys(starts.split())),
    joint=re.compile(r"[ ,(@]{0,2}(?:(?:of|on|in|at|the|for|and|sometime|any ?time|is|it|pt|pst|gmt)[ ,]{0,2}){0,3}\)?"),
)
