"""Assessing: only what was touched is asked again, and what is kept agrees with asking everything."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lingting.conformity import assess, portions
from lingting.conformity.check import CHECKS
from lingting.conformity.models import Assessed, Latest, Portion
from lingting.ledger import abreast, book
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.write import strike
from lingting.registers.conversations.models import Conversation
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category, Party
from lingting.registers.promises import actions as promises
from lingting.registers.promises import queries
from lingting.registers.promises.models import Promise

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


def test_the_first_run_asks_many_at_a_time_and_after_one_fact_no_connection_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    each = abreast.each

    def counting(ask: Callable[[object], object], about: Sequence[object], *, least: int = 2) -> list[object]:
        opened.extend([len(about)] if len(about) >= least else [])
        return each(ask, about, least=least)

    monkeypatch.setattr(abreast, "each", counting)
    assess.catch_up(NOW)
    assert sum(opened) == len(CHECKS)
    opened.clear()
    add()
    assess.catch_up(NOW)
    assert opened == []


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
    kept = assess.standings(Moment(NOW), now=NOW)
    assert {check.id for check in assess._stale(kept, assess._written(kept), later)} == timed


def promised(number: int, *, due: datetime) -> Promise:
    talk = Conversation(source="test", key=str(number), channel="phone", at=NOW - timedelta(days=2))
    row = Promise(conversation=talk, words="五点前回电", at=NOW - timedelta(days=2), due=due)
    book.write(talk, row, act="test")
    return row


def agrees(at: datetime) -> None:
    kept = {id: assess._counts(standing) for id, standing in assess.standings(Moment(at), now=at).items()}
    assert kept == {id: assess._counts(standing) for id, standing in assess.in_full(Moment(at)).items()}


def test_counts_kept_in_pieces_agree_with_counting_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Promises in many small pieces: made, kept, postponed, withdrawn, and due by time alone."""
    monkeypatch.setattr(portions, "SHIFT", 17)
    made = [promised(number, due=NOW + timedelta(minutes=number)) for number in range(-6, 6)]
    at = NOW
    assess.catch_up(at)
    steps = [
        lambda: promises.keep(made[0], at=NOW, note="已回电", by=1),
        lambda: promises.postpone(made[8], at=NOW, due=NOW + timedelta(hours=5), by=1),
        lambda: promises.withdraw(made[9], at=NOW, reason="不用了", by=1),
        lambda: promised(99, due=NOW - timedelta(hours=1)),
        lambda: None,
    ]
    for step in steps:
        step()
        at += timedelta(minutes=2)
        agrees(at)
        assess.catch_up(at)
        agrees(at)
    assert assess.untrue() == []


def test_a_new_fact_costs_the_piece_it_touches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "SHIFT", 17)
    made = [promised(number, due=NOW - timedelta(hours=1)) for number in range(8)]
    assess.catch_up(NOW)
    promises.keep(made[3], at=NOW, note="已回电", by=1)
    kept = {row.check_id: assess._kept(row) for row in Latest.objects.all()}
    tally = portions.tally(CHECKS["8.2.1-H1"], Moment(NOW), known=kept["8.2.1-H1"].moment.known)
    assert (tally.scope, tally.failing) == (8, 8)
    assert set(tally.anew) == {made[3].id >> 17}


def test_a_question_of_two_checks_is_asked_of_a_piece_once() -> None:
    """8.2.1-H1 and 8.5.1-C3 ask the same of promises; 8.2.1-H2 asks two other things."""
    made = promised(1, due=NOW)
    assess.catch_up(NOW)
    promises.keep(made, at=NOW, note="已回电", by=1)
    with CaptureQueriesContext(connection) as asked:
        assess.catch_up(NOW)
    assert len([query for query in asked.captured_queries if 'FROM "promises_promise" WHERE' in query["sql"]]) == 3 + 2
    agrees(NOW)


def test_pieces_of_the_former_size_are_forgotten_and_all_is_counted_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    made = promised(1, due=NOW)
    monkeypatch.setattr(portions, "SHIFT", 17)
    assess.catch_up(NOW)
    assert Portion.objects.filter(piece=made.id >> 17)
    monkeypatch.undo()
    import_module("lingting.conformity.migrations.0007_smaller_pieces").forget(apps, None)
    assert not Portion.objects.all()
    promises.keep(made, at=NOW, note="已回电", by=1)
    agrees(NOW)
    assess.catch_up(NOW)
    agrees(NOW)
    assert Portion.objects.filter(check_id="8.2.1-H1").get().piece == made.id >> portions.SHIFT


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is SQLite's")
def test_a_piece_is_found_by_the_numbers_of_its_rows_alone() -> None:
    """As known by an entry, a number must lie before two ends: SQLite went by the book's, and read from the piece to the end of the table."""
    made = promised(1, due=NOW)
    sample = CHECKS["8.2.1-H1"].ask(Moment(NOW, made.entry_id))
    with CaptureQueriesContext(connection) as asked:
        portions._count(sample, portions._Asked(), made.id >> portions.SHIFT)
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
            plan = [row[3] for row in cursor.fetchall()]
            assert "SEARCH promises_promise USING INTEGER PRIMARY KEY (rowid=?)" in plan


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is SQLite's")
@pytest.mark.parametrize("ask", [queries.due, queries.broken, queries.vague])
def test_promises_are_counted_from_an_index_alone(ask: Callable[[Moment], RecordQuerySet[Promise]]) -> None:
    sql, places = ask(Moment(NOW)).values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql, places)
        plan = [row[3] for row in cursor.fetchall()]
    assert "SEARCH promises_promise USING COVERING INDEX promise_binds (at<?)" in plan


def test_after_something_was_struck_out_everything_is_counted_again(customer: Party, put: Callable[..., Record]) -> None:
    item = put("property.item", code="PR-1", party=customer, category="cargo", what="货架", at="2026-07-01")
    assess.catch_up(NOW)
    assert assess.standings(Moment(NOW), now=NOW)["8.2.1-C8"].verdict.failing == 1
    strike(item, reason="登记错了", at=NOW, by=1)
    agrees(NOW)
    assess.catch_up(NOW)
    assert assess.standings(Moment(NOW), now=NOW)["8.2.1-C8"].verdict.scope == 0
