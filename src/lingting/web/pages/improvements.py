"""改进 Improvements: complaints to weigh, what failing checks propose, nonconformities, their cause, action and proof of effect."""

from datetime import date
from itertools import groupby
from typing import Any

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from lingting import catalog
from lingting.access.own import oneself
from lingting.access.queues import seen
from lingting.conformity import assess, effect, outcomes, proposals
from lingting.conformity.check import CHECKS
from lingting.ledger.models import Entered, Entry, Record, numbered
from lingting.ledger.moment import Moment
from lingting.ledger.remembered import Remembered
from lingting.records.write import Refused, enter, live
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Found
from lingting.registers.improvements import actions
from lingting.registers.improvements import queries as improvements
from lingting.registers.improvements.choices import Cause, Grade
from lingting.registers.improvements.models import Action, Analysed, Answered, Closed, Contained, Done, Evidence, Nonconformity, Verified, Weighed
from lingting.registers.people.models import Person
from lingting.site.clock import now
from lingting.statistics.intervals import Interval, wilson
from lingting.web import said
from lingting.web.evidence import HIDDEN, Line, out_of_sight, shown
from lingting.web.pages.page import Request, page, render

CAUSES = {Cause.WILL: ("意愿", "Will"), Cause.SKILL: ("技能", "Skill"), Cause.SYSTEM: ("系统", "System")}
WAYS = (("电话", "Phone"), ("短信", "Text message"), ("邮件", "Mail"), ("当面", "In person"))
"""How somebody is told; others are typed."""

GRADES = {Grade.MINOR: ("一般", "Minor"), Grade.MAJOR: ("严重", "Major")}

WORST = 10
"""Nonconformities that are shown first: those of which something is overdue, then the major, then the oldest."""

SHOWN = 20
"""Records that show a nonconformity, as many as its page lists."""

OF_A_PATTERN = 4
"""Things that the page shows of a pattern; the list behind its check has them all."""

_OFFERED: Remembered[list[proposals.Proposal]] = Remembered(8)
"""What failing checks propose: what time alone changes shows within a minute, what is written at once."""


@require_GET
@page("improvements.read")
def listing(request: Request) -> HttpResponse:
    """List the complaints to weigh, the proposals and the nonconformities."""
    return _list(request)


def _list(request: Request, status: int = 200, wrong: tuple[str, ...] = ()) -> HttpResponse:
    moment = request.moment
    heard = seen(outcomes.unjudged(moment), request.user, "conversation__queue")
    rows = improvements.raised(moment).page(request.GET.get("after", ""))
    minute = moment.at if request.asked_at else moment.at.replace(second=0, microsecond=0)
    offered = _OFFERED.answer((minute, moment.known), lambda: proposals.proposed(moment, now=now()))
    return render(
        request, "improvements.html", status, complaints=heard.select_related("conversation").order_by("at")[:20], complaints_count=heard.count(),
        page=rows, open_count=improvements.open_(moment).count(), overdue=improvements.overdue_actions(moment).select_related("nonconformity"),
        leaves=catalog.read().leaves(), grades=GRADES, wrong=wrong, given=request.POST,
        proposals=_by_pattern(request, offered), proposals_count=len(offered), several=proposals.SEVERAL,
        worst=_worst(moment), effect_overdue=improvements.effect_overdue(moment).count(),
        unverified=improvements.closed_unverified(moment).count(),
    )  # fmt: skip


def _worst(moment: Moment) -> list[tuple[Nonconformity, tuple[date, ...], bool]]:
    """Return the nonconformities to see to first, each with the days that have passed and whether it was closed without a look at the effect."""
    late: dict[int, list[date]] = {}
    for number, day in improvements.overdue_actions(moment).values_list("nonconformity", "due"):
        late.setdefault(number, []).append(day)
    for number, look in improvements.effect_overdue(moment).values_list("nonconformity", "look"):
        late.setdefault(number, []).extend([look] if look else [])
    unverified = set(improvements.closed_unverified(moment).values_list("pk", flat=True))
    open_ = set(improvements.open_(moment).values_list("pk", flat=True))
    rows = improvements.raised(moment).filter(pk__in=open_ | unverified | set(late))
    ranked = sorted(rows, key=lambda row: (row.pk not in late, row.pk not in unverified, row.grade != Grade.MAJOR, row.at))
    return [(row, tuple(sorted(late.get(row.pk, ()))), row.pk in unverified) for row in ranked[:WORST]]


