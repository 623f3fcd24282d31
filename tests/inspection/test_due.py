"""Due times: what people say, when they say it, and the moment they mean."""

from datetime import datetime, time, timedelta
from itertools import pairwise
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from benchmarks.accuracy import times
from hypothesis import given, settings
from hypothesis import strategies as st

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.detectors.promise import DUE_CUES
from lingting.inspection.due import Due, dues
from lingting.inspection.normalise import plain
from lingting.inspection.scan import Scanner

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(ZONE)
LONDON = WorkCalendar(ZoneInfo("Europe/London"), closes=time(17, 30), holidays=False)
WEDNESDAY = "2026-03-11T14:30"

SAID = [  # words, said at, meant
    ("今天下午五点前给您回电话", "2026-07-20T10:00", "2026-07-20T17:00"),
    ("今晚十一点前送到新店", "2026-08-12T16:19", "2026-08-12T23:00"),
    ("明天上午十点前", "2026-07-20T10:00", "2026-07-21T10:00"),
    ("两小时内把签收单发您", "2026-07-20T10:00", "2026-07-20T12:00"),
    ("半小时内", "2026-07-20T10:00", "2026-07-20T10:30"),
    ("3个工作日内", "2026-07-24T10:00", "2026-07-29T23:59"),
    ("五个工作日内到账", "2026-09-28T10:00", "2026-10-10T23:59"),
    ("周五下班前", "2026-08-26T10:00", "2026-08-28T18:00"),
    ("8月17日下班前", "2026-08-13T14:00", "2026-08-17T18:00"),
    ("后天下班前", "2026-08-17T08:30", "2026-08-19T18:00"),
    ("下周一上午十二点前", "2026-08-28T17:10", "2026-08-31T12:00"),
    ("五点前回您", "2026-08-04T18:12", "2026-08-05T17:00"),
    ("后天是二十四号，我给您约九点半到十一点之间", "2026-07-22T09:00", "2026-07-24T11:00"),
    ("I will call you back by five this afternoon", "2026-08-27T15:31", "2026-08-27T17:00"),
    ("I will email you the offer today before five.", "2026-07-31T09:31", "2026-07-31T17:00"),
    ("you will have them tomorrow by ten in the morning", "2026-08-25T13:40", "2026-08-26T10:00"),
    ("within 3 working days", "2026-08-21T13:15", "2026-08-26T23:59"),
    ("by Thursday noon", "2026-08-18T16:44", "2026-08-20T12:00"),
    ("Friday 14:00 to 16:00", "2026-08-20T09:00", "2026-08-21T16:00"),
    # the calendar: holidays, make-up days, ends of months, leap years
    ("两个工作日内", "2026-05-07T10:00", "2026-05-09T23:59"),  # the Saturday makes up for the holiday
    ("五一假期后", WEDNESDAY, "2026-05-06T23:59"),
    ("五一前", WEDNESDAY, "2026-04-30T23:59"),
    ("国庆节之前", WEDNESDAY, "2026-09-30T23:59"),
    ("十一假期后", WEDNESDAY, "2026-10-08T23:59"),
    ("节后第一个工作日", "2026-04-30T10:00", "2026-05-06T23:59"),
    ("国庆后第一个工作日", WEDNESDAY, "2026-10-08T23:59"),
    ("端午节前", WEDNESDAY, "2026-06-18T23:59"),
    ("年前", "2025-12-20T10:00", "2026-02-14T23:59"),
    ("过完年给您安排", "2026-01-20T10:00", "2026-02-24T23:59"),
    ("明年国庆前", WEDNESDAY, "2027-09-30T23:59"),
    ("月底", "2026-02-11T10:00", "2026-02-28T23:59"),
    ("月底", "2028-02-11T10:00", "2028-02-29T23:59"),
    ("一个月内", "2026-01-31T10:00", "2026-02-28T23:59"),
    ("2月29日前", "2027-12-01T10:00", "2028-02-29T23:59"),
    ("31号", "2026-04-10T10:00", "2026-05-31T23:59"),
    ("年底", WEDNESDAY, "2026-12-31T23:59"),
    ("1月5日前", "2026-12-28T10:00", "2027-01-05T23:59"),
]

