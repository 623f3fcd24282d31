"""How far the system reaches (范围与实际): the scope held against the offerings, channels and people there really are."""

from django.db.models import Exists, OuterRef, QuerySet

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Conversation
from lingting.registers.direction import queries as direction
from lingting.registers.direction.choices import Part
from lingting.registers.offerings.models import Offering
from lingting.registers.people import queries as people
from lingting.registers.people.models import Person


def offerings(moment: Moment) -> RecordQuerySet[Offering]:
    """Return the offerings that are registered."""
    return Offering.objects.as_of(moment)


def offerings_outside(moment: Moment) -> RecordQuerySet[Offering]:
    """Return those of them that the scope in force does not name."""
    return offerings(moment).exclude(Exists(direction.covered(moment, Part.OFFERING).filter(what=OuterRef("code"))))


def channels(moment: Moment) -> QuerySet[Conversation, str]:
    """Return the channels over which conversations came."""
    return conversations.first_by_channel(moment).values_list("channel", flat=True)


def channels_outside(moment: Moment) -> QuerySet[Conversation, str]:
    """Return those of them that the scope in force does not name."""
    return channels(moment).exclude(channel__in=direction.covered(moment, Part.CHANNEL).values("what"))


def staff(moment: Moment) -> RecordQuerySet[Person]:
    """Return the people who work here."""
    return people.active(moment)


def unaware(moment: Moment) -> RecordQuerySet[Person]:
    """Return those of them who did not say to have read the policy in force; without a policy, all."""
    return staff(moment).exclude(Exists(direction.acknowledged(moment).filter(person=OuterRef("pk"))))
