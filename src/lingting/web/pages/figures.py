"""数字 Figures of listening, of customers and of tenure, each with n and interval; every number opens to what it was counted from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from lingting.access.own import called, oneself
from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.inspection.level import Level
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.registers.conversations import answering, attending, balance, clarity, contacts, correcting, levels, warning
from lingting.registers.conversations import queries as conversations
from lingting.registers.documents import reasons
from lingting.registers.orders import queries as orders
from lingting.registers.orders import returning
from lingting.registers.parties import identity
from lingting.registers.parties import queries as parties
from lingting.registers.people import queries as people
from lingting.registers.people import tenure
from lingting.registers.people.choices import Side
from lingting.statistics.exact import rate_interval
from lingting.statistics.intervals import difference, wilson
from lingting.statistics.medians import Middle, middle
from lingting.statistics.parts import Part
from lingting.web import accepting, loyalty, rated
from lingting.web.counted import Share, once, part, talks
from lingting.web.pages import compared
from lingting.web.pages.around import opened
from lingting.web.pages.page import Request, page, render
from lingting.web.pictures import charts
from lingting.web.shares import TOLD

GRAVE = ("major", "critical")
MONTHS = 6
"""Months that a customer's page looks back."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A share that counts other records than conversations: the whole and the part, each with what it is, and the way from one to its queue."""

    whole: Callable[[Moment], RecordQuerySet[Any]]
    part: Callable[[Moment], RecordQuerySet[Any]]
    titles: tuple[tuple[str, str], tuple[str, str]]
    queue: str

    def of(self, request: Request, side: str) -> RecordQuerySet[Any]:
        """Return the records of a side that the reader may see."""
        return seen((self.part if side == "part" else self.whole)(request.moment), request.user, self.queue)


RECORDS = {
    "facts": Counted(
        correcting.corrections, correcting.wrong,
        (("看过的事实", "Facts that were looked at"), ("其中系统列错或漏掉的", "those of them that the draft had wrong, or not at all")),
        "said__conversation__queue",
    ),
    "notices": Counted(
        contacts.notices, contacts.unheard_notices,
        (("自动通知", "Automated notices"), ("其中没有检查过的", "those of them that were not inspected")), "conversation__queue",
    ),
}  # fmt: skip


@require_GET
@page("conversations.read")
def listening(request: Request) -> HttpResponse:
    """Show how it is listened: shares of conversations, how soon help comes, and whose line was about another matter."""
    moment = request.moment
    shares = {name: Share(name, len(one.part), len(one.whole)) for name in TOLD for one in [part(request, name)]}
    due, late = (seen(query(moment), request.user) for query in (conversations.help_due, conversations.help_late))
    waited = [
        (came - begun).total_seconds() for begun, came in seen(conversations.calls_for_help(moment), request.user).values_list("at", "answers__at") if came
    ]
    cut, calm = shares["interrupted"], shares["calm"]
    pairs = {name: [shares[f"{one}-again"] for one in both] for name, both in {"level": ("well", "less"), "argued": ("argued", "calm")}.items()}
    pairs["scored"] = [shares["well-low"], shares["less-low"]]
    return render(
        request, "listening_figures.html", told=TOLD, shares=shares, apart=difference(cut.hits, cut.n, calm.hits, calm.n),
        help=Share("help", late.count(), due.count()), waited=middle(waited), within=int(conversations.HELP_WITHIN.total_seconds()),
        further={name: difference(one.hits, one.n, other.hits, other.n) for name, (one, other) in pairs.items()}, again=levels.AGAIN_WITHIN.days,
        **compared.sections(request), **accepting.section(request), unsure=clarity.UNSURE,
        spoken=_spoken(request, shares["one-sided"].n), mostly=balance.ONE_SIDED, answers=reasons.ANSWERS,
        counted={name: Share(name, one.of(request, "part").count(), one.of(request, "whole").count()) for name, one in RECORDS.items()},
        lead=middle([one for one in once(request, "leads", lambda: warning.leads(request.moment)).values() if one is not None]),
        answered=_answered(request), turns=attending.TURNS, agents=list(_by_agent(request)), **_rated(request),
    )  # fmt: skip


def _spoken(request: Request, count: int) -> Middle | None:
    """Return the median of our share of the characters, over the conversations that the reader may see (S-LISTEN-01)."""
    _, told = once(request, balance.sided, lambda: balance.sided(request.moment))
    visible = told if len(told) == count else part(request, "one-sided").whole
    return middle([share for number in visible if (share := told[number].share) is not None])


