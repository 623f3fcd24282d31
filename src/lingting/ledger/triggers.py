"""The database's own refusal to change what was written down: triggers on every record table, on SQLite and on PostgreSQL.

Django rebuilds SQLite tables when a column changes and drops their triggers silently, so they are put back after every migration and looked
for at every start.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from lingting.ledger.book import columns
from lingting.ledger.models import Block, Entry, Record

REFUSAL = "Lingting: what is written in the book is never changed or deleted"

POSTGRES_REFUSE = f"""
CREATE SEQUENCE IF NOT EXISTS ledger_entry_number;
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE FUNCTION ledger_refuse_unnamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_erased WHERE record = OLD.id) THEN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""  # noqa: S608  # made of our own words


def record_tables() -> list[type[Record]]:
    """Return every record class of every register."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


def install() -> None:
    """Put every trigger in place; doing it again changes nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_REFUSE)
        for name, statement in _statements():
            if connection.vendor == "postgresql":
                cursor.execute(statement)
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(statement)


def missing() -> list[str]:
    """Return the names of the triggers that should stand in the database and do not."""
    with connection.cursor() as cursor:
        standing = _standing(cursor)
    return [name for name, _ in _statements() if name not in standing]


def _standing(cursor: CursorWrapper) -> set[str]:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {name for (name,) in cursor.fetchall()}


def _statements() -> Iterator[tuple[str, str]]:
    build = _postgres if connection.vendor == "postgresql" else _sqlite
    models_here: tuple[type[models.Model], ...] = (Entry, Block, *record_tables())
    for model in models_here:
        yield from build(model)


def _sqlite(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    table = model._meta.db_table
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    yield f"{table}_no_delete", f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
    named = "EXISTS (SELECT 1 FROM ledger_erased WHERE record = OLD.id)"
    erasure = _erasure(model, "IS")
    unless = f"WHEN NOT ({erasure} AND {named})" if erasure else ""
    yield f"{table}_no_update", f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {unless} {refuse}"
    # INSERT OR REPLACE goes past the delete trigger wherever recursive_triggers is off.
    same = " OR ".join("(" + " AND ".join(f"{name} = NEW.{name}" for name in unique) + ")" for unique in _unique_columns(model))
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  # made of the model's names
    yield f"{table}_no_replace", f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {taken} {refuse}"


def _postgres(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    table = model._meta.db_table
    create = "CREATE OR REPLACE TRIGGER"
    refuse = "EXECUTE FUNCTION ledger_refuse()"
    yield f"{table}_no_delete", f"{create} {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}"
    yield f"{table}_no_truncate", f"{create} {table}_no_truncate BEFORE TRUNCATE ON {table} {refuse}"
    erasure = _erasure(model, "IS NOT DISTINCT FROM")
    unless = f"WHEN (NOT ({erasure}))" if erasure else ""
    yield f"{table}_no_update", f"{create} {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {unless} {refuse}"
    if erasure:
        name = f"{table}_no_unnamed"
        yield (
            name,
            f"{create} {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({erasure}) EXECUTE FUNCTION ledger_refuse_unnamed()",
        )


def _erasure(model: type[models.Model], equals: str) -> str:
    """Return the condition that an UPDATE empties the personal columns and the salt and touches nothing else."""
    if not issubclass(model, Record) or not model.PERSONAL:
        return ""
    shape = columns(model)
    emptied = [f"NEW.{_column(model, name)} IS NULL" for name in (*shape.personal, "salt")]
    kept = [f"NEW.{column} {equals} OLD.{column}" for name in (*shape.public, "seal") if (column := _column(model, name))]
    return " AND ".join(["OLD.salt IS NOT NULL", *emptied, *kept])


def _column(model: type[models.Model], attribute: str) -> str:
    return next(f'"{field.column}"' for field in model._meta.concrete_fields if field.attname == attribute)


def _unique_columns(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    for field in model._meta.concrete_fields:
        if field.unique:
            yield (f'"{field.column}"',)
    for constraint in model._meta.total_unique_constraints:
        yield tuple(_column(model, model._meta.get_field(name).attname) for name in constraint.fields)  # type: ignore[union-attr]  # concrete
