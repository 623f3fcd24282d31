"""改进 Improvements: complaints to weigh, nonconformities, their cause, action and proof of effect."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from lingting import catalog
from lingting.access.models import Account
from lingting.access.queues import seen
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Found
from lingting.registers.improvements import actions
from lingting.registers.improvements import queries as improvements
from lingting.registers.improvements.models import Action, Cause, Grade, Nonconformity, Weighed
from lingting.site.clock import now
from lingting.web.pages.page import Request, page, render

CAUSES = {Cause.WILL: ("意愿", "Will"), Cause.SKILL: ("技能", "Skill"), Cause.SYSTEM: ("系统", "System")}
GRADES = {Grade.MINOR: ("一般", "Minor"), Grade.MAJOR: ("严重", "Major")}


@require_GET
@page("improvements.read")
def listing(request: Request) -> HttpResponse:
    """List the complaints to weigh and the nonconformities."""
    return _list(request)


def _list(request: Request, status: int = 200, wrong: tuple[str, ...] = ()) -> HttpResponse:
    moment = request.moment
    heard = seen(conversations.complaints(moment), request.user, "conversation__queue").exclude(pk__in=improvements.weighed(moment).values("found"))
    rows = improvements.raised(moment).select_related("closed").page(request.GET.get("after", ""))
    return render(
        request, "improvements.html", status, complaints=heard.select_related("conversation").order_by("at")[:20], complaints_count=heard.count(),
        page=rows, open_count=improvements.open_(moment).count(), overdue=improvements.overdue_actions(moment).select_related("nonconformity"),
        leaves=catalog.read().leaves(), grades=GRADES, wrong=wrong, given=request.POST,
    )  # fmt: skip


@require_POST
@page("improvements.write")
def weigh(request: Request, number: int) -> HttpResponse:
    """Decide whether a complaint is a nonconformity; without a reason it is no decision."""
    found = seen(Found.objects.filter(id=number, norm=conversations.COMPLAINT), request.user, "conversation__queue").first()
    if found is None:
        raise Http404
    reason, clause = request.POST.get("reason", "").strip(), request.POST.get("clause", "")
    if not reason or (clause and clause not in {leaf.number for leaf in catalog.read().leaves()}):
        return _list(request, 422, (f"reason-{number}",))
    if not Weighed.objects.filter(found=found).exists():
        actions.weigh(found, reason=reason, clause=clause, at=now(), by=request.user.pk)
    return redirect("improvements")


@require_POST
@page("improvements.write")
def raise_(request: Request) -> HttpResponse:
    """Raise a nonconformity."""
    clause, statement, grade = (request.POST.get(field, "").strip() for field in ("clause", "statement", "grade"))
    known = {leaf.number for leaf in catalog.read().leaves()}
    wrong = tuple(field for field, bad in (("clause", clause not in known), ("statement", not statement), ("grade", grade not in set(Grade))) if bad)
    if wrong:
        return _list(request, 422, wrong)
    row = actions.raise_(clause=clause, statement=statement, grade=Grade(grade), at=now(), by=request.user.pk)
    return redirect("improvement", row.id)


@require_GET
@page("improvements.read")
def improvement(request: Request, number: int) -> HttpResponse:
    """Show one nonconformity from its statement to the proof of effect."""
    return _show(request, number)


def _show(request: Request, number: int, status: int = 200, wrong: tuple[str, ...] = ()) -> HttpResponse:
    row = improvements.raised(request.moment).select_related("found", "contained", "closed").filter(id=number).first()
    if row is None:
        raise Http404
    return render(
        request, "improvement.html", status, row=row, causes=CAUSES, grades=GRADES, wrong=wrong, given=request.POST,
        analyses=row.analyses.order_by("at"), actions=row.actions.select_related("done", "verified").order_by("at"),
        people={account.pk: account for account in Account.objects.filter(is_active=True)},
    )  # fmt: skip


def _find(number: int) -> Nonconformity:
    row = Nonconformity.objects.filter(id=number).first()
    if row is None:
        raise Http404
    return row


def _action(number: int) -> Action:
    row = Action.objects.select_related("nonconformity").filter(id=number).first()
    if row is None:
        raise Http404
    return row


def _try(request: Request, number: int, act: Callable[[], object]) -> HttpResponse:
    """Take a step; one that may not be taken, or was taken already, is said at the form."""
    try:
        act()
    except (actions.OwnWork, actions.NotYet) as error:
        return _show(request, number, 409, (type(error).__name__,))
    return redirect("improvement", number)


@require_POST
@page("improvements.write")
def contain(request: Request, number: int) -> HttpResponse:
    """Write down the correction."""
    what, row = request.POST.get("what", "").strip(), _find(number)
    if not what or hasattr(row, "contained"):
        return _show(request, number, 422, ("contain",))
    return _try(request, number, lambda: actions.contain(row, what=what, at=now(), by=request.user.pk))


@require_POST
@page("improvements.write")
def analyse(request: Request, number: int) -> HttpResponse:
    """Write down the cause and where similar cases were looked for."""
    cause, why, similar = (request.POST.get(field, "").strip() for field in ("cause", "why", "similar"))
    if cause not in set(Cause) or not why or not similar:
        return _show(request, number, 422, ("analyse",))
    return _try(request, number, lambda: actions.analyse(_find(number), cause=Cause(cause), why=why, similar=similar, at=now(), by=request.user.pk))


@require_POST
@page("improvements.write")
def act(request: Request, number: int) -> HttpResponse:
    """Write down who will do what by when."""
    what, owner = request.POST.get("what", "").strip(), request.POST.get("owner", "")
    try:
        due = date.fromisoformat(request.POST.get("due", ""))
    except ValueError:
        due = None
    if not what or due is None or not owner.isdigit() or not Account.objects.filter(pk=int(owner)).exists():
        return _show(request, number, 422, ("act",))
    return _try(request, number, lambda: actions.act(_find(number), what=what, owner=int(owner), due=due, at=now(), by=request.user.pk))


@require_POST
@page("improvements.write")
def do(request: Request, number: int) -> HttpResponse:
    """Write down that an action was carried out."""
    what, row = request.POST.get("what", "").strip(), _action(number)
    if not what or hasattr(row, "done"):
        return _show(request, row.nonconformity_id, 422, ("do",))
    return _try(request, row.nonconformity_id, lambda: actions.do(row, what=what, at=now(), by=request.user.pk))


@require_POST
@page("improvements.verify")
def verify(request: Request, number: int) -> HttpResponse:
    """Write down whether an action worked; its owner cannot."""
    evidence, effective, row = request.POST.get("evidence", "").strip(), request.POST.get("effective", ""), _action(number)
    if not evidence or effective not in {"yes", "no"} or hasattr(row, "verified"):
        return _show(request, row.nonconformity_id, 422, ("verify",))
    return _try(
        request, row.nonconformity_id, lambda: actions.verify(row, effective=effective == "yes", evidence=evidence, at=now(), by=request.user.pk),
    )  # fmt: skip


@require_POST
@page("improvements.write")
def close(request: Request, number: int) -> HttpResponse:
    """Close a nonconformity."""
    note, row = request.POST.get("note", "").strip(), _find(number)
    if not note or hasattr(row, "closed"):
        return _show(request, number, 422, ("close",))
    return _try(request, number, lambda: actions.close(row, note=note, at=now(), by=request.user.pk))
