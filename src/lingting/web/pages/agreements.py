"""内部服务协议 Internal agreements: who serves whom, what each gives the other, by the receiver's yardstick, and what is asked and answered (SC-13)."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lingting.conformity.providers import Figure
from lingting.ledger.models import RecordQuerySet, Struck, numbered
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.values import Wrong
from lingting.records.write import Refused, live, write
from lingting.registers.agreements import queries as agreements
from lingting.registers.agreements.models import (
    Agreed,
    Agreement,
    Answered,
    Commitment,
    Disputed,
    Improving,
    Measured,
    Prepared,
    Promised,
    Rated,
    Request,
    Settled,
    Side,
    Wanted,
)
from lingting.site.clock import now
from lingting.statistics.survey import satisfaction
from lingting.web.environment import percent
from lingting.web.hints import hints
from lingting.web.pages.around import newest_of, nexts, opened
from lingting.web.pages.page import Request as Asking
from lingting.web.pages.page import page, render
from lingting.web.pictures import diagrams

STANDS = {
    "drafts": ("◌", "草稿：只有一方承诺", "Draft: one side only", "no-evidence"), "unsigned": ("△", "没有双方签署", "Not signed by both", "at-risk"),
    "in_force": ("●", "有效", "In force", "conforms"), "": ("◌", "不知道", "Unknown", "no-evidence"),
}  # fmt: skip
WHY = {
    "drafts": (
        "双方都写下承诺才是协议；现在只有一方，或者都没有，所以一直是草稿。",
        "An agreement has commitments of both sides; with one side's or none it stays a draft.",
    ),
    "unsigned": ("双方都有承诺，还差一方或两方签署。", "Both sides undertook something; one signature or both are missing."),
    "in_force": ("双方都有承诺，双方都签了。", "Both sides undertook something, and both signed."),
    "": ("没有足够的记录。", "There are not enough records."),
}
RATED = ("care", "cooperation", "communication", "understanding", "trust")
"""What the receiver rates, from 1 to 5."""

TOP, LOW = agreements.TOP, agreements.LOW
SHOWN = 20


@require_GET
@page("agreements.read")
def listing(request: Asking) -> HttpResponse:
    """Show who serves one department and whom it serves, every agreement, the worst first, and the requests that nobody took on."""
    moment = request.moment
    rows = list(agreements.begun(moment).order_by("code"))
    stands, figures = _standings(moment), _figures(moment)
    places = Counter(place for row in rows for place in (row.giver, row.receiver))
    me = request.GET.get("me", "")
    me = me if me in places else next((place for place, _ in places.most_common(1)), "")
    ranked = sorted(rows, key=lambda row: (list(STANDS).index(stands.get(row.pk, "")), _beyond(figures.get(row.pk)), row.code))
    return render(
        request, "agreements.html", rows=ranked, standings=stands, stands=STANDS, figures=figures, places=sorted(places), me=me,
        graph=diagrams.flow(me, _edges(request, rows, stands, figures), label=_told(request, me)),
        ownerless=list(agreements.ownerless(moment).order_by("at")[:SHOWN]),
        ownerless_count=agreements.ownerless(moment).count(), late=agreements.late(moment).count(), attempts=agreements.not_theirs(moment).count(),
        unsettled=agreements.unsettled(moment).count(),
    )  # fmt: skip


def _standings(moment: Moment) -> dict[int, str]:
    """Return for every agreement how it stands."""
    lists = (("in_force", agreements.in_force), ("unsigned", agreements.unsigned), ("drafts", agreements.drafts))
    return {pk: name for name, query in lists for pk in query(moment).values_list("pk", flat=True)}


def _figures(moment: Moment) -> dict[int, Figure]:
    """Return of each agreement the share of promises kept that were due, or, where nothing was promised, its newest measured period."""
    held = {(one.agreement_id, one.indicator): one.target / 1000 for one in agreements.yardsticks(moment)}
    periods = newest_of(Measured.objects.as_of(moment).order_by("until", "id"), "agreement_id")
    found = {pk: Figure(one.n, one.met, one.since, one.until, held.get((pk, one.indicator))) for pk, one in periods.items()}
    asked = Promised.objects.as_of(moment).filter(due__lte=moment.at), agreements.broken(moment)
    due, broken = (dict(rows.order_by().values_list("agreement").annotate(Count("pk"))) for rows in asked)
    targets = {pk: target for (pk, _), target in held.items()}
    return found | {pk: Figure(n, n - broken.get(pk, 0), target=targets.get(pk)) for pk, n in due.items()}


def _beyond(figure: Figure | None) -> float:
    return 1.0 if figure is None or not figure.n else figure.met / figure.n - (figure.target or 0.0)


def _edges(request: Asking, rows: Sequence[Agreement], stands: dict[int, str], figures: dict[int, Figure]) -> list[diagrams.Edge]:
    zh = request.language == "zh-hans"
    edges = []
    for row in rows:
        figure, draft = figures.get(row.pk), stands.get(row.pk) == "drafts"
        state = "no-evidence" if draft or figure is None or not figure.n else figure.state or "few"
        words = ("草稿" if zh else "draft") if draft else ("还没有数" if zh else "no figure")
        if figure is not None and figure.n:
            words = f"{percent(figure.met / figure.n)} n={figure.n}" + (f" · {words}" if draft else "")
        edges.append(diagrams.Edge(row.giver, row.receiver, state, words, reverse("agreement", args=[row.pk])))
    return edges


def _told(request: Asking, me: str) -> str:
    return f"谁为{me}提供服务，{me}又为谁提供服务" if request.language == "zh-hans" else f"Who serves {me}, and whom {me} serves"


@require_GET
@page("agreements.read")
def agreement(request: Asking, number: int) -> HttpResponse:
    """Show one agreement."""
    return _show(request, _find(request, number))


def _find(request: Asking, number: int) -> Agreement:
    row: Agreement | None = Agreement.objects.select_related("process").filter(id=number, at__lte=request.moment.at).first()
    if row is None:
        raise Http404
    return row


def _show(request: Asking, row: Agreement, status: int = 200, wrong: Sequence[Wrong] = (), about: int = 0) -> HttpResponse:
    moment, mine = request.moment, {"agreement": row}
    wants = list(Wanted.objects.as_of(moment).filter(**mine).order_by("rank", "id"))
    stand = agreements.stands(row, moment)
    held = {one.indicator: one for one in agreements.yardsticks(moment).filter(**mine)}
    periods = Measured.objects.as_of(moment).filter(**mine).order_by("-until", "-id")[:SHOWN]
    targets = {one.indicator: one.target / 1000 for one in held.values()}
    return render(
        request, "agreement.html", status, row=row, stand=stand, stands=STANDS, why=WHY, struck=Struck.objects.as_of(moment).filter(record=row.pk).first(),
        given_by=[(side, list(Commitment.objects.as_of(moment).filter(**mine, side=side).order_by("at"))) for side in Side.values],
        signed={one.side: one for one in Agreed.objects.as_of(moment).filter(**mine).order_by("at")}, yardsticks=list(held.values()),
        attempts=list(agreements.not_theirs(moment).filter(**mine).order_by("-at")), promised=_promised(row, moment),
        measured=[(one, Figure(one.n, one.met, one.since, one.until, targets.get(one.indicator))) for one in periods],
        wants=wants, quarters=_quarters(wants), apart=set(agreements.apart(moment).filter(**mine).values_list("pk", flat=True)),
        neglected=set(agreements.neglected(moment).filter(**mine).values_list("pk", flat=True)), top=TOP, low=LOW,
        improving=_by(Improving.objects.as_of(moment).filter(wanted__agreement=row), "wanted_id"),
        ratings=_ratings(row, moment), rated=kinds()["agreements.rated"].columns, requests=_requests(row, moment), wrong=wrong, about=about, given=request.POST,
        disputes=_disputes(row, moment), prepared=Prepared.objects.as_of(moment).filter(**mine).count(), nexts=nexts(request, "agreements.agreement"),
    )  # fmt: skip


def _by(rows: RecordQuerySet[Any], column: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows.order_by("at", "id"):
        found.setdefault(getattr(row, column), []).append(row)
    return found


def _promised(row: Agreement, moment: Moment) -> Figure:
    due = Promised.objects.as_of(moment).filter(agreement=row, due__lte=moment.at).count()
    return Figure(due, due - agreements.broken(moment).filter(agreement=row).count())


def _quarters(wants: Sequence[Wanted]) -> dict[tuple[bool, bool], list[Wanted]]:
    """Return the needs by whether they are among the most important and whether they are met well."""
    found: dict[tuple[bool, bool], list[Wanted]] = {(important, well): [] for important in (True, False) for well in (False, True)}
    for one in wants:
        found[one.rank <= TOP, one.performance >= LOW].append(one)
    return found


def _ratings(row: Agreement, moment: Moment) -> list[tuple[str, Any, int]]:
    """Return of each thing rated the share of four and five with its interval, and how many rated it."""
    rows = list(Rated.objects.as_of(moment).filter(agreement=row))
    given = {name: [value for one in rows if (value := getattr(one, name)) is not None] for name in RATED}
    return [(name, satisfaction(values), len(values)) for name, values in given.items() if values]


def _requests(row: Agreement, moment: Moment) -> dict[str, Any]:
    """Return the open requests, those without an owner first, and how many were late."""
    open_ = agreements.open_requests(moment).filter(agreement=row)
    ownerless = set(agreements.ownerless(moment).filter(agreement=row).values_list("pk", flat=True))
    late = agreements.late(moment).filter(agreement=row)
    late_numbers = set(late.values_list("pk", flat=True))
    rows = sorted(open_, key=lambda one: (one.pk not in ownerless, one.pk not in late_numbers, one.at))[:SHOWN]
    numbers = [one.pk for one in rows]
    answers = _by(Answered.objects.as_of(moment).filter(request__in=numbers), "request_id")
    return {"rows": rows, "ownerless": ownerless, "late": late_numbers, "answers": answers, "open": open_.count(), "late_count": late.count()}


def _disputes(row: Agreement, moment: Moment) -> list[tuple[Any, Settled | None]]:
    settled = newest_of(Settled.objects.as_of(moment).filter(disputed__agreement=row).order_by("at", "id"), "disputed_id")
    rows = Disputed.objects.as_of(moment).filter(agreement=row).order_by("-at")
    return sorted(((one, settled.get(one.pk)) for one in rows), key=lambda pair: pair[1] is not None)


@require_POST
@page("agreements.write")
def answer(request: Asking, number: int) -> HttpResponse:
    """Answer a request; what makes an answer poor is said before it goes out, and goes out as it is only when its author says so."""
    row = _find(request, number)
    words = request.POST.get("request", "")
    asked: Request | None = live(Request).filter(pk=numbered(words), agreement=row).first()
    if asked is None:
        raise Http404
    given = {name: request.POST.get(name, "").strip() for name in ("words", "reason", "evidence")}
    kind = kinds()["agreements.answered"]
    if not given["words"]:
        return _show(request, row, 422, [Wrong("words", "请写下答复。", "Write the answer.")], asked.pk)
    if hinted := hints(kind, given, anyway=bool(request.POST.get("anyway"))):
        return _show(request, row, 422, hinted, asked.pk)
    try:
        write(kind, {**given, "request": asked}, by=request.user.pk, now=now(), zone=settings.LINGTING["ZONE"])
    except Refused as refused:
        return _show(request, row, 422, refused.wrong, asked.pk)
    return redirect(reverse("agreement", args=[row.pk]) + "#requests")


SIDES = {
    "due": ("到期的内部承诺", "Internal promises that are due"), "broken": ("没有按时兑现的内部承诺", "Internal promises not kept in time"),
    "open": ("没有完成的请求", "Open requests"), "late": ("没有按时完成的请求", "Requests not done in time"),
    "ownerless": ("没有人负责的请求", "Requests without an owner"),
}  # fmt: skip
"""The lists behind the numbers of an agreement."""


@require_GET
@page("agreements.read")
def evidence(request: Asking, number: int, side: str) -> HttpResponse:
    """Show the records behind a number of an agreement."""
    row, moment = _find(request, number), request.moment
    if side not in SIDES:
        raise Http404
    rows: dict[str, RecordQuerySet[Any]] = {
        "due": Promised.objects.as_of(moment).filter(due__lte=moment.at), "broken": agreements.broken(moment), "open": agreements.open_requests(moment),
        "late": agreements.late(moment), "ownerless": agreements.ownerless(moment),
    }  # fmt: skip
    return opened(request, rows[side].filter(agreement=row), title=SIDES[side], back=(reverse("agreement", args=[row.pk]), f"{row.code} {row.name}"))
