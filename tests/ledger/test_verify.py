"""Whatever is changed behind the book's back is found and named."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from tests.ledger.conftest import AT

from lingting.ledger import book, sealer, triggers, verify
from lingting.ledger.erase import erase
from lingting.ledger.models import POSITIONS, Block
from lingting.registers.parties.models import Judged, Party, Reached

pytestmark = pytest.mark.django_db


@pytest.fixture
def book_of_five(party: Callable[..., Party]) -> list[Party]:
    parties = [party(name) for name in ("林女士", "陈先生", "王老板", "赵经理", "Mr Hall")]
    for one in parties:
        reached = Reached(party=one, way="email", address=f"{one.name}@shop.example", at=AT)
        judged = Judged(party=one, relevant=True, reason="常客,量大", at=AT)
        book.write(one, reached, judged, act="parties.add", by=3)
    sealer.seal()
    return parties


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the triggers away, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        for name, _ in triggers._statements():
            table = name.rpartition("_no_")[0]
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys=ON")
    yield
    triggers.install()


def execute(statement: str, *values: object) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def reasons() -> list[tuple[str, int, str]]:
    return [(found.what, found.number, found.why) for found in (*verify.broken_entries(), *verify.broken_blocks())]


def test_an_untouched_book_verifies(book_of_five: list[Party]) -> None:
    assert reasons() == []


def test_a_changed_name_is_found_in_its_record(book_of_five: list[Party]) -> None:
    number = book_of_five[2].id
    execute("UPDATE parties_party SET name = '王老板娘' WHERE id = %s", number)
    assert reasons() == [("record", number, "personal-changed")]


def test_a_changed_public_column_is_found_in_its_entry(book_of_five: list[Party]) -> None:
    execute("UPDATE parties_party SET category = 'owner' WHERE id = %s", book_of_five[1].id)
    assert reasons() == [("entry", book_of_five[1].entry_id, "row-changed")]


def test_a_deleted_record_is_found(book_of_five: list[Party]) -> None:
    execute("DELETE FROM parties_judged WHERE id = %s", book_of_five[0].id + 2)
    assert reasons() == [("entry", book_of_five[0].entry_id, "rows-missing")]


def test_a_record_slipped_in_is_found(book_of_five: list[Party]) -> None:
    ghost = 99 * POSITIONS
    names = "at, salt, seal, category, internal, name, organisation"
    execute(f"INSERT INTO parties_party (id, {names}) SELECT {ghost}, {names} FROM parties_party WHERE id = %s", book_of_five[0].id)
    assert reasons() == [("entry", 99, "entry-missing")]


def test_a_deleted_entry_is_found_with_its_records_or_without(book_of_five: list[Party]) -> None:
    entry = book_of_five[1].entry_id
    execute("DELETE FROM ledger_entry WHERE id = %s", entry)
    assert reasons() == [("entry", entry, "entry-missing"), ("block", 1, "entry-changed")]


def test_a_changed_entry_is_found_in_its_block(book_of_five: list[Party]) -> None:
    execute('UPDATE ledger_entry SET "by" = 4 WHERE id = %s', book_of_five[1].entry_id)
    assert reasons() == [("block", 1, "entry-changed")]


def test_emptied_words_that_no_erasure_names_are_found(book_of_five: list[Party]) -> None:
    number = book_of_five[0].id
    execute("UPDATE parties_party SET name = NULL, organisation = NULL, salt = NULL WHERE id = %s", number)
    assert reasons() == [("record", number, "emptied-unnamed")]


def test_a_record_is_still_checked_after_its_words_were_erased(book_of_five: list[Party]) -> None:
    erase([book_of_five[0]], reason="本人要求", at=AT)
    assert reasons() == []
    execute("UPDATE parties_party SET category = 'owner' WHERE id = %s", book_of_five[0].id)
    assert reasons() == [("entry", book_of_five[0].entry_id, "row-changed")]


def test_a_deleted_block_is_found(party: Callable[..., Party]) -> None:
    for name in "一二三":
        book.write(party(name), act="parties.add")
        sealer.seal()
    execute("DELETE FROM ledger_block WHERE height = 2")
    assert ("block", 3, "block-order") in reasons()


def test_blocks_put_in_another_order_are_found(party: Callable[..., Party]) -> None:
    for name in "一二三":
        book.write(party(name), act="parties.add")
        sealer.seal()
    execute("UPDATE ledger_block SET height = -height")
    execute("UPDATE ledger_block SET height = 4 + height")
    found = reasons()
    assert {number for what, number, _ in found if what == "block"} == {1, 2, 3}


def test_a_chain_cut_off_at_its_end_is_found_by_the_note_outside(party: Callable[..., Party], tmp_path: Path) -> None:
    heads = tmp_path / "heads.log"
    for name in "一二":
        book.write(party(name), act="parties.add")
        sealer.seal(heads=heads)
    last = Block.objects.get(height=2)
    execute("DELETE FROM ledger_block WHERE height = 2")
    execute("DELETE FROM parties_party WHERE id >= %s", last.first * POSITIONS)
    execute("DELETE FROM ledger_entry WHERE id >= %s", last.first)
    assert reasons() == [], "the database alone cannot know"
    assert [found.why for found in verify.broken_blocks(heads=heads)] == ["head-missing"]


def test_any_changed_byte_of_any_record_is_found(book_of_five: list[Party]) -> None:
    """Some random single-byte changes, every column of every record table; the benchmark makes a thousand."""
    chance = random.Random(7)
    cells = [
        (kind._meta.db_table, field.column, number)
        for kind in (Party, Reached, Judged)
        for field in kind._meta.concrete_fields
        for number in kind.objects.values_list("id", flat=True)
        if field.column != "id" and not (connection.vendor == "postgresql" and field.column != "name")
    ]
    tried = 0
    with unguarded(), connection.cursor() as cursor:
        for table, column, number in chance.sample(cells, min(20, len(cells))):
            cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [number])
            [(value,)] = cursor.fetchall()
            changed = _one_byte_changed(value, chance)
            if changed is None:
                continue
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [changed, number])
            assert reasons(), (table, column, value, changed)
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, number])
            tried += 1
    assert tried >= len(book_of_five)
    assert reasons() == []


def _one_byte_changed(value: object, chance: random.Random) -> object:
    if isinstance(value, bool | int):
        return int(value) ^ (1 << chance.randrange(8))
    if isinstance(value, str) and value:
        place = chance.randrange(len(value))
        return value[:place] + chr((ord(value[place]) ^ (1 << chance.randrange(5))) or 65) + value[place + 1 :]
    if isinstance(value, bytes) and value:
        place = chance.randrange(len(value))
        return value[:place] + bytes([value[place] ^ (1 << chance.randrange(8))]) + value[place + 1 :]
    return None
