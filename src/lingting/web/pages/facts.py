"""事实的更正 Correcting the list of facts on a conversation's page: right, put right, no fact, or missing; the words themselves stay as they were."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lingting.access.own import oneself
from lingting.access.queues import seen
from lingting.ledger.models import numbered
from lingting.records.write import Refused, enter
from lingting.registers.conversations.models import Corrected, Said
from lingting.site.clock import now
from lingting.web.pages.conversations import show
from lingting.web.pages.page import Request, page


@require_POST
@page("conversations.write")
def correct(request: Request, number: int) -> HttpResponse:
    """Write down how a drafted fact is, or one that the draft lacks."""
    said = seen(Said.objects.as_of(request.moment).filter(conversation=number), request.user, "conversation__queue")
    row = said.filter(pk=numbered(request.POST.get("said", "")) or 0).first()
    how = request.POST.get("how", "")
    if row is None or how not in set(Corrected.How):
        raise Http404
    quote, words = (request.POST.get(name, "").strip()[:500] or None for name in ("quote", "words"))
    told = words if how in {Corrected.How.CHANGED, Corrected.How.MISSING} else None
    try:
        enter(Corrected(said=row, quote=quote, how=how, words=told, person=oneself(request.user), at=now()), by=request.user.pk)
    except Refused as refused:
        return show(request, number, 422, refused.wrong)
    return redirect(reverse("conversation", args=[number]) + "#facts")
