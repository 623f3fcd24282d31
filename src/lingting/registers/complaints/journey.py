"""The journey (旅程) of a complaint: its stages, the limits that run for it and the step that is due next, out of what happened to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.complaints import queries
from lingting.registers.complaints.actions import FAILURES
from lingting.registers.complaints.clocks import calendar, clocks, runs_out
from lingting.registers.complaints.models import (
    Acknowledged,
    Answered,
    Assessed,
    Attempted,
    Checked,
    Closed,
    Complaint,
    Escalated,
    Followed,
    Investigated,
    Letter,
    Merged,
    Reacted,
    Recovery,
    Replied,
    Ruled,
    Severity,
    Taken,
    Withdrawn,
)

STAGES = ("received", "acknowledged", "assessed", "investigated", "answered", "reacted", "closed", "followed")
"""The way of every complaint, from receipt to the call afterwards."""

SEEN_BY_CUSTOMER = frozenset({"complaint", "mentioned", "acknowledged", "answered", "reacted", "recovery", "withdrawn", "followed", "passed", "ruled"})
"""What the customer sees or does himself; everything else happens inside."""

ALIKE = 0.4
"""The share of the shorter text's pairs of letters that two complaints have in common to be suspected of being one; a house default."""

TWICE = 2
"""So many attempts to reach the customer stand for his word (queries.closed_in_vain)."""


@dataclass(frozen=True, slots=True)
class Past:
    """What had happened to a complaint by `at`, by kind and oldest first; `closed` tells whether its present round is closed rightly."""

    complaint: Complaint
    at: datetime
    since: datetime
    closed: bool
    steps: Mapping[str, Sequence[Any]]

    def all(self, kind: str) -> Sequence[Any]:
        """Return everything of a kind, oldest first."""
        return self.steps.get(kind, ())

    def lately(self, kind: str) -> list[Any]:
        """Return what happened of a kind in the present round."""
        return [row for row in self.all(kind) if row.at >= self.since]

    @property
    def merged(self) -> bool:
        """Tell whether the complaint goes on in another."""
        return bool(self.all("merged"))

    @property
    def in_vain(self) -> bool:
        """Tell whether somebody closed the present round and it is open all the same."""
        return bool(self.lately("closed")) and not self.closed

    @property
    def withdrawn(self) -> bool:
        """Tell whether the customer took the complaint back and confirmed it."""
        return any(row.confirmed for row in self.lately("withdrawn"))

    @property
    def failed_at(self) -> datetime | None:
        """Return when the recovery failed that was one too many, if one did."""
        failed = [row.at for row in self.all("recovery") if not row.worked]
        return failed[FAILURES - 1] if len(failed) >= FAILURES else None

    @property
    def serious_at(self) -> datetime | None:
        """Return when the complaint was last weighed, if it was found serious."""
        weighed = self.all("assessed")
        return weighed[-1].at if weighed and weighed[-1].severity == Severity.SERIOUS else None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage and when it was reached in the present round, if it was."""

    name: str
    at: datetime | None


def stages(past: Past) -> list[Stage]:
    """Return the stages; of a complaint whose customer could not be reached the second attempt stands for his word, of one taken back the taking back."""
    attempts, withdrawn = past.lately("attempted"), [row for row in past.lately("withdrawn") if row.confirmed]
    heard = [*past.lately("reacted"), *attempts[TWICE - 1 : TWICE], *withdrawn]
    reached = {
        "received": past.since, "acknowledged": _first(past.all("acknowledged")), "assessed": _first(past.all("assessed")),
        "investigated": _first(past.all("investigated")), "answered": _first(past.lately("answered")),
        "reacted": min((row.at for row in heard), default=None), "closed": _last(past.lately("closed")) if past.closed else None,
        "followed": _last(past.lately("followed")),
    }  # fmt: skip
    return [Stage(name, reached[name]) for name in STAGES]


def _first(rows: Sequence[Any]) -> datetime | None:
    return rows[0].at if rows else None


def _last(rows: Sequence[Any]) -> datetime | None:
    return rows[-1].at if rows else None


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit: what for, until when, when it was met if it was, and whose it is – `house` for our own, else the name of a clock (`clocks.yaml`)."""

    name: str
    due: datetime
    met: datetime | None = None
    whose: str = "house"
    about: str = ""

    def state(self, at: datetime) -> str:
        """Return how it stands: met, late, overdue or running."""
        if self.met:
            return "met" if self.met <= self.due else "late"
        return "overdue" if self.due < at else "running"


