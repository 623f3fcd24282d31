"""Freshness (新鲜度): of when the newest record is that a check is counted from."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import connection

from lingting.ledger.moment import Moment

LOOKED_AT = 200
"""Of each kind, the records written last among which the newest is sought: looking through a whole table would take too long for a page."""

AT_ONCE = 400
"""Tables that one question may name; SQLite allows 500."""


def newest(kinds: Collection[str], moment: Moment) -> Mapping[str, datetime]:
    """Return for each kind of record when the newest happened by a moment, among those written last; a kind without one is left out."""
    until = connection.ops.adapt_datetimefield_value(moment.at)
    found: dict[str, datetime] = {}
    names = sorted(kinds)
    with connection.cursor() as cursor:
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            cursor.execute(" UNION ALL ".join(map(_last, some)), [until] * len(some))
            found |= {kind: at if isinstance(at, datetime) else _read(at) for kind, at in cursor.fetchall() if at is not None}
    return found


@cache
def _last(kind: str) -> str:
    table = apps.get_model(kind)._meta.db_table
    return f"SELECT '{kind}', MAX(at) FROM (SELECT at FROM \"{table}\" ORDER BY id DESC LIMIT {LOOKED_AT}) AS last WHERE at <= %s"  # noqa: S608  # the model's own names


def _read(words: str) -> datetime:
    """Return a time as SQLite keeps it: in UTC, without saying so."""
    return datetime.fromisoformat(f"{words}+00:00")
