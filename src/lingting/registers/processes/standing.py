"""What is true of the means of processes (基础设施) as of a moment."""

from datetime import timedelta

from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.processes.choices import Work
from lingting.registers.processes.means import Asset, Maintained, Outage, Restored, Scrapped, Told

WINDOW = timedelta(days=30)
"""Over how long availability is measured; this and the numbers below are house defaults, shown as ours."""

AVAILABLE = 99_500
"""How much of the time a critical asset must work where no target was set, in thousandths of a percent."""

TELL_WITHIN = period("processes.tell-within", timedelta(hours=1))
RESTORED_KNOWN_WITHIN = period("processes.restored-known-within", timedelta(days=1))
REHEARSED_WITHIN = period("processes.rehearsed-within", timedelta(days=180))
WHOLE = 100_000


def assets(moment: Moment) -> RecordQuerySet[Asset]:
    """Return the assets in use."""
    return Asset.objects.as_of(moment).exclude(Exists(Scrapped.objects.as_of(moment).filter(asset=OuterRef("pk"))))


def watched(moment: Moment) -> RecordQuerySet[Asset]:
    """Return the critical assets in use."""
    return assets(moment).filter(critical=True)


def unavailable(moment: Moment) -> RecordQuerySet[Asset]:
    """Return the critical assets that worked for less of the last 30 days than their target (since they came into use, if that is later)."""
    opened = moment.at - WINDOW
    restored = Restored.objects.as_of(moment).filter(outage=OuterRef("pk")).order_by("at").values("at")[:1]
    until = Coalesce(Subquery(restored), Value(moment.at), output_field=DateTimeField())
    lost = (
        Outage.objects.as_of(moment)
        .filter(asset=OuterRef("pk"))
        .annotate(until=until)
        .filter(until__gt=opened)
        .annotate(lasted=ExpressionWrapper(F("until") - Greatest(F("at"), Value(opened, output_field=DateTimeField())), output_field=DurationField()))
        .order_by()
        .values("asset")
        .annotate(lost=Sum("lasted"))
        .values("lost")
    )
    rows = watched(moment).annotate(
        lost=Coalesce(Subquery(lost, output_field=DurationField()), Value(timedelta(0), output_field=DurationField())),
        whole=ExpressionWrapper(Value(moment.at) - Greatest(F("at"), Value(opened, output_field=DateTimeField())), output_field=DurationField()),
        least=Coalesce(F("target"), Value(AVAILABLE)),
    )
    # In whole numbers: lost time times a hundred percent, against all time times what may be lost.
    return rows.filter(lost__gt=ExpressionWrapper(F("whole") * (WHOLE - F("least")) / WHOLE, output_field=DurationField()))


def outages(moment: Moment) -> RecordQuerySet[Outage]:
    """Return every outage."""
    return Outage.objects.as_of(moment)


def down(moment: Moment) -> RecordQuerySet[Outage]:
    """Return the outages that last."""
    return outages(moment).exclude(Exists(Restored.objects.as_of(moment).filter(outage=OuterRef("pk"))))


def visible(moment: Moment) -> RecordQuerySet[Outage]:
    """Return the outages that customers noticed and had to hear of by now, or heard of."""
    told = Told.objects.as_of(moment).filter(outage=OuterRef("pk"))
    return outages(moment).filter(Q(at__lte=moment.at - TELL_WITHIN) | Q(Exists(told)), visible=True)


def unannounced(moment: Moment) -> RecordQuerySet[Outage]:
    """Return the outages of which customers did not hear within an hour, or of which nobody wrote down within a day when they ended."""
    in_time = Told.objects.as_of(moment).filter(outage=OuterRef("pk"), at__lte=OuterRef("at") + TELL_WITHIN)
    restored = Restored.objects.as_of(moment).filter(outage=OuterRef("pk"))
    forgotten = Q(at__lte=moment.at - RESTORED_KNOWN_WITHIN) & ~Exists(restored)
    return visible(moment).filter(~Q(Exists(in_time)) | forgotten)


def keepers(moment: Moment) -> RecordQuerySet[Asset]:
    """Return the assets that hold data and whose restoring was rehearsed, or had to be by now."""
    return assets(moment).filter(Q(at__lte=moment.at - REHEARSED_WITHIN) | Q(Exists(_rehearsals(moment))), data=True)


def unrehearsed(moment: Moment) -> RecordQuerySet[Asset]:
    """Return those whose restoring did not succeed within half a year."""
    lately = _rehearsals(moment).filter(worked=True, at__gt=moment.at - REHEARSED_WITHIN)
    return keepers(moment).exclude(Exists(lately))


def _rehearsals(moment: Moment) -> RecordQuerySet[Maintained]:
    return Maintained.objects.as_of(moment).filter(asset=OuterRef("pk"), work=Work.RESTORE)


def service_due(moment: Moment) -> RecordQuerySet[Asset]:
    """Return the assets whose next work was due and was not done."""
    later = Maintained.objects.as_of(moment).filter(asset=OuterRef("asset"), work=OuterRef("work"), at__gt=OuterRef("at"))
    due = Maintained.objects.as_of(moment).filter(asset=OuterRef("pk"), next__lt=localdate(moment.at)).exclude(Exists(later))
    return assets(moment).filter(Exists(due))
