"""Gaps: what is only still to be done is at risk and no nonconformity, until it is more than a single case or somebody raises one."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from tests.conftest import ZONE

from lingting import catalog
from lingting.conformity import assess
from lingting.conformity.check import CHECKS
from lingting.conformity.gaps import gaps
from lingting.conformity.proposals import proposed
from lingting.conformity.verdict import State, judge_gap, judge_share
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment

Put = Callable[..., Record]
NOW = Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE))


@pytest.mark.parametrize("id", sorted(gaps()))
def test_only_where_the_limit_is_the_organisations_own_can_failing_be_a_gap(id: str) -> None:
    """标准和法律定下的限值，不通过就是不符合。"""
    assert id in CHECKS
    assert catalog.read().checks[id].measure.set_by == "organisation"


@pytest.mark.parametrize(
    ("scope", "failing", "whole", "state"),
    [
        (10, 0, "whole", State.CONFORMS), (10, 1, "whole", State.AT_RISK), (10, 2, "whole", State.AT_RISK), (10, 3, "whole", State.NONCONFORMS),
        (2, 1, "whole", State.AT_RISK), (1, 1, "whole", State.NONCONFORMS),
         (3, 2, "whole", State.NONCONFORMS), (1, 1, "", State.AT_RISK), (3, 3, "", State.NONCONFORMS),
    ],
)  # fmt: skip
def test_one_or_two_beside_those_that_stand_are_a_gap_three_are_how_we_work(scope: int, failing: int, whole: str, state: State) -> None:
    assert judge_gap(judge_share(scope=scope, failing=failing, limit=1), in_a_whole=bool(whole)).state is state


@pytest.fixture
def undecided(put: Put) -> Record:
    """The authority is judged relevant, the union is not judged."""
    authority = put("parties.party", category="regulator", organisation="临澜交通运输局", internal="no", at="2026-06-01")
    put("parties.judged", party=authority, relevant="yes", reason="监管我们的运输", review="2027-01-01", at="2026-06-01")
    need = put("parties.need", party=authority, words="夜间绕行", origin="law", at="2026-06-02")
    put("parties.adopted", need=need, serves="8.1", at="2026-06-02")
    return put("parties.party", category="union", organisation="工会", internal="yes", at="2026-06-01")


def state(number: str, moment: Moment = NOW) -> State:
    return assess.clause(number, assess.in_full(moment, checks=[check.id for check in catalog.read().clause(number).checks]), assess.left(moment))[0]


@pytest.mark.django_db
def test_a_nonconformity_that_somebody_raised_stands_until_it_is_closed(undecided: Record, put: Put) -> None:
    """△ → 开出不合格 → ✕ → 关闭 → △。"""
    assert state("4.2") is State.AT_RISK
    row = put("improvements.nonconformity", code="NC-001", clause="4.2", statement="工会一直没有判定", grade="minor", at="2026-08-01 09:00")
    assert (state("4.2", Moment(datetime(2026, 7, 31, 9, tzinfo=ZONE))), state("4.2"), state("4.1")) == (State.AT_RISK, State.NONCONFORMS, State.NO_EVIDENCE)
    put("improvements.analysed", nonconformity=row, cause="system", why="没有人管清单", similar="其余各方都已判定", at="2026-08-10 09:00")
    put("improvements.closed", nonconformity=row, note="已判定", at="2026-08-20 09:00")
    assert state("4.2") is State.AT_RISK


@pytest.mark.django_db
def test_the_page_says_why_it_is_no_nonconformity_and_which_one_is_open(
    undecided: Record, put: Put, signed_in: Callable[[str], Client], at_time: Callable
) -> None:
    at_time("2026-08-31 09:00")
    client = signed_in("quality_manager")
    page = client.get("/clauses/4.2").content.decode()
    assert "为什么是 △ 而不是 ▲" in page
    assert gaps()["4.2-H1"].why.zh in page
    assert "未关闭的不合格" not in page
    put("improvements.nonconformity", code="NC-001", clause="4.2", statement="工会一直没有判定", grade="minor", at="2026-08-01 09:00")
    assert "NC-001" in client.get("/clauses/4.2").content.decode()


@pytest.mark.django_db
def test_a_gap_is_proposed_so_that_a_person_may_find_it_to_be_more(put: Put, customer: Record) -> None:
    """到期没有评审的清单：提议，由人决定。"""
    put("parties.reviewed", note="看过", at="2025-06-01")
    assert [one.check_id for one in proposed(NOW) if one.clause == "4.2"] == ["4.2-C4"]
