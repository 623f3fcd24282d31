"""How providers are controlled: the controls on each and on its output, how far they go, what was verified, how it controls itself."""

from datetime import date, timedelta

from django.db.models import BooleanField, Case, Exists, F, IntegerField, Max, Min, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Concat, Length, Replace
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.asking import once
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.suppliers.choices import Effect, Level, Result
from lingting.registers.suppliers.models import Assured, Evaluated, Measured, Plan, Planned, Provider, Verified
from lingting.registers.suppliers.queries.dealings import agreements
from lingting.registers.suppliers.queries.standing import GRADE, active, graded, high_impact, impact, newest

EXTENT = {Level.HIGH: 4, Level.MEDIUM: 3, Level.LOW: 2}
"""How many controls a grade of impact asks for, and one more while a provider is approved on conditions only; house defaults, shown as ours."""

ASSURED_WITHIN = period("suppliers.assured-within", timedelta(days=365))
"""How old a judgement of a provider's own controls may be; the catalog's number."""

LIVE_WITHIN = period("suppliers.live-within", timedelta(days=92))
"""How old the newest result of a provision may be to be called live; a house default, shown as ours."""


@once
def plans(moment: Moment) -> RecordQuerySet[Plan]:
    """Return the plan in force of each active provider, with its `grade` and whether its few controls are `justified`."""
    rows = Plan.objects.as_of(moment).filter(provider__in=active(moment).values("pk"))
    current = rows.annotate(newest=newest(Plan, moment, "pk", provider="provider")).filter(pk=F("newest"))
    return current.annotate(**impact(moment, provider="provider")).annotate(grade=GRADE).annotate(justified=_justified(localdate(moment.at)))


def one_sided(moment: Moment) -> RecordQuerySet[Plan]:
    """Return the plans without a control on the provider, or without one on its output; little hangs on a low grade, so there a reason will do."""
    return plans(moment).filter(Q(on_provider="") | Q(on_output="")).exclude(justified=True, grade=Level.LOW)


def alike(moment: Moment) -> RecordQuerySet[Plan]:
    """Return the plans with the very controls that a provider of another grade has, and no reason why: is this one rule for all?"""
    rows = plans(moment).exclude(on_provider="", on_output="").exclude(grade="").annotate(kinds=Concat("on_provider", Value("|"), "on_output"))
    mixed = rows.order_by().values("kinds").annotate(least=Min("grade"), most=Max("grade")).filter(least__lt=F("most"))
    return rows.filter(justification="", kinds__in=mixed.values("kinds"))


def thinly_controlled(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers without a grade or a plan, or whose plan has fewer controls than grade and performance ask for, without a reason."""
    rows = graded(moment).annotate(
        result=newest(Evaluated, moment, "result"), planned=newest(Plan, moment, "pk"),
        on_provider=newest(Plan, moment, "on_provider"), on_output=newest(Plan, moment, "on_output"),
        justification=newest(Plan, moment, "justification"), review=newest(Plan, moment, "review"),
    )  # fmt: skip
    weighed = rows.annotate(
        controls=_count("on_provider") + _count("on_output"), justified=_justified(localdate(moment.at)),
        wanted=Case(*(When(grade=level, then=Value(count)) for level, count in EXTENT.items()), default=Value(0), output_field=IntegerField())
        + Case(When(result=Result.CONDITIONAL, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )  # fmt: skip
    return weighed.filter(Q(grade="") | Q(planned=None) | Q(controls__lt=F("wanted"), justified=False))


def few_justified(moment: Moment) -> RecordQuerySet[Plan]:
    """Return the plans whose few controls have a reason that holds until its review."""
    return plans(moment).filter(justified=True)


def due(moment: Moment) -> RecordQuerySet[Planned]:
    """Return the planned verifications whose day has passed, and those carried out before it."""
    return Planned.objects.as_of(moment).filter(Q(due__lt=localdate(moment.at)) | Q(Exists(_result(moment))))


def overdue(moment: Moment) -> RecordQuerySet[Planned]:
    """Return the planned verifications that nobody carried out by their day or since."""
    return Planned.objects.as_of(moment).filter(due__lt=localdate(moment.at)).exclude(Exists(_result(moment)))


def calendar(moment: Moment) -> RecordQuerySet[Planned]:
    """Return the verifications that lie ahead."""
    return Planned.objects.as_of(moment).filter(due__gte=localdate(moment.at)).exclude(Exists(_result(moment)))


def verified(moment: Moment) -> RecordQuerySet[Verified]:
    """Return the results of verifications."""
    return Verified.objects.as_of(moment)


def unmet(moment: Moment) -> RecordQuerySet[Verified]:
    """Return the verifications that found the requirements not met."""
    return verified(moment).filter(met=False)


def unassured(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the high-impact providers whose own controls nobody judged within a year."""
    recent = Assured.objects.as_of(moment).filter(provider=OuterRef("pk"), at__gte=moment.at - ASSURED_WITHIN)
    return high_impact(moment).exclude(Exists(recent))


def ineffective(moment: Moment) -> RecordQuerySet[Assured]:
    """Return the judgements that a provider's own controls do not work, or only partly."""
    return Assured.objects.as_of(moment).exclude(effective=Effect.YES)


def unsupported(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers that lack one of three: requirements sent to them, a verification planned or made, a live result."""
    told = agreements(moment).filter(provider=OuterRef("pk"))
    looked = Planned.objects.as_of(moment).filter(provider=OuterRef("pk"))
    live = Measured.objects.as_of(moment).filter(yardstick__provider=OuterRef("pk"), until__gte=localdate(moment.at - LIVE_WITHIN))
    return active(moment).filter(~Exists(told) | ~Exists(looked) | ~Exists(live))


def _justified(today: date) -> Case:
    reason = ~Q(justification="") & Q(justification__isnull=False) & Q(review__gte=today) & ~Q(grade=Level.HIGH)
    return Case(When(reason, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())


def _count(column: str) -> Case:
    words = Coalesce(F(column), Value(""))
    blanks = Length(words) - Length(Replace(words, Value(" "), Value("")))
    return Case(When(Q(**{column: ""}) | Q(**{f"{column}__isnull": True}), then=Value(0)), default=blanks + Value(1), output_field=IntegerField())


def _result(moment: Moment) -> RecordQuerySet[Verified]:
    return Verified.objects.as_of(moment).filter(planned=OuterRef("pk"))
