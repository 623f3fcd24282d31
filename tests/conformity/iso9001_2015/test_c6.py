"""6.1.1, 6.1.2, 6.3 Risks, actions and changes: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def risk(put: Put, boss: Record) -> Callable[..., Record]:
    """A risk that comes from an issue."""
    issue = put("direction.issue", code="CX-1", side="external", what="台风", owner=boss, review="2026-12-31", at="2026-01-02")

    def take_up(code: str = "RK-1", **given: object) -> Record:
        whole = {"sort": "risk", "what": "港口关闭", "grade": "high", "issue": issue, "review": "2026-12-31", "at": "2026-01-05"}
        return put("direction.risk", code=code, **{**whole, **given})

    return take_up


@pytest.fixture
def action(put: Put, boss: Record) -> Callable[..., Record]:
    def undertake(risk: Record, code: str = "AC-1", due: str = "2026-06-30") -> Record:
        return put("direction.action", code=code, what="改道预案", owner=boss, due=due, risk=risk, at="2026-02-01")

    return undertake


@turns_red("6.1.1-C1")
def test_a_risk_that_comes_from_nothing_fails(risk: Callable[..., Record], stands: Stands) -> None:
    risk(issue=None, origin="听说的")
    assert stands("6.1.1-C1") == ("nonconforms", 1, 1)


@stays_green("6.1.1-C1")
def test_one_untraced_of_twenty_is_within_the_limit(risk: Callable[..., Record], stands: Stands) -> None:
    for number in range(20):
        risk(f"RK-{number}", **({"issue": None} if not number else {}))
    assert stands("6.1.1-C1") == ("conforms", 1, 20)
    risk("RK-20", issue=None)
    assert stands("6.1.1-C1") == ("nonconforms", 2, 21)


@turns_red("6.1.1-C2")
def test_risks_without_any_opportunity_fail(risk: Callable[..., Record], stands: Stands) -> None:
    risk()
    risk("RK-0", sort="opportunity", at="2025-06-01", review="2026-12-31")
    assert stands("6.1.1-C2") == ("nonconforms", 2, 2), "one seen more than a year ago does not count"


@stays_green("6.1.1-C2")
def test_one_opportunity_seen_within_the_year_is_enough(risk: Callable[..., Record], stands: Stands) -> None:
    risk()
    risk("RK-2", sort="opportunity")
    assert stands("6.1.1-C2") == ("conforms", 0, 2)


@turns_red("6.1.1-C3")
def test_a_risk_past_its_review_fails(risk: Callable[..., Record], stands: Stands) -> None:
    risk(review="2026-08-30")
    assert stands("6.1.1-C3") == ("nonconforms", 1, 1)


@stays_green("6.1.1-C3")
def test_a_risk_reviewed_before_its_day_has_a_new_one(risk: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("direction.reviewed", risk=risk(review="2026-06-30"), changed=False, note="照旧", review="2026-08-31", at="2026-06-30")
    assert stands("6.1.1-C3") == ("conforms", 0, 1)


@turns_red("6.1.2-C1")
def test_a_high_risk_without_an_action_fails(risk: Callable[..., Record], put: Put, stands: Stands) -> None:
    risk()
    put("direction.reviewed", risk=risk("RK-2", grade="low"), changed=True, note="升高", grade="high", review="2026-12-31", at="2026-06-30")
    assert stands("6.1.2-C1") == ("nonconforms", 2, 2), "the grade as it was judged last"


@stays_green("6.1.2-C1")
def test_a_risk_that_was_graded_down_needs_no_action(risk: Callable[..., Record], action: Callable[..., Record], put: Put, stands: Stands) -> None:
    action(risk())
    put("direction.reviewed", risk=risk("RK-2"), changed=True, note="降低", grade="low", review="2026-12-31", at="2026-06-30")
    assert stands("6.1.2-C1") == ("conforms", 0, 1)


@turns_red("6.1.2-C2")
def test_an_action_whose_effect_nobody_judged_in_thirty_days_fails(
    risk: Callable[..., Record], action: Callable[..., Record], put: Put, stands: Stands
) -> None:
    put("direction.done", action=action(risk()), what="预案写好", at="2026-08-01 08:00")
    assert stands("6.1.2-C2") == ("nonconforms", 1, 1)


@stays_green("6.1.2-C2")
def test_that_an_action_did_not_work_is_a_judgement_and_a_fresh_one_is_not_due(
    risk: Callable[..., Record], action: Callable[..., Record], put: Put, person: Callable[..., Record], stands: Stands
) -> None:
    first = action(risk())
    put("direction.done", action=first, what="预案写好", at="2026-06-01")
    put("direction.proved", action=first, effective="no", evidence="演练超时", judged_by=person(), at="2026-06-20")
    put("direction.done", action=action(risk("RK-2"), "AC-2"), what="预案写好", at="2026-08-10")
    assert stands("6.1.2-C2") == ("conforms", 0, 1)


@turns_red("6.1.2-C3")
def test_an_action_past_its_day_fails(risk: Callable[..., Record], action: Callable[..., Record], stands: Stands) -> None:
    action(risk(), due="2026-08-30")
    assert stands("6.1.2-C3") == ("nonconforms", 1, 1)


@stays_green("6.1.2-C3")
def test_an_action_that_was_postponed_with_a_reason_is_handled(
    risk: Callable[..., Record], action: Callable[..., Record], put: Put, boss: Record, stands: Stands
) -> None:
    put("direction.postponed", action=action(risk(), due="2026-06-30"), due="2026-08-31", reason="等供方", decided_by=boss, at="2026-06-29")
    assert stands("6.1.2-C3") == ("conforms", 0, 1), "due today is not late"


FOUR = {"consequences": "减少漏听", "integrity": "规范同步换版", "resources": "培训 2 小时", "responsibilities": "质量经理"}


@turns_red("6.3-C1")
def test_a_switch_of_systems_without_a_look_at_responsibilities_fails(put: Put, stands: Stands) -> None:
    put("direction.change", code="CH-1", what="换话术", **{**FOUR, "responsibilities": ""}, at="2026-07-01")
    assert stands("6.3-C1") == ("nonconforms", 1, 1)


@stays_green("6.3-C1")
def test_a_change_with_all_four_considered_conforms(put: Put, stands: Stands) -> None:
    put("direction.change", code="CH-1", what="换话术", **FOUR, at="2026-07-01")
    assert stands("6.3-C1") == ("conforms", 0, 1)


@turns_red("6.3-C2")
def test_a_new_version_in_use_for_a_month_that_nobody_checked_fails(put: Put, stands: Stands) -> None:
    put("direction.introduced", change=put("direction.change", code="CH-1", what="话术 v1.1", **FOUR, at="2026-07-01"), at="2026-07-13")
    assert stands("6.3-C2") == ("nonconforms", 1, 1)
    assert stands("6.3-C2", "2026-08-01 09:00")[2] == 0, "within the month nothing can be said"


@stays_green("6.3-C2")
def test_a_change_that_was_only_planned_has_nothing_to_check(put: Put, stands: Stands) -> None:
    put("direction.change", code="CH-2", what="换模型", **FOUR, at="2026-05-01")
    change = put("direction.change", code="CH-1", what="话术 v1.1", **FOUR, at="2026-07-01")
    put("direction.introduced", change=change, at="2026-07-13")
    put("direction.checked", change=change, method="平行质检 200 通", met=True, result="一致", at="2026-07-20")
    assert stands("6.3-C2") == ("conforms", 0, 1)
