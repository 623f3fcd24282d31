"""今日 Today: what is due, what waits, and where it hurts most."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lingting.access.roles import may
from lingting.conformity import assess
from lingting.conformity.verdict import State
from lingting.registers.conversations import queries as conversations
from lingting.registers.improvements import queries as improvements
from lingting.registers.promises import queries as promises
from lingting.site.clock import now
from lingting.web.pages.page import Request, page, render

SHOWN = 8


@require_GET
@page("today.read")
def today(request: Request) -> HttpResponse:
    """Show the work of the day, the worst first."""
    moment = request.moment
    may_promises, may_clauses = may(request.user, "promises.read"), may(request.user, "clauses.read")
    overdue = promises.overdue(moment).order_by("deadline") if may_promises else promises.overdue(moment).none()
    complaints = conversations.complaints(moment).exclude(pk__in=improvements.weighed(moment).values("found"))
    worst = []
    if may_clauses:
        standing = assess.standings(moment, now=now())
        worst = [one for one in standing.values() if one.verdict.state in {State.NONCONFORMS, State.AT_RISK}]
        worst.sort(key=lambda one: (list(State).index(one.verdict.state), -one.verdict.failing))
    return render(
        request, "today.html",
        overdue=overdue[:SHOWN], overdue_count=overdue.count(),
        waiting=promises.waiting(moment).order_by("deadline")[:SHOWN] if may_promises else [],
        waiting_count=promises.waiting(moment).count() if may_promises else 0,
        vague_count=promises.vague(moment).count() if may_promises else 0,
        complaints=complaints.select_related("conversation").order_by("-at")[:SHOWN] if may(request.user, "conversations.read") else [],
        complaints_count=complaints.count() if may(request.user, "conversations.read") else 0,
        worst=worst[:SHOWN], unheard=conversations.unheard().count(),
    )  # fmt: skip
