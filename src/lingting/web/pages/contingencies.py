"""应急 Contingencies: how ready we are; and when it happens, whom it concerns, who knows, and the word to those who do not know yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingting import catalog
from lingting.access.roles import may
from lingting.conformity import emergency
from lingting.conformity.emergency import WAYS, Line
from lingting.ledger.models import Record, Struck, numbered
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.values import Wrong
from lingting.records.write import Refused, enter, live, write
from lingting.registers.contingencies import actions
from lingting.registers.contingencies import queries as contingencies
from lingting.registers.contingencies.models import Activated, Affected, Event, Informed, Matched, Scenario
from lingting.registers.improvements import actions as improvements
from lingting.registers.improvements.models import Nonconformity
from lingting.registers.offerings import queries as offerings
from lingting.registers.suppliers import queries as suppliers
from lingting.site.clock import now
from lingting.web.pages.page import Request, page, render
from lingting.web.pictures.points import Mark, arrivals

PARTS = {
    "trigger": ("触发条件", "trigger"), "method": ("怎么做", "method"), "message": ("怎么说", "words"),
    "affected": ("怎样找出受影响的顾客", "how the affected are found"),
    "endangers": ("危及哪些要求", "requirements endangered"), "within": ("多快告知", "how soon"), "owner": ("负责人", "owner"),
}  # fmt: skip
"""The parts of a whole plan."""

STANDS = {
    "undecided": ("没有判定是否相关", "Relevance not decided"), "unplanned": ("相关、方案不全", "Relevant without a whole plan"),
    "undrilled": ("一年没有演练", "Not tried out for a year"), "relevant": ("准备好了", "Ready"), "": ("不相关", "Not relevant"),
}  # fmt: skip
"""How a scenario stands, the worst first."""

SHOWN = {
    "all": ("全部", "All"), "informed": ("已告知", "Told"), "waiting": ("待告知", "Still to be told"), "asked": ("客户先来问", "Asked first"),
    "late": ("晚于时限", "Late"), "wanting": ("没说全", "Not in full"), "elsewhere": ("没有送达", "Not reached"),
    "well": ("及时、完整、主动", "In time, in full, unasked"),
}  # fmt: skip
"""By what the list of those affected can be narrowed."""

SCOPE = ("since", "until", "place", "offering", "provider", "words")
"""By what those affected are reckoned."""

CHECK = "8.2.1-H3"
"""The check whose pattern of nonconformity an event without a scenario shows."""


def _zh(request: Request) -> bool:
    return request.language == "zh-hans"


@require_GET
@page("contingencies.read")
def listing(request: Request) -> HttpResponse:
    """Show the catalogue of scenarios, the least ready first, what is under way, and what happened without a scenario."""
    moment = request.moment
    running = contingencies.under_way(moment).select_related("scenario").order_by("deadline")
    rows = emergency.readiness(moment)
    return render(
        request, "contingencies.html", groups=[(name, [one for one in rows if one.stands == name]) for name in emergency.ORDER], parts=PARTS,
        stands=STANDS, running=[(one, _bar(one, moment, None)) for one in running],
        unforeseen=contingencies.unforeseen(moment).order_by("-at"), unreviewed=contingencies.unreviewed(moment).order_by("-at"),
    )  # fmt: skip


def _scenario(number: int) -> Scenario:
    row: Scenario | None = live(Scenario).filter(id=number).first()
    if row is None:
        raise Http404
    return row


def _activated(request: Request, number: int) -> Activated:
    # What was struck out is still shown, as such.
    row: Activated | None = Activated.objects.filter(at__lte=request.moment.at, id=number).select_related("scenario").first()
    if row is None:
        raise Http404
    return row


def _next_code(model: type[Record], fallback: str) -> str:
    """Return the code that follows the newest one, or one to begin with."""
    newest = live(model).exclude(code="").order_by("-id").values_list("code", flat=True).first() or fallback
    head = newest.rstrip("0123456789")
    digits = newest[len(head) :]
    return f"{head}{int(digits or 0) + 1:0{len(digits) or 2}d}"


@require_http_methods(["GET", "POST"])
@page("contingencies.write")
def start(request: Request, number: int) -> HttpResponse:
    """Put a plan to work: who is affected is reckoned and written down in the same act."""
    row = _scenario(number)
    [ready] = emergency.readiness(Moment(now()), number)
    if request.method == "GET":
        begin = now().astimezone(settings.LINGTING["ZONE"])
        within = ready.plan.within if ready.plan and ready.plan.within else 60
        given = {
            "code": _next_code(Activated, "ACT-00"), "issue": ready.plan.message if ready.plan else "", "endangers": ready.plan.endangers if ready.plan else "",
            "deadline": f"{begin + timedelta(minutes=within):%Y-%m-%dT%H:%M}",
        }  # fmt: skip
        return _start(request, ready, given)
    given = {name: request.POST.get(name, "") for name in ("code", "issue", "endangers", "deadline", *SCOPE)}
    try:
        made = write(kinds()["contingencies.activated"], {**given, "scenario": row}, by=request.user.pk, now=now(), zone=settings.LINGTING["ZONE"])
    except Refused as refused:
        return _start(request, ready, given, 422, refused.wrong)
    return redirect("activation", made.id)


def _start(request: Request, ready: emergency.Readiness, given: Mapping[str, str], status: int = 200, wrong: Sequence[Wrong] = ()) -> HttpResponse:
    return render(
        request, "activate.html", status, ready=ready, given=given, wrong=wrong, parts=PARTS,
        offerings=offerings.on_sale(request.moment).order_by("code"), providers=suppliers.active(request.moment).order_by("code"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@page("contingencies.write")
def name_event(request: Request, number: int) -> HttpResponse:
    """Name a scenario for what happened without one – a stub, not yet judged – and propose the nonconformity that nobody had thought of it."""
    event: Event | None = contingencies.unforeseen(Moment(now())).filter(id=number).first()
    if event is None:
        raise Http404
    raising = may(request.user, "improvements.write")
    if request.method == "GET":
        return render(
            request,
            "unforeseen.html",
            event=event,
            given={"code": _next_code(Scenario, "SC-00"), "name": event.what[:60], "raise": "1"},
            wrong=(),
            raising=raising,
        )
    code, name = (request.POST.get(field, "").strip() for field in ("code", "name"))
    wrong = [Wrong(field, "请填写。", "Fill this in.") for field, words in (("code", code), ("name", name)) if not words]
    try:
        if wrong:
            raise Refused(wrong)  # noqa: TRY301  # one way out
        with transaction.atomic():
            scenario: Any = enter(Scenario(code=code[:60], name=name[:200], at=now()), by=request.user.pk)
            enter(Matched(event=event, scenario=scenario, at=now()), by=request.user.pk)
            raised = _raise(request, event) if raising and request.POST.get("raise") else None
    except Refused as refused:
        return render(request, "unforeseen.html", 422, event=event, given=request.POST, wrong=refused.wrong, raising=raising)
    return redirect("improvement", raised.pk) if raised else redirect("contingencies")


def _raise(request: Request, event: Event) -> Nonconformity | None:
    """Raise the typical nonconformity of the check that an unforeseen event fails."""
    found = next(((leaf.number, one) for leaf in catalog.read().leaves() for one in leaf.nonconformities if CHECK in one.checks), None)
    if found is None:
        return None
    clause, pattern = found
    thing = f"{event._meta.label_lower} {event.pk}"
    return improvements.propose(
        clause=clause, pattern=pattern.id, thing=thing, statement=f"{pattern.zh} {pattern.en}", shown_by=((event._meta.label_lower, event.pk),), at=now(),
        by=request.user.pk,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of the time to tell everybody is gone."""

    elapsed: timedelta
    limit: timedelta
    left: timedelta
    over: bool


