"""What is true of nonconformities and of what was done about them (改进), as of a moment."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.improvements.models import Action, Analysed, Closed, Contained, Done, Nonconformity, Verified, Weighed

CONTAINED_WITHIN = timedelta(days=1)
VERIFIED_AFTER = timedelta(days=14)
"""How long an action must have run before its effect can be seen: the house's number."""


def raised(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities raised so far."""
    return Nonconformity.objects.as_of(moment)


def open_(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities that are not closed."""
    return raised(moment).exclude(Exists(Closed.objects.as_of(moment).filter(nonconformity=OuterRef("pk"))))


def weighed(moment: Moment) -> RecordQuerySet[Weighed]:
    """Return the complaints that were judged: a nonconformity or not."""
    return Weighed.objects.as_of(moment).exclude(reason="")


def to_contain(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities whose containment is due by now, or done."""
    contained = Contained.objects.as_of(moment).filter(nonconformity=OuterRef("pk"))
    rows = raised(moment).annotate(is_contained=Exists(contained))
    return rows.filter(at__lte=moment.at - CONTAINED_WITHIN) | rows.filter(is_contained=True)


def contained_late(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities that were not contained in time."""
    in_time = Contained.objects.as_of(moment).filter(nonconformity=OuterRef("pk"), at__lte=OuterRef("at") + CONTAINED_WITHIN)
    return raised(moment).filter(at__lte=moment.at - CONTAINED_WITHIN).exclude(Exists(in_time))


def acted_on(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities that were analysed, acted on or closed: corrective action was judged necessary or time is up."""
    analysed = Analysed.objects.as_of(moment).filter(nonconformity=OuterRef("pk"))
    acted = Action.objects.as_of(moment).filter(nonconformity=OuterRef("pk"))
    closed = Closed.objects.as_of(moment).filter(nonconformity=OuterRef("pk"))
    return raised(moment).filter(Exists(analysed) | Exists(acted) | Exists(closed))


def without_cause(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return those acted on or closed without a cause, or without a look for similar cases."""
    analysed = Analysed.objects.as_of(moment).filter(nonconformity=OuterRef("pk")).exclude(why="").exclude(similar="")
    return acted_on(moment).exclude(Exists(analysed))


def closed(moment: Moment) -> RecordQuerySet[Closed]:
    """Return the closings so far."""
    return Closed.objects.as_of(moment)


def closed_actions(moment: Moment) -> RecordQuerySet[Action]:
    """Return the actions of closed nonconformities."""
    return actions(moment).filter(Exists(closed(moment).filter(nonconformity=OuterRef("nonconformity"))))


def unverified(moment: Moment) -> RecordQuerySet[Action]:
    """Return the actions of closed nonconformities whose effect nobody but the owner looked at, or looked at too soon."""
    done = Done.objects.as_of(moment).filter(action=OuterRef("action")).values("at")[:1]
    verified = (
        Verified.objects.as_of(moment)
        .filter(action=OuterRef("pk"), effective=True)
        .exclude(by=F("action__owner"))
        .annotate(ran_from=Coalesce(Subquery(done), F("at")))
        .filter(at__gte=F("ran_from") + VERIFIED_AFTER)
    )
    return closed_actions(moment).exclude(Exists(verified))


def actions(moment: Moment) -> RecordQuerySet[Action]:
    """Return the actions undertaken so far."""
    return Action.objects.as_of(moment)


def overdue_actions(moment: Moment) -> RecordQuerySet[Action]:
    """Return the actions past their date that nobody carried out."""
    done = Done.objects.as_of(moment).filter(action=OuterRef("pk"))
    return actions(moment).filter(due__lt=localdate(moment.at)).exclude(Exists(done))


def recurring(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities raised against a requirement after another one against it had been closed."""
    before = Closed.objects.as_of(moment).filter(nonconformity__clause=OuterRef("clause"), at__lt=OuterRef("at"))
    return raised(moment).filter(Exists(before))


def without_result(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the closed nonconformities of whose actions no result is written down."""
    result = Done.objects.as_of(moment).filter(action__nonconformity=OuterRef("pk")).exclude(what="")
    shut = Exists(closed(moment).filter(nonconformity=OuterRef("pk")))
    return raised(moment).filter(shut).exclude(Exists(result))
