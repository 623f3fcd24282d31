"""Due times: what people say, when they say it, and the moment they mean."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.due import dues
from lingting.inspection.normalise import plain

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(ZONE)
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
]
NOT_DUE = [
    ("系统下午一点五十出现故障", "2026-08-04T14:33"),
    ("系统五点恢复了", "2026-08-04T18:12"),
    ("稍后联系您", "2026-07-20T10:00"),
    ("我给您送早一点", "2026-07-20T10:00"),
    ("you may call me", "2026-07-20T10:00"),
]


@pytest.mark.parametrize(("words", "said", "meant"), SAID)
def test_words_of_time_mean_a_moment(words: str, said: str, meant: str) -> None:
    found = list(dues(plain(words), datetime.fromisoformat(said).replace(tzinfo=ZONE), CALENDAR))
    assert found[-1].at.isoformat()[:16] == meant


@pytest.mark.parametrize(("words", "said"), NOT_DUE)
def test_what_already_happened_or_names_no_time_is_not_due(words: str, said: str) -> None:
    assert list(dues(plain(words), datetime.fromisoformat(said).replace(tzinfo=ZONE), CALENDAR)) == []
