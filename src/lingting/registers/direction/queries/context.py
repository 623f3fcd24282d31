"""What the system stands on: issues, scope and what it leaves out, policy, legal requirements, resources asked for."""

from datetime import timedelta

from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.direction.choices import Part
from lingting.registers.direction.models import (
    Acknowledged,
    Answered,
    Climate,
    Covered,
    Ended,
    Excluded,
    Issue,
    Law,
    Policy,
    Published,
    Readmitted,
    Requested,
    Reviewed,
    Scope,
)  # fmt: skip

AGAIN_WITHIN = period("direction.again-within", timedelta(days=365))
"""How long a look at an issue or a risk is good for, whatever day was set; the catalog's number."""


def issues(moment: Moment) -> RecordQuerySet[Issue]:
    """Return the issues that are held."""
    return Issue.objects.as_of(moment).exclude(Exists(Ended.objects.as_of(moment).filter(issue=OuterRef("pk"))))


def issues_unowned_or_stale(moment: Moment) -> RecordQuerySet[Issue]:
    """Return the issues that nobody watches, or at which nobody looked again in time."""
    fresh = Reviewed.objects.as_of(moment).filter(issue=OuterRef("pk"), review__gte=localdate(moment.at), at__gte=moment.at - AGAIN_WITHIN)
    looked = Reviewed.objects.as_of(moment).filter(issue=OuterRef("pk"))
    new = Q(review__gte=localdate(moment.at), at__gte=moment.at - AGAIN_WITHIN) & ~Exists(looked)
    return issues(moment).exclude(Q(owner__isnull=False) & (Exists(fresh) | new))


def climate(moment: Moment) -> RecordQuerySet[Climate]:
    """Return the newest decision whether climate change is relevant."""
    later = Climate.objects.as_of(moment).filter(_later())
    return Climate.objects.as_of(moment).exclude(Exists(later))


def climate_unreasoned(moment: Moment) -> RecordQuerySet[Climate]:
    """Return it if it gives no reason, or its day of review is past."""
    return climate(moment).filter(Q(reason="") | Q(review__lt=localdate(moment.at)))


def scope(moment: Moment) -> RecordQuerySet[Scope]:
    """Return the version of the scope in force."""
    return Scope.objects.as_of(moment).exclude(Exists(Scope.objects.as_of(moment).filter(_later())))


def scope_unnamed(moment: Moment) -> RecordQuerySet[Scope]:
    """Return it if it names no offerings, or neither a channel nor a site."""
    parts = Covered.objects.as_of(moment).filter(scope=OuterRef("pk"))
    named = Q(Exists(parts.filter(part=Part.OFFERING))) & Q(Exists(parts.filter(part__in=[Part.CHANNEL, Part.SITE])))
    return scope(moment).exclude(named)


def covered(moment: Moment, part: Part) -> RecordQuerySet[Covered]:
    """Return what the scope in force names of one sort."""
    return Covered.objects.as_of(moment).filter(part=part, scope__in=scope(moment))


def excluded(moment: Moment) -> RecordQuerySet[Excluded]:
    """Return the requirements that are declared not applicable: of each, the newest word."""
    again = Readmitted.objects.as_of(moment).filter(excluded=OuterRef("pk"))
    later = Excluded.objects.as_of(moment).filter(_later(), clause=OuterRef("clause"))
    return Excluded.objects.as_of(moment).exclude(Exists(again)).exclude(Exists(later))


def excluded_unfounded(moment: Moment) -> RecordQuerySet[Excluded]:
    """Return those of them without a reason, or past their day of review."""
    return excluded(moment).filter(Q(reason="") | Q(review__lt=localdate(moment.at)))


def policy(moment: Moment) -> RecordQuerySet[Policy]:
    """Return the version of the policy in force."""
    return Policy.objects.as_of(moment).exclude(Exists(Policy.objects.as_of(moment).filter(_later())))


def policy_uncommitted(moment: Moment) -> RecordQuerySet[Policy]:
    """Return it if one of the two commitments is missing."""
    return policy(moment).filter(Q(requirements=False) | Q(improvement=False))


def policy_unpublished(moment: Moment) -> RecordQuerySet[Policy]:
    """Return it if interested parties can see it nowhere."""
    return policy(moment).exclude(Exists(Published.objects.as_of(moment).filter(policy=OuterRef("pk"), outside=True)))


def acknowledged(moment: Moment) -> RecordQuerySet[Acknowledged]:
    """Return who said to have read the policy in force."""
    return Acknowledged.objects.as_of(moment).filter(policy__in=policy(moment))


def requests_due(moment: Moment) -> RecordQuerySet[Requested]:
    """Return the requests for resources that were answered, or had to be by now."""
    return Requested.objects.as_of(moment).filter(Q(due__lt=localdate(moment.at)) | Exists(_answers(moment)))


def unanswered(moment: Moment) -> RecordQuerySet[Requested]:
    """Return the requests for resources past their day without an answer."""
    return requests_due(moment).exclude(Exists(_answers(moment)))


def unweighed(moment: Moment) -> RecordQuerySet[Requested]:
    """Return the requests due that have no answer, or were answered without anybody saying what we have ourselves and where it ends."""
    return requests_due(moment).filter(Q(inside="") | ~Exists(_answers(moment)))


def laws(moment: Moment) -> RecordQuerySet[Law]:
    """Return the legal requirements that apply, each with the newest day `again` to look at it."""
    newest = Max("reviews__review", filter=Q(reviews__in=Reviewed.objects.as_of(moment)))
    rows = Law.objects.as_of(moment).exclude(Exists(Ended.objects.as_of(moment).filter(law=OuterRef("pk"))))
    return rows.annotate(looked=newest).annotate(again=Coalesce(Greatest(F("looked"), F("review")), F("looked"), F("review")))


def laws_unowned_or_stale(moment: Moment) -> RecordQuerySet[Law]:
    """Return the legal requirements without an owner, without a day of review, or past it."""
    return laws(moment).filter(Q(owner__isnull=True) | Q(again__isnull=True) | Q(again__lt=localdate(moment.at)))


def _answers(moment: Moment) -> RecordQuerySet[Answered]:
    return Answered.objects.as_of(moment).filter(requested=OuterRef("pk"))


def _later() -> Q:
    """Tell of a row that it came after the row of the outer query."""
    return Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("id"))
