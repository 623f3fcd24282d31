"""Helping (求助): the calls for help from the desk and whether somebody came in time – supervision's affair, not the caller's."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Called, Came, Spared

HELP_WITHIN = period("conversations.help-within", timedelta(minutes=1))
"""How soon a call for help from the desk is answered; a house default, and a finding on supervision where it is not."""


def calls_for_help(moment: Moment) -> RecordQuerySet[Called]:
    """Return the calls for help from the desk."""
    return Called.objects.as_of(moment)


def help_waiting(moment: Moment) -> RecordQuerySet[Called]:
    """Return the calls for help that nobody answered and that still stand."""
    over = [Exists(model.objects.as_of(moment).filter(called=OuterRef("pk"))) for model in (Came, Spared)]
    return calls_for_help(moment).exclude(over[0]).exclude(over[1])


def help_due(moment: Moment) -> RecordQuerySet[Called]:
    """Return the calls for help that were to be answered by now, or were; those taken back within the time are left out."""
    soon = Exists(Spared.objects.as_of(moment).filter(called=OuterRef("pk"), at__lte=OuterRef("at") + HELP_WITHIN))
    came = Exists(Came.objects.as_of(moment).filter(called=OuterRef("pk")))
    return calls_for_help(moment).filter(Q(came) | (Q(at__lte=moment.at - HELP_WITHIN) & ~Q(soon)))


def help_in_time(moment: Moment) -> RecordQuerySet[Called]:
    """Return the calls for help that were answered in time."""
    return calls_for_help(moment).filter(Exists(Came.objects.as_of(moment).filter(called=OuterRef("pk"), at__lte=OuterRef("at") + HELP_WITHIN)))


def help_late(moment: Moment) -> RecordQuerySet[Called]:
    """Return the calls for help that were not answered in time: a finding on supervision, not on whoever called."""
    return help_due(moment).exclude(pk__in=help_in_time(moment).values("pk"))


def newest_call(key: str) -> Called | None:
    """Return the newest call for help out of a conversation at the desk."""
    return Called.objects.filter(key=key).order_by("-id").first()
