"""Contacts (接触) of every sort and whether they were inspected: an automated notice is a contact of its own (S-TALK-05)."""

from django.db.models import Exists, F, OuterRef, Q

from lingting.inspection.transcript import Channel, Role
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.registers.conversations.models import Conversation, Heard, Said
from lingting.statistics.parts import Part

WRITTEN = (Channel.MAIL, Channel.CHAT, Channel.PORTAL, Channel.FORM)
"""Where a system writes to somebody; on the telephone its turns are marks and announcements within a call."""


def notices(moment: Moment) -> RecordQuerySet[Said]:
    """Return what no person of ours wrote to a customer: automatic mail of ours, and what a system wrote in a chat or portal; its marks (“[hold]”) are none."""
    ours = Q(role=Role.AGENT) & ~Q(automatic="")
    system = Q(role=Role.SYSTEM, automatic="", conversation__channel__in=WRITTEN) & ~Q(text__startswith="[")
    return Said.objects.as_of(moment).filter(ours | system)


def unheard_notices(moment: Moment) -> RecordQuerySet[Said]:
    """Return those of them that nobody listened to."""
    heard = Heard.objects.as_of(moment).filter(conversation=OuterRef("conversation"), at__gte=OuterRef("at"))
    return notices(moment).exclude(Exists(heard))


def _share(rows: RecordQuerySet[Conversation], moment: Moment) -> Part:
    every = frozenset(rows.order_by().values_list("pk", flat=True))
    return Part(every, every - frozenset(queries.listened(moment).order_by().values_list("pk", flat=True)))


def unheard(moment: Moment) -> tuple[Part, Part]:
    """Return the conversations of each direction – those that came to us, those that we began – and those of them that nobody listened to."""
    first = Said.objects.as_of(moment).filter(conversation=OuterRef("pk"), at=F("conversation__at"), role=Role.AGENT, automatic="")
    went_out = Q(meta__contains=queries.WENT_OUT) | (~Q(channel=Channel.PHONE) & Q(Exists(first)))
    rows = queries.begun(moment)
    return _share(rows.exclude(went_out), moment), _share(rows.filter(went_out), moment)
