"""投诉旅程 A complaint's journey: what the customer sees and what happens inside on one axis of time, the limits that run, and the step due next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from lingting import catalog
from lingting.access.roles import may
from lingting.ledger.models import Record, RecordQuerySet, Struck
from lingting.records.kind import Kind, kinds
from lingting.records.values import Wrong, fixed
from lingting.registers.channels import queries as channels
from lingting.registers.complaints import effort, journey
from lingting.registers.complaints import queries as complaints
from lingting.registers.complaints.clocks import clocks
from lingting.registers.complaints.models import Complaint
from lingting.registers.improvements import actions as correcting
from lingting.site.clock import now
from lingting.web import prepared, said
from lingting.web.beside import Heard, broken, heard_of, judgements, spent, suspected, visible
from lingting.web.pages.around import around
from lingting.web.pages.forms import asked_for, write_step
from lingting.web.pages.page import Request, page, render
from lingting.web.pictures import charts

STAGES: dict[str, tuple[str, str]] = {
    "received": ("收到", "Received"), "acknowledged": ("确认", "Acknowledged"), "assessed": ("评估", "Assessed"), "investigated": ("调查", "Investigated"),
    "answered": ("答复", "Answered"), "reacted": ("客户反应", "Customer's word"), "closed": ("关闭", "Closed"), "followed": ("回访", "Followed up"),
}  # fmt: skip

LIMITS: dict[str, tuple[str, str]] = {
    "acknowledge": ("确认收到", "Acknowledge"),
    "answer": ("答复", "Answer"),
    "seen": ("最高管理者过目", "Seen by top management"),
    "taken": ("上级接手", "Taken over"),
    "follow": ("回访", "Follow up"),
    "outside": ("外部机构处理", "Body outside"),
    "letter": ("答复来函", "Reply to the letter"),
}

SHAPES: dict[str, tuple[str, str, str]] = {
    "met": ("●", "按时", "in time"), "late": ("◐", "做了，晚了", "done, late"), "overdue": ("▲", "已超时", "overdue"), "running": ("○", "还在走", "running"),
}  # fmt: skip

TABS = ("open_", "without_answer", "not_taken_over", "serious_unseen", "unacknowledged", "unanswered", "outside", "to_follow", "closed", "merged")
"""The lists that the page offers, of those the register has; with `all` besides."""

WAITING: dict[str, Callable[[journey.Past], bool]] = {
    "open_": lambda _: True, "without_answer": lambda past: past.in_vain, "unacknowledged": lambda past: not past.all("acknowledged"),
    "unanswered": lambda past: not past.lately("answered") and past.since <= past.at - complaints.ANSWER_WITHIN,
}  # fmt: skip
"""The lists of open complaints, told by what happened to each: so that the deep query of what is open is asked once."""

URGENT = ("not_taken_over", "serious_unseen", "outside", "to_follow")
APART = ("open_", *URGENT, "merged")
IN_A_PAGE, AT_MOST = 25, 5000
KIND = "complaints.complaint"


@require_GET
@page("complaints.read")
def listing(request: Request) -> HttpResponse:
    """List complaints, those first whose limits ran out longest ago; in a month without any, whether the ways in are open."""
    moment, chosen = request.moment, request.GET.get("list", "open_")
    if chosen != "all" and chosen not in TABS:
        raise Http404
    lists = {name: visible(request, getattr(complaints, name)(moment)) for name in APART} | {"all": visible(request, complaints.registered(moment))}
    waiting = journey.standings(_numbers(lists["open_"]), moment, all_open=True)
    # What waits is looked at whole, so that the most urgent comes first; what waits for nothing page by page.
    found: dict[str, Any] = {name: [one for one in waiting if test(one.past)] for name, test in WAITING.items()} | {
        name: _numbers(rows) for name, rows in lists.items() if name != "open_"
    }
    open_too = {one.past.complaint.pk for one in waiting} | set(found["merged"])
    found["closed"] = [number for number in found["all"] if number not in open_too]
    whole = found[chosen] if chosen in WAITING else journey.standings(found[chosen], moment) if chosen in URGENT else found[chosen]
    shown = Paginator(whole, IN_A_PAGE).get_page(request.GET.get("page", "1"))
    rows = list(shown.object_list) if chosen in {*WAITING, *URGENT} else journey.standings(list(shown.object_list), moment)
    since = localtime(moment.at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    this_month = lists["all"].filter(at__gte=since).count()
    return render(
        request,
        "complaint_list.html",
        page=shown,
        rows=rows,
        chosen=chosen,
        names=kinds()[KIND].text.lists,
        counts={name: len(found[name]) for name in (*TABS, "all")},
        stages=STAGES,
        this_month=this_month,
        now=moment.at,
        limit_names=LIMITS,
        channels=list(channels.offered(moment).order_by("works", "probed_at", "code")) if not this_month and may(request.user, "channels.read") else None,
        untried={row.pk for row in channels.untried(moment)} if not this_month else set(),
        letters_near=moment.at.date(),
    )


def _numbers(rows: RecordQuerySet[Complaint]) -> list[int]:
    return list(rows.order_by("-at", "-id").values_list("pk", flat=True)[:AT_MOST])


@require_GET
@page("complaints.read")
def complaint(request: Request, number: int) -> HttpResponse:
    """Show one complaint on its way."""
    return _show(request, number)


@require_POST
@page("complaints.write")
def step(request: Request, number: int, kind: str) -> HttpResponse:
    """Write down the next step of a complaint, by the same rules as the register's own form."""
    one = kinds().get(f"complaints.{kind}")
    row = visible(request, complaints.registered(request.moment)).filter(pk=number).first()
    about = _about(one, row, journey.beyond(row, request.moment) | _answers(row, request)) if one and row else None
    if one is None or row is None or about is None:
        raise Http404
    given, wrong = write_step(request, one, about)
    return _show(request, number, 422, kind, given, wrong) if wrong else redirect("complaint", number)


