"""What was measured, against the limits that held then; and what was said while it was too loud."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.ledger.stretches import Stretch, through, without
from lingting.records.kind import kinds
from lingting.records.stands import Stands
from lingting.registers.surroundings.choices import PHYSICAL, SPANS, Measured
from lingting.registers.surroundings.models import Condition, Limit, Reading, Remedied, Shift
from lingting.registers.surroundings.queries.places import conditions

R = TypeVar("R", bound=Record)

SPEAKS_FOR = timedelta(hours=1)
"""How long a reading tells how loud it is; then nobody knows. A house default, shown as ours."""

REMEDY_COVERS = timedelta(hours=24)
"""What was done about a value covers the readings of the same thing so long before and after."""

LONGEST_SHIFT = timedelta(hours=24)
"""No shift is longer; those that began earlier need not be looked at."""

DISTURBED_NORMS = ("pace.outside", "comprehension.asked", "backchannel.missing")
"""Norms of pace and clarity: in noise nobody is held to them."""


def judged(moment: Moment) -> RecordQuerySet[Reading]:
    """Return the readings for which a limit held when they were taken, each with the number of the limit as `bound`."""
    limits = Limit.objects.as_of(moment).filter(place=OuterRef("place"), factor=OuterRef("factor"), at__lte=OuterRef("at")).order_by("-at", "-id")
    return Reading.objects.as_of(moment).annotate(bound=Subquery(limits.values("pk")[:1])).filter(bound__isnull=False)


def out_of_limit(moment: Moment) -> RecordQuerySet[Reading]:
    """Return the readings outside the limit that held then; on the limit is within it."""
    beyond = Limit.objects.filter(pk=OuterRef("bound")).filter(Q(lowest__gt=OuterRef("value")) | Q(highest__lt=OuterRef("value")))
    return judged(moment).filter(Exists(beyond))


def untreated(moment: Moment) -> RecordQuerySet[Reading]:
    """Return the readings outside their limit about which nobody did anything within a day."""
    remedies = Remedied.objects.as_of(moment).filter(
        reading__place=OuterRef("place"), reading__factor=OuterRef("factor"),
        reading__at__gte=OuterRef("at") - REMEDY_COVERS, reading__at__lte=OuterRef("at") + REMEDY_COVERS,
    )  # fmt: skip
    return out_of_limit(moment).exclude(Exists(remedies))


def indicated(moment: Moment) -> RecordQuerySet[Reading]:
    """Return the readings of an instrument that was not shown to be fit when it read, or in quarantine: indications, which nothing rests on alone (7.1.5.1).

    Calibrations are few and readings are many: the spells in which each instrument was fit are reckoned first.
    """
    fit = [
        When(instrument=number, then=reduce(or_, (Q(at__gte=start, at__lt=end) for start, end in spells))) for number, spells in _fit(moment).items() if spells
    ]
    return Reading.objects.as_of(moment).exclude(Q(Case(*fit, default=Value(value=False), output_field=BooleanField())))


def _fit(moment: Moment) -> dict[int, list[Stretch]]:
    """Return when each instrument was fit: from a good calibration to the end of the day until which it holds, quarantines taken out."""
    calibrated, quarantined, released = (kinds()[f"instruments.{name}"].model.objects.as_of(moment) for name in ("calibrated", "quarantined", "released"))
    spells: dict[int, list[Stretch]] = {}
    for number, at, due in calibrated.filter(left_fit=True, due__isnull=False).values_list("instrument", "at", "due"):
        spells.setdefault(number, []).append(through(at, due))
    lifted = Subquery(released.filter(quarantined=OuterRef("pk")).order_by("at").values("at")[:1])
    for number, start, until in quarantined.annotate(lifted=lifted).values_list("instrument", "at", "lifted"):
        spells[number] = without(spells.get(number, ()), start, until or datetime.max.replace(tzinfo=UTC))
    return spells


reading_stands = Stands(("indicated", indicated), ("untreated", untreated), ("out_of_limit", out_of_limit))
"""The list in which a reading stands, what cannot be relied on first."""


def applying(moment: Moment) -> RecordQuerySet[Condition]:
    """Return the physical factors that apply: they have to be measured."""
    return conditions(moment).filter(applies=True, factor__in=PHYSICAL)


def unmeasured(moment: Moment) -> RecordQuerySet[Condition]:
    """Return the physical factors that apply, and have no limit, or were not read as often as the limit says."""
    return applying(moment).exclude(Exists(_measured(moment)))


def _measured(moment: Moment) -> RecordQuerySet[Limit]:
    """Return the newest limit of a condition's place and factor, if readings keep its rhythm."""
    same = Limit.objects.as_of(moment).filter(place=OuterRef("place"), factor=OuterRef("factor"))
    newer = same.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    readings = Reading.objects.as_of(moment).filter(place=OuterRef("place"), factor=OuterRef("factor"))
    kept = Q(rhythm="once") & Q(Exists(readings))
    for rhythm, span in SPANS.items():
        kept |= Q(rhythm=rhythm) & Q(Exists(readings.filter(at__gt=moment.at - span)))
    limits = Limit.objects.as_of(moment).filter(place=OuterRef("profile__place"), factor=OuterRef("factor"))
    return limits.exclude(Exists(newer)).filter(kept)


def disturbed(found: RecordQuerySet[R], people: RecordQuerySet[Any], moment: Moment) -> RecordQuerySet[R]:
    """Return those of these findings on pace and clarity that were made in noise: they count against nobody."""
    loud = _loud_shifts(moment, people, at=OuterRef("said__at"), speaker=OuterRef("said__speaker"))
    return found.filter(Exists(loud), norm__in=DISTURBED_NORMS)


def noisy(said: RecordQuerySet[R], people: RecordQuerySet[Any], moment: Moment) -> RecordQuerySet[R]:
    """Return those of these words that somebody on shift said where and while it was louder than the limit."""
    return said.filter(Exists(_loud_shifts(moment, people, at=OuterRef("at"), speaker=OuterRef("speaker"))))


def _loud_shifts(moment: Moment, people: RecordQuerySet[Any], *, at: Any, speaker: Any) -> QuerySet[Shift]:
    """Return the shift of who speaks at a time, by code or by name, if the last reading of noise at its place was above the limit.

    The people are looked up first: few, where the shifts of a day are many.
    """
    speakers = people.filter(Q(code=OuterRef(speaker)) | Q(name=OuterRef(speaker))).values("pk")
    readings = judged(moment).filter(place=OuterRef("place"), factor=Measured.NOISE, at__lte=OuterRef(at), at__gt=OuterRef(at) - SPEAKS_FOR)
    limit = Limit.objects.filter(pk=OuterRef("bound")).values("highest")[:1]
    newest = readings.annotate(highest=Subquery(limit)).order_by("-at", "-id")
    on_shift = Shift.objects.as_of(moment).filter(person__in=speakers, start__lte=at, start__gt=at - LONGEST_SHIFT, until__gt=at)
    return on_shift.annotate(loud=Subquery(newest.values("value")[:1]), highest=Subquery(newest.values("highest")[:1])).filter(loud__gt=F("highest"))
