"""Objectives (目标), the figures behind them, and what is concluded from figures."""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.direction.choices import Better, Topic
from lingting.registers.direction.models import (
    Analysis,
    Concerned,
    Decision,
    Ended,
    Expected,
    Explained,
    Handled,
    Indicator,
    Informed,
    Objective,
    Plan,
    Seen,
    Value,
)  # fmt: skip

CURRENT = timedelta(days=92)
"""How old a figure, an analysis or a look at the board may be: a quarter; of the board it is the catalog's number, else ours."""

DECIDED_WITHIN = period("direction.decided-within", timedelta(days=30))
"""How soon after an analysis, or after an objective was missed, somebody decides; a house default."""

MEASURED_WITHIN = period("direction.measured-within", timedelta(days=7))
"""How soon after the end of a period its figure is there; a house default."""


def objectives(moment: Moment) -> RecordQuerySet[Objective]:
    """Return the objectives that are held."""
    return Objective.objects.as_of(moment).exclude(Exists(Ended.objects.as_of(moment).filter(objective=OuterRef("pk"))))


def objectives_unrooted(moment: Moment) -> RecordQuerySet[Objective]:
    """Return those of them that come from no policy."""
    return objectives(moment).filter(policy__isnull=True)


def unmeasurable(moment: Moment) -> RecordQuerySet[Objective]:
    """Return those of them without indicator, baseline, target or day."""
    return objectives(moment).filter(Q(indicator__isnull=True) | Q(baseline__isnull=True) | Q(target__isnull=True) | Q(due__isnull=True))


def unmonitored(moment: Moment) -> RecordQuerySet[Objective]:
    """Return those of them whose indicator has no figure of the last quarter."""
    current = Value.objects.as_of(moment).filter(indicator=OuterRef("indicator"), until__gte=localdate(moment.at) - CURRENT)
    return objectives(moment).exclude(Exists(current))


def concerned(moment: Moment) -> RecordQuerySet[Concerned]:
    """Return whom the objectives concern."""
    return Concerned.objects.as_of(moment).filter(objective__in=objectives(moment))


def uninformed(moment: Moment) -> RecordQuerySet[Concerned]:
    """Return those of them who did not say that they know."""
    return concerned(moment).exclude(Exists(Informed.objects.as_of(moment).filter(concerned=OuterRef("pk"))))


def unplanned(moment: Moment) -> RecordQuerySet[Objective]:
    """Return the objectives without a plan that names all five: what, resources, who, by when, how the result is judged."""
    whole = Plan.objects.as_of(moment).filter(objective=OuterRef("pk"), owner__isnull=False, due__isnull=False)
    whole = whole.exclude(what="").exclude(resources="").exclude(judged="")
    return objectives(moment).exclude(Exists(whole))


def missed(moment: Moment) -> RecordQuerySet[Objective]:
    """Return the objectives whose day is past and whose last figure by that day did not reach the target; without any figure none was reached."""
    figures = Value.objects.as_of(moment).filter(indicator=OuterRef("indicator"), until__lte=OuterRef("due"))
    last = Subquery(figures.order_by("-until", "-at", "-id").values("value")[:1])
    rows = objectives(moment).filter(due__lt=localdate(moment.at)).annotate(last=last)
    reached = Q(indicator__better=Better.HIGHER, last__gte=F("target")) | Q(indicator__better=Better.LOWER, last__lte=F("target"))
    return rows.exclude(pk__in=rows.filter(reached).values("pk"))


def to_explain(moment: Moment) -> RecordQuerySet[Objective]:
    """Return the missed objectives that were explained and decided on, or had to be by now."""
    late = localdate(moment.at) - DECIDED_WITHIN
    return missed(moment).filter(Q(due__lt=late) | Exists(Explained.objects.as_of(moment).filter(objective=OuterRef("pk"))))


def unexplained(moment: Moment) -> RecordQuerySet[Objective]:
    """Return those of them about which nobody said why, and what follows."""
    return to_explain(moment).exclude(Exists(Explained.objects.as_of(moment).filter(objective=OuterRef("pk"))))