def _by_pattern(request: Request, offered: list[proposals.Proposal]) -> list[tuple[int, list[tuple[proposals.Proposal, str, str]]]]:
    """Return for each pattern, in the order of the clauses, on how many things it is proposed, and the first of them with what they are called."""
    together = [list(ones) for _, ones in groupby(offered, key=lambda one: one.pattern.id)]
    return [(len(ones), [(one, *_told(request, one)) for one in ones[:OF_A_PATTERN]]) for ones in together]


def _told(request: Request, one: proposals.Proposal) -> tuple[str, str]:
    """Return what the thing of a proposal is called and the words that show it, unless they are the same; of a queue that the reader may not see, neither."""
    if out_of_sight(one.rows[0], request.user):
        return HIDDEN, ""
    return one.called, "" if one.quote in one.called else one.quote


@require_POST
@page("improvements.write")
def propose(request: Request) -> HttpResponse:
    """Raise a nonconformity from a proposal with one click, or one for all things of a pattern; if it no longer stands, show the list as it is and say so."""
    pattern, thing = request.POST.get("pattern", ""), request.POST.get("thing", "")
    offered = [one for one in proposals.proposed(Moment(now()), now=now()) if one.pattern.id == pattern and thing in (one.thing, proposals.SEVERAL)]
    if not offered:
        return _list(request, 409, ("proposal",))
    one = offered[0]
    raised = actions.propose(
        clause=one.clause, pattern=pattern, thing=thing, statement=f"{one.pattern.zh} {one.pattern.en}",
        shown_by=tuple(dict.fromkeys((row._meta.label_lower, row.pk) for one in offered for row in one.rows)), at=now(), by=request.user.pk,
    )  # fmt: skip
    return redirect("improvement", raised.id)


@require_POST
@page("improvements.write")
def weigh(request: Request, number: int) -> HttpResponse:
    """Decide whether a complaint is a nonconformity; without a reason it is no decision."""
    found = seen(Found.objects.filter(id=number, norm=conversations.COMPLAINT), request.user, "conversation__queue").first()
    if found is None:
        raise Http404
    reason, clause = request.POST.get("reason", "").strip(), request.POST.get("clause", "")
    if not reason or (clause and clause not in {leaf.number for leaf in catalog.read().leaves()}):
        return _list(request, 422, (f"reason-{number}",))
    if not Weighed.objects.as_of(request.moment).filter(found=found).exists():
        actions.judge(found, reason=reason, clause=clause, at=now(), by=request.user.pk)
    return redirect("improvements")


@require_POST
@page("improvements.write")
def raise_(request: Request) -> HttpResponse:
    """Raise a nonconformity."""
    clause, statement, grade = (request.POST.get(field, "").strip() for field in ("clause", "statement", "grade"))
    known = {leaf.number for leaf in catalog.read().leaves()}
    wrong = tuple(field for field, bad in (("clause", clause not in known), ("statement", not statement), ("grade", grade not in set(Grade))) if bad)
    if wrong:
        return _list(request, 422, wrong)
    row = enter(Nonconformity(clause=clause, statement=statement, grade=Grade(grade), at=now()), by=request.user.pk)
    return redirect("improvement", row.id)


@require_GET
@page("improvements.read")
def improvement(request: Request, number: int) -> HttpResponse:
    """Show one nonconformity from its statement to the proof of effect."""
    return _show(request, number)