def _bar(activated: Activated, moment: Moment, ended: Any) -> Bar:
    until = ended.at if ended else moment.at
    return Bar(until - activated.at, activated.deadline - activated.at, activated.deadline - until, until > activated.deadline)


@require_GET
@page("contingencies.read")
def activation(request: Request, number: int) -> HttpResponse:
    """Show an emergency: the plan, the limit, everybody affected and how it stands with him, the word to those who do not know, the log."""
    return _show(request, number, part="compose", preview=_drafted(request, number))


def _drafted(request: Request, number: int) -> list[tuple[Line, str, str]]:
    """Return the notices to those who do not know yet, drafted from the issue and the plan's method; without a method there is nothing to say yet."""
    row = _activated(request, number)
    [ready] = emergency.readiness(request.moment, row.scenario_id) or [emergency.Readiness(row.scenario)]
    method = ready.plan.method if ready.plan else ""
    if not method or not may(request.user, "contingencies.write"):
        return []
    lines = [line for line in emergency.lines(row, request.moment) if "waiting" in line.states]
    told = [(line, _notice(request, line, row.issue, method)) for line in lines]
    return [(line, _read(request, line, one), one.way) for line, one in told]


def _show(
    request: Request, number: int, status: int = 200, wrong: Sequence[Wrong] = (), part: str = "", preview: Sequence[tuple[Line, str, str]] = ()
) -> HttpResponse:
    row, moment = _activated(request, number), request.moment
    lines = emergency.lines(row, moment)
    ended = row.endings.as_of(moment).order_by("at").first()
    counts = {name: len([one for one in lines if name in one.states]) for name in SHOWN if name != "all"} | {"all": len(lines)}
    chosen = request.GET.get("show", "all") if request.GET.get("show") in SHOWN else "all"
    waiting = [one for one in lines if "waiting" in one.states]
    [ready] = emergency.readiness(moment, row.scenario_id) or [emergency.Readiness(row.scenario)]
    until = moment if ended is None else Moment(min(ended.at, moment.at), moment.known)
    return render(
        request, "activation.html", status, row=row, ready=ready, lines=[one for one in lines if chosen in {"all"} | one.states], counts=counts, shown=SHOWN,
        chosen=chosen, waiting=waiting, bar=_bar(row, moment, ended), ended=ended, reviews=row.reviews.as_of(moment).order_by("at"), parts=PARTS, ways=WAYS,
        shipments=sum(one.shipments for one in lines), old_news=emergency.old_news(until), wrong=wrong, part=part, given=request.POST, preview=preview,
        picture=_picture(request, row, lines, until), log=_log(row, lines, ended, moment), everybody=lines, now=now(),
        struck=Struck.objects.as_of(moment).filter(record=number).first(), writes=may(request.user, "contingencies.write"),
    )  # fmt: skip


