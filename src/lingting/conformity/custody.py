"""What several registers say together of customer property (顾客财产): who keeps it, which weights stand, how long a harm was known, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.instruments.models import Calibrated, Quarantined, Released
from lingting.registers.property import queries as property_
from lingting.registers.property.models import Class, Compensated, Harmed, Held, Item, Moved, Photo, Reported, Returned, Told, Weighed


def doubtful(rows: Any, moment: Moment) -> RecordQuerySet[Any]:
    """Keep the weighings whose instrument was out of date or quarantined when it weighed (超期使用)."""
    dated = rows.exclude(weighed_with=None).annotate(day=TruncDate("at", tzinfo=settings.LINGTING["ZONE"]))
    mine = {"instrument": OuterRef("weighed_with"), "at__lte": OuterRef("at")}
    good = Calibrated.objects.as_of(moment).filter(**mine, left_fit=True, due__gte=OuterRef("day"))
    lifted = Released.objects.as_of(moment).filter(quarantined=OuterRef("pk"), at__lte=OuterRef(OuterRef("at")))
    locked = Quarantined.objects.as_of(moment).filter(**mine, version=None).exclude(Exists(lifted))
    found: RecordQuerySet[Any] = dated.filter(~Exists(good) | Exists(locked))
    return found


def to_weigh_again(moment: Moment) -> RecordQuerySet[Item]:
    """Return what is in our hands and whose newest weight rests on an instrument that was not fit."""
    newest = Weighed.objects.as_of(moment).filter(item=OuterRef("pk")).order_by("-at", "-id").values("pk")[:1]
    rows: RecordQuerySet[Any] = property_.held(moment).annotate(newest=Subquery(newest))
    again = Q(newest__in=doubtful(Weighed.objects.as_of(moment), moment).values("pk"))
    return rows.filter(again | Q(newest=None, pk__in=doubtful(Item.objects.as_of(moment), moment).values("pk")))


def unreported(moment: Moment) -> RecordQuerySet[Item]:
    """Return what was harmed and of which its owner did not hear from us in time, or has not heard and still could."""
    told = Reported.objects.as_of(moment).filter(harmed=OuterRef("pk"))
    waiting = Q(pk__in=property_.unreported(moment).values("pk")) | ~Exists(told)
    return property_.received(moment).filter(pk__in=property_.harmed(moment).filter(waiting).values("item"))


def wanting(moment: Moment) -> RecordQuerySet[Item]:
    """Return everything about which something is missing or must be done."""
    gaps = (unreported, property_.untold, property_.data_ungrounded, property_.unplaced, to_weigh_again, property_.without_intake)
    any_of = Q(*(("pk__in", gap(moment).values("pk")) for gap in gaps), _connector=Q.OR)
    return property_.received(moment).filter(any_of)


@dataclass(frozen=True, slots=True)
class Weight:
    """A weighing: what it showed, in thousandths of a kilogram, when, by which instrument, and whether that was fit then."""

    value: int
    at: datetime
    instrument: Any
    trusted: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a harm has been known: since when, until its owner was told, or until the moment asked about."""

    harmed: Harmed
    report: Reported | None
    until: datetime
    made_good: tuple[Compensated, ...] = ()

    @property
    def elapsed(self) -> timedelta:
        """Return how long it took, or takes."""
        return self.until - self.harmed.at

    @property
    def over(self) -> bool:
        """Tell whether it took longer than the house allows."""
        return self.elapsed > property_.TELL_WITHIN

    @property
    def heard_elsewhere(self) -> bool:
        """Tell whether the owner found out before we told him."""
        return self.report is not None and not self.report.first_from_us

    @property
    def well(self) -> bool:
        """Tell whether the owner heard it from us, first and in time."""
        return self.report is not None and not self.over and not self.heard_elsewhere


