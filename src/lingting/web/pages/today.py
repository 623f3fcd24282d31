"""今日 Today: what is wrong here and where to click, then the reader's own work, the worst first."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lingting import catalog
from lingting.access.models import Account
from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.catalog.model import Check, Clause
from lingting.conformity import assess, outcomes, weeks
from lingting.conformity.assess import Standing
from lingting.conformity.check import CHECKS
from lingting.conformity.verdict import State
from lingting.inspection.finding import Kind
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Found
from lingting.registers.promises import queries as promises
from lingting.site.clock import now
from lingting.web import notices
from lingting.web.counted import Share, part
from lingting.web.lengths import length
from lingting.web.pages.page import Request, page, render

SHOWN = 8
OWN = 50
"""Of one's own work so much is shown that nothing is left out in practice."""

A_WEEK = timedelta(days=6)
"""A Monday morning is held against the Sunday eight days ago, not against last night."""

QUEUE = "conversation__queue"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for somebody, as a list of a register: it is counted, and the number opens the list; the English words go by the count."""

    kind: str
    list: str
    zh: str
    en: str


WAITING: Mapping[str, Waiting] = {
    "call-back": Waiting("conversations.callback", "callback_waiting", "个回拨还没有做", "[call-back|call-backs] to be made"),
    "unacknowledged": Waiting("complaints.complaint", "unacknowledged", "件投诉还没有确认收到", "[complaint|complaints] not acknowledged"),
    "complaints": Waiting("complaints.complaint", "open_", "件投诉未关闭", "[complaint|complaints] open"),
    "unanswered": Waiting("complaints.complaint", "unanswered", "件投诉超过时限没有答复", "[complaint|complaints] past their answer"),
    "taken-over": Waiting("complaints.complaint", "not_taken_over", "件投诉两次补救失败，等上级接手",
                          "[complaint|complaints] failed twice, for a superior to take over"),
    "follow": Waiting("complaints.complaint", "to_follow", "件投诉关闭后没有回访", "closed [complaint|complaints] nobody called back about"),
    "letters": Waiting("complaints.letter", "letters_late", "封来函逾期答复", "[letter|letters] answered late or not"),
    "orders-untold": Waiting("orders.order", "untold", "份订单接受了却没有告知顾客", "[order|orders] accepted and the customer not told"),
    "property": Waiting("property.item", "untold", "件顾客财产没有告知怎样看管", "[item|items] of customers' property whose owner was not told how it is kept"),
    "harm": Waiting("property.harmed", "unreported", "次损坏，顾客没有先从我们这里得知", "[harm|harms] the owner did not hear of from us first"),
    "undecided": Waiting("contingencies.scenario", "undecided", "个应急情景没有判定是否相关", "[contingency|contingencies] nobody ruled relevant or not"),
    "unplanned": Waiting("contingencies.scenario", "unplanned", "个应急情景相关、方案不全", "relevant [contingency|contingencies] without a full plan"),
    "under-way": Waiting("contingencies.activated", "under_way", "次应急正在进行", "[contingency|contingencies] under way"),
    "quarantined": Waiting("instruments.instrument", "quarantined", "件测量资源停用隔离", "[instrument|instruments] in quarantine"),
    "overdue-instruments": Waiting("instruments.instrument", "overdue", "件测量资源校准过期", "[instrument past its|instruments past their] calibration"),
    "uncalibrated": Waiting("instruments.instrument", "uncalibrated", "件测量资源未校准，结果只作提示",
                            "[instrument|instruments] not calibrated: indications only"),
    "missed-controls": Waiting("instruments.missed", "missed_controls", "个期间核查到期没有跑成", "[control|controls] due and not run"),
    "suspects": Waiting("instruments.used", "suspect_uses", "个测量结果起疑、没有处置", "[measurement|measurements] in doubt, not disposed of"),
    "unadjudicated": Waiting("instruments.labelled", "unadjudicated", "条标注等第二人和裁定", "[label|labels] for a second person and a ruling"),
    "actions": Waiting("improvements.action", "overdue_actions", "项纠正措施逾期", "corrective [action|actions] overdue"),
    "effects": Waiting("improvements.action", "effect_overdue", "项措施的效果检查逾期", "effect [check|checks] overdue"),
    "open-nc": Waiting("improvements.nonconformity", "open_", "项不符合未关闭", "[nonconformity|nonconformities] open"),
    "unanswered-nc": Waiting("improvements.nonconformity", "unanswered", "项改好了，没有告诉投诉的人", "put right, and whoever complained not told"),
    "contained-late": Waiting("improvements.nonconformity", "contained_late", "项不符合没有及时纠正", "[nonconformity|nonconformities] not contained in time"),
    "rulings": Waiting("conformity.ruling", "run_out", "项判定已过复核日期", "[ruling past its|rulings past their] review"),
    "unthanked": Waiting("people.effort", "unthanked", "次额外的努力超过七天没人感谢", "extra [effort|efforts] unthanked for seven days"),
    "suggestions": Waiting("people.suggested", "unanswered", "条员工建议超过十四天没有答复", "[suggestion|suggestions] of staff unanswered for fourteen days"),
    "roster": Waiting("surroundings.shift", "restless", "个班次不符合休息规定", "[shift|shifts] against the rules of rest"),
    "coaching": Waiting("people.low", "coached_late", "次辅导没有按期", "[coaching|coachings] late"),
    "requests": Waiting("agreements.request", "ownerless", "个内部请求没有人负责", "internal [request|requests] nobody owns"),
    "audit-findings": Waiting("audits.finding", "findings_late", "项审核发现整改逾期", "audit [finding|findings] corrected late or not"),
    "audit-asked": Waiting("audits.asked", "unreplied", "个审核请求等待答复", "[request|requests] of auditors unanswered"),
}  # fmt: skip
"""What can wait; which of it concerns whom stands in WORK."""

EVERYBODY = ("unacknowledged", "unanswered", "quarantined", "overdue-instruments", "uncalibrated", "undecided", "unplanned", "under-way", "property", "actions")
"""What whoever opens the page sees first, as far as they may."""

WORK: Mapping[str, tuple[str, ...]] = {
    "agent": ("call-back", "unacknowledged", "complaints", "property", "orders-untold", "under-way"),
    "supervisor": ("taken-over", "unacknowledged", "unanswered", "follow", "under-way", "unthanked", "suggestions", "roster", "coaching", "requests"),
    "inspector": ("unadjudicated", "suspects", "missed-controls", "uncalibrated", "quarantined", "overdue-instruments", "unanswered"),
    "quality_manager": (
        "actions", "effects", "open-nc", "unanswered-nc", "rulings", "overdue-instruments", "uncalibrated", "suspects", "unplanned", "undecided",
        "unanswered",
    ),
    "internal_auditor": ("audit-findings", "audit-asked", "effects", "contained-late", "rulings", "open-nc"),
    "external_auditor": ("audit-asked", "contained-late", "letters", "harm", "actions", "suspects"),
    "internal_customer": ("requests",),
}  # fmt: skip
"""Whose work it is, by role, the most urgent first."""


@require_GET
@page("today.read")
def today(request: Request) -> HttpResponse:
    """Show how the clauses stand, the worst checks with their reason, what waits, and the reader's own work."""
    moment, account = request.moment, request.user
    may_clauses = may(account, "clauses.read")
    standing = weeks.standings(moment, now=now()) if may_clauses else {}
    names = WORK.get(account.role, EVERYBODY)
    complaints = _unjudged(request)
    return render(
        request, "today.html", counts=_counts(standing, moment) if may_clauses else {}, worst=list(_worst(standing))[:SHOWN], moved=_moved(standing, moment),
        waiting=[row for row in _waiting(names, request) if row[1]], others=[row for row in _waiting(_rest(names), request) if row[1]],
        **_promises(request), complaints=complaints.select_related("conversation").order_by("-at")[:SHOWN], complaints_count=complaints.count(),
        understood=_understood(request), unheard=conversations.unheard().count(), **_own(account, moment),
        notices=notices.notices(account, moment), disputes=notices.waiting(account, moment),
    )  # fmt: skip


