"""A check (检查项): two questions to the registers – who is in scope, and who of them fails – bound to a check of the catalog."""

import hashlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Protocol, TypeAlias

from django.db.models import Q, QuerySet

from lingting.catalog.load import ours
from lingting.conformity.gaps import Gap, gaps
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment


class Rows(Protocol):
    """Records that can be counted without being fetched, and fetched a slice at a time; a query set is one."""

    def count(self) -> int:
        """Return how many there are."""

    def __iter__(self) -> Iterator[Any]: ...

    def __getitem__(self, place: slice, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows that are at hand already."""

    rows: tuple[Any, ...] = ()

    def count(self) -> int:
        """Return how many there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __getitem__(self, place: slice, /) -> Any:
        return self.rows[place]


class Together:
    """Rows of several kinds, one kind after another."""

    def __init__(self, *parts: Rows) -> None:
        self.parts = parts

    def count(self) -> int:
        """Return how many there are."""
        return sum(part.count() for part in self.parts)

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(self.parts)

    def __getitem__(self, place: slice, /) -> Any:
        """Return a slice; of each kind no more is fetched than lies in it."""
        start, stop = place.start or 0, self.count() if place.stop is None else place.stop
        found: list[Any] = []
        for part in self.parts:
            have = part.count()
            if start < have and stop > 0:
                found += part[max(0, start) : min(have, stop)]
            start, stop = max(0, start - have), stop - have
        return found


def between(rows: Rows, begin: datetime, end: datetime) -> int | None:
    """Return how many of these rows are of a time, its beginning included and its end not; nothing where a row has no time of its own."""
    if isinstance(rows, Together):
        counts = [between(part, begin, end) for part in rows.parts]
        return None if None in counts else sum(filter(None, counts))
    if isinstance(rows, QuerySet):
        return rows.filter(at__gte=begin, at__lt=end).count() if issubclass(rows.model, Record) else None
    times = [getattr(row, "at", None) for row in rows]
    return None if None in times else sum(begin <= at < end for at in times if at)


@dataclass(frozen=True, slots=True)
class Sample:
    """The answer to the two questions: those in scope, and those of them that fail.

    `turning` holds rows whose answer time alone will change, each with the time `turns` at which it does. `amiss` is what holds of those that fail and of
    nobody else in scope, where both are counted in one walk (`parted`); `parts` are samples that are counted one by one (`together`).
    """

    scope: Rows
    failing: Rows
    turning: Rows | None = None
    amiss: Q | None = field(default=None, kw_only=True)
    parts: tuple["Sample", ...] = field(default=(), kw_only=True)


def parted(scope: QuerySet[Any], amiss: Q) -> Sample:
    """Return a sample in which those fail of whom something holds that their own row tells.

    Where other tables must be asked, the failing are better a question of their own: a database joins these, and asks for each row otherwise.
    """
    return Sample(scope, scope.filter(amiss), amiss=amiss)


def together(*parts: Sample) -> Sample:
    """Return a sample of several kinds of things, one kind after another."""
    return Sample(Together(*(part.scope for part in parts)), Together(*(part.failing for part in parts)), parts=parts)


Question: TypeAlias = Callable[[Moment], Sample]


@dataclass(frozen=True, slots=True)
class Check:
    """A check that a register can answer.

    Args:
        id: its id in the catalog (`8.2.1-H1`).
        ask: the function that answers it.
        reads: labels of the record kinds it reads; when one of them was written, the check runs again.
        timed: whether its answer changes as time passes, with nothing written.
        units: for a check of a big table, how each record kind that it reads names the row that is counted: the path to that row's number. Its counts are then
            kept in pieces (portions.py), and of a timed check the sample says when rows turn. Where another
            kind that it reads was written, all is counted anew.
        whole: whether the few that there are were planned and all of them are counted, so that the share itself decides and no interval.
        judged: why only a person can answer it, in both languages; empty where counting answers.
        beside: the records that show more of one that fails; a nonconformity that is raised takes them along as evidence.
    """

    id: str
    ask: Question
    reads: frozenset[str]
    timed: bool
    judged: tuple[str, str] = ("", "")
    units: Mapping[str, str] | None = None
    whole: bool = False
    beside: Callable[[Any, Moment], Iterable[Record]] | None = None

    @property
    def population(self) -> tuple[str, str]:
        """Return what is counted, in Chinese and in English: the two paragraphs of the function's docstring."""
        if self.judged[0]:
            return self.judged
        zh, _, en = inspect.cleandoc(self.ask.__doc__ or "").partition("\n\n")
        return " ".join(zh.split("\n")), " ".join(en.split("\n"))

    @property
    def gap(self) -> Gap | None:
        """Return why one or two failing are no nonconformity by themselves, where that is so."""
        return gaps().get(self.id)

    @property
    def rule(self) -> str:
        """Return the digest of the check's code, of how its failing is weighed and of the house's numbers: another version is another instrument."""
        code = "".join(self.judged) if self.judged[0] else _source(self.ask)
        return _digest(code, self.gap.sort if self.gap else "", ours().version)


@lru_cache(2_000)
def _digest(code: str, weighed: str, house: str) -> str:
    return hashlib.sha256((code + weighed + house).encode()).hexdigest()[:16]


@cache
def _source(ask: Question) -> str:
    """Return a function's code; reading source files takes longer than a page should."""
    return inspect.getsource(ask)


TAKEN_BACK = {"conversations.judged": "found_id", "conversations.settled": "disputed__found_id", "instruments.disposed": "found_id"}
"""What is written about findings that may then count no more, and how each names the finding; a check that counts findings reads these too."""

CHECKS: dict[str, Check] = {}


def bind(one: Check) -> None:
    """Take a check in; an id is bound once."""
    if one.id in CHECKS:
        raise ValueError(f"{one.id} is bound twice: {CHECKS[one.id].ask!r} and {one.ask!r}")
    CHECKS[one.id] = one


def check(
    id: str, *, reads: tuple[str, ...] = (), timed: bool = False, units: Mapping[str, str] | None = None, whole: bool = False,
    beside: Callable[[Any, Moment], Iterable[Record]] | None = None,
) -> Callable[[Question], Question]:  # fmt: skip
    """Bind a function to a check of the catalog."""

    def bound(ask: Question) -> Question:
        bind(Check(id, ask, frozenset(reads or units or ()), timed, units=units, whole=whole, beside=beside))
        return ask

    return bound
