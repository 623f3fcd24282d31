"""Returning (留存): who orders again and who stays away, by the month of their first order, and what stood before it; nothing here claims a cause."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.orders import queries
from lingting.statistics.parts import Part

GONE_AFTER = period("orders.gone-after", timedelta(days=60))
"""A customer who has not ordered for as long as this is counted as gone, until they order again; a house default."""

RETURN_WITHIN = period("orders.return-within", timedelta(days=30))
"""Whoever orders within this time after a conversation came back; a house default."""

AGAIN_WITHIN = period("orders.again-within", timedelta(days=90))
"""Whoever orders again within this time after their first order returned; a house default."""

FOLLOWED = 6
"""Months after the first for which a cohort is followed."""

Month = tuple[int, int]


def month_of(at: datetime) -> Month:
    """Return the month of a moment where we are."""
    local = localtime(at)
    return local.year, local.month


def later(month: Month, by: int) -> Month:
    """Return the month so many months on.

    >>> later((2026, 11), 3)
    (2027, 2)
    """
    count = month[0] * 12 + month[1] - 1 + by
    return count // 12, count % 12 + 1


def written(month: Month) -> str:
    """Return a month as it is written.

    >>> written((2026, 7))
    '2026-07'
    """
    return f"{month[0]}-{month[1]:02}"


def ordered(moment: Moment, parties: Iterable[int] | None = None) -> dict[int, list[datetime]]:
    """Return when each customer's orders were accepted, oldest first."""
    rows: RecordQuerySet[Any] = queries.accepted(moment).filter(party__isnull=False)
    if parties is not None:
        rows = rows.filter(party__in=list(parties))
    found: dict[int, list[datetime]] = {}
    for party, at in rows.values_list("party", "accepted_at"):
        found.setdefault(party, []).append(at)
    return {party: sorted(times) for party, times in found.items()}


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those whose first order fell into one month: who ordered in each month after it that is over, and who is gone; None where nobody can know yet."""

    month: Month
    parties: frozenset[int]
    back: tuple[frozenset[int] | None, ...]
    gone: frozenset[int] | None


def cohorts(moment: Moment) -> list[Cohort]:
    """Return the cohorts, oldest first (S-SVC-29)."""
    times = ordered(moment)
    by_month: dict[Month, set[int]] = {}
    for party, ones in times.items():
        by_month.setdefault(month_of(ones[0]), set()).add(party)
    running, months = month_of(moment.at), {party: {month_of(one) for one in ones} for party, ones in times.items()}
    found = []
    for month, members in sorted(by_month.items()):
        back = tuple(
            frozenset(one for one in members if later(month, by) in months[one]) if later(month, by) < running else None for by in range(1, FOLLOWED + 1)
        )
        # A cohort is old enough once its youngest member could have been away so long.
        old = all(times[one][0] <= moment.at - GONE_AFTER for one in members)
        gone = frozenset(one for one in members if times[one][-1] <= moment.at - GONE_AFTER) if old else None
        found.append(Cohort(month, frozenset(members), back, gone))
    return found


@dataclass(frozen=True, slots=True)
class Loyal:
    """When a customer first ordered, whether they did again soon, and whether they still order; None where it is too early to know."""

    first: datetime
    again: bool | None
    stays: bool | None


def loyal(moment: Moment) -> dict[int, Loyal]:
    """Return of each customer whether they returned and whether they stay, reckoned from orders alone (S-SVC-05)."""
    found = {}
    for party, times in ordered(moment).items():
        first = times[0]
        again = any(one <= first + AGAIN_WITHIN for one in times[1:]) if first <= moment.at - AGAIN_WITHIN else None
        stays = times[-1] > moment.at - GONE_AFTER if first <= moment.at - GONE_AFTER else None
        found[party] = Loyal(first, again, stays)
    return found


def by_quality(moment: Moment, talks: Any, amiss: Collection[int]) -> tuple[Part, Part]:
    """Return who came back after a conversation in which nothing grave was heard against a norm, and after one in which something was (S-BANK-13).

    Each customer counts once, with their first conversation of `talks` (those listened to) that is old enough; `amiss` are those in which something was.
    """
    rows = talks.filter(party__isnull=False, at__lte=moment.at - RETURN_WITHIN).order_by("at", "id")
    first: dict[int, tuple[int, datetime]] = {}
    for number, party, at in rows.values_list("pk", "party", "at"):
        first.setdefault(party, (number, at))
    times = ordered(moment, first)
    back = {party for party, (_, at) in first.items() if any(at < one <= at + RETURN_WITHIN for one in times.get(party, ()))}
    sides = [frozenset(party for party, (number, _) in first.items() if (number in amiss) is bad) for bad in (False, True)]
    return Part(sides[0], sides[0] & back), Part(sides[1], sides[1] & back)
