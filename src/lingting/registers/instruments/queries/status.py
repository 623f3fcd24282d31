"""What is true of instruments (监视测量资源) as of a moment: which are fit, due, overdue, quarantined; what was used outside what it is meant for."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Subquery

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.instruments.choices import Duties, Form, Metrology, Shown, Sort, Way
from lingting.registers.instruments.missed import Missed
from lingting.registers.instruments.models import (
    Alternative,
    Approved,
    Calibrated,
    Certificate,
    Checked,
    Deployed,
    Duty,
    Gold,
    Instrument,
    Labelled,
    Maintained,
    Plan,
    Quarantined,
    Rechecked,
    Released,
    Retired,
    Seen,
    Studied,
    Tagged,
    Told,
    Used,
    Version,
)

SOON = timedelta(days=30)
"""How long before its due date an instrument is called due soon; a house default, shown as ours."""

STUDY_WITHIN = period("instruments.study-within", timedelta(days=14))
"""How soon after it is taken into use one that judges is registered and studied, and any instrument shows until when it is fit; till then it gives
indications. A house default, shown as ours."""

KAPPA_FLOOR = 0.6
"""What the lower end of kappa must reach; the catalog's default for 7.1.5.1-C3."""

JUDGING = (Sort.INSPECTOR, Sort.RULE, Sort.MODEL, Sort.PROMPT)
"""The sorts that say whether something is a case; speech is measured in words wrong, a questionnaire by its answers."""


def today(moment: Moment) -> date:
    """Return the day of a moment where the organisation is."""
    return moment.at.astimezone(settings.LINGTING["ZONE"]).date()