def _answered(request: Request) -> list[tuple[str, Middle, Middle | None]]:
    """Return by channel how soon we answered first, and with the first thing of use: medians over the conversations that the reader may see (S-TALK-31)."""
    found: Mapping[int, answering.Times] = once(request, "answering", lambda: answering.times(request.moment))
    by_channel: dict[str, list[answering.Times]] = {}
    for number in part(request, "useful-first").whole & found.keys():  # counted at moments of one minute, not of one second
        by_channel.setdefault(found[number].channel, []).append(found[number])
    rows = []
    for channel, ones in sorted(by_channel.items()):
        first = middle([one.to_first for one in ones])
        if first is not None:
            rows.append((channel, first, middle([one.to_useful for one in ones if one.to_useful is not None])))
    return rows


def _rated(request: Request) -> dict[str, Any]:
    """Return what people rated, for those who read the register of people: of all together, never of one."""
    if not may(request.user, "people.read"):
        return {"rated": [], "against": None}
    told = once(request, "levels", lambda: levels.levels(request.moment))
    return {"rated": rated.sides(request.moment), "against": rated.against(request.moment, told)}


def _by_agent(request: Request) -> Iterator[Share]:
    """Yield how often whose line was about another matter: one's own, or everybody's for those who lead people."""
    rows = attending.points(request.moment, seen(conversations.begun(request.moment), request.user))
    mine, everybody = called(oneself(request.user)), may(request.user, "people.read")
    by_name: dict[str, list[bool]] = {}
    for one in rows:
        if one.speaker and (everybody or one.speaker in mine):
            by_name.setdefault(one.speaker, []).append(one.other)
    for name, others in sorted(by_name.items()):
        yield Share(name, sum(others), len(others))


@require_GET
@page("conversations.read")
def listened(request: Request, name: str, side: str) -> HttpResponse:
    """List what a number of listening was counted from."""
    back = reverse("listening-figures"), "听得怎样" if request.language == "zh-hans" else "How it is listened"
    if side not in {"whole", "part"}:
        raise Http404
    if name == "help":
        rows, title = (
            (conversations.help_due, ("求助", "Calls for help")) if side == "whole" else (conversations.help_late, ("没有及时有人应", "Not answered in time"))
        )
        return opened(request, seen(rows(request.moment), request.user), title=title, back=back)
    if name == "accepted":
        return accepting.listed(request, side, back)
    if name in RECORDS:
        return opened(request, RECORDS[name].of(request, side), title=RECORDS[name].titles[side == "part"], back=back)
    if name in Side.values and may(request.user, "people.read"):
        rating = kinds()["people.toned"].column("side").text.choices[name]
        return opened(request, rated.of(request.moment, name, good=side == "part"), title=(rating.zh, rating.en), back=back)
    if name in compared.LISTED:
        return compared.LISTED[name](request, side, back)
    if name not in TOLD:
        raise Http404
    found, one = part(request, name), TOLD[name]
    return opened(request, talks(request, found.whole if side == "whole" else found.part), title=one.whole if side == "whole" else one.part, back=back)


@require_GET
@page("parties.read")
def customers(request: Request) -> HttpResponse:
    """Show who orders again by the month of their first order, and beside what was heard."""
    cohorts = once(request, "cohorts", lambda: returning.cohorts(request.moment))
    well, badly = once(request, "quality", lambda: _by_quality(request.moment))
    good, bad = Share("well", len(well.part), len(well.whole)), Share("badly", len(badly.part), len(badly.whole))
    return render(
        request, "customer_figures.html", cohorts=cohorts[-12:], followed=returning.FOLLOWED, good=good, bad=bad, wilson=wilson,
        loyalty=once(request, "loyalty", lambda: loyalty.by_tier(request.moment)), again_within=returning.AGAIN_WITHIN.days,
        tiers=kinds()["parties.tier"].column("tier").text.choices, apart=difference(good.hits, good.n, bad.hits, bad.n),
        gone_after=returning.GONE_AFTER.days, within=returning.RETURN_WITHIN.days,
    )  # fmt: skip


def _by_quality(moment: Moment) -> tuple[Part, Part]:
    return returning.by_quality(moment, conversations.listened(moment), set(_amiss(moment).values_list("conversation", flat=True)))


def _amiss(moment: Moment) -> RecordQuerySet[Any]:
    """Return what was gravely against a norm in our own words."""
    return conversations.findings(moment).filter(kind="breach", severity__in=GRAVE, said__role="agent")


