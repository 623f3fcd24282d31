"""Portions (分段): counts of big tables kept piece by piece, so that a new fact costs the pieces it touches and not the table.

The rows that a check counts (its unit: promises, first questions, findings) are parted by their numbers. What is written later names the unit it is about, so
its number says which piece must be counted again; a piece in which time alone will change something is counted again when that time has come.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Min, QuerySet, Sum

from lingting.conformity.check import Check, Sample, Together
from lingting.conformity.models import Portion
from lingting.ledger.models import POSITIONS
from lingting.ledger.moment import Moment

SHIFT = 28
"""A piece holds the rows of 4,096 acts: 16 bits of a record's number are its place in the act."""

Part = tuple[int, int, datetime | None]
"""Of one piece: how many are in scope, how many fail, and when time alone will change that."""


Asked = dict[tuple[str, tuple[Any, ...]], dict[int, int]]
"""What was counted already in one run, by the question that was put to the database: two checks may ask the same."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A check counted: how many are in scope, how many fail, and the pieces that were counted anew; `whole` if these are all that there are."""

    scope: int
    failing: int
    anew: Mapping[int, Part]
    whole: bool


def tally(check: Check, moment: Moment, *, known: int | None, asked: Asked | None = None, touched: Iterable[str] | None = None) -> Tally:
    """Count a check at a moment: only what was touched since entry `known`, by records of the kinds `touched` if that is known, or everything."""
    sample, asked = check.ask(moment), {} if asked is None else asked
    if known is None:
        return _added(_count(sample, asked), whole=True)
    kept = Portion.objects.filter(check_id=check.id)
    touched = (check.units or ()) if touched is None else touched
    dirty = _touched(check, touched, known, moment) | set(kept.filter(turns__lte=moment.at).values_list("piece", flat=True))
    anew = {}
    for piece in sorted(dirty):
        anew[piece] = _count(sample, asked, piece).get(piece, (0, 0, None))
    rest = kept.exclude(piece__in=dirty).aggregate(scope=Sum("scope", default=0), failing=Sum("failing", default=0))
    return _added(anew, whole=False, **rest)


def _added(anew: Mapping[int, Part], *, whole: bool, scope: int = 0, failing: int = 0) -> Tally:
    return Tally(scope + sum(part[0] for part in anew.values()), failing + sum(part[1] for part in anew.values()), anew, whole)


def keep(check: Check, counted: Tally) -> None:
    """Keep the pieces that were counted anew; of what was counted whole none from before."""
    if counted.whole:
        Portion.objects.filter(check_id=check.id).delete()
    rows = [Portion(check_id=check.id, piece=piece, scope=scope, failing=failing, turns=turns) for piece, (scope, failing, turns) in counted.anew.items()]
    Portion.objects.bulk_create(rows, update_conflicts=True, unique_fields=["check_id", "piece"], update_fields=["scope", "failing", "turns"], batch_size=500)


def _count(sample: Sample, asked: Asked, piece: int | None = None) -> dict[int, Part]:
    scope, failing = (sum((Counter(_counts(part, piece, asked)) for part in _parts(rows)), Counter()) for rows in (sample.scope, sample.failing))
    turning = {} if sample.turning is None else _by_piece(sample.turning, piece).annotate(turns=Min("turns")).values_list("piece", "turns")
    turns = dict(turning)
    return {piece: (scope.get(piece, 0), failing.get(piece, 0), turns.get(piece)) for piece in scope.keys() | failing.keys() | turns.keys()}


def _parts(rows: Any) -> tuple[Any, ...]:
    """Return the tables that are counted together: records of all kinds share their numbers."""
    return rows.parts if isinstance(rows, Together) else (rows,)


def _counts(rows: Any, piece: int | None, asked: Asked) -> dict[int, int]:
    """Return how many rows lie in each piece; the words of the question, which take longer to find than a piece to count, are found once."""
    try:
        words = _by_piece(rows, piece).annotate(figure=Count("pk")).values_list("piece", "figure").query.sql_with_params()
    except EmptyResultSet:
        return {}
    if words not in asked:
        with connection.cursor() as cursor:
            cursor.execute(*words)
            asked[words] = dict(cursor.fetchall())
    return asked[words]


def _by_piece(rows: Any, piece: int | None) -> QuerySet[Any, Any]:
    if piece is not None:
        # Its numbers first: of two ends that a number must lie before, that of the piece and that of the book, SQLite goes by either.
        low = piece << SHIFT
        rows = rows.filter(pk__in=rows.model._default_manager.filter(id__gte=low, id__lt=low + (1 << SHIFT)).values("pk"))
    grouped: QuerySet[Any, Any] = rows.order_by().annotate(piece=F("id").bitrightshift(SHIFT)).values("piece")
    return grouped


def _touched(check: Check, labels: Iterable[str], known: int, moment: Moment) -> set[int]:
    """Return the pieces whose units were written, or written about, since entry `known`."""
    touched: set[int] = set()
    for label in labels:
        path = (check.units or {})[label]
        rows = apps.get_model(label)._default_manager.filter(id__gte=(known + 1) * POSITIONS, **{f"{path}__isnull": False})
        if moment.known is not None:
            rows = rows.filter(id__lt=(moment.known + 1) * POSITIONS)
        found = rows.order_by().annotate(piece=F(path).bitrightshift(SHIFT)).values_list("piece", flat=True).distinct()
        touched.update(found)
    return touched
