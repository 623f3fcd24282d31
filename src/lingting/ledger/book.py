"""The book (账本): the one door through which records are written."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import groupby

from django.db import connection, models, transaction

from lingting.ledger import chain
from lingting.ledger.models import POSITIONS, Entry, Record
from lingting.ledger.rows import put

WRITERS = 0x4C54  # "LT": the key of the lock that PostgreSQL writers share


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody (account number `by`) did, with all the records that say so; it is written whole or not at all."""

    name: str
    records: tuple[Record, ...]
    by: int | None = None


def write(*records: Record, act: str, by: int | None = None) -> Entry:
    """Write down the records of one act and return its entry."""
    [entry] = write_all([Act(act, records, by)])
    return entry


def write_all(acts: Sequence[Act]) -> list[Entry]:
    """Write down many acts in one transaction: one entry each, all of them or none.

    1. Take as many entry numbers as there are acts.
    2. Number the records, so that a record may refer to one before it.
    3. Seal their personal columns and digest the rows.
    4. Insert the entries, then the rows table by table, in the order in which tables first occur.
    """
    with transaction.atomic():
        written = datetime.now(UTC)
        entries = [_entry(number, act, written) for number, act in zip(_numbers(len(acts)), acts, strict=True)]
        put(entries)
        _insert([record for act in acts for record in act.records])
    return entries


def settled() -> int:
    """Return the number of the last entry before which nothing can still appear.

    SQLite has one writer at a time, so that is the last entry. On PostgreSQL an entry with a lower number may be committed after one with a
    higher; writers share a lock, and taking it alone for a moment waits for those under way.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
            return _last()
    return _last()


def _last() -> int:
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _numbers(count: int) -> list[int]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS])
            cursor.execute("SELECT nextval('ledger_entry_number') FROM generate_series(1, %s)", [count])
            return [number for (number,) in cursor.fetchall()]
    first = _last() + 1
    return list(range(first, first + count))


def _entry(number: int, act: Act, written: datetime) -> Entry:
    if not 0 < len(act.records) < POSITIONS:
        raise ValueError(f"an act holds 1 to {POSITIONS - 1} records, {act.name} holds {len(act.records)}")
    digests = [_numbered(record, number * POSITIONS + place) for place, record in enumerate(act.records)]
    kinds = " ".join(sorted({record._meta.label_lower for record in act.records}))
    return Entry(
        id=number, written=written, act=act.name, by=act.by, kinds=kinds, count=len(digests),
        digest=chain.entry_digest(digests),
    )  # fmt: skip


def _numbered(record: Record, number: int) -> bytes:
    shape = columns(type(record))
    record.id = number
    for field in shape.references:
        if (related := field.get_cached_value(record, default=None)) is not None:
            setattr(record, field.attname, related.pk)
    record.salt = os.urandom(16)
    record.seal = chain.seal(record.salt, {name: getattr(record, name) for name in shape.personal})
    return chain.row_digest(shape.kind, {name: getattr(record, name) for name in shape.public}, record.seal)


@dataclass(frozen=True, slots=True)
class Columns:
    """How a record class is digested: its kind, its public and personal columns, and its references to other rows."""

    kind: str
    public: tuple[str, ...]
    personal: tuple[str, ...]
    references: tuple["models.ForeignKey[models.Model, models.Model]", ...]


@cache
def columns(kind: type[Record]) -> Columns:
    """Return how a record class is digested."""
    fields = kind._meta.concrete_fields
    personal = tuple(field.attname for field in fields if field.name in kind.PERSONAL)
    public = tuple(field.attname for field in fields if field.name not in (*kind.PERSONAL, "salt", "seal"))
    references = tuple(field for field in fields if isinstance(field, models.ForeignKey))
    return Columns(kind._meta.label_lower, public, personal, references)


def _insert(records: Iterable[Record]) -> None:
    tables: dict[type[Record], list[Record]] = {}
    for kind, rows in groupby(records, type):
        tables.setdefault(kind, []).extend(rows)
    for rows_of_kind in tables.values():
        put(rows_of_kind)