ON_A_WEDNESDAY = [  # said on Wednesday 11 March 2026, 14:30
    ("两小时内", "2026-03-11T16:30"),
    ("24小时之内", "2026-03-12T14:30"),
    ("24到48小时内", "2026-03-13T14:30"),
    ("一百二十分钟内", "2026-03-11T16:30"),
    ("半小时后", "2026-03-11T15:00"),
    ("一个半小时内", "2026-03-11T16:00"),
    ("1.5小时内", "2026-03-11T16:00"),
    ("1小时30分钟后", "2026-03-11T16:00"),
    ("三刻钟内", "2026-03-11T15:15"),
    ("再过十分钟", "2026-03-11T14:40"),
    ("三到五个工作日内", "2026-03-18T23:59"),
    ("1-3个工作日到账", "2026-03-16T23:59"),
    ("7个自然日内", "2026-03-18T23:59"),
    ("三天后", "2026-03-14T23:59"),
    ("两三天内", "2026-03-14T23:59"),
    ("一周之内", "2026-03-18T23:59"),
    ("半个月内", "2026-03-26T23:59"),
    ("三个月之后", "2026-06-11T23:59"),
    ("下班前", "2026-03-11T18:00"),
    ("明天下班之前", "2026-03-12T18:00"),
    ("月末", "2026-03-31T23:59"),
    ("本月底之前", "2026-03-31T23:59"),
    ("下个月初", "2026-04-05T23:59"),
    ("6月中旬", "2026-06-20T23:59"),
    ("本季度末", "2026-03-31T23:59"),
    ("下个月15号", "2026-04-15T23:59"),
    ("十五号之前", "2026-03-15T23:59"),
    ("3月20日下午三点", "2026-03-20T15:00"),
    ("二零二六年三月二十日前", "2026-03-20T23:59"),
    ("2026-03-20前", "2026-03-20T23:59"),
    ("下下周二", "2026-03-24T23:59"),
    ("下周三上午", "2026-03-18T12:00"),
    ("周日晚上十点前", "2026-03-15T22:00"),
    ("周一到周三之间", "2026-03-18T23:59"),
    ("今明两天", "2026-03-12T23:59"),
    ("明后两天", "2026-03-13T23:59"),
    ("大后天", "2026-03-14T23:59"),
    ("次日上午十点", "2026-03-12T10:00"),
    ("第二天上午", "2026-03-12T12:00"),
    ("当天", "2026-03-11T23:59"),
    ("当晚", "2026-03-11T22:00"),
    ("本周内", "2026-03-15T23:59"),
    ("这周之前", "2026-03-15T23:59"),
    ("下周之前", "2026-03-15T23:59"),
    ("周末", "2026-03-15T23:59"),
    ("明早九点", "2026-03-12T09:00"),
    ("明天一上班", "2026-03-12T10:00"),
    ("晚上八点半", "2026-03-11T20:30"),
    ("今晚十二点前", "2026-03-12T00:00"),
    ("今晚一点", "2026-03-12T01:00"),
    ("凌晨两点前", "2026-03-12T02:00"),
    ("明天中午12点之前", "2026-03-12T12:00"),
    ("下午三四点", "2026-03-11T16:00"),
    ("十一点前", "2026-03-11T23:00"),
    ("17:30前", "2026-03-11T17:30"),
    ("明天9:30-11:00", "2026-03-12T11:00"),
    ("下午2点到4点", "2026-03-11T16:00"),
    ("周二14:00-16:00", "2026-03-17T16:00"),
    ("三点以后", "2026-03-11T23:59"),
    ("中午前", "2026-03-12T13:00"),
    ("請您放心，後天下午五點之前", "2026-03-13T17:00"),
    ("2个半月内", "2026-05-26T23:59"),
    ("一年半内", "2027-09-11T23:59"),
    ("后1年", "2027-03-11T23:59"),
    ("一周零两天内", "2026-03-20T23:59"),
    ("周二11:30 p.m.", "2026-03-17T23:30"),
    ("3pm前", "2026-03-11T15:00"),
    ("18点30分20秒", "2026-03-11T18:30"),
    ("八点到九点之间", "2026-03-11T21:00"),
    ("下午5:00到凌晨3:00", "2026-03-12T03:00"),
    ("上午九点到下午三点", "2026-03-11T15:00"),
    ("明天凌晨12点", "2026-03-12T00:00"),
    ("晚上3点前", "2026-03-12T03:00"),
    ("下班后", "2026-03-11T23:59"),
    ("26年底", "2026-12-31T23:59"),
    ("今年年底", "2026-12-31T23:59"),
    ("4月初", "2026-04-05T23:59"),
    ("月初", "2026-04-05T23:59"),
    ("后半年", "2026-12-31T23:59"),
    ("上半月", "2026-03-15T23:59"),
    ("下半月", "2026-03-31T23:59"),
    ("上半周", "2026-03-11T23:59"),
    ("下半周", "2026-03-15T23:59"),
    ("下周末", "2026-03-22T23:59"),
    ("下周上午", "2026-03-22T23:59"),
    ("4月", "2026-04-30T23:59"),
    ("3/20", "2026-03-20T23:59"),
    ("下下个季度", "2026-09-30T23:59"),
    ("2026年第三季度前", "2026-06-30T23:59"),
    ("2027年", "2027-12-31T23:59"),
    ("明年的第三个月", "2027-03-31T23:59"),
    ("下个月的第一周", "2026-04-05T23:59"),
    ("四月的最后一个周五", "2026-04-24T23:59"),
    ("下个月的前10天", "2026-04-10T23:59"),
    ("下个月最后3天", "2026-04-30T23:59"),
    ("下个月第二个工作日", "2026-04-02T23:59"),
    ("国庆当天", "2026-10-01T23:59"),
    ("国庆期间", "2026-10-07T23:59"),
    ("下周三到周五", "2026-03-20T23:59"),
    ("五月一号到三号", "2026-05-03T23:59"),
    ("4月20日，星期一", "2026-04-20T23:59"),
    ("二月上旬前", "2027-01-31T23:59"),
    ("2月底前", "2027-02-28T23:59"),
    ("2月前", "2027-01-31T23:59"),
    ("周一到周二下午三点", "2026-03-17T15:00"),
    ("within two business days", "2026-03-13T23:59"),
    ("within 3 to 5 working days", "2026-03-18T23:59"),
    ("within 24-48 hours", "2026-03-13T14:30"),
    ("in half an hour", "2026-03-11T15:00"),
    ("an hour and a half from now", "2026-03-11T16:00"),
    ("within the hour", "2026-03-11T15:30"),
    ("in a couple of days", "2026-03-13T23:59"),
    ("in a fortnight's time", "2026-03-25T23:59"),
    ("in three weeks", "2026-04-01T23:59"),
    ("two days after Friday", "2026-03-15T23:59"),
    ("by close of play", "2026-03-11T18:00"),
    ("COB Friday", "2026-03-13T18:00"),
    ("by end of day tomorrow", "2026-03-12T23:59"),
    ("first thing tomorrow", "2026-03-12T10:00"),
    ("tomorrow at noon", "2026-03-12T12:00"),
    ("before midnight", "2026-03-12T00:00"),
    ("this afternoon", "2026-03-11T18:00"),
    ("in the morning", "2026-03-12T12:00"),
    ("by lunchtime", "2026-03-12T13:00"),
    ("tonight", "2026-03-11T23:59"),
    ("the day after tomorrow", "2026-03-13T23:59"),
    ("by the end of next week", "2026-03-22T23:59"),
    ("by the end of the month", "2026-03-31T23:59"),
    ("early next week", "2026-03-18T23:59"),
    ("this week", "2026-03-15T23:59"),
    ("by Friday week", "2026-03-20T23:59"),
    ("next Tuesday morning", "2026-03-17T12:00"),
    ("by Monday at 9:30", "2026-03-16T09:30"),
    ("Thursday between 2 and 4pm", "2026-03-12T16:00"),
    ("no later than 5pm", "2026-03-11T17:00"),
    ("by 10 tomorrow", "2026-03-12T10:00"),
    ("half past four", "2026-03-11T16:30"),
    ("by quarter to six", "2026-03-11T17:45"),
    ("on the 15th", "2026-03-15T23:59"),
    ("by the twenty-first of April", "2026-04-21T23:59"),
    ("by 3 December", "2026-12-03T23:59"),
    ("by April 2nd", "2026-04-02T23:59"),
    ("by 3/20", "2026-03-20T23:59"),
    ("by 13/4", "2026-04-13T23:59"),
    ("before Christmas", "2026-12-25T23:59"),
    ("on April 18-19", "2026-04-19T23:59"),
    ("from 9:30am to 3", "2026-03-11T15:00"),
    ("in 1 day and 5 hours", "2026-03-12T19:30"),
    ("a quarter of an hour from now", "2026-03-11T14:45"),
    ("in two and a half hours", "2026-03-11T17:00"),
    ("Monday two weeks from now", "2026-03-23T23:59"),
    ("three days before the 20th", "2026-03-17T23:59"),
    ("tomorrow until 5pm", "2026-03-12T17:00"),
    ("9am or later", "2026-03-11T23:59"),
    ("any time after 3pm tomorrow", "2026-03-12T23:59"),
    ("from 0900 to 1600", "2026-03-11T16:00"),
    ("9 to 10:30", "2026-03-11T22:30"),
    ("Monday 3-8", "2026-03-16T20:00"),
    ("at ten to four", "2026-03-11T15:50"),
    ("five past nine", "2026-03-11T21:05"),
    ("at seven thirty p m", "2026-03-11T19:30"),
    ("tonight at 2am", "2026-03-12T02:00"),
    ("next evening", "2026-03-12T22:00"),
    ("early afternoon tomorrow", "2026-03-12T15:00"),
    ("early Monday", "2026-03-16T12:00"),
    ("end of tomorrow", "2026-03-12T23:59"),
    ("mid April", "2026-04-20T23:59"),
    ("by EOW", "2026-03-15T23:59"),
    ("EOY", "2026-12-31T23:59"),
    ("this coming Friday", "2026-03-13T23:59"),
    ("this Friday", "2026-03-13T23:59"),
    ("Friday the 27th", "2026-03-27T23:59"),
    ("Monday of next week", "2026-03-16T23:59"),
    ("next week on Tuesday", "2026-03-17T23:59"),
    ("the week after next", "2026-03-29T23:59"),
    ("next fortnight", "2026-04-05T23:59"),
    ("next working week", "2026-03-20T23:59"),
    ("the week of April 13th", "2026-04-19T23:59"),
    ("by week 15", "2026-04-12T23:59"),
    ("week 2 of next year", "2027-01-17T23:59"),
    ("the 15th of next month", "2026-04-15T23:59"),
    ("the third week of April", "2026-04-19T23:59"),
    ("the last Friday of the month", "2026-03-27T23:59"),
    ("the second business day of next month", "2026-04-02T23:59"),
    ("the first month of next year", "2027-01-31T23:59"),
    ("next March", "2027-03-31T23:59"),
    ("in May", "2026-05-31T23:59"),
    ("by August 2027", "2027-08-31T23:59"),
    ("from March until the end of April", "2026-04-30T23:59"),
    ("before 2027", "2026-12-31T23:59"),
    ("in the year two thousand and thirty", "2030-12-31T23:59"),
    ("5/6/26", "2026-05-06T23:59"),
    ("2026-04-02", "2026-04-02T23:59"),
]