def _show(request: Request, number: int, status: int = 200, wrong: tuple[str, ...] = (), refused: Refused | None = None) -> HttpResponse:
    row = improvements.raised(request.moment).select_related("found").filter(id=number).first()
    if row is None:
        raise Http404
    verified = list(Verified.objects.as_of(request.moment).filter(action__nonconformity=row).order_by("at"))
    people = list(Person.objects.as_of(request.moment).order_by("code"))
    return render(
        request, "improvement.html", status, row=row, causes=CAUSES, grades=GRADES, wrong=wrong, refused=refused.wrong if refused else (), given=request.POST,
        several=proposals.SEVERAL, contained=row.containments.as_of(request.moment).first(), closed=row.closings.as_of(request.moment).first(),
        evidence=[_shown(request, one) for one in row.evidence.as_of(request.moment).order_by("id")[:SHOWN]],
        evidence_count=row.evidence.as_of(request.moment).count(),
        analyses=row.analyses.as_of(request.moment).order_by("at"),
        actions=row.actions.as_of(request.moment).select_related("owner").order_by("at"), people=people, me=oneself(request.user),
        done={one.action_id: one for one in Done.objects.as_of(request.moment).filter(action__nonconformity=row)},
        verified={one.action_id: one for one in verified}, effects=_pictures(request, verified),
        late=set(improvements.overdue_actions(request.moment).filter(nonconformity=row).values_list("pk", flat=True)),
        voices=_voices(request, row, verified), ways=WAYS,
    )  # fmt: skip


def _voices(request: Request, row: Nonconformity, verified: list[Verified]) -> list[tuple[said.Voice, str]]:
    """Return who complained of it, each with the words prepared for telling them what was changed: none before anything was."""
    done = [one.what for one in Done.objects.as_of(request.moment).filter(action__nonconformity=row).order_by("at", "id")]
    proved, changed = any(one.effective for one in verified), ("；" if request.language == "zh-hans" else "; ").join(done)
    return [
        (one, said.words(request, party=one.party, at=one.at, said=one.words, changed=changed, proved=proved) if done else "")
        for one in said.voices(request, row)
    ]


def _pictures(request: Request, verified: list[Verified]) -> dict[int, dict[str, Any]]:
    """Return what checks counted before an action took effect and when it was verified – and now, if the reader asks for it – with intervals to draw.

    `came` are the counts of what came in before that day and since, for as many days each.
    """
    found = {}
    for number, counted in effect.effects([one.pk for one in verified]).items():
        counts: list[tuple[str, int | None, int | None]] = [
            ("before", counted.failing_before, counted.scope_before),
            ("after", counted.failing_after, counted.scope_after),
        ]
        if request.GET.get("recount") == str(number) and counted.check_id in CHECKS:
            verdict = assess.ask(CHECKS[counted.check_id], request.moment).verdict
            counts.append(("now", verdict.failing, verdict.scope))
        came: list[tuple[str, int | None, int | None]] = [
            ("before", counted.new_failing_before, counted.new_scope_before),
            ("since", counted.new_failing_after, counted.new_scope_after),
        ]
        found[number] = {"row": counted, "counts": _drawn(counts), "came": [] if counted.new_scope_after is None else _drawn(came)}
    return found


def _drawn(counts: list[tuple[str, int | None, int | None]]) -> list[tuple[str, int, int, Interval | None]]:
    return [(name, failing or 0, scope or 0, wilson(failing or 0, scope or 0)) for name, failing, scope in counts]


def _record(one: Evidence) -> Record | None:
    try:
        model = apps.get_model(one.kind)
    except (LookupError, ValueError):
        return None
    return model.objects.filter(pk=one.record).first() if issubclass(model, Record) else None


def _shown(request: Request, one: Evidence) -> Line:
    """Return the record that a piece of evidence names as it reads now: words that were erased, or may not be seen, are not in it."""
    row = _record(one)
    return shown(row, request.user) if row is not None else Line(one.record, one.kind, None, one.quote or "", "")


def _find(number: int) -> Nonconformity:
    row: Nonconformity | None = live(Nonconformity).filter(id=number).first()
    if row is None:
        raise Http404
    return row


def _action(number: int) -> Action:
    row: Action | None = live(Action).select_related("nonconformity").filter(id=number).first()
    if row is None:
        raise Http404
    return row


def _person(request: Request, name: str) -> Person | None:
    number = request.POST.get(name, "")
    return Person.objects.as_of(request.moment).filter(pk=numbered(number) or 0).first()


