"""Handing over (交接): conversations that went from one of us to another, and in which the customer had to tell it twice afterwards (S-STAFF-01)."""

from datetime import datetime

from django.db.models import Count

from lingting.inspection.transcript import Role
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.registers.conversations.models import Conversation, Handed, Said
from lingting.statistics.parts import Part

TWICE = ("slot.re-asked", "told.again")
"""What is heard where it is told twice: we ask for what was said already, or the customer says that they told another of us."""


def handovers(moment: Moment) -> RecordQuerySet[Handed]:
    """Return the hand-overs that were written down."""
    return Handed.objects.as_of(moment)


def of(conversation: Conversation, moment: Moment) -> RecordQuerySet[Handed]:
    """Return the hand-overs of one conversation, in their order."""
    return handovers(moment).filter(conversation=conversation).select_related("giver", "receiver").order_by("at", "id")


def first(moment: Moment) -> dict[int, datetime]:
    """Return when each conversation was first handed over: written down so, or known because another of us went on speaking."""
    found = dict(handovers(moment).order_by("-at", "-id").values_list("conversation", "at"))
    ours = Said.objects.as_of(moment).filter(role=Role.AGENT, automatic="", speaker__isnull=False)
    several = ours.order_by().values("conversation").annotate(speakers=Count("speaker", distinct=True)).filter(speakers__gt=1)
    speaking: dict[int, str] = {}
    for number, speaker, at in (
        ours.filter(conversation__in=several.values("conversation")).order_by("conversation", "at", "id").values_list("conversation", "speaker", "at")
    ):
        if speaker and speaking.setdefault(number, speaker) != speaker:
            found[number] = min(found.get(number, at), at)
    return found


def told_twice(moment: Moment) -> Part:
    """Return the conversations that were handed over and listened to, and those in which the customer had to tell something twice afterwards."""
    begun = first(moment)
    heard = frozenset(queries.listened(moment).filter(pk__in=begun).values_list("pk", flat=True))
    rows = queries.findings(moment).filter(norm__in=TWICE, conversation__in=heard).order_by().values_list("conversation", "at")
    return Part(heard, frozenset(number for number, at in rows if at >= begun[number]))