def instruments(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return every instrument that is in use."""
    return Instrument.objects.as_of(moment).exclude(Exists(Retired.objects.as_of(moment).filter(instrument=OuterRef("pk"))))


def retired(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments that are used no more."""
    return Instrument.objects.as_of(moment).filter(Exists(Retired.objects.as_of(moment).filter(instrument=OuterRef("pk"))))


def locks(moment: Moment) -> RecordQuerySet[Quarantined]:
    """Return the quarantines that nobody lifted."""
    return Quarantined.objects.as_of(moment).exclude(Exists(Released.objects.as_of(moment).filter(quarantined=OuterRef("pk"))))


def quarantined(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments that must not be used: all of it, or the version that was put to use last."""
    held = locks(moment).filter(instrument=OuterRef("pk")).filter(Q(version=None) | Q(version=OuterRef("current")))
    return _current(instruments(moment), moment).filter(Exists(held))


def _current(rows: RecordQuerySet[Instrument], moment: Moment) -> RecordQuerySet[Instrument]:
    """Add the version that was put to use last."""
    newest = Deployed.objects.as_of(moment).filter(version__instrument=OuterRef("pk")).order_by("-at", "-id").values("version")[:1]
    return rows.annotate(current=Subquery(newest))


def _good(moment: Moment) -> RecordQuerySet[Calibrated]:
    """Return the calibrations that left an instrument fit, of the version in use where it has versions."""
    good = Calibrated.objects.as_of(moment).filter(instrument=OuterRef("pk"), left_fit=True)
    return good.filter(Q(version=None) | Q(version=OuterRef("current")))


def usable(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments in use and not quarantined, each with its version in use."""
    return _current(instruments(moment), moment).exclude(pk__in=quarantined(moment).values("pk"))


def fit(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments that are in date, and will be for a while."""
    return usable(moment).filter(Exists(_good(moment).filter(due__gte=today(moment) + SOON)))


def due_soon(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments that are in date, but not for long."""
    in_date = usable(moment).filter(Exists(_good(moment).filter(due__gte=today(moment))))
    return in_date.exclude(Exists(_good(moment).filter(due__gte=today(moment) + SOON)))


def overdue(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments in use past the day until which they were fit."""
    return usable(moment).filter(Exists(_good(moment))).exclude(Exists(_good(moment).filter(due__gte=today(moment))))


def uncalibrated(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments in use that were never shown to be fit, or not in the version in use: what they tell is an indication."""
    return usable(moment).exclude(Exists(_good(moment)))


def unplanned(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments in use without a risk class and an interval, and without another way that somebody agreed to and still stands."""
    plan = Plan.objects.as_of(moment).filter(instrument=OuterRef("pk"))
    other = Alternative.objects.as_of(moment).filter(instrument=OuterRef("pk"), review__gte=today(moment))
    return instruments(moment).exclude(Exists(plan)).exclude(Exists(other))


def unlawful(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments that the law wants verified and that have no verification in force with a certificate (计量法第九条)."""
    plan = Plan.objects.as_of(moment).filter(instrument=OuterRef("pk")).order_by("-at", "-id").values("metrology")[:1]
    verified = Calibrated.objects.as_of(moment).filter(instrument=OuterRef("pk"), way=Way.VERIFICATION, left_fit=True, due__gte=today(moment))
    asked = usable(moment).annotate(asked=Subquery(plan)).filter(asked=Metrology.COMPULSORY)
    return asked.exclude(Exists(verified.exclude(certificate=None).exclude(certificate__named="")))


def neglected(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments in use for which nobody sees to one or more of the five duties."""
    rows = instruments(moment)
    seen = Duty.objects.as_of(moment).filter(instrument=OuterRef("pk"))
    for duty in Duties.values:
        rows = rows.filter(Exists(seen.filter(duty=duty)))
    return instruments(moment).exclude(pk__in=rows.values("pk"))


def unmaintained(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments in use whose maintenance is past its day."""
    newest = Maintained.objects.as_of(moment).filter(instrument=OuterRef("pk")).order_by("-at", "-id").values("again")[:1]
    return instruments(moment).annotate(again=Subquery(newest)).filter(again__lt=today(moment))


def drifting(moment: Moment) -> RecordQuerySet[Checked]:
    """Return the newest checks on a control that came out beyond its limits."""
    later = Checked.objects.as_of(moment).filter(instrument=OuterRef("instrument"), control=OuterRef("control"), at__gt=OuterRef("at"))
    return Checked.objects.as_of(moment).filter(Q(value__lt=F("low")) | Q(value__gt=F("high"))).exclude(Exists(later))


def missed_controls(moment: Moment) -> RecordQuerySet[Missed]:
    """Return the newest word, of each instrument in use, why its control could not be run – where it has not been run since."""
    since = Checked.objects.as_of(moment).filter(instrument=OuterRef("instrument"), at__gt=OuterRef("at"))
    newer = Missed.objects.as_of(moment).filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")), instrument=OuterRef("instrument"))
    return Missed.objects.as_of(moment).filter(instrument__in=instruments(moment).values("pk")).exclude(Exists(since)).exclude(Exists(newer))


def shown(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments that have to show their status: calibrated ever, or in use long enough that they should have been."""
    ever = Exists(Calibrated.objects.as_of(moment).filter(instrument=OuterRef("pk")))
    return instruments(moment).filter(Q(at__lte=moment.at - STUDY_WITHIN) | Q(ever))


def unshown(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return the instruments whose status or due date cannot be seen, or that are in use past it.

    A device wears a label; of whatever cannot wear one, the register shows the status. What is quarantined needs no date, but a device must say so.
    """
    said = Tagged.objects.as_of(moment).filter(instrument=OuterRef("pk")).order_by("-at", "-id")
    rows = _current(shown(moment), moment).annotate(says=Subquery(said.values("shows")[:1]), says_until=Subquery(said.values("until")[:1]))
    held = Q(pk__in=quarantined(moment).values("pk"))
    in_date = Q(Exists(_good(moment).filter(due__gte=today(moment))))
    device = Q(sort=Sort.DEVICE)
    labelled = Q(says__in=(Shown.FIT, Shown.LIMITED), says_until__gte=today(moment))
    good = (~device & (held | in_date)) | (device & held & Q(says=Shown.STOPPED)) | (device & ~held & in_date & labelled)
    seen = rows.filter(good).exclude(pk__in=unlawful(moment).values("pk"))
    # A label that nobody wrote is null, and neither says yes nor no: those that are seen are taken away, not those that are not kept.
    return shown(moment).exclude(pk__in=seen.values("pk"))


def to_study(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return those who judge and were compared with a reference, or should have been by now."""
    studied = Exists(Studied.objects.as_of(moment).filter(instrument=OuterRef("pk")))
    return instruments(moment).filter(sort__in=JUDGING).filter(Q(at__lte=moment.at - STUDY_WITHIN) | Q(studied))


def disagreeing(moment: Moment) -> RecordQuerySet[Instrument]:
    """Return those who judge and whose newest study leaves kappa possibly under the floor, or who were never studied."""
    newest = Studied.objects.as_of(moment).filter(instrument=OuterRef("pk")).order_by("-at", "-id").values("kappa_low")[:1]
    return to_study(moment).annotate(low=Subquery(newest)).filter(Q(low=None) | Q(low__lt=round(KAPPA_FLOOR * 10_000)))


def external(moment: Moment) -> RecordQuerySet[Calibrated]:
    """Return the calibrations that a laboratory made for us."""
    return Calibrated.objects.as_of(moment).filter(external=True)


def untraceable(moment: Moment) -> RecordQuerySet[Calibrated]:
    """Return the external calibrations without certificate number, standard, laboratory or uncertainty, or typed from paper that no second person compared.

    A legal verification states a class, not an uncertainty; it is complete without one.
    """
    bare = Q(certificate=None) | Q(certificate__named="") | Q(certificate__standard="") | Q(certificate__laboratory="")
    compared = Rechecked.objects.as_of(moment).filter(certificate=OuterRef("certificate"), agrees=True)
    typed = Q(certificate__form=Form.PDF) & ~Q(Exists(compared))
    return external(moment).filter(bare | typed | (Q(uncertainty=None) & ~Q(way=Way.VERIFICATION)))


def unrechecked(moment: Moment) -> RecordQuerySet[Certificate]:
    """Return the certificates typed by hand that no second person compared."""
    compared = Rechecked.objects.as_of(moment).filter(certificate=OuterRef("pk"), agrees=True)
    return Certificate.objects.as_of(moment).filter(form=Form.PDF).exclude(Exists(compared))


def labelled(moment: Moment) -> RecordQuerySet[Labelled]:
    """Return everything that stands in a gold set."""
    return Labelled.objects.as_of(moment)


def unadjudicated(moment: Moment) -> RecordQuerySet[Labelled]:
    """Return what only one person labelled, or what nobody settled."""
    return labelled(moment).filter(Q(second_by="") | Q(second_by=F("first_by")) | Q(settled_by="") | Q(settled=""))


def gold(moment: Moment) -> RecordQuerySet[Gold]:
    """Return the gold sets."""
    return Gold.objects.as_of(moment)


def deployed(moment: Moment) -> RecordQuerySet[Version]:
    """Return the versions that were put to use."""
    return Version.objects.as_of(moment).filter(Exists(Deployed.objects.as_of(moment).filter(version=OuterRef("pk"))))


def tampered(moment: Moment) -> RecordQuerySet[Version]:
    """Return the versions in use whose parameters nobody agreed to, or that were seen to be others than those agreed to."""
    newest = ("-at", "-id")
    agreed = Approved.objects.as_of(moment).filter(version=OuterRef("pk")).order_by(*newest).values("digest")[:1]
    seen = Seen.objects.as_of(moment).filter(version=OuterRef("pk")).order_by(*newest).values("digest")[:1]
    rows = deployed(moment).annotate(agreed=Subquery(agreed), seen=Subquery(seen))
    return rows.filter(Q(agreed=None) | Q(seen=None) | ~Q(agreed=F("seen")))


def standings(moment: Moment) -> dict[int, str]:
    """Return for every instrument the list in which it stands, the worst first."""
    return {pk: name for name, query in reversed(LISTS) for pk in query(moment).values_list("pk", flat=True)}


LISTS: tuple[tuple[str, Any], ...] = (
    ("retired", retired), ("quarantined", quarantined), ("unlawful", unlawful), ("overdue", overdue), ("unplanned", unplanned),
    ("uncalibrated", uncalibrated), ("due_soon", due_soon), ("fit", fit),
)  # fmt: skip
"""How an instrument can stand, the worst first."""

stands = Stands(*LISTS)
"""The list in which one stands, the worst first; of many, each list is asked once."""


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    whose = Used.objects.filter(party__in=parties)
    return [*whose, *Told.objects.filter(party__in=parties)]
