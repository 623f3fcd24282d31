"""Whom something reaches (波及谁): the orders within a scope – since when, which product, by whose hands, at which place, in which words – and their customers.

Registers that must know (an emergency, a change) ask here, so that each reckons alike and none imports another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from lingting.ledger.moment import Moment


@dataclass(frozen=True, slots=True)
class Scope:
    """What something reaches; whatever is not given does not narrow it.

    Args:
        since: orders placed from then on; without it, those that are not closed.
        until: orders placed up to then.
        words: orders with these words in them.
        place: orders loaded or delivered there, or last reported there.
        offering: orders of this product or service.
        provider: orders of which a part that has not arrived is in this provider's hands.
    """

    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    place: str = ""
    offering: int | None = None
    provider: int | None = None

    @property
    def given(self) -> bool:
        """Tell whether anything is, so that the scope can be reckoned at all."""
        return bool(self.since or self.place or self.offering or self.provider)


def customers(scope: Scope, at: datetime) -> Mapping[int, list[str]]:
    """Return the customers that a scope reaches as of a moment, each with the codes of the orders that make him one."""
    found: dict[int, list[str]] = {}
    for party, code in _orders(scope, Moment(at)).order_by("at", "id").values_list("party_id", "code"):
        found.setdefault(party, []).append(code)
    return found


def _orders(scope: Scope, moment: Moment) -> Any:
    rows = _model("orders.order").objects.as_of(moment)
    closed = Exists(_model("orders.closed").objects.as_of(moment).filter(order=OuterRef("pk")))
    rows = rows.filter(at__gte=scope.since) if scope.since else rows.exclude(closed)
    if scope.until:
        rows = rows.filter(at__lte=scope.until)
    if scope.words:
        rows = rows.filter(what__icontains=scope.words)
    if scope.offering:
        rows = rows.filter(offering=scope.offering)
    if scope.provider:
        rows = rows.filter(Exists(_under_way(moment).filter(order=OuterRef("pk"), provider=scope.provider)))
    if scope.place:
        here = Exists(_under_way(moment, place=scope.place).filter(order=OuterRef("pk")))
        rows = rows.filter(Q(loading__icontains=scope.place) | Q(delivery__icontains=scope.place) | here)
    return rows


def _under_way(moment: Moment, *, place: str = "") -> Any:
    """Return the shipments that have not arrived; with a place, those last reported there."""
    events = _model("deliveries.tracked").objects.as_of(moment).filter(shipment=OuterRef("pk"))
    rows = _model("deliveries.shipment").objects.as_of(moment).exclude(Exists(events.filter(status__in=("delivered", "returned", "lost"))))
    if place:
        later = _model("deliveries.tracked").objects.as_of(moment).filter(shipment=OuterRef("shipment"), at__gt=OuterRef("at"))
        rows = rows.filter(Exists(events.filter(place__icontains=place).exclude(Exists(later))))
    return rows


def _model(label: str) -> Any:
    return apps.get_model(label)
