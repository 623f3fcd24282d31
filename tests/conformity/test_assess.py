"""Assessing: only what was touched is asked again, and what is kept agrees with asking everything."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lingting.conformity import assess
from lingting.conformity.check import CHECKS
from lingting.conformity.models import Assessed
from lingting.ledger.moment import Moment
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 8, 1, 10, tzinfo=ZONE)


def add(name: str = "环保志愿队") -> object:
    return parties.add(name="", organisation=name, category=Category.SOCIETY, internal=False, at=NOW - timedelta(hours=1), by=1)


def relevant() -> None:
    """A party that was judged relevant, whose needs nobody asked for."""
    parties.judge(add(), relevant=True, reason="受影响", review=None, at=NOW - timedelta(minutes=30), by=1)


def test_an_incremental_run_agrees_with_a_full_one() -> None:
    assess.catch_up(NOW)
    for step in range(5):
        party = add(f"相关方{step}")
        if step % 2:
            parties.judge(party, relevant=True, reason="受影响", review=None, at=NOW - timedelta(minutes=30), by=1)
        assess.catch_up(NOW)
        kept = {id: assess._counts(standing) for id, standing in assess.standings(Moment(NOW), now=NOW).items()}
        assert kept == {id: assess._counts(standing) for id, standing in assess.in_full(Moment(NOW)).items()}
    assert assess.untrue() == []


def test_a_check_that_reads_nothing_of_what_was_written_is_not_asked() -> None:
    assess.catch_up(NOW)
    add()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assess.catch_up(NOW)
    asked = " ".join(query["sql"] for query in queries)
    assert "parties_party" in asked
    assert "promises_promise" not in asked


def test_a_page_that_asks_a_moment_after_it_began_still_reads_what_is_kept(django_assert_max_num_queries: Callable) -> None:
    """The page's moment is a few milliseconds older than its clock; that must not ask everything again."""
    assess.catch_up(NOW)
    with django_assert_max_num_queries(3):
        assess.standings(Moment(NOW - timedelta(milliseconds=5)), now=NOW)


def test_an_earlier_moment_is_counted_anew() -> None:
    relevant()
    assess.catch_up(NOW)
    before = assess.standings(Moment(NOW - timedelta(days=1)), now=NOW)
    assert before["4.2-C1"].verdict.scope == 0
    assert assess.standings(Moment(NOW), now=NOW)["4.2-C1"].verdict.scope == 1


def test_a_change_of_a_verdict_is_written_down_once() -> None:
    assess.catch_up(NOW)
    relevant()
    changed = assess.catch_up(NOW)
    assert "4.2-C1" in {row.check_id for row in changed}
    count = Assessed.objects.count()
    assert assess.catch_up(NOW) == []
    assert Assessed.objects.count() == count


def test_a_check_that_changes_with_time_is_asked_again_after_a_minute() -> None:
    assess.catch_up(NOW)
    timed = {check.id for check in CHECKS.values() if check.timed}
    later = NOW + timedelta(seconds=61)
    assert {check.id for check in assess._stale(dict(assess.standings(Moment(NOW), now=NOW)), later)} == timed