NOT_DUE = [
    ("系统下午一点五十出现故障", "2026-08-04T14:33"),
    ("系统五点恢复了", "2026-08-04T18:12"),
    ("昨天下午三点已经发了", WEDNESDAY),
    ("上周五给您寄了", WEDNESDAY),
    ("刚才三点", WEDNESDAY),
    ("两小时前发的", WEDNESDAY),
    ("5分钟前刚发", WEDNESDAY),
    ("今天上午", WEDNESDAY),
    ("稍后联系您", WEDNESDAY),
    ("尽快给您回复", WEDNESDAY),
    ("回头我问一下", WEDNESDAY),
    ("过一会儿", WEDNESDAY),
    ("我给您送早一点", WEDNESDAY),
    ("晚一点回您", WEDNESDAY),
    ("有一点问题", WEDNESDAY),
    ("这两点我说明一下", WEDNESDAY),
    ("三点建议", WEDNESDAY),
    ("在3号楼和5号仓库", WEDNESDAY),
    ("每周一下午八点", WEDNESDAY),
    ("等20分钟", WEDNESDAY),
    ("6月31日前", WEDNESDAY),
    ("明年春节前", WEDNESDAY),  # the moon's holidays of a year unknown cannot be assumed
    ("25点", WEDNESDAY),
    ("电话13800138000", WEDNESDAY),
    ("you may call me", WEDNESDAY),
    ("this may take longer", WEDNESDAY),
    ("as soon as possible", WEDNESDAY),
    ("I will get back to you shortly", WEDNESDAY),
    ("later", WEDNESDAY),
    ("two days ago", WEDNESDAY),
    ("it happened at 9am", WEDNESDAY),
    ("good morning", WEDNESDAY),
    ("we are at 5 locations", WEDNESDAY),
    ("I have 3 orders", WEDNESDAY),
    ("every Monday at 4", WEDNESDAY),
    ("on Tuesdays", WEDNESDAY),
    ("feb 30", WEDNESDAY),
    ("week 99", WEDNESDAY),
    ("last Friday", WEDNESDAY),
    ("since 2025", WEDNESDAY),
    ("from 3 to 5 days", WEDNESDAY),
    ("after tomorrow", WEDNESDAY),
    ("within 900 weeks", WEDNESDAY),
    ("第0天", WEDNESDAY),
    ("2027年2月30日前", WEDNESDAY),
    ("by feb 30 2027", WEDNESDAY),
    ("昨天下午两点到四点", WEDNESDAY),
    ("今天上午九点到十一点", WEDNESDAY),
    ("明天之后", WEDNESDAY),
    ("第二季度", WEDNESDAY),
    ("it was at 6.45 percent", WEDNESDAY),
    ("call (206) 555-1212", WEDNESDAY),
]


