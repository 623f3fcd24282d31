"""The chain, as pure functions."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from lingting.ledger import chain

columns = st.dictionaries(st.text(max_size=8), st.none() | st.text() | st.integers(), max_size=5)


@given(columns)
def test_an_empty_column_changes_no_digest_so_a_column_can_be_added_later(given_columns: dict[str, object]) -> None:
    assert chain.canonical({**given_columns, "added later": None}) == chain.canonical(given_columns)


@given(columns, columns)
def test_two_rows_have_one_digest_only_if_they_say_the_same(one: dict[str, object], other: dict[str, object]) -> None:
    same = {k: v for k, v in one.items() if v is not None} == {k: v for k, v in other.items() if v is not None}
    assert (chain.canonical(one) == chain.canonical(other)) == same


def test_a_time_is_digested_in_the_form_the_database_keeps_wherever_it_was_said() -> None:
    there = datetime(2026, 7, 21, 18, 12, tzinfo=timezone(timedelta(hours=8)))
    assert chain.plain(there) == "2026-07-21 10:12:00"
    assert chain.plain(there) == chain.plain(there.astimezone(UTC))


def test_a_fraction_is_refused_because_databases_round_it() -> None:
    with pytest.raises(TypeError, match="float"):
        chain.plain(0.1)


def test_nobody_guesses_the_words_from_a_seal_without_its_salt() -> None:
    assert chain.seal(b"1" * 16, {"text": "好的"}) != chain.seal(b"2" * 16, {"text": "好的"})


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_a_root_changes_with_any_leaf(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    other = [*leaves]
    other[place] = bytes(32) if leaves[place] != bytes(32) else b"\1" * 32
    assert chain.merkle_root(other) != chain.merkle_root(leaves)


def test_a_root_of_nothing_is_the_genesis() -> None:
    assert chain.merkle_root([]) == chain.GENESIS


def header(**changed: object) -> chain.Header:
    columns = {
        "height": 1, "first": 1, "last": 9, "count": 9, "root": b"r" * 32, "previous": chain.GENESIS,
        "sealed": datetime(2026, 8, 31, 1, 0, tzinfo=UTC),
    }  # fmt: skip
    return chain.Header(**{**columns, **changed})  # type: ignore[arg-type]


def test_a_signature_holds_for_its_own_block_only() -> None:
    key = Ed25519PrivateKey.generate()
    signature = chain.sign(key, header())
    assert chain.signed_by(key.public_key(), header(), signature)
    assert not chain.signed_by(key.public_key(), header(last=10), signature)


@pytest.mark.parametrize("changed", [{"height": 2}, {"first": 2}, {"count": 8}, {"root": b"s" * 32}, {"previous": b"p" * 32}])
def test_a_block_cannot_change_in_any_part_and_keep_its_hash(changed: dict[str, object]) -> None:
    assert header(**changed).hash != header().hash
