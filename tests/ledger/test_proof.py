"""Proofs: whoever has a record, its entry and the blocks recomputes with SHA-256 alone that it stands in the book as it was written."""

from collections.abc import Callable

import pytest

from lingting.ledger import book, chain, erase, proof, sealer
from lingting.ledger.models import Block
from lingting.registers.parties.models import Party


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_every_leaf_has_a_way_to_the_root_also_where_the_tree_is_odd(count: int) -> None:
    leaves = [chain.hashlib.sha256(bytes([n])).digest() for n in range(count)]
    tree, root = proof.levels(leaves), chain.merkle_root(leaves)
    assert tree[-1] == [root]
    for place, leaf in enumerate(leaves):
        node = leaf
        for side, beside in proof.path(tree, place):
            node = chain.hashlib.sha256(b"\1" + (beside + node if side == "left" else node + beside)).digest()
        assert node == root


@pytest.mark.django_db
def test_a_record_told_without_its_personal_columns_has_the_same_digest(party: Callable[..., Party]) -> None:
    row = party()
    book.write(row, act="parties.add")
    whole, masked, nothing = (proof.record(row, told) for told in (proof.ALL, proof.WITHOUT_PERSONAL, proof.NOTHING))
    assert whole["digest"] == masked["digest"] == nothing["digest"]
    assert whole["personal"]["name"] == "林女士"
    assert "personal" not in masked
    assert "林女士" not in str(masked)
    assert set(nothing) == {"id", "kind", "digest"}


@pytest.mark.django_db
def test_an_erased_record_still_has_the_digest_of_its_entry(party: Callable[..., Party]) -> None:
    row = party()
    book.write(row, act="parties.add")
    before = proof.record(row, proof.ALL)
    erase.erase([row], reason="本人要求", at=row.at, by=1)
    row.refresh_from_db()
    after = proof.record(row, proof.ALL)
    assert after["digest"] == before["digest"]
    assert "personal" not in after


@pytest.mark.django_db
def test_the_way_of_an_entry_leads_to_the_block_that_holds_it_and_one_unsealed_has_none(party: Callable[..., Party], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "FULL", 3)
    rows = [party(str(n)) for n in range(5)]
    entries = book.write_all([book.Act("parties.add", (row,)) for row in rows])
    sealer.seal()
    late = party("晚")
    book.write(late, act="parties.add")
    told = list(proof.entries([row.id for row in (*rows, late)]))
    assert [line["id"] for line in told] == [*(entry.id for entry in entries), late.entry_id]
    roots = {block.height: bytes(block.root) for block in Block.objects.all()}
    for line in told[:-1]:
        columns = {name: value for name, value in line.items() if name not in {"rows", "block", "path"}}
        node = chain.leaf(columns)
        for side, beside in line["path"]:
            other = bytes.fromhex(beside)
            node = chain.hashlib.sha256(b"\1" + (other + node if side == "left" else node + other)).digest()
        assert node == roots[line["block"]]
    assert "block" not in told[-1]
