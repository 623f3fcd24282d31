"""Risks and opportunities (风险和机遇), the actions about them, changes of the system, and what was to be communicated."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.direction.choices import Grade, Sort
from lingting.registers.direction.models import (
    Action,
    Change,
    Checked,
    Done,
    Ended,
    Held,
    Introduced,
    Message,
    Postponed,
    Proved,
    Reviewed,
    Risk,
    Slot,
    Trouble,
)
from lingting.registers.direction.queries.context import AGAIN_WITHIN

PROVED_WITHIN = period("direction.proved-within", timedelta(days=30))
"""How soon after an action or a change its effect is looked at; a house default, shown as ours."""


def risks(moment: Moment) -> RecordQuerySet[Risk]:
    """Return the risks and opportunities that are held, each with its `now`: the grade as it was judged last."""
    graded = Reviewed.objects.as_of(moment).filter(risk=OuterRef("pk")).exclude(grade="").order_by("-at", "-id").values("grade")[:1]
    rows = Risk.objects.as_of(moment).exclude(Exists(Ended.objects.as_of(moment).filter(risk=OuterRef("pk"))))
    return rows.annotate(now=Coalesce(Subquery(graded), F("grade")))


def untraced(moment: Moment) -> RecordQuerySet[Risk]:
    """Return those that come from no issue and no need of a party."""
    return risks(moment).filter(issue__isnull=True, need__isnull=True)


def without_opportunity(moment: Moment) -> RecordQuerySet[Risk]:
    """Return all of them while no opportunity was determined for a year."""
    seen = Risk.objects.as_of(moment).filter(sort=Sort.OPPORTUNITY, at__gte=moment.at - AGAIN_WITHIN)
    return risks(moment).exclude(Exists(seen))


def risks_stale(moment: Moment) -> RecordQuerySet[Risk]:
    """Return those at which nobody looked again by their day, or for a year."""
    looked = Reviewed.objects.as_of(moment).filter(risk=OuterRef("pk"))
    fresh = looked.filter(review__gte=localdate(moment.at), at__gte=moment.at - AGAIN_WITHIN)
    new = Q(review__gte=localdate(moment.at), at__gte=moment.at - AGAIN_WITHIN) & ~Exists(looked)
    return risks(moment).exclude(Exists(fresh) | new)


def high(moment: Moment) -> RecordQuerySet[Risk]:
    """Return the risks of the highest grade."""
    return risks(moment).filter(now=Grade.HIGH, sort=Sort.RISK)


def high_unanswered(moment: Moment) -> RecordQuerySet[Risk]:
    """Return those of them about which nobody undertook anything."""
    return high(moment).exclude(Exists(Action.objects.as_of(moment).filter(risk=OuterRef("pk"))))


def actions(moment: Moment) -> RecordQuerySet[Action]:
    """Return the actions about risks and opportunities, each with the day `by` which it is due now."""
    moved = Postponed.objects.as_of(moment).filter(action=OuterRef("pk")).order_by("-at", "-id").values("due")[:1]
    return Action.objects.as_of(moment).filter(risk__isnull=False).annotate(by=Coalesce(Subquery(moved), F("due")))


def actions_open(moment: Moment) -> RecordQuerySet[Action]:
    """Return those of them that were not carried out yet."""
    return actions(moment).exclude(Exists(Done.objects.as_of(moment).filter(action=OuterRef("pk"))))


def actions_overdue(moment: Moment) -> RecordQuerySet[Action]:
    """Return those of them whose day, moved or not, is past."""
    return actions_open(moment).filter(by__lt=localdate(moment.at))


def to_prove(moment: Moment) -> RecordQuerySet[Done]:
    """Return the actions carried out whose effect was judged, or had to be by now."""
    rows = Done.objects.as_of(moment).filter(action__risk__isnull=False)
    return rows.filter(Q(at__lte=moment.at - PROVED_WITHIN) | Exists(_proofs(moment)))


def unproved(moment: Moment) -> RecordQuerySet[Done]:
    """Return those of them whose effect nobody judged."""
    return to_prove(moment).exclude(Exists(_proofs(moment)))


def _proofs(moment: Moment) -> RecordQuerySet[Proved]:
    return Proved.objects.as_of(moment).filter(action=OuterRef("action"))


def troubles(moment: Moment) -> RecordQuerySet[Trouble]:
    """Return what troubles customers most, as the newest analysis that named it says."""
    later = Trouble.objects.as_of(moment).filter(analysis__until__gt=OuterRef("analysis__until"))
    return Trouble.objects.as_of(moment).exclude(Exists(later))


def troubles_unanswered(moment: Moment) -> RecordQuerySet[Trouble]:
    """Return those of them about which nobody undertook anything."""
    return troubles(moment).exclude(Exists(Action.objects.as_of(moment).filter(trouble=OuterRef("pk"))))


def changes(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes of the system that were planned."""
    return Change.objects.as_of(moment)


def unconsidered(moment: Moment) -> RecordQuerySet[Change]:
    """Return those of them of which one of the four considerations is missing."""
    return changes(moment).filter(Q(consequences="") | Q(integrity="") | Q(resources="") | Q(responsibilities=""))


def to_check(moment: Moment) -> RecordQuerySet[Introduced]:
    """Return the changes in effect that were checked, or had to be by now."""
    return Introduced.objects.as_of(moment).filter(Q(at__lte=moment.at - PROVED_WITHIN) | Exists(_checks(moment)))


def unchecked(moment: Moment) -> RecordQuerySet[Introduced]:
    """Return those of them that nobody checked."""
    return to_check(moment).exclude(Exists(_checks(moment)))


def _checks(moment: Moment) -> RecordQuerySet[Checked]:
    return Checked.objects.as_of(moment).filter(change=OuterRef("change"))


def messages(moment: Moment) -> RecordQuerySet[Message]:
    """Return what is planned to be communicated."""
    return Message.objects.as_of(moment).exclude(Exists(Ended.objects.as_of(moment).filter(message=OuterRef("pk"))))


def messages_incomplete(moment: Moment) -> RecordQuerySet[Message]:
    """Return those of them of which what, when, with whom, how or who is missing."""
    return messages(moment).filter(Q(what="") | Q(when="") | Q(with_whom="") | Q(how="") | Q(owner__isnull=True))


def slots_due(moment: Moment) -> RecordQuerySet[Slot]:
    """Return the communications that took place, or had to by now."""
    gone = Ended.objects.as_of(moment).filter(message=OuterRef("message"))
    rows = Slot.objects.as_of(moment).filter(Q(due__lt=localdate(moment.at)) | Exists(Held.objects.as_of(moment).filter(slot=OuterRef("pk"))))
    return rows.exclude(Exists(gone.filter(at__date__lte=OuterRef("due"))))


def slots_missed(moment: Moment) -> RecordQuerySet[Slot]:
    """Return those of them that did not take place by their day."""
    return slots_due(moment).exclude(Exists(Held.objects.as_of(moment).filter(slot=OuterRef("pk"), at__date__lte=OuterRef("due"))))
