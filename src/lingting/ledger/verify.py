"""Verification (核验): recomputes every row, entry and block from what is stored, and names what does not agree."""

import heapq
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from lingting.ledger import chain
from lingting.ledger.book import columns
from lingting.ledger.models import POSITIONS, Block, Entry, Erased, Record
from lingting.ledger.triggers import record_tables

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where the book does not agree with itself: an entry, a record or a block, and what is wrong there.

    `why` is a code with a sentence in `REASONS`.
    """

    what: str
    number: int
    why: str


REASONS = {
    "row-changed": "the record's public columns or its seal were changed",
    "personal-changed": "the record's personal columns were changed",
    "emptied-unnamed": "the record was emptied, but no erasure names it",
    "rows-missing": "records of this entry are gone or were added",
    "entry-missing": "there are records for this number, but no entry",
    "entry-changed": "the entry or one beside it in its block was changed, removed or added",
    "block-changed": "the block was changed",
    "block-order": "the block before this one is gone or was put elsewhere",
    "signature": "the signature is not the key's",
    "head-missing": "a block that was noted outside the database is gone or differs",
    "entries-skipped": "entries stand between two blocks and belong to neither",
}


def broken_entries(*, advance: Callable[[int], object] = lambda _: None) -> Iterator[Broken]:
    """Recompute every record and entry, in the order of the book, in one pass with flat memory.

    Args:
        advance: called with the number of entries done, for a progress bar.
    """
    rows = _grouped(heapq.merge(*(_rows(kind) for kind in record_tables()), key=lambda row: row[0]))
    held = next(rows, None)
    for entry in Entry.objects.order_by("id").iterator(BATCH):
        while held and held[0] < entry.id:
            yield Broken("entry", held[0], "entry-missing")
            held = next(rows, None)
        digests: list[bytes] = []
        if held and held[0] == entry.id:
            digests = [digest for _, digest, _ in held[1]]
            wrong = [Broken("record", number, why) for number, _, why in held[1] if why]
            yield from wrong
            held = next(rows, None)
        if len(digests) != entry.count:
            yield Broken("entry", entry.id, "rows-missing")
        elif chain.entry_digest(digests) != bytes(entry.digest):
            yield Broken("entry", entry.id, "row-changed")
        advance(1)
    while held:
        yield Broken("entry", held[0], "entry-missing")
        held = next(rows, None)


_Row = tuple[int, bytes, str]


def _grouped(rows: Iterator[_Row]) -> Iterator[tuple[int, list[_Row]]]:
    for number, group in groupby(rows, lambda row: row[0] // POSITIONS):
        yield number, list(group)


def _rows(kind: type[Record]) -> Iterator[_Row]:
    """Yield (number, digest, what is wrong) of each row, from the bytes as the database keeps them."""
    shape, fields = columns(kind), kind._meta.concrete_fields
    names = [field.attname for field in fields]
    place = {name: index for index, name in enumerate(names)}
    public = [(name, place[name]) for name in shape.public]
    personal = [(name, place[name]) for name in shape.personal]
    identity, salted, sealed = place["id"], place["salt"], place["seal"]
    erased = set(Erased.objects.values_list("record", flat=True)) if shape.personal else set()
    for row in _raw(kind):
        why = ""
        seal = bytes(row[sealed])
        if row[salted] is None:
            if row[identity] not in erased or any(row[index] is not None for _, index in personal):
                why = "emptied-unnamed"
        elif chain.seal(bytes(row[salted]), {name: row[index] for name, index in personal}) != seal:
            why = "personal-changed"
        yield row[identity], chain.row_digest(shape.kind, {name: row[index] for name, index in public}, seal), why


def _raw(kind: type[Record]) -> Iterator[tuple[Any, ...]]:
    """Yield rows without Django's conversions, which would forgive a changed byte (a "T" between date and time, say)."""
    table = kind._meta.db_table
    # The plus sign makes SQLite forget the column's declared type, by which its driver would convert the value.
    raw = "+" if connection.vendor == "sqlite" else ""
    names = ", ".join(f'{raw}"{field.column}"' for field in kind._meta.concrete_fields)
    after = -1
    while True:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                connection.connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            try:
                cursor.execute(f'SELECT {names} FROM "{table}" WHERE id > %s ORDER BY id LIMIT {BATCH}', [after])  # noqa: S608  # made of the model's names
                rows = cursor.fetchall()
            finally:
                if connection.vendor == "sqlite":
                    connection.connection.text_factory = str
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1][0]


def broken_blocks(key: Ed25519PublicKey | None = None, *, heads: Path | None = None) -> Iterator[Broken]:
    """Recompute the chain of blocks: order, links, hashes, roots, signatures, and the heads noted outside the database."""
    previous, height, last = chain.GENESIS, 0, 0
    noted = _noted(heads)
    for block in Block.objects.order_by("height").iterator(BATCH):
        header = _header(block)
        if block.height != height + 1 or header.previous != previous:
            yield Broken("block", block.height, "block-order")
        if header.hash != bytes(block.hash):
            yield Broken("block", block.height, "block-changed")
        if noted.pop(block.height, bytes(block.hash).hex()) != bytes(block.hash).hex():
            yield Broken("block", block.height, "head-missing")
        if key and block.signature and not chain.signed_by(key, header, bytes(block.signature)):
            yield Broken("block", block.height, "signature")
        entries = list(Entry.objects.filter(id__gt=last, id__lte=block.last).order_by("id").values())
        if len(entries) != block.count or chain.merkle_root([chain.leaf(entry) for entry in entries]) != header.root:
            yield Broken("block", block.height, "entry-changed")
        previous, height, last = bytes(block.hash), block.height, block.last
    for missing in sorted(noted):
        yield Broken("block", missing, "head-missing")


TAIL = 4096
"""Bytes at the end of the file of heads in which the last one stands."""


def head_disturbed(heads: Path | None) -> bool:
    """Tell whether the last head that was noted outside the database is not in it: what a page can look at in passing; only `verify` recomputes all."""
    if heads is None or not heads.exists():
        return False
    with heads.open("rb") as file:
        file.seek(max(0, heads.stat().st_size - TAIL))
        noted = _heads(file.read().decode("ascii", "replace"))
    if not noted:
        return False
    height, digest = max(noted.items())
    block = Block.objects.filter(height=height).first()
    return block is None or bytes(block.hash).hex() != digest or _header(block).hash != bytes(block.hash)


def _header(block: Block) -> chain.Header:
    stored: dict[str, Any] = {name: getattr(block, name) for name in chain.Header.__slots__}
    plain: dict[str, Any] = {name: bytes(value) if isinstance(value, memoryview) else value for name, value in stored.items()}
    return chain.Header(**plain)


def _noted(heads: Path | None) -> dict[int, str]:
    if heads is None or not heads.exists():
        return {}
    return _heads(heads.read_text(encoding="ascii", errors="replace"))


_HEAD = re.compile(r"^(\d+) +(\S+) +\S+$", re.ASCII | re.MULTILINE)
"""A line of the file of heads: height, hash, time."""


def _heads(noted: str) -> dict[int, str]:
    return {int(height): digest for height, digest in _HEAD.findall(noted)}