def _understood(request: Request) -> Share | None:
    """Return how many customers understood, for those who read conversations (S-BANK-14)."""
    if not may(request.user, "conversations.read"):
        return None
    found = part(request, "comprehended")
    return Share("comprehended", len(found.part), len(found.whole))


def _rest(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in EVERYBODY if name not in names)


def _counts(standing: Mapping[str, Standing], moment: Moment) -> dict[State, int]:
    """Return how many clauses stand how, the worst first."""
    left = assess.left(moment)
    found = Counter(assess.clause(leaf.number, standing, left)[0] for leaf in catalog.read().leaves())
    return {state: found[state] for state in State if found[state]}


def _worst(standing: Mapping[str, Standing]) -> Iterator[tuple[Clause, Check, Standing, tuple[str, str]]]:
    """Yield of each clause that does not conform its worst check, the worst first, with what is counted."""
    found = []
    for leaf in catalog.read().leaves():
        checks = [(check, standing[check.id]) for check in leaf.checks if check.id in standing]
        amiss = [pair for pair in checks if pair[1].verdict.state in {State.NONCONFORMS, State.AT_RISK}]
        if amiss:
            check, how = min(amiss, key=lambda pair: _badness(pair[1]))
            found.append((leaf, check, how, CHECKS[check.id].population))
    yield from sorted(found, key=lambda one: _badness(one[2]))


