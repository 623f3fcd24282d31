"""What a failure costs (补救倍数): how much more a complaint takes that had to be made good than one that did not, from our own figures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum

from lingting.ledger.moment import Moment
from lingting.registers.complaints import queries
from lingting.registers.complaints.models import Complaint, Effort, Recovery
from lingting.statistics.intervals import Interval, normal

KINDS = ("minutes", "contacts", "compensation")


@dataclass(frozen=True, slots=True)
class Multiplier:
    """How many times as much a recovery case takes, from how many cases of either kind; too few of them have no interval."""

    recovered: int
    ordinary: int
    times: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class _Total:
    count: int
    mean: float
    variance: float


def multipliers(moment: Moment, *, of: Sequence[str] = KINDS) -> dict[str, Multiplier]:
    """Return the multiplier of minutes, of contacts and of compensation; one of which nothing is written down is left out.

    The interval is that of a ratio of means on the logarithm's scale (delta method).
    """
    made_good = Exists(Recovery.objects.as_of(moment).filter(complaint=OuterRef("pk")))
    found = {}
    for kind in of:
        cases = _cases(moment, kind)
        recovered, ordinary = _total(cases.filter(made_good)), _total(cases.exclude(made_good))
        if recovered and ordinary and recovered.mean and ordinary.mean:
            found[kind] = _multiplier(recovered, ordinary)
    return found


def _cases(moment: Moment, kind: str) -> QuerySet[Complaint]:
    spent = Effort.objects.as_of(moment).filter(complaint=OuterRef("pk")).order_by().values("complaint").annotate(total=Sum(kind))
    return queries.counted(moment).annotate(total=Subquery(spent.values("total")[:1])).filter(total__isnull=False)


def _total(cases: QuerySet[Complaint]) -> _Total | None:
    sums = cases.aggregate(count=Count("pk"), first=Sum("total"), second=Sum(F("total") * F("total")))
    count = sums["count"]
    if not count:
        return None
    mean = sums["first"] / count
    return _Total(count, mean, max(0.0, (sums["second"] - count * mean * mean) / (count - 1)) if count > 1 else 0.0)


def _multiplier(recovered: _Total, ordinary: _Total) -> Multiplier:
    times = recovered.mean / ordinary.mean
    if min(recovered.count, ordinary.count) < 2:  # noqa: PLR2004  # one case has no spread
        return Multiplier(recovered.count, ordinary.count, times)
    spread = math.sqrt(sum(one.variance / (one.count * one.mean * one.mean) for one in (recovered, ordinary)))
    factor = math.exp(normal() * spread)
    return Multiplier(recovered.count, ordinary.count, times, Interval(times / factor, times * factor))
