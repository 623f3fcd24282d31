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
from django.db.models import Count, F, Min, QuerySet

from lingting.conformity.check import Check, Sample, Together
from lingting.conformity.models import Portion
from lingting.ledger.models import POSITIONS
from lingting.ledger.moment import Moment

SHIFT = 28
"""A piece holds the rows of 4,096 acts: 16 bits of a record's number are its place in the act."""

Part = tuple[int, int, datetime | None]
"""Of one piece: how many are in scope, how many fail, and when time alone will change that."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A check counted: all its pieces, and which of them were counted anew."""

    parts: Mapping[int, Part]
    anew: frozenset[int]

    @property
    def scope(self) -> int:
        """Return how many are in scope."""
        return sum(part[0] for part in self.parts.values())

    @property
    def failing(self) -> int:
        """Return how many fail."""
        return sum(part[1] for part in self.parts.values())


def tally(check: Check, moment: Moment, *, known: int | None) -> Tally:
    """Count a check at a moment: only what was touched since entry `known`, or everything where `known` is empty."""
    sample = check.ask(moment)
    if known is None:
        parts = _count(sample, {})
        return Tally(parts, frozenset(parts))
    kept = {row.piece: (row.scope, row.failing, row.turns) for row in Portion.objects.filter(check_id=check.id)}
    dirty = _touched(check, known, moment) | {piece for piece, (_, _, turns) in kept.items() if turns is not None and turns <= moment.at}
    for piece in dirty:
        low = piece << SHIFT
        kept[piece] = _count(sample, {"id__gte": low, "id__lt": low + (1 << SHIFT)}).get(piece, (0, 0, None))
    return Tally(kept, frozenset(dirty))


def keep(check: Check, counted: Tally, *, whole: bool) -> None:
    """Keep the pieces that were counted anew; `whole` throws away what was kept before."""
    if whole:
        Portion.objects.filter(check_id=check.id).delete()
    rows = [
        Portion(check_id=check.id, piece=piece, scope=scope, failing=failing, turns=turns)
        for piece in counted.anew
        for scope, failing, turns in [counted.parts[piece]]
    ]
    Portion.objects.bulk_create(rows, update_conflicts=True, unique_fields=["check_id", "piece"], update_fields=["scope", "failing", "turns"], batch_size=500)


def _count(sample: Sample, within: Mapping[str, int]) -> dict[int, Part]:
    scope, failing = (sum((Counter(_grouped(part, within, Count("pk"))) for part in _parts(rows)), Counter()) for rows in (sample.scope, sample.failing))
    turns = _grouped(sample.turning, within, Min("turns")) if sample.turning is not None else {}
    return {piece: (scope.get(piece, 0), failing.get(piece, 0), turns.get(piece)) for piece in scope.keys() | failing.keys() | turns.keys()}


def _parts(rows: Any) -> tuple[Any, ...]:
    """Return the tables that are counted together: records of all kinds share their numbers."""
    return rows.parts if isinstance(rows, Together) else (rows,)


def _grouped(rows: Any, within: Mapping[str, int], figure: Any) -> dict[int, Any]:
    found: QuerySet[Any, Any] = rows.filter(**within).order_by().annotate(piece=F("id").bitrightshift(SHIFT)).values("piece").annotate(figure=figure)
    return dict(found.values_list("piece", "figure"))


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