def _badness(how: Standing) -> tuple[int, int]:
    return list(State).index(how.verdict.state), -how.verdict.failing


def _moved(standing: Mapping[str, Standing], moment: Moment) -> list[tuple[str, State, State]]:
    """Return the clauses that stand otherwise than at the end of a week ago, with both states."""
    played = [one for one in weeks.played(moment.at) if one[0] <= moment.at - A_WEEK] if standing else []
    if not played:
        return []
    _, before, left_then = played[-1]
    left = assess.left(moment)
    pairs = [(leaf.number, assess.clause(leaf.number, before, left_then)[0], assess.clause(leaf.number, standing, left)[0]) for leaf in catalog.read().leaves()]
    return [pair for pair in pairs if pair[1] is not pair[2]]


def _waiting(names: tuple[str, ...], request: Request) -> Iterator[tuple[Waiting, int]]:
    for one in (WAITING[name] for name in names):
        kind = kinds().get(one.kind)
        if kind is not None and may(request.user, f"{kind.register}.read"):
            yield one, length(request, kind.label, one.list)


def _promises(request: Request) -> dict[str, Any]:
    allowed = may(request.user, "promises.read")
    overdue, waiting, vague = (
        seen(query(request.moment), request.user, QUEUE) if allowed else query(request.moment).none()
        for query in (promises.overdue, promises.waiting, promises.vague)
    )
    team = Counter(overdue.values_list("speaker", flat=True)).most_common() if request.user.role == "supervisor" else []
    return {
        "overdue": overdue.order_by("deadline")[:SHOWN], "overdue_count": overdue.count(), "waiting_count": waiting.count(), "vague_count": vague.count(),
        "next": waiting.order_by("deadline")[:SHOWN], "team": team,
    }  # fmt: skip


def _unjudged(request: Request) -> RecordQuerySet[Found]:
    heard = seen(outcomes.unjudged(request.moment), request.user, QUEUE)
    return heard if may(request.user, "improvements.read") else heard.none()


def _own(account: Account, moment: Moment) -> dict[str, Any]:
    """Return an agent's own promises that are open, and what was heard against a norm in their own words of late."""
    if account.role != "agent":
        return {"mine": None, "against": None}
    open_ = promises.overdue(moment) | promises.waiting(moment)
    mine = seen(open_, account, QUEUE).filter(speaker=account.name).order_by("deadline")
    against = seen(conversations.findings(moment), account, QUEUE).filter(said__speaker=account.name, kind=Kind.BREACH).select_related("conversation")
    return {"mine": list(mine[:OWN]), "against": list(against.order_by("-at")[:SHOWN])}
