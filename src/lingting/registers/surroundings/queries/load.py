"""How heavy the work is: abuse and the break after it, the load of teams, what they say without names, and trouble they report."""

from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet, Subquery

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.surroundings.models import Beat, Load, Pulse, Relief, Report, Resolved, Shut

R = TypeVar("R", bound=Record)

RELIEVED_WITHIN = period("surroundings.relieved-within", timedelta(minutes=15))
"""How soon after an abusive conversation a break is offered; a house default, shown as ours."""

LEAST_BREAK = 5
"""The shortest break, in minutes; a house default."""

RESOLVED_WITHIN = period("surroundings.resolved-within", timedelta(days=30))
"""How soon a report of trouble is dealt with; a house default."""

BUSIEST = 850
"""The most of its time, in tenths of a percent, that a team spends with customers; a house default."""

FEWEST = 5
"""The fewest people whose load or answers are shown (k-anonymity)."""


def relieved(abused: RecordQuerySet[R], moment: Moment) -> RecordQuerySet[R]:
    """Return those of these abusive conversations (`over` is when each ended) after which a break was offered in time."""
    offers = Relief.objects.as_of(moment).filter(found__conversation=OuterRef("conversation"), at__lte=OuterRef("over") + RELIEVED_WITHIN)
    return abused.filter(Exists(offers))


def unrelieved(abused: RecordQuerySet[R], moment: Moment) -> RecordQuerySet[R]:
    """Return those after which none was, though the time is up: a finding on the supervisor, not on the agent."""
    offers = Relief.objects.as_of(moment).filter(found__conversation=OuterRef("conversation"), at__lte=OuterRef("over") + RELIEVED_WITHIN)
    return abused.filter(over__lte=moment.at - RELIEVED_WITHIN).exclude(Exists(offers))


def overloaded(moment: Moment) -> RecordQuerySet[Load]:
    """Return the days on which a team spent more of its time with customers than is bearable."""
    return Load.objects.as_of(moment).filter(occupancy__gt=BUSIEST)


def beats_shown(moment: Moment) -> RecordQuerySet[Beat]:
    """Return the answers that may be shown: of pulses that ended – while answers still come in, the newest could be told apart – with at least five."""
    counted = Beat.objects.as_of(moment).filter(pulse=OuterRef("pk")).order_by().values("pulse").annotate(n=Count("pk")).values("n")
    ended = Exists(Shut.objects.as_of(moment).filter(pulse=OuterRef("pk")))
    shown = Pulse.objects.as_of(moment).filter(ended).annotate(n=Subquery(counted)).filter(n__gte=FEWEST)
    return Beat.objects.as_of(moment).filter(pulse__in=shown.values("pk"))


def results(moment: Moment) -> QuerySet[Beat, dict[str, Any]]:
    """Return for each pulse that may be shown how many answered, and the mean of each item."""
    means = {f"{item}_mean": Avg(item) for item in ("fair", "calm", "bearable")}
    return beats_shown(moment).order_by().values("pulse").annotate(answers=Count("pk"), **means).order_by("pulse")


def incidents(moment: Moment) -> RecordQuerySet[Report]:
    """Return the reports of discrimination, conflict and hostility."""
    return Report.objects.as_of(moment)


def incidents_due(moment: Moment) -> RecordQuerySet[Report]:
    """Return the reports that were dealt with, or were to be by now."""
    resolved = Resolved.objects.as_of(moment).filter(report=OuterRef("pk"))
    return incidents(moment).filter(Q(at__lte=moment.at - RESOLVED_WITHIN) | Q(Exists(resolved)))


def unresolved(moment: Moment) -> RecordQuerySet[Report]:
    """Return the reports that were not dealt with in time."""
    in_time = Resolved.objects.as_of(moment).filter(report=OuterRef("pk"), at__lte=OuterRef("at") + RESOLVED_WITHIN)
    return incidents_due(moment).exclude(Exists(in_time))
