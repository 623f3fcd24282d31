"""承诺 Promises: who waits for what by when – a day by the hour, the lists of fates, one promise – and what became of it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET, require_POST

from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.ledger.models import RecordQuerySet, numbered
from lingting.registers.conversations import queries as conversations
from lingting.registers.people import queries as people
from lingting.registers.promises import actions
from lingting.registers.promises import queries as promises
from lingting.registers.promises.models import Judged, Postponed, Promise, Reassigned
from lingting.site.clock import EARLIEST, LATEST, BadDay, now
from lingting.statistics.intervals import wilson
from lingting.web.pages.page import Request, page, render

FATES: dict[str, tuple[str, str]] = {
    "overdue": ("逾期未兑现", "Overdue"), "waiting": ("待兑现", "Due"), "vague": ("没有时间", "Undated"),
    "conditional": ("等条件出现", "Waiting for a condition"), "kept": ("已兑现", "Kept"),
    "early": ("提前兑现", "Kept early"), "late": ("迟到兑现", "Kept late"), "broken": ("失约（含迟到）", "Broken, late ones included"),
    "due": ("有了结果的", "Their fate is known"), "cancelled": ("已取消", "Cancelled"), "all": ("全部", "All"),
}  # fmt: skip
"""What the fates of a promise are called."""

SHAPES: dict[str, tuple[str, str, str]] = {
    "waiting": ("○", "待兑现", "Open"), "vague": ("△", "没有时间", "No time named"), "kept": ("●", "按时兑现", "Kept in time"),
    "conditional": ("◇", "等条件出现", "Waits for its condition"),
    "early": ("◆", "提前兑现", "Kept early"), "late": ("◐", "迟到兑现", "Kept late"), "overdue": ("▲", "逾期未兑现", "Overdue"),
    "cancelled": ("▨", "已取消", "Cancelled"),
}  # fmt: skip
"""How one promise stands: shape and word, never colour alone."""

QUEUE = "conversation__queue"
"""From a promise to the queue of the conversation it was made in."""

IN_A_DAY, BESIDE = 100, 6
"""Promises that a day shows by the hour, and undated ones beside it; of more the lists tell."""


@require_GET
@page("promises.read")
def listing(request: Request) -> HttpResponse:
    """Show a day by the hour and the promises of one fate: everybody's, or those that the reader has to keep."""
    fate = request.GET.get("fate", "overdue")
    if fate not in FATES:
        raise Http404
    day, whose, tied = _day(request), request.GET.get("who", ""), is_tied(request)
    mine = whose == "mine" or (tied and not whose and "fate" not in request.GET)
    lists = {name: kept_by(request, query(request.moment), mine=mine) for name, query in promises.FATES.items()}
    chosen = of_day(lists[fate], fate, day) if request.GET.get("day") and "fate" in request.GET else lists[fate]
    rows = _standing(request, chosen).page(request.GET.get("after", ""))
    calendar = {} if "fate" in request.GET else _calendar(request, lists, day)
    waiting = [*rows.rows, *calendar.get("today", ()), *calendar.get("vague", ())]
    counts = {name: query.count() for name, query in lists.items()}
    return render(
        request, "promises.html", fate=fate, fates=FATES, counts=counts, ends={name: wilson(counts[name], counts["due"]) for name in ("broken", "early")},
        page=rows, on=day, mine=mine,
        tied=tied, who="mine" if mine else "team", calendar=calendar, shapes=SHAPES, stands={row.id: promises.fate(row, request.moment) for row in waiting},
        last=conversations.last_words({row.conversation_id for row in waiting if row.conversation_id}, request.moment), chosen_day=chosen is not lists[fate],
        early_by=promises.EARLY_BY,
    )  # fmt: skip


def _calendar(request: Request, lists: dict[str, RecordQuerySet[Promise]], day: date) -> dict[str, Any]:
    """Return a day's promises by the hour, what was kept on it, and what has no time at all."""
    due = of_day(lists["all"], "all", day)
    today = list(_standing(request, due).order_by("deadline", "id")[:IN_A_DAY])
    hours: dict[int, list[Promise]] = {}
    for row in today:
        hours.setdefault(localtime(row.deadline).hour, []).append(row)
    return {
        "hours": hours, "today": today, "due": due.count(), "kept": of_day(lists["kept"], "kept", day).count(),
        "early": of_day(lists["early"], "early", day).count(),
        "vague": list(_standing(request, lists["vague"]).order_by("at", "id")[:BESIDE]), "before": _step(day, -1), "after": _step(day, 1),
        "is_today": day == localdate(request.moment.at),
    }  # fmt: skip


def _standing(request: Request, rows: RecordQuerySet[Promise]) -> RecordQuerySet[Promise]:
    return promises.standing(rows, request.moment).select_related("conversation", "party")


def kept_by(request: Request, rows: RecordQuerySet[Promise], *, mine: bool) -> RecordQuerySet[Promise]:
    """Return those of these promises that the reader may see, or that are the reader's own to keep."""
    theirs = seen(rows, request.user, QUEUE)
    return theirs.filter(pk__in=promises.said_by(request.user.name, request.moment).values("pk")) if mine else theirs


def is_tied(request: Request) -> bool:
    """Tell whether the account is tied to a speaker: promises were made, or handed on, under its name."""
    return bool(request.user.name) and promises.said_by(request.user.name, request.moment).exists()


