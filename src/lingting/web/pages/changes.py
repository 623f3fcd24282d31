"""订单更改 Changes of orders: before and after, line by line, what it touches, the words it came from, and whether the customer knows and agrees."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from lingting.access.queues import seen, seen_or_unspoken
from lingting.access.roles import may
from lingting.ledger.models import RecordQuerySet, Struck, numbered
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.values import Wrong
from lingting.records.write import Refused, write
from lingting.registers.conversations.models import Said
from lingting.registers.deliveries import queries as deliveries
from lingting.registers.deliveries.models import Status, Tracked
from lingting.registers.orders import queries as orders
from lingting.registers.orders.models import Altered, Arrived, Change, Confirmed, Informed, Objected, Order
from lingting.registers.promises import queries as promises
from lingting.registers.property import queries as property_
from lingting.site.clock import now
from lingting.web import prepared
from lingting.web.pages.around import around
from lingting.web.pages.complaint import called
from lingting.web.pages.forms import asked_for, write_step
from lingting.web.pages.page import Request, page, render

TABS = ("changed_silently", "unacknowledged", "uninformed", "unamended", "pending", "effective")
IN_A_PAGE, AT_MOST, OF_CANDIDATES = 25, 5000, 200
KIND, QUEUE = "orders.change", "conversation__queue"

STAGES: dict[str, tuple[str, str]] = {
    "draft": ("草稿", "Draft"), "told": ("已告知", "Told"), "read": ("已读", "Read"), "confirmed": ("已确认", "Confirmed"), "effective": ("生效", "In effect"),
    "rejected": ("被拒", "Rejected"), "late": ("超时", "Timed out"), "withdrawn": ("撤回", "Taken back"),
}  # fmt: skip

NAMED = {
    "price": re.compile(r"价|费|金额|price|fee|charge|cost", re.IGNORECASE), "eta": re.compile(r"时间|日期|时效|预计|time|date|eta", re.IGNORECASE),
    "vehicle": re.compile(r"车|vehicle|truck", re.IGNORECASE),
}  # fmt: skip
"""By what lines are named that change a price, a time of arrival, a vehicle."""

SPOKEN_WITHIN = timedelta(hours=12)
"""How long before a change was written down its words are looked for."""


@require_GET
@page("orders.read")
def listing(request: Request) -> HttpResponse:
    """List changes, the worst first: those the customer does not know of; of one order, what was confirmed where nothing ever changed."""
    moment, chosen, number = request.moment, request.GET.get("list", "all"), request.GET.get("order", "")
    if chosen != "all" and chosen not in TABS:
        raise Http404
    order = None
    if number:
        order = _orders(request).filter(pk=numbered(number)).first()
        if order is None:
            raise Http404
    of = {"order": order.pk} if order else {}
    found = {name: _numbers(_seen(request, getattr(orders, name)(moment)).filter(**of)) for name in TABS} | {
        "all": _numbers(_seen(request, orders.changes(moment)).filter(**of))
    }
    worst = {number: rank for rank, name in reversed(list(enumerate(TABS))) for number in found[name]}
    shown = Paginator(sorted(found[chosen], key=lambda one: worst.get(one, len(TABS))), IN_A_PAGE).get_page(request.GET.get("page", "1"))
    rows = {row.pk: row for row in orders.changes(moment).filter(pk__in=list(shown.object_list)).select_related("order__party")}
    lines: dict[int, list[Altered]] = {}
    for line in Altered.objects.as_of(moment).filter(change__in=rows).order_by("id"):
        lines.setdefault(line.change_id, []).append(line)
    return render(
        request, "changes_list.html", page=shown, rows=[rows[one] for one in shown.object_list], lines=lines, chosen=chosen, names=kinds()[KIND].text.lists,
        counts={name: len(numbers) for name, numbers in found.items()}, stands={number: TABS[rank] for number, rank in worst.items()}, order=order,
        yes=Confirmed.objects.as_of(moment).filter(order=order, change=None, accepted=True).order_by("at").first() if order else None,
    )  # fmt: skip


def _numbers(rows: RecordQuerySet[Change]) -> list[int]:
    return list(rows.order_by("-at", "-id").values_list("pk", flat=True)[:AT_MOST])


def _seen(request: Request, rows: RecordQuerySet[Change]) -> RecordQuerySet[Change]:
    return seen_or_unspoken(rows, request.user, QUEUE, f"order__{QUEUE}")


def _orders(request: Request) -> RecordQuerySet[Order]:
    return seen_or_unspoken(Order.objects.as_of(request.moment), request.user, QUEUE)


@require_GET
@page("orders.read")
def change(request: Request, number: int) -> HttpResponse:
    """Show one change."""
    return _show(request, number)


def _find(request: Request, number: int) -> Change:
    row = _seen(request, orders.changes(request.moment)).select_related("order__party", "conversation", "policy").filter(pk=number).first()
    if row is None:
        raise Http404
    return row


@require_POST
@page("orders.write")
def step(request: Request, number: int, kind: str) -> HttpResponse:
    """Write down what happened to a change, by the same rules as the register's own form."""
    row, one = _find(request, number), kinds().get(f"orders.{kind}")
    about = _about(request, row, kind)
    if one is None or about is None:
        raise Http404
    given, wrong = write_step(request, one, about)
    return _show(request, number, 422, kind, given, wrong) if wrong else redirect("change", number)


