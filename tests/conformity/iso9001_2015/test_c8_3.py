"""8.3.1 to 8.3.6: a new service is designed, and its design leaves a trail."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Place = Callable[..., Record]


@pytest.fixture
def project(put: Put) -> Record:
    """The design of a next-day service begins."""
    return put("designs.project", code="DP-02", name="次日达", owner="产品部", at="2026-06-01")


@turns_red("8.3.1-C1")
def test_a_service_on_sale_before_its_design_began_was_not_designed(project: Record, put: Put, stands: Stands) -> None:
    put("offerings.offering", code="OF-9", name="次日达", origin="new", project=project, at="2026-05-31")
    assert stands("8.3.1-C1") == ("nonconforms", 1, 1)


@stays_green("8.3.1-C1")
def test_what_was_offered_before_the_register_began_needs_no_design(project: Record, offering: Record, put: Put, stands: Stands) -> None:
    put("offerings.offering", code="OF-9", name="次日达", origin="new", project=project, at="2026-07-01")
    assert stands("8.3.1-C1") == ("conforms", 0, 1)


def test_an_offering_whose_origin_nobody_gave_counts_as_new(put: Put, stands: Stands) -> None:
    put("offerings.offering", code="OF-9", name="次日达", at="2026-07-01")
    assert stands("8.3.1-C1") == ("nonconforms", 1, 1)


@turns_red("8.3.2-C1")
def test_stages_without_a_control_point_are_no_plan(project: Record, put: Put, stands: Stands) -> None:
    put("designs.stage", project=project, name="方案", owner="产品部", at="2026-06-02")
    assert stands("8.3.2-C1") == ("nonconforms", 1, 1)


@stays_green("8.3.2-C1")
def test_one_stage_with_owner_and_control_is_a_plan_until_one_without_an_owner_joins(project: Record, put: Put, stands: Stands) -> None:
    put("designs.stage", project=project, name="方案", owner="产品部", control="review", at="2026-06-02")
    put("designs.stage", project=project, name="编写", owner="产品部", at="2026-06-02")
    assert stands("8.3.2-C1") == ("conforms", 0, 1)
    put("designs.stage", project=project, name="试运行", control="validation", at="2026-06-03")
    assert stands("8.3.2-C1") == ("nonconforms", 1, 1)


@turns_red("8.3.2-C2")
def test_without_the_name_of_the_service_desk_a_design_fails(project: Record, put: Put, stands: Stands) -> None:
    put("designs.joined", project=project, side="sales", who="销售", at="2026-06-02")
    assert stands("8.3.2-C2") == ("nonconforms", 1, 1)


@stays_green("8.3.2-C2")
def test_the_service_desk_alone_is_enough_for_its_check(project: Record, put: Put, stands: Stands) -> None:
    put("designs.joined", project=project, side="desk", who="王主管", at="2026-06-02")
    assert stands("8.3.2-C2") == ("conforms", 0, 1)


@pytest.fixture
def feed(project: Record, put: Put) -> Callable[..., Record]:
    """Add an input to the design."""
    return lambda code, sort, source="": put("designs.input", code=code, project=project, sort=sort, what="内容", source=source, at="2026-06-03")


@turns_red("8.3.3-C1")
def test_complaints_without_their_source_were_not_cited(feed: Callable[..., Record], stands: Stands) -> None:
    feed("DI-1", "complaint")
    feed("DI-2", "consequence")
    assert stands("8.3.3-C1") == ("nonconforms", 1, 1)


@stays_green("8.3.3-C1")
def test_a_cited_complaint_and_a_consequence_are_enough(feed: Callable[..., Record], stands: Stands) -> None:
    feed("DI-1", "complaint", "CP-008")
    feed("DI-2", "consequence")
    assert stands("8.3.3-C1") == ("conforms", 0, 1)


@pytest.fixture
def conflict(feed: Callable[..., Record], project: Record, put: Put) -> Record:
    """Two inputs contradict each other; the stage ended on 06-10."""
    row = put("designs.conflict", input=feed("DI-1", "function"), against=feed("DI-2", "law"), what="夜间送货与限行", at="2026-06-05")
    put("designs.passed", stage=put("designs.stage", project=project, name="方案", owner="产品部", at="2026-06-02"), at="2026-06-10")
    return row


@turns_red("8.3.3-C2")
def test_a_conflict_carried_into_the_next_stage_fails_even_if_it_is_settled_later(conflict: Record, put: Put, stands: Stands) -> None:
    put("designs.settled", conflict=conflict, how="改为清晨", at="2026-06-11")
    assert stands("8.3.3-C2") == ("nonconforms", 1, 1)
    assert stands("8.3.3-C2", "2026-06-09 12:00") == ("conforms", 0, 1), "the stage had not ended"


@stays_green("8.3.3-C2")
def test_a_conflict_settled_as_the_stage_ends_is_settled(conflict: Record, put: Put, stands: Stands) -> None:
    put("designs.settled", conflict=conflict, how="改为清晨", at="2026-06-10")
    assert stands("8.3.3-C2") == ("conforms", 0, 1)


@pytest.fixture
def control(project: Record, put: Put) -> Callable[..., Record]:
    """Review, verify or validate the design."""
    return lambda kind, at="2026-06-20": put("designs.controlled", project=project, control=kind, result="通过", who="质量", at=at)


@turns_red("8.3.4-C1")
def test_validated_only_after_going_live_is_not_validated(project: Record, control: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("designs.launched", project=project, who="总经理", at="2026-07-01")
    for kind, at in (("review", "2026-06-10"), ("verification", "2026-06-20"), ("validation", "2026-07-02")):
        control(kind, at)
    assert stands("8.3.4-C1") == ("nonconforms", 1, 1)


@stays_green("8.3.4-C1")
def test_reviewed_verified_and_validated_before_it_may_go_live(project: Record, control: Callable[..., Record], put: Put, stands: Stands) -> None:
    for kind in ("review", "verification", "validation"):
        control(kind)
    put("designs.launched", project=project, who="总经理", at="2026-06-20")
    assert stands("8.3.4-C1") == ("conforms", 0, 1)


@turns_red("8.3.4-C2")
def test_live_with_a_blocking_problem_fails(project: Record, control: Callable[..., Record], put: Put, stands: Stands) -> None:
    problem = put("designs.problem", controlled=control("validation"), what="夜间无人接货", blocking=True, at="2026-06-20")
    put("designs.launched", project=project, who="总经理", at="2026-07-01")
    put("designs.solved", problem=problem, how="加夜班", at="2026-07-02")
    assert stands("8.3.4-C2") == ("nonconforms", 1, 1)


@stays_green("8.3.4-C2")
def test_live_with_a_small_problem_open_does_not(project: Record, control: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("designs.problem", controlled=control("validation"), what="单据颜色", blocking=False, at="2026-06-20")
    solved = put("designs.problem", controlled=control("review"), what="夜间无人接货", blocking=True, at="2026-06-20")
    put("designs.solved", problem=solved, how="加夜班", at="2026-06-30")
    put("designs.launched", project=project, who="总经理", at="2026-07-01")
    assert stands("8.3.4-C2") == ("conforms", 0, 1)


@pytest.fixture
def output(project: Record, put: Put) -> Callable[..., Record]:
    """The design hands something on."""
    return lambda criteria: put("designs.output", code="DO-1", project=project, sort="norm", what="次日达规范", criteria=criteria, at="2026-06-20")


@turns_red("8.3.5-C1")
def test_an_output_that_does_not_say_when_it_is_right_fails(output: Callable[..., Record], stands: Stands) -> None:
    output("")
    assert stands("8.3.5-C1") == ("nonconforms", 1, 1)


@stays_green("8.3.5-C1")
def test_an_output_with_criteria_does_not(output: Callable[..., Record], stands: Stands) -> None:
    output("准时率不低于 98 %")
    assert stands("8.3.5-C1") == ("conforms", 0, 1)


@turns_red("8.3.5-C2")
def test_an_input_that_no_output_answers_fails_once_the_design_is_live(project: Record, feed: Callable[..., Record], put: Put, stands: Stands) -> None:
    feed("DI-1", "law")
    assert stands("8.3.5-C2")[0] == "no-evidence", "while it is being designed nothing can be said"
    put("designs.launched", project=project, who="总经理", at="2026-07-01")
    assert stands("8.3.5-C2") == ("nonconforms", 1, 1)


@stays_green("8.3.5-C2")
def test_an_input_answered_by_one_output_is_answered(
    project: Record, feed: Callable[..., Record], output: Callable[..., Record], put: Put, stands: Stands
) -> None:
    put("designs.met", output=output(""), input=feed("DI-1", "law"), at="2026-06-21")
    put("designs.launched", project=project, who="总经理", at="2026-07-01")
    assert stands("8.3.5-C2") == ("conforms", 0, 1)


@pytest.fixture
def change(put: Put) -> Record:
    """Somebody changed a script; it took effect at noon."""
    row = put("designs.change", code="DC-1", concerns="话术 SC-04", what="48 小时改为 24 小时", at="2026-07-01 09:00")
    put("designs.effective", change=row, at="2026-07-01 12:00")
    return row


@turns_red("8.3.6-C1", "8.3.6-C2")
def test_a_script_changed_privately_fails_twice(change: Record, decider: Record, put: Put, stands: Stands) -> None:
    put("designs.reviewed", change=change, result="可行", who="质量", at="2026-07-01 10:00")
    put("designs.authorised", change=change, person=decider, at="2026-07-01 12:01")
    assert stands("8.3.6-C1") == ("nonconforms", 1, 1), "nobody said what keeps it from doing harm"
    assert stands("8.3.6-C2") == ("nonconforms", 1, 1), "a minute too late"


@stays_green("8.3.6-C1", "8.3.6-C2")
def test_a_change_reviewed_and_allowed_by_the_minute_of_effect_does_not(change: Record, decider: Record, put: Put, stands: Stands) -> None:
    put("designs.reviewed", change=change, result="可行", safeguards="先试一周", who="质量", at="2026-07-01 10:00")
    put("designs.authorised", change=change, person=decider, at="2026-07-01 12:00")
    put("designs.change", code="DC-2", concerns="话术 SC-05", what="改称呼", at="2026-07-02")
    assert stands("8.3.6-C1") == ("conforms", 0, 1), "a change that is not in effect is not in question"
    assert stands("8.3.6-C2") == ("conforms", 0, 1)
