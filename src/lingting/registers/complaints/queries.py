"""What is true of feedback and complaints (投诉与反馈) as of a moment."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.asking import There, once
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.complaints.models import (
    Acknowledged,
    Answered,
    Assessed,
    Attempted,
    Captured,
    Checked,
    Closed,
    Complaint,
    Dismissed,
    Effort,
    Feedback,
    Followed,
    Investigated,
    Letter,
    Mentioned,
    Merged,
    Passed,
    Reacted,
    Recovery,
    Reopened,
    Replied,
    Ruled,
    Severity,
    Taken,
    Traced,
    Withdrawn,
)  # fmt: skip
from lingting.statistics.medians import Middle, middle

ACKNOWLEDGE_WITHIN = period("complaints.acknowledge-within", timedelta(hours=24))
"""How soon a customer of any grade hears that we have his complaint; this and the times below are house defaults, shown as ours."""

ANSWER_WITHIN = period("complaints.answer-within", timedelta(days=15))
SEEN_WITHIN = period("complaints.seen-within", timedelta(hours=24))
TAKEN_WITHIN = period("complaints.taken-within", timedelta(hours=24))
REPEATED_WITHIN = period("complaints.repeated-within", timedelta(days=14))
FOLLOWED_WITHIN = period("complaints.followed-within", timedelta(days=7))
QUARTER = timedelta(days=91)
KINDS = ("problem", "doubt", "complaint", "positive", "negative")
UNHAPPY = ("complaint.made", "feedback.negative", "feedback.problem")
"""Norms by which a dissatisfied customer is heard."""

R = TypeVar("R", bound=Record)


@once
def registered(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints registered so far, each with `since`: when its present round began."""
    reopened = Reopened.objects.as_of(moment).filter(complaint=OuterRef("pk")).order_by("-at").values("at")[:1]
    return Complaint.objects.as_of(moment).annotate(since=Coalesce(Subquery(reopened, output_field=DateTimeField()), F("at")))  # type: ignore[no-redef]  # the model tells it to readers