def of_day(rows: RecordQuerySet[Promise], fate: str, day: date) -> RecordQuerySet[Promise]:
    """Keep the promises of a day: of kept ones those kept on it, else those due on it."""
    column = "kept_at" if fate in {"kept", "early", "late"} else "deadline"
    begins = datetime.combine(day, time(), settings.LINGTING["ZONE"])
    return rows.filter(**{f"{column}__gte": begins, f"{column}__lt": datetime.combine(day + timedelta(days=1), time(), settings.LINGTING["ZONE"])})


def _day(request: Request) -> date:
    """Return the day that is asked about, else the one of the moment."""
    words = request.GET.get("day", "").strip()
    if not words:
        return localdate(request.moment.at)
    try:
        day = date.fromisoformat(words)
    except ValueError as error:
        raise BadDay(words) from error
    if not EARLIEST <= day.year < LATEST:
        raise BadDay(words)
    return day


def _step(day: date, by: int) -> date:
    return day + timedelta(days=by)


@require_GET
@page("promises.read")
def promise(request: Request, number: int) -> HttpResponse:
    """Show one promise with its words and what became of it."""
    return _show(request, number)


def _show(request: Request, number: int, status: int = 200, wrong: dict[str, str] | None = None) -> HttpResponse:
    rows = promises.standing(seen(promises.made(request.moment), request.user, QUEUE), request.moment)
    row = rows.select_related("conversation", "party", "found", "kept", "withdrawn").filter(id=number).first()
    if row is None:
        raise Http404
    moment = request.moment
    past = [
        ("postponed", list(Postponed.objects.filter(promise=row).as_of(moment).order_by("at", "id"))),
        ("reassigned", list(Reassigned.objects.filter(promise=row).as_of(moment).select_related("person").order_by("at", "id"))),
        ("judged", list(Judged.objects.filter(promise=row).as_of(moment).order_by("at", "id"))),
    ]
    assigns = may(request.user, "promises.assign")
    last = conversations.last_words({row.conversation_id}, moment).get(row.conversation_id, "") if row.conversation_id else ""
    return render(
        request, "promise.html", status, row=row, wrong=wrong or {}, given=request.POST, now=moment.at, stands=promises.fate(row, moment), shapes=SHAPES,
        past=dict(past), people=list(people.active(moment).order_by("code")) if assigns else [], last=last,
    )  # fmt: skip


def _find(request: Request, number: int) -> Promise:
    row = seen(Promise.objects.filter(id=number), request.user, QUEUE).first()
    if row is None:
        raise Http404
    return row


@require_POST
@page("promises.write")
def keep(request: Request, number: int) -> HttpResponse:
    """Keep a promise with a note that says how."""
    note = request.POST.get("note", "").strip()
    if not note:
        return _show(request, number, 422, {"note": "note"})
    return _settle(request, number, lambda row: actions.keep(row, at=now(), note=note, by=request.user.pk))


@require_POST
@page("promises.write")
def withdraw(request: Request, number: int) -> HttpResponse:
    """Withdraw a promise with a reason."""
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return _show(request, number, 422, {"reason": "reason"})
    return _settle(request, number, lambda row: actions.withdraw(row, at=now(), reason=reason, by=request.user.pk))


@require_POST
@page("promises.write")
def postpone(request: Request, number: int) -> HttpResponse:
    """Put a promise off to a time the customer agreed to, or give a time to one that had none."""
    due = local_time(request)
    if due is None or due <= now():
        return _show(request, number, 422, {"due": "due"})
    return _settle(request, number, lambda row: actions.postpone(row, at=now(), due=due, by=request.user.pk))


@require_POST
@page("promises.assign")
def reassign(request: Request, number: int) -> HttpResponse:
    """Let somebody else keep a promise, and say why."""
    reason, code = request.POST.get("why", "").strip(), request.POST.get("person", "")
    person = people.active(request.moment).filter(id=numbered(code)).first()
    wrong = {name: name for name, given in (("person", person), ("why", reason)) if not given}
    if person is None or wrong:
        return _show(request, number, 422, wrong)
    return _settle(request, number, lambda row: actions.reassign(row, at=now(), person=person, reason=reason, by=request.user.pk))


@require_POST
@page("promises.write")
def judge(request: Request, number: int) -> HttpResponse:
    """Write down whether the customer says that the promise was kept."""
    verdict = request.POST.get("verdict", "")
    if verdict not in {"yes", "no"}:
        return _show(request, number, 422, {"verdict": "verdict"})
    words = request.POST.get("said", "").strip()
    return _settle(request, number, lambda row: actions.judge(row, at=now(), kept=verdict == "yes", words=words, by=request.user.pk))


def local_time(request: HttpRequest) -> datetime | None:
    """Return the time typed into a form, in the organisation's zone."""
    try:
        return datetime.fromisoformat(request.POST.get("due", "")).replace(tzinfo=settings.LINGTING["ZONE"])
    except ValueError:
        return None


def _settle(request: Request, number: int, act: Callable[[Promise], object]) -> HttpResponse:
    row = _find(request, number)
    try:
        act(row)
    except actions.AlreadySettled:
        return _show(request, number, 409, {"settled": "settled"})
    back = request.POST.get("back", "")
    return redirect(back) if url_has_allowed_host_and_scheme(back, {request.get_host()}) else redirect("promise", number)
