"""Goods (货物) in orders, held against the list of what is banned or must be kept at a temperature."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.offerings.goods import Goods, listed, named_in
from lingting.registers.orders.models import Line, Order

DEGREES = ("℃", "°C", "度", "温", "temperature")
"""Words by which an order says at what temperature."""


def banned(accepted: RecordQuerySet[Order], moment: Moment) -> RecordQuerySet[Order]:
    """Return those of these accepted orders whose goods were banned when we said yes."""
    return _named(accepted, moment, Goods.Rule.BANNED)


def without_temperature(accepted: RecordQuerySet[Order], moment: Moment) -> RecordQuerySet[Order]:
    """Return those of these accepted orders whose goods had to be kept at a temperature while nothing in the order says one."""
    told, line = Q(pk=None), Q(pk=None)
    for word in DEGREES:
        told |= Q(what__icontains=word)
        line |= Q(value__icontains=word) | Q(name__icontains=word)
    lines = Line.objects.as_of(moment).filter(line, order=OuterRef("pk"))
    return _named(accepted, moment, Goods.Rule.TEMPERATURE).exclude(told).exclude(Exists(lines))


def _named(accepted: RecordQuerySet[Order], moment: Moment, rule: str) -> RecordQuerySet[Any]:
    """Return the orders that name goods under a rule, in their own words or in a line; only a rule that stood when we said yes counts."""
    lines, found = Line.objects.as_of(moment), Q(pk=None)
    for row in listed(moment).filter(rule=rule):
        named = named_in("what", row) | Q(Exists(lines.filter(named_in("value", row), order=OuterRef("pk"))))
        found |= Q(accepted_at__gte=row.at) & named
    return accepted.filter(found)
