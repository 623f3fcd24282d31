"""A batch of conversations in, a batch of findings out."""

import itertools
import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bulk.made import PACK, talk, talks

from lingting.bulk.conversations import named
from lingting.bulk.findings import CONVERSATIONS, FINDINGS, findings, joined
from lingting.channels.table.values import BadValue
from lingting.inspection.engine import inspect


def batch(given: list[dict[str, object]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(given)


def test_a_batch_says_what_the_engine_says_of_each_conversation_alone() -> None:
    given = talks(30)
    rows = findings(batch(given), PACK).to_pylist()
    wanted = [
        (name, found.norm, found.span.turn, found.span.start, found.span.end, found.quote, dict(found.slots), found.kind.value)
        for name, transcript in (named(one, PACK.calendar.zone) for one in given)
        for found in inspect(transcript, PACK)
    ]
    assert [(r["conversation"], r["norm"], r["turn"], r["start"], r["end"], r["quote"], json.loads(r["slots"]), r["kind"]) for r in rows] == wanted
    assert len({row["norm"] for row in rows}) > 5


def test_every_finding_names_who_said_it_when_and_how_much_it_weighs() -> None:
    """
    客服: 我明天上午十点前给您回电话。
    """
    rows = findings(batch([talk(1, [("agent", "我明天上午十点前给您回电话。")])]), PACK).to_pylist()
    [row] = [row for row in rows if row["norm"] == "promise.made"]
    assert (row["role"], row["at"].isoformat(), row["kind"], row["severity"]) == (
        "agent",
        "2026-03-11T06:00:00+00:00",
        "promise",
        PACK.severity("promise.made"),
    )
    assert json.loads(row["slots"])["due_at"] == "2026-03-12T10:00:00+08:00"


def test_the_schema_that_is_described_can_be_filled_and_heard() -> None:
    rows = pa.RecordBatch.from_pylist([talk(1) | {"messages": []}], schema=CONVERSATIONS)
    assert rows.schema == CONVERSATIONS
    with pytest.raises(BadValue, match="row 1: conversation A1 has no messages"):
        findings(rows, PACK)


def test_no_conversations_give_no_findings() -> None:
    empty = findings(pa.RecordBatch.from_pylist([], schema=CONVERSATIONS), PACK)
    assert empty.num_rows == 0
    assert empty.schema == FINDINGS


def test_what_a_conversation_is_about_stands_in_its_meta() -> None:
    _, transcript = named(talk(1) | {"meta": '{"reason": "complaint"}'}, PACK.calendar.zone)
    assert transcript.meta == {"reason": "complaint"}
    for wrong in ("{", "[1]"):
        with pytest.raises(BadValue, match="meta"):
            named(talk(1) | {"meta": wrong}, PACK.calendar.zone)


MANY = batch(talks(60))
WHOLE = findings(MANY, PACK)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 60), max_size=6))
def test_where_batches_are_cut_changes_no_finding(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), MANY.num_rows]
    parts = [findings(MANY.slice(low, high - low), PACK) for low, high in itertools.pairwise(places)]
    assert joined(parts).equals(WHOLE)