def _picture(request: Request, row: Activated, lines: Sequence[Line], until: Moment) -> Any:
    zh, zone = _zh(request), settings.LINGTING["ZONE"]

    def mark(line: Line, at: Any, kind: str, words: str) -> Mark:
        return Mark(at, kind, f"{_name(line)} {at.astimezone(zone):%H:%M} {words}", f"#c-{line.affected.pk}")

    told, late, asked = ("已告知", "晚于时限", "客户来问") if zh else ("told", "told late", "asked")
    marks = [mark(one, at, "late" if "late" in one.states else "told", late if "late" in one.states else told) for one in lines if (at := one.informed_at)]
    marks += [mark(one, question.at, "asked", asked) for one in lines for question in one.asked]
    label = (
        "每位顾客什么时候知道的：圆点是期限内告知，方块是晚了，三角是客户来问"
        if zh
        else "When each customer knew: a dot was told in time, a square late, a triangle asked"
    )
    return arrivals(row.at, row.deadline, until.at, marks, label=label)


def _name(line: Line) -> str:
    return line.affected.party.organisation or line.affected.party.name or "▒▒"


def _log(row: Activated, lines: Sequence[Line], ended: Any, moment: Moment) -> list[tuple[Any, str, str, str]]:
    """Return what happened in the order of time, the newest first: when, what, with whom, in which words."""
    log: list[tuple[Any, str, str, str]] = [(row.at, "activated", "", row.issue)]
    for one in lines:
        log += [(notice.at, "lost" if notice.pk in one.lost else "told", _name(one), notice.way) for notice in one.notices]
        log += [(question.at, "asked", _name(one), question.words or "") for question in one.asked]
        if one.affected.at > row.at:
            log.append((one.affected.at, "added", _name(one), one.affected.why))
    if ended:
        log.append((ended.at, "ended", "", ""))
    log += [(one.at, "reviewed", "", one.changes) for one in row.reviews.as_of(moment)]
    return sorted(log, key=lambda entry: entry[0], reverse=True)


@require_POST
@page("contingencies.write")
def inform(request: Request, number: int) -> HttpResponse:
    """Tell the remaining: first as each of them will read it, then all of them in one act, or none."""
    row = _activated(request, number)
    lines = [one for one in emergency.lines(row, Moment(now())) if "waiting" in one.states]
    issue, measure, choices = (request.POST.get(name, "").strip() for name in ("issue", "measure", "choices"))
    if choices:
        choices = f"您可以选择：{choices}" if _zh(request) else f"You may choose: {choices}"
    informed = [_notice(request, line, issue, "\n".join(filter(None, (measure, choices))) if measure else "") for line in lines]
    if request.POST.get("step") != "send":
        wrong = [one for field, words, one in (("issue", issue, ISSUE), ("measure", measure, MEASURE)) if not words]
        if wrong:
            return _show(request, number, 422, wrong, "compose")
        return _show(request, number, part="compose", preview=[(line, _read(request, line, one), one.way) for line, one in zip(lines, informed, strict=True)])
    if set(request.POST.getlist("to")) != {str(line.affected.pk) for line in lines}:
        return _show(request, number, 409, (CHANGED,), "compose")
    try:
        actions.inform_all(informed, by=request.user.pk)
    except Refused as refused:
        return _show(request, number, 422, refused.wrong, "compose")
    return redirect("activation", number)


