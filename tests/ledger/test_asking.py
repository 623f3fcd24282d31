"""Ways of asking: the first row of each value is gone to by an index, the newest is known at a moment, and what several kinds name is one list."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lingting.ledger import book
from lingting.ledger.asking import firsts
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Conversation

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
