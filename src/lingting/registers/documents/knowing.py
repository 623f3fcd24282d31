"""What is true of knowledge (组织的知识) as of a moment."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate

from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.documents.knowledge import Article, Compared, Covered, Question, Raised, Shelved

FREQUENT = 5
"""How often a question is asked within `LATELY` before it is a frequent one; both are the house's numbers."""

LATELY = timedelta(days=91)


def articles(moment: Moment) -> RecordQuerySet[Article]:
    """Return the articles in use."""
    return Article.objects.as_of(moment).exclude(Exists(Shelved.objects.as_of(moment).filter(article=OuterRef("pk"))))


def outdated(moment: Moment) -> RecordQuerySet[Article]:
    """Return the articles in use that nobody owns or whose time is up or was never set."""
    return articles(moment).filter(Q(owner=None) | Q(valid=None) | Q(valid__lt=localdate(moment.at)))


def frequent(moment: Moment) -> RecordQuerySet[Question]:
    """Return the questions that were asked often lately."""
    often = _raised(moment).order_by().values("question").annotate(times=Count("pk")).filter(times__gte=FREQUENT).values("question")
    return Question.objects.as_of(moment).filter(pk__in=often)


def uncovered(moment: Moment) -> RecordQuerySet[Question]:
    """Return the frequent questions that no article in use answers."""
    return frequent(moment).exclude(pk__in=_covered(moment))


def frequent_contacts(moment: Moment) -> RecordQuerySet[Raised]:
    """Return the times a frequent question was asked lately."""
    return _raised(moment).filter(question__in=frequent(moment).values("pk"))


def uncovered_contacts(moment: Moment) -> RecordQuerySet[Raised]:
    """Return the times a frequent question was asked that no article in use answers."""
    return frequent_contacts(moment).exclude(question__in=_covered(moment))


def _raised(moment: Moment) -> RecordQuerySet[Raised]:
    return Raised.objects.as_of(moment).filter(at__gt=moment.at - LATELY)


def _covered(moment: Moment) -> Any:
    live = articles(moment).filter(pk=OuterRef("article"))
    return Covered.objects.as_of(moment).filter(Exists(live)).values("question")


def comparisons(moment: Moment) -> RecordQuerySet[Compared]:
    """Return the answers that were held beside an article."""
    return Compared.objects.as_of(moment)


def contradicting(moment: Moment) -> RecordQuerySet[Compared]:
    """Return the answers that did not agree with the article."""
    return comparisons(moment).filter(agrees=False)


def answers(parties: Collection[int]) -> list[Record]:
    """Return the answers that were given to these parties and quoted here."""
    return list(Compared.objects.filter(conversation__party__in=parties))
