"""The weeks: how every check stood at the end of each, kept, and counted anew only where something reaches back."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from lingting.conformity import assess, weeks
from lingting.conformity.models import Week
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Found

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 7, 22, 12, tzinfo=ZONE)
Hear = Callable[..., Found]


def test_weeks_end_on_sundays_from_the_first_conversation_to_the_last_that_is_over(hear: Hear) -> None:
    """第一段对话在周一，今天是周三：两个周日。"""
    hear("complaint.made", "2026-07-06 10:00")
    assert [f"{end:%m-%d %H:%M:%S}" for end in weeks.ends(NOW)] == ["07-12 23:59:59", "07-19 23:59:59"]


def test_without_a_conversation_there_is_no_week(db: None) -> None:
    assert weeks.ends(NOW) == []
    assert weeks.catch_up(NOW) == 0


def test_what_is_kept_is_what_a_full_count_says(hear: Hear) -> None:
    hear("complaint.made", "2026-07-06 10:00")
    assert weeks.catch_up(NOW) == 1, "one at a time: listening is not kept waiting"
    assert weeks.catch_up(NOW) == 0
    for at, standing, _ in weeks.played(NOW):
        full = assess.in_full(Moment(at))
        assert {id: one.verdict for id, one in standing.items()} == {id: one.verdict for id, one in full.items()}


def test_a_record_of_this_week_leaves_past_weeks_alone_and_one_of_a_past_week_does_not(hear: Hear, monkeypatch: pytest.MonkeyPatch) -> None:
    """后来登记的、发生在上上周的投诉：那一周和之后各周重新算；本周的不用。"""
    hear("complaint.made", "2026-07-06 10:00")
    weeks.catch_up(NOW, most=weeks.MOST)
    asked: list[datetime] = []
    ask = assess.ask
    monkeypatch.setattr(assess, "ask", lambda check, moment, *rest: (asked.append(moment.at), ask(check, moment, *rest))[1])
    hear("complaint.made", "2026-07-21 10:00")
    assert weeks.catch_up(NOW, most=weeks.MOST) == 0
    assert asked == []
    hear("complaint.made", "2026-07-14 10:00")
    before = weeks.standings(Moment(weeks.ends(NOW)[1]), now=NOW)
    asked.clear()
    assert weeks.catch_up(NOW, most=weeks.MOST) == 0
    assert set(asked) == {weeks.ends(NOW)[1]}
    assert {id: one.verdict for id, one in weeks.played(NOW)[1][1].items()} == {id: one.verdict for id, one in before.items()}
    assert {row.known for row in Week.objects.all()} == {max(row.known for row in Week.objects.all())}


def test_another_moment_is_counted_once_for_each_head_of_the_book(hear: Hear, monkeypatch: pytest.MonkeyPatch) -> None:
    hear("complaint.made", "2026-07-06 10:00")
    at, asked, full = Moment(datetime(2026, 7, 8, 23, 59, 59, tzinfo=ZONE)), [], assess.in_full
    monkeypatch.setattr(assess, "in_full", lambda moment: (asked.append(moment), full(moment))[1])
    first = weeks.standings(at, now=NOW)
    assert weeks.standings(at, now=NOW) is first
    hear("complaint.made", "2026-07-07 10:00")
    assert weeks.standings(at, now=NOW) is not first
    assert len(asked) == 2