def _about(request: Request, row: Change, kind: str) -> dict[str, object] | None:
    """Return the columns of a step that the page fixes, or nothing where it is no step of a change."""
    if kind in {"notice", "confirmed"}:
        return {"order": row.order_id, "change": row.pk}
    if kind == "arrived":
        sent = row.notices.as_of(request.moment).order_by("-at", "-id").first()
        return {"notice": sent.pk} if sent else None
    return {"change": row.pk} if kind in {"effective", "withdrawn", "altered", "agreed", "dependant", "concerned"} else None


@require_POST
@page("orders.write")
def answer(request: Request, number: int) -> HttpResponse:
    """Write down the customer's answer line by line: all right, or back with the lines that are wrong."""
    row = _find(request, number)
    lines = list(row.alterations.as_of(request.moment).order_by("id"))
    said = {line.pk: request.POST.get(f"line-{line.pk}", "") for line in lines}
    way, missing = (
        request.POST.get("way", "").strip(),
        [Wrong(f"line-{pk}", "请选择这一行对不对。", "Choose whether this line is right.") for pk, word in said.items() if word not in {"yes", "no"}],
    )
    if not way:
        missing.append(Wrong("answer-way", "请写明客户是怎么答复的。", "Say in which way the customer answered."))
    if missing or not lines:
        return _show(request, number, 422, wrong=tuple(missing))
    known = {"by": request.user.pk, "now": now(), "zone": settings.LINGTING["ZONE"]}
    words = {line.pk: request.POST.get(f"words-{line.pk}", "").strip() for line in lines}
    accepted = set(said.values()) == {"yes"}
    try:
        with transaction.atomic():
            told = "；".join(f"{line.name}：{words[line.pk]}" for line in lines if words[line.pk])
            write(kinds()["orders.confirmed"], {"order": row.order_id, "change": row.pk, "accepted": accepted, "way": way, "words": told}, **known)
            for line in lines:
                if said[line.pk] == "no":
                    write(kinds()["orders.objected"], {"altered": line.pk, "words": words[line.pk]}, **known)
    except Refused as refused:
        return _show(request, number, 422, wrong=refused.wrong)
    return redirect("change", number)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the order before and after; `differs` is what the order said then, where the change has it otherwise."""

    name: str
    before: str
    after: str
    altered: Altered | None
    differs: str = ""
    objected: Any = None


@dataclass(frozen=True, slots=True)
class Source:
    """The words that a change came from: who said them when, and whether they were tied to it or only fit it."""

    said: Said
    tied: bool


def _show(
    request: Request, number: int, status: int = 200, step_kind: str = "", given: Mapping[str, str] | None = None, wrong: tuple[Wrong, ...] = ()
) -> HttpResponse:
    moment = request.moment
    row = _seen(request, orders.changes(moment)).select_related("order__party", "order__offering", "conversation", "policy").filter(pk=number).first()
    if row is None:
        if Struck.objects.as_of(moment).filter(record=number).exists():
            return redirect("record", "orders", "change", number)
        raise Http404
    context = around(request, kinds()[KIND], row)
    past = {other.name: list(reversed(rows)) for other, column, rows, _ in context["history"] if other.register == "orders" and column.name == "change"}
    lines, stages = _lines(row, past.get("altered", []), moment), _stages(row, past, moment)
    source = _source(request, row, past.get("altered", []))
    others = [(other, list(other.alterations.as_of(moment).order_by("id"))) for other in _seen(request, orders.colliding(row, moment)).select_related("order")]
    spoken = (
        sorted(
            [(row, source, lines), *((other, _source(request, other, altered), altered) for other, altered in others)],
            key=lambda one: (one[1].said.at if one[1] else one[0].at, one[0].pk),
        )
        if others
        else []
    )
    excused = row.emergency and row.policy_id is not None
    due = _due(stages, excused=excused, told=bool(past.get("notice")))
    chosen = step_kind or request.GET.get("step", "") or due
    messages = {zh: _message(request, row, lines, stages, zh=zh) for zh in (True, False)}
    kind, about = kinds().get(f"orders.{chosen}"), _about(request, row, chosen)
    filled = {"notice": {"words": messages[not _english(source)], "way": ""}}.get(chosen, {})
    offered = kind is not None and about is not None and may(request.user, kind.write) and (chosen != "effective" or bool(stages["confirmed"]) or excused)
    asked = asked_for(request, kind, given if given is not None else filled, wrong, fixed=about.keys()) if offered and kind and about else []
    informed = set(Informed.objects.as_of(moment).filter(concerned__change=row).values_list("concerned", flat=True))
    return render(
        request,
        "change.html",
        status,
        **(context | {"wrong": wrong}),
        standing=orders.change_stands(row, moment),
        lines=lines,
        stages=stages,
        stage_names=STAGES,
        source=source,
        spoken=spoken,
        later=spoken[-1][0].pk if spoken else 0,
        excused=excused,
        due=due,
        step=kind if asked else None,
        asked=asked,
        messages=messages,
        known={one.column.name for one in asked},
        past=past,
        now=moment.at,
        version=orders.version(row.order, moment),
        impact=_impact(request, row, lines, source),
        informed=informed,
        limit=row.at + orders.TELL_WITHIN,
        zh_first=not _english(source),
    )


def _lines(row: Change, altered: list[Altered], moment: Moment) -> list[Line]:
    stood = orders.content(row.order, Moment(row.at, moment.known))
    objected = {one.altered_id: one for one in _objections(row, moment)}
    found = [
        Line(
            one.name,
            one.before or "",
            one.after or "",
            one,
            stood[one.name] if one.name in stood and stood[one.name] != (one.before or "") else "",
            objected.get(one.pk),
        )
        for one in altered
    ]
    names = {one.name for one in altered}
    return [*found, *(Line(name, value, value, None) for name, value in stood.items() if name not in names)]


def _objections(row: Change, moment: Moment) -> Iterable[Any]:
    return Objected.objects.filter(altered__change=row).as_of(moment)


def _stages(row: Change, past: Mapping[str, list[Any]], moment: Moment) -> dict[str, datetime | None]:
    """Return when each stage was reached; rejected, late and taken back only where they happened."""
    arrived = list(Arrived.objects.as_of(moment).filter(notice__change=row).order_by("at", "id"))
    bounced = {one.notice_id for one in arrived if one.outcome == "bounced"}
    answers, effects, back = past.get("confirmed", []), past.get("effective", []), past.get("withdrawn", [])
    found: dict[str, datetime | None] = {
        "draft": row.at, "told": next((one.at for one in past.get("notice", []) if one.pk not in bounced), None),
        "read": next((one.at for one in arrived if one.outcome == "read"), None),
        "confirmed": next((one.at for one in answers if one.accepted), None), "effective": next((one.at for one in effects), None),
    }  # fmt: skip
    if no := next((one.at for one in answers if not one.accepted), None):
        found["rejected"] = no
    if back:
        found["withdrawn"] = back[0].at
    if not (answers or effects or back) and row.at + orders.TELL_WITHIN <= moment.at:
        found["late"] = row.at + orders.TELL_WITHIN
    return found


def _due(stages: Mapping[str, datetime | None], *, excused: bool, told: bool) -> str:
    """Return the kind of record that is due next, or nothing."""
    if "withdrawn" in stages or "rejected" in stages:
        return ""
    if stages["effective"]:
        return "" if told or stages["confirmed"] else "notice"
    if stages["confirmed"] or (excused and told):
        return "effective"
    return "answer" if stages["told"] else "notice"


def _source(request: Request, row: Change, altered: Iterable[Altered]) -> Source | None:
    """Return the customer's turn that fits the new values best: in the change's conversation, else in one of the same customer shortly before."""
    turns = seen(Said.objects.as_of(request.moment).filter(role="customer"), request.user, "conversation__queue").select_related("conversation")
    tied = row.conversation_id is not None
    if tied:
        turns = turns.filter(conversation=row.conversation_id)
    else:
        turns = turns.filter(conversation__party=row.order.party_id, at__gte=row.at - SPOKEN_WITHIN, at__lte=row.at + timedelta(hours=1))
    wanted = {pair for one in altered for pair in _pairs(one.after or "")}
    found = [(len(wanted & _pairs(turn.text or "")), turn) for turn in turns.order_by("at", "id")[:OF_CANDIDATES]]
    best = max((one for one in found if one[0] > 1), key=lambda one: one[0], default=None)
    if best is None and tied and found:
        best = max(found, key=lambda one: (one[1].at <= row.at, one[1].at))
    return Source(best[1], tied) if best else None


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _english(source: Source | None) -> bool:
    return bool(source and (source.said.conversation.language or "").startswith("en"))


def _message(request: Request, row: Change, lines: list[Line], stages: Mapping[str, datetime | None], *, zh: bool) -> str:
    """Return what is told to the customer: check your answers; of an emergency in effect, the notice after it."""
    altered = [one for one in lines if one.altered]
    words = ("；" if zh else "; ").join(
        f"{place}. {one.name}：由“{one.before or '空'}”改为“{one.after or '空'}”"
        if zh
        else f"{place}. {one.name}: from “{one.before or 'nothing'}” to “{one.after or 'nothing'}”"
        for place, one in enumerate(altered, 1)
    )
    priced = any(NAMED["price"].search(one.name) for one in altered)
    price = "" if priced else "价格是否变化：【写明】。" if zh else "Whether the price changes: 【say so】. "
    message = prepared.CHANGE_AFTER if stages["effective"] and not stages["confirmed"] else prepared.CHANGE
    # Whoever asks today gives a day from now on, whenever the change was asked for.
    by = prepared.said_at(request.moment.at + orders.TELL_WITHIN, zh=zh)
    facts = {
        "customer": called(row.order.party, zh=zh),
        "who": request.user.name,
        "order": row.order.code,
        "code": row.code,
        "lines": words,
        "price": price,
        "by": by,
        "why": row.why,
    }
    return (message.zh if zh else message.en).format(**facts)


def _impact(request: Request, row: Change, lines: list[Line], source: Source | None) -> dict[str, Any]:
    """Return what the records know of what the change touches; what they do not know is left empty and said to be unknown."""
    moment, order = request.moment, row.order
    named = {what: [one for one in lines if one.altered and pattern.search(one.name)] for what, pattern in NAMED.items()}
    shipments = list(deliveries.shipments(moment).filter(order=order).select_related("provider").order_by("at", "id")[:20])
    tracked = list(Tracked.objects.as_of(moment).filter(shipment__order=order).select_related("shipment").order_by("-at", "-id")[:50])
    left = [one for one in tracked if one.status != Status.BOOKED]
    talks = {source.said.conversation_id} if source else set()
    talks |= {number for number in (row.conversation_id, order.conversation_id) if number}
    made = seen(promises.made(moment).filter(conversation__in=talks), request.user, QUEUE).select_related("conversation").order_by("at", "id")[:10]
    return {
        "named": named, "shipments": shipments, "expected": next((one for one in tracked if one.expected), None), "left": left[-1] if left else None,
        "left_before": bool(left) and left[-1].at < (row.effective_at or moment.at),
        "property": property_.held(moment).filter(party=order.party_id).count() if may(request.user, "property.read") else None,
        "terms": list(deliveries.terms(moment).filter(order=order).order_by("at", "id")[:10]), "promises": list(made),
    }  # fmt: skip