def found(words: str, said: str, calendar: WorkCalendar = CALENDAR) -> list[Due]:
    return list(dues(plain(words), datetime.fromisoformat(said).replace(tzinfo=calendar.zone), calendar))


@pytest.mark.parametrize(("words", "said", "meant"), SAID)
def test_words_of_time_mean_a_moment(words: str, said: str, meant: str) -> None:
    assert found(words, said)[-1].at.isoformat()[:16] == meant


@pytest.mark.parametrize(("words", "meant"), ON_A_WEDNESDAY)
def test_words_of_time_said_on_a_wednesday_afternoon_mean_one_moment(words: str, meant: str) -> None:
    assert [due.at.isoformat()[:16] for due in found(words, WEDNESDAY)] == [meant]


@pytest.mark.parametrize(("words", "said"), NOT_DUE)
def test_what_already_happened_or_names_no_time_is_not_due(words: str, said: str) -> None:
    assert found(words, said) == []


def test_two_times_in_one_sentence_are_two() -> None:
    """客服: 周三或周四给您送到。"""
    assert [due.at.isoformat()[:10] for due in found("周三或周四给您送到", WEDNESDAY)] == ["2026-03-11", "2026-03-12"]


def test_a_weekday_whose_hour_has_passed_is_next_weeks() -> None:
    """客服: 周三上午十点前给您。（周三下午说的）"""
    assert found("周三上午十点前", WEDNESDAY)[0].at.isoformat()[:16] == "2026-03-18T10:00"
    assert found("周三下午五点前", WEDNESDAY)[0].at.isoformat()[:16] == "2026-03-11T17:00"


