"""What is true of changes in operation and of how work is controlled (更改与控制) as of a moment."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.processes.changes import (
    Arrived,
    Authorised,
    Change,
    Confirmed,
    Dropped,
    Effected,
    Measure,
    Norm,
    Operation,
    Reviewed,
    Transfer,
    Validated,
)

REVIEW_WITHIN = period("processes.review-within", timedelta(days=7))
"""How soon an unintended change was looked at; this and the times below are house defaults, shown as ours."""

SECOND_WITHIN = period("processes.second-within", timedelta(minutes=5))
"""How long after a sensitive operation its confirmation may stand: two people write down one after the other."""

CONFIRM_WITHIN = period("processes.confirm-within", timedelta(days=1))


def changes(moment: Moment) -> RecordQuerySet[Change]:
    """Return the intended changes that took effect."""
    return Change.objects.as_of(moment).filter(Exists(Effected.objects.as_of(moment).filter(change=OuterRef("pk"))), intended=True)


def uncontrolled(moment: Moment) -> RecordQuerySet[Change]:
    """Return those that took effect before they were reviewed and authorised, or without the measures they needed."""
    effect = Effected.objects.as_of(moment).filter(change=OuterRef("pk"))
    early = effect.exclude(Exists(Reviewed.objects.as_of(moment).filter(change=OuterRef("change"), at__lte=OuterRef("at"))))
    unlicensed = effect.exclude(Exists(Authorised.objects.as_of(moment).filter(change=OuterRef("change"), at__lte=OuterRef("at"))))
    measures = Measure.objects.as_of(moment).filter(change=OuterRef("pk"))
    return changes(moment).filter(Q(Exists(early)) | Q(Exists(unlicensed)) | ~Q(Exists(measures)))


def irreversible(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes in effect of which nobody said how they can be undone."""
    return changes(moment).filter(back="")


def unintended(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes that happened to us and should have been looked at by now, or were."""
    reviewed = Reviewed.objects.as_of(moment).filter(change=OuterRef("pk"))
    return Change.objects.as_of(moment).filter(Q(at__lte=moment.at - REVIEW_WITHIN) | Q(Exists(reviewed)), intended=False)


def unreviewed(moment: Moment) -> RecordQuerySet[Change]:
    """Return those whose consequences nobody looked at within a week, or against whose ill effects nothing was done."""
    in_time = Reviewed.objects.as_of(moment).filter(change=OuterRef("pk"), at__lte=OuterRef("at") + REVIEW_WITHIN)
    measures = Measure.objects.as_of(moment).filter(change=OuterRef("pk"))
    return unintended(moment).filter(~Q(Exists(in_time)) | (Q(at__lte=moment.at - REVIEW_WITHIN) & ~Q(Exists(measures))))


def settled_unintended(moment: Moment) -> RecordQuerySet[Change]:
    """Return the unintended changes that were reviewed and mitigated."""
    return unintended(moment).exclude(pk__in=unreviewed(moment).values("pk"))


def norms(moment: Moment) -> RecordQuerySet[Norm]:
    """Return the criteria by which services are accepted."""
    return Norm.objects.as_of(moment).exclude(Exists(Dropped.objects.as_of(moment).filter(norm=OuterRef("pk"))))


def special(moment: Moment) -> RecordQuerySet[Norm]:
    """Return those of services whose result cannot be checked afterwards."""
    return norms(moment).filter(unseen=True)


def unvalidated(moment: Moment) -> RecordQuerySet[Norm]:
    """Return those whose process was not shown to work, or is to be shown to again."""
    rows = Validated.objects.as_of(moment).filter(norm=OuterRef("pk"))
    later = Validated.objects.as_of(moment).filter(norm=OuterRef("norm"), at__gt=OuterRef("at"))
    return special(moment).exclude(Exists(rows.filter(works=True, next__gte=localdate(moment.at)).exclude(Exists(later))))


def operations(moment: Moment) -> RecordQuerySet[Operation]:
    """Return the sensitive operations carried out long enough ago for a second person to have confirmed them."""
    return Operation.objects.as_of(moment).filter(at__lte=moment.at - SECOND_WITHIN)


def single_handed(moment: Moment) -> RecordQuerySet[Operation]:
    """Return those that nobody else confirmed before they were carried out."""
    second = Confirmed.objects.as_of(moment).filter(operation=OuterRef("pk"), at__lte=OuterRef("at") + SECOND_WITHIN).exclude(person=OuterRef("person"))
    return operations(moment).exclude(Exists(second))


def transfers(moment: Moment) -> RecordQuerySet[Transfer]:
    """Return the transfers of data whose receipt was confirmed, or should have been by now."""
    arrived = Arrived.objects.as_of(moment).filter(transfer=OuterRef("pk"))
    return Transfer.objects.as_of(moment).filter(Q(at__lte=moment.at - CONFIRM_WITHIN) | Q(Exists(arrived)))


def careless_transfers(moment: Moment) -> RecordQuerySet[Transfer]:
    """Return those that were not encrypted, or whose checksum at the other end is not known to be the same."""
    same = Arrived.objects.as_of(moment).filter(transfer=OuterRef("pk"), digest__iexact=OuterRef("digest")).exclude(digest="")
    return transfers(moment).filter(Q(encrypted=False) | ~Q(Exists(same)))


def careless(moment: Moment) -> RecordQuerySet[Transfer]:
    """Return the transfers that were not encrypted."""
    return Transfer.objects.as_of(moment).filter(encrypted=False)
