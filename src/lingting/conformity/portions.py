"""Portions (分段): counts of big tables kept piece by piece, so that a new fact costs the pieces it touches and not the table.

The rows that a check counts (its unit: promises, first questions, findings) are parted by their numbers. What is written later names the unit it is about, so
its number says which piece must be counted again; a piece in which time alone will change something is counted again when that time has come.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db.models import Count, F, Min, QuerySet, Sum

from lingting.conformity.check import Check, Sample, Together
from lingting.conformity.models import Portion
from lingting.ledger.models import POSITIONS
from lingting.ledger.moment import Moment

SHIFT = 28
"""A piece holds the rows of 4,096 acts: 16 bits of a record's number are its place in the act."""

Part = tuple[int, int, datetime | None]
"""Of one piece: how many are in scope, how many fail, and when time alone will change that."""


Asked = dict[str, dict[int, Any]]
"""What was counted already in one run, by the question that was put to the database: two checks may ask the same."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A check counted: how many are in scope, how many fail, and the pieces that were counted anew."""

    scope: int
    failing: int
    anew: Mapping[int, Part]


def tally(check: Check, moment: Moment, *, known: int | None, asked: Asked | None = None) -> Tally:
    """Count a check at a moment: only what was touched since entry `known`, or everything where `known` is empty."""
    sample, asked = check.ask(moment), {} if asked is None else asked
    if known is None:
        return _added(_count(sample, asked))
    kept = Portion.objects.filter(check_id=check.id)
    dirty = _touched(check, known, moment) | set(kept.filter(turns__lte=moment.at).values_list("piece", flat=True))
    anew = {}
    for piece in sorted(dirty):
        anew[piece] = _count(sample, asked, piece).get(piece, (0, 0, None))
    rest = kept.exclude(piece__in=dirty).aggregate(scope=Sum("scope", default=0), failing=Sum("failing", default=0))
    return _added(anew, **rest)


def _added(anew: Mapping[int, Part], *, scope: int = 0, failing: int = 0) -> Tally:
    return Tally(scope + sum(part[0] for part in anew.values()), failing + sum(part[1] for part in anew.values()), anew)


def keep(check: Check, counted: Tally, *, whole: bool) -> None:
    """Keep the pieces that were counted anew; `whole` throws away what was kept before."""
    if whole:
        Portion.objects.filter(check_id=check.id).delete()
    rows = [Portion(check_id=check.id, piece=piece, scope=scope, failing=failing, turns=turns) for piece, (scope, failing, turns) in counted.anew.items()]
    Portion.objects.bulk_create(rows, update_conflicts=True, unique_fields=["check_id", "piece"], update_fields=["scope", "failing", "turns"], batch_size=500)


def _count(sample: Sample, asked: Asked, piece: int | None = None) -> dict[int, Part]:
    scope, failing = (sum((Counter(_grouped(part, piece, Count("pk"), asked)) for part in _parts(rows)), Counter()) for rows in (sample.scope, sample.failing))
    turns = _grouped(sample.turning, piece, Min("turns"), asked) if sample.turning is not None else {}
    return {piece: (scope.get(piece, 0), failing.get(piece, 0), turns.get(piece)) for piece in scope.keys() | failing.keys() | turns.keys()}


def _parts(rows: Any) -> tuple[Any, ...]:
    """Return the tables that are counted together: records of all kinds share their numbers."""
    return rows.parts if isinstance(rows, Together) else (rows,)


def _grouped(rows: Any, piece: int | None, figure: Any, asked: Asked) -> dict[int, Any]:
    if piece is not None:
        # Its numbers first: of two ends that a number must lie before, that of the piece and that of the book, SQLite goes by either.
        low = piece << SHIFT
        rows = rows.filter(pk__in=rows.model._default_manager.filter(id__gte=low, id__lt=low + (1 << SHIFT)).values("pk"))
    found: QuerySet[Any, Any] = rows.order_by().annotate(piece=F("id").bitrightshift(SHIFT)).values("piece").annotate(figure=figure)
    words = question(found)
    if words and words not in asked:
        asked[words] = dict(found.values_list("piece", "figure"))
    return asked[words] if words else {}


def question(rows: QuerySet[Any, Any]) -> str:
    """Return the words in which the database is asked for rows; none where it is known without asking that there are no such rows."""
    try:
        return str(rows.query)
    except EmptyResultSet:
        return ""


def _touched(check: Check, known: int, moment: Moment) -> set[int]:
    """Return the pieces whose units were written, or written about, since entry `known`."""
    touched: set[int] = set()
    for label, path in (check.units or {}).items():
        rows = apps.get_model(label)._default_manager.filter(id__gte=(known + 1) * POSITIONS, **{f"{path}__isnull": False})
        if moment.known is not None:
            rows = rows.filter(id__lt=(moment.known + 1) * POSITIONS)
        found = rows.order_by().annotate(piece=F(path).bitrightshift(SHIFT)).values_list("piece", flat=True).distinct()
        touched.update(found)
    return touched
