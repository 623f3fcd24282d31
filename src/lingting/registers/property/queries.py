"""What is true of customer property (顾客财产) as of a moment."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.property.models import Class, Compensated, Harmed, Held, Item, Moved, Photo, Reported, Returned, Told

TELL_WITHIN = period("property.tell-within", timedelta(hours=4))
"""How soon the owner hears of harm; a house default, shown as ours."""


def received(moment: Moment) -> RecordQuerySet[Item]:
    """Return everything that ever came into our hands."""
    return Item.objects.as_of(moment)


def held(moment: Moment) -> RecordQuerySet[Item]:
    """Return what is in our hands now."""
    return received(moment).exclude(Exists(Returned.objects.as_of(moment).filter(item=OuterRef("pk"))))


def returned(moment: Moment) -> RecordQuerySet[Item]:
    """Return what was given back or disposed of."""
    return received(moment).filter(Exists(Returned.objects.as_of(moment).filter(item=OuterRef("pk"))))


def untold(moment: Moment) -> RecordQuerySet[Item]:
    """Return what was received, and whose owner was never told how it is handled and controlled."""
    return received(moment).exclude(Exists(Told.objects.as_of(moment).filter(item=OuterRef("pk"))))


def unplaced(moment: Moment) -> RecordQuerySet[Item]:
    """Return what is held although nobody wrote down where it is, or in whose hands."""
    moved = Moved.objects.as_of(moment).filter(item=OuterRef("pk"))
    return held(moment).filter(Q(place="") | Q(custodian="")).exclude(Exists(moved))


def harmed(moment: Moment) -> RecordQuerySet[Harmed]:
    """Return every harm found to property."""
    return Harmed.objects.as_of(moment)


def harm_due(moment: Moment) -> RecordQuerySet[Harmed]:
    """Return the harms of which the owner had to hear by now, or has heard."""
    reported = Reported.objects.as_of(moment).filter(harmed=OuterRef("pk"))
    return harmed(moment).filter(Q(at__lte=moment.at - TELL_WITHIN) | Q(Exists(reported)))


def unreported(moment: Moment) -> RecordQuerySet[Harmed]:
    """Return the harms of which the owner did not hear from us in time, or found out before us."""
    in_time = Reported.objects.as_of(moment).filter(harmed=OuterRef("pk"), at__lte=OuterRef("at") + TELL_WITHIN, first_from_us=True)
    return harm_due(moment).exclude(Exists(in_time))


def data(moment: Moment) -> RecordQuerySet[Item]:
    """Return the personal data that are held."""
    return held(moment).filter(category=Class.DATA)


def data_ungrounded(moment: Moment) -> RecordQuerySet[Item]:
    """Return the personal data held without a ground, or longer than was said."""
    ground = Held.objects.as_of(moment).filter(item=OuterRef("pk"), until__gte=localdate(moment.at))
    return data(moment).exclude(Exists(ground))


def undescribed_returns(moment: Moment) -> RecordQuerySet[Item]:
    """Return what was given back without anybody writing down in what condition it came or went."""
    described = Returned.objects.as_of(moment).filter(item=OuterRef("pk")).exclude(condition="")
    return returned(moment).filter(Q(condition="") | ~Exists(described))


def without_intake(moment: Moment) -> RecordQuerySet[Item]:
    """Return what was given back although nobody had written down in what condition it came: whether it was harmed with us cannot be told."""
    return returned(moment).filter(condition="")


stands = Stands(("untold", untold), ("unplaced", unplaced), ("without_intake", without_intake), ("returned", returned), ("held", held))
"""How an item stands, the worst first."""


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    items = Item.objects.filter(party__in=parties)
    return [
        *items, *Told.objects.filter(item__in=items), *Harmed.objects.filter(item__in=items),
        *Reported.objects.filter(harmed__item__in=items), *Compensated.objects.filter(harmed__item__in=items),
        *Returned.objects.filter(item__in=items), *Photo.objects.filter(item__in=items),
    ]  # fmt: skip