def test_a_date_of_last_autumn_is_past_unless_it_is_a_limit() -> None:
    """Said in March: 十一月十八号 is last November's, 十一月十八号之前 can only be the next."""
    assert found("十一月十八号的货", WEDNESDAY) == []
    assert found("十一月十八号之前给您", WEDNESDAY)[0].at.isoformat()[:10] == "2026-11-18"


def test_a_stretch_says_when_it_begins_too() -> None:
    """客服: 明天下午两点到四点给您送。"""
    [due] = found("明天下午两点到四点给您送", WEDNESDAY)
    assert (due.start_at and due.start_at.isoformat()[:16], due.at.isoformat()[:16]) == ("2026-03-12T14:00", "2026-03-12T16:00")
    assert found("明天下午四点前", WEDNESDAY)[0].start_at is None


def test_the_words_stand_at_the_span() -> None:
    words = plain("好的，退款三到五个工作日内退到您的账户，我来跟进。")
    [due] = found(words, WEDNESDAY)
    assert words[due.start : due.end] == "三到五个工作日内"


def test_a_year_whose_holidays_are_unknown_is_assumed_and_said_so() -> None:
    assert [due.assumed for due in found("三个工作日内", "2026-12-30T10:00")] == [True]
    assert [due.assumed for due in found("三个工作日内", "2026-11-30T10:00")] == [False]
    assert [(due.at.isoformat()[:10], due.assumed) for due in found("国庆后", "2029-09-01T10:00")] == [("2029-10-08", True)]


