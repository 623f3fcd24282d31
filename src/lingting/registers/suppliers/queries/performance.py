"""What providers deliver: our own count beside what they report, what lies below its limit, and what was done about it."""

from datetime import timedelta

from django.db.models import DateField, Exists, ExpressionWrapper, F, FloatField, OuterRef, Q
from django.db.models.functions import Abs, Cast
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import R, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.suppliers.choices import Every
from lingting.registers.suppliers.models import Action, Ceased, Declared, Done, Evaluated, Measured, Proved, Provider, Yardstick
from lingting.registers.suppliers.queries.standing import active
from lingting.statistics.intervals import normal

ACT_WITHIN = period("suppliers.act-within", timedelta(days=7))
"""How soon a result below its limit has an action; a house default, shown as ours."""

COUNT_WITHIN = period("suppliers.count-within", timedelta(days=15))
"""How long after a period its figures may be counted; a house default, shown as ours."""

PERIODS = {Every.MONTH: timedelta(days=31), Every.QUARTER: timedelta(days=92), Every.YEAR: timedelta(days=366)}

APART = 50
"""From how many tenths of a percent on self-reported and own figures diverge, if chance does not explain it; a house default, shown as ours."""

HALF_A_CASE = 500.0
"""Half a case, in thousandths: the correction for continuity."""

Z_SQUARED = normal() ** 2
"""A share lies outside Wilson's interval where its squared distance is more than this many variances."""


def measured(moment: Moment) -> RecordQuerySet[Measured]:
    """Return every period that was counted."""
    return Measured.objects.as_of(moment)


def after_a_hole(moment: Moment) -> RecordQuerySet[Measured]:
    """Return the periods before which one was left out."""
    same = Measured.objects.as_of(moment).filter(yardstick=OuterRef("yardstick"), start__lt=OuterRef("start"))
    # Two days with "later than": SQLite compares days with times as words, and "the day before or later" would miss the very day.
    follows = same.filter(until__gt=ExpressionWrapper(OuterRef("start") - timedelta(days=2), output_field=DateField()))
    return measured(moment).filter(Exists(same)).exclude(Exists(follows))


def watched(moment: Moment) -> RecordQuerySet[Yardstick]:
    """Return the newest yardstick of each indicator of an active provider."""
    later = Yardstick.objects.as_of(moment).filter(provider=OuterRef("provider"), indicator=OuterRef("indicator"), id__gt=OuterRef("id"))
    gone = Ceased.objects.as_of(moment).filter(provider=OuterRef("provider"))
    return Yardstick.objects.as_of(moment).exclude(Exists(later)).exclude(Exists(gone))


def uncounted(moment: Moment) -> RecordQuerySet[Yardstick]:
    """Return the yardsticks whose last due period nobody counted."""
    due = Q()
    for every, length in PERIODS.items():
        horizon = moment.at - length - COUNT_WITHIN
        recent = Measured.objects.as_of(moment).filter(
            yardstick__provider=OuterRef("provider"), yardstick__indicator=OuterRef("indicator"), until__gte=localdate(horizon)
        )
        due |= Q(every=every, at__lte=horizon) & ~Q(Exists(recent))
    return watched(moment).filter(due)


def unwatched(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the providers active for a month and longer whose performance nobody set out to count."""
    since = moment.at - PERIODS[Every.MONTH] - COUNT_WITHIN
    return active(moment).filter(at__lte=since).exclude(Exists(Yardstick.objects.as_of(moment).filter(provider=OuterRef("pk"))))


def periods_below(moment: Moment) -> RecordQuerySet[Measured]:
    """Return the periods in which the share that was right lay below what was agreed."""
    return measured(moment).filter(met__lt=F("yardstick__target") * F("n") / 1000.0)


def evaluations_below(moment: Moment) -> RecordQuerySet[Evaluated]:
    """Return the evaluations with a score below the limit."""
    return Evaluated.objects.as_of(moment).filter(score__lt=F("criteria__limit"))


def to_act_on(rows: RecordQuerySet[R], moment: Moment, *, trigger: str) -> RecordQuerySet[R]:
    """Keep results below their limit that must have an action by now, or have one."""
    return rows.filter(Q(at__lte=moment.at - ACT_WITHIN) | Q(Exists(actions(moment).filter(**{trigger: OuterRef("pk")}))))


def without_action(rows: RecordQuerySet[R], moment: Moment, *, trigger: str) -> RecordQuerySet[R]:
    """Keep those of them for which nothing was done, and nothing is under way in its time."""
    live = actions(moment).filter(**{trigger: OuterRef("pk")}).exclude(pk__in=overdue_actions(moment).values("pk"))
    return to_act_on(rows, moment, trigger=trigger).exclude(Exists(live))


def evaluations_without_action(moment: Moment) -> RecordQuerySet[Evaluated]:
    """Return the evaluations below the limit after which nothing was done."""
    return without_action(evaluations_below(moment), moment, trigger="evaluated")


def periods_without_action(moment: Moment) -> RecordQuerySet[Measured]:
    """Return the periods below target after which nothing was done."""
    return without_action(periods_below(moment), moment, trigger="measured")


def actions(moment: Moment) -> RecordQuerySet[Action]:
    """Return every action undertaken."""
    return Action.objects.as_of(moment)


def overdue_actions(moment: Moment) -> RecordQuerySet[Action]:
    """Return the actions that were not carried out although their day has passed."""
    done = Done.objects.as_of(moment).filter(action=OuterRef("pk"))
    return actions(moment).filter(due__lt=localdate(moment.at)).exclude(Exists(done))


def unproved(moment: Moment) -> RecordQuerySet[Done]:
    """Return the actions carried out of which nobody judged whether they worked."""
    return Done.objects.as_of(moment).exclude(Exists(Proved.objects.as_of(moment).filter(action=OuterRef("action"))))


def diverging(moment: Moment) -> RecordQuerySet[Declared]:
    """Return what providers reported of themselves that our own count of the same period contradicts by more than chance.

    The two shares lie further apart than the house allows, and the reported one lies outside Wilson's 95 % interval of ours, corrected for continuity: few
    cases prove nothing.
    """
    met, n, share = Cast("met", FloatField()), Cast("n", FloatField()), Cast(OuterRef("share"), FloatField())
    own = Measured.objects.as_of(moment).filter(
        yardstick__provider=OuterRef("yardstick__provider"), yardstick__indicator=OuterRef("yardstick__indicator"),
        start__lte=OuterRef("until"), until__gte=OuterRef("start"), n__gt=0,
    )  # fmt: skip
    counted = own.annotate(by=Abs(met * 1000.0 - share * n), spread=share * (1000.0 - share) * n * Z_SQUARED, far=n * float(APART))
    apart = counted.filter(by__gt=F("far")).filter(by__gt=HALF_A_CASE, spread__lt=(F("by") - HALF_A_CASE) * (F("by") - HALF_A_CASE))
    return Declared.objects.as_of(moment).filter(Exists(apart))
