"""What a provider's shipments say of it (外部提供的影响): how many were late or came to harm, and which share of all ours that was (8.4.2)."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lingting.conformity.providers import Figure
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.deliveries import arriving
from lingting.registers.suppliers.choices import Indicator
from lingting.registers.suppliers.models import Declared
from lingting.registers.suppliers.queries.performance import APART
from lingting.statistics.intervals import Interval, difference, wilson

Rows = Callable[[Moment], RecordQuerySet[Any]]

WHOLE: Mapping[str, Rows] = {"late": arriving.timed, "harmed": arriving.ended}
PART: Mapping[str, Rows] = {"late": arriving.late, "harmed": arriving.harmed}
"""What is counted, and out of what."""

DECLARED = {Indicator.ON_TIME: "late", Indicator.UNDAMAGED: "harmed"}
"""What a provider reports of itself that shipments can tell as well: the share that was not so."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider reported of some days, and what shipments of these days say: `own.met` of `own.n` were as they should be."""

    declared: Declared
    what: str
    own: Figure

    @property
    def differs(self) -> bool:
        """Tell whether the shipments contradict the report by more than chance, as counts by period do: further apart than the house allows, and outside."""
        interval = wilson(self.own.met, self.own.n, corrected=True)
        share = self.declared.share / 1000
        return interval is not None and share not in interval and abs(share - self.own.met / self.own.n) > APART / 1000


@dataclass(frozen=True, slots=True)
class Shipped:
    """One kind of failure: how often it befell the provider's shipments, and which share of all such failures that was; how others fare (`apart`).

    `months` are the months in which it can be told, each from its first to its last day.
    """

    what: str
    own: Figure
    of_all: Figure
    apart: Interval | None
    months: tuple[tuple[date, date, Figure], ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """Of all shipments of which a failure can be told: the number, whose they were and on which day; and the numbers of those that failed."""

    rows: tuple[tuple[int, int | None, date], ...]
    failed: frozenset[int]

    def of(self, provider: int, since: date = date.min, until: date = date.max) -> Figure:
        """Return how many of a provider's shipments of these days failed."""
        own = [number for number, whose, day in self.rows if whose == provider and since <= day <= until]
        return Figure(len(own), sum(number in self.failed for number in own))


Fates = Mapping[str, Fate]


def fates(moment: Moment) -> Fates:
    """Return how all shipments fared, by kind of failure."""
    return {
        what: Fate(tuple(WHOLE[what](moment).values_list("pk", "provider", "day")), frozenset(PART[what](moment).values_list("pk", flat=True))) for what in PART
    }


def shipped(provider: int, told: Fates) -> tuple[Shipped, ...]:
    """Return how a provider's shipments fared; nothing of what cannot be told of any of them yet (S-842-01)."""
    return tuple(_shipped(provider, what, one) for what, one in told.items() if one.of(provider).n)


def _shipped(provider: int, what: str, one: Fate) -> Shipped:
    own, every, failed = one.of(provider), len(one.rows), len(one.failed)
    firsts = sorted({day.replace(day=1) for _, whose, day in one.rows if whose == provider})
    months = [(first, first.replace(day=monthrange(first.year, first.month)[1])) for first in firsts]
    return Shipped(
        what, own, Figure(failed, own.met), difference(own.met, own.n, failed - own.met, every - own.n),
        tuple((first, last, one.of(provider, first, last)) for first, last in months),
    )  # fmt: skip


def said(provider: int, moment: Moment, told: Fates) -> list[Said]:
    """Return what a provider reported of itself beside what its shipments of the same days say, the newest first."""
    rows = Declared.objects.as_of(moment).filter(yardstick__provider=provider, yardstick__indicator__in=DECLARED).select_related("yardstick")
    found = []
    for one in rows.order_by("-start", "-id"):
        what = DECLARED[Indicator(one.yardstick.indicator)]
        failed = told[what].of(provider, one.start, one.until)
        found.append(Said(one, what, Figure(failed.n, failed.n - failed.met)))
    return found
