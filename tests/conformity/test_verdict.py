"""Verdicts: silence is never a pass, and a share comes with its interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingting.conformity.verdict import State, clause_state, judge_count, judge_share
from lingting.statistics.intervals import enough


def test_nothing_in_scope_is_no_evidence_never_green() -> None:
    assert judge_share(scope=0, failing=0, limit=1).state is State.NO_EVIDENCE
    assert judge_count(scope=0, limit=2).state is State.NO_EVIDENCE
    assert clause_state([]) is State.NO_EVIDENCE


@pytest.mark.parametrize(
    ("scope", "failing", "limit", "state"),
    [
        (10, 0, 1, State.CONFORMS), (10, 1, 1, State.NONCONFORMS), (10, 0, 0.95, State.INSUFFICIENT_DATA), (73, 0, 0.95, State.CONFORMS),
        (72, 0, 0.95, State.INSUFFICIENT_DATA), (100, 5, 0.95, State.AT_RISK), (100, 30, 0.95, State.NONCONFORMS),
    ],
)  # fmt: skip
def test_the_interval_decides_and_too_little_data_is_said(scope: int, failing: int, limit: float, state: State) -> None:
    assert judge_share(scope=scope, failing=failing, limit=limit).state is state


@pytest.mark.parametrize(
    ("scope", "failing", "state"), [(1, 0, State.CONFORMS), (20, 1, State.CONFORMS), (19, 1, State.NONCONFORMS), (0, 0, State.NO_EVIDENCE)]
)
def test_where_all_that_was_planned_is_counted_the_share_itself_decides(scope: int, failing: int, state: State) -> None:
    """一年一次的管理评审不是抽样：做了就是做了。"""
    assert judge_share(scope=scope, failing=failing, limit=0.95, whole=True).state is state


def test_one_that_is_there_and_is_wrong_fails_however_many_are_right() -> None:
    assert judge_count(scope=3, failing=1, limit=1).state is State.NONCONFORMS
    assert judge_count(scope=1, limit=2).state is State.AT_RISK, "too few is another thing"


@given(st.floats(0.5, 0.999))
def test_enough_is_the_first_number_with_which_a_clean_sheet_shows_the_limit(limit: float) -> None:
    n = enough(limit)
    assert judge_share(scope=n, failing=0, limit=limit).state is State.CONFORMS
    assert n == 1 or judge_share(scope=n - 1, failing=0, limit=limit).state is not State.CONFORMS


@given(st.lists(st.sampled_from(State), min_size=1))
def test_a_clause_conforms_only_if_every_check_that_applies_does(states: list[State]) -> None:
    applying = [state for state in states if state is not State.NOT_APPLICABLE]
    assert (clause_state(states) is State.CONFORMS) == (bool(applying) and set(applying) == {State.CONFORMS})
