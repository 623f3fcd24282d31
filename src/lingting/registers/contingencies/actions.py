"""What we do with contingencies (应急): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils.timezone import localdate

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.records import reached
from lingting.records.values import Wrong
from lingting.records.write import Refused, act, live
from lingting.registers.contingencies.models import (
    Activated,
    Affected,
    Asked,
    Decided,
    Drilled,
    Ended,
    Event,
    Informed,
    Matched,
    Planned,
    Reviewed,
    Scenario,
    Undelivered,
)  # fmt: skip


@act(Decided)
def decide(decided: Decided) -> Iterator[Wrong | Record]:
    """Write down whether a scenario matters; what was decided without a reason counts as not decided."""
    yield from _named(decided)
    if decided.review and decided.review < localdate(decided.at):
        yield Wrong("review", "评审日期不能早于决定的那一天。", "The day to look again cannot be before the decision.")


@act(Planned)
def plan(planned: Planned) -> Iterator[Wrong | Record]:
    """Write down what is done and said when a scenario comes about."""
    yield from _named(planned)
    if planned.within is not None and planned.within < 1:
        yield Wrong("within", "至少 1 分钟。", "At least a minute.")


@act(Drilled)
def drill(drilled: Drilled) -> Iterator[Wrong | Record]:
    """Write down that a plan was tried out; there must be one."""
    yield from _named(drilled)
    if not live(Planned).filter(scenario=drilled.scenario_id, at__lte=drilled.at).exists():
        yield Wrong("scenario", "当时还没有方案，无从演练。", "There was no plan yet that could be tried out.")


def _named(record: Decided | Planned | Drilled) -> Iterator[Wrong]:
    if record.at < record.scenario.at:
        yield Wrong("at", "不会早于登记情景的时间。", "That cannot be before the scenario was named.")


@act(Event)
def happen(event: Event) -> Iterator[Wrong | Record]:
    """Write down that something went badly wrong."""
    if event.until and event.until < event.at:
        yield Wrong("until", "结束时间不能早于开始时间。", "It cannot end before it begins.")


@act(Matched)
def match(matched: Matched) -> Iterator[Wrong | Record]:
    """Write down which scenario now stands for an event that had none."""
    if matched.event.scenario_id is not None:
        yield Wrong("event", "这次事件当时就有对应的情景。", "The event had its scenario from the start.")


@act(Activated)
def activate(activated: Activated) -> Iterator[Wrong | Record]:
    """Put a plan to work, and write down who is affected and why.

    1. Hold the deadline against the plan in force.
    2. Take the orders within the scope that is given.
    3. Write one line for each customer, with the orders that make him one.
    """
    if activated.deadline <= activated.at:
        yield Wrong("deadline", "告知期限要晚于启动时间。", "The deadline lies after the activation.")
    planned = live(Planned).filter(scenario=activated.scenario_id, at__lte=activated.at).order_by("-at", "-id").first()
    if planned and planned.within and activated.deadline > activated.at + timedelta(minutes=planned.within):
        yield Wrong("deadline", f"方案规定 {planned.within} 分钟内告知。", f"The plan says within {planned.within} minutes.")
    scope = _scope(activated)
    if activated.words and not scope.given:
        yield Wrong(
            "since",
            "请写明从什么时候起的订单受影响，或哪里、哪项产品、哪家供方的。",
            "Say from when on orders are affected, or where, of what or in whose hands.",
        )
    if activated.since and activated.until and activated.until < activated.since:
        yield Wrong("until", "不能早于起始时间。", "It cannot be before the beginning.")
    for party, codes in (reached.customers(scope, activated.at) if scope.given else {}).items():
        yield Affected(activated=activated, party_id=party, why="、".join(codes), at=activated.at)


def _scope(activated: Activated) -> reached.Scope:
    return reached.Scope(
        activated.since, activated.until, activated.words, activated.place or "", offering=activated.offering_id, provider=activated.provider_id
    )


@act(Affected)
def affect(affected: Affected) -> Iterator[Wrong | Record]:
    """Write down one more customer who is affected."""
    if live(Affected).filter(activated=affected.activated_id, party=affected.party_id).exists():
        yield Wrong("party", "这位顾客已经在受影响的名单上。", "This customer is on the list already.")


@act(Informed)
def inform(informed: Informed) -> Iterator[Wrong | Record]:
    """Write down what an affected customer was told; words without issue or measure are written down as they were, and do not count."""
    yield from _after_activation(informed, informed.affected)
    if not informed.issue and not informed.measure:
        yield Wrong("issue", "请写明告知了什么：可能的情况和采取的措施。", "Say what he was told: the issue and the measure.")


def inform_all(rows: Sequence[Informed], *, by: int | None) -> None:
    """Write down that several affected customers were told, issue and measure both: all of it in one act, or – raising Refused – nothing."""
    wrong: dict[Wrong, None] = {}
    for row in rows:
        wrong.update(dict.fromkeys(one for one in inform(row) if isinstance(one, Wrong)))
        if not row.issue:
            wrong[Wrong("issue", "请写明可能的情况。", "Say what may happen.")] = None
        if not row.measure:
            wrong[Wrong("measure", "请写明采取的措施：只说情况不算告知。", "Say what is done about it; the issue alone does not count.")] = None
    if not rows:
        wrong[Wrong("to", "没有待告知的顾客。", "Nobody is left to be told.")] = None
    if wrong:
        raise Refused(list(wrong))
    book.write(*rows, act="contingencies.inform", by=by)


@act(Asked)
def ask(asked: Asked) -> Iterator[Wrong | Record]:
    """Write down that an affected customer asked of his own accord."""
    yield from _after_activation(asked, asked.affected)


def _after_activation(record: Informed | Asked, affected: Affected) -> Iterator[Wrong]:
    if record.at < affected.activated.at:
        yield Wrong("at", "不会早于启动的时间。", "That cannot be before the activation.")


@act(Undelivered)
def fail(undelivered: Undelivered) -> Iterator[Wrong | Record]:
    """Write down that a message did not arrive."""
    if undelivered.at < undelivered.informed.at:
        yield Wrong("at", "不会早于发出的时间。", "That cannot be before it was sent.")


@act(Ended)
def end(ended: Ended) -> Iterator[Wrong | Record]:
    """Write down that an emergency is over."""
    yield from _later(ended, ended.activated)


@act(Reviewed)
def review(reviewed: Reviewed) -> Iterator[Wrong | Record]:
    """Write down what was learnt from it."""
    yield from _later(reviewed, reviewed.activated)


def _later(record: Ended | Reviewed, activated: Activated) -> Iterator[Wrong]:
    if record.at < activated.at:
        yield Wrong("at", "不会早于启动的时间。", "That cannot be before the activation.")


@act(Scenario)
def name(scenario: Scenario) -> Iterator[Wrong | Record]:
    """Write down something that may go badly wrong, under a name that no other has."""
    if live(Scenario).filter(name=scenario.name).exists():
        yield Wrong("name", "已有同名的情景。", "A scenario of this name exists.")
