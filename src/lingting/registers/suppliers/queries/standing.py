"""How providers stand: who is active, how much hangs on each, how each was judged and by which criteria."""

from datetime import timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.asking import once
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.suppliers.choices import Level, Result, Use
from lingting.registers.suppliers.models import Ceased, Criteria, Criterion, Evaluated, Measured, Named, Provider, Rated

AGAIN_WITHIN = period("suppliers.again-within", timedelta(days=365))
"""An evaluation is not relied on longer than this, whatever date was set; the catalog's number."""


def newest(model: type[Record], moment: Moment, column: str, *, provider: str = "pk") -> Subquery:
    """Return a column of the newest record of a class about the provider of a row, for an annotation."""
    rows = model.objects.as_of(moment).filter(provider=OuterRef(provider)).order_by("-at", "-id")
    return Subquery(rows.values(column)[:1])


def impact(moment: Moment, *, provider: str = "pk") -> dict[str, Case | Subquery]:
    """Return annotations: what a provider's failure would do to customers and to legal duties; the worse of them is its grade."""
    return {"on_customers": newest(Rated, moment, "on_customers", provider=provider), "on_law": newest(Rated, moment, "on_law", provider=provider)}


GRADE = Case(
    *(When(Q(on_customers=level) | Q(on_law=level), then=Value(level.value)) for level in (Level.HIGH, Level.MEDIUM, Level.LOW)),
    default=Value(""), output_field=CharField(),
)  # fmt: skip


@once
def active(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the providers that provide something for us."""
    return Provider.objects.as_of(moment).exclude(Exists(Ceased.objects.as_of(moment).filter(provider=OuterRef("pk"))))


def ceased(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the providers that were let go."""
    return Provider.objects.as_of(moment).filter(Exists(Ceased.objects.as_of(moment).filter(provider=OuterRef("pk"))))


def unclassified(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers of which nobody said which of the three cases they are."""
    return active(moment).filter(cases="")


@once
def graded(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers, each with its `grade` of impact: high, medium, low, or "" where nobody rated it."""
    return active(moment).annotate(**impact(moment)).annotate(grade=GRADE)


def ungraded(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers whose impact nobody rated."""
    return graded(moment).filter(grade="")


@once
def high_impact(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers whose failure would hit customers or legal duties hard."""
    return graded(moment).filter(grade=Level.HIGH)


@once
def in_force(moment: Moment) -> RecordQuerySet[Criteria]:
    """Return the newest version of each of the four sets of criteria."""
    later = Criteria.objects.as_of(moment).filter(use=OuterRef("use")).filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("id")))
    return Criteria.objects.as_of(moment).exclude(Exists(later))


def price_only(moment: Moment) -> RecordQuerySet[Criteria]:
    """Return the sets in force that name no ability besides the price, or no criterion at all."""
    return in_force(moment).exclude(Exists(_abilities(moment).filter(criteria=OuterRef("pk"))))


def sets_missing(moment: Moment) -> Q:
    """Return the condition that one of the four sets was never fixed, or names no ability."""
    sound = in_force(moment).filter(Exists(_abilities(moment).filter(criteria=OuterRef("pk"))))
    complete = Q()
    for use in Use:
        complete &= Q(Exists(sound.filter(use=use)))
    return ~complete


@once
def applied(moment: Moment) -> RecordQuerySet[Evaluated]:
    """Return the evaluations by a version that was in force when they were made, and that measures an ability."""
    replaced = Criteria.objects.as_of(moment).filter(use=OuterRef("criteria__use"), at__gt=OuterRef("criteria__at"), at__lte=OuterRef("at"))
    rows = Evaluated.objects.as_of(moment).filter(criteria__at__lte=F("at")).exclude(Exists(replaced))
    return rows.filter(Exists(_abilities(moment).filter(criteria=OuterRef("criteria"))))


def misapplied(moment: Moment) -> RecordQuerySet[Evaluated]:
    """Return the evaluations by criteria that were not in force then, or that measure no ability."""
    return Evaluated.objects.as_of(moment).exclude(pk__in=applied(moment).values("pk"))


@once
def unevaluated(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers without an evaluation by criteria in force at its time; all of them while one of the four sets is missing."""
    return active(moment).filter(~Exists(applied(moment).filter(provider=OuterRef("pk"))) | sets_missing(moment))


@once
def evaluated(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers that were evaluated, with the newest `result`, the day of the `next_due` and when it was `judged`."""
    rows = active(moment).annotate(
        result=newest(Evaluated, moment, "result"), next_due=newest(Evaluated, moment, "next_due"), judged=newest(Evaluated, moment, "at")
    )
    return rows.filter(judged__isnull=False)


def expired(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers whose re-evaluation is overdue by the day that was set, or older than a year."""
    return evaluated(moment).filter(Q(next_due__lt=localdate(moment.at)) | Q(judged__lt=moment.at - AGAIN_WITHIN))


def outdated(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers whose newest evaluation rests on a version of criteria replaced since: to be evaluated again."""
    return evaluated(moment).annotate(rests_on=newest(Evaluated, moment, "criteria")).exclude(rests_on__in=in_force(moment).values("pk"))


def approved(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers whose newest evaluation approved them."""
    return evaluated(moment).filter(result=Result.APPROVED)


def conditional(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers that were approved on conditions only."""
    return evaluated(moment).filter(result=Result.CONDITIONAL)


@once
def suspended(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the active providers that were suspended."""
    return evaluated(moment).filter(result=Result.SUSPENDED)


def used_while_suspended(moment: Moment) -> RecordQuerySet[Provider]:
    """Return the suspended providers that invoiced us, or had cases of ours in a period that began, since."""
    invoiced = Named.objects.as_of(moment).filter(name=OuterRef("name"), at__gt=OuterRef("judged"))
    counted = Measured.objects.as_of(moment).filter(yardstick__provider=OuterRef("pk"), start__gt=OuterRef("judged"), n__gt=0)
    return suspended(moment).filter(Exists(invoiced) | Exists(counted))


def standings(moment: Moment) -> dict[int, str]:
    """Return for every provider the list in which it stands, the worst first."""
    return {pk: name for name, query in reversed(LISTS) for pk in query(moment).values_list("pk", flat=True)}


LISTS = (
    ("ceased", ceased), ("suspended", suspended), ("unevaluated", unevaluated), ("expired", expired), ("outdated", outdated), ("conditional", conditional),
    ("approved", approved),
)  # fmt: skip
"""How a provider can stand, the worst first."""

stands = Stands(*LISTS)
"""The list in which one stands, the worst first; of many, each list is asked once."""


def _abilities(moment: Moment) -> RecordQuerySet[Criterion]:
    return Criterion.objects.as_of(moment).filter(price=False)