@require_POST
@page("improvements.write")
def judge(request: Request, number: int) -> HttpResponse:
    """Decide whether a complaint is a nonconformity, and raise it at once if so; without a reason it is no decision."""
    row = visible(request, complaints.registered(request.moment)).filter(pk=number).first()
    if row is None:
        raise Http404
    reason, clause = request.POST.get("judgement", "").strip(), request.POST.get("clause", "")
    if not reason or (clause and clause not in {leaf.number for leaf in catalog.read().leaves()}):
        words = ("请写明判定的理由，条款须是可评价的条款。", "Give the reason for the judgement; a clause must be one that can be assessed.")
        return _show(request, number, 422, wrong=(Wrong("judgement", *words),))
    judged = next(iter(judgements(request, row)), None) or correcting.judge(row, reason=reason, clause=clause, at=now(), by=request.user.pk)
    return redirect("improvement", judged.nonconformity_id) if judged.nonconformity_id else redirect("complaint", number)


def _answers(row: Complaint, request: Request) -> dict[str, list[Any]]:
    return {"answered": list(row.answers.as_of(request.moment).order_by("at", "id"))}


def _about(kind: Kind, row: Complaint, steps: Mapping[str, Any]) -> dict[str, object] | None:
    """Return the columns of a step that the page fixes: the complaint, or the answer that a second person looks at; nothing where it is no step."""
    names = {column.name for column in kind.columns}
    if kind.name == "checked" and steps.get("answered"):
        return {"answered": steps["answered"][-1].pk}
    return {"complaint": row.pk} if "complaint" in names and kind.about and kind.about.name == "complaint" else None


@dataclass(frozen=True, slots=True)
class Event:
    """Something on the way: its number in the picture, on which line, the record with its kind, and how long nothing happened afterwards."""

    number: int
    lane: int
    row: Record
    kind: Kind
    pause: timedelta | None
    round: int


