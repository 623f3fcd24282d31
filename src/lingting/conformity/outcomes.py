"""Outcomes (结果): what was heard or complained of, held against what the register of improvements made of it."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from lingting.catalog.load import period
from lingting.ledger.asking import named
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.complaints.models import Captured, Complaint, Dismissed, Mentioned, Merged
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Found
from lingting.registers.direction import queries as direction
from lingting.registers.direction.models import Analysis
from lingting.registers.improvements import queries as improvements
from lingting.registers.improvements.models import Weighed

TAKEN_UP_WITHIN = period("conformity.taken-up-within", timedelta(days=1))
"""How soon a critical finding is dealt with, and a registered complaint judged; a house default."""


def critical(moment: Moment) -> RecordQuerySet[Found]:
    """Return the critical breaches heard that were dealt with, or had to be by now."""
    breaches = conversations.findings(moment).filter(severity="critical", kind="breach")
    return breaches.filter(Q(at__lte=moment.at - TAKEN_UP_WITHIN) | Exists(improvements.disposed(moment).filter(found=OuterRef("pk"))))


def critical_undisposed(moment: Moment) -> RecordQuerySet[Found]:
    """Return those of them that became no output with a disposition."""
    return critical(moment).exclude(Exists(improvements.disposed(moment).filter(found=OuterRef("pk"))))


def heard(moment: Moment) -> RecordQuerySet[Found]:
    """Return the complaints heard that had to be judged by now; those registered, or tied to a registered one, are asked about there."""
    return _unnamed(moment, Complaint, Mentioned, captured=Captured.objects.as_of(moment).filter(complaint__isnull=False))


def heard_unjudged(moment: Moment) -> RecordQuerySet[Found]:
    """Return those of them of which nobody decided whether they are a nonconformity, or that they are no complaint."""
    return _unnamed(moment, Complaint, Mentioned, Dismissed, captured=Captured.objects.as_of(moment), weighed=[improvements.weighed(moment)])


def _unnamed(
    moment: Moment, *kinds: type[Record], captured: RecordQuerySet[Captured], weighed: Iterable[RecordQuerySet[Weighed]] = ()
) -> RecordQuerySet[Found]:
    """Return the complaints to be judged by now that no record of these kinds names, and no conversation of which was captured.

    What names them is put into one list for the words and one for the conversations: looking for each kind by itself took three times as long.
    """
    rows = conversations.complaints_to_take_up(moment)
    rows = rows.exclude(pk__in=named("found", *(kind.objects.as_of(moment) for kind in kinds), *weighed))
    return rows.exclude(conversation__in=captured.order_by().values("conversation"))


def complaints(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints registered that were judged, or had to be by now; one that came in twice is asked about once."""
    weighed = improvements.weighed(moment).filter(complaint=OuterRef("pk"))
    rows = Complaint.objects.as_of(moment).exclude(Exists(Merged.objects.as_of(moment).filter(complaint=OuterRef("pk"))))
    return rows.filter(Q(at__lte=moment.at - TAKEN_UP_WITHIN) | Exists(weighed))


def complaints_unjudged(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return those of them of which nobody decided whether they are a nonconformity."""
    return complaints(moment).exclude(Exists(improvements.weighed(moment).filter(complaint=OuterRef("pk"))))


def needs(moment: Moment) -> RecordQuerySet[Analysis]:
    """Return the analyses that found a need for improvement."""
    return direction.with_need(moment)


def needs_without_destination(moment: Moment) -> RecordQuerySet[Analysis]:
    """Return those of them from which neither an opportunity nor a decision came."""
    taken = improvements.opportunities(moment).filter(analysis=OuterRef("pk"))
    decided = direction.decisions(moment).filter(analysis=OuterRef("pk"))
    return needs(moment).exclude(Exists(taken)).exclude(Exists(decided))