def limits(past: Past) -> list[Limit]:
    """Return the limits that run or ran for a complaint, those not met first; one that was merged waits for nothing of its own."""
    found = [Limit("acknowledge", past.complaint.at + queries.ACKNOWLEDGE_WITHIN, _first(past.all("acknowledged")))]
    if not past.merged:
        found += [*_ours(past), *_outside(past)]
    return sorted(found, key=lambda one: (one.met is not None, one.due))


def _ours(past: Past) -> list[Limit]:
    answered, taken, found = past.lately("answered"), past.all("taken"), []
    if answered or not past.closed:
        found.append(Limit("answer", past.since + queries.ANSWER_WITHIN, _first(answered)))
    if serious := past.serious_at:
        found.append(Limit("seen", serious + queries.SEEN_WITHIN, _first([row for row in taken if row.level == Escalated.Level.TOP])))
    if failed := past.failed_at:
        found.append(Limit("taken", failed + queries.TAKEN_WITHIN, _first([row for row in taken if row.at >= failed])))
    closed = _last(past.lately("closed"))
    if past.closed and closed:
        found.append(Limit("follow", closed + queries.FOLLOWED_WITHIN, _first([row for row in past.lately("followed") if row.at >= closed])))
    return found


def _outside(past: Past) -> list[Limit]:
    found = []
    for passed in past.all("passed"):
        clock = clocks().get(passed.clock)
        day = runs_out(clock, passed.at) if clock else None
        if day:
            ended = [row for row in past.all("ruled") if row.passed_id == passed.pk]
            found.append(Limit("outside", _end(day), _first(ended), passed.clock, passed.reference))
    for letter in past.all("letter"):
        replied = [row for row in past.all("replied") if row.letter_id == letter.pk]
        found.append(Limit("letter", _end(letter.due), _first(replied), letter.clock or "stated", letter.code))
    return found


def _end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), calendar().zone)


def due_step(past: Past) -> str:
    """Return the kind of record that is due next, or nothing."""
    if past.merged or past.closed:
        return "" if past.merged or past.lately("followed") else "followed"
    urgent = {"acknowledged": not past.all("acknowledged"), "reopened": past.in_vain, "taken": bool(upwards(past)), "closed": past.withdrawn}
    early = urgent | {kind: not past.all(kind) for kind in ("assessed", "investigated")}
    return next((kind for kind, due in early.items() if due), "") or _after_investigation(past)


def upwards(past: Past) -> str:
    """Return to whom the complaint has to go and has not gone: top, supervisor, or nothing."""
    taken = past.all("taken")
    if past.serious_at and not any(row.level == Escalated.Level.TOP for row in taken):
        return str(Escalated.Level.TOP)
    failed = past.failed_at
    return str(Escalated.Level.SUPERVISOR) if failed and not any(row.at >= failed for row in taken) else ""


def _after_investigation(past: Past) -> str:
    answers, reactions = past.lately("answered"), past.lately("reacted")
    if not answers:
        return "answered"
    if answers[-1].decision == Answered.Decision.MISTAKEN and not any(row.answered_id == answers[-1].pk for row in past.all("checked")):
        return "checked"
    if reactions and not reactions[-1].content and answers[-1].decision not in {Answered.Decision.REJECTED, Answered.Decision.MISTAKEN}:
        since = [row for row in past.lately("recovery") if row.at > reactions[-1].at]
        return "reacted" if since and since[-1].worked else "recovery"
    if reactions or len(past.lately("attempted")) >= TWICE:
        return "closed"
    return "reacted"


def stands(past: Past) -> str:
    """Return the list in which a complaint stands, the worst first: what queries.stands tells, without asking the database once for every list."""
    passed = {one.name for one in limits(past) if one.state(past.at) in {"late", "overdue"}}
    lists = {
        "merged": past.merged, "without_answer": past.in_vain, "not_taken_over": "taken" in passed, "serious_unseen": "seen" in passed,
        "unacknowledged": not past.closed and not past.all("acknowledged"),
        "unanswered": not past.closed and not past.lately("answered") and past.since <= past.at - queries.ANSWER_WITHIN,
        "outside": any(not any(row.passed_id == one.pk for row in past.all("ruled")) for one in past.all("passed")), "open_": not past.closed, "closed": True,
    }  # fmt: skip
    return next(name for name, there in lists.items() if there)


