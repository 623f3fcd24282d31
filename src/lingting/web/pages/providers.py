"""供方 Providers: who provides what from outside, how each stands, what we measured and what it says, its scorecard (SC-10)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.conformity import providers, shipped
from lingting.conformity.providers import Scorecard
from lingting.ledger.models import RecordQuerySet, Struck
from lingting.ledger.moment import Moment
from lingting.ledger.remembered import Remembered
from lingting.records.kind import kinds
from lingting.records.values import name_of
from lingting.registers.complaints.models import Investigated
from lingting.registers.deliveries.models import Shipment
from lingting.registers.instruments import queries as instruments
from lingting.registers.instruments.choices import Sort
from lingting.registers.promises import queries as promises
from lingting.registers.suppliers import queries as suppliers
from lingting.registers.suppliers.choices import Class, Control, Level, On, Result
from lingting.registers.suppliers.models import Attributed, Done, Evaluated, Named, Plan, Planned, Provider, Verified
from lingting.registers.surroundings import queries as surroundings
from lingting.registers.surroundings.models import Drive, Trip
from lingting.registers.surroundings.rest import MINUTE, longest_drive, rules
from lingting.web import shipping
from lingting.web.evidence import HIDDEN, out_of_sight
from lingting.web.pages.around import nexts, opened
from lingting.web.pages.page import Request, page, render
from lingting.web.pictures import diagrams

_KNOWN: Remembered[tuple[Scorecard, set[str]]] = Remembered(100)

STANDS = {
    "suspended": ("▲", "已暂停", "Suspended", "nonconforms"), "unevaluated": ("◌", "没有评价过", "Not evaluated", "no-evidence"),
    "expired": ("△", "再评价已到期", "Re-evaluation overdue", "at-risk"), "outdated": ("△", "准则已换版", "Criteria changed", "at-risk"),
    "conditional": ("△", "有条件合格", "On conditions", "at-risk"), "approved": ("●", "合格", "Approved", "conforms"),
    "ceased": ("▨", "不再提供", "Let go", "not-applicable"), "": ("◌", "不知道", "Unknown", "no-evidence"),
}  # fmt: skip
"""How a provider's standing is shown; the worst first."""

WHY = {
    "suspended": ("最近一次评价的结论是暂停。", "The newest evaluation suspended it."),
    "unevaluated": (
        "没有一次评价是按当时现行、且写明能力的准则作出的；或四套准则还缺一套。",
        "No evaluation was made by criteria in force then that name an ability, or one of the four sets of criteria is missing.",
    ),
    "expired": ("再评价的日期已过，或上次评价超过一年。", "The day of its re-evaluation has passed, or the last one is older than a year."),
    "outdated": ("上次评价所用的准则后来换了版，需要重新评价。", "The criteria of its last evaluation were replaced since; evaluate it again."),
    "conditional": ("最近一次评价只给了有条件合格。", "The newest evaluation approved it on conditions only."),
    "approved": ("最近一次评价合格，没有到期，准则没有换版。", "The newest evaluation approved it, is not overdue, and rests on criteria still in force."),
    "ceased": ("它不再为我们提供什么。", "It no longer provides anything for us."),
    "": ("没有足够的记录。", "There are not enough records."),
}
IMPACTS = {Level.HIGH: ("高", "High"), Level.MEDIUM: ("中", "Medium"), Level.LOW: ("低", "Low"), "": ("未评", "Not rated")}
RESULTS = {
    Result.APPROVED: ("合格", "Approved"), Result.CONDITIONAL: ("有条件", "Conditional"), Result.SUSPENDED: ("暂停", "Suspended"),
    "": ("未评价", "Unknown"),
}  # fmt: skip
"""How performance is told in the matrix: by the result of the newest evaluation."""

HEARERS = (Class.RECOGNITION, Class.MODEL)
"""Providers that listen or read for us: their accuracy is measured on our own gold set."""

SHOWN = 10
BEFORE, MONTHS = 3, 12
"""How many months the calendar of verifications shows, and how many of them lie behind."""


