"""Ways of asking: the first row of each value is gone to by an index, the newest is known at a moment, and what several kinds name is one list."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from lingting.ledger import book
from lingting.ledger.asking import There, firsts, once
from lingting.ledger.models import RecordQuerySet, Struck
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Answered, Asked, Called, Came, Conversation, Ended

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 8, tzinfo=UTC)


def begun(key: str, channel: str, hour: int) -> Conversation:
    row = Conversation(source="test", key=key, channel=channel, at=AT + timedelta(hours=hour))
    book.write(row, act="test")
    return row


def first(moment: Moment) -> set[str]:
    return set(Conversation.objects.filter(pk__in=firsts(Conversation, "channel", moment).values()).values_list("key", flat=True))


def test_of_each_channel_the_first_conversation_is_found() -> None:
    """The mail of eight o'clock was taken in last: the first is what happened first."""
    for key, channel, hour in (("a", "phone", 2), ("b", "chat", 1), ("c", "phone", 1), ("d", "chat", 3), ("e", "mail", 1), ("f", "mail", 0)):
        begun(key, channel, hour)
    assert first(Moment(AT + timedelta(hours=9))) == {"b", "c", "f"}


def test_an_earlier_moment_knows_neither_what_came_later_nor_what_was_written_down_later() -> None:
    early, late = begun("a", "phone", 2), begun("b", "phone", 1)
    begun("c", "chat", 5)
    assert first(Moment(AT + timedelta(hours=3), early.entry_id)) == {"a"}
    assert first(Moment(AT + timedelta(hours=3), late.entry_id)) == {"b"}
    assert first(Moment(AT)) == set()


def test_where_there_is_no_row_there_is_no_first() -> None:
    assert first(Moment(AT)) == set()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is SQLite's")
def test_the_index_leads_from_one_value_to_the_next() -> None:
    with CaptureQueriesContext(connection) as asked:
        firsts(Conversation, "channel", Moment(AT))
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
        plan = [row[3] for row in cursor.fetchall()]
    assert not [step for step in plan if step.startswith("SCAN conversations")]
    assert not [step for step in plan if "TEMP B-TREE" in step]


def over(moment: Moment) -> set[str]:
    return set(Conversation.objects.filter(There(Ended, "conversation", moment)).values_list("key", flat=True))


def test_whether_there_is_a_record_of_a_row_is_known_as_of_a_moment() -> None:
    """One ended at nine, as was written down at once; of the other nothing is known."""
    talk, _ = begun("a", "phone", 0), begun("b", "phone", 0)
    ended = Ended(conversation=talk, at=AT + timedelta(hours=1))
    book.write(ended, act="test")
    assert over(Moment(AT + timedelta(hours=1))) == over(Moment(AT + timedelta(hours=1), ended.entry_id)) == {"a"}
    assert over(Moment(AT + timedelta(minutes=59))) == over(Moment(AT + timedelta(hours=1), ended.entry_id - 1)) == set()
    assert Conversation.objects.exclude(There(Ended, "conversation", Moment(AT + timedelta(hours=1)))).get().key == "b"


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is SQLite's")
def test_when_something_was_is_read_from_an_index() -> None:
    """A conversation is answered once, and SQLite would go by that – and then fetch each answer for its time."""
    rows = Asked.objects.filter(There(Answered, "conversation", Moment(AT), of="conversation", by=F("due")))
    sql, places = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql, places)
        plan = [row[3] for row in cursor.fetchall()]
    assert "SEARCH told USING COVERING INDEX answered_when (conversation_id=? AND at<?)" in plan


def test_what_was_struck_out_is_not_there() -> None:
    called = Called(key="1", at=AT)
    came = Came(called=called, at=AT)
    book.write(called, came, act="test")
    before = came.entry_id
    book.write(Struck(record=came.id, reason="点错了", at=AT + timedelta(hours=1)), act="test")
    asked = {moment: Called.objects.filter(There(Came, "called", moment)).exists() for moment in (Moment(AT), Moment(AT + timedelta(hours=1), before))}
    assert all(asked.values())
    assert not Called.objects.filter(There(Came, "called", Moment(AT + timedelta(hours=1)))).exists()


def test_a_question_put_together_once_reads_the_book_each_time_and_loses_its_name_when_something_is_added() -> None:
    @once
    def all_of(moment: Moment) -> RecordQuerySet[Conversation]:
        return Conversation.objects.as_of(moment)

    assert list(all_of(Moment(AT))) == []
    begun("a", "phone", 0)
    assert [row.key for row in all_of(Moment(AT))] == ["a"]
    assert all_of(Moment(AT)).known_as == all_of(Moment(AT)).known_as != all_of(Moment(AT, 1)).known_as
    assert all_of(Moment(AT)).filter(channel="phone").known_as is None
