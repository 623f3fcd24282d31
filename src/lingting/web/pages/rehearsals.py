"""我的练习 My rehearsals: conversations held to practise, seen by whoever practised alone, each heard again as it is opened."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from lingting.access.own import called, oneself
from lingting.inspection.engine import inspect_many
from lingting.ledger.models import RecordQuerySet
from lingting.registers.conversations import rehearsal
from lingting.registers.conversations.models import Rehearsed
from lingting.registers.instruments import acceptance
from lingting.site.worker import pack
from lingting.web.pages.page import Request, page, render


def _own(request: Request) -> RecordQuerySet[Rehearsed]:
    return rehearsal.practised_by(called(oneself(request.user)), request.moment)


@require_GET
@page("today.read")
def listing(request: Request) -> HttpResponse:
    """List one's own rehearsals, the newest first."""
    return render(request, "rehearsals.html", page=_own(request).page(request.GET.get("after", "")), known=oneself(request.user) is not None)


@require_GET
@page("today.read")
def replay(request: Request, number: int) -> HttpResponse:
    """Show a rehearsal turn by turn, with what the norms in force hear in it now; nothing of it is written down."""
    row = _own(request).filter(pk=number).first()
    if row is None:
        raise Http404
    heard = pack()
    said = rehearsal.transcript(row)
    [found] = inspect_many([said], heard) if said.turns else [()]
    still = acceptance.stopped(request.moment)
    found = tuple(one for one in found if (one.norm, one.norm_version, one.instrument) not in still)
    turns = [(turn, [one for one in found if one.span.turn == place]) for place, turn in enumerate(said.turns)]
    return render(request, "rehearsal.html", row=row, turns=turns, norms={norm.id: norm for norm in heard.norms})
