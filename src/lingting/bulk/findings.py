"""Findings in bulk: a batch of conversations in, a batch of findings out, both Arrow (docs/formats.md)."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from lingting.bulk.conversations import Named, named
from lingting.channels.table.values import BadValue
from lingting.inspection.engine import inspect_many
from lingting.inspection.finding import Finding
from lingting.inspection.pack import Pack

BATCH = 200
"""Conversations that are scanned at one go; more make it no faster."""

_MOMENT = pa.timestamp("us", "UTC")
_PERSON = pa.struct([(name, pa.string()) for name in ("name", "organisation", "phone", "email")])
_MESSAGE = pa.struct([*((name, pa.string()) for name in ("id", "role", "speaker", "text")), ("at", _MOMENT), ("until", _MOMENT)])

CONVERSATIONS = pa.schema([
    ("id", pa.string()), ("channel", pa.string()), ("subject", pa.string()), ("language", pa.string()), ("customer", _PERSON), ("ended", _MOMENT),
    ("meta", pa.string()), ("messages", pa.list_(_MESSAGE)),
])  # fmt: skip
"""One conversation a row, so that no cut between rows parts one: the fields of our JSON Lines. Needed are id and each message's at, role and text."""

FINDINGS = pa.schema([
    ("conversation", pa.string()), ("turn", pa.int32()), ("start", pa.int32()), ("end", pa.int32()), ("role", pa.string()), ("at", _MOMENT),
    ("norm", pa.string()), ("norm_version", pa.int32()), ("instrument", pa.string()), ("kind", pa.string()), ("severity", pa.string()),
    ("quote", pa.string()), ("slots", pa.string()),
])  # fmt: skip
"""One finding a row, in the order of the conversations and of their words; `slots` is a mapping in JSON."""


def findings(batch: pa.RecordBatch, pack: Pack) -> pa.RecordBatch:
    """Return what a pack finds in conversations; BadValue names the first row that cannot be taken."""
    conversations: list[Named] = []
    for place, row in enumerate(batch.to_pylist(), 1):
        try:
            conversations.append(named(row, pack.calendar.zone))
        except BadValue as error:
            raise BadValue(f"row {place}: {error}") from error
    cuts = range(0, len(conversations), BATCH)
    return joined([found(conversations[cut : cut + BATCH], pack) for cut in cuts])


def found(conversations: Sequence[Named], pack: Pack, norms: Sequence[str] = ()) -> pa.RecordBatch:
    """Return what a pack finds in a few conversations, scanned at one go; with `norms`, only the findings of these."""
    heard = inspect_many([talk for _, talk in conversations], pack)
    rows = [row for one, told in zip(conversations, heard, strict=True) for row in _rows(one, told, pack) if not norms or row[6] in norms]
    columns = zip(*rows, strict=True) if rows else [()] * len(FINDINGS)
    return pa.RecordBatch.from_arrays([pa.array(column, field.type) for column, field in zip(columns, FINDINGS, strict=True)], schema=FINDINGS)


def _rows(conversation: Named, told: Sequence[Finding], pack: Pack) -> Iterator[tuple[Any, ...]]:
    """Yield findings as rows, in the order of the columns of FINDINGS."""
    name, talk = conversation
    for one in told:
        turn = talk.turns[one.span.turn]
        yield (
            name, one.span.turn, one.span.start, one.span.end, turn.role.value, turn.at, one.norm, one.norm_version, one.instrument,
            one.kind.value, pack.severity(one.norm), one.quote, json.dumps(dict(one.slots), ensure_ascii=False),
        )  # fmt: skip


def joined(batches: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    """Return batches of findings as one."""
    return pa.concat_batches(batches) if batches else pa.RecordBatch.from_pylist([], schema=FINDINGS)
