"""10.1, 10.2.1, 10.2.2, 10.3 Improvement: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record
from lingting.registers.conversations.models import Found
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def idea(put: Put) -> Callable[..., Record]:
    def see(code: str = "OP-1", **given: object) -> Record:
        return put("improvements.opportunity", code=code, **{"what": "到货前一小时短信", "origin": "customer", "at": "2026-07-01", **given})

    return see


@turns_red("10.1-C1", "10.1-C2")
def test_a_suggestion_that_vanishes_fails(idea: Callable[..., Record], stands: Stands) -> None:
    idea()
    assert stands("10.1-C1") == stands("10.1-C2") == ("nonconforms", 1, 1)
    assert stands("10.1-C2", "2026-07-14 09:00")[2] == 0


@stays_green("10.1-C1", "10.1-C2")
def test_a_suggestion_declined_with_a_reason_was_assessed(idea: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    put("improvements.chosen", opportunity=idea(), taken=False, reason="短信已有", decided_by=boss, at="2026-07-14")
    idea("OP-2", at="2026-08-20")
    assert stands("10.1-C1") == stands("10.1-C2") == ("conforms", 0, 1)


@turns_red("10.2.1-C1")
def test_a_registered_complaint_that_nobody_judged_fails(customer: Party, put: Put, stands: Stands) -> None:
    put("complaints.complaint", code="CP-008", party=customer, what="送到旧地址", at="2026-08-20 09:00")
    assert stands("10.2.1-C1") == ("nonconforms", 1, 1)
    assert stands("10.2.1-C1", "2026-08-20 20:00")[2] == 0


@stays_green("10.2.1-C1")
def test_a_complaint_judged_no_nonconformity_was_judged(customer: Party, put: Put, stands: Stands) -> None:
    row = put("complaints.complaint", code="CP-008", party=customer, what="送到旧地址", at="2026-08-20 09:00")
    put("improvements.weighed", complaint=row, reason="顾客自己写错地址", at="2026-08-20 12:00")
    assert stands("10.2.1-C1") == ("conforms", 0, 1)


@stays_green("10.2.1-C1")
def test_a_complaint_heard_and_not_registered_is_asked_about_once_and_not_here(hear: Callable[..., Found], stands: Stands) -> None:
    """“我要投诉”没有登记：8.2.1-C7 不通过；是否构成不合格，登记以后才问。"""
    hear("complaint.made", "2026-07-01 09:00")
    assert stands("8.2.1-C7") == ("nonconforms", 1, 1)
    assert stands("10.2.1-C1") == ("no-evidence", 0, 0)


@pytest.fixture
def raised(put: Put) -> Callable[..., Record]:
    def write(code: str = "NC-1", at: str = "2026-06-01 09:00", **given: object) -> Record:
        return put("improvements.nonconformity", code=code, at=at, **{"clause": "8.4.1", "statement": "PV-06 无评价", "grade": "minor", **given})

    return write


@pytest.fixture
def acted(raised: Callable[..., Record], put: Put, boss: Record) -> Callable[..., Record]:
    """A nonconformity contained, analysed and acted on; the action is returned."""

    def go_through(code: str = "NC-1", **given: object) -> Record:
        row = raised(code)
        put("improvements.contained", nonconformity=row, what="当天补评价", at="2026-06-01 15:00")
        put("improvements.analysed", nonconformity=row, cause="system", why="启用时没有关口", similar="查了全部供方", at="2026-06-02")
        whole = {"what": "启用前必须有评价", "due": "2026-06-20", **given}
        return put("improvements.action", code=f"CAPA-{code[-1]}", nonconformity=row, owner=boss, **whole, at="2026-06-03")

    return go_through


@turns_red("10.2.1-C2")
def test_a_nonconformity_contained_after_two_days_fails(raised: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("improvements.contained", nonconformity=raised(), what="补评价", at="2026-06-03 09:00")
    assert stands("10.2.1-C2")[1:] == (1, 1)
    assert stands("10.2.1-C2")[0] == "at-risk"


@stays_green("10.2.1-C2")
def test_one_contained_within_the_day_and_one_just_raised_are_not_late(acted: Callable[..., Record], raised: Callable[..., Record], stands: Stands) -> None:
    acted()
    raised("NC-2", "2026-08-30 21:00")
    assert stands("10.2.1-C2")[1:] == (0, 1)


@turns_red("10.2.1-C3")
def test_an_apology_without_a_cause_fails(raised: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    put("improvements.action", nonconformity=raised(), what="致歉", owner=boss, due="2026-06-20", at="2026-06-03")
    assert stands("10.2.1-C3") == ("nonconforms", 1, 1)


@stays_green("10.2.1-C3")
def test_a_nonconformity_still_being_looked_at_needs_no_cause_yet(acted: Callable[..., Record], raised: Callable[..., Record], stands: Stands) -> None:
    acted()
    raised("NC-2")
    assert stands("10.2.1-C3") == ("conforms", 0, 1)


def finish(put: Put, action: Record, at: str = "2026-06-15", what: str = "关口已上线") -> None:
    put("improvements.done", action=action, what=what, at=at)


@turns_red("10.2.1-C4")
def test_closed_on_completion_without_a_look_at_the_effect_fails(acted: Callable[..., Record], put: Put, stands: Stands) -> None:
    """CAPA-002：关闭了，没有效果检查。"""
    action = acted()
    finish(put, action)
    put("improvements.closed", nonconformity=action.nonconformity, note="完成", at="2026-06-16")
    assert stands("10.2.1-C4") == ("at-risk", 1, 1)


@stays_green("10.2.1-C4")
def test_one_verified_after_a_fortnight_by_another_is_proved_and_an_open_one_is_not_asked(
    acted: Callable[..., Record], put: Put, person: Callable[..., Record], stands: Stands
) -> None:
    """CAPA-004 逾期未完成，但没有关闭：不算“未验证就关闭”。"""
    acted("NC-4", due="2026-08-15")
    action = acted("NC-2")
    finish(put, action)
    put("improvements.verified", action=action, effective=True, evidence="新供方 2 家都有评价", judged_by=person(), at="2026-06-29")
    put("improvements.closed", nonconformity=action.nonconformity, note="有效", at="2026-06-30")
    assert stands("10.2.1-C4") == ("conforms", 0, 1)


@turns_red("10.2.1-C5")
def test_what_was_closed_and_happens_again_recurs(acted: Callable[..., Record], raised: Callable[..., Record], put: Put, stands: Stands) -> None:
    for code in ("NC-1", "NC-3", "NC-5"):
        action = acted(code)
        finish(put, action)
        put("improvements.closed", nonconformity=action.nonconformity, note="完成", at="2026-06-16")
    for number in range(6, 10):
        raised(f"NC-{number}", "2026-07-20")
    assert stands("10.2.1-C5") == ("nonconforms", 4, 7)


@stays_green("10.2.1-C5")
def test_another_requirement_or_one_still_open_is_no_recurrence(acted: Callable[..., Record], raised: Callable[..., Record], put: Put, stands: Stands) -> None:
    action = acted()
    finish(put, action)
    put("improvements.closed", nonconformity=action.nonconformity, note="完成", at="2026-06-16")
    raised("NC-2", "2026-06-10")
    raised("NC-3", "2026-07-20", clause="8.4.2")
    assert stands("10.2.1-C5")[1:] == (0, 3)


@turns_red("10.2.2-C1")
def test_a_closed_one_of_which_no_result_is_written_down_fails(raised: Callable[..., Record], put: Put, stands: Stands) -> None:
    row = raised()
    put("improvements.analysed", nonconformity=row, cause="skill", why="不会", similar="查过", at="2026-06-02")
    put("improvements.closed", nonconformity=row, note="口头提醒", at="2026-06-03")
    assert stands("10.2.2-C1") == ("nonconforms", 1, 1)


@stays_green("10.2.2-C1")
def test_an_open_one_owes_no_result_yet(acted: Callable[..., Record], put: Put, stands: Stands) -> None:
    finish(put, acted())
    acted("NC-2")
    assert stands("10.2.2-C1") == ("conforms", 0, 2)


@pytest.fixture
def analysis(put: Put) -> Record:
    whole = {"topics": "improvement", "start": "2026-04-01", "until": "2026-06-30", "data": "投诉", "conclusion": "晚到多", "need": "到货前提醒"}
    return put("direction.analysis", code="AN-1", **whole, at="2026-07-05")


@pytest.fixture
def concluded(put: Put) -> Record:
    review = put("audits.review", code="MR-1", conclusion="适宜", next_due="2027-08-28", at="2026-08-28")
    return put("audits.concluded", review=review, output="improvement", conclusion="减少晚到", need=True, at="2026-08-28")


@turns_red("10.3-C1")
def test_needs_of_an_analysis_and_of_a_review_without_a_destination_fail(analysis: Record, concluded: Record, stands: Stands) -> None:
    assert stands("10.3-C1") == ("nonconforms", 2, 2)


@stays_green("10.3-C1")
def test_a_need_taken_up_as_an_opportunity_or_decided_has_one(
    analysis: Record, concluded: Record, idea: Callable[..., Record], put: Put, boss: Record, stands: Stands
) -> None:
    idea(origin="analysis", analysis=analysis, at="2026-07-06")
    put("audits.decision", concluded=concluded, what="提醒上线", owner=boss, due="2026-10-01", at="2026-08-28")
    assert stands("10.3-C1") == ("conforms", 0, 2)


@turns_red("10.3-C2")
def test_an_improvement_without_figures_fails(idea: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("improvements.finished", opportunity=idea(), what="短信上线", at="2026-07-20")
    assert stands("10.3-C2") == ("nonconforms", 1, 1)
    assert stands("10.3-C2", "2026-08-10 09:00")[2] == 0


@stays_green("10.3-C2")
def test_that_it_became_no_better_is_a_measured_effect(idea: Callable[..., Record], put: Put, stands: Stands) -> None:
    row = idea()
    put("improvements.finished", opportunity=row, what="短信上线", at="2026-07-20")
    indicator = put("direction.indicator", code="KPI-2", name="晚到率", topic="conformity", better="lower", at="2026-06-01")
    figures = {"before": "11.8", "n_before": 212, "after": "11.9", "n_after": 190, "conclusion": "没有差别"}
    put("improvements.compared", opportunity=row, indicator=indicator, **figures, at="2026-08-25")
    assert stands("10.3-C2") == ("conforms", 0, 1)
