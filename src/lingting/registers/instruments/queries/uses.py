"""What was told by instruments, and whether they were fit to tell it: measurements in this register, findings in conversations.

A finding names its instrument by norm, version of the norm and engine; these name a version of an instrument in the register, and so its calibrations.
"""

from typing import Any

from django.conf import settings
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Substr, TruncDate

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.instruments.choices import Disposal
from lingting.registers.instruments.models import Calibrated, Disposed, Excluded, Instrument, Quarantined, Released, Scope, Used, Version
from lingting.registers.instruments.queries.lookback import FOUND

ABSTAINED = "abstention"
"""What a finding is called in which the instrument could not decide."""


def ratings(moment: Moment) -> RecordQuerySet[Used]:
    """Return what was measured or judged in earnest; practice and what was only logged are not counted."""
    return Used.objects.as_of(moment).filter(practice=False, scored=True)


def logged(moment: Moment) -> RecordQuerySet[Used]:
    """Return uses that were logged but not scored: outside what the instrument is meant for."""
    return Used.objects.as_of(moment).filter(practice=False, scored=False)


def over_limit(moment: Moment) -> RecordQuerySet[Used]:
    """Return the measurements beyond what was allowed."""
    return ratings(moment).filter(value__gt=F("upper"))


def _dated(rows: Any) -> RecordQuerySet[Any]:
    """Add the day, where the organisation is, on which something was told: the last day of a certificate still counts."""
    dated: RecordQuerySet[Any] = rows.annotate(day=TruncDate("at", tzinfo=settings.LINGTING["ZONE"]))
    return dated


def _locked(moment: Moment, locks: Any) -> Exists:
    """Tell whether one of these quarantines held when something was told; locks are of one instrument or version already."""
    lifted = Released.objects.as_of(moment).filter(quarantined=OuterRef("pk"), at__lte=OuterRef(OuterRef("at")))
    return Exists(locks.filter(at__lte=OuterRef("at")).exclude(Exists(lifted)))


def findings(moment: Moment) -> RecordQuerySet[Any]:
    """Return what was found in conversations; where the instrument abstained it found nothing."""
    rows: RecordQuerySet[Any] = FOUND.objects.as_of(moment).exclude(kind=ABSTAINED)
    return rows


HEARD_BY = {"instrument__norm": OuterRef("norm"), "norm_version": OuterRef("norm_version"), "engine": OuterRef("instrument")}
"""How a finding names a version."""
HEARD_WITH = {f"version__{column}": value for column, value in HEARD_BY.items()}


def _calibrated(moment: Moment) -> Exists:
    """Tell whether the version that made a finding was in date, and free, when it did."""
    good = Calibrated.objects.as_of(moment).filter(**HEARD_WITH, left_fit=True, at__lte=OuterRef("at"), due__gte=OuterRef("day"))
    return Exists(good)


def _held(moment: Moment) -> Exists:
    of_version = Q(version=None) | Q(version__norm_version=OuterRef("norm_version"), version__engine=OuterRef("instrument"))
    return _locked(moment, Quarantined.objects.as_of(moment).filter(of_version, instrument__norm=OuterRef("norm")))