@require_GET
@page("suppliers.read")
def listing(request: Request) -> HttpResponse:
    """List the providers, the worst first, with the names on invoices that nobody registered."""
    moment = request.moment
    newest = {column: suppliers.newest(Evaluated, moment, column) for column in ("result", "score", "next_due")}
    rows: list[Any] = list(
        suppliers.graded(moment).annotate(
            **newest, judged=suppliers.newest(Evaluated, moment, "at"), limit=suppliers.newest(Evaluated, moment, "criteria__limit")
        )
    )
    standings, order = suppliers.standings(moment), list(STANDS)
    rows.sort(key=lambda row: (order.index(standings.get(row.pk, "")), list(IMPACTS).index(row.grade), row.score or 0, row.code))
    answers = {one.process_id: one for one in suppliers.answers(moment).filter(review__gte=localdate(moment.at))}
    return render(
        request, "providers.html", rows=rows, standings=standings, stands=STANDS, impacts=IMPACTS, results=RESULTS, figures=providers.latest(moment),
        unregistered=_unregistered(moment), unrecognised=providers.unrecognised(moment).count(), ceased=suppliers.ceased(moment).count(),
        processes=list(providers.processes(moment).order_by("code")), answers=answers, unidentified={one.pk for one in providers.unidentified(moment)},
        outdated=suppliers.outdated(moment).count(), overdue=suppliers.overdue(moment).count(),
        indicators=kinds()["suppliers.yardstick"].column("indicator").text.choices,
    )  # fmt: skip


def _unregistered(moment: Moment) -> list[tuple[Named, int]]:
    """Return the names met that are no provider's, each with on how many papers it was met."""
    firsts = list(suppliers.unregistered(moment).order_by("name"))
    names = list(Named.objects.as_of(moment).filter(name__in=[one.name for one in firsts]).values_list("name", flat=True))
    return [(one, names.count(one.name)) for one in firsts]


@require_GET
@page("suppliers.read")
def provider(request: Request, number: int) -> HttpResponse:
    """Show one provider's scorecard."""
    row, moment = _find(request, number), request.moment
    minute = moment.at if request.asked_at else moment.at.replace(second=0, microsecond=0)
    card, gaps = _KNOWN.answer((number, minute, moment.known), lambda: _measured(row, moment))
    last = row.evaluations.as_of(moment).select_related("criteria").order_by("-at", "-id").first()
    attributed = suppliers.attributed(moment).filter(provider=row).select_related("conversation", "promise__conversation", "party").order_by("-at")
    return render(
        request, "provider.html", row=row, card=card, last=last, rated=row.ratings.as_of(moment).order_by("-at", "-id").first(), stands=STANDS, why=WHY,
        impacts=IMPACTS, results=RESULTS, matrix=_matrix(request, card.grade, last.result if last else ""), struck=_struck(request, row),
        choices=_choices(), attributed=[(one, _words(request, one)) for one in attributed[:SHOWN]], attributed_count=attributed.count(),
        investigated=Investigated.objects.as_of(moment).filter(provider=row).count() if may(request.user, "complaints.read") else 0,
        plan=card.plan, gaps=gaps, calendar=_calendar(row, moment), unmet=suppliers.unmet(moment).filter(planned__provider=row).count(),
        trips=_trips(row, moment) if may(request.user, "surroundings.read") else None, rule=rules().rules["driving"],
        **_shipments(request, row), actions=_actions(row, moment), provisions=list(suppliers.provisions(moment).filter(provider=row).select_related("process")),
        unanswered=suppliers.evaluations_without_action(moment).filter(provider=row).count(), used_since=_used_since(moment, row).count(),
        hearing=_hearing(request, row), nexts=nexts(request, "suppliers.provider"), name_of=name_of,
    )  # fmt: skip


def _measured(row: Provider, moment: Moment) -> tuple[Scorecard, set[str]]:
    """Return a provider's figures and what is wrong with its controls: the same for every reader, found once while the book stays as it is."""
    card = providers.scorecard(row, moment)
    return card, _gaps(card.plan, row, moment)


def _find(request: Request, number: int) -> Provider:
    row: Provider | None = Provider.objects.filter(id=number, at__lte=request.moment.at).first()
    if row is None:
        raise Http404
    return row


def _struck(request: Request, row: Provider) -> Struck | None:
    return Struck.objects.as_of(request.moment).filter(record=row.pk).first()


def _choices() -> dict[str, Any]:
    """Return what the words are called that a scorecard shows."""
    columns = {
        "cases": "provider.cases", "sort": "provider.sort", "indicator": "yardstick.indicator", "control": "planned.control", "harm": "attributed.harm",
        "type": "provision.type",
    }  # fmt: skip
    return {
        name: kinds()[f"suppliers.{kind}"].column(column).text.choices for name, (kind, column) in ((name, place.split(".")) for name, place in columns.items())
    }


