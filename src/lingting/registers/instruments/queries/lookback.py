"""Looking back (反向追溯): every result that an unfit instrument told since it was last known to be good, what became of each, and who was told.

All sets are made by the database: results are matched to the time that an instrument was in doubt, never fetched and compared one by one.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.instruments.choices import Disposal
from lingting.registers.instruments.models import Closed, Disposed, Told, Unfit, Used

ASSESS_WITHIN = period("instruments.assess-within", timedelta(days=7))
"""How soon a look-back is finished; a house default, shown as ours."""

FOUND: Any = Disposed._meta.get_field("found").related_model  # the reference says which records these are; registers do not import each other


def uses_in_doubt(unfit: Unfit, moment: Moment) -> RecordQuerySet[Used]:
    """Return what was measured in earnest with an instrument between its last good calibration and the moment it was found unfit."""
    rows = Used.objects.as_of(moment).filter(instrument=unfit.instrument_id, at__gt=unfit.since, at__lte=unfit.at, practice=False, scored=True)
    return rows if unfit.version_id is None else rows.filter(version=unfit.version_id)


def findings_in_doubt(unfit: Unfit, moment: Moment) -> RecordQuerySet[Any]:
    """Return what a rule or model found in that time; of a version, only what that version found."""
    rows: RecordQuerySet[Any] = FOUND.objects.as_of(moment).filter(at__gt=unfit.since, at__lte=unfit.at)
    if not unfit.instrument.norm:
        return rows.none()
    rows = rows.filter(norm=unfit.instrument.norm)
    version = unfit.version
    return rows if version is None else rows.filter(norm_version=version.norm_version, instrument=version.engine)


def undisposed_uses(unfit: Unfit, moment: Moment) -> RecordQuerySet[Used]:
    """Return the doubtful measurements of which nobody decided what becomes."""
    return uses_in_doubt(unfit, moment).exclude(Exists(Disposed.objects.as_of(moment).filter(unfit=unfit, used=OuterRef("pk"))))


def undisposed_findings(unfit: Unfit, moment: Moment) -> RecordQuerySet[Any]:
    """Return the doubtful findings of which nobody decided what becomes."""
    return findings_in_doubt(unfit, moment).exclude(Exists(Disposed.objects.as_of(moment).filter(unfit=unfit, found=OuterRef("pk"))))


def customers_in_doubt(unfit: Unfit, moment: Moment) -> QuerySet[Used, int]:
    """Return the numbers of the parties whom doubtful measurements concern."""
    return uses_in_doubt(unfit, moment).exclude(party=None).order_by().values_list("party", flat=True).distinct()


def open_lookbacks(moment: Moment) -> RecordQuerySet[Unfit]:
    """Return the times an instrument was found unfit that nobody has finished looking through."""
    return Unfit.objects.as_of(moment).exclude(Exists(Closed.objects.as_of(moment).filter(unfit=OuterRef("pk"))))


def assessable(moment: Moment) -> RecordQuerySet[Unfit]:
    """Return the times an instrument was found unfit that had to be looked through by now, or were."""
    done = Closed.objects.as_of(moment).filter(unfit=OuterRef("pk"))
    return Unfit.objects.as_of(moment).filter(Q(at__lte=moment.at - ASSESS_WITHIN) | Q(Exists(done)))


def unassessed(moment: Moment) -> RecordQuerySet[Unfit]:
    """Return the times an instrument was found unfit whose look-back is not finished and is past its time."""
    return open_lookbacks(moment).filter(at__lte=moment.at - ASSESS_WITHIN)


def suspect_uses(moment: Moment) -> RecordQuerySet[Used]:
    """Return every measurement that is in doubt and of which nobody decided what becomes."""
    settled = Disposed.objects.as_of(moment).filter(unfit=OuterRef("pk"), used=OuterRef(OuterRef("pk")))
    doubt = open_lookbacks(moment).filter(instrument=OuterRef("instrument"), since__lt=OuterRef("at"), at__gte=OuterRef("at"))
    doubt = doubt.filter(Q(version=None) | Q(version=OuterRef("version"))).exclude(Exists(settled))
    return Used.objects.as_of(moment).filter(Exists(doubt), practice=False, scored=True)


def suspect_findings(moment: Moment) -> RecordQuerySet[Any]:
    """Return every finding that is in doubt and of which nobody decided what becomes."""
    settled = Disposed.objects.as_of(moment).filter(unfit=OuterRef("pk"), found=OuterRef(OuterRef("pk")))
    doubt = open_lookbacks(moment).filter(instrument__norm=OuterRef("norm"), since__lt=OuterRef("at"), at__gte=OuterRef("at"))
    of_version = Q(version=None) | Q(version__norm_version=OuterRef("norm_version"), version__engine=OuterRef("instrument"))
    rows: RecordQuerySet[Any] = FOUND.objects.as_of(moment).filter(Exists(doubt.filter(of_version).exclude(Exists(settled))))
    return rows


def untold(moment: Moment) -> RecordQuerySet[Disposed]:
    """Return the results withdrawn or to be told about, of which whoever they concern was not told.

    One telling covers all results of the same look-back that concern the same customer or the same one of us.
    """
    told = Told.objects.as_of(moment).filter(unfit=OuterRef("unfit"))
    heard = (
        Exists(told.filter(disposed=OuterRef("pk"))) | Exists(told.filter(party=OuterRef("used__party"))) | Exists(told.filter(person=OuterRef("used__person")))
    )
    return Disposed.objects.as_of(moment).filter(how__in=(Disposal.WITHDRAW, Disposal.NOTIFY)).exclude(heard)


def nonconforming(moment: Moment) -> RecordQuerySet[Disposed]:
    """Return the results that, measured again, turned out beyond what was allowed: nonconforming products (不合格输出)."""
    return Disposed.objects.as_of(moment).filter(value__gt=F("used__upper"))