def test_hours_run_by_the_clock_when_the_clocks_change() -> None:
    """Agent (London, the night the clocks go forward): I'll call you back within 24 hours."""
    said = "2026-03-28T20:00"
    assert found("within 24 hours", said, LONDON)[0].at.isoformat() == "2026-03-29T21:00:00+01:00"
    assert found("by 8pm tomorrow", said, LONDON)[0].at.isoformat() == "2026-03-29T20:00:00+01:00"
    assert found("within 2 hours", "2026-10-25T00:30", LONDON)[0].at.isoformat() == "2026-10-25T01:30:00+00:00"


def test_close_of_business_is_the_organisations_own() -> None:
    assert found("by close of business", "2026-03-11T14:30", LONDON)[0].at.isoformat()[:16] == "2026-03-11T17:30"
    assert found("by close of business", "2026-03-13T17:45", LONDON)[0].at.isoformat()[:16] == "2026-03-16T17:30"


CUES = Scanner(dict.fromkeys(DUE_CUES, (0,)))


@pytest.mark.parametrize("words", [words for words, _ in ON_A_WEDNESDAY])
def test_the_scan_looks_for_whatever_the_grammar_can_read(words: str) -> None:
    assert CUES.scan([[plain(words)]])[0]


ZH_WORDS = "今天 明 后天 前 内 到 之间 周 一 三 十 半 个 月 年 日 号 点 分 时 工作日 小时 下 本 底 初 第 最后 国庆 节 每 晚 上午 季度 零 的 未来"
EN_WORDS = (
    "by before within next this tomorrow monday 15th of in on at to and half an hour days week month end morning night pm quarter past may every from ago"
)
WORDS = f"{ZH_WORDS} {EN_WORDS} 12 3 2026 / - . , :".split()
PIECES = st.lists(st.sampled_from(WORDS), max_size=12)
TEXTS = st.one_of(st.text(max_size=80), PIECES.map("".join), PIECES.map(" ".join))
MOMENTS = st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01")).map(lambda said: said.replace(tzinfo=ZONE))


@settings(max_examples=600, deadline=None)
@given(TEXTS, MOMENTS)
def test_whatever_is_said_the_times_lie_ahead_in_order_and_inside_the_text(text: str, said: datetime) -> None:
    times_found = list(dues(plain(text), said, CALENDAR))
    for due in times_found:
        assert 0 <= due.start < due.end <= len(text)
        assert due.at.utcoffset() is not None
        assert due.at > said
        assert due.start_at is None or due.start_at <= due.at
    assert all(one.end <= other.start for one, other in pairwise(times_found))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 300), MOMENTS)
def test_later_promises_are_due_later(count: int, said: datetime) -> None:
    for unit in ("分钟", "小时", "天", "个工作日"):
        [shorter], [longer] = found(f"{count}{unit}内", said.isoformat()[:19]), found(f"{count + 1}{unit}内", said.isoformat()[:19])
        assert shorter.at < longer.at
    [days] = found(f"{count}天内", said.isoformat()[:19])
    assert days.at.date() - said.date() == timedelta(days=count)


@pytest.mark.parametrize("piece", ["9", "的", "一", "十", "明天的", "下周", "到", "1到", "周一到", "3:0", "next ", "the first ", "five to ", "twenty-", "9 "])
def test_a_long_text_takes_time_in_proportion(piece: str) -> None:
    def spent(length: int) -> float:
        text = (piece * length)[:length]
        began = perf_counter()
        list(dues(text, datetime(2026, 3, 11, 14, 30, tzinfo=ZONE), CALENDAR))
        return perf_counter() - began

    spent(100)
    short, long = min(spent(2_500) for _ in range(3)), min(spent(10_000) for _ in range(3))
    # Four times the text may take four times as long, not sixteen times; a twentieth of a second is left for the machine's moods.
    assert long < 8 * short + 0.05


@pytest.mark.data
@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(("language", "least"), [("zh", 0.97), ("en", 0.92)])
def test_the_public_cases_that_a_promise_can_contain_are_read(language: str, least: float) -> None:
    some = [case for case in times.cases(language) if case.promise]
    assert len(some) > 60
    assert sum(case.hit for case in some) / len(some) >= least
