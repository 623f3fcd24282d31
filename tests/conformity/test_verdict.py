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


@given(st.floats(0.5, 0.999))
def test_enough_is_the_first_number_with_which_a_clean_sheet_shows_the_limit(limit: float) -> None:
    n = enough(limit)
    assert judge_share(scope=n, failing=0, limit=limit).state is State.CONFORMS
    assert n == 1 or judge_share(scope=n - 1, failing=0, limit=limit).state is not State.CONFORMS


@given(st.lists(st.sampled_from(State), min_size=1))
def test_a_clause_conforms_only_if_every_check_that_applies_does(states: list[State]) -> None:
    applying = [state for state in states if state is not State.NOT_APPLICABLE]
    assert (clause_state(states) is State.CONFORMS) == (bool(applying) and set(applying) == {State.CONFORMS})