def _matrix(request: Request, grade: str, result: str) -> Any:
    zh = request.language == "zh-hans"
    rows = [(str(key), names[0 if zh else 1]) for key, names in IMPACTS.items()]
    columns = [(str(key), names[0 if zh else 1]) for key, names in RESULTS.items()]
    impact, performance = IMPACTS[grade][0 if zh else 1], RESULTS[result][0 if zh else 1]
    label = f"影响“{impact}”，表现“{performance}”" if zh else f"Impact: {impact}; performance: {performance}"
    return diagrams.matrix(rows, columns, (grade, result), label=label)


def _words(request: Request, one: Attributed) -> str:
    """Return the words in which something was put down to a provider; of a queue that the reader may not see, none."""
    if out_of_sight(one, request.user) or (one.promise is not None and out_of_sight(one.promise, request.user)):
        return HIDDEN
    return one.words or (one.promise.words if one.promise is not None else "") or ""


def _gaps(plan: Plan | None, row: Provider, moment: Moment) -> set[str]:
    """Return what is wrong with a provider's controls: none, one side alone, the same as for another grade, fewer than the grade asks for."""
    if plan is None:
        return {"none"}
    asked: tuple[tuple[str, Callable[[Moment], RecordQuerySet[Any]], int], ...] = (
        ("one-sided", suppliers.one_sided, plan.pk), ("alike", suppliers.alike, plan.pk), ("thin", suppliers.thinly_controlled, row.pk),
        ("justified", suppliers.few_justified, plan.pk),
    )  # fmt: skip
    return {name for name, query, pk in asked if query(moment).filter(pk=pk).exists()}


@dataclass(frozen=True, slots=True)
class Cell:
    """A verification in the calendar: how it stands – met, unmet, overdue, ahead – and where it is written down."""

    state: str
    planned: Planned


CELLS = {
    "met": ("●", "做了，达到要求", "Done and met", "conforms"), "unmet": ("▲", "做了，没有达到", "Done, not met", "nonconforms"),
    "overdue": ("◌", "到期没有做", "Overdue, not done", "no-evidence"), "ahead": ("○", "计划中", "Ahead", "open"),
}  # fmt: skip


def _calendar(row: Provider, moment: Moment) -> dict[str, Any]:
    """Return the months around now and for each control on the provider or its output the verifications of each month."""
    today = localdate(moment.at)
    months = list(_months(today))
    planned = list(Planned.objects.as_of(moment).filter(provider=row, due__gte=months[0]).order_by("due", "id"))
    results = {one.planned_id: one.met for one in Verified.objects.as_of(moment).filter(planned__provider=row).order_by("at")}
    lines: dict[tuple[str, str], dict[date, list[Cell]]] = {}
    for one in planned:
        state = ("met" if results[one.pk] else "unmet") if one.pk in results else "overdue" if one.due < today else "ahead"
        lines.setdefault((one.on, one.control), {}).setdefault(one.due.replace(day=1), []).append(Cell(state, one))
    order = [(side, control) for side in On.values for control in Control.values]
    return {"months": months, "lines": sorted(lines.items(), key=lambda line: order.index(line[0])), "cells": CELLS}


