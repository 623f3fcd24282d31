"""How many people the queues need, and what that was reckoned from (7.1.1, 7.1.2)."""

from django.db.models import OuterRef, Subquery

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.people.choices import Model
from lingting.registers.people.models import Needed, Staffing


def reckoned(moment: Moment) -> RecordQuerySet[Staffing]:
    """Return the staffing that a known model reckoned from its inputs."""
    return Staffing.objects.as_of(moment).filter(model=Model.ERLANG_C)


def guessed(moment: Moment) -> RecordQuerySet[Staffing]:
    """Return the staffing that somebody guessed."""
    return Staffing.objects.as_of(moment).filter(model=Model.GUESS)


def intervals(moment: Moment) -> RecordQuerySet[Staffing]:
    """Return the planned intervals that are over, each with how many `people` it needed."""
    people = Needed.objects.as_of(moment).filter(staffing=OuterRef("pk")).values("people")[:1]
    return Staffing.objects.as_of(moment).filter(until__lte=moment.at).annotate(people=Subquery(people))
