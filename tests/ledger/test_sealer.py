"""Blocks over entries."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lingting.ledger import book, chain, sealer, verify
from lingting.ledger.models import Block
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db


def test_a_block_names_the_one_before(party: Callable[..., Party]) -> None:
    book.write(party("一"), act="parties.add")
    assert sealer.seal() == 1
    book.write(party("二"), act="parties.add")
    assert sealer.seal() == 1
    first, second = Block.objects.order_by("height")
    assert bytes(first.previous) == chain.GENESIS
    assert bytes(second.previous) == bytes(first.hash)
    assert list(verify.broken_blocks()) == []


def test_nothing_new_makes_no_block() -> None:
    assert sealer.seal() == 0
    assert not Block.objects.exists()


def test_many_entries_fill_several_blocks(party: Callable[..., Party], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "FULL", 4)
    book.write_all([book.Act("parties.add", (party(str(n)),)) for n in range(10)])
    assert sealer.seal() == 10
    assert [block.count for block in Block.objects.order_by("height")] == [4, 4, 2]
    assert list(verify.broken_blocks()) == []


def test_a_signed_block_is_the_keys_and_nobody_elses(party: Callable[..., Party]) -> None:
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    book.write(party(), act="parties.add")
    sealer.seal(key)
    assert list(verify.broken_blocks(key.public_key())) == []
    assert [broken.why for broken in verify.broken_blocks(other.public_key())] == ["signature"]


def test_the_head_is_noted_outside_the_database(party: Callable[..., Party], tmp_path: Path) -> None:
    heads = tmp_path / "heads.log"
    book.write(party(), act="parties.add")
    sealer.seal(heads=heads)
    assert heads.read_text().split()[:2] == ["1", bytes(Block.objects.get().hash).hex()]
