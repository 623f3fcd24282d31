"""What is true of promises (承诺) as of a moment."""

from collections.abc import Callable, Collection
from datetime import timedelta

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from lingting.ledger.asking import Newest, There, once
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.promises.models import Judged, Kept, Postponed, Promise, Reassigned, Withdrawn

EARLY_BY = timedelta(hours=1)
"""How long before its time a promise is kept to be called early; a house default, shown as ours."""


@once
def made(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises made so far, each with its `deadline`: the due time, or the last one the customer agreed to."""
    deadline = Newest(Postponed, "promise", moment, value="due", otherwise="due")
    return Promise.objects.as_of(moment).annotate(deadline=deadline)  # type: ignore[no-redef]  # the model tells it to readers


@once
def binding(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises that bind: not withdrawn before their deadline (withdrawing a broken one does not mend it), and not waiting for their condition."""
    return made(moment).exclude(_withdrawn(moment)).exclude(_waits_for_its_condition(moment))


def conditional(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises that wait for their condition.

    Whether it came is not heard. Once a time is agreed with the customer, or the thing is done, they bind like any other; a withdrawn one never did.
    """
    return made(moment).exclude(_withdrawn(moment)).filter(_waits_for_its_condition(moment))


def _withdrawn(moment: Moment) -> There:
    # One that never named a time was withdrawn whenever that happened.
    return There(Withdrawn, "promise", moment, by=Case(When(due=None, then=Value(moment.at)), default=F("deadline")))


def _waits_for_its_condition(moment: Moment) -> Q:
    return Q(conditional=True) & ~Q(There(Postponed, "promise", moment)) & ~Q(_is_kept(moment))


@once
def dated(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the binding promises that name a time."""
    return binding(moment).filter(deadline__isnull=False)


@once
def vague(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the binding promises that name no time (尽快、稍后) and were not kept since."""
    return binding(moment).filter(deadline=None).exclude(_is_kept(moment))


@once
def due(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the binding promises whose deadline has passed, and those kept before it: their fate is known."""
    # Most are due long since: whether one was kept is looked up only where it is not.
    return binding(moment).filter(Q(deadline__lte=moment.at) | (Q(deadline__isnull=False) & Q(_is_kept(moment))))


@once
def broken(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises that were not kept by their deadline, kept late or not at all."""
    return binding(moment).filter(deadline__lte=moment.at).exclude(_is_kept(moment, by=F("deadline")))


def overdue(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the broken promises that nobody has kept yet: somebody is still waiting."""
    return broken(moment).exclude(_is_kept(moment))


@once
def turning(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises that will be due though nothing more is written, each with the time `turns` at which they are."""
    return waiting(moment).annotate(turns=F("deadline"))


@once
def waiting(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the dated promises that are neither kept nor past their deadline."""
    return binding(moment).filter(deadline__gt=moment.at).exclude(_is_kept(moment))


def kept(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises kept so far, with `kept_at`."""
    when = _kept(moment).values("at")[:1]
    return made(moment).annotate(kept_at=Subquery(when)).filter(kept_at__isnull=False)


def early(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises kept well before their time."""
    return kept(moment).filter(kept_at__lte=F("deadline") - EARLY_BY)


def late(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises kept after their time."""
    return kept(moment).filter(kept_at__gt=F("deadline"))


def cancelled(moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises that bind no more: taken back before their time, or their condition did not come about."""
    return made(moment).filter(_withdrawn(moment))


def standing(rows: RecordQuerySet[Promise], moment: Moment) -> RecordQuerySet[Promise]:
    """Return promises with all that tells how they stand: `kept_at`, `withdrawn_at`, who keeps them now (`holder`) and what the customer says (`says_kept`)."""
    gone = Withdrawn.objects.as_of(moment).filter(promise=OuterRef("pk"))
    handed = Reassigned.objects.as_of(moment).filter(promise=OuterRef("pk")).order_by("-at", "-id")
    said = Judged.objects.as_of(moment).filter(promise=OuterRef("pk")).order_by("-at", "-id")
    return rows.annotate(
        settled_at=Subquery(_kept(moment).values("at")[:1]), withdrawn_at=Subquery(gone.values("at")[:1]), holder=Subquery(handed.values("person__name")[:1]),
        says_kept=Subquery(said.values("kept")[:1]), open_condition=Case(When(_waits_for_its_condition(moment), then=True), default=False),
    )  # fmt: skip


def fate(row: Promise, moment: Moment) -> str:
    """Return how one promise of `standing` stands: cancelled, conditional, early, kept, late, overdue, vague or waiting."""
    kept_at, gone_at, deadline, conditional = (getattr(row, name) for name in ("settled_at", "withdrawn_at", "deadline", "open_condition"))
    if kept_at:
        if deadline and kept_at > deadline:
            return "late"
        return "early" if deadline and kept_at <= deadline - EARLY_BY else "kept"
    if gone_at and (deadline is None or gone_at <= deadline):
        return "cancelled"
    if conditional:
        return "conditional"
    if deadline is None:
        return "vague"
    return "overdue" if deadline <= moment.at else "waiting"


def said_by(name: str, moment: Moment) -> RecordQuerySet[Promise]:
    """Return the promises that somebody of this name has to keep: said by him and not handed on, or handed to him."""
    handed = Reassigned.objects.as_of(moment).filter(promise=OuterRef("pk")).order_by("-at", "-id")
    rows = made(moment).annotate(kept_by=Coalesce(Subquery(handed.values("person__name")[:1]), F("speaker")))
    return rows.filter(kept_by=name)


FATES: dict[str, Callable[[Moment], RecordQuerySet[Promise]]] = {
    "overdue": overdue, "waiting": waiting, "vague": vague, "conditional": conditional, "kept": kept, "early": early, "late": late, "broken": broken,
    "due": due, "cancelled": cancelled, "all": made,
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


def about(parties: Collection[int]) -> list[Record]:
    """Return the promises, keepings and judgements that hold words said to or by these parties: what an erasure must reach."""
    rows = Promise.objects.filter(party__in=parties) | Promise.objects.filter(conversation__party__in=parties)
    return [*rows, *Kept.objects.filter(promise__in=rows), *Judged.objects.filter(promise__in=rows)]


def _is_kept(moment: Moment, *, by: F | None = None) -> There:
    return There(Kept, "promise", moment, by=by)


def _kept(moment: Moment) -> RecordQuerySet[Kept]:
    return Kept.objects.as_of(moment).filter(promise=OuterRef("pk"))