def alike(one: str, other: str) -> bool:
    """Tell whether two complaints may be about the same, by the pairs of letters that the shorter shares with the longer.

    >>> alike("少了一箱合页", "合页少了一箱，还没补"), alike("两次补送都送错", "说好的签收单没有发")
    (True, False)
    """
    pairs = [{text[place : place + 2].lower() for place in range(len(text) - 1)} for text in (one, other)]
    least = min(map(len, pairs))
    return bool(least) and len(pairs[0] & pairs[1]) / least >= ALIKE


def beyond(complaint: Complaint, moment: Moment) -> dict[str, list[Any]]:
    """Return what happened to what happened to a complaint: outcomes outside, replies to letters, second looks."""
    return {
        "ruled": list(Ruled.objects.as_of(moment).filter(passed__complaint=complaint).select_related("passed").order_by("at", "id")),
        "replied": list(Replied.objects.as_of(moment).filter(letter__complaint=complaint).select_related("letter").order_by("at", "id")),
        "checked": list(Checked.objects.as_of(moment).filter(answered__complaint=complaint).select_related("answered", "person").order_by("at", "id")),
    }


def suspected(complaint: Complaint, moment: Moment) -> RecordQuerySet[Complaint]:
    """Return complaints of the same customer within a fortnight that may be the same matter: of no other order, and one of the two still open."""
    within = {"at__gte": complaint.at - queries.REPEATED_WITHIN, "at__lte": complaint.at + queries.REPEATED_WITHIN}
    near = queries.counted(moment).filter(party=complaint.party_id, **within).exclude(pk=complaint.pk)
    if complaint.order_id:
        near = near.filter(Q(order=None) | Q(order=complaint.order_id))
    numbers = [complaint.pk, *near.values_list("pk", flat=True)]
    still_open = set(queries.open_(moment).filter(pk__in=numbers).values_list("pk", flat=True))
    return near.filter(pk__in=numbers if complaint.pk in still_open else still_open)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a complaint came, which of its limits runs out next or ran out first, and when a letter about it has to be answered."""

    past: Past
    stage: str
    limit: Limit | None
    letter_due: date | None


def standings(numbers: Collection[int], moment: Moment, *, all_open: bool = False) -> list[Standing]:
    """Return how these complaints stand, those first whose limits ran out longest ago; one that is closed or merged waits for nothing.

    Where it is known that all of them are open, nobody asks again.
    """
    unanswered = Letter.objects.as_of(moment).filter(complaint=OuterRef("pk")).exclude(Exists(Replied.objects.as_of(moment).filter(letter=OuterRef("pk"))))
    rows = queries.registered(moment).filter(pk__in=numbers).select_related("party", "order").annotate(
        letter_due=Subquery(unanswered.order_by("due").values("due")[:1])
    )  # fmt: skip
    steps: dict[int, dict[str, list[Any]]] = {number: {} for number in numbers}
    for model in (Acknowledged, Assessed, Taken, Investigated, Answered, Attempted, Reacted, Recovery, Withdrawn, Merged, Closed, Followed):
        for step in model.objects.as_of(moment).filter(complaint__in=numbers).order_by("at", "id"):
            steps[step.complaint_id].setdefault(str(model._meta.model_name), []).append(step)
    closed = set() if all_open else set(queries.closed(moment).filter(pk__in=numbers).values_list("pk", flat=True))
    found = []
    for row in rows:
        past = Past(row, moment.at, row.since, row.pk in closed, steps[row.pk])
        running = [] if past.closed or past.merged else [one for one in limits(past) if not one.met]
        reached = [stage.name for stage in stages(past) if stage.at]
        found.append(Standing(past, reached[-1], min(running, key=lambda one: one.due, default=None), None if past.closed else row.letter_due))
    return sorted(found, key=lambda one: (one.limit is None, one.limit.due if one.limit else -one.past.complaint.at.timestamp()))


def pauses(times: Sequence[datetime], *, least: timedelta = timedelta(days=1)) -> dict[int, timedelta]:
    """Return after which of the times nothing happened for long, and for how long.

    >>> from datetime import datetime
    >>> pauses([datetime(2026, 6, 1), datetime(2026, 6, 1, 5), datetime(2026, 6, 4)])
    {1: datetime.timedelta(days=2, seconds=68400)}
    """
    return {place: later - earlier for place, (earlier, later) in enumerate(pairwise(times)) if later - earlier >= least}
