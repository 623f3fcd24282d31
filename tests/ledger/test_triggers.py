"""The database refuses what nobody should do."""

from collections.abc import Callable

import pytest
from django.db import Error, connection, transaction
from tests.ledger.conftest import AT

from lingting.ledger import book, triggers
from lingting.ledger.models import Entry, Erased
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(party: Callable[..., Party]) -> Party:
    record = party()
    book.write(record, act="parties.add")
    return record


def refused(statement: str, *values: object) -> None:
    with pytest.raises(Error, match="never changed or deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_record_cannot_be_changed(written: Party) -> None:
    refused("UPDATE parties_party SET category = 'owner' WHERE id = %s", written.id)
    refused("UPDATE parties_party SET name = '别人' WHERE id = %s", written.id)


def test_a_record_cannot_be_deleted(written: Party) -> None:
    refused("DELETE FROM parties_party WHERE id = %s", written.id)


def test_an_entry_and_a_block_cannot_be_changed(written: Party) -> None:
    refused("UPDATE ledger_entry SET by = 9 WHERE id = %s".replace("by =", '"by" ='), written.entry_id)
    refused("DELETE FROM ledger_entry WHERE id = %s", written.entry_id)


def test_a_table_cannot_be_emptied() -> None:
    if connection.vendor == "postgresql":
        refused("TRUNCATE parties_party CASCADE")


def test_a_record_cannot_be_replaced_under_its_number(written: Party) -> None:
    if connection.vendor == "sqlite":
        refused(
            "INSERT OR REPLACE INTO parties_party (id, at, seal, category, internal) VALUES (%s, '2026-01-01', x'00', 'x', 0)",
            written.id,
        )


def test_an_entry_cannot_be_replaced_even_where_recursive_triggers_are_off(written: Party) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=OFF")
        refused(
            "INSERT OR REPLACE INTO ledger_entry (id, written, act, kinds, count, digest) VALUES (%s, '2026-01-01', 'x', '', 1, x'00')",
            written.entry_id,
        )


def test_words_cannot_be_emptied_unless_an_erasure_names_the_record(written: Party) -> None:
    emptied = "UPDATE parties_party SET name = NULL, organisation = NULL, salt = NULL WHERE id = %s"
    refused(emptied, written.id)
    book.write(Erased(record=written.id, reason="本人要求", at=AT), act="ledger.erase")
    with connection.cursor() as cursor:
        cursor.execute(emptied, [written.id])
    assert Party.objects.get().name is None


def test_an_erasure_may_empty_words_but_change_nothing_else(written: Party) -> None:
    book.write(Erased(record=written.id, reason="本人要求", at=AT), act="ledger.erase")
    refused(
        "UPDATE parties_party SET name = NULL, organisation = NULL, salt = NULL, category = 'owner' WHERE id = %s",
        written.id,
    )


def test_a_missing_trigger_is_named_and_put_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER parties_party_no_update" + (" ON parties_party" if connection.vendor == "postgresql" else ""))
    assert triggers.missing() == ["parties_party_no_update"]
    triggers.install()
    assert triggers.missing() == []


def test_every_record_table_has_its_triggers() -> None:
    tables = {model._meta.db_table for model in (Entry, *triggers.record_tables())}
    guarded = {name.rpartition("_no_")[0] for name, _ in triggers._statements()}
    assert tables <= guarded