def indicators(moment: Moment) -> RecordQuerySet[Indicator]:
    """Return the indicators that are watched."""
    return Indicator.objects.as_of(moment).exclude(Exists(Ended.objects.as_of(moment).filter(indicator=OuterRef("pk"))))


def undefined(moment: Moment) -> RecordQuerySet[Indicator]:
    """Return those of them without definition, method, frequency, owner or threshold."""
    return indicators(moment).filter(Q(definition="") | Q(method="") | Q(every="") | Q(owner__isnull=True) | Q(threshold__isnull=True))


def figures_due(moment: Moment) -> RecordQuerySet[Expected]:
    """Return the periods whose figure is there, or had to be by now."""
    rows = Expected.objects.as_of(moment).filter(Q(until__lt=localdate(moment.at) - MEASURED_WITHIN) | Exists(_figures(moment)))
    return rows.exclude(Exists(Ended.objects.as_of(moment).filter(indicator=OuterRef("indicator"), at__date__lte=OuterRef("until"))))


def figures_missing(moment: Moment) -> RecordQuerySet[Expected]:
    """Return those of them without a figure."""
    return figures_due(moment).exclude(Exists(_figures(moment)))


def _figures(moment: Moment) -> RecordQuerySet[Value]:
    return Value.objects.as_of(moment).filter(indicator=OuterRef("indicator"), start__lte=OuterRef("until"), until__gte=OuterRef("start"))


def values(moment: Moment) -> RecordQuerySet[Value]:
    """Return the figures of the indicators that are watched, each indicator's in order of time."""
    return Value.objects.as_of(moment).filter(indicator__in=indicators(moment)).order_by("indicator", "until", "id")


def handled(moment: Moment) -> RecordQuerySet[Handled]:
    """Return what was said of figures that left their usual course."""
    return Handled.objects.as_of(moment)


def satisfaction(moment: Moment) -> RecordQuerySet[Indicator]:
    """Return the indicators of customer satisfaction that are watched."""
    return indicators(moment).filter(topic=Topic.SATISFACTION)


def unseen(moment: Moment) -> RecordQuerySet[Indicator]:
    """Return those of them that management did not see with a trend within a quarter; one figure has no trend."""
    seen = Seen.objects.as_of(moment).filter(indicator=OuterRef("pk"), at__gte=moment.at - CURRENT)
    figures = Value.objects.as_of(moment).filter(indicator=OuterRef("pk")).order_by().values("indicator").annotate(count=Count("pk"))
    return satisfaction(moment).exclude(Exists(seen) & Exists(figures.filter(count__gte=2)))


def analyses(moment: Moment) -> RecordQuerySet[Analysis]:
    """Return the analyses made."""
    return Analysis.objects.as_of(moment)


def current_analyses(moment: Moment, topic: Topic) -> RecordQuerySet[Analysis]:
    """Return the analyses of one aspect over a period that ended within the last quarter."""
    words = Q(topics=topic) | Q(topics__startswith=f"{topic} ") | Q(topics__endswith=f" {topic}") | Q(topics__contains=f" {topic} ")
    return analyses(moment).filter(words, until__gte=localdate(moment.at) - CURRENT)


def to_decide(moment: Moment) -> RecordQuerySet[Analysis]:
    """Return the analyses on which somebody decided, or had to by now."""
    return analyses(moment).filter(Q(at__lte=moment.at - DECIDED_WITHIN) | Exists(_decisions(moment)))


def undecided(moment: Moment) -> RecordQuerySet[Analysis]:
    """Return those of them on which nobody decided."""
    return to_decide(moment).exclude(Exists(_decisions(moment)))


def decisions(moment: Moment) -> RecordQuerySet[Decision]:
    """Return what was decided after analyses."""
    return Decision.objects.as_of(moment)


def with_need(moment: Moment) -> RecordQuerySet[Analysis]:
    """Return the analyses that found a need for improvement."""
    return analyses(moment).exclude(need="")


def _decisions(moment: Moment) -> RecordQuerySet[Decision]:
    return Decision.objects.as_of(moment).filter(analysis=OuterRef("pk"))
