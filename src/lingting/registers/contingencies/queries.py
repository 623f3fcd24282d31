"""What is true of contingencies (应急) as of a moment."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.contingencies.models import (
    Activated,
    Affected,
    Asked,
    Decided,
    Drilled,
    Ended,
    Event,
    Informed,
    Matched,
    Planned,
    Reviewed,
    Scenario,
    Undelivered,
)  # fmt: skip

DRILL_EVERY = period("contingencies.drill-every", timedelta(days=365))
"""How long a plan may go untried; a house default, like the next."""

REVIEW_WITHIN = period("contingencies.review-within", timedelta(days=14))


def named(moment: Moment) -> RecordQuerySet[Scenario]:
    """Return the scenarios named so far."""
    return Scenario.objects.as_of(moment)


def decisions(moment: Moment) -> RecordQuerySet[Decided]:
    """Return the decisions in force: the last one on a scenario for each offering and customer, and for all."""
    same = _scoped(moment).filter(scenario=OuterRef("scenario"), to_offering=OuterRef("to_offering"), to_party=OuterRef("to_party"))
    return _scoped(moment).filter(pk=Subquery(same.order_by("-at", "-id").values("pk")[:1]))


def _scoped(moment: Moment) -> RecordQuerySet[Decided]:
    """Return the decisions with what each is for, 0 for all: nothing equals nothing."""
    nothing = Value(0, output_field=BigIntegerField())
    return Decided.objects.as_of(moment).annotate(to_offering=Coalesce("offering_id", nothing), to_party=Coalesce("party_id", nothing))


def lapsed(moment: Moment) -> RecordQuerySet[Decided]:
    """Return the decisions that count as none: no reason, nobody who decided, no day to look again, or that day past."""
    return decisions(moment).filter(Q(reason="") | Q(decider=None) | Q(review=None) | Q(review__lt=localdate(moment.at)))


def undecided(moment: Moment) -> RecordQuerySet[Scenario]:
    """Return the scenarios on which nobody decided, or on which a decision counts as none."""
    ours = decisions(moment).filter(scenario=OuterRef("pk"))
    return named(moment).filter(~Exists(ours) | Exists(lapsed(moment).filter(scenario=OuterRef("pk"))))


def relevant(moment: Moment) -> RecordQuerySet[Scenario]:
    """Return the scenarios that matter somewhere."""
    return named(moment).filter(Exists(decisions(moment).filter(scenario=OuterRef("pk"), relevant=True)))


def unplanned(moment: Moment) -> RecordQuerySet[Scenario]:
    """Return the relevant scenarios whose last plan lacks trigger, method, message, whom to tell, how soon, owner or what is endangered."""
    last = Planned.objects.as_of(moment).filter(scenario=OuterRef("scenario")).order_by("-at", "-id").values("pk")[:1]
    whole = Planned.objects.as_of(moment).filter(scenario=OuterRef("pk"), pk=Subquery(last), within__isnull=False, owner__isnull=False)
    for column in ("trigger", "method", "message", "affected", "endangers"):
        whole = whole.exclude(**{column: ""})
    return relevant(moment).exclude(Exists(whole))


def undetermined(moment: Moment) -> RecordQuerySet[Scenario]:
    """Return the scenarios for which it is not determined what is done: not decided on, or relevant without a whole plan."""
    return named(moment).filter(Q(pk__in=undecided(moment).values("pk")) | Q(pk__in=unplanned(moment).values("pk")))


def undrilled(moment: Moment) -> RecordQuerySet[Scenario]:
    """Return the relevant scenarios whose plan was not tried out for a year."""
    drilled = Drilled.objects.as_of(moment).filter(scenario=OuterRef("pk"), at__gte=moment.at - DRILL_EVERY)
    return relevant(moment).exclude(Exists(drilled))


def events(moment: Moment) -> RecordQuerySet[Event]:
    """Return what went badly wrong so far."""
    return Event.objects.as_of(moment)


def unforeseen(moment: Moment) -> RecordQuerySet[Event]:
    """Return the events that nobody had thought of and for which no scenario stands since."""
    return events(moment).filter(scenario=None).exclude(Exists(Matched.objects.as_of(moment).filter(event=OuterRef("pk"))))


def activations(moment: Moment) -> RecordQuerySet[Activated]:
    """Return when plans were put to work."""
    return Activated.objects.as_of(moment)


def under_way(moment: Moment) -> RecordQuerySet[Activated]:
    """Return the emergencies that are not over."""
    return activations(moment).exclude(Exists(Ended.objects.as_of(moment).filter(activated=OuterRef("pk"))))


def unreviewed(moment: Moment) -> RecordQuerySet[Activated]:
    """Return the emergencies that ended a fortnight ago and from which nobody drew a lesson."""
    over = Ended.objects.as_of(moment).filter(activated=OuterRef("pk"), at__lte=moment.at - REVIEW_WITHIN)
    return activations(moment).filter(Exists(over)).exclude(Exists(Reviewed.objects.as_of(moment).filter(activated=OuterRef("pk"))))


def affected(moment: Moment) -> RecordQuerySet[Affected]:
    """Return who is or was affected, each with `informed_at`: when a message first reached him."""
    first = _delivered(moment).filter(affected=OuterRef("pk")).order_by("at").values("at")[:1]
    return Affected.objects.as_of(moment).annotate(informed_at=Subquery(first))


def affected_due(moment: Moment) -> RecordQuerySet[Affected]:
    """Return the affected who were told, or should have been by now."""
    return affected(moment).filter(Q(activated__deadline__lte=moment.at) | Q(informed_at__isnull=False))


def well_informed(moment: Moment) -> RecordQuerySet[Affected]:
    """Return the affected who heard of issue and measure in time and before they asked."""
    whole = _delivered(moment).filter(affected=OuterRef("pk"), at__lte=OuterRef("activated__deadline")).exclude(issue="").exclude(measure="")
    return affected(moment).annotate(first_asked=_first_asked(moment)).filter(Exists(whole)).exclude(_asked_before())


def ill_informed(moment: Moment) -> RecordQuerySet[Affected]:
    """Return the affected who heard too late, never, not all of it, or only when they asked."""
    return affected_due(moment).exclude(pk__in=well_informed(moment).values("pk"))


def late(moment: Moment) -> RecordQuerySet[Affected]:
    """Return the affected whom a message reached first after the deadline."""
    return affected(moment).filter(informed_at__gt=F("activated__deadline"))


def missing(moment: Moment) -> RecordQuerySet[Affected]:
    """Return the affected whom no message reached by the deadline nor since."""
    return affected(moment).filter(activated__deadline__lte=moment.at, informed_at=None)


def asked_first(moment: Moment) -> RecordQuerySet[Affected]:
    """Return the affected who asked before a message of ours reached them."""
    return affected(moment).annotate(first_asked=_first_asked(moment)).filter(_asked_before())


def wanting(moment: Moment) -> RecordQuerySet[Informed]:
    """Return the messages that do not name both the issue and the measure."""
    return Informed.objects.as_of(moment).filter(Q(issue="") | Q(measure=""))


def to_try_elsewhere(moment: Moment) -> RecordQuerySet[Affected]:
    """Return the affected to whom messages went and whom none reached: take the next channel."""
    sent = Informed.objects.as_of(moment).filter(affected=OuterRef("pk"))
    return affected(moment).filter(Exists(sent), informed_at=None)


def waiting(moment: Moment) -> RecordQuerySet[Affected]:
    """Return the affected whom nobody told yet."""
    return affected(moment).filter(informed_at=None)


def _delivered(moment: Moment) -> RecordQuerySet[Informed]:
    lost = Undelivered.objects.as_of(moment).filter(informed=OuterRef("pk"))
    return Informed.objects.as_of(moment).exclude(Exists(lost))


def _first_asked(moment: Moment) -> Subquery:
    return Subquery(Asked.objects.as_of(moment).filter(affected=OuterRef("pk")).order_by("at").values("at")[:1])


def _asked_before() -> Q:
    return Q(first_asked__isnull=False) & (Q(informed_at=None) | Q(first_asked__lt=F("informed_at")))


def risky_offerings(moment: Moment) -> RecordQuerySet[Decided]:
    """Return the decisions that a scenario matters to an offering: what may have to be called back."""
    return decisions(moment).filter(relevant=True, offering__isnull=False)


def without_recall(moment: Moment) -> RecordQuerySet[Decided]:
    """Return those of them whose scenario has no whole plan, with whom to tell."""
    return risky_offerings(moment).filter(scenario__in=unplanned(moment).values("pk"))


stands = Stands(("undecided", undecided), ("unplanned", unplanned), ("undrilled", undrilled), ("relevant", relevant))
"""How a scenario stands, the worst first."""


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    theirs = Affected.objects.filter(party__in=parties)
    return [*Informed.objects.filter(affected__in=theirs), *Asked.objects.filter(affected__in=theirs)]
