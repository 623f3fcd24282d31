"""What is true of audits and reviews (审核与评审) as of a moment."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.audits.choices import Grade, Input, Output
from lingting.registers.audits.models import (
    Asked,
    Attended,
    Audit,
    Concluded,
    Considered,
    Corrected,
    Decision,
    Drawn,
    Examined,
    Executed,
    Finding,
    Joined,
    Pair,
    Replied,
    Reported,
    Review,
    Works,
)  # fmt: skip

REVIEWED_WITHIN = period("audits.reviewed-within", timedelta(days=365))
"""How long a management review is good for; the catalog's number."""

CURRENT = timedelta(days=45)
"""How old the data of a review may be; the catalog's number."""


def audits(moment: Moment) -> RecordQuerySet[Audit]:
    """Return the audits planned."""
    return Audit.objects.as_of(moment)


_BY_WAY_OF: dict[type[Record], str] = {Drawn: "population__audit", Corrected: "finding__audit", Replied: "asked__audit"}


def part_of(audit: Audit, kind: type[Record], moment: Moment) -> RecordQuerySet[Any]:
    """Return the records of a kind that belong to an audit, in their order: its populations, samples, questions, findings, requests and so on."""
    known: Any = kind._default_manager
    rows: RecordQuerySet[Any] = known.as_of(moment)
    return rows.filter(**{_BY_WAY_OF.get(kind, "audit"): audit}).order_by("at", "id")


def finished(moment: Moment) -> RecordQuerySet[Audit]:
    """Return the audits that were carried out and reported."""
    return audits(moment).filter(Exists(Reported.objects.as_of(moment).filter(audit=OuterRef("pk"))))


def audits_due(moment: Moment) -> RecordQuerySet[Audit]:
    """Return the audits that were carried out, or whose day is past."""
    return audits(moment).filter(Q(due__lt=localdate(moment.at)) | Exists(Reported.objects.as_of(moment).filter(audit=OuterRef("pk"))))


def audits_late(moment: Moment) -> RecordQuerySet[Audit]:
    """Return those of them that were not finished by their day."""
    return audits_due(moment).exclude(Exists(Reported.objects.as_of(moment).filter(audit=OuterRef("pk"), at__date__lte=OuterRef("due"))))


def pairs_due(moment: Moment) -> RecordQuerySet[Pair]:
    """Return what the programmes wanted audited by now, and what was audited before its day."""
    return Pair.objects.as_of(moment).filter(Q(due__lt=localdate(moment.at)) | _examined(moment))


def pairs_missed(moment: Moment) -> RecordQuerySet[Pair]:
    """Return those of them that no finished audit looked at within the cycle."""
    return pairs_due(moment).exclude(_examined(moment))


def _examined(moment: Moment) -> Q:
    """Tell of a pair that a finished audit of its cycle looked at that clause in that process and at that site."""
    rows = Examined.objects.as_of(moment).filter(
        clause=OuterRef("clause"), at__date__gte=OuterRef("programme__start"), at__date__lte=OuterRef("programme__until"), audit__in=finished(moment),
    )  # fmt: skip
    in_process = Q(process__isnull=True) | Exists(rows.filter(process=OuterRef("process")))
    at_site = Q(site="") | Exists(rows.filter(site=OuterRef("site")))
    both = Q(process__isnull=True) | Q(site="") | Exists(rows.filter(process=OuterRef("process"), site=OuterRef("site")))
    return Q(Exists(rows)) & Q(in_process) & Q(at_site) & Q(both)


def examined(moment: Moment) -> RecordQuerySet[Examined]:
    """Return what audits looked at."""
    return Examined.objects.as_of(moment)


def own_work(moment: Moment) -> RecordQuerySet[Examined]:
    """Return what was audited by somebody whose own work it was on that day."""
    works = Works.objects.as_of(moment).filter(Q(process=OuterRef("process")) | Q(clause=OuterRef("clause")), at__lte=OuterRef("at"))
    works = works.filter(Q(until__isnull=True) | Q(until__gte=OuterRef("at__date")))
    joined = Joined.objects.as_of(moment).filter(audit=OuterRef(OuterRef("audit")), person=OuterRef("person"))
    return examined(moment).filter(Exists(works.filter(Q(person=OuterRef("audit__lead")) | Exists(joined))))


def without_sample(moment: Moment) -> RecordQuerySet[Audit]:
    """Return the finished audits without a sample that can be drawn again."""
    sound = Drawn.objects.as_of(moment).filter(population__audit=OuterRef("pk")).exclude(population__words="").exclude(population__digest="")
    return finished(moment).exclude(Exists(sound.exclude(seed="").exclude(numbers="")))


def findings(moment: Moment) -> RecordQuerySet[Finding]:
    """Return what audits found."""
    return Finding.objects.as_of(moment)


