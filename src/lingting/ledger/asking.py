"""Ways of asking (问法) that cost little where tables are big: the first of each, the newest of many, and whatever any of several kinds names."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache, wraps
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper  # the type checker's plugin wants it here
from django.db.models import BooleanField, Case, Exists, F, Field, QuerySet, Subquery, When
from django.db.models.sql.compiler import SQLCompiler

from lingting.ledger.models import POSITIONS, Entered, R, Record, RecordQuerySet, Written, unstruck
from lingting.ledger.moment import Moment


def firsts(kind: type[Record], field: str, moment: Moment) -> Mapping[str, int]:
    """Return each value of a field with the number of the row that was its first by a moment; an index on the field and then `at` must lead to them.

    Neither database skips from one value to the next when it groups: of three million findings of a hundred norms it reads three million. Here it reads
    a hundred.
    """
    meta = kind._meta
    [column] = (str(one.column) for one in meta.concrete_fields if one.name == field)
    table, value = map(connection.ops.quote_name, (meta.db_table, column))
    known = () if moment.known is None else ((moment.known + 1) * POSITIONS,)
    words = f"""
        WITH RECURSIVE one(value) AS (
            SELECT MIN({value}) FROM {table}
            UNION ALL SELECT (SELECT MIN({value}) FROM {table} WHERE {value} > one.value) FROM one WHERE one.value IS NOT NULL)
        SELECT value, (SELECT id FROM {table} WHERE {value} = one.value AND at <= %s{" AND id < %s" * len(known)} ORDER BY at LIMIT 1) FROM one
    """  # noqa: S608  # names of a table and a column
    with connection.cursor() as cursor:
        cursor.execute(words, (connection.ops.adapt_datetimefield_value(moment.at), *known))
        return {value: number for value, number in cursor.fetchall() if number is not None}


def newest(rows: RecordQuerySet[Any], field: str, *, otherwise: F | None = None) -> Case:
    """Return what stands in a field of the newest of these rows of the row outside, or something else where there is none.

    Whether there is one is asked first: most things have none, and that is found out sooner than nothing is sorted.
    """
    return Case(When(Exists(rows), then=Subquery(rows.order_by("-at", "-id").values(field)[:1])), default=otherwise)


def named(field: str, *kinds: RecordQuerySet[Any]) -> QuerySet[Any, Any]:
    """Return the numbers that rows of any of these kinds name in a field: one list to look into instead of one for each kind."""
    first, *others = (rows.filter(**{f"{field}__isnull": False}).order_by().values_list(field, flat=True) for rows in kinds)
    return first.union(*others, all=True)


def once(question: Callable[[Moment], RecordQuerySet[R]]) -> Callable[[Moment], RecordQuerySet[R]]:
    """Let a question be put together once for a moment and be known by a name, so that whoever counts several checks sees where they ask the same.

    For questions that follow from the moment alone: nothing may be looked up to put one together. Whatever is added to it makes another question, without
    the name.
    """
    put = lru_cache(8)(question)

    @wraps(question)
    def asked(moment: Moment) -> RecordQuerySet[R]:
        rows = put(moment).all()
        rows.known_as = (question.__module__, question.__qualname__, moment)
        return rows

    return asked


class There(Written):
    """Whether a record of a kind names the row outside in a field, as of a moment – and, with `by`, happened no later than that time of the row outside.

    Checks ask this of nearly every row, so it is written as SQL at once: putting a query set of the kind together costs more than its answer. `of` is the
    field outside that is named, its number unless said otherwise.
    """

    output_field = BooleanField()

    def __init__(self, kind: type[Record], field: str, moment: Moment, *, by: F | Case | None = None, of: str = "pk") -> None:
        super().__init__(F(of), *([] if by is None else [by]))
        self.kind, self.naming, self.moment = kind, field, moment

    def written(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the words of the condition and what stands in its places."""
        (number, places), *times = (compiler.compile(one) for one in self.source_expressions)
        rows, known = _naming(self.kind, self.naming, number, self.moment, connection)
        by = "".join(f" AND told.at <= {time}" for time, _ in times)
        return f"EXISTS(SELECT 1 FROM {rows}{by})", (*places, *known, *(place for _, held in times for place in held))  # noqa: S608  # names of tables and columns


class Newest(Written):
    """What stands in the field `value` of the newest record of a kind that names the row outside, as of a moment; where there is none, in a field of that row.

    As with `newest`, whether there is one is asked first.
    """

    def __init__(self, kind: type[Record], field: str, moment: Moment, *, value: str, otherwise: str) -> None:
        super().__init__(F("pk"), F(otherwise), output_field=type(_field(kind, value))())
        self.kind, self.naming, self.moment, self.value = kind, field, moment, value

    def written(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the words of the value and what stands in its places."""
        (number, places), (otherwise, others) = (compiler.compile(one) for one in self.source_expressions)
        rows, known = _naming(self.kind, self.naming, number, self.moment, connection)
        value = connection.ops.quote_name(str(_field(self.kind, self.value).column))
        words = (
            f"CASE WHEN EXISTS(SELECT 1 FROM {rows}) "  # noqa: S608  # names of tables and columns
            f"THEN (SELECT told.{value} FROM {rows} ORDER BY told.at DESC, told.id DESC LIMIT 1) ELSE {otherwise} END"
        )
        return words, (*places, *known, *places, *known, *others)


def _field(kind: type[Record], name: str) -> "Field[Any, Any]":
    [field] = (one for one in kind._meta.concrete_fields if one.name == name)
    return field


@cache
def _by_when(kind: type[Record], field: str) -> str:
    """Return the words that send SQLite by an index on a field and then `at`, if there is one; a unique one it would rather take, and fetch each row."""
    names = (index.name for index in kind._meta.indexes if list(index.fields[:2]) == [field, "at"])
    return next((f' INDEXED BY "{name}"' for name in names), "")


def _naming(kind: type[Record], field: str, number: str, moment: Moment, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
    """Return the words that stand after FROM for the records of a kind that name a number in a field, as of a moment, and what stands in their places."""
    table, column = map(connection.ops.quote_name, (kind._meta.db_table, str(_field(kind, field).column)))
    known = () if moment.known is None else ((moment.known + 1) * POSITIONS,)
    told = f"{table} told{_by_when(kind, field) if connection.vendor == 'sqlite' else ''}"
    words = f"{told} WHERE told.{column} = {number} AND told.at <= %s{' AND told.id < %s' * len(known)}"
    standing, times = unstruck("told.id", moment, connection) if issubclass(kind, Entered) else ("", ())
    return f"{words} AND {standing}" if standing else words, (connection.ops.adapt_datetimefield_value(moment.at), *known, *times)
