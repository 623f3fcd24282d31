"""What was told by instruments, and whether they were fit to tell it: measurements in this register, findings in conversations.

A finding names its instrument by norm, version of the norm and engine; these name a version of an instrument in the register, and so its calibrations.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import BooleanField, Case, DateTimeField, Exists, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Substr, TruncDate

from lingting.ledger.asking import firsts
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.ledger.stretches import Stretch, through, without
from lingting.records.kind import kinds
from lingting.registers.instruments.choices import Disposal
from lingting.registers.instruments.models import Calibrated, Disposed, Excluded, Instrument, Quarantined, Released, Scope, Used, Version
from lingting.registers.instruments.queries.lookback import FOUND
from lingting.registers.instruments.queries.status import STUDY_WITHIN

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

Heard = tuple[str, int, str]
"""What a finding names of its instrument: the norm, its version and the engine."""
Fit = tuple[int, str, tuple[Stretch, ...]]
"""A version of a norm's detector, its engine, and when it was fit."""

T = TypeVar("T")


def found_fit(moment: Moment) -> Q:
    """Tell whether the version that made a finding was in date, and free, when it did.

    Calibrations are few and findings are many: the spells in which each version was fit are reckoned first, and each finding is held against those of
    its norm.
    """
    versions: dict[str, list[Fit]] = {norm: [] for norm in _heard(moment)}
    for (norm, version, engine), spells in _spells(moment).items():
        if norm in versions:
            versions[norm].append((version, engine, tuple(spells)))
    *others, (_, most) = _alike({norm: tuple(sorted(fit)) for norm, fit in versions.items()})
    return Q(Case(*(When(norm__in=norms, then=_within(fit)) for norms, fit in others), default=_within(most), output_field=BooleanField()))


def _alike(told: Mapping[str, T]) -> list[tuple[list[str], T | None]]:
    """Return norms put together of which the same is told, the most of them last: detectors are calibrated on one day more often than not.

    Whoever asks about millions of findings then asks about the few that differ, and takes the rest as it is.
    """
    norms: dict[T, list[str]] = {}
    for norm, one in told.items():
        norms.setdefault(one, []).append(norm)
    return sorted(((same, one) for one, same in norms.items()), key=lambda pair: len(pair[0])) or [([], None)]


def _within(versions: Iterable[Fit] | None) -> Q | Value:
    """Tell whether a finding lies within a spell in which its version was fit."""
    held = [
        Q(norm_version=number, instrument=engine) & _any(Q(at__gte=start, at__lt=end) for start, end in spells)
        for number, engine, spells in versions or ()
        if spells
    ]
    return _any(held) if held else Value(value=False)


def _heard(moment: Moment) -> set[str]:
    """Return the norms under which anything was found."""
    return set(firsts(FOUND, "norm", moment))


def _spells(moment: Moment) -> dict[Heard, list[Stretch]]:
    """Return when each version was fit: from a good calibration to the end of the day until which it holds, quarantines taken out."""
    named = ("version__instrument__norm", "version__norm_version", "version__engine")
    good = Calibrated.objects.as_of(moment).filter(left_fit=True, due__isnull=False, version__norm_version__isnull=False).exclude(version__instrument__norm="")
    spells: dict[Heard, list[Stretch]] = defaultdict(list)
    for *name, at, due in good.order_by("at").values_list(*named, "at", "due"):
        start, end = through(at, due)
        before = spells[tuple(name)]
        if before and start <= before[-1][1]:
            start, end = before[-1][0], max(end, before.pop()[1])
        if start < end:
            before.append((start, end))
    for norm, version, engine, start, end in _locks(moment):
        for one in [one for one in spells if one[0] == norm and (version is None or one[1:] == (version, engine))]:
            spells[one] = without(spells[one], start, end)
    return spells


def _locks(moment: Moment) -> Iterator[tuple[str, int | None, str | None, datetime, datetime]]:
    """Yield the quarantines of detectors: the norm, one version and engine or all, from when, and until when or for good."""
    lifted = Released.objects.as_of(moment).filter(quarantined=OuterRef("pk")).order_by("at").values("at")[:1]
    rows = Quarantined.objects.as_of(moment).exclude(instrument__norm="").annotate(lifted=Subquery(lifted))
    for norm, version, number, engine, at, until in rows.values_list("instrument__norm", "version", "version__norm_version", "version__engine", "at", "lifted"):
        yield norm, number if version else None, engine if version else None, at, until or datetime.max.replace(tzinfo=UTC)


