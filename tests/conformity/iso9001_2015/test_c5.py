"""5.1.1, 5.1.2, 5.2.1, 5.2.2 Leadership: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def review(put: Put, boss: Record) -> Callable[..., Record]:
    """A management review in which a decision was taken."""

    def hold(code: str = "MR-1", *, top: bool = True, decided: bool = True) -> Record:
        row = put("audits.review", code=code, conclusion="适宜", next_due="2027-08-28", at="2026-08-28")
        put("audits.attended", review=row, person=boss, top=top, at="2026-08-28")
        said = put("audits.concluded", review=row, output="resources", conclusion="夜班加人", need=True, at="2026-08-28")
        if decided:
            put("audits.decision", concluded=said, what="招 4 人", owner=boss, due="2026-10-01", at="2026-08-28")
        return row

    return hold


@turns_red("5.1.1-C1")
def test_a_review_left_to_the_quality_officer_or_without_a_decision_fails(review: Callable[..., Record], stands: Stands) -> None:
    review(top=False)
    review("MR-2", decided=False)
    assert stands("5.1.1-C1") == ("nonconforms", 2, 2)


@stays_green("5.1.1-C1")
def test_a_review_led_by_top_management_with_one_decision_is_enough(review: Callable[..., Record], stands: Stands) -> None:
    review()
    assert stands("5.1.1-C1") == ("conforms", 0, 1)


@turns_red("5.1.1-C2", "7.1.1-C1")
def test_a_request_past_its_day_without_an_answer_fails(put: Put, stands: Stands) -> None:
    put("direction.requested", code="RQ-1", sort="people", what="夜班 4 人", inside="现有 8 人", due="2026-08-30", at="2026-07-01")
    assert stands("5.1.1-C2") == stands("7.1.1-C1") == ("nonconforms", 1, 1)


@stays_green("5.1.1-C2", "7.1.1-C1")
def test_a_refusal_is_an_answer_and_a_request_on_its_last_day_is_not_late(put: Put, boss: Record, stands: Stands) -> None:
    asked = put("direction.requested", code="RQ-1", sort="people", what="夜班 4 人", inside="现有 8 人", due="2026-07-30", at="2026-07-01")
    put("direction.answered", requested=asked, granted=False, reason="先看排班", decided_by=boss, at="2026-08-10")
    put("direction.requested", code="RQ-2", sort="equipment", what="耳机", inside="缺 5 副", due="2026-08-31", at="2026-08-01")
    assert stands("5.1.1-C2") == stands("7.1.1-C1") == ("conforms", 0, 1)


def test_an_answer_without_weighing_what_we_have_is_none_for_7_1_1(put: Put, boss: Record, stands: Stands) -> None:
    asked = put("direction.requested", code="RQ-1", sort="people", what="夜班 4 人", due="2026-07-30", at="2026-07-01")
    put("direction.answered", requested=asked, granted=True, reason="同意", decided_by=boss, at="2026-07-10")
    assert (stands("5.1.1-C2")[0], stands("7.1.1-C1")[0]) == ("conforms", "nonconforms")


@pytest.fixture
def satisfaction(put: Put) -> Callable[..., Record]:
    def watch(months: int) -> Record:
        row = put("direction.indicator", code="KPI-1", name="满意度", topic="satisfaction", better="higher", at="2026-01-01")
        for month in range(1, months + 1):
            put("direction.value", indicator=row, start=f"2026-0{month}-01", until=f"2026-0{month}-28", value=80 + month, n=120, at=f"2026-0{month + 1}-02")
        return row

    return watch


@turns_red("5.1.2-C1")
def test_satisfaction_that_management_saw_last_in_spring_or_as_one_figure_fails(
    satisfaction: Callable[..., Record], put: Put, boss: Record, stands: Stands
) -> None:
    put("direction.seen", indicator=satisfaction(1), by=boss, trend="level", at="2026-08-20")
    assert stands("5.1.2-C1") == ("nonconforms", 1, 1), "one figure has no trend"
    assert stands("5.1.2-C1", "2026-12-30 09:00") == ("nonconforms", 1, 1)


@stays_green("5.1.2-C1")
def test_a_falling_trend_that_was_seen_was_seen(satisfaction: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    put("direction.seen", indicator=satisfaction(2), by=boss, trend="down", at="2026-06-01")
    assert stands("5.1.2-C1") == ("conforms", 0, 1), "91 days ago"


@pytest.fixture
def trouble(put: Put) -> Callable[..., Record]:
    def name(code: str, until: str, what: str) -> Record:
        row = put("direction.analysis", code=code, topics="satisfaction", start="2026-01-01", until=until, data="投诉 38 件", conclusion="晚到", at=until)
        return put("direction.trouble", analysis=row, rank=1, what=what, at=until)

    return name


@turns_red("5.1.2-C2")
def test_what_troubles_customers_most_without_an_action_fails(trouble: Callable[..., Record], stands: Stands) -> None:
    trouble("AN-1", "2026-06-30", "晚到")
    assert stands("5.1.2-C2") == ("nonconforms", 1, 1)


@stays_green("5.1.2-C2")
def test_what_an_earlier_analysis_named_is_no_longer_asked_about(trouble: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    trouble("AN-1", "2026-03-31", "电话难打通")
    late = trouble("AN-2", "2026-06-30", "晚到")
    put("direction.action", code="AC-1", what="改线路", owner=boss, due="2026-07-31", trouble=late, at="2026-07-02")
    assert stands("5.1.2-C2") == ("conforms", 0, 1)


@turns_red("5.1.2-C3")
def test_a_legal_requirement_without_an_owner_or_past_its_review_fails(put: Put, boss: Record, stands: Stands) -> None:
    put("direction.law", code="LW-1", title="个人信息保护法", duty="告知", review="2026-12-31", at="2026-01-01")
    put("direction.law", code="LW-2", title="道路运输条例", duty="资质", owner=boss, review="2026-06-30", at="2026-01-01")
    assert stands("5.1.2-C3") == ("nonconforms", 2, 2)


@stays_green("5.1.2-C3")
def test_a_legal_requirement_looked_at_again_has_a_new_day(put: Put, boss: Record, stands: Stands) -> None:
    law = put("direction.law", code="LW-2", title="道路运输条例", duty="资质", owner=boss, review="2026-06-30", at="2026-01-01")
    put("direction.reviewed", law=law, changed=True, note="修订", review="2026-12-31", at="2026-06-20")
    assert stands("5.1.2-C3") == ("conforms", 0, 1)


@pytest.fixture
def policy(put: Put, boss: Record) -> Callable[..., Record]:
    def approve(version: str = "1", at: str = "2026-01-01", *, improvement: bool = True) -> Record:
        return put("direction.policy", version=version, words="听清每一句", requirements=True, improvement=improvement, approved_by=boss, at=at)

    return approve


@turns_red("5.2.1-C1")
def test_a_policy_that_is_a_slogan_fails(policy: Callable[..., Record], stands: Stands) -> None:
    policy()
    policy("2", "2026-02-01", improvement=False)
    assert stands("5.2.1-C1") == ("nonconforms", 1, 1)


@stays_green("5.2.1-C1")
def test_that_an_earlier_version_lacked_a_commitment_does_not_matter(policy: Callable[..., Record], stands: Stands) -> None:
    policy(improvement=False)
    policy("2", "2026-02-01")
    assert stands("5.2.1-C1") == ("conforms", 0, 1)


@turns_red("5.2.1-C2")
def test_an_objective_that_comes_from_no_policy_fails(put: Put, stands: Stands) -> None:
    put("direction.objective", code="OB-1", what="接通率", at="2026-01-10")
    assert stands("5.2.1-C2") == ("nonconforms", 1, 1)


@stays_green("5.2.1-C2")
def test_an_objective_that_was_given_up_is_not_asked_about(policy: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("direction.ended", objective=put("direction.objective", code="OB-1", what="接通率", at="2026-01-10"), reason="并入 OB-2", at="2026-02-01")
    put("direction.objective", code="OB-2", what="承诺准时", policy=policy(), at="2026-01-10")
    assert stands("5.2.1-C2") == ("conforms", 0, 1)


@turns_red("5.2.2-C1", "5.2.2-C2")
def test_who_read_the_old_version_on_the_wall_does_not_know_the_new_one(policy: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    old = policy()
    put("direction.acknowledged", policy=old, person=boss, at="2026-01-05")
    put("direction.published", policy=old, where="官网", outside=True, at="2026-01-05")
    policy("2", "2026-03-01")
    assert stands("5.2.2-C1") == stands("5.2.2-C2") == ("nonconforms", 1, 1)


@stays_green("5.2.2-C1", "5.2.2-C2")
def test_the_version_in_force_read_and_published_is_known(policy: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    policy()
    new = policy("2", "2026-03-01")
    put("direction.acknowledged", policy=new, person=boss, at="2026-03-05")
    put("direction.published", policy=new, where="大厅墙上", outside=False, at="2026-03-01")
    assert stands("5.2.2-C2")[0] == "nonconforms", "on the wall of the hall interested parties see nothing"
    put("direction.published", policy=new, where="官网", outside=True, at="2026-03-02")
    assert stands("5.2.2-C1") == stands("5.2.2-C2") == ("conforms", 0, 1)
