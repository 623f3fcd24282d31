"""What is true of promises (承诺) as of a moment."""

from collections.abc import Callable, Collection

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.promises.models import Kept, Postponed, Promise, Withdrawn


def made(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises made so far, each with its `deadline`: the due time, or the last one the customer agreed to."""
    postponed = Postponed.objects.as_of(moment).filter(promise=OuterRef("pk")).order_by("-at", "-id")
    return Promise.objects.as_of(moment).annotate(deadline=Coalesce(Subquery(postponed.values("due")[:1]), F("due")))


def binding(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises that were not withdrawn before their deadline; withdrawing a broken promise does not mend it."""
    withdrawn = Withdrawn.objects.as_of(moment).filter(promise=OuterRef("pk"))
    return made(moment).exclude(Exists(withdrawn.filter(Q(at__lte=OuterRef("deadline")) | Q(promise__due=None))))


def dated(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the binding promises that name a time."""
    return binding(moment).filter(deadline__isnull=False)


def vague(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the binding promises that name no time (尽快、稍后) and were not kept since."""
    return binding(moment).filter(deadline=None).exclude(Exists(_kept(moment)))


def due(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the binding promises whose deadline has passed, and those kept before it: their fate is known."""
    known = dated(moment).annotate(is_kept=Exists(_kept(moment)))
    return known.filter(Q(deadline__lte=moment.at) | Q(is_kept=True))


def broken(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises that were not kept by their deadline, kept late or not at all."""
    in_time = _kept(moment).filter(at__lte=OuterRef("deadline"))
    return dated(moment).filter(deadline__lte=moment.at).exclude(Exists(in_time))


def overdue(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the broken promises that nobody has kept yet: somebody is still waiting."""
    return broken(moment).exclude(Exists(_kept(moment)))


def turning(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises that will be due though nothing more is written, each with the time `turns` at which they are."""
    return waiting(moment).annotate(turns=F("deadline"))


def waiting(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the dated promises that are neither kept nor past their deadline."""
    return dated(moment).filter(deadline__gt=moment.at).exclude(Exists(_kept(moment)))


def kept(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises kept so far, with `kept_at`."""
    when = _kept(moment).values("at")[:1]
    return made(moment).annotate(kept_at=Subquery(when)).filter(kept_at__isnull=False)


FATES: dict[str, Callable[[Moment], RecordQuerySet[Promise]]] = {
    "overdue": overdue, "waiting": waiting, "vague": vague, "kept": kept, "broken": broken, "all": made,
}  # fmt: skip
"""What can become of a promise, the worst first."""


def open_in(*, conversations: Collection[int], parties: Collection[int]) -> QuerySet[Promise]:
    """Return the promises to these customers that are neither kept nor withdrawn: what a later word may keep."""
    live = Promise.objects.filter(kept=None, withdrawn=None)
    return live.filter(conversation__in=conversations) | live.filter(party__in=parties)


def places(conversations: Collection[int]) -> list[tuple[int, int, int]]:
    """Return which words (said, start, end) of these conversations were taken as promises already."""
    rows = Promise.objects.filter(conversation__in=conversations, found__isnull=False)
    return list(rows.values_list("found__said_id", "found__start", "found__end"))


def about(parties: Collection[int]) -> QuerySet[Promise]:
    """Return the promises that hold words said to or by these parties: what an erasure must reach."""
    return Promise.objects.filter(party__in=parties) | Promise.objects.filter(conversation__party__in=parties)


def _kept(moment: Moment) -> RecordQuerySet[Kept]:
    return Kept.objects.as_of(moment).filter(promise=OuterRef("pk"))
