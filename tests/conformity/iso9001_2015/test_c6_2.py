"""6.2.1, 6.2.2 Objectives: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def indicator(put: Put) -> Record:
    return put("direction.indicator", code="KPI-1", name="承诺准时率", topic="conformity", better="higher", at="2026-01-01")


@pytest.fixture
def objective(put: Put, indicator: Record) -> Callable[..., Record]:
    def fix(code: str = "OB-1", **given: object) -> Record:
        whole = {"what": "承诺准时", "indicator": indicator, "baseline": 82, "target": "95.0", "due": "2026-12-31", "at": "2026-01-10"}
        return put("direction.objective", code=code, **{**whole, **given})

    return fix


@turns_red("6.2.1-C1")
def test_raise_the_service_level_is_no_objective(objective: Callable[..., Record], stands: Stands) -> None:
    objective(what="提高服务水平", baseline=None, target=None)
    assert stands("6.2.1-C1") == ("nonconforms", 1, 1)


@stays_green("6.2.1-C1")
def test_a_baseline_of_zero_is_a_baseline(objective: Callable[..., Record], stands: Stands) -> None:
    objective(baseline=0)
    assert stands("6.2.1-C1") == ("conforms", 0, 1)


@turns_red("6.2.1-C2")
def test_an_objective_without_a_recent_figure_fails(objective: Callable[..., Record], put: Put, indicator: Record, stands: Stands) -> None:
    objective()
    put("direction.value", indicator=indicator, start="2026-04-01", until="2026-05-30", value=90, n=100, at="2026-06-02")
    assert stands("6.2.1-C2") == ("nonconforms", 1, 1)


@stays_green("6.2.1-C2")
def test_a_figure_of_92_days_ago_is_recent(objective: Callable[..., Record], put: Put, indicator: Record, stands: Stands) -> None:
    objective()
    put("direction.value", indicator=indicator, start="2026-04-01", until="2026-05-31", value=90, n=100, at="2026-06-02")
    assert stands("6.2.1-C2") == ("conforms", 0, 1)


@turns_red("6.2.1-C3")
def test_an_objective_that_those_concerned_do_not_know_fails(objective: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    put("direction.concerned", objective=objective(), person=boss, at="2026-01-11")
    assert stands("6.2.1-C3") == ("nonconforms", 1, 1)


@stays_green("6.2.1-C3")
def test_who_said_to_know_knows(objective: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    put("direction.informed", concerned=put("direction.concerned", objective=objective(), person=boss, at="2026-01-11"), at="2026-01-12")
    assert stands("6.2.1-C3") == ("conforms", 0, 1)


FIVE = {"what": "到期提醒", "resources": "开发 5 人日", "due": "2026-09-30", "judged": "看准时率"}


@turns_red("6.2.2-C1")
def test_a_plan_that_does_not_say_how_the_result_is_judged_fails(objective: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    row = objective()
    put("direction.plan", objective=row, **{**FIVE, "judged": ""}, owner=boss, at="2026-01-20")
    put("direction.plan", objective=row, **FIVE, at="2026-01-20")
    assert stands("6.2.2-C1") == ("nonconforms", 1, 1), "two halves make no whole plan"


@stays_green("6.2.2-C1")
def test_one_whole_plan_beside_a_sketch_is_enough(objective: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    row = objective()
    put("direction.plan", objective=row, what="想一想", at="2026-01-15")
    put("direction.plan", objective=row, **FIVE, owner=boss, at="2026-01-20")
    assert stands("6.2.2-C1") == ("conforms", 0, 1)


@turns_red("6.2.2-C2")
def test_a_missed_objective_that_nobody_explained_fails(objective: Callable[..., Record], put: Put, indicator: Record, stands: Stands) -> None:
    objective(due="2026-07-31")
    put("direction.value", indicator=indicator, start="2026-06-01", until="2026-06-30", value="94.9", n=100, at="2026-07-02")
    put("direction.value", indicator=indicator, start="2026-08-01", until="2026-08-20", value=99, n=100, at="2026-08-21")
    assert stands("6.2.2-C2") == ("nonconforms", 1, 1), "what came after the day does not count"
    assert stands("6.2.2-C2", "2026-08-20 09:00")[2] == 0, "a month is left to explain"


@stays_green("6.2.2-C2")
def test_a_reached_objective_needs_no_explanation_and_a_missed_one_has_it(
    objective: Callable[..., Record], put: Put, indicator: Record, boss: Record, stands: Stands
) -> None:
    objective(due="2026-07-31")
    put("direction.value", indicator=indicator, start="2026-06-01", until="2026-06-30", value=95, n=100, at="2026-07-02")
    missed = objective("OB-2", target=97, due="2026-07-31")
    put("direction.explained", objective=missed, why="台风", decision="延到年底", decided_by=boss, at="2026-08-05")
    assert stands("6.2.2-C2") == ("conforms", 0, 1)
