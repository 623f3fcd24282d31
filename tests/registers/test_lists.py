"""Lists and the indexes under them: a deep page costs what the first one does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lingting.ledger import book
from lingting.ledger.models import BadCursor
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.registers.conversations.models import Conversation

AT = datetime(2026, 7, 20, tzinfo=UTC)


def write(seconds: list[int]) -> None:
    rows = [Conversation(source="t", key=str(key), channel="chat", at=AT + timedelta(seconds=second), language="") for key, second in enumerate(seconds)]
    if rows:
        book.write(*rows, act="test")


class Walk(TestCase):
    @given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 7))
    def test_walking_a_list_meets_every_row_once_in_order_even_where_times_are_equal(self, seconds: list[int], size: int) -> None:
        write(seconds)
        seen, cursor = [], ""
        while True:
            page = queries.begun(Moment(AT + timedelta(days=1))).page(cursor, size=size)
            seen += page.rows
            cursor = page.following
            if not cursor:
                break
        assert [row.id for row in seen] == [row.id for row in sorted(seen, key=lambda row: (row.at, row.id), reverse=True)]
        assert len({row.id for row in seen}) == len(seconds) == len(seen)


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is SQLite's")
def test_a_deep_page_is_found_by_an_index_and_never_by_sorting() -> None:
    write(list(range(50)))
    rows = queries.begun(Moment(AT + timedelta(days=1))).order_by("-at", "-id").filter(at__lte=AT + timedelta(seconds=9))[:26]
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql, values)
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "USING INDEX" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("cursor", ["zz", "2026-01-01_1", "2026-01-01T00:00:00Z_", "2026-01-01T00:00:00Z_-1", "2026-01-01T00:00:00Z_99999999999999999999", "_"])
@pytest.mark.django_db
def test_a_cursor_nobody_gave_out_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        queries.begun(Moment(AT)).page(cursor)
