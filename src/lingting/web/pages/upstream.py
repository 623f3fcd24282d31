"""往上游追 Walking a complaint upstream: from the process where it showed, link by link against the flow, to the one where it began."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from lingting.access.roles import may
from lingting.records.kind import kinds
from lingting.records.values import Wrong
from lingting.registers.complaints import queries as complaints
from lingting.registers.complaints.models import Complaint, Traced
from lingting.registers.processes import queries as processes
from lingting.registers.processes.models import Process, Receiver
from lingting.web.beside import visible
from lingting.web.pages.forms import asked_for, write_step
from lingting.web.pages.page import Request, page, render

KIND = "complaints.traced"


@dataclass(frozen=True, slots=True)
class Link:
    """A process that may be looked at next: what it hands on to the one looked at last, and how many complaints began in it."""

    process: Process
    hands: tuple[Receiver, ...]
    began: int


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a complaint was walked: the links looked at, where it began if that is known, and the links that may be looked at next."""

    links: Sequence[Traced]
    begun: Process | None
    following: Sequence[Link]


@require_GET
@page("complaints.read")
def upstream(request: Request, number: int) -> HttpResponse:
    """Show how far a complaint was walked upstream, and the next links."""
    return _show(request, _complaint(request, number))


@require_POST
@page("complaints.write")
def trace(request: Request, number: int) -> HttpResponse:
    """Write down what came out at a link; only one that may be looked at next is taken."""
    row = _complaint(request, number)
    if request.POST.get("process") not in {str(link.process.pk) for link in _walk(request, row).following}:
        words = ("请从图上的下一环里选一个。", "Choose one of the links that come next.")
        return _show(request, row, wrong=(Wrong("process", *words),))
    given, wrong = write_step(request, kinds()[KIND], {"complaint": row.pk})
    return _show(request, row, given, wrong) if wrong else redirect("complaint-upstream", number)


def _complaint(request: Request, number: int) -> Complaint:
    row = visible(request, complaints.registered(request.moment)).select_related("party").filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _walk(request: Request, row: Complaint) -> Walk:
    moment = request.moment
    links = list(row.links.as_of(moment).select_related("process", "person").order_by("at", "id"))
    begun = next((link.process for link in links if link.origin), None)
    counts, looked = complaints.by_process(moment), {link.process_id for link in links}
    if begun:
        return Walk(links, begun, ())
    if links:
        edges: dict[int, list[Receiver]] = {}
        for edge in processes.handed_to(links[-1].process_id, moment):
            edges.setdefault(edge.output.process_id, []).append(edge)
        return Walk(links, None, [Link(given[0].output.process, tuple(given), counts.get(given[0].output.process.code, 0))
                                  for giver, given in edges.items() if giver not in looked])  # fmt: skip
    shown = row.investigations.as_of(moment).order_by("-at", "-id").values_list("process", flat=True).first()
    first = processes.processes(moment).filter(pk=shown) if shown else processes.processes(moment)
    return Walk((), None, [Link(process, (), counts.get(process.code, 0)) for process in first.order_by("code")])


def _show(request: Request, row: Complaint, given: dict[str, str] | None = None, wrong: tuple[Wrong, ...] = ()) -> HttpResponse:
    walk, kind = _walk(request, row), kinds()[KIND]
    asked: list[Any] = []
    if walk.following and may(request.user, kind.write):
        asked = asked_for(request, kind, given or {}, wrong, fixed={"complaint", "process", "origin"})
    chosen = (given or {}).get("process", str(walk.following[0].process.pk) if len(walk.following) == 1 else "")
    status = 422 if wrong else 200
    return render(request, "complaint_upstream.html", status, row=row, walk=walk, asked=asked, wrong=wrong, chosen=chosen)
