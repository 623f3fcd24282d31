"""Direction: what cannot be written down, what follows from what is, and the lists as of earlier days."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import LATER, ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, write
from lingting.registers.direction import queries
from lingting.registers.direction.actions import period_end
from lingting.registers.direction.models import Expected, Slot

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


def day(words: str) -> Moment:
    return Moment(datetime.fromisoformat(words).replace(tzinfo=ZONE))


def refused(label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[f"direction.{label}"], {"at": "2026-07-01", **given}, by=1, now=LATER, zone=ZONE)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def boss(put: Put) -> Record:
    return put("people.person", code="GM", name="顾望", at="2026-01-01")


@pytest.fixture
def risk(put: Put) -> Record:
    return put("direction.risk", code="RK-1", sort="risk", what="港口关闭", grade="high", review="2026-12-31", at="2026-01-05")


@pytest.fixture
def indicator(put: Put) -> Record:
    return put("direction.indicator", code="KPI-1", name="准时率", topic="conformity", better="higher", every="month", at="2026-06-01")


def test_a_review_in_the_past_is_refused(boss: Record) -> None:
    assert refused("issue", code="CX-1", side="external", what="台风", review="2026-07-01") == {"review"}
    assert refused("climate", relevant=True, reason="是", decided_by=boss, review="2026-06-30") == {"review"}
    assert refused("risk", code="RK-9", sort="risk", what="x", grade="low", review="2026-01-01") == {"review"}


def test_only_a_clause_of_the_standard_can_be_left_out_and_only_once(boss: Record, put: Put) -> None:
    given = {"reason": "不设计", "decided_by": boss, "review": "2026-12-31"}
    assert refused("excluded", clause="8.9", **given) == {"clause"}
    assert refused("excluded", clause="3.2.3", **given) == {"clause"}, "a term is no requirement"
    first = put("direction.excluded", clause="8.3", **given, at="2026-06-01")
    assert refused("excluded", clause="8.3", **given) == {"clause"}
    assert refused("readmitted", excluded=first, reason="又设计", at="2026-05-01") == {"at"}
    put("direction.readmitted", excluded=first, reason="又设计", at="2026-06-10")
    put("direction.excluded", clause="8.3", **given, at="2026-06-20")


def test_a_look_again_is_at_one_thing_and_only_risks_are_graded(risk: Record, put: Put) -> None:
    issue = put("direction.issue", code="CX-1", side="external", what="台风", review="2026-12-31", at="2026-06-01")
    given = {"changed": False, "note": "照旧", "review": "2026-12-31"}
    assert refused("reviewed", **given) == {"law"}, "none of the three is given"
    assert len(refused("reviewed", risk=risk, issue=issue, **given)) == 1
    assert refused("reviewed", issue=issue, grade="low", **given) == {"grade"}
    assert len(refused("ended", reason="没有了", risk=risk, issue=issue)) == 1


def test_an_action_is_about_one_thing_its_owner_does_not_judge_it_and_its_day_only_moves_on(risk: Record, boss: Record, put: Put) -> None:
    assert len(refused("action", code="AC-1", what="x", owner=boss, due="2026-08-01")) == 1
    assert refused("action", code="AC-1", what="x", owner=boss, due="2026-06-30", risk=risk) == {"due"}
    action = put("direction.action", code="AC-1", what="x", owner=boss, due="2026-08-01", risk=risk, at="2026-07-01")
    assert refused("proved", action=action, effective="yes", evidence="好", judged_by=boss) == {"judged_by"}
    assert refused("postponed", action=action, due="2026-08-01", reason="忙", decided_by=boss) == {"due"}


def test_a_figure_of_a_period_that_is_not_over_or_of_no_case_is_refused(indicator: Record) -> None:
    given = {"indicator": indicator, "value": 90}
    assert refused("value", start="2026-06-01", until="2026-07-02", n=5, **given) == {"until"}
    assert refused("value", start="2026-06-10", until="2026-06-09", n=0, **given) == {"until", "n"}


def test_each_figure_makes_the_next_fall_due_once(indicator: Record, put: Put) -> None:
    put("direction.value", indicator=indicator, start="2026-06-01", until="2026-06-30", value=90, n=5, at="2026-07-02")
    put("direction.value", indicator=indicator, start="2026-06-01", until="2026-06-30", value=91, n=6, at="2026-07-03")
    periods = [(f"{row.start:%m-%d}", f"{row.until:%m-%d}") for row in Expected.objects.order_by("start")]
    assert periods == [("06-01", "06-30"), ("07-01", "07-31")]


@pytest.mark.parametrize(
    ("every", "start", "until"),
    [("day", "2026-06-01", "2026-06-01"), ("week", "2026-06-01", "2026-06-07"), ("month", "2026-02-01", "2026-02-28"), ("month", "2026-12-01", "2026-12-31"),
     ("quarter", "2026-11-01", "2027-01-31"), ("year", "2026-01-01", "2026-12-31")],
)  # fmt: skip
def test_periods_end_where_the_calendar_ends_them(every: str, start: str, until: str) -> None:
    assert period_end(datetime.fromisoformat(start).date(), every).isoformat() == until


def test_what_comes_round_falls_due_again_when_it_was_held(put: Put, boss: Record) -> None:
    message = put("direction.message", code="CM-1", side="internal", what="晨会", owner=boss, every=7, at="2026-06-01")
    slot = put("direction.slot", message=message, due="2026-06-08", at="2026-06-01")
    put("direction.held", slot=slot, at="2026-06-09")
    assert sorted(row.due.isoformat() for row in Slot.objects.all()) == ["2026-06-08", "2026-06-15"]
    assert refused("held", slot=slot) == {"slot"}, "held already"


def test_a_change_is_checked_after_it_took_effect(put: Put) -> None:
    change = put("direction.change", code="CH-1", what="话术", at="2026-07-01")
    given = {"change": change, "method": "平行质检", "met": True, "result": "一致"}
    assert refused("checked", **given) == {"at"}
    put("direction.introduced", change=change, at="2026-07-13")
    assert refused("checked", **given, at="2026-07-12") == {"at"}
    put("direction.checked", **given, at="2026-07-20")


def test_only_the_first_three_troubles_are_named(put: Put) -> None:
    whole = {"topics": "satisfaction", "start": "2026-04-01", "until": "2026-06-30", "data": "x", "conclusion": "x"}
    analysis = put("direction.analysis", code="AN-1", **whole, at="2026-07-01")
    assert refused("trouble", analysis=analysis, rank=4, what="x") == {"rank"}
    assert refused("analysis", code="AN-2", **{**whole, "until": "2026-07-02"}) == {"until"}
    assert refused("analysis", code="AN-2", **{**whole, "until": "2026-03-31"}) == {"until"}


def test_a_request_cannot_be_due_before_it_was_made() -> None:
    assert refused("requested", code="RQ-1", sort="people", what="4 人", due="2026-06-30") == {"due"}


def test_lists_as_of_earlier_days_show_what_stood_then(risk: Record, put: Put) -> None:
    put("direction.ended", risk=risk, reason="港口改建", at="2026-06-01")
    assert [queries.risks(day(words)).count() for words in ("2026-01-04 09:00", "2026-05-31 09:00", "2026-06-02 09:00")] == [0, 1, 0]


def test_what_is_not_called_satisfaction_is_not_found_by_a_part_of_its_name(put: Put) -> None:
    """“risks” 不应被 “planning risks providers” 以外的词命中。"""
    from lingting.registers.direction.choices import Topic

    put("direction.analysis", code="AN-1", topics="planning risks providers", start="2026-04-01", until="2026-06-30", data="x", conclusion="x", at="2026-07-01")
    found = {topic.value for topic in Topic if queries.current_analyses(day("2026-07-02 09:00"), topic).exists()}
    assert found == {"planning", "risks", "providers"}
