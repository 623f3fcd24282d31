"""预警墙 The supervisor's wall: what needs a person now, the worst first, each opening to its words; and taking a conversation over."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.registers.conversations.models import InWork
from lingting.site.clock import now
from lingting.site.worker import pack
from lingting.web import handing, wall
from lingting.web.calling import ANEW
from lingting.web.pages.page import Request, page, render


@require_GET
@page("surroundings.write")
def show(request: Request) -> HttpResponse:
    """Show the conversations going on that need a person now."""
    return _show(request)


def _show(request: Request, status: int = 200, wrong: tuple[str, str] | None = None) -> HttpResponse:
    return render(
        request, "wall.html", status, going=wall.going_on(request.user, request.moment, pack()), wrong=wrong, waits=wall.WAITS, live=wall.LIVE,
        heat=wall.HEAT, anew=ANEW, at=request.moment.at, others=(wall.HELP, wall.BROKEN, wall.TANGLED, wall.SILENT),
    )  # fmt: skip


@require_POST
@page("surroundings.write")
def take(request: Request) -> HttpResponse:
    """Take over a conversation in work, with everything that was said and noted; whoever had it is told."""
    row = seen(InWork.objects.filter(key=request.POST.get("key", "")), request.user).select_related("account").first()
    if row is None or not may(request.user, "conversations.write"):
        raise Http404
    if not handing.take(row, request.user, at=now()):
        return _show(
            request, 422, ("您自己还有一次对话没有收尾：先收尾，再接手。", "You have a conversation of your own in work: close it first, then take over.")
        )
    return redirect("desk")
