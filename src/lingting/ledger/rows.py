"""Rows (行): many new rows put into a table at once, in the way in which its database takes them fastest."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

MANY = 50
"""From so many rows on PostgreSQL takes a stream faster than statements."""

AT_ONCE = 2000
"""Rows of one statement."""


def put(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one table, none to many, whose numbers are given already.

    SQLite takes statements of many rows. Django writes binary columns as one placeholder a value, which PostgreSQL plans for longer than it inserts;
    a stream (COPY) is not planned at all.
    """
    if not rows:
        return
    kind: type[Any] = type(rows[0])
    # The database itself, not the proxy that looks it up for every value.
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql" or len(rows) < MANY:
        kind._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        return
    fields = kind._meta.concrete_fields
    name = database.ops.quote_name
    into = f"COPY {name(kind._meta.db_table)} ({', '.join(name(field.column) for field in fields)}) FROM STDIN"
    with database.wrap_database_errors, database.cursor() as cursor, cursor.copy(into) as stream:
        for row in rows:
            stream.write_row([field.get_db_prep_save(field.pre_save(row, add=True), database) for field in fields])
    for row in rows:
        row._state.adding, row._state.db = False, database.alias  # noqa: SLF001  # so Django marks a row that stands in the database
