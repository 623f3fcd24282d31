"""Designs: what the register refuses, and what it lists."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.write import Refused
from lingting.registers.designs import queries

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


def refused(put: Put, label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        put(label, **given)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def projects(put: Put) -> tuple[Record, Record]:
    """Two designs."""
    first, second = (put("designs.project", code=code, name=code, owner="产品部", at="2026-06-01") for code in ("DP-1", "DP-2"))
    return first, second


def test_what_belongs_to_another_design_is_refused(projects: tuple[Record, Record], put: Put) -> None:
    ours, other = (put("designs.input", code=f"DI-{one.code}", project=one, sort="law", what="限行", at="2026-06-02") for one in projects)
    assert refused(put, "designs.conflict", input=ours, against=other, what="矛盾") == {"against"}
    assert refused(put, "designs.conflict", input=ours, against=ours, what="矛盾") == {"against"}
    output = put("designs.output", code="DO-1", project=projects[0], sort="norm", what="规范", at="2026-06-03")
    assert refused(put, "designs.met", output=output, input=other) == {"input"}
    stage = put("designs.stage", project=projects[1], name="方案", at="2026-06-02")
    assert refused(put, "designs.controlled", project=projects[0], control="review", result="通过", who="质量", stage=stage) == {"stage"}


def test_nothing_happens_before_what_it_happens_to(projects: tuple[Record, Record], put: Put, decider: Record) -> None:
    project, early = projects[0], "2026-05-31"
    assert refused(put, "designs.launched", project=project, who="总经理", at=early) == {"at"}
    stage = put("designs.stage", project=project, name="方案", at="2026-06-02")
    assert refused(put, "designs.passed", stage=stage, at=early) == {"at"}
    one, two = (put("designs.input", code=f"DI-{n}", project=project, sort="law", what="限行", at="2026-06-02") for n in (1, 2))
    conflict = put("designs.conflict", input=one, against=two, what="矛盾", at="2026-06-03")
    assert refused(put, "designs.settled", conflict=conflict, how="协商", at="2026-06-02") == {"at"}
    controlled = put("designs.controlled", project=project, control="review", result="有问题", who="质量", at="2026-06-04")
    problem = put("designs.problem", controlled=controlled, what="无人接货", blocking=True, at="2026-06-04")
    assert refused(put, "designs.solved", problem=problem, how="加班", at="2026-06-03") == {"at"}
    assert list(queries.problems_open(Moment(datetime(2026, 6, 5, tzinfo=ZONE)))) == [problem]
    change = put("designs.change", code="DC-1", concerns="SC-04", what="改", at="2026-06-05")
    for label, given in (("reviewed", {"result": "可", "who": "质量"}), ("authorised", {"person": decider}), ("effective", {})):
        assert refused(put, f"designs.{label}", change=change, at="2026-06-04", **given) == {"at"}, label


def test_whoever_asks_for_a_change_does_not_allow_it(put: Put, decider: Record) -> None:
    change = put("designs.change", code="DC-1", concerns="SC-04", what="改", asked_by=decider, at="2026-06-05")
    assert refused(put, "designs.authorised", change=change, person=decider, at="2026-06-06") == {"person"}


def test_a_design_stands_in_its_worst_list(projects: tuple[Record, Record], put: Put) -> None:
    project = projects[0]
    moment = Moment(datetime(2026, 6, 30, tzinfo=ZONE))
    assert queries.stands(project, moment) == "unplanned"
    put("designs.stage", project=project, name="方案", control="review", owner="产品部", at="2026-06-02")
    assert queries.stands(project, moment) == "without_desk"
    put("designs.joined", project=project, side="desk", who="王主管", at="2026-06-03")
    assert queries.stands(project, moment) == "in_hand"
    put("designs.launched", project=project, who="总经理", at="2026-06-20")
    assert queries.stands(project, moment) == "uncontrolled"
    assert queries.stands(project, Moment(datetime(2026, 6, 19, tzinfo=ZONE))) == "in_hand", "as of the day before"