ISSUE = Wrong("issue", "请写明可能的情况。", "Say what may happen.")
MEASURE = Wrong("measure", "请写明采取的措施：只说情况不算告知。", "Say what is done about it; the issue alone does not count.")
CHANGED = Wrong(
    "issue", "预览之后名单有变化，还没有记下任何一位；请再预览一次。", "The list changed since the preview; nobody was noted yet. Please preview again."
)


def _notice(request: Request, line: Line, issue: str, measure: str) -> Informed:
    """Return a notice as this customer is told it: with what of his is affected, by the way asked for or the next one."""
    zh, number = _zh(request), line.affected.pk
    own = (f"（涉及您的：{line.affected.why}）" if zh else f" (yours: {line.affected.why})") if issue and line.affected.why else ""
    way = request.POST.get(f"way-{number}", "").strip()[:20]
    following = WAYS.get(line.next_way, ("电话名单", "Phone list", ""))
    return Informed(affected=line.affected, way=way or following[0 if zh else 1], issue=issue + own, measure=measure, at=now())


def _read(request: Request, line: Line, informed: Informed) -> str:
    """Return a notice as the customer reads it."""
    hello = f"{_name(line)}您好：" if _zh(request) else f"Dear {_name(line)}, "
    return f"{hello}{informed.issue}\n{informed.measure}"


def _write(request: Request, number: int, label: str, given: Mapping[str, object], part: str) -> HttpResponse:
    try:
        write(kinds()[label], given, by=request.user.pk, now=now(), zone=settings.LINGTING["ZONE"])
    except Refused as refused:
        return _show(request, number, 422, [Wrong(f"{part}-{one.column}", one.zh, one.en) for one in refused.wrong], part)
    return redirect("activation", number)


@require_POST
@page("contingencies.write")
def affect(request: Request, number: int) -> HttpResponse:
    """Write down one more customer who is affected."""
    given = {name: request.POST.get(name, "") for name in ("party", "why")}
    return _write(request, number, "contingencies.affected", {**given, "activated": _activated(request, number)}, "add")


@require_POST
@page("contingencies.write")
def note(request: Request, number: int) -> HttpResponse:
    """Write down that a customer asked, or that the last notice to him did not arrive."""
    words, chosen, what = (request.POST.get(name, "").strip() for name in ("words", "customer", "what"))
    affected = live(Affected).filter(activated=_activated(request, number).pk, pk=numbered(chosen)).first()
    wrong = [] if affected else [Wrong("note-customer", "请选择是哪位顾客。", "Say which customer.")]
    if what == "lost":
        last = live(Informed).filter(affected=affected).order_by("-at", "-id").first() if affected else None
        wrong += [] if last or not affected else [Wrong("note-what", "还没有告知过他。", "He was not told anything yet.")]
        wrong += [] if words else [Wrong("note-words", "请写明为什么没有送达。", "Say why it did not arrive.")]
        given: dict[str, object] = {"informed": last, "why": words}
    elif what == "asked":
        wrong += [] if request.POST.get("way", "").strip() else [Wrong("note-way", "请写明顾客用什么方式来问的。", "Say which way the customer asked.")]
        given = {"affected": affected, "way": request.POST.get("way"), "words": words, "at": request.POST.get("at")}
    else:
        wrong.append(Wrong("note-what", "请选择发生了什么。", "Say what happened."))
    if wrong:
        return _show(request, number, 422, wrong, "note")
    return _write(request, number, "contingencies.undelivered" if what == "lost" else "contingencies.asked", given, "note")


@require_POST
@page("contingencies.write")
def end(request: Request, number: int) -> HttpResponse:
    """Write down that the emergency is over; what was learnt is asked for next."""
    return _write(request, number, "contingencies.ended", {"activated": _activated(request, number), "at": request.POST.get("at")}, "end")


@require_POST
@page("contingencies.write")
def review(request: Request, number: int) -> HttpResponse:
    """Write down what went well, what did not and what changes."""
    given = {name: request.POST.get(name, "") for name in ("well", "badly", "changes")}
    return _write(request, number, "contingencies.reviewed", {**given, "activated": _activated(request, number)}, "review")
