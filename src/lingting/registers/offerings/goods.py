"""Goods (货物) with a rule of their own: banned, dangerous, or to be kept at a temperature – the list against which a name of goods is checked."""

import operator
import re
from functools import reduce

from django.db import models
from django.db.models import Exists, OuterRef, Q

from lingting.inspection.normalise import plain
from lingting.ledger.models import Entered, FixedField, RecordQuerySet
from lingting.ledger.moment import Moment


class Goods(Entered):
    """Goods are on the list under these names, parted by 、: a law or the house bans them, asks for care, or says how cold and how warm they may be."""

    class Rule(models.TextChoices):
        """What is ruled: not carried at all, only under conditions, or only at a temperature."""

        BANNED = "banned"
        DANGEROUS = "dangerous"
        TEMPERATURE = "temperature"

    code = models.CharField(max_length=60)
    names = models.TextField()
    but = models.TextField(blank=True, default="")
    rule = models.CharField(max_length=12, choices=Rule)
    coldest = FixedField(places=1, null=True)
    warmest = FixedField(places=1, null=True)
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Delisted(Entered):
    """The rule no longer holds, or another takes its place."""

    goods = models.ForeignKey(Goods, on_delete=models.PROTECT, related_name="ends")
    reason = models.TextField()


def listed(moment: Moment) -> RecordQuerySet[Goods]:
    """Return the rules for goods that hold."""
    return Goods.objects.as_of(moment).exclude(Exists(Delisted.objects.as_of(moment).filter(goods=OuterRef("pk"))))


def names(words: str) -> list[str]:
    """Return the names that stand in a column, parted by 、, commas, semicolons or lines.

    >>> names("冰淇淋、雪糕, ice cream")
    ['冰淇淋', '雪糕', 'ice cream']
    """
    return [name for one in re.split("[、,，;；\n]", words) if (name := one.strip())]


def ruled(name: str, moment: Moment) -> list[Goods]:
    """Return the rules that a name of goods falls under, the strictest first."""
    told, order = plain(name), list(Goods.Rule.values)
    found = [
        row for row in listed(moment)
        if any(plain(one) in told for one in names(row.names)) and not any(plain(one) in told for one in names(row.but))
    ]  # fmt: skip
    return sorted(found, key=lambda row: (order.index(row.rule), row.code))


def named_in(column: str, row: Goods) -> Q:
    """Return the condition that a column of words names these goods."""

    def any_of(words: str) -> Q:
        return reduce(operator.or_, (Q(**{f"{column}__icontains": one}) for one in names(words)), Q(pk=None))

    return any_of(row.names) & ~any_of(row.but)
