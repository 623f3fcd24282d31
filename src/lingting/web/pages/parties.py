"""相关方 Parties: who they are, whether they matter, what they need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST
from markupsafe import Markup

from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.conformity.voices import voices
from lingting.records.kind import following, kinds
from lingting.records.values import fixed
from lingting.registers.conversations import queries as conversations
from lingting.registers.parties import actions, identity, standing
from lingting.registers.parties import queries as parties
from lingting.registers.parties.groups import Voice, emerging
from lingting.registers.parties.models import Category, Need, Party, Reached, TurnedAway
from lingting.site.clock import now
from lingting.web import said, timeline
from lingting.web.pages import figures
from lingting.web.pages.page import Request, page, render
from lingting.web.pictures.points import Point, quadrants

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


LISTS = {
    "undecided": ("没有判定", "Not judged", parties.undecided), "relevant": ("相关", "Relevant", parties.relevant),
    "irrelevant": ("不相关", "Not relevant", parties.irrelevant), "ungrounded": ("没有写依据", "No ground written down", parties.ungrounded),
    "unrated": ("没有评影响", "Influence not rated", standing.unrated), "all": ("全部", "All", parties.known),
}  # fmt: skip
"""The lists of the register, those that wait for a decision first."""

SUPPORTS = {"unknown": ("支持没有写下", "not written down"), "silent": ("太久没有联系", "out of touch"), "kept": ("保持联系", "in touch")}

NEXT = (
    "parties.based", "parties.dealing", "parties.influence", "parties.supported", "parties.contacted", "parties.member", "parties.tier", "parties.preference",
    "parties.reached", "parties.merged", "improvements.opportunity",
)  # fmt: skip
"""What most often happens next to a party."""

GROUPS_SHOWN, NAMES_SHOWN = 5, 8
"""Groups on the page, and names in one place of the map; the others stand behind its number."""


@dataclass(frozen=True, slots=True)
class Group:
    """People who of late complain of the same thing: what each said, who was sent away, and who was taken up as which party."""

    voices: tuple[Voice, ...]
    away: frozenset[int]
    taken: Mapping[int, Party]

    @property
    def people(self) -> int:
        """Return how many different people they are."""
        return len({voice.party for voice in self.voices})

    @property
    def parties(self) -> list[Party]:
        """Return the parties as which they were taken up, each once."""
        return list({self.taken[voice.number].pk: self.taken[voice.number] for voice in self.voices if voice.number in self.taken}.values())

    @property
    def whole(self) -> bool:
        """Tell whether everybody was taken up."""
        return all(voice.number in self.taken for voice in self.voices)


def _groups(request: Request) -> list[Group]:
    """Return the groups of people who of late complain of the same thing, of the queues that the reader may see.

    Those with somebody sent away stand first, those all of whom were taken up last.
    """
    found = emerging(voices(request.moment, open_to=lambda rows: seen(rows, request.user, "conversation__queue")))[:GROUPS_SHOWN]
    numbers = [voice.number for group in found for voice in group]
    away = frozenset(TurnedAway.objects.as_of(request.moment).filter(conversation__in=numbers).values_list("conversation_id", flat=True))
    taken = {one.conversation_id: one.party for one in parties.taken_up(request.moment).filter(conversation__in=numbers).select_related("party")}
    groups = [Group(group, away & {voice.number for voice in group}, taken) for group in found]
    return sorted(groups, key=lambda group: (group.whole, not group.away))


def _map(request: Request) -> Markup | None:
    """Draw influence against support; a place too full for names ends in the number of the others."""
    zh, places = request.language == "zh-hans", standing.cells(request.moment)
    if not places:
        return None
    at = {"at": request.asked_at} if request.asked_at else {}
    points = {
        place: [Point(_name(row, zh=zh)[:9], reverse("party", args=[row.pk]) + _asked(at)) for row in rows[:NAMES_SHOWN]] for place, rows in places.items()
    }
    for (level, support), rows in places.items():
        if len(rows) > NAMES_SHOWN:
            words = f"共 {len(rows)} 个" if zh else f"all {len(rows)}"
            points[level, support].append(Point(words, reverse("parties") + _asked({"influence": str(level), "support": support, **at})))
    return quadrants(
        points, rows=[(level, str(level)) for level in standing.LEVELS], columns=[(name, both[0 if zh else 1]) for name, both in SUPPORTS.items()],
        high=standing.HIGH, first="影响大、支持不明：先看这里" if zh else "Much influence, support unclear: look here first",
        label="影响（1 到 5，上面大）和支持" if zh else "Influence (1 to 5, most at the top) and support",
    )  # fmt: skip


def _asked(query: Mapping[str, str]) -> str:
    return f"?{urlencode(query)}" if query else ""


def _name(row: Party, *, zh: bool) -> str:
    return row.organisation or row.name or ("▒▒" if row.erased else "没有留名" if zh else "no name")


@require_GET
@page("parties.read")
def listing(request: Request) -> HttpResponse:
    """List the interested parties, those that wait for a decision first."""
    return _list(request)


def _list(request: Request, status: int = 200, wrong: tuple[str, ...] = ()) -> HttpResponse:
    moment = request.moment
    away_from = identity.given_up(moment).values("other")
    counts = {name: query(moment).exclude(pk__in=away_from).count() for name, (_, _, query) in LISTS.items()}
    asked, level, support = (request.GET.get(name, "") for name in ("list", "influence", "support"))
    place = (int(level), support) if level in {str(one) for one in standing.LEVELS} and support in SUPPORTS else None
    chosen = asked if asked in LISTS else "" if place else "undecided" if counts["undecided"] else "all"
    rows: Any = (standing.placed(moment, *place) if place else LISTS[chosen][2](moment).exclude(pk__in=away_from)).page(request.GET.get("after", ""))
    away = seen(parties.turned_away(moment), request.user, "conversation__queue").select_related("conversation__party").order_by("at")
    return render(
        request, "parties.html", status, page=rows, profiles=standing.profiles(rows.rows, moment), groups=_groups(request), categories=CATEGORIES, wrong=wrong,
        given=request.POST, counts=counts, lists=LISTS, chosen=chosen, place=place, supports=SUPPORTS, ties=_choices("tie"), away=away,
        review=parties.last_review(moment).first(), picture=_map(request), today=localdate(moment.at),
        by_category=dict(parties.known(moment).order_by().values_list("category").annotate(Count("pk"))),
    )  # fmt: skip


def _choices(column: str) -> Mapping[str, Any]:
    return kinds()["parties.based"].column(column).text.choices


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
    row, moment = parties.known(request.moment).filter(id=number).first(), request.moment
    if row is None:
        raise Http404
    entries = identity.same(row.pk, moment)
    if (kept := identity.kept(row.pk, moment)) != row.pk and request.method == "GET":
        return redirect("party", kept)
    taken_up = parties.taken_up(moment).filter(party__in=entries).values("conversation")
    talks = seen(conversations.begun(moment), request.user).filter(Q(party__in=entries) | Q(pk__in=taken_up)).page(size=10)
    [profile] = standing.profiles([row], request.moment)
    return render(
        request, "party.html", status, row=row, categories=CATEGORIES, origins=ORIGINS, wrong=wrong, given=request.POST, talks=talks,
        addresses=Reached.objects.as_of(moment).filter(party__in=entries).order_by("id"), judgements=row.judgements.order_by("-at"),
        way=timeline.way(request, row, entries) if row.category == Category.CUSTOMER else [],
        dealing=parties.dealings(moment).filter(party__in=entries).order_by("-at", "-id").first(),
        parts=kinds()["parties.dealing"].column("parts").text.choices,
        merged=list(identity.given_up(moment).filter(other__in=entries).select_related("other").order_by("at", "id")),
        needs=Need.objects.filter(party__in=entries).prefetch_related("adoptions", "refusals").order_by("-at"),
        profile=profile, ties=_choices("tie"), levers=_choices("levers"),
        ratings=row.influences.as_of(request.moment).order_by("-at"), supports=SUPPORTS,
        members=row.members.as_of(request.moment).select_related("party"), groups=row.groups.as_of(request.moment).select_related("group"),
        months=figures.months(request, row.pk), asked=said.asked(request, row), told=list(said.told_of(request, party__in=entries)), fixed=fixed,
        nexts=[(kind, column) for kind, column in following("parties.party") if kind.label in NEXT and may(request.user, kind.write)],
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