NEVER = Q(pk__in=())


def _any(conditions: Iterable[Q]) -> Q:
    """Return the condition that one of these holds; nothing holds where there is none."""
    return reduce(or_, conditions, NEVER)


def indications(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings of instruments that were not in date, or were quarantined, when they made them: indications, nothing to judge anybody by."""
    return findings(moment).exclude(found_fit(moment))


def with_status(moment: Moment) -> RecordQuerySet[Any]:
    """Return findings with what stood behind each then: the `version` that made it, until when that was certified, whether it was `fit`."""
    by = Version.objects.as_of(moment).filter(**HEARD_BY).values("edition")[:1]
    good = Calibrated.objects.as_of(moment).filter(**HEARD_WITH, left_fit=True, at__lte=OuterRef("at")).order_by("-at", "-id").values("due")[:1]
    rows: RecordQuerySet[Any] = findings(moment).annotate(
        version=Subquery(by), certified_until=Subquery(good), fit=Case(When(found_fit(moment), then=True), default=False)
    )
    return rows


def measured_findings(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings of instruments that had been calibrated at least once: what came before was an indication, and said so."""
    good = Calibrated.objects.as_of(moment).filter(left_fit=True, version__instrument__norm__in=_heard(moment)).order_by()
    first = dict(good.values_list("version__instrument__norm").annotate(first=Min("at")))
    *others, (_, most) = _alike(first)
    since = Case(*(When(norm__in=norms, then=at) for norms, at in others), default=most, output_field=DateTimeField())
    return findings(moment).filter(norm__in=first, at__gte=since) if first else findings(moment).none()


def unfit_findings(moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings made out of date or in quarantine after the instrument had been calibrated once."""
    return measured_findings(moment).exclude(found_fit(moment))


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
    replaced = _replaced(moment).filter(instrument__norm__in=_heard(moment), norm_version__isnull=False)
    told = list(replaced.values_list("instrument__norm", "norm_version", "engine"))
    by_them = _any(Q(norm=norm, norm_version=version, instrument=engine) for norm, version, engine in told)
    return findings(moment).filter(by_them, norm__in={norm for norm, *_ in told}) if told else findings(moment).none()


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
    """Return the first finding under each norm under which anything was ever found."""
    rows: RecordQuerySet[Any] = FOUND.objects.filter(pk__in=firsts(FOUND, "norm", moment).values())
    return rows


def unregistered(moment: Moment) -> RecordQuerySet[Any]:
    """Return one finding of each norm whose detector is in no register: what it tells is unmeasured."""
    known = Instrument.objects.as_of(moment).filter(norm=OuterRef("norm"))
    return detectors(moment).exclude(Exists(known))


def to_register(moment: Moment) -> RecordQuerySet[Any]:
    """Return the first finding of each detector that is registered, or should be: until it has listened for a fortnight it gives indications."""
    known = Instrument.objects.as_of(moment).filter(norm=OuterRef("norm"))
    return detectors(moment).filter(Q(at__lte=moment.at - STUDY_WITHIN) | Q(Exists(known)))


def unregistered_too_long(moment: Moment) -> RecordQuerySet[Any]:
    """Return one finding of each detector that has listened for a fortnight and is in no register."""
    return unregistered(moment).filter(at__lte=moment.at - STUDY_WITHIN)


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
    """Return the findings that count for or against somebody: made in date, in scope, under fair conditions, and not taken back.

    What people judged wrong, or an upheld dispute struck, is counted no more.
    """
    rows = findings(moment).filter(found_fit(moment))
    for kind, wrong in (("conversations.judged", "refuted"), ("conversations.disputed", "upheld")):
        rows = rows.exclude(pk__in=kinds()[kind].listed(wrong, moment).values("found"))
    for left_out in (withdrawn, excluded, out_of_scope):
        rows = rows.exclude(pk__in=left_out(moment).values("pk"))
    return rows
