"""Queues: how many answer, how long callers wait, and what no number of agents can mend."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from lingting.statistics.queues import agents_needed, erlang_a, erlang_b, erlang_c, erlangs, queue, rostered

WORKED = [
    (200, 180, 14, 20, (10.0, 0.17413193, 0.88835002, 7.835937, 0.714286)),  # Call Centre Helper, "Erlang C Formula"
    (720, 240, 55, 15, (48.0, 0.23870094, 0.84588309, 8.184032, 0.872727)),  # Mitan, "The Erlang-C Formula"
    (240, 180, 14, 20, (12.0, 0.48170537, 0.61428049, 43.353484, 12 / 14)),  # computed from the formula
    (2880, 60, 50, 20, (48.0, 0.69445561, None, 20.833668, 0.96)),  # Gans, Koole and Mandelbaum (2003), without hanging up
]
"""Calls an hour, seconds of handling, agents, seconds promised; erlangs, share waiting, share in time, mean wait, occupancy."""


@pytest.mark.parametrize(("calls", "handling", "agents", "within", "told"), WORKED)
def test_a_queue_is_the_worked_example(calls: float, handling: float, agents: int, within: float, told: tuple) -> None:
    stands = queue(calls_per_hour=calls, handling=handling, agents=agents, within=within)
    found = (stands.erlangs, stands.waiting, stands.in_time, stands.mean_wait, stands.occupancy)
    for one, other in zip(found, told, strict=True):
        assert other is None or one == pytest.approx(other, abs=1e-6)


def test_thirteen_agents_print_as_four_fifths_and_are_too_few() -> None:
    """79.56 % prints as 80 %, and is not; fourteen are needed, twenty on the roster with 30 % shrinkage."""
    in_time = {n: queue(calls_per_hour=200, handling=180, agents=n, within=20).in_time for n in (11, 12, 13)}
    assert in_time == pytest.approx({11: 0.389614, 12: 0.640158, 13: 0.795595}, abs=1e-6)
    assert agents_needed(calls_per_hour=200, handling=180, share=0.8, within=20) == 14
    assert agents_needed(calls_per_hour=240, handling=180, share=0.8, within=20) == 16
    assert rostered(14, 0.3) == 20


def test_nobody_may_be_busier_than_is_said() -> None:
    assert agents_needed(calls_per_hour=720, handling=240, share=0.8, within=20, busiest=0.85) == 57
    assert agents_needed(calls_per_hour=720, handling=240, share=0.8, within=20) < 57


def test_a_queue_that_grows_without_end_has_no_figures() -> None:
    """Fourteen erlangs on fourteen agents: no negative wait, no wait at all can be said."""
    assert erlang_c(14, 14) is None
    assert queue(calls_per_hour=280, handling=180, agents=14, within=20) is None
    assert erlang_c(13.9, 14) is not None


def test_no_number_of_agents_answers_everybody_at_once() -> None:
    with pytest.raises(ValueError, match="No number"):
        agents_needed(calls_per_hour=200, handling=180, share=1.0, within=20)


def test_hundreds_of_agents_do_not_overflow() -> None:
    assert erlang_b(900, 1000) == pytest.approx(poisson.pmf(1000, 900) / poisson.cdf(1000, 900), rel=1e-9)
    assert erlang_c(900, 1000) is not None


@given(st.floats(0.1, 60), st.integers(1, 80))
def test_more_agents_answer_more_in_time(load: float, agents: int) -> None:
    assert erlang_b(load, agents) == pytest.approx(poisson.pmf(agents, load) / poisson.cdf(agents, load), rel=1e-6, abs=1e-12)
    fewer, more = (queue(calls_per_hour=load * 20, handling=180, agents=n, within=20) for n in (agents, agents + 1))
    assert fewer is None or more.in_time >= fewer.in_time


def test_callers_who_hang_up_are_mandelbaums_and_zeltyns() -> None:
    """The Palm/Erlang-A Queue (2005): 48 calls a minute, one minute each, 50 agents, two minutes of patience: 3.1 % hang up, 3.7 s mean wait."""
    stands = erlang_a(calls_per_hour=2880, handling=60, agents=50, patience=120)
    found = (stands.abandoning, stands.mean_wait, stands.mean_queue, stands.waiting, stands.occupancy)
    assert found == pytest.approx((0.03091225, 3.70947, 2.967576, 0.467774, 0.930324), abs=1e-5)


def test_endless_patience_is_a_queue_without_hanging_up() -> None:
    patient, plain = (erlang_a(calls_per_hour=2880, handling=60, agents=50, patience=endless) for endless in (math.inf, 1e9))
    without = queue(calls_per_hour=2880, handling=60, agents=50, within=20)
    assert patient.abandoning == 0
    assert (patient.waiting, patient.mean_wait) == pytest.approx((without.waiting, without.mean_wait), rel=1e-9)
    assert (plain.waiting, plain.mean_wait) == pytest.approx((without.waiting, without.mean_wait), rel=1e-4)
    with pytest.raises(ValueError, match="hanging up"):
        erlang_a(calls_per_hour=3000, handling=60, agents=50, patience=math.inf)
    with pytest.raises(ValueError, match="Patience"):
        erlang_a(calls_per_hour=3000, handling=60, agents=50, patience=0)


@given(st.floats(1, 120), st.integers(1, 60), st.floats(0.1, 20))
def test_as_many_hang_up_as_lose_patience(load: float, agents: int, patience: float) -> None:
    """Share hanging up = mean number waiting / patience / calls (exact), also where there are more calls than agents."""
    stands = erlang_a(calls_per_hour=load * 60, handling=60, agents=agents, patience=patience * 60)
    assert erlangs(load * 60, 60) == pytest.approx(load)
    assert stands.abandoning == pytest.approx(stands.mean_queue / patience / load, rel=1e-9)
    assert stands.abandoning >= 1 - agents / load - 1e-9
    assert stands.occupancy <= 1 + 1e-9