@once
def counted(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints that stand for themselves: one that came in twice counts once."""
    return registered(moment).exclude(Exists(Merged.objects.as_of(moment).filter(complaint=OuterRef("pk"))))


def merged(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints that go on in another."""
    return registered(moment).filter(Exists(Merged.objects.as_of(moment).filter(complaint=OuterRef("pk"))))


def uncaptured(heard: RecordQuerySet[R], moment: Moment) -> RecordQuerySet[R]:
    """Return those of the findings that nobody registered, tied to a registered complaint or dismissed with a reason, alone or with their conversation."""
    for kind in (Complaint, Feedback, Mentioned, Dismissed):
        heard = heard.exclude(There(kind, "found", moment))
    return heard.exclude(There(Captured, "conversation", moment, of="conversation"))


def feedback(moment: Moment) -> RecordQuerySet[Feedback]:
    """Return all feedback written down."""
    return Feedback.objects.as_of(moment)


def wrong_kind(moment: Moment) -> RecordQuerySet[Feedback]:
    """Return the feedback written down as praise although its words were heard as a complaint, a problem or criticism: sarcasm, mostly."""
    words: type[Record] = Feedback._meta.get_field("found").related_model  # type: ignore[assignment]  # references lead to records
    unhappy = words.objects.as_of(moment).filter(norm__in=UNHAPPY)
    of_it = Captured.objects.as_of(moment).filter(feedback=OuterRef("pk"), conversation__in=unhappy.values("conversation"))
    return feedback(moment).filter(kinds="positive").filter(Exists(unhappy.filter(said=OuterRef("found__said"))) | Exists(of_it))


def silent_kinds(moment: Moment) -> list[str]:
    """Return the kinds of which nothing was heard for a quarter: is the way in open? Complaints come from both lists."""
    recent = feedback(moment).filter(at__gt=moment.at - QUARTER)
    heard = {kind for kind in KINDS if recent.filter(kinds__contains=kind).exists()}
    if registered(moment).filter(at__gt=moment.at - QUARTER).exists():
        heard.add("complaint")
    return [kind for kind in KINDS if kind not in heard]


@once
def acknowledge_due(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints acknowledged already or due to be; the time is the same for every customer."""
    acknowledged = Acknowledged.objects.as_of(moment).filter(complaint=OuterRef("pk"))
    return counted(moment).filter(Q(at__lte=moment.at - ACKNOWLEDGE_WITHIN) | Q(Exists(acknowledged)))


@once
def acknowledged_late(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints that were not acknowledged in time, late or not at all."""
    in_time = Acknowledged.objects.as_of(moment).filter(complaint=OuterRef("pk"), at__lte=OuterRef("at") + ACKNOWLEDGE_WITHIN)
    return acknowledge_due(moment).exclude(Exists(in_time))


def unacknowledged(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the open complaints whose customer does not know yet that we have them."""
    return open_(moment).exclude(Exists(Acknowledged.objects.as_of(moment).filter(complaint=OuterRef("pk"))))


def by_tier(moment: Moment) -> dict[str, tuple[int, int]]:
    """Return for each grade of customer how many complaints were due to be acknowledged, and how many were late."""
    due = dict(acknowledge_due(moment).order_by().values_list("tier").annotate(Count("pk")))
    late = dict(acknowledged_late(moment).order_by().values_list("tier").annotate(Count("pk")))
    return {tier: (count, late.get(tier, 0)) for tier, count in due.items() if tier}


def waits(moment: Moment) -> dict[str, Middle]:
    """Return for each grade of customer how many hours until a complaint was acknowledged: the median of those that were, with its interval."""
    first = Acknowledged.objects.as_of(moment).filter(complaint=OuterRef("pk")).order_by("at").values("at")[:1]
    rows = counted(moment).exclude(tier="").annotate(told=Subquery(first)).filter(told__isnull=False).order_by("tier", "id")
    hours: dict[str, list[float]] = {}
    for tier, begun, told in rows.values_list("tier", "at", "told"):
        hours.setdefault(tier, []).append((told - begun).total_seconds() / 3600)
    return {tier: found for tier, values in hours.items() if (found := middle(values))}


def unfair(moment: Moment) -> list[str]:
    """Return the grades that waited past the limit more often than another; to be served sooner within the limit is no unfairness."""
    tiers = by_tier(moment)
    least = min((late / due for due, late in tiers.values()), default=0.0)
    return [tier for tier, (due, late) in tiers.items() if late / due > least]


def waited_longer(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the late complaints of the grades that waited past the limit more often than another."""
    return acknowledged_late(moment).filter(tier__in=unfair(moment))


@once
def serious(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints whose latest assessment is serious, with `assessed_at`."""
    latest = Assessed.objects.as_of(moment).filter(complaint=OuterRef("pk")).order_by("-at", "-id")
    rows = counted(moment).annotate(severity=Subquery(latest.values("severity")[:1]), assessed_at=Subquery(latest.values("at")[:1]))
    return rows.filter(severity=Severity.SERIOUS)


def serious_due(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the serious complaints that top management has seen or should have seen."""
    return serious(moment).filter(Q(assessed_at__lte=moment.at - SEEN_WITHIN) | Q(Exists(_taken(moment, "top"))))


def serious_unseen(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the serious complaints that top management did not see in time."""
    in_time = _taken(moment, "top").filter(at__lte=OuterRef("assessed_at") + SEEN_WITHIN)
    return serious_due(moment).exclude(Exists(in_time))


def _taken(moment: Moment, *levels: str) -> RecordQuerySet[Taken]:
    taken = Taken.objects.as_of(moment).filter(complaint=OuterRef("pk"))
    return taken.filter(level__in=levels) if levels else taken


@once
def failed_twice(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints that a second recovery did not mend, with `failed_at` – those taken over since, or due to be."""
    failed = Recovery.objects.as_of(moment).filter(complaint=OuterRef("pk"), worked=False).order_by("at", "id")
    rows = counted(moment).annotate(failed_at=Subquery(failed.values("at")[1:2])).filter(failed_at__isnull=False)
    since = _taken(moment).filter(at__gte=OuterRef("failed_at"))
    return rows.filter(Q(failed_at__lte=moment.at - TAKEN_WITHIN) | Q(Exists(since)))


def not_taken_over(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints that a second recovery did not mend and nobody above took over in time."""
    in_time = _taken(moment).filter(at__gte=OuterRef("failed_at"), at__lte=OuterRef("failed_at") + TAKEN_WITHIN)
    return failed_twice(moment).exclude(Exists(in_time))


@once
def closings(moment: Moment) -> RecordQuerySet[Closed]:
    """Return the closings of complaints that stand for themselves, each with `since`: when the round that it closed began."""
    reopened = Reopened.objects.as_of(moment).filter(complaint=OuterRef("complaint"), at__lt=OuterRef("at")).order_by("-at")
    since = Coalesce(Subquery(reopened.values("at")[:1], output_field=DateTimeField()), F("complaint__at"))
    gone = Merged.objects.as_of(moment).filter(complaint=OuterRef("complaint"))
    return Closed.objects.as_of(moment).exclude(Exists(gone)).annotate(since=since)


@once
def closed_in_vain(moment: Moment) -> RecordQuerySet[Closed]:
    """Return the closings that close nothing: no answer was told, or the customer neither said what he thinks of it nor was sought twice.

    A complaint withdrawn by a customer who confirmed it needs neither.
    """
    return closings(moment).exclude(_rightly(moment))


def _rightly(moment: Moment) -> Q:
    """Return what makes a closing stand."""
    withdrawn = _in_round(Withdrawn, moment).filter(confirmed=True)
    answered = _in_round(Answered, moment).exclude(words="")
    within = {"at__gte": OuterRef(OuterRef("since")), "at__lte": OuterRef(OuterRef("at"))}
    other = Attempted.objects.as_of(moment).filter(complaint=OuterRef("complaint"), id__lt=OuterRef("pk"), **within)
    twice = _in_round(Attempted, moment).filter(Exists(other))
    return Q(Exists(withdrawn)) | Q(Exists(answered)) & (Q(Exists(_in_round(Reacted, moment))) | Q(Exists(twice)))


def _in_round(kind: type[Record], moment: Moment) -> RecordQuerySet[Record]:
    return kind.objects.as_of(moment).filter(complaint=OuterRef("complaint"), at__gte=OuterRef("since"), at__lte=OuterRef("at"))


@once
def closed(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints that are closed in their present round, and rightly so."""
    return counted(moment).filter(Exists(_closing(moment)))


@once
def open_(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints that are not closed; one closed without an answer is open."""
    return counted(moment).exclude(Exists(_closing(moment)))


@once
def _closing(moment: Moment) -> RecordQuerySet[Closed]:
    return closings(moment).filter(_rightly(moment), complaint=OuterRef("pk"), since=OuterRef("since"))


def without_answer(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints that somebody closed in vain and that are open still."""
    return open_(moment).filter(Exists(closed_in_vain(moment).filter(complaint=OuterRef("pk"), since=OuterRef("since"))))


def unanswered(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the open complaints whose round runs longer than an answer may take, and brought none."""
    answered = Answered.objects.as_of(moment).filter(complaint=OuterRef("pk"), at__gte=OuterRef("since"))
    return open_(moment).filter(since__lte=moment.at - ANSWER_WITHIN).exclude(Exists(answered))


def outside(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints that lie with somebody outside who has come to no end yet."""
    under_way = Passed.objects.as_of(moment).exclude(Exists(Ruled.objects.as_of(moment).filter(passed=OuterRef("pk"))))
    return counted(moment).filter(Exists(under_way.filter(complaint=OuterRef("pk"))))


def to_follow(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints closed a week ago or longer that nobody followed up, rejected ones with the others."""
    last = Closed.objects.as_of(moment).filter(complaint=OuterRef("pk")).order_by("-at").values("at")[:1]
    asked = Followed.objects.as_of(moment).filter(complaint=OuterRef("pk"), at__gte=OuterRef("since"))
    return closed(moment).annotate(closed_at=Subquery(last)).filter(closed_at__lte=moment.at - FOLLOWED_WITHIN).exclude(Exists(asked))


def repeated(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints of customers who had complained within a fortnight before."""
    before = counted(moment).filter(party=OuterRef("party"), at__lt=OuterRef("at"), at__gte=OuterRef("at") - REPEATED_WITHIN)
    return counted(moment).filter(Exists(before.order_by()))


def complained_after(talks: QuerySet[R], moment: Moment) -> QuerySet[R]:
    """Return those of the conversations whose customer complained within a fortnight after."""
    since = Complaint.objects.as_of(moment).filter(party=OuterRef("party"), at__gt=OuterRef("at"), at__lte=OuterRef("at") + REPEATED_WITHIN)
    return talks.filter(Exists(since))


def unforeseen(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints about the thing itself whose failure nobody had foreseen."""
    latest = _latest_investigation(moment)
    rows = counted(moment).annotate(cause=Subquery(latest.values("cause")[:1]), mode=Subquery(latest.values("mode")[:1]))
    return rows.filter(cause__in=["product", "both"], mode="")


def causes(moment: Moment) -> dict[str, int]:
    """Return how many complaints each cause has, by the latest investigation: the thing, how it was talked about, both."""
    return _tally(moment, "cause")


def by_process(moment: Moment) -> dict[str, int]:
    """Return how many complaints began in each process, the links of the chain that harm customers.

    Where one was walked upstream to the link where it began, it is that one; else the process that the latest investigation names.
    """
    traced = Traced.objects.as_of(moment).filter(complaint=OuterRef("pk"), origin=True).order_by("-at", "-id").values("process__code")[:1]
    named = _latest_investigation(moment).values("process__code")[:1]
    rows = counted(moment).annotate(found_out=Coalesce(Subquery(traced), Subquery(named))).filter(found_out__isnull=False)
    return dict(rows.order_by().values_list("found_out").annotate(Count("pk")))


def unlinked(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the complaints about ourselves that were investigated and are linked to no process: nobody can learn where to mend."""
    latest = _latest_investigation(moment)
    rows = counted(moment).annotate(cause=Subquery(latest.values("cause")[:1]), process=Subquery(latest.values("process")[:1]))
    traced = Traced.objects.as_of(moment).filter(complaint=OuterRef("pk"))
    return rows.filter(process=None, cause__isnull=False).exclude(cause=Investigated.Cause.MISTAKEN).exclude(Exists(traced))


def by_provider(moment: Moment) -> dict[str, int]:
    """Return how many complaints began with each provider."""
    return _tally(moment, "provider__code")


def _tally(moment: Moment, column: str) -> dict[str, int]:
    rows = counted(moment).annotate(found_out=Subquery(_latest_investigation(moment).values(column)[:1])).filter(found_out__isnull=False)
    return dict(rows.order_by().values_list("found_out").annotate(Count("pk")))


def in_modes(moment: Moment) -> list[tuple[str, str, datetime]]:
    """Return the complaints whose latest investigation names a mode of failure: their codes, the mode's, and when each came in."""
    rows = counted(moment).annotate(mode=Subquery(_latest_investigation(moment).values("mode")[:1])).exclude(mode=None).exclude(mode="")
    return list(rows.order_by("at", "id").values_list("code", "mode", "at"))


def _latest_investigation(moment: Moment) -> RecordQuerySet[Investigated]:
    return Investigated.objects.as_of(moment).filter(complaint=OuterRef("pk")).order_by("-at", "-id")


def same_words(moment: Moment) -> RecordQuerySet[Closed]:
    """Return the closings that say the same of the customer's main concern and of the real need: they may be right, and are sampled."""
    return Closed.objects.as_of(moment).filter(concern=F("need"))


def mistaken_unchecked(moment: Moment) -> RecordQuerySet[Answered]:
    """Return the answers that find the customer mistaken and that no second person looked at."""
    answers = Answered.objects.as_of(moment).filter(decision=Answered.Decision.MISTAKEN)
    return answers.exclude(Exists(Checked.objects.as_of(moment).filter(answered=OuterRef("pk"))))


def letters_due(moment: Moment) -> RecordQuerySet[Letter]:
    """Return the letters that were answered or whose day is past."""
    replied = Replied.objects.as_of(moment).filter(letter=OuterRef("pk"))
    return Letter.objects.as_of(moment).filter(Q(due__lt=localdate(moment.at)) | Q(Exists(replied)))


def letters_late(moment: Moment) -> RecordQuerySet[Letter]:
    """Return the letters that were not answered by their day."""
    in_time = Replied.objects.as_of(moment).filter(letter=OuterRef("pk"), at__date__lte=OuterRef("due"))
    return letters_due(moment).exclude(Exists(in_time))


def letters_waiting(moment: Moment) -> RecordQuerySet[Letter]:
    """Return the letters that nobody answered yet."""
    return Letter.objects.as_of(moment).exclude(Exists(Replied.objects.as_of(moment).filter(letter=OuterRef("pk"))))


def at_first_contact(moment: Moment) -> RecordQuerySet[Complaint]:
    """Return the closed complaints that never began a second round and cost one contact at most."""
    more = Effort.objects.as_of(moment).filter(complaint=OuterRef("pk"), contacts__gt=1)
    twice = Effort.objects.as_of(moment).filter(complaint=OuterRef("pk"), contacts=1).values("complaint").annotate(n=Count("pk")).filter(n__gt=1)
    again = Reopened.objects.as_of(moment).filter(complaint=OuterRef("pk"))
    return closed(moment).exclude(Exists(more)).exclude(Exists(twice)).exclude(Exists(again))


stands = Stands(
    ("merged", merged), ("without_answer", without_answer), ("not_taken_over", not_taken_over), ("serious_unseen", serious_unseen),
    ("unacknowledged", unacknowledged), ("unanswered", unanswered), ("outside", outside), ("open_", open_), ("closed", closed),
)  # fmt: skip
"""How a complaint stands, the worst first."""


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    theirs = Complaint.objects.filter(party__in=parties)
    letters = Letter.objects.filter(Q(party__in=parties) | Q(complaint__in=theirs))
    steps = (Acknowledged, Investigated, Traced, Answered, Reacted, Withdrawn, Closed, Followed)
    return [
        *theirs, *Feedback.objects.filter(party__in=parties), *letters, *Replied.objects.filter(letter__in=letters),
        *Ruled.objects.filter(passed__complaint__in=theirs), *(row for step in steps for row in step.objects.filter(complaint__in=theirs)),
    ]  # fmt: skip
