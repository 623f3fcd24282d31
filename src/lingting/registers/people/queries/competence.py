"""Who is able to do what, trained with what effect, coached after what, and aware of what (7.2, 7.3)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.people.choices import Cause, Subject
from lingting.registers.people.models import Acknowledged, Appointed, Cleared, Coached, Evaluated, Low, Person, Planned, Required, Retested, Shown, Trained
from lingting.registers.people.queries.roles import active, appointed

EVALUATED_WITHIN = period("people.evaluated-within", timedelta(days=30))
"""How soon after a training somebody looks for its effect; a house default, shown as ours."""

RETESTED_WITHIN = period("people.retested-within", timedelta(days=30))
"""How soon after a low inspection there is coaching and a new inspection; a house default."""

IDLE = timedelta(days=180)
"""Without a training for so long, somebody is left standing; a house default."""

AWARE_WITHIN, AWARE_FOR = timedelta(days=14), timedelta(days=365)
"""How soon after beginning one says to know policy, part and consequences, and how long that holds; house defaults."""


def on_duty(moment: Moment) -> RecordQuerySet[Person]:
    """Return those who work here in a role."""
    return active(moment).filter(Exists(appointed(moment).filter(person=OuterRef("pk"))))


def unmet(moment: Moment) -> RecordQuerySet[Appointed]:
    """Return the roles held by people who do not show all that the role asks for, or in which nobody wrote down what it asks for."""
    required = Required.objects.as_of(moment).filter(role=OuterRef("role"))
    shown = Shown.objects.as_of(moment).filter(person=OuterRef(OuterRef("person")), required=OuterRef("pk"))
    valid = shown.filter(Q(until=None) | Q(until__gte=localdate(moment.at)))
    cleared = Cleared.objects.as_of(moment).filter(person=OuterRef("person"), role=OuterRef("role"))
    lacking = Exists(required.exclude(Exists(valid))) | ~Exists(required) | (Q(role__signoff=True) & ~Q(Exists(cleared)))
    return appointed(moment).filter(lacking)


def unfit(moment: Moment) -> RecordQuerySet[Person]:
    """Return those on duty who do not meet what one of their roles asks for."""
    return on_duty(moment).filter(Exists(unmet(moment).filter(person=OuterRef("pk"))))


def plans_late(moment: Moment) -> RecordQuerySet[Planned]:
    """Return the trainings past their day that did not take place."""
    return Planned.objects.as_of(moment).filter(due__lt=localdate(moment.at)).exclude(Exists(Trained.objects.as_of(moment).filter(planned=OuterRef("pk"))))


def to_evaluate(moment: Moment) -> RecordQuerySet[Trained]:
    """Return the trainings whose effect was looked at, or was to be by now."""
    return Trained.objects.as_of(moment).filter(Q(at__lte=moment.at - EVALUATED_WITHIN) | Q(Exists(_evaluated(moment))))


def unevaluated(moment: Moment) -> RecordQuerySet[Trained]:
    """Return the trainings whose effect was to be looked at by now, and was not."""
    return to_evaluate(moment).exclude(Exists(_evaluated(moment)))


def _evaluated(moment: Moment) -> RecordQuerySet[Evaluated]:
    return Evaluated.objects.as_of(moment).filter(trained=OuterRef("pk")).exclude(evidence="")


def idle(moment: Moment) -> RecordQuerySet[Person]:
    """Return those who have been here for long and had no training for as long."""
    lately = Trained.objects.as_of(moment).filter(planned__person=OuterRef("pk"), at__gt=moment.at - IDLE)
    return active(moment).filter(at__lte=moment.at - IDLE).exclude(Exists(lately))


def without_care(moment: Moment) -> RecordQuerySet[Person]:
    """Return those for whom trainings were planned, and none in human care (人性关怀)."""
    plans = Planned.objects.as_of(moment).filter(person=OuterRef("pk"))
    return active(moment).filter(Exists(plans)).exclude(Exists(plans.filter(care=True)))


def low_due(moment: Moment) -> RecordQuerySet[Low]:
    """Return the low inspections after which coaching and a new inspection were done, or due by now; where the system is the cause neither is owed."""
    return Low.objects.as_of(moment).exclude(cause=Cause.SYSTEM).filter(Q(at__lte=moment.at - RETESTED_WITHIN) | Q(Exists(_retested(moment))))


def coached_late(moment: Moment) -> RecordQuerySet[Low]:
    """Return the low inspections after which there was no coaching and new inspection in time."""
    in_time = _retested(moment).filter(at__lte=OuterRef("at") + RETESTED_WITHIN)
    return low_due(moment).exclude(Exists(in_time))


def _retested(moment: Moment) -> RecordQuerySet[Retested]:
    """Return the new inspections that came after coaching."""
    coached = Coached.objects.as_of(moment).filter(low=OuterRef("low"), at__lte=OuterRef("at"))
    return Retested.objects.as_of(moment).filter(low=OuterRef("pk")).filter(Exists(coached))


def to_aware(moment: Moment) -> RecordQuerySet[Person]:
    """Return those who have been here long enough to know policy, part and consequences, or said so earlier."""
    ever = _aware(moment).filter(person=OuterRef("pk"))
    return active(moment).filter(Q(at__lte=moment.at - AWARE_WITHIN) | Q(Exists(ever)))


def unaware(moment: Moment) -> RecordQuerySet[Person]:
    """Return those of them who did not say so within a year."""
    return to_aware(moment).exclude(Exists(_aware(moment).filter(person=OuterRef("pk"), at__gt=moment.at - AWARE_FOR)))


def _aware(moment: Moment) -> RecordQuerySet[Acknowledged]:
    return Acknowledged.objects.as_of(moment).filter(subject=Subject.AWARENESS)