def _months(today: date) -> Iterator[date]:
    for place in range(today.year * 12 + today.month - 1 - BEFORE, today.year * 12 + today.month - 1 - BEFORE + MONTHS):
        yield date(place // 12, place % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest time that somebody drove on a trip without a rest that counts."""

    trip: Trip
    minutes: int
    over: bool


def _trips(row: Provider, moment: Moment) -> dict[str, Any]:
    """Return the trips of a provider, the longest driving first."""
    rule = rules().rules["driving"]
    drives = Drive.objects.as_of(moment).filter(trip__in=Trip.objects.as_of(moment).filter(provider=row)).select_related("trip").order_by("trip", "start")
    found = []
    for _, log in groupby(drives, key=lambda one: one.trip_id):
        rows = list(log)
        minutes = longest_drive([(one.start, one.until) for one in rows], pause=rule.pause * MINUTE) // timedelta(minutes=1)
        found.append(Longest(rows[0].trip, minutes, minutes > rule.most))
    found.sort(key=lambda one: (-one.minutes, one.trip.code))
    return {"rows": found[:SHOWN], "all": len(found), "over": sum(one.over for one in found)}


def _shipments(request: Request, row: Provider) -> dict[str, Any]:
    """Return what shipments say of a provider, for those who read deliveries."""
    if not may(request.user, "deliveries.read"):
        return {"shipped": (), "said": []}
    told = shipping.fates(request)
    found = shipped.shipped(row.pk, told)
    picture = shipping.picture(found, zh=request.language == "zh-hans") if found else ""
    return {"shipped": found, "said": shipped.said(row.pk, request.moment, told) if found else [], "shipping": shipping.NAMES, "shares": picture}


def _actions(row: Provider, moment: Moment) -> list[dict[str, Any]]:
    """Return what is to be done about a provider: what is overdue first, then what is open, then what was done."""
    late = set(suppliers.overdue_actions(moment).filter(provider=row).values_list("pk", flat=True))
    done = {one.action_id: one for one in Done.objects.as_of(moment).filter(action__provider=row)}
    rows = suppliers.actions(moment).filter(provider=row).select_related("owner").order_by("due")
    found = [{"row": one, "late": one.pk in late, "done": done.get(one.pk)} for one in rows]
    return sorted(found, key=lambda one: (not one["late"], one["done"] is not None))


def _hearing(request: Request, row: Provider) -> list[Any]:
    """Return the instruments in which such a provider's work is measured: those that recognise speech, or read text."""
    if row.sort not in HEARERS or not may(request.user, "instruments.read"):
        return []
    sorts = (Sort.SPEECH,) if row.sort == Class.RECOGNITION else (Sort.MODEL, Sort.PROMPT)
    return list(instruments.instruments(request.moment).filter(sort__in=sorts).order_by("code"))


Rows = Callable[[Moment, Provider], RecordQuerySet[Any]]


def _theirs(moment: Moment, row: Provider) -> Any:
    return providers.outsourced(moment, row).values("pk")


def _inspected(moment: Moment, row: Provider) -> RecordQuerySet[Any]:
    return providers.to_inspect(moment, row).exclude(pk__in=providers.uninspected(moment, row).values("pk"))


def _used_since(moment: Moment, row: Provider) -> RecordQuerySet[Any]:
    """Return what went its way with a provider after the day on which it was to be evaluated again."""
    expired: Any = suppliers.expired(moment).filter(pk=row.pk).first()
    shipments = Shipment.objects.as_of(moment).filter(provider=row)
    return shipments.filter(at__date__gt=expired.next_due) if expired else shipments.none()


SIDES: dict[str, tuple[tuple[str, str], str, Rows]] = {
    "conversations": (("由它的人接待、应检视的对话", "Conversations its people held, to be inspected"), "queue", providers.to_inspect),
    "inspected": (("已检视的对话", "Conversations inspected"), "queue", _inspected),
    "uninspected": (("没有检视的对话", "Conversations nobody inspected"), "queue", providers.uninspected),
    "promises": (
        ("它的人许下、已到期的承诺", "Promises of its people that are due"), "conversation__queue",
        lambda moment, row: promises.due(moment).filter(conversation__in=_theirs(moment, row)),
    ),
    "broken": (
        ("它的人没有兑现的承诺", "Promises of its people that were broken"), "conversation__queue",
        lambda moment, row: promises.broken(moment).filter(conversation__in=_theirs(moment, row)),
    ),
    "overdriven": (
        ("连续驾驶太久的行程", "Trips with too long driving"), "",
        lambda moment, row: surroundings.overdriven(moment).filter(provider=row),
    ),
    "used-since": (("再评价到期后仍由它承运的", "What still went its way after it was to be evaluated again"), "", _used_since),
    "investigated": (
        ("调查认为出在它那里的投诉", "Complaints that began with it, as investigated"), "",
        lambda moment, row: Investigated.objects.as_of(moment).filter(provider=row),
    ),
}  # fmt: skip
"""The lists behind the numbers of a scorecard: what they are, how a row leads to the queue of its conversation, and the records."""

READ = {
    "used-since": "deliveries.read",
    "overdriven": "surroundings.read",
    "investigated": "complaints.read",
    "promises": "promises.read",
    "broken": "promises.read",
}
"""What else is needed to read the lists of other registers."""


@require_GET
@page("suppliers.read")
def evidence(request: Request, number: int, side: str) -> HttpResponse:
    """Show the records behind a number of a scorecard."""
    row = _find(request, number)
    back = (reverse("provider", args=[row.pk]), f"{row.code} {row.name}")
    if side in shipping.SIDES and may(request.user, "deliveries.read"):
        return opened(request, shipping.rows(request, row, side), title=shipping.SIDES[side], back=back)
    if side not in SIDES or not may(request.user, READ.get(side, "conversations.read")):
        raise Http404
    title, queue, rows = SIDES[side]
    found = rows(request.moment, row)
    return opened(request, seen(found, request.user, queue) if queue else found, title=title, back=back)