def _show(
    request: Request, number: int, status: int = 200, step_kind: str = "", given: Mapping[str, str] | None = None, wrong: tuple[Wrong, ...] = ()
) -> HttpResponse:
    moment, kind = request.moment, kinds()[KIND]
    row = (
        visible(request, complaints.registered(moment))
        .select_related("party", "order", "offering", "accused", "found__said__conversation")
        .filter(pk=number)
        .first()
    )
    if row is None:
        if Struck.objects.as_of(moment).filter(record=number).exists():
            return redirect("record", "complaints", "complaint", number)
        raise Http404
    context = around(request, kind, row)
    steps = {other.name: list(reversed(rows)) for other, column, rows, _ in context["history"] if other.register == "complaints" and column.name == "complaint"}
    duplicates: list[Any] = next((rows for other, column, rows, _ in context["history"] if other.name == "merged" and column.name == "into"), [])
    past = journey.Past(row, moment.at, row.since, complaints.closed(moment).filter(pk=row.pk).exists(), steps | journey.beyond(row, moment))
    events, limits = _events(past), journey.limits(past)
    due = journey.due_step(past)
    chosen = step_kind or request.GET.get("step", "") or due
    asked = _asked(request, chosen, past, given, wrong)
    heard = heard_of(request, row, steps.get("mentioned", []))
    return render(
        request,
        "complaint.html",
        status,
        **(context | {"wrong": wrong}),
        standing=journey.stands(past),
        past=past,
        events=events,
        stages=journey.stages(past),
        stage_names=STAGES,
        limits=limits,
        limit_names=LIMITS,
        shapes=SHAPES,
        clocks=clocks(),
        picture=_picture(request, past, events, limits),
        due=due,
        heard=heard,
        step=kinds().get(f"complaints.{chosen}"),
        asked=asked,
        message=_message(request, past, chosen, heard),
        now=moment.at,
        attempts=past.lately("attempted"),
        steps=[other for other, column in context["nexts"] if other.register == "complaints" and column.name == "complaint"],
        duplicates=duplicates,
        suspected=suspected(request, row) if not past.merged else [],
        links=judgements(request, row),
        leaves=catalog.read().leaves(),
        broken=broken(request, row),
        told=list(said.told_of(request, complaint=row)),
        spent=spent(row, request),
        multipliers=effort.multipliers(moment, of=("minutes",)),
        known={one.column.name for one in asked},
        upwards=journey.upwards(past),
        investigation=_newest(past, "investigated"),
        fixed=fixed,
    )


def _newest(past: journey.Past, kind: str) -> Any:
    rows = past.all(kind)
    return rows[-1] if rows else None


def _events(past: journey.Past) -> list[Event]:
    """Return everything that happened in the order of time, each with the number by which the picture and the list know it."""
    rows = sorted([past.complaint, *(row for rows in past.steps.values() for row in rows)], key=lambda row: (row.at, row.pk))
    pauses, numbers, rounds = journey.pauses([row.at for row in rows]), count(1), 1
    found = []
    for place, row in enumerate(rows):
        kind = kinds()[row._meta.label_lower]
        rounds += kind.name == "reopened"
        found.append(Event(next(numbers), int(kind.name not in journey.SEEN_BY_CUSTOMER), row, kind, pauses.get(place), rounds))
    return found


def _picture(request: Request, past: journey.Past, events: list[Event], limits: list[journey.Limit]) -> Any:
    zh, zone = request.language == "zh-hans", settings.LINGTING["ZONE"]
    over = past.closed or past.merged

    def name(text: Any) -> str:
        return str(text.zh if zh else text.en)

    marks = [
        (one.row.at.astimezone(zone), one.lane, str(one.number), f"{one.number} {name(one.kind.text)} {one.row.at.astimezone(zone):%m-%d %H:%M}")
        for one in events
    ]
    last = max(one.row.at for one in events)
    drawn = [
        one
        for one in limits
        if one.due <= max(past.at, last) + timedelta(days=30) and not (over and one.due > max(last, past.complaint.at + timedelta(days=30)))
    ]
    return charts.journey(
        marks,
        [
            (one.due.astimezone(zone), f"{LIMITS[one.name][0 if zh else 1]} {one.due.astimezone(zone):%m-%d %H:%M}", one.state(past.at) in {"late", "overdue"})
            for one in drawn
        ],
        until=(last if over else past.at).astimezone(zone),
        lanes=("客户看到的", "内部发生的") if zh else ("What the customer sees", "What happens inside"),
        label="投诉的经过：上面是客户看到的，下面是内部发生的，同一条时间轴"
        if zh
        else "The way of the complaint: above what the customer sees, below what happens inside, on one axis of time",
    )


