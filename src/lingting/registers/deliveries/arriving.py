"""Arriving (到货): which shipments came late and which came to harm, reckoned from what the system of record reported of each; nobody enters these counts.

A shipment is late if it arrived after the first day that was given for it, later days notwithstanding, or has not arrived although that day is over. What
was returned or lost never arrives and is in no share of lateness; without a day given nothing can be late.
"""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.deliveries import queries
from lingting.registers.deliveries.models import FINAL, Shipment, Status, Tracked


def _events(moment: Moment) -> RecordQuerySet[Any]:
    return Tracked.objects.as_of(moment).filter(shipment=OuterRef("pk")).order_by("at", "id")


def timed(moment: Moment) -> RecordQuerySet[Any]:
    """Return the shipments of which it is known whether they came in time, each with `day` (the first one given) and `arrived`."""
    events = _events(moment)
    rows: RecordQuerySet[Any] = Shipment.objects.as_of(moment).annotate(
        day=Subquery(events.filter(expected__isnull=False).values("expected")[:1]),
        arrived=Subquery(events.filter(status=Status.DELIVERED).values("at")[:1]),
    )
    gone = Exists(events.filter(status__in=(Status.RETURNED, Status.LOST)))
    return rows.filter(Q(arrived__isnull=False) | Q(day__lt=localdate(moment.at)), ~gone, day__isnull=False)


def late(moment: Moment) -> RecordQuerySet[Any]:
    """Return those of them that came after that day, or have not come although it is over."""
    return timed(moment).filter(Q(arrived=None) | Q(arrived__date__gt=F("day")))


def ended(moment: Moment) -> RecordQuerySet[Any]:
    """Return the shipments that came to an end, each with the `day` on which."""
    last = _events(moment).filter(status__in=FINAL).values("at__date")[:1]
    return queries.ended(moment).annotate(day=Subquery(last))


def harmed(moment: Moment) -> RecordQuerySet[Any]:
    """Return those of them that came to it damaged, or were lost."""
    return ended(moment).filter(pk__in=queries.damaged(moment).values("pk"))
