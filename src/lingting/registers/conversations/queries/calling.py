"""Who waits on the line and who is to be called back, as of a moment."""

from django.db.models import Exists, OuterRef, Q

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.conversations.callbacks import Callback, CalledBack, Chosen
from lingting.registers.conversations.models import Conversation


def waited(moment: Moment) -> RecordQuerySet[Chosen]:
    """Return the choices to wait on the line."""
    return Chosen.objects.as_of(moment).filter(choice=Chosen.Choice.WAIT)


def to_call(moment: Moment) -> RecordQuerySet[Chosen]:
    """Return the choices to be called back."""
    return Chosen.objects.as_of(moment).filter(choice=Chosen.Choice.CALLBACK)


def _made(moment: Moment) -> Q:
    """Tell of a call-back whether somebody called, or whether we have talked with the customer since."""
    called = CalledBack.objects.as_of(moment).filter(callback=OuterRef("pk"))
    since = Conversation.objects.as_of(moment).filter(party=OuterRef("conversation__party"), at__gt=OuterRef("at"))
    return Q(Exists(called)) | Q(Exists(since))


def callback_made(moment: Moment) -> RecordQuerySet[Callback]:
    """Return the call-backs that were made."""
    return Callback.objects.as_of(moment).filter(_made(moment))


def callback_waiting(moment: Moment) -> RecordQuerySet[Callback]:
    """Return the call-backs that nobody made yet."""
    return Callback.objects.as_of(moment).exclude(_made(moment))


def callback_late(moment: Moment) -> RecordQuerySet[Callback]:
    """Return the call-backs that nobody made though their time is past."""
    return callback_waiting(moment).filter(due__lt=moment.at)


callback_stands = Stands(("callback_late", callback_late), ("callback_waiting", callback_waiting), ("callback_made", callback_made))
"""How a call-back stands, the worst first."""