def _asked(request: Request, chosen: str, past: journey.Past, given: Mapping[str, str] | None, wrong: tuple[Wrong, ...]) -> list[Any]:
    kind = kinds().get(f"complaints.{chosen}")
    about = _about(kind, past.complaint, past.steps) if kind else None
    if kind is None or about is None or not may(request.user, kind.write):
        return []
    return asked_for(request, kind, given if given is not None else _filled(request, chosen, past) | request.GET.dict(), wrong, fixed=about.keys())


def _filled(request: Request, chosen: str, past: journey.Past) -> dict[str, str]:
    """Return what the facts already say of a step's columns, to be read over."""
    zh = request.language == "zh-hans"
    reactions, answers = past.lately("reacted"), past.lately("answered")
    reason = (
        "withdrawn" if past.withdrawn else "unreached" if not reactions and len(past.lately("attempted")) >= journey.TWICE
        else "settled" if reactions and reactions[-1].content else "rejected" if answers and answers[-1].decision == "rejected" else ""
    )  # fmt: skip
    vain = "关闭时没有给客户答复。" if zh else "It was closed without an answer to the customer."
    filled = {"closed": {"reason": reason}, "taken": {"level": journey.upwards(past)}, "reopened": {"why": vain if past.in_vain else ""}}
    return filled.get(chosen, {})


def _message(request: Request, past: journey.Past, chosen: str, heard: list[Heard]) -> dict[str, Any] | None:
    """Return the prepared message of a step in both languages, the customer's own first."""
    message = prepared.COMPLAINT.get(chosen)
    if message is None:
        return None
    english = any((one.found.conversation.language or "").startswith("en") for one in heard)
    own_english = english if message.to == "customer" else request.language != "zh-hans"
    words = {"zh": message.zh.format(**_facts(request, past, zh=True)), "en": message.en.format(**_facts(request, past, zh=False))}
    return {"to": message.to, "first": "en" if own_english else "zh", "words": words}


def _facts(request: Request, past: journey.Past, *, zh: bool) -> dict[str, str]:
    row, names = past.complaint, kinds()["complaints.investigated"]
    found_out, answers = _newest(past, "investigated"), past.lately("answered")
    failed, serious = past.failed_at, past.serious_at
    closed = past.lately("closed")

    def at(when: datetime | None, *, clock: bool = True) -> str:
        return prepared.said_at(when, zh=zh, clock=clock)

    def by(when: datetime | None) -> str:
        """Return a limit; of one that is past, today, and that it is past."""
        if when is None or when > past.at:
            return at(when)
        return f"今天下班（期限 {at(when)} 已过）" if zh else f"the end of today (it was due {at(when)})"

    told = "【查到了什么】" if zh else "【what came out】"
    if found_out is not None:
        cause = names.column("cause").text.choices[found_out.cause]
        told = f"{found_out.what or '▒▒'}（{cause.zh}）" if zh else f"{found_out.what or '▒▒'} ({cause.en})"
    top = journey.upwards(past) == "top"
    reasons = (
        (("属于重大投诉", "is serious") if top else ("两次补救都没有成功", "two recoveries failed"))
        if (failed or serious)
        else ("需要您决定", "needs your decision")
    )
    take_by = serious + complaints.SEEN_WITHIN if top and serious else failed + complaints.TAKEN_WITHIN if failed else None
    return {
        "customer": called(row.party, zh=zh), "code": row.code, "what": row.what or "▒▒", "who": request.user.name, "day": at(row.at, clock=False),
        "answer_by": by(past.since + complaints.ANSWER_WITHIN), "reason": reasons[0 if zh else 1], "remedy": row.remedy or ("没有说" if zh else "not said"),
        "take_by": by(take_by), "found_out": told, "evidence": (answers[-1].evidence if answers else "") or ("【证据】" if zh else "【evidence】"),
        "answer_day": at(answers[-1].at, clock=False) if answers else at(None), "today": at(past.at, clock=False),
        "follow_by": at(past.at + complaints.FOLLOWED_WITHIN, clock=False), "closed_day": at(closed[-1].at if closed else None, clock=False),
        "reopened_by": at(past.at + complaints.ANSWER_WITHIN),
    }  # fmt: skip


def called(party: Any, *, zh: bool) -> str:
    """Return how a customer is addressed."""
    return party.name or party.organisation or ("顾客" if zh else "customer")
