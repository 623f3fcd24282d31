"""相关方 Parties: who they are, whether they matter, what they need."""

from datetime import date, timedelta

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from lingting.access.queues import seen
from lingting.registers.conversations import queries as conversations
from lingting.registers.parties import actions
from lingting.registers.parties import queries as parties
from lingting.registers.parties.groups import Voice, emerging
from lingting.registers.parties.models import Category, Need, Party
from lingting.site.clock import now
from lingting.web.pages.page import Request, page, render

CATEGORIES = {
    Category.CUSTOMER: ("顾客", "Customer"), Category.OWNER: ("所有者", "Owner"), Category.STAFF: ("员工", "Staff"),
    Category.PROVIDER: ("供方", "Provider"), Category.BANK: ("银行", "Bank"), Category.REGULATOR: ("监管者", "Regulator"),
    Category.UNION: ("工会", "Union"), Category.PARTNER: ("合作伙伴", "Partner"), Category.SOCIETY: ("社会", "Society"),
    Category.COMPETITOR: ("竞争对手", "Competitor"), Category.NEIGHBOUR: ("邻近居民", "Neighbour"),
}  # fmt: skip
ORIGINS = {
    "law": ("法律法规", "Law"), "contract": ("合同", "Contract"), "conversation": ("会话", "Conversation"), "survey": ("调查", "Survey"),
    "notice": ("公告", "Notice"),
}  # fmt: skip


LOOKED_BACK = timedelta(days=60)
"""How far back complaints are compared for groups that form."""

GROUPS_SHOWN = 5


def _groups(request: Request) -> list[tuple[Voice, ...]]:
    """Return the groups of people who of late complain of the same thing, of the queues that the reader may see."""
    heard = seen(conversations.complained(request.moment, within=LOOKED_BACK), request.user, "conversation__queue")
    voices = {row.said_id: Voice(row.conversation_id, row.conversation.party_id or 0, row.at, row.said.text or "") for row in heard}
    return emerging(list(voices.values()))[:GROUPS_SHOWN]


@require_GET
@page("parties.read")
def listing(request: Request) -> HttpResponse:
    """List the interested parties."""
    return _list(request)


def _list(request: Request, status: int = 200, wrong: tuple[str, ...] = ()) -> HttpResponse:
    show = "undecided" if request.GET.get("show") == "undecided" else ""
    rows = (parties.undecided if show else parties.known)(request.moment).page(request.GET.get("after", ""))
    return render(
        request, "parties.html", status, page=rows, show=show, groups=_groups(request), categories=CATEGORIES, wrong=wrong, given=request.POST,
        undecided=parties.undecided(request.moment).count(), known=parties.known(request.moment).count(), review=parties.last_review(request.moment).first(),
        by_category=dict(parties.known(request.moment).order_by().values_list("category").annotate(Count("pk"))),
    )  # fmt: skip


@require_POST
@page("parties.write")
def add(request: Request) -> HttpResponse:
    """Add a party; whoever believes itself affected is not refused."""
    name, organisation, category = (request.POST.get(field, "").strip() for field in ("name", "organisation", "category"))
    wrong = tuple(field for field, bad in (("name", not (name or organisation)), ("category", category not in set(Category))) if bad)
    if wrong:
        return _list(request, 422, wrong)
    row = actions.add(
        name=name, organisation=organisation, category=Category(category), internal=bool(request.POST.get("internal")), at=now(), by=request.user.pk
    )
    return redirect("party", row.id)


@require_POST
@page("parties.write")
def review(request: Request) -> HttpResponse:
    """Write down that the whole register was reviewed."""
    note = request.POST.get("note", "").strip()
    if not note:
        return _list(request, 422, ("note",))
    actions.review(note=note, at=now(), by=request.user.pk)
    return redirect("parties")


@require_GET
@page("parties.read")
def party(request: Request, number: int) -> HttpResponse:
    """Show one party."""
    return _show(request, number)


def _show(request: Request, number: int, status: int = 200, wrong: tuple[str, ...] = ()) -> HttpResponse:
    row = parties.known(request.moment).filter(id=number).first()
    if row is None:
        raise Http404
    talks = seen(conversations.begun(request.moment), request.user).filter(party=row).page(size=10)
    return render(
        request, "party.html", status, row=row, categories=CATEGORIES, origins=ORIGINS, wrong=wrong, given=request.POST, talks=talks,
        addresses=row.addresses.all(), judgements=row.judgements.order_by("-at"),
        needs=row.needs.prefetch_related("adoptions", "refusals").order_by("-at"),
    )  # fmt: skip


def _find(number: int) -> Party:
    row = Party.objects.filter(id=number).first()
    if row is None:
        raise Http404
    return row


@require_POST
@page("parties.write")
def judge(request: Request, number: int) -> HttpResponse:
    """Decide whether a party matters; without a reason it is no decision."""
    reason, relevant = request.POST.get("reason", "").strip(), request.POST.get("relevant", "")
    try:
        again = date.fromisoformat(request.POST.get("review", ""))
    except ValueError:
        again = None
    wrong = tuple(field for field, bad in (("relevant", relevant not in {"yes", "no"}), ("reason", not reason), ("review", again is None)) if bad)
    if wrong:
        return _show(request, number, 422, wrong)
    actions.judge(_find(number), relevant=relevant == "yes", reason=reason, review=again, at=now(), by=request.user.pk)
    return redirect("party", number)


@require_POST
@page("parties.write")
def need(request: Request, number: int) -> HttpResponse:
    """Write down a need with its origin."""
    words, origin = request.POST.get("words", "").strip(), request.POST.get("origin", "")
    wrong = tuple(field for field, bad in (("words", not words), ("origin", origin not in ORIGINS)) if bad)
    if wrong:
        return _show(request, number, 422, wrong)
    actions.need(_find(number), words=words, origin=origin, at=now(), by=request.user.pk)
    return redirect("party", number)


@require_POST
@page("parties.write")
def decide(request: Request, number: int) -> HttpResponse:
    """Adopt a need, naming what serves it, or decline it with a reason."""
    row = Need.objects.filter(id=number).first()
    if row is None:
        raise Http404
    words = request.POST.get("words", "").strip()
    if not words:
        return _show(request, row.party_id, 422, ("decision",))
    if request.POST.get("decision") == "decline":
        actions.decline(row, reason=words, at=now(), by=request.user.pk)
    else:
        actions.adopt(row, serves=words, at=now(), by=request.user.pk)
    return redirect("party", row.party_id)
