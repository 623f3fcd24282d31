"""Control charts: the limits of the textbooks, and what lies beyond them."""

import math

import numpy as np
import pytest

from lingting.statistics.charts import c_chart, constants, laney_chart, np_chart, p_chart, u_chart, xbar_r_chart, xbar_s_chart, xmr_chart
from lingting.statistics.drift import cusum, ewma_chart
from lingting.statistics.runs import NELSON, WESTERN_ELECTRIC, signals

JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
"""NIST e-Handbook 6.3.3.2 (Montgomery's cans of orange juice): failing of fifty."""
WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]
"""NIST e-Handbook 6.3.3.1: defects of a wafer."""
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""NIST e-Handbook 6.3.2.2: flow of ten batches."""
COMPUTERS = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]
"""Montgomery, Introduction to Statistical Quality Control, 7.3: nonconformities of five computers."""


def test_shares_of_juice_are_nists() -> None:
    chart = p_chart(JUICE, [50] * 30)
    assert (chart.centre, chart.low[0], chart.high[0]) == pytest.approx((0.2313, 0.0524, 0.4102), abs=5e-5)
    assert chart.outside == (14, 22)


def test_numbers_of_juice_are_out_where_shares_are() -> None:
    chart = np_chart(JUICE, 50)
    assert chart.outside == p_chart(JUICE, [50] * 30).outside
    assert chart.high[0] == pytest.approx(50 * p_chart(JUICE, [50] * 30).high[0])


def test_a_smaller_sample_has_wider_limits() -> None:
    chart = p_chart([5, 5], [50, 20])
    assert chart.high[1] > chart.high[0]
    assert chart.low == (0.0, 0.0)


def test_a_point_on_its_limit_is_not_beyond_it() -> None:
    """The third wafer has 28 defects, and 28 is the limit; the one with 31 lies beyond."""
    chart = c_chart(WAFERS)
    assert (chart.centre, chart.low[0], chart.high[0]) == (16.0, 4.0, 28.0)
    assert chart.outside == (23,)


def test_single_values_are_nists() -> None:
    single, moving = xmr_chart(FLOW)
    assert (single.centre, moving.centre, single.high[0], single.low[0]) == pytest.approx((50.81, 1.8778, 55.8041, 45.8159), abs=5e-5)
    assert moving.high[0] == pytest.approx(3.267 * 1.8778, abs=2e-3)
    assert not single.outside


def test_events_by_unit_are_montgomerys() -> None:
    chart = u_chart(COMPUTERS, [5] * 20)
    assert (chart.centre, chart.low[0], chart.high[0]) == pytest.approx((1.93, 0.066133, 3.793867), abs=1e-6)


def test_large_samples_vary_more_than_chance_and_laney_says_so() -> None:
    """Waiting under four hours in English emergency departments (Mohammed 2013), six weeks; formula of Laney (2002)."""
    right, all_of = [266501, 264225, 276532, 281461, 269071, 261215], [280443, 276823, 291681, 296155, 282343, 275888]
    plain, wider = p_chart(right, all_of), laney_chart(right, all_of)
    assert (plain.centre, plain.low[0], plain.high[0]) == pytest.approx((0.95049236, 0.94926348, 0.95172124), abs=1e-8)
    assert (wider.low[0], wider.high[0]) == pytest.approx((0.93891131, 0.9620734), abs=1e-7)
    assert wider.sigma[0] / plain.sigma[0] == pytest.approx(9.42406623, abs=1e-7)
    assert len(plain.outside) == 4
    assert not wider.outside


PRINTED = {
    2: (1.880, 1.128, 0.853, 0.000, 3.267, 2.659, 0.7979, 0.000, 3.267), 3: (1.023, 1.693, 0.888, 0.000, 2.574, 1.954, 0.8862, 0.000, 2.568),
    4: (0.729, 2.059, 0.880, 0.000, 2.282, 1.628, 0.9213, 0.000, 2.266), 5: (0.577, 2.326, 0.864, 0.000, 2.114, 1.427, 0.9400, 0.000, 2.089),
    6: (0.483, 2.534, 0.848, 0.000, 2.004, 1.287, 0.9515, 0.030, 1.970), 7: (0.419, 2.704, 0.833, 0.076, 1.924, 1.182, 0.9594, 0.118, 1.882),
    8: (0.373, 2.847, 0.820, 0.136, 1.864, 1.099, 0.9650, 0.185, 1.815), 9: (0.337, 2.970, 0.808, 0.184, 1.816, 1.032, 0.9693, 0.239, 1.761),
    10: (0.308, 3.078, 0.797, 0.223, 1.777, 0.975, 0.9727, 0.284, 1.716),
}  # fmt: skip
"""Montgomery, appendix VI (after ASTM): A2, d2, d3, D3, D4, A3, c4, B3, B4."""


@pytest.mark.parametrize("size", PRINTED)
def test_constants_are_those_printed(size: int) -> None:
    of = constants(size)
    spread = 3 * math.sqrt(1 - of.c4**2) / of.c4
    made = (
        3 / of.d2 / math.sqrt(size), of.d2, of.d3, max(0, 1 - 3 * of.d3 / of.d2), 1 + 3 * of.d3 / of.d2, 3 / of.c4 / math.sqrt(size), of.c4,
        max(0, 1 - spread), 1 + spread,
    )  # fmt: skip
    assert made == pytest.approx(PRINTED[size], abs=1e-3)


def test_the_constant_of_two_is_exact() -> None:
    assert constants(2).d2 == pytest.approx(2 / math.sqrt(math.pi), abs=1e-9)
    assert 3 / constants(2).d2 == pytest.approx(2.658680776, abs=1e-8)  # printed 2.660, out of a rounded d2


def test_limits_of_means_are_the_printed_factors() -> None:
    samples = [[4.0, 6.0, 5.0, 7.0], [5.0, 5.5, 6.5, 6.0], [3.0, 6.0, 4.0, 5.0]]
    of_range, ranges = xbar_r_chart(samples)
    of_spread, spreads = xbar_s_chart(samples)
    assert of_range.high[0] == pytest.approx(of_range.centre + 0.729 * ranges.centre, abs=2e-3)
    assert ranges.high[0] == pytest.approx(2.282 * ranges.centre, abs=2e-3)
    assert of_spread.high[0] == pytest.approx(of_spread.centre + 1.628 * spreads.centre, abs=2e-3)
    assert spreads.high[0] == pytest.approx(2.266 * spreads.centre, abs=2e-3)


def test_nothing_looked_at_has_no_chart() -> None:
    assert p_chart([], []) is None
    assert p_chart([0, 1], [0, 5]) is None
    assert c_chart([]) is None
    assert u_chart([1], [0]) is None
    assert xmr_chart([1.0]) is None
    assert xbar_r_chart([[1.0]]) is None


def test_what_never_varies_is_never_outside() -> None:
    assert p_chart([0, 0, 0], [10, 10, 10]).outside == ()
    assert xmr_chart([3.0, 3.0, 3.0])[0].distances == (0.0, 0.0, 0.0)


def test_eight_on_one_side_speak_to_western_electric_and_nine_to_nelson() -> None:
    assert signals([0.5] * 8, WESTERN_ELECTRIC) == {4: (7,)}
    assert signals([0.5] * 8, NELSON) == {}
    assert signals([0.5] * 9, NELSON) == {2: (8,)}
    assert signals([0.5] * 7 + [-0.1, 0.5], WESTERN_ELECTRIC) == {}


@pytest.mark.parametrize(
    ("rule", "fires", "near"),
    [
        (1, [0, 3.1], [0, 3.0]),
        (3, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0.1, 0.2, 0.3, 0.4, 0.4, 0.6]),
        (4, [0.1, -0.1] * 7, [0.1, -0.1] * 6 + [0.1, 0.1]),
        (5, [2.1, 0, 2.1], [2.1, 0, -2.1]),
        (6, [1.1, 1.1, 0, 1.1, 1.1], [1.1, 1.1, 0, 0, 1.1, 1.1]),
        (7, [0.5, -0.5, 0.4] * 5, [0.5, -0.5, 0.4] * 4 + [0.5, -0.5, 1.0]),
        (8, [1.5, -1.5] * 4, [1.5, -1.5] * 3 + [1.5, -0.9]),
    ],
)
def test_each_of_nelsons_rules_speaks_and_its_near_miss_does_not(rule: int, fires: list[float], near: list[float]) -> None:
    assert signals(fires, NELSON)[rule] == (len(fires) - 1,)
    assert rule not in signals(near, NELSON)


def test_a_steady_process_speaks_first_after_92_points_on_average() -> None:
    """Champ and Woodall, Technometrics 29 (1987): 91.75 for all four Western Electric rules, 370.4 for the limits alone."""
    chance = np.random.default_rng(11)
    firsts = []
    for _ in range(1500):
        drawn = chance.standard_normal(1200).tolist()
        for end in (100, 300, 1200):
            found = signals(drawn[:end], WESTERN_ELECTRIC)
            if found:
                firsts.append(1 + min(places[0] for places in found.values()))
                break
    assert np.mean(firsts) == pytest.approx(91.75, rel=0.08)


def test_weighted_means_are_nists() -> None:
    """NIST e-Handbook 6.3.2.4: λ 0.3, target 50, σ 2.0539; limits 52.5884 and 47.4115."""
    flow = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    chart = ewma_chart(flow, target=50, sigma=2.0539, steady=True)
    told = [50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99]
    assert chart.points == pytest.approx(told, abs=5.1e-3)
    assert (chart.high[0], chart.low[0]) == pytest.approx((52.5884, 47.4115), abs=2e-4)
    assert not chart.outside
    assert ewma_chart(flow, target=50, sigma=2.0539).high[0] < chart.high[0]


def test_summed_deviations_are_nists() -> None:
    """NIST e-Handbook 6.3.2.3: the means rise from the thirteenth on, and the fourteenth is the first beyond 4.1959."""
    means = [
        324.93, 324.68, 324.73, 324.35, 325.35, 325.23, 324.13, 324.53, 325.23, 324.60, 324.63, 325.15, 328.33, 327.25, 327.83, 328.50, 326.68, 327.78,
        326.88, 328.35,
    ]  # fmt: skip
    chart = cusum(means, target=325, sigma=0.635, slack=0.5, limit=4.1959 / 0.635)
    assert chart.up == pytest.approx([0, 0, 0, 0, 0.03, *[0] * 7, 3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16.00, 19.04], abs=3e-2)
    assert chart.down[:11] == pytest.approx([0, 0.01, 0, 0.33, 0, 0, 0.56, 0.72, 0.17, 0.25, 0.31], abs=3e-2)
    assert chart.outside[0] == 13