def indications(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings of instruments that were not in date, or were quarantined, when they made them: indications, nothing to judge anybody by."""
    return _dated(findings(moment)).exclude(_calibrated(moment) & ~_held(moment))


def with_status(moment: Moment) -> RecordQuerySet[Any]:
    """Return findings with what stood behind each then: the `version` that made it, until when that was certified, whether it was `fit`."""
    by = Version.objects.as_of(moment).filter(**HEARD_BY).values("edition")[:1]
    good = Calibrated.objects.as_of(moment).filter(**HEARD_WITH, left_fit=True, at__lte=OuterRef("at")).order_by("-at", "-id").values("due")[:1]
    rows: RecordQuerySet[Any] = _dated(findings(moment)).annotate(
        version=Subquery(by), certified_until=Subquery(good), fit=_calibrated(moment) & ~_held(moment)
    )
    return rows


def measured_findings(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings of instruments that had been calibrated at least once: what came before was an indication, and said so."""
    begun = Calibrated.objects.as_of(moment).filter(version__instrument__norm=OuterRef("norm"), left_fit=True, at__lte=OuterRef("at"))
    return findings(moment).filter(Exists(begun))


def unfit_findings(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings made out of date or in quarantine after the instrument had been calibrated once."""
    return _dated(measured_findings(moment)).exclude(_calibrated(moment) & ~_held(moment))


def unfit_uses(moment: Moment) -> RecordQuerySet[Used]:
    """Return what was measured in earnest with an instrument that was out of date or quarantined: overdue use (超期使用)."""
    of_version = Q(version=None) | Q(version=OuterRef("version"))
    mine = {"instrument": OuterRef("instrument")}
    good = Calibrated.objects.as_of(moment).filter(of_version, **mine, left_fit=True, at__lte=OuterRef("at"), due__gte=OuterRef("day"))
    held = _locked(moment, Quarantined.objects.as_of(moment).filter(of_version, **mine))
    return _dated(ratings(moment)).exclude(Q(Exists(good)) & ~Q(held))


def _replaced(moment: Moment) -> RecordQuerySet[Version]:
    """Return the versions that came after another of the same instrument."""
    before = Version.objects.as_of(moment).filter(instrument=OuterRef("instrument"), id__lt=OuterRef("id"), at__lte=OuterRef("at"))
    return Version.objects.as_of(moment).filter(Exists(before))


def changed_findings(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings of versions that replaced another."""
    replaced = _replaced(moment)
    return findings(moment).filter(Exists(replaced.filter(**HEARD_BY)), norm__in=replaced.values("instrument__norm"))


def unconfirmed_findings(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings of versions that replaced another and had not been shown to be fit before they were used."""
    confirmed = Calibrated.objects.as_of(moment).filter(**HEARD_WITH, left_fit=True, at__lte=OuterRef("at"))
    return changed_findings(moment).exclude(Exists(confirmed))


def changed_uses(moment: Moment) -> RecordQuerySet[Used]:
    """Return what was measured in earnest with a version that replaced another."""
    return ratings(moment).filter(version__in=_replaced(moment).values("pk"))


def unconfirmed_uses(moment: Moment) -> RecordQuerySet[Used]:
    """Return what was measured with a version that had not been shown to be fit before."""
    confirmed = Calibrated.objects.as_of(moment).filter(version=OuterRef("version"), left_fit=True, at__lte=OuterRef("at"))
    return changed_uses(moment).exclude(Exists(confirmed))


def detectors(moment: Moment) -> RecordQuerySet[Any]:
    """Return one finding of each norm under which anything was ever found; an index holds all that this asks for."""
    firsts = FOUND.objects.as_of(moment).order_by().values("norm").annotate(first=Min("id")).values("first")
    rows: RecordQuerySet[Any] = FOUND.objects.filter(pk__in=firsts)
    return rows


def unregistered(moment: Moment) -> RecordQuerySet[Any]:
    """Return one finding of each norm whose detector is in no register: what it tells is unmeasured."""
    known = Instrument.objects.as_of(moment).filter(norm=OuterRef("norm"))
    return detectors(moment).exclude(Exists(known))


def out_of_scope(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings outside what their instrument was meant for at the time: another channel or language, or words hardly recognised."""
    newest = Scope.objects.as_of(moment).filter(instrument=OuterRef("pk"), at__lte=OuterRef(OuterRef("at"))).order_by("-at", "-id").values("pk")[:1]
    whose = Instrument.objects.as_of(moment).filter(norm=OuterRef("norm")).order_by("-at").annotate(scope=Subquery(newest)).values("scope")[:1]
    rows = findings(moment).annotate(
        scope=Subquery(whose), channel=F("conversation__channel"), tongue=Substr("conversation__language", 1, 2), sure=F("said__confidence"),
    )  # fmt: skip
    named = Scope.objects.filter(pk=OuterRef("scope"))
    elsewhere = named.exclude(channels="").exclude(channels__contains=OuterRef("channel"))
    foreign = named.exclude(languages="").exclude(languages__contains=OuterRef("tongue"))
    unsure = named.filter(confidence__gt=OuterRef("sure"))
    return rows.filter(Q(Exists(elsewhere)) | (~Q(tongue="") & Q(Exists(foreign))) | Q(Exists(unsure)))


def withdrawn(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings that were taken back after a look-back."""
    taken = Disposed.objects.as_of(moment).filter(found=OuterRef("pk"), how=Disposal.WITHDRAW)
    return findings(moment).filter(Exists(taken))


def excluded(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings in conversations whose conditions did not allow a fair measurement of that norm."""
    spoiled = Excluded.objects.as_of(moment).filter(conversation=OuterRef("conversation"), norms__contains=OuterRef("norm"))
    return findings(moment).filter(Exists(spoiled))


def counted(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings that count for or against somebody: made in date, in scope, under fair conditions, and not taken back."""
    rows = _dated(findings(moment)).filter(_calibrated(moment)).exclude(_held(moment))
    for left_out in (withdrawn, excluded, out_of_scope):
        rows = rows.exclude(pk__in=left_out(moment).values("pk"))
    return rows
