"""Proofs (证明): what somebody outside the house needs to recompute that a record stands in the book as it was written, with nothing but SHA-256."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.apps import apps

from lingting.ledger import chain
from lingting.ledger.book import columns
from lingting.ledger.models import POSITIONS, Block, Entry, Record

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """How much of a record leaves the house: its public columns, and its personal ones with the salt that makes their seal."""

    public: bool
    personal: bool


ALL, WITHOUT_PERSONAL, NOTHING = Told(public=True, personal=True), Told(public=True, personal=False), Told(public=False, personal=False)


def record(row: Record, told: Told) -> Json:
    """Return a record as far as it is told, with the digest that its entry covers; what is not told is still covered by it."""
    shape = columns(type(row))
    public = {name: chain.plain(getattr(row, name)) for name in shape.public}
    digest = chain.row_digest(shape.kind, public, bytes(row.seal))
    line: Json = {"id": row.id, "kind": shape.kind, "digest": digest.hex()}
    if told.public:
        line |= {"public": public, "seal": bytes(row.seal).hex()}
    if told.public and shape.personal and not told.personal:
        line["withheld"] = list(shape.personal)
    elif told.public and row.salt is not None:
        line |= {"personal": {name: chain.plain(getattr(row, name)) for name in shape.personal}, "salt": bytes(row.salt).hex()}
    return line


def entries(numbers: Iterable[int]) -> Iterator[Json]:
    """Yield the entries in which these records were written: all their rows' digests, and the way from the entry up to the root of its block.

    An entry that no block holds yet has neither block nor way; seal first.
    """
    wanted = sorted({number // POSITIONS for number in numbers})
    found = {entry.id: entry for entry in Entry.objects.filter(id__in=wanted)}
    after = list(Block.objects.filter(last__gte=wanted[0]).order_by("height")) if wanted else []
    lasts = [block.last for block in after]
    for place, group in groupby(wanted, lambda number: bisect_left(lasts, number)):
        block = after[place] if place < len(after) else None
        leaves = _leaves(block) if block else {}
        tree, order = levels(list(leaves.values())), {number: position for position, number in enumerate(leaves)}
        for number in group:
            entry = found[number]
            line: Json = {name: chain.plain(value) for name, value in _columns(entry).items()} | {"rows": [one.hex() for one in _rows(entry)]}
            if block:
                line |= {"block": block.height, "path": [[side, one.hex()] for side, one in path(tree, order[number])]}
            yield line


def blocks() -> Iterator[Json]:
    """Yield the headers of all blocks, from the first to the head of the chain."""
    for block in Block.objects.order_by("height").iterator(2_000):
        header = {name: chain.plain(getattr(block, name)) for name in chain.Header.__slots__}
        yield header | {"hash": bytes(block.hash).hex(), "signature": bytes(block.signature).hex() if block.signature else None}


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return the digests of a Merkle tree level by level, from the leaves to the root (RFC 6962 §2.1; an odd one at the end is carried up)."""
    tree = [list(leaves)]
    while len(tree[-1]) > 1:
        below = tree[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        tree.append([sha256(b"\1" + left + right).digest() for left, right in pairs] + (below[-1:] if len(below) % 2 else []))
    return tree


def path(tree: Sequence[Sequence[bytes]], place: int) -> list[tuple[str, bytes]]:
    """Return the digests beside the way from a leaf to the root, each with the side on which it stands.

    >>> path(levels([b"a", b"b", b"c"]), 2) == [("left", chain.merkle_root([b"a", b"b"]))]
    True
    """
    beside = list[tuple[str, bytes]]()
    for level in tree[:-1]:
        if place % 2:
            beside.append(("left", level[place - 1]))
        elif place + 1 < len(level):
            beside.append(("right", level[place + 1]))
        place //= 2
    return beside


def _columns(entry: Entry) -> Mapping[str, object]:
    return {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}


def _leaves(block: Block) -> dict[int, bytes]:
    before = Block.objects.filter(height=block.height - 1).values_list("last", flat=True).first() or 0
    return {entry["id"]: chain.leaf(entry) for entry in Entry.objects.filter(id__gt=before, id__lte=block.last).order_by("id").values()}


def _rows(entry: Entry) -> list[bytes]:
    """Return the digests of all rows of an entry in their order."""
    span = {"id__gte": entry.id * POSITIONS, "id__lt": (entry.id + 1) * POSITIONS}
    kinds: Collection[Any] = [apps.get_model(label) for label in entry.kinds.split()]
    rows = sorted((row for kind in kinds for row in kind.objects.filter(**span)), key=lambda row: int(row.id))
    return [bytes.fromhex(record(row, NOTHING)["digest"]) for row in rows]
