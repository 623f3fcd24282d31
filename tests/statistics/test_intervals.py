"""Intervals of shares, differences and rates, against what others printed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingting.statistics.agreement import agreed, kappa
from lingting.statistics.exact import clopper_pearson, rate_interval
from lingting.statistics.intervals import Interval, bootstrap, difference, enough, wilson
from lingting.statistics.medians import middle

NEWCOMBE = [
    (81, 263, (0.2553, 0.3662), (0.2535, 0.3682), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0598, 0.1644), (0.0578, 0.1617)),
    (0, 20, (0.0, 0.1611), (0.0, 0.2005), (0.0, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0018, 0.1963), (0.0009, 0.1776)),
]
"""Newcombe, Statistics in Medicine 17 (1998) 857-872, table I: hits, n; Wilson without and with continuity correction, Clopper and Pearson."""


def ends(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


@pytest.mark.parametrize(("hits", "n", "score", "corrected", "exact"), NEWCOMBE)
def test_three_intervals_are_newcombes_table(hits: int, n: int, score: tuple, corrected: tuple, exact: tuple) -> None:
    assert ends(wilson(hits, n)) == pytest.approx(score, abs=5e-5)
    assert ends(wilson(hits, n, corrected=True)) == pytest.approx(corrected, abs=5e-5)
    assert ends(clopper_pearson(hits, n)) == pytest.approx(exact, abs=5e-5)


@pytest.mark.parametrize(("hits", "percent"), [(8, (26.59, 78.73)), (13, (59.54, 98.34)), (14, (68.05, 99.83)), (15, (81.90, 100.0))])
def test_fifteen_essays_are_what_minitab_prints(hits: int, percent: tuple) -> None:
    """Minitab's attribute agreement session (ESSAY.MTW): where all agree it prints the one-sided bound."""
    assert ends(clopper_pearson(hits, 15, one_sided_at_ends=True)) == pytest.approx([end / 100 for end in percent], abs=5e-5)


def test_two_sided_and_one_sided_differ_where_all_agree() -> None:
    """The near miss of Minitab's switch: two-sided, 15 of 15 shows 78.2 %, not 81.9 %."""
    assert clopper_pearson(15, 15).low == pytest.approx(0.7820, abs=5e-5)
    assert clopper_pearson(14, 15) == clopper_pearson(14, 15, one_sided_at_ends=True)


def test_a_difference_of_two_shares_is_newcombes() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10."""
    assert ends(difference(56, 70, 48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert ends(difference(9, 10, 3, 10)) == pytest.approx((0.1705, 0.8090), abs=5e-5)
    assert 0 in difference(10, 20, 9, 20)


def test_a_rate_of_ten_events_is_garwoods() -> None:
    """Garwood, Biometrika 28 (1936): 10 events, 4.795 to 18.39; none, up to 3.689."""
    assert ends(rate_interval(10, 1)) == pytest.approx((4.795, 18.39), abs=5e-3)
    assert ends(rate_interval(0, 1)) == pytest.approx((0.0, 3.689), abs=5e-4)
    assert ends(rate_interval(10, 4)) == pytest.approx((4.795 / 4, 18.39 / 4), abs=2e-3)


def test_nothing_looked_at_has_no_interval() -> None:
    assert wilson(0, 0) is None
    assert clopper_pearson(0, 0) is None
    assert difference(1, 2, 0, 0) is None
    assert rate_interval(3, 0) is None


@given(n=st.integers(1, 5000), confidence=st.floats(0.5, 0.999), corrected=st.booleans(), data=st.data())
def test_an_interval_holds_its_share_and_stays_within_0_and_1(*, n: int, confidence: float, corrected: bool, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    for low, high in (ends(wilson(hits, n, confidence=confidence, corrected=corrected)), ends(clopper_pearson(hits, n, confidence=confidence))):
        assert 0 <= low <= hits / n + 1e-9
        assert hits / n - 1e-9 <= high <= 1


@given(st.floats(0.5, 0.999))
def test_enough_is_the_first_number_that_shows_a_limit(limit: float) -> None:
    n = enough(limit)
    assert wilson(n, n).low >= limit - 1e-12
    assert n == 1 or wilson(n - 1, n - 1).low < limit + 1e-12


def test_an_interval_knows_what_lies_in_it() -> None:
    assert 0.5 in Interval(0.4, 0.5)
    assert 0.39 not in Interval(0.4, 0.5)


def test_an_interval_over_conversations_is_wider_than_one_over_turns() -> None:
    """Twenty conversations of thirty turns, each all right or all wrong: thirty turns say no more than one."""
    right, wrong = np.array([[0, 0], [0, 30]]), np.array([[0, 0], [30, 0]])
    [whole] = bootstrap([right] * 10 + [wrong] * 10, [agreed], seed=1)
    [turns] = bootstrap([right // 30] * 300 + [wrong // 30] * 300, [agreed], seed=1)
    assert 0.5 in whole
    assert 0.5 in turns
    assert whole.high - whole.low > 4 * (turns.high - turns.low)


def test_draws_that_show_nothing_give_no_interval() -> None:
    assert bootstrap([np.array([[3, 0], [0, 4]])] * 9, [agreed], seed=1) == [None]
    assert bootstrap([np.array([[3, 1], [0, 4]])], [agreed], seed=1) == [None]


def test_a_bootstrap_is_the_same_for_the_same_seed() -> None:
    counts = np.array([[50, 10, 0], [5, 20, 5], [0, 0, 10]])
    groups = [counts, counts.T, counts + 3, counts + 1]
    assert bootstrap(groups, [kappa, agreed], seed=4) == bootstrap(groups, [kappa, agreed], seed=4)
    assert bootstrap(groups, [kappa], seed=4) != bootstrap(groups, [kappa], seed=5)


def test_the_median_of_very_many_values_has_its_interval_too() -> None:
    """2 to the power of 1,024 is more than a float can hold: the binomial law is summed as a share, not as a count."""
    found = middle(range(3_000))
    assert found is not None
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (1_445, 1_554), "1500 less 1.96 times half the root of 3000"
