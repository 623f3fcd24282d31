"""今日 Today: what is due, what waits, and where it hurts most."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lingting import catalog
from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.conformity import assess
from lingting.conformity.verdict import State
from lingting.registers.conversations import queries as conversations
from lingting.registers.improvements import queries as improvements
from lingting.registers.promises import queries as promises
from lingting.site.clock import now
from lingting.web import notices
from lingting.web.pages.page import Request, page, render

SHOWN = 8
QUEUE = "conversation__queue"


@require_GET
@page("today.read")
def today(request: Request) -> HttpResponse:
    """Show the work of the day, the worst first."""
    moment = request.moment
    may_promises, may_clauses = may(request.user, "promises.read"), may(request.user, "clauses.read")
    overdue, waiting, vague = (
        seen(query(moment), request.user, QUEUE) if may_promises else query(moment).none() for query in (promises.overdue, promises.waiting, promises.vague)
    )
    complaints = seen(conversations.complaints(moment), request.user, QUEUE).exclude(
        pk__in=improvements.weighed(moment).filter(found__isnull=False).values("found")
    )
    worst = []
    if may_clauses:
        standing = assess.standings(moment, now=now())
        worst = [one for one in standing.values() if one.verdict.state in {State.NONCONFORMS, State.AT_RISK}]
        worst.sort(key=lambda one: (list(State).index(one.verdict.state), -one.verdict.failing))
    return render(
        request, "today.html",
        overdue=overdue.order_by("deadline")[:SHOWN], overdue_count=overdue.count(),
        waiting=waiting.order_by("deadline")[:SHOWN], waiting_count=waiting.count(), vague_count=vague.count(),
        complaints=complaints.select_related("conversation").order_by("-at")[:SHOWN] if may(request.user, "conversations.read") else [],
        complaints_count=complaints.count() if may(request.user, "conversations.read") else 0,
        notices=notices.notices(request.user, moment), disputes=notices.waiting(request.user, moment),
        worst=worst[:SHOWN], checks=catalog.read().checks, unheard=conversations.unheard().count(),
    )  # fmt: skip
