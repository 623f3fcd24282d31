"""A customer's way (一路走来): from the first contact to the customers they brought along, on one line of time."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.urls import reverse

from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.records.kind import kinds
from lingting.registers.complaints import queries as complaints
from lingting.registers.conversations import queries as conversations
from lingting.registers.orders import queries as orders
from lingting.registers.parties.models import Party, Referred
from lingting.web.pages.around import visible
from lingting.web.pages.page import Request

MOST = 12
"""Events that the way shows, besides its first and last; between them it says how many there are."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something on the way: when, in both languages, and where it can be read up."""

    at: datetime
    zh: str
    en: str
    address: str


def way(request: Request, party: Party, entries: Collection[int]) -> list[Event]:
    """Return what happened with a customer, the oldest first, as far as the reader may see it (S-SVC-25)."""
    found = sorted(
        [*_met(request, party, entries), *_ordered(request, entries), *_complained(request, entries), *_sent(request, entries)], key=lambda one: one.at
    )
    return found if len(found) <= MOST + 2 else [*found[: MOST // 2 + 1], *found[-(MOST // 2 + 1) :]]


def _met(request: Request, party: Party, entries: Collection[int]) -> Iterator[Event]:
    yield Event(party.at, "第一次知道", "First known", reverse("record", args=["parties", "party", party.pk]))
    if not may(request.user, "conversations.read"):
        return
    talks = seen(conversations.begun(request.moment).filter(party__in=entries), request.user).order_by("at", "id")
    first, last = talks.first(), talks.last()
    if first is not None:
        yield Event(first.at, "第一次对话", "First conversation", reverse("conversation", args=[first.pk]))
    if last is not None and last != first:
        yield Event(last.at, "最近一次对话", "Latest conversation", reverse("conversation", args=[last.pk]))


def _ordered(request: Request, entries: Collection[int]) -> Iterator[Event]:
    if not may(request.user, "orders.read"):
        return
    rows = orders.accepted(request.moment).filter(party__in=entries).order_by(F("accepted_at"), "id")
    first, last = rows.first(), rows.last()
    for row, zh, en in ((first, "第一份订单", "First order"), (last if last != first else None, "最近一份订单", "Latest order")):
        if row is not None:
            yield Event(getattr(row, "accepted_at", row.at), f"{zh} {row.code}", f"{en} {row.code}", reverse("record", args=["orders", "order", row.pk]))


def _complained(request: Request, entries: Collection[int]) -> Iterator[Event]:
    if not may(request.user, "complaints.read"):
        return
    mine = visible(request, kinds()["complaints.complaint"]).filter(Q(party__in=entries)).values("pk")
    for row in complaints.registered(request.moment).filter(pk__in=mine).order_by("at", "id"):
        yield Event(row.at, f"投诉 {row.code}", f"Complaint {row.code}", reverse("complaint", args=[row.pk]))


def _sent(request: Request, entries: Collection[int]) -> Iterator[Event]:
    rows = Referred.objects.as_of(request.moment).select_related("party", "by")
    for row in rows.filter(party__in=entries):
        yield Event(row.at, f"由{_name(row.by)}介绍来", f"Sent by {_name(row.by)}", reverse("party", args=[row.by_id]))
    for row in rows.filter(by__in=entries):
        yield Event(row.at, f"带来新顾客：{_name(row.party)}", f"Brought a new customer: {_name(row.party)}", reverse("party", args=[row.party_id]))


def _name(party: Party) -> str:
    return party.organisation or party.name or "▒▒"