def findings_incomplete(moment: Moment) -> RecordQuerySet[Finding]:
    """Return those of them without criterion, evidence or judgement."""
    return findings(moment).filter(Q(criterion="") | Q(evidence="") | Q(grade=""))


def findings_due(moment: Moment) -> RecordQuerySet[Finding]:
    """Return the findings to correct that were corrected, or whose day is past."""
    corrected = Corrected.objects.as_of(moment).filter(finding=OuterRef("pk"))
    return findings(moment).filter(grade__in=[Grade.MINOR, Grade.MAJOR]).filter(Q(due__lt=localdate(moment.at)) | Exists(corrected))


def findings_late(moment: Moment) -> RecordQuerySet[Finding]:
    """Return those of them that were not corrected by their day."""
    return findings_due(moment).exclude(Exists(Corrected.objects.as_of(moment).filter(finding=OuterRef("pk"), at__date__lte=OuterRef("due"))))


def unreplied(moment: Moment) -> RecordQuerySet[Asked]:
    """Return what auditors asked for and did not get yet."""
    return Asked.objects.as_of(moment).exclude(Exists(Replied.objects.as_of(moment).filter(asked=OuterRef("pk"))))


def unreplied_late(moment: Moment) -> RecordQuerySet[Asked]:
    """Return those of them whose day is past."""
    return unreplied(moment).filter(due__lt=localdate(moment.at))


def reviews(moment: Moment) -> RecordQuerySet[Review]:
    """Return the management reviews held."""
    return Review.objects.as_of(moment)


def last_review(moment: Moment) -> RecordQuerySet[Review]:
    """Return the newest of them."""
    return reviews(moment).filter(pk__in=reviews(moment).order_by("-at", "-id").values("pk")[:1])


def review_overdue(moment: Moment) -> RecordQuerySet[Review]:
    """Return it if it is more than a year ago."""
    return last_review(moment).filter(at__lt=moment.at - REVIEWED_WITHIN)


def reviews_without_top(moment: Moment) -> RecordQuerySet[Review]:
    """Return the reviews that top management did not attend."""
    return reviews(moment).exclude(Exists(Attended.objects.as_of(moment).filter(review=OuterRef("pk"), top=True)))


def reviews_unled(moment: Moment) -> RecordQuerySet[Review]:
    """Return the reviews that top management did not attend, or in which nothing was decided."""
    top = Attended.objects.as_of(moment).filter(review=OuterRef("pk"), top=True)
    decided = Decision.objects.as_of(moment).filter(concluded__review=OuterRef("pk"))
    return reviews(moment).exclude(Exists(top) & Exists(decided))


def considered(moment: Moment) -> RecordQuerySet[Considered]:
    """Return what reviews looked at, with data."""
    return Considered.objects.as_of(moment).filter(review__in=reviews(moment)).exclude(data="")


def considered_old(moment: Moment) -> RecordQuerySet[Considered]:
    """Return those of them whose data end more than 45 days before the review."""
    return considered(moment).filter(review__at__date__gt=F("until") + CURRENT)


def reviews_without_issues(moment: Moment) -> RecordQuerySet[Review]:
    """Return the reviews that say nothing of changes in the issues."""
    return reviews(moment).exclude(Exists(considered(moment).filter(review=OuterRef("pk"), input=Input.ISSUES)))


def reviews_inconclusive(moment: Moment) -> RecordQuerySet[Review]:
    """Return the reviews without a conclusion on improvement, on changes or on resources."""
    said = Concluded.objects.as_of(moment).filter(review=OuterRef("pk")).exclude(conclusion="")
    complete = Q()
    for output in Output:
        complete &= Q(Exists(said.filter(output=output)))
    return reviews(moment).exclude(complete)


def decisions_due(moment: Moment) -> RecordQuerySet[Decision]:
    """Return the decisions of reviews that were carried out, or whose day is past."""
    done = Executed.objects.as_of(moment).filter(decision=OuterRef("pk"))
    return Decision.objects.as_of(moment).filter(Q(due__lt=localdate(moment.at)) | Exists(done))


def decisions_late(moment: Moment) -> RecordQuerySet[Decision]:
    """Return those of them that were not carried out by their day."""
    return decisions_due(moment).exclude(Exists(Executed.objects.as_of(moment).filter(decision=OuterRef("pk"), at__date__lte=OuterRef("due"))))


def needs(moment: Moment) -> RecordQuerySet[Concluded]:
    """Return the needs for improvement that reviews named."""
    return Concluded.objects.as_of(moment).filter(output=Output.IMPROVEMENT, need=True)


def needs_without_decision(moment: Moment) -> RecordQuerySet[Concluded]:
    """Return those of them that became no decision."""
    return needs(moment).exclude(Exists(Decision.objects.as_of(moment).filter(concluded=OuterRef("pk"))))
