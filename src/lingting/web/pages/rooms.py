"""The quieter pages: norms, the book, settings, and the patterns of the house."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from lingting.access.queues import seen
from lingting.catalog import read_norms
from lingting.conformity.models import Assessed
from lingting.inspection.calibration import standing
from lingting.ledger import triggers
from lingting.ledger.models import Block, Entry, numbered
from lingting.registers.conversations import queries as conversations
from lingting.registers.instruments import acceptance
from lingting.site.worker import pack
from lingting.statistics.charts import p_chart
from lingting.web.pages.page import Request, page, render

QUEUE = "conversation__queue"
PER_PAGE = 25


@require_GET
@page("norms.read")
def norms(request: Request) -> HttpResponse:
    """List the norms in force and how often each was met."""
    counts = dict(seen(conversations.findings(request.moment), request.user, QUEUE).order_by().values_list("norm").annotate(Count("pk")))
    return render(request, "norms.html", norms=read_norms(), counts=counts)


@require_GET
@page("norms.read")
def norm(request: Request, id: str) -> HttpResponse:  # the catalog's word
    """Show one norm: why it stands, what it hears, what it must not hear."""
    row = next((known for known in read_norms() if known.id == id), None)
    if row is None:
        raise Http404
    ready = pack()
    instrument = ready.listeners[ready.places[id]].instrument
    heard = seen(conversations.findings(request.moment), request.user, QUEUE).filter(norm=id)
    return render(
        request, "norm.html", row=row, count=heard.count(), heard=heard.page(request.GET.get("after", "")), instrument=instrument,
        still=next((lock for (norm, *_), lock in acceptance.stops(request.moment) if norm == id), None),
        standing=standing(row, instrument, localdate(request.moment.at)),
    )  # fmt: skip


@require_GET
@page("book.verify")
def book(request: Request) -> HttpResponse:
    """Show the head of the chain, and by `?list=` its entries, blocks or verdicts, newest first."""
    which = request.GET.get("list", "entries")
    lists = {"entries": Entry.objects.order_by("-id"), "blocks": Block.objects.order_by("-height"), "verdicts": Assessed.objects.order_by("-id")}
    if which not in lists:
        raise Http404
    before = numbered(request.GET.get("before", ""))
    rows = list((lists[which] if before is None else lists[which].filter(pk__lt=before))[: PER_PAGE + 1])
    return render(
        request, "book.html", head=lists["blocks"].first(), rows=rows[:PER_PAGE], which=which, counts={name: one.count() for name, one in lists.items()},
        following=rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None, missing=triggers.missing(),
    )  # fmt: skip


@require_GET
@page("settings.read")
def settings_page(request: Request) -> HttpResponse:
    """Show every setting with its value and origin."""
    rows = [
        (option, "••••" if option.secret else settings.LINGTING[option.name], settings.LINGTING_ORIGINS[option.name]) for option in settings.LINGTING_OPTIONS
    ]
    return render(request, "settings.html", rows=rows)


@require_GET
@page("today.read")
def patterns(request: Request) -> HttpResponse:
    """Show every component in all its states."""
    kept = p_chart([9, 11, 8, 10, 24, 9, 7, 10], [50, 52, 48, 50, 51, 30, 50, 50])
    names = [f"W{week}" for week in range(31, 39)]
    line = [(name, None if name == "W34" else share) for name, share in zip(names, kept.points if kept else (), strict=False)]
    days = [(date(2026, 8, 1) + timedelta(days=place), None if place == 9 else place * 5 % 8) for place in range(31)]  # noqa: PLR2004
    return render(request, "patterns.html", control=kept, names=names, line=line, days=days)