@require_GET
@page("parties.read")
def ordering(request: Request, side: str) -> HttpResponse:
    """List the customers that a number was counted from.

    `?month=2026-05` is a cohort: `back-2`, `gone` or `all` of it; `gold.again` is of a tier; `well-back` came back after what was heard.
    """
    back = reverse("party-figures"), "顾客的数字" if request.language == "zh-hans" else "Figures of customers"
    group, _, what = side.partition(".")
    numbers = _loyal(request, group, what) if what else _quality_side(request, side) if side.startswith(("well", "badly")) else _cohort_side(request, side)
    return opened(request, parties.known(request.moment).filter(pk__in=numbers), title=("顾客", "Customers"), back=back)


def _loyal(request: Request, group: str, what: str) -> Iterable[int]:
    """Return the customers of a tier that a number of loyalty was counted from: `gold.again`."""
    told = once(request, "loyalty", lambda: loyalty.by_tier(request.moment))
    if group not in told or what not in (sides := told[group].sides()):
        raise Http404
    return sides[what]


def _quality_side(request: Request, side: str) -> Iterable[int]:
    well, badly = once(request, "quality", lambda: _by_quality(request.moment))
    sides = {"well": well.whole, "well-back": well.part, "badly": badly.whole, "badly-back": badly.part}
    if side not in sides:
        raise Http404
    return sides[side]


def _cohort_side(request: Request, side: str) -> Iterable[int]:
    month = request.GET.get("month", "")
    cohort = next((one for one in once(request, "cohorts", lambda: returning.cohorts(request.moment)) if returning.written(one.month) == month), None)
    sides = {} if cohort is None else {"all": cohort.parties, "gone": cohort.gone, **{f"back-{by}": one for by, one in enumerate(cohort.back, 1)}}
    found = sides.get(side)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Months:
    """A month of one customer: orders accepted, conversations listened to, and how many of them without anything grave."""

    month: str
    orders: int
    clean: Share


def months(request: Request, party: int) -> list[Months]:
    """Return the last months of a customer, the newest last; nothing where they never ordered and never spoke (S-BANK-04)."""
    last = returning.month_of(request.moment.at)
    wanted = [returning.later(last, -by) for by in range(MONTHS - 1, -1, -1)]
    placed = _of_month(_orders(request, party).values_list("accepted_at", "pk"))
    talks = _of_month(_listened(request, party).values_list("at", "pk"))
    amiss = set(_amiss(request.moment).filter(conversation__party__in=identity.same(party, request.moment)).values_list("conversation", flat=True))
    if not placed and not talks:
        return []
    return [
        Months(returning.written(month), len(placed.get(month, ())), Share("", len(talks.get(month, set()) - amiss), len(talks.get(month, ()))))
        for month in wanted
    ]


def _orders(request: Request, party: int) -> RecordQuerySet[Any]:
    return orders.accepted(request.moment).filter(party__in=identity.same(party, request.moment))


def _listened(request: Request, party: int) -> RecordQuerySet[Any]:
    return seen(conversations.listened(request.moment).filter(party__in=identity.same(party, request.moment)), request.user)


def _of_month(rows: Iterable[tuple[datetime, int]]) -> dict[tuple[int, int], set[int]]:
    found: dict[tuple[int, int], set[int]] = {}
    for at, number in rows:
        found.setdefault(returning.month_of(at), set()).add(number)
    return found


@require_GET
@page("parties.read")
def month(request: Request, number: int, side: str) -> HttpResponse:
    """List what a month of one customer was counted from: their orders, their conversations, or those without anything grave."""
    party = parties.known(request.moment).filter(pk=number).first()
    if party is None or side not in {"orders", "talks", "clean"} or (side == "orders" and not may(request.user, "orders.read")):
        raise Http404
    wanted, back = request.GET.get("month", ""), (reverse("party", args=[number]), party.organisation or party.name or "▒▒")
    rows = _orders(request, number) if side == "orders" else _listened(request, number)
    column = "accepted_at" if side == "orders" else "at"
    kept = {pk for at, pk in rows.values_list(column, "pk") if at.astimezone(settings.LINGTING["ZONE"]).strftime("%Y-%m") == wanted}
    if side == "clean":
        kept -= set(_amiss(request.moment).filter(conversation__party__in=identity.same(number, request.moment)).values_list("conversation", flat=True))
    titles = {
        "orders": ("接受的订单", "Orders accepted"),
        "talks": ("听过的对话", "Conversations listened to"),
        "clean": ("没有听到严重问题的对话", "Conversations in which nothing grave was heard"),
    }
    return opened(request, rows.filter(pk__in=kept), title=titles[side], back=back)


