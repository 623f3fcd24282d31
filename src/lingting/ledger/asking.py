"""Ways of asking (问法) that cost little where tables are big: the first of each, the newest of many, and whatever any of several kinds names."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, F, QuerySet, Subquery, When

from lingting.ledger.models import POSITIONS, Record, RecordQuerySet
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
