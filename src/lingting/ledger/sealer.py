"""The sealer (封存): puts new entries into blocks, each chained to the one before, behind the writers' backs."""

from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from lingting.ledger import chain
from lingting.ledger.book import settled
from lingting.ledger.models import Block, Entry

FULL = 10_000
"""The most entries in one block: its leaves are held in memory."""


def seal(key: Ed25519PrivateKey | None = None, *, heads: Path | None = None) -> int:
    """Seal every settled entry and return how many there were.

    Each new head is also noted in the file `heads`, outside the database: who cuts off the end of the chain must also know of the note.
    """
    until, sealed = settled(), 0
    while block := _next_block(until, key):
        sealed += block.count
        if heads is not None:
            with heads.open("a", encoding="ascii") as notes:
                notes.write(f"{block.height} {bytes(block.hash).hex()} {block.sealed.isoformat()}\n")
    return sealed


def _next_block(until: int, key: Ed25519PrivateKey | None) -> Block | None:
    with transaction.atomic():
        before = Block.objects.select_for_update().order_by("-height").first()
        after = before.last if before else 0
        entries = list(Entry.objects.filter(id__gt=after, id__lte=until).order_by("id")[:FULL].values())
        if not entries:
            return None
        header = chain.Header(
            height=before.height + 1 if before else 1,
            first=entries[0]["id"],
            last=entries[-1]["id"],
            count=len(entries),
            root=chain.merkle_root([chain.leaf(entry) for entry in entries]),
            previous=bytes(before.hash) if before else chain.GENESIS,
            sealed=datetime.now(UTC),
        )
        columns = {name: getattr(header, name) for name in header.__slots__}
        return Block.objects.create(**columns, hash=header.hash, signature=chain.sign(key, header) if key else None)
