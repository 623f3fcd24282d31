"""What staff answered without names; fewer than five answers are never shown, for they would name somebody."""

from typing import Any

from django.db.models import Avg, Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.people.models import Answer, Changed, Shut, Survey

FEWEST = 5
"""The fewest answers that are shown (k-anonymity)."""

ITEMS = ("treatment", "encouragement", "pay", "effort", "future", "climate")


def answers_shown(moment: Moment) -> RecordQuerySet[Answer]:
    """Return the answers that may be shown: of surveys that ended – while answers still come in, the newest could be told apart – with at least five."""
    return Answer.objects.as_of(moment).filter(survey__in=_shown(moment))


def results(moment: Moment) -> QuerySet[Answer, dict[str, Any]]:
    """Return for each survey that may be shown how many answered, and for each item the share that says yes."""
    shares = {f"{item}_share": Avg(Cast(item, IntegerField())) for item in ITEMS}
    return answers_shown(moment).order_by().values("survey").annotate(answers=Count("pk"), **shares).order_by("survey")


def unreturned(moment: Moment) -> RecordQuerySet[Survey]:
    """Return the surveys that ended without staff being told what their answers changed."""
    ended = Exists(Shut.objects.as_of(moment).filter(survey=OuterRef("pk")))
    return Survey.objects.as_of(moment).filter(ended).exclude(Exists(Changed.objects.as_of(moment).filter(survey=OuterRef("pk"))))


def _shown(moment: Moment) -> QuerySet[Survey, int]:
    counted = Answer.objects.as_of(moment).filter(survey=OuterRef("pk")).order_by().values("survey").annotate(n=Count("pk")).values("n")
    ended = Exists(Shut.objects.as_of(moment).filter(survey=OuterRef("pk")))
    return Survey.objects.as_of(moment).filter(ended).annotate(n=Subquery(counted)).filter(n__gte=FEWEST).values_list("pk", flat=True)
