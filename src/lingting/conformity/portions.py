"""Portions (分段): counts of big tables kept piece by piece, so that a new fact costs the pieces it touches and not the table.

The rows that a check counts (its unit: promises, first questions, findings) are parted by their numbers. What is written later names the unit it is about, so
its number says which piece must be counted again; a piece in which time alone will change something is counted again when that time has come.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper  # the type checker's plugin wants it here
from django.db.models import BooleanField, Count, F, Min, QuerySet, Sum
from django.db.models.sql.compiler import SQLCompiler

from lingting.conformity.check import Check, Sample, Together
from lingting.conformity.models import Portion
from lingting.ledger import abreast
from lingting.ledger.models import POSITIONS, Record, Written
from lingting.ledger.moment import Moment

SHIFT = 26
"""A piece holds the rows of 1,024 acts: 16 bits of a record's number are its place in the act."""

Part = tuple[int, int, datetime | None]
"""Of one piece: how many are in scope, how many fail, and when time alone will change that."""

Figures = dict[int, tuple[int, ...]]
"""Of each piece how many rows lie in it, and how many of these are counted beside."""


@dataclass(frozen=True, slots=True)
class Task:
    """A check to be counted: only what was written since entry `known`, by records of the kinds `touched`, or everything where none is known."""

    check: Check
    known: int | None
    touched: Collection[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """A check counted: how many are in scope, how many fail, and the pieces that were counted anew; `whole` if these are all that there are."""

    scope: int
    failing: int
    anew: Mapping[int, Part]
    whole: bool


@dataclass(slots=True)
class _Asked:
    """What was asked already in one run: two checks may ask the same of a piece, and of many the same kind of record was written."""

    counts: dict[Hashable, Figures] = field(default_factory=dict)
    turns: dict[Hashable, dict[int, datetime]] = field(default_factory=dict)
    touched: dict[tuple[str, str, int], set[int]] = field(default_factory=dict)


def tally(check: Check, moment: Moment, *, known: int | None) -> Tally:
    """Count a check at a moment: only what was touched since entry `known`, or everything."""
    return tallies([Task(check, known, tuple(check.units or ()))], moment)[check.id]


def tallies(tasks: Collection[Task], moment: Moment) -> dict[str, Tally]:
    """Count checks at a moment, each by its id.

    1. Find the pieces that were touched, and those in which something turned.
    2. Count these, and whatever is to be counted whole.
    3. Add what is kept of all other pieces.
    """
    asked = _Asked()
    dirty = _dirty([task for task in tasks if task.known is not None], moment, asked)

    def count(task: Task) -> tuple[str, dict[int, Part]]:
        return task.check.id, _anew(task.check.ask(moment), asked, dirty.get(task.check.id))

    counted = dict(abreast.each(count, [task for task in tasks if task.known is None]))
    counted.update(map(count, [task for task in tasks if task.known is not None]))  # pieces: sooner counted than a connection is opened
    rest = _rest(dirty)
    return {id: _added(anew, *rest.get(id, (0, 0)), whole=id not in dirty) for id, anew in counted.items()}


def _dirty(tasks: Collection[Task], moment: Moment, asked: _Asked) -> dict[str, set[int]]:
    dirty = {task.check.id: _touched(task, moment, asked) for task in tasks}
    turned = Portion.objects.filter(check_id__in=dirty, turns__lte=moment.at).values_list("check_id", "piece") if dirty else ()
    for id, piece in turned:
        dirty[id].add(piece)
    return dirty


def _anew(sample: Sample, asked: _Asked, pieces: Collection[int] | None) -> dict[int, Part]:
    """Count a sample piece by piece: these pieces, or all that there are."""
    if pieces is None:
        return _count(sample, asked)
    return {piece: _count(sample, asked, piece).get(piece, (0, 0, None)) for piece in sorted(pieces)}


def _rest(dirty: Mapping[str, Collection[int]]) -> dict[str, tuple[int, int]]:
    """Return of each check how many are kept as in scope and as failing in the pieces that need not be counted again."""
    alike: dict[frozenset[int], list[str]] = {}
    for id, pieces in dirty.items():
        alike.setdefault(frozenset(pieces), []).append(id)
    rows = Portion.objects.filter(check_id__in=dirty)
    for pieces, ids in alike.items():
        rows = rows.exclude(check_id__in=ids, piece__in=pieces)
    sums = rows.order_by().values_list("check_id").annotate(Sum("scope"), Sum("failing")) if dirty else ()
    return {id: (scope, failing) for id, scope, failing in sums}


def _added(anew: Mapping[int, Part], scope: int, failing: int, *, whole: bool) -> Tally:
    return Tally(scope + sum(part[0] for part in anew.values()), failing + sum(part[1] for part in anew.values()), anew, whole)


def keep(counted: Mapping[str, Tally]) -> None:
    """Keep the pieces of these checks that were counted anew; of what was counted whole none from before."""
    if whole := [id for id, tally in counted.items() if tally.whole]:
        Portion.objects.filter(check_id__in=whole).delete()
    rows = [
        Portion(check_id=id, piece=piece, scope=part[0], failing=part[1], turns=part[2]) for id, tally in counted.items() for piece, part in tally.anew.items()
    ]
    Portion.objects.bulk_create(rows, update_conflicts=True, unique_fields=["check_id", "piece"], update_fields=["scope", "failing", "turns"], batch_size=500)


def _count(sample: Sample, asked: _Asked, piece: int | None = None) -> dict[int, Part]:
    scope, failing = Counter[int](), Counter[int]()
    for part in sample.parts or (sample,):
        if part.amiss is None:
            for figures, rows in ((scope, part.scope), (failing, part.failing)):
                for kind in _parts(rows):
                    figures.update({place: count for place, (count,) in _counts(kind, piece, asked).items()})
        else:
            for place, (among, amiss) in _counts(part.scope, piece, asked, failing=Count("pk", filter=part.amiss)).items():
                scope[place] += among
                failing[place] += amiss
    turns = {} if sample.turning is None else _turns(sample.turning, piece, asked)
    return {piece: (scope.get(piece, 0), failing.get(piece, 0), turns.get(piece)) for piece in scope.keys() | failing.keys() | turns.keys()}


def _parts(rows: Any) -> tuple[Any, ...]:
    """Return the tables that are counted together: records of all kinds share their numbers."""
    return rows.parts if isinstance(rows, Together) else (rows,)


def _counts(rows: Any, piece: int | None, asked: _Asked, **beside: Count) -> Figures:
    """Return how many rows lie in each piece, or in one, and what is counted `beside`; what was asked before, by its name or its words, is not asked again."""
    name = None if beside else rows.known_as and (rows.known_as, piece)
    if name in asked.counts:
        return asked.counts[name]
    try:
        words = _by_piece(rows, piece).annotate(figure=Count("*"), **beside).values_list("piece", "figure", *beside).query.sql_with_params()
    except EmptyResultSet:
        return {}
    if words not in asked.counts:
        # Its words are at hand: the query set would look for them once more.
        with connection.cursor() as cursor:
            cursor.execute(*words)
            asked.counts[words] = {piece: tuple(figures) for piece, *figures in cursor.fetchall()}
    if name:
        asked.counts[name] = asked.counts[words]
    return asked.counts[words]


def _turns(rows: Any, piece: int | None, asked: _Asked) -> dict[int, datetime]:
    """Return when the first row in each piece, or in one, turns."""
    name = rows.known_as and (rows.known_as, piece)
    if name and name in asked.turns:
        return asked.turns[name]
    turns = dict(_by_piece(rows, piece).annotate(turns=Min("turns")).values_list("piece", "turns"))
    if name:
        asked.turns[name] = turns
    return turns


class _InPiece(Written):
    """Whether a row's number lies in a piece, its numbers looked up first.

    Of two ends that a number must lie before, that of the piece and that of the book, SQLite goes by either.
    """

    output_field = BooleanField()

    def __init__(self, model: type[Record], piece: int) -> None:
        super().__init__(F("pk"))
        self.model, self.piece = model, piece

    def written(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the words of the condition and what stands in its places."""
        number, places = compiler.compile(self.source_expressions[0])
        table, low = connection.ops.quote_name(self.model._meta.db_table), self.piece << SHIFT
        return f"{number} IN (SELECT lies.id FROM {table} lies WHERE lies.id >= %s AND lies.id < %s)", (*places, low, low + (1 << SHIFT))  # noqa: S608  # names of a table and a column


def _by_piece(rows: Any, piece: int | None) -> QuerySet[Any, Any]:
    within = rows if piece is None else rows.filter(_InPiece(rows.model, piece))
    grouped: QuerySet[Any, Any] = within.order_by().annotate(piece=F("id").bitrightshift(SHIFT)).values("piece")
    return grouped


def _touched(task: Task, moment: Moment, asked: _Asked) -> set[int]:
    """Return the pieces whose units were written, or written about, since an entry."""
    touched: set[int] = set()
    for label in task.touched:
        name = (label, (task.check.units or {})[label], task.known or 0)
        if name not in asked.touched:
            asked.touched[name] = _written_about(*name, moment)
        touched |= asked.touched[name]
    return touched


def _written_about(label: str, path: str, known: int, moment: Moment) -> set[int]:
    """Return the pieces of the rows that records of a kind, written since entry `known`, name by a path."""
    rows = apps.get_model(label)._default_manager.filter(id__gte=(known + 1) * POSITIONS, **{f"{path}__isnull": False})
    if moment.known is not None:
        rows = rows.filter(id__lt=(moment.known + 1) * POSITIONS)
    return set(rows.order_by().annotate(piece=F(path).bitrightshift(SHIFT)).values_list("piece", flat=True).distinct())
