"""What is true of channels (沟通渠道) as of a moment."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.channels.models import Channel, Closed, Concerned, Probed, Stated, Told

PROBE_EVERY = period("channels.probe-every", timedelta(days=30))
"""How long a channel may go untried; a house default."""

TRY_EVERY = period("channels.try-every", timedelta(days=1))
"""How often a channel that can be tried without a person is tried, where that is set up; a house default."""


def offered(moment: Moment) -> RecordQuerySet[Channel]:
    """Return the channels offered now, each with what the last probe of it saw."""
    last = Probed.objects.as_of(moment).filter(channel=OuterRef("pk")).order_by("-at", "-id")
    rows = Channel.objects.as_of(moment).exclude(Exists(Closed.objects.as_of(moment).filter(channel=OuterRef("pk"))))
    return rows.annotate(
        works=Subquery(last.values("works")[:1]), current=Subquery(last.values("current")[:1]), probed_at=Subquery(last.values("at")[:1])
    )  # fmt: skip


def probed(moment: Moment) -> RecordQuerySet[Channel]:
    """Return the channels that were ever tried."""
    return offered(moment).filter(probed_at__isnull=False)


def dead(moment: Moment) -> RecordQuerySet[Channel]:
    """Return the channels that did not work when last tried."""
    return offered(moment).filter(works=False)


def outdated(moment: Moment) -> RecordQuerySet[Channel]:
    """Return the channels that last said what is no longer in force."""
    return offered(moment).filter(works=True, current=False)


def untried(moment: Moment) -> RecordQuerySet[Channel]:
    """Return the channels that nobody tried for a month."""
    return offered(moment).filter(Q(probed_at=None) | Q(probed_at__lt=moment.at - PROBE_EVERY))


def to_try(moment: Moment) -> RecordQuerySet[Channel]:
    """Return the channels whose next trial is due where none needs a person."""
    return offered(moment).filter(Q(probed_at=None) | Q(probed_at__lte=moment.at - TRY_EVERY)).order_by("id")


def failing(moment: Moment) -> RecordQuerySet[Channel]:
    """Return the tried channels that are dead, say what is not in force, contradict another, or were tried too long ago."""
    contradicting = contradictions(moment).values("channel")
    old = Q(probed_at__lt=moment.at - PROBE_EVERY)
    return probed(moment).filter(Q(works=False) | Q(current=False) | old | Q(pk__in=contradicting))


def working(moment: Moment) -> RecordQuerySet[Channel]:
    """Return the channels that worked when last tried, within the month."""
    return offered(moment).filter(works=True, probed_at__gte=moment.at - PROBE_EVERY)


def feedback_forms(moment: Moment) -> QuerySet[Channel, str]:
    """Return the kinds of working channel that take praise as well as complaints."""
    both = working(moment).filter(serves__contains="praise").filter(serves__contains="complain")
    return both.order_by().values_list("form", flat=True).distinct()


def outages(moment: Moment) -> RecordQuerySet[Probed]:
    """Return the probes with which an outage began: a dead channel is one incident, however often it is tried."""
    before = Probed.objects.as_of(moment).filter(channel=OuterRef("channel"), at__lt=OuterRef("at")).order_by("-at", "-id")
    rows = Probed.objects.as_of(moment).filter(works=False).annotate(worked_before=Subquery(before.values("works")[:1]))
    return rows.filter(Q(worked_before=None) | Q(worked_before=True))


def stated(moment: Moment) -> RecordQuerySet[Stated]:
    """Return what each offered channel says now of each fact about each offering."""
    same = _facts(moment).filter(channel=OuterRef("channel"), fact=OuterRef("fact"), topic=OuterRef("topic"))
    newest = same.order_by("-at", "-id").values("pk")[:1]
    return _facts(moment).filter(pk=Subquery(newest), channel__in=offered(moment).values("pk"))


def contradictions(moment: Moment) -> RecordQuerySet[Stated]:
    """Return what a channel says of a fact otherwise than another that had said it before."""
    other = stated(moment).filter(fact=OuterRef("fact"), topic=OuterRef("topic")).exclude(value=OuterRef("value"))
    earlier = other.filter(Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk")))
    return stated(moment).filter(Exists(earlier))


def _facts(moment: Moment) -> RecordQuerySet[Stated]:
    """Return the statements with the offering that each is about, 0 for none: nothing equals nothing."""
    return Stated.objects.as_of(moment).annotate(topic=Coalesce("offering_id", Value(0)))


def concerned(moment: Moment) -> RecordQuerySet[Concerned]:
    """Return whom changes concern that are in effect, or of which they were told."""
    told = Told.objects.as_of(moment).filter(concerned=OuterRef("pk"))
    return Concerned.objects.as_of(moment).filter(Q(change__effective__lte=moment.at) | Q(Exists(told)))


def to_tell(moment: Moment) -> RecordQuerySet[Concerned]:
    """Return whom changes concern and nobody told yet, whether or not the change is in effect."""
    return Concerned.objects.as_of(moment).exclude(Exists(Told.objects.as_of(moment).filter(concerned=OuterRef("pk"))))


def told_late(moment: Moment) -> RecordQuerySet[Concerned]:
    """Return whom a change took effect for before they were told."""
    in_time = Told.objects.as_of(moment).filter(concerned=OuterRef("pk"), at__lt=OuterRef("change__effective"))
    return concerned(moment).exclude(Exists(in_time))


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    return list(Concerned.objects.filter(party__in=parties))