@dataclass(frozen=True, slots=True)
class Bead:
    """A bead of the custody chain (保管链): from when on who kept the item, and where."""

    at: datetime
    keeper: str
    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Custody:
    """Everything that is known of an item in our care."""

    item: Item
    notices: tuple[Told, ...]
    moves: tuple[Moved, ...]
    clocks: tuple[Clock, ...]
    ground: Held | None
    weights: tuple[Weight, ...]
    photos: tuple[Photo, ...]
    returned: Returned | None
    today: date

    @property
    def keeper(self) -> str:
        """Return who has it now."""
        return self.moves[-1].custodian if self.moves else self.item.custodian

    @property
    def place(self) -> str:
        """Return where it lies now."""
        return self.moves[-1].place if self.moves else self.item.place

    @property
    def beads(self) -> list[Bead]:
        """Return the chain from receipt to return."""
        first = Bead(self.item.at, self.item.custodian, self.item.place, "received")
        last = [Bead(self.returned.at, self.returned.to, "", "disposed" if self.returned.disposed else "returned")] if self.returned else []
        return [first, *(Bead(one.at, one.custodian, one.place, "moved") for one in self.moves), *last]

    @property
    def ungrounded(self) -> bool:
        """Tell whether these are personal data held without a ground that still holds."""
        return self.item.category == Class.DATA and not self.returned and (self.ground is None or self.ground.until < self.today)

    @property
    def no_intake(self) -> bool:
        """Tell whether nobody wrote down in what condition it came."""
        return self.item.condition == "" and not self.item.erased

    @property
    def weigh_again(self) -> bool:
        """Tell whether its newest weight cannot be trusted while it is still here."""
        return bool(self.weights) and not self.weights[-1].trusted and self.returned is None

    def pictures(self, side: str) -> list[Photo]:
        """Return the photographs of one side."""
        return [one for one in self.photos if one.side == side]


def custody(items: Sequence[Item], moment: Moment) -> list[Custody]:
    """Return what is known of these items; a fixed number of questions, however many there are."""
    numbers = [item.pk for item in items]

    def of(model: Any, path: str = "item_id") -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {number: [] for number in numbers}
        for row in model.objects.as_of(moment).filter(**{f"{path.removesuffix('_id')}__in": numbers}).order_by("at", "id"):
            found[getattr(row, path)].append(row)
        return found

    told, moved, harmed, grounds, returned, photos = (of(model) for model in (Told, Moved, Harmed, Held, Returned, Photo))
    reports = {row.harmed_id: row for row in Reported.objects.as_of(moment).filter(harmed__item__in=numbers).order_by("-at", "-id")}
    made_good: dict[int, list[Compensated]] = {}
    for good in Compensated.objects.as_of(moment).filter(harmed__item__in=numbers).order_by("at", "id"):
        made_good.setdefault(good.harmed_id, []).append(good)
    weights = _weights(numbers, moment)
    return [
        Custody(
            item, tuple(told[item.pk]), tuple(moved[item.pk]),
            tuple(_clock(one, reports.get(one.pk), made_good.get(one.pk, ()), moment) for one in harmed[item.pk]),
            max(grounds[item.pk], key=lambda one: one.until, default=None), tuple(weights[item.pk]), tuple(photos[item.pk]),
            next(iter(returned[item.pk]), None), localdate(moment.at),
        )
        for item in items
    ]  # fmt: skip


def _clock(harmed: Harmed, report: Reported | None, made_good: Sequence[Compensated], moment: Moment) -> Clock:
    return Clock(harmed, report, report.at if report else moment.at, tuple(made_good))


def _weights(numbers: Sequence[int], moment: Moment) -> dict[int, list[Weight]]:
    found: dict[int, list[Weight]] = {number: [] for number in numbers}
    first = Item.objects.as_of(moment).filter(pk__in=numbers)
    again = Weighed.objects.as_of(moment).filter(item__in=numbers)
    for rows, number in ((first.exclude(weight=None), "pk"), (again, "item_id")):
        doubted = set(doubtful(rows, moment).values_list("pk", flat=True))
        for row in rows.select_related("weighed_with").order_by("at", "id"):
            found[getattr(row, number)].append(Weight(row.weight, row.at, row.weighed_with, row.pk not in doubted))
    return found