def _day(request: Request, name: str) -> date | None:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        return None


def _try(request: Request, number: int, row: Entered) -> HttpResponse:
    """Take a step; one that may not be taken, or was taken already, is said at the form."""
    try:
        enter(row, by=request.user.pk)
    except Refused as refused:
        return _show(request, number, 409, refused=refused)
    return redirect("improvement", number)


@require_POST
@page("improvements.write")
def contain(request: Request, number: int) -> HttpResponse:
    """Write down the correction."""
    what, row = request.POST.get("what", "").strip(), _find(number)
    if not what:
        return _show(request, number, 422, ("contain",))
    return _try(request, number, Contained(nonconformity=row, what=what, at=now()))


@require_POST
@page("improvements.write")
def analyse(request: Request, number: int) -> HttpResponse:
    """Write down the cause and where similar cases were looked for."""
    cause, why, similar = (request.POST.get(field, "").strip() for field in ("cause", "why", "similar"))
    if cause not in set(Cause) or not why or not similar:
        return _show(request, number, 422, ("analyse",))
    return _try(request, number, Analysed(nonconformity=_find(number), cause=Cause(cause), why=why, similar=similar, at=now()))


@require_POST
@page("improvements.write")
def act(request: Request, number: int) -> HttpResponse:
    """Write down who will do what by when, and when its effect is checked."""
    what, owner, due = request.POST.get("what", "").strip(), _person(request, "owner"), _day(request, "due")
    if not what or due is None or owner is None:
        return _show(request, number, 422, ("act",))
    return _try(request, number, Action(nonconformity=_find(number), what=what, owner=owner, due=due, look=_day(request, "look"), at=now()))


@require_POST
@page("improvements.write")
def do(request: Request, number: int) -> HttpResponse:
    """Write down that an action was carried out."""
    what, row = request.POST.get("what", "").strip(), _action(number)
    if not what:
        return _show(request, row.nonconformity_id, 422, ("do",))
    return _try(request, row.nonconformity_id, Done(action=row, what=what, at=now()))


@require_POST
@page("improvements.verify")
def verify(request: Request, number: int) -> HttpResponse:
    """Write down whether an action worked; neither its owner nor the account that wrote it done can."""
    evidence, effective, row, by = request.POST.get("evidence", "").strip(), request.POST.get("effective", ""), _action(number), _person(request, "judged_by")
    check_id = request.POST.get("check_id", "").strip()
    if not evidence or effective not in {"yes", "no"} or by is None:
        return _show(request, row.nonconformity_id, 422, ("verify",))
    done = Done.objects.as_of(request.moment).filter(action=row).first()
    if done is not None and Entry.objects.filter(id=done.entry_id, by=request.user.pk).exists():
        return _show(request, row.nonconformity_id, 409, ("own",))
    answer = _try(
        request, row.nonconformity_id,
        Verified(action=row, effective=effective == "yes", evidence=evidence, judged_by=by, check_id=check_id, since=_day(request, "since"), at=now()),
    )  # fmt: skip
    effect.catch_up(Moment(now()))
    return answer


@require_POST
@page("improvements.write")
def close(request: Request, number: int) -> HttpResponse:
    """Close a nonconformity."""
    note, row = request.POST.get("note", "").strip(), _find(number)
    if not note:
        return _show(request, number, 422, ("close",))
    return _try(request, number, Closed(nonconformity=row, note=note, at=now()))


@require_POST
@page("improvements.write")
def answer(request: Request, number: int) -> HttpResponse:
    """Write down that whoever complained was told what was changed."""
    row, given = _find(number), {name: request.POST.get(name, "").strip() for name in ("party", "way", "words")}
    one = next((voice for voice in said.voices(request, row) if str(voice.party.pk) == given["party"]), None)
    if one is None:
        raise Http404
    if not given["way"] or not given["words"]:
        return _show(request, number, 422, ("answer",))
    told = Answered(nonconformity=row, party=one.party, complaint_id=one.complaint, way=given["way"][:40], words=given["words"], at=now())
    return _try(request, number, told)
