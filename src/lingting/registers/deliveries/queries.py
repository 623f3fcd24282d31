"""What is true of deliveries (交付) and of what is owed after them, as of a moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.deliveries.models import (
    FINAL,
    Activity,
    Cancelled,
    Decided,
    Done,
    Fulfilled,
    Linked,
    RecallNotice,
    Return,
    Shipment,
    Sort,
    Status,
    Term,
    Tracked,
)

STATUS_WITHIN = period("deliveries.status-within", timedelta(hours=24))
"""How soon a shipment shows a status; a house default."""

LINK_WITHIN = period("deliveries.link-within", timedelta(hours=48))
"""How soon an ended conversation says which order it was about (or none, and why); a house default."""

DAY = timedelta(days=1)


def _of(model: type[Record], moment: Moment, **outer: str) -> RecordQuerySet[Any]:
    rows: RecordQuerySet[Any] = model.objects.as_of(moment)
    return rows.filter(**{name: OuterRef(place) for name, place in outer.items()})


def shipments(moment: Moment) -> RecordQuerySet[Shipment]:
    """Return the shipments that should show a status by now, or show one."""
    rows = Shipment.objects.as_of(moment)
    return rows.filter(Q(at__lte=moment.at - STATUS_WITHIN) | Q(Exists(_of(Tracked, moment, shipment="pk"))))


def unclear(moment: Moment) -> RecordQuerySet[Shipment]:
    """Return the shipments that show no status, two at the same time, or a move after the end."""
    events = _of(Tracked, moment, shipment="pk")
    twin = Tracked.objects.as_of(moment).filter(shipment=OuterRef("shipment"), at=OuterRef("at")).exclude(status=OuterRef("status"))
    end = Tracked.objects.as_of(moment).filter(shipment=OuterRef("shipment"), at__lt=OuterRef("at"), status__in=FINAL).exclude(status=OuterRef("status"))
    return shipments(moment).filter(~Exists(events) | Exists(events.filter(Exists(twin) | Exists(end))))


def shared_number(moment: Moment) -> RecordQuerySet[Shipment]:
    """Return the shipments of one carrier that bear the same number: which is meant cannot be told."""
    rows = Shipment.objects.as_of(moment).exclude(number="")
    return rows.filter(Exists(_of(Shipment, moment, provider="provider", number="number").exclude(pk=OuterRef("pk"))))


def delivered(moment: Moment) -> RecordQuerySet[Shipment]:
    """Return the shipments that arrived at the customer."""
    return Shipment.objects.as_of(moment).filter(Exists(_of(Tracked, moment, shipment="pk").filter(status=Status.DELIVERED)))


def under_way(moment: Moment) -> RecordQuerySet[Shipment]:
    """Return the shipments that have not come to an end."""
    return Shipment.objects.as_of(moment).exclude(Exists(_of(Tracked, moment, shipment="pk").filter(status__in=FINAL)))


def ended(moment: Moment) -> RecordQuerySet[Shipment]:
    """Return the shipments that came to an end, good or bad."""
    return Shipment.objects.as_of(moment).filter(Exists(_of(Tracked, moment, shipment="pk").filter(status__in=FINAL)))


def damaged(moment: Moment) -> RecordQuerySet[Shipment]:
    """Return the shipments that came to their end damaged, or were lost."""
    harm = _of(Tracked, moment, shipment="pk").filter(Q(damaged=True) | Q(status=Status.LOST))
    return ended(moment).filter(Exists(harm))


@dataclass(frozen=True, slots=True)
class Tracking:
    """What the system of record knew of a shipment at a moment: what an agent must have told."""

    status: str
    place: str
    departed: datetime | None
    origin: str
    expected: date | None


def tracking(shipment: Shipment, moment: Moment) -> Tracking | None:
    """Return where a shipment stood at a moment, or nothing if nothing was reported."""
    events = list(Tracked.objects.as_of(moment).filter(shipment=shipment).order_by("at", "id"))
    if not events:
        return None
    left = next((event for event in events if event.status == Status.PICKED), None)
    expected = next((event.expected for event in reversed(events) if event.expected), None)
    return Tracking(events[-1].status, events[-1].place, left.at if left else None, left.place if left else "", expected)


def linked(moment: Moment) -> RecordQuerySet[Linked]:
    """Return what conversations were said to be about."""
    return Linked.objects.as_of(moment)


def about_nothing(moment: Moment) -> RecordQuerySet[Linked]:
    """Return the conversations that are about no order, shipment or offering, with the reason."""
    return linked(moment).filter(order=None, shipment=None, offering=None)


def terms(moment: Moment) -> RecordQuerySet[Term]:
    """Return the terms of orders, each with its `deadline`: its own, else the promise's as last put off with the customer's word."""
    put_off = "promise__postponements"
    last = Term.objects.filter(pk=OuterRef("pk"), **{f"{put_off}__at__lte": moment.at}).order_by(f"-{put_off}__at").values(f"{put_off}__due")[:1]
    return Term.objects.as_of(moment).annotate(deadline=Coalesce(Subquery(last), F("due"), F("promise__due")))


def _met(moment: Moment, by: Any) -> Q:
    """Tell that the term outside was fulfilled, or its promise kept, by a time."""
    kept = Q(promise__kept__at__lte=by) & Q(promise__kept__at__lte=moment.at)
    return Q(Exists(_of(Fulfilled, moment, term="pk").filter(at__lte=OuterRef("deadline")))) | kept


def standing(moment: Moment) -> RecordQuerySet[Term]:
    """Return the terms that bind: a promise openly withdrawn before its time – its condition did not come about, say – binds no longer."""
    gone = Q(promise__withdrawn__at__lte=moment.at) & (Q(deadline=None) | Q(promise__withdrawn__at__lte=F("deadline")))
    return terms(moment).exclude(pk__in=terms(moment).filter(gone).values("pk"))


def breached(moment: Moment) -> RecordQuerySet[Term]:
    """Return the terms that were not fulfilled by their time: a breach of contract, no mere discourtesy."""
    met = terms(moment).filter(_met(moment, F("deadline"))).values("pk")
    return standing(moment).filter(deadline__lte=moment.at).exclude(pk__in=met)


def unarranged(moment: Moment) -> RecordQuerySet[Term]:
    """Return the terms of which nobody arranged who does it, how, with what or by when."""
    return standing(moment).filter(Q(who="") | Q(how="") | Q(means="") | Q(deadline=None))


def activities(moment: Moment) -> RecordQuerySet[Activity]:
    """Return what is due after delivery and was not cancelled before its time, each with `done_at`."""
    done = Subquery(_of(Done, moment, activity="pk").order_by("at").values("at")[:1])
    off = _of(Cancelled, moment, activity="pk").filter(at__lte=OuterRef("due"))
    return Activity.objects.as_of(moment).exclude(Exists(off)).annotate(done_at=done)


def due(moment: Moment) -> RecordQuerySet[Activity]:
    """Return the activities whose time is up, or that were done before."""
    return activities(moment).filter(Q(due__lte=moment.at) | Q(done_at__isnull=False))


def late(moment: Moment) -> RecordQuerySet[Activity]:
    """Return the activities that were not done in time: late, or not at all."""
    return activities(moment).filter(due__lte=moment.at).filter(Q(done_at=None) | Q(done_at__gt=F("due")))


def overdue(moment: Moment) -> RecordQuerySet[Activity]:
    """Return the activities past their time that nobody has done yet."""
    return activities(moment).filter(due__lte=moment.at, done_at=None)


def visits_overdue(moment: Moment) -> RecordQuerySet[Activity]:
    """Return the follow-up calls past their time."""
    return overdue(moment).filter(sort=Sort.VISIT)


def empties_overdue(moment: Moment) -> RecordQuerySet[Activity]:
    """Return the crates and other empties past the day of their return."""
    return overdue(moment).filter(sort=Sort.EMPTIES)


def waiting(moment: Moment) -> RecordQuerySet[Activity]:
    """Return the activities that are not due yet."""
    return activities(moment).filter(due__gt=moment.at, done_at=None)


def finished(moment: Moment) -> RecordQuerySet[Activity]:
    """Return the activities that were done."""
    return activities(moment).filter(done_at__isnull=False)


def returns(moment: Moment) -> RecordQuerySet[Return]:
    """Return the returns that were decided, each with whether it was `granted`."""
    newest = _of(Decided, moment, case="pk").order_by("-at", "-id").values("granted")[:1]
    return Return.objects.as_of(moment).annotate(granted=Subquery(newest)).filter(granted__isnull=False)


def undecided(moment: Moment) -> RecordQuerySet[Return]:
    """Return the returns that nobody has decided."""
    return Return.objects.as_of(moment).exclude(Exists(_of(Decided, moment, case="pk")))


def unlawful(moment: Moment) -> RecordQuerySet[Return]:
    """Return the returns refused although the law gave the customer the right and its days were not over, or refused without naming any law."""
    period = ExpressionWrapper(F("statute__days") * DAY, output_field=DurationField())
    held = Q(asked__lte=ExpressionWrapper(F("received") + period, output_field=DateField()), excluded="")
    return returns(moment).filter(granted=False).filter(held | Q(statute=None))


def unwarned(recall: Any, moment: Moment) -> RecordQuerySet[Any]:
    """Return the orders of what is called back, placed before, whose customer was not told of it."""
    told = RecallNotice.objects.as_of(moment).filter(recall=recall, order=OuterRef("pk"))
    rows: RecordQuerySet[Any] = recall.offering.orders.as_of(moment).filter(at__lte=recall.at).exclude(Exists(told))
    return rows


stands = Stands(("unclear", unclear), ("shared_number", shared_number), ("damaged", damaged), ("delivered", delivered), ("under_way", under_way))
"""How a shipment stands, the worst first."""


activity_stands = Stands(("overdue", overdue), ("late", late), ("waiting", waiting), ("finished", finished))
"""How an activity stands, the worst first."""


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    return [
        *Term.objects.filter(order__party__in=parties), *Done.objects.filter(activity__order__party__in=parties),
        *Return.objects.filter(order__party__in=parties),
    ]  # fmt: skip