@require_GET
@page("people.read")
def tenures(request: Request) -> HttpResponse:
    """Show ideas, efforts and how well is listened by how long people had been here, and how ideas fare."""
    found, moment = _bands(request), request.moment
    told = [one for one in found if one.told and one.months]
    ideas, heard = people.suggestions(moment).count(), {one.start: _heard(request, one.start) for one in told}
    zh = request.language == "zh-hans"
    picture = charts.spark(
        [(f"{one.start}–{one.end}" if one.end < tenure.BANDS[-1] else f"{one.start}+", (len(one.ideas) + len(one.efforts)) / one.months) for one in told],
        label="每人月的建议和努力，按来了多少天" if zh else "Ideas and efforts each person-month, by days since they came",
        headings=("天", "每人月") if zh else ("days", "each person-month"), form="{:.2f}",
    ) if len(told) > 1 else ""  # fmt: skip
    return render(
        request, "people_figures.html", bands=found if any(one.people for one in found) else [], interval=rate_interval, fewest=tenure.FEWEST, picture=picture,
        heard={start: Share("heard", len(one.part), len(one.whole)) for start, one in heard.items()}, months=sum(one.months for one in found),
        ideas=Share("ideas", people.adopted(moment).count(), ideas), late=people.unanswered(moment).count(),
        thanked=people.recognitions(moment), thanks=kinds()["people.thanked"].column("way").text.choices,
        oldest=people.unanswered(moment).order_by("at", "id").first(), at=moment.at,
    )  # fmt: skip


def _heard(request: Request, start: int) -> Part:
    """Return the conversations led by people of a band of which a level is known, and those listened to attentively or better, as far as one may see them."""
    found: Mapping[int, Part] = once(request, "heard", lambda: _heard_by_band(request.moment))
    one = found.get(start, Part(frozenset(), frozenset()))
    if not request.user.queues.strip():
        return one
    whole = frozenset(talks(request, one.whole).values_list("pk", flat=True))
    return Part(whole, one.part & whole)


def _heard_by_band(moment: Moment) -> Mapping[int, Part]:
    told, came = levels.levels(moment), tenure.since(moment)
    whole: dict[int, set[int]] = {}
    for number, speaker, at in levels.spoken(moment, told.keys()):
        if speaker in came and (start := tenure.band_at(came[speaker], at)) is not None:
            whole.setdefault(start, set()).add(number)
    return {start: Part(frozenset(ones), frozenset(one for one in ones if told[one] >= Level.ATTENTIVE)) for start, ones in whole.items()}


def _bands(request: Request) -> list[tenure.Band]:
    return once(request, "tenure", lambda: tenure.bands(request.moment))


@require_GET
@page("people.read")
def tenured(request: Request, number: int, side: str) -> HttpResponse:
    """List the people, ideas, efforts or conversations of a band of tenure; of one with too few people, nothing. `thanks` are those of a site (`?of=`)."""
    back = reverse("people-figures"), "热情和年资" if request.language == "zh-hans" else "Enthusiasm and tenure"
    if side == "thanks":
        site = request.GET.get("of", "")
        return opened(request, people.thanks_at(request.moment, site), title=(f"感谢：{site or '没有登记场所'}", f"Thanks: {site or 'no site'}"), back=back)
    band = next((one for one in _bands(request) if one.start == number and one.told), None)
    titles = {
        "people": ("人员", "People"), "ideas": ("建议", "Ideas"), "efforts": ("额外的努力", "Efforts"),
        "talks": ("听出层次的对话", "Conversations with a level"), "well": ("听得专注或带同理心的", "Listened to attentively or with empathy"),
    }  # fmt: skip
    if band is None or side not in titles:
        raise Http404
    if side in {"talks", "well"}:
        heard = _heard(request, number)
        return opened(request, talks(request, heard.whole if side == "talks" else heard.part), title=titles[side], back=back)
    kind = kinds()[{"people": "people.person", "ideas": "people.suggested", "efforts": "people.effort"}[side]]
    rows = kind.as_of(request.moment).filter(pk__in=getattr(band, side))
    return opened(request, rows, title=titles[side], back=back)
