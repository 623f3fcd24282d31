"""What stands beside a complaint (投诉旁边): words that were heard, others that may be the same, broken promises, judgements, what it cost."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from lingting.access.queues import seen, seen_or_unspoken
from lingting.access.roles import may
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.complaints import effort, journey
from lingting.registers.complaints.models import Complaint, Effort
from lingting.registers.conversations import queries as conversations
from lingting.registers.improvements import queries as improvements
from lingting.registers.parties import identity
from lingting.registers.promises import queries as promises
from lingting.web.evidence import out_of_sight
from lingting.web.pages.page import Request

QUEUE = "found__conversation__queue"
HEARD_BEFORE = timedelta(days=1)
"""How long before its registration the words of a complaint are looked for, where none are tied to it."""

BROKEN_BEFORE = timedelta(days=14)
"""How long before it a promise to the same customer was due, where it may be what a complaint is about."""

OF_CANDIDATES = 3


def visible(request: Request, rows: RecordQuerySet[Complaint]) -> RecordQuerySet[Complaint]:
    """Return the complaints that the reader may see."""
    return seen_or_unspoken(rows, request.user, QUEUE)


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of the customer, and whether somebody tied them to the complaint or they were only heard shortly before it was registered."""

    found: Any
    tied: bool


def heard_of(request: Request, row: Complaint, mentions: list[Any]) -> list[Heard]:
    """Return the customer's words: those tied to a complaint, or else those heard shortly before it was registered."""
    tied = [one for one in (row.found, *(mention.found for mention in mentions)) if one is not None and not out_of_sight(one, request.user)]
    if tied:
        return [Heard(one, tied=True) for one in tied]
    near = seen(conversations.complaints(request.moment), request.user, "conversation__queue").filter(
        conversation__party=row.party_id, at__gte=row.at - HEARD_BEFORE, at__lte=row.at
    )
    return [Heard(one, tied=False) for one in near.select_related("conversation", "said").order_by("-at", "-id")[:OF_CANDIDATES]]


def suspected(request: Request, row: Complaint) -> list[dict[str, Any]]:
    """Return the complaints that may be the same, each with which would go on in which and why: the later in the earlier."""
    found = []
    for other in visible(request, journey.suspected(row, request.moment)).select_related("party", "found").order_by("at", "id"):
        same_order = row.order_id and row.order_id == other.order_id
        if not same_order and not journey.alike(row.what or "", other.what or ""):
            continue
        later, earlier = (row, other) if (row.at, row.pk) > (other.at, other.pk) else (other, row)
        quotes = {
            one.pk: (one.found.quote if one.found_id and one.found and not out_of_sight(one.found, request.user) else "") or one.what or "▒▒"
            for one in (later, earlier)
        }
        why = f"{later.code}：“{quotes[later.pk]}”；{earlier.code}：“{quotes[earlier.pk]}”"
        found.append({"other": other, "later": later, "earlier": earlier, "quotes": quotes, "why": why})
    return found[:OF_CANDIDATES]


def judgements(request: Request, row: Complaint) -> list[Any]:
    """Return the judgements of the complaint: a nonconformity or none, and why."""
    if not may(request.user, "improvements.read"):
        return []
    of_it = Q(complaint=row.pk) | (Q(found=row.found_id) if row.found_id else Q(pk=None))
    return list(improvements.weighed(request.moment).filter(of_it).select_related("nonconformity").order_by("at", "id"))


def broken(request: Request, row: Complaint) -> list[Any]:
    """Return the promises to the same customer that had been broken when they complained, the newest first."""
    if not may(request.user, "promises.read"):
        return []
    rows: RecordQuerySet[Any] = seen(promises.broken(Moment(row.at, request.moment.known)), request.user, "conversation__queue")
    return list(
        rows.filter(party__in=identity.same(row.party_id, request.moment), deadline__gte=row.at - BROKEN_BEFORE).order_by("-deadline", "-id")[:OF_CANDIDATES]
    )


def spent(row: Complaint, request: Request) -> dict[str, int]:
    """Return what a complaint cost so far, and how many records say so."""
    sums = Effort.objects.as_of(request.moment).filter(complaint=row).aggregate(n=Count("pk"), **{kind: Sum(kind) for kind in effort.KINDS})
    return {name: value or 0 for name, value in sums.items()}
