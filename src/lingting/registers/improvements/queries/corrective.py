"""Nonconformities (不合格) and what was done about them."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.improvements.models import Action, Analysed, Answered, Closed, Contained, Done, Nonconformity, Verified, Weighed

CONTAINED_WITHIN = period("improvements.contained-within", timedelta(days=1))
VERIFIED_AFTER = period("improvements.verified-after", timedelta(days=14))
"""How long an action must have run before its effect can be seen: the house's number."""


def raised(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities raised so far, each with whether it `is_closed`."""
    return Nonconformity.objects.as_of(moment).annotate(is_closed=Exists(Closed.objects.as_of(moment).filter(nonconformity=OuterRef("pk"))))


def open_(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities that are not closed."""
    return raised(moment).filter(is_closed=False)


def shut(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities that are closed."""
    return raised(moment).filter(is_closed=True)


def weighed(moment: Moment) -> RecordQuerySet[Weighed]:
    """Return the complaints that were judged: a nonconformity or not."""
    return Weighed.objects.as_of(moment).exclude(reason="")


def to_contain(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities whose containment is due by now, or done."""
    contained = Contained.objects.as_of(moment).filter(nonconformity=OuterRef("pk"))
    return raised(moment).filter(Q(at__lte=moment.at - CONTAINED_WITHIN) | Exists(contained))


def contained_late(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities that were not contained in time."""
    in_time = Contained.objects.as_of(moment).filter(nonconformity=OuterRef("pk"), at__lte=OuterRef("at") + CONTAINED_WITHIN)
    return raised(moment).filter(at__lte=moment.at - CONTAINED_WITHIN).exclude(Exists(in_time))


def acted_on(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities that were analysed, acted on or closed: corrective action was judged necessary or time is up."""
    analysed = Analysed.objects.as_of(moment).filter(nonconformity=OuterRef("pk"))
    acted = Action.objects.as_of(moment).filter(nonconformity=OuterRef("pk"))
    return raised(moment).filter(Exists(analysed) | Exists(acted) | Q(is_closed=True))


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
    return closed_actions(moment).exclude(Exists(_proofs(moment).filter(action=OuterRef("pk"))))


def closed_unverified(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the closed nonconformities with such an action: closed without proof of effect."""
    return shut(moment).filter(Exists(unverified(moment).filter(nonconformity=OuterRef("pk"))))


def _proofs(moment: Moment) -> RecordQuerySet[Verified]:
    """Return the verifications by somebody else, after the action had run for a while."""
    done = Done.objects.as_of(moment).filter(action=OuterRef("action")).order_by("at").values("at")[:1]
    rows = Verified.objects.as_of(moment).filter(effective=True).exclude(judged_by=F("action__owner"))
    return rows.annotate(ran_from=Coalesce(Subquery(done), F("at"))).filter(at__gte=F("ran_from") + VERIFIED_AFTER)


def actions(moment: Moment) -> RecordQuerySet[Action]:
    """Return the actions undertaken so far."""
    return Action.objects.as_of(moment)


def overdue_actions(moment: Moment) -> RecordQuerySet[Action]:
    """Return the actions past their date that nobody carried out."""
    done = Done.objects.as_of(moment).filter(action=OuterRef("pk"))
    return actions(moment).filter(due__lt=localdate(moment.at)).exclude(Exists(done))


def effect_overdue(moment: Moment) -> RecordQuerySet[Action]:
    """Return the actions whose effect was to be checked by now, and was not."""
    return actions(moment).filter(look__lt=localdate(moment.at)).exclude(Exists(Verified.objects.as_of(moment).filter(action=OuterRef("pk"))))


def recurring(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities raised against a requirement after another one against it had been closed."""
    before = Closed.objects.as_of(moment).filter(nonconformity__clause=OuterRef("clause"), at__lt=OuterRef("at"))
    return raised(moment).filter(Exists(before))


def without_result(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the closed nonconformities of whose actions no result is written down."""
    result = Done.objects.as_of(moment).filter(action__nonconformity=OuterRef("pk")).exclude(what="")
    return shut(moment).exclude(Exists(result))


def answers(moment: Moment) -> RecordQuerySet[Answered]:
    """Return what those were told who had complained of something that was put right."""
    return Answered.objects.as_of(moment)


def unanswered(moment: Moment) -> RecordQuerySet[Nonconformity]:
    """Return the nonconformities that a complaint brought to light and an action put right, of which nobody who complained was told."""
    of_it = {"nonconformity": OuterRef("pk")}
    proved = Verified.objects.as_of(moment).filter(action__nonconformity=OuterRef("pk"), effective=True)
    return raised(moment).filter(Exists(weighed(moment).filter(**of_it)), Exists(proved)).exclude(Exists(answers(moment).filter(**of_it)))


def verifications(moment: Moment) -> RecordQuerySet[Verified]:
    """Return what was looked at to see whether actions worked."""
    return Verified.objects.as_of(moment)


stands = Stands(("closed_unverified", closed_unverified), ("shut", shut), ("contained_late", contained_late), ("recurring", recurring), ("open_", open_))
"""How a nonconformity stands, the worst first."""
