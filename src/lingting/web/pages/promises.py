"""承诺 Promises: who waits for what by when, and what became of it."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from lingting.access.queues import seen
from lingting.registers.promises import actions
from lingting.registers.promises import queries as promises
from lingting.registers.promises.models import Promise
from lingting.site.clock import now
from lingting.web.pages.page import Request, page, render

FATES: dict[str, tuple[str, str]] = {
    "overdue": ("逾期未兑现", "Overdue"), "waiting": ("待兑现", "Due"), "vague": ("没有时间", "Undated"), "kept": ("已兑现", "Kept"),
    "broken": ("失约（含迟到）", "Broken, late ones included"), "all": ("全部", "All"),
}  # fmt: skip
"""What the fates of a promise are called."""

QUEUE = "conversation__queue"
"""From a promise to the queue of the conversation it was made in."""


@require_GET
@page("promises.read")
def listing(request: Request) -> HttpResponse:
    """List the promises of one fate."""
    fate = request.GET.get("fate", "overdue")
    if fate not in FATES:
        raise Http404
    mine = {name: seen(query(request.moment), request.user, QUEUE) for name, query in promises.FATES.items()}
    rows = mine[fate].select_related("conversation", "party").page(request.GET.get("after", ""))
    counts = {name: query.count() for name, query in mine.items()}
    return render(request, "promises.html", fate=fate, fates=FATES, counts=counts, page=rows)


@require_GET
@page("promises.read")
def promise(request: Request, number: int) -> HttpResponse:
    """Show one promise with its words and what became of it."""
    return _show(request, number)


def _show(request: Request, number: int, status: int = 200, wrong: dict[str, str] | None = None) -> HttpResponse:
    rows = seen(promises.made(request.moment), request.user, QUEUE)
    row = rows.select_related("conversation", "party", "found", "kept", "withdrawn").filter(id=number).first()
    if row is None:
        raise Http404
    return render(request, "promise.html", status, row=row, wrong=wrong or {}, given=request.POST, now=request.moment.at)


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
    """Put a promise off to a time the customer agreed to."""
    due = local_time(request)
    if due is None or due <= now():
        return _show(request, number, 422, {"due": "due"})
    return _settle(request, number, lambda row: actions.postpone(row, at=now(), due=due, by=request.user.pk))


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
    return redirect("promise", number)
