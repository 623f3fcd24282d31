"""Uncertainty: the GUM's own example, and what may be said of a limit."""

import math

import pytest

from lingting.statistics.uncertainty import Conformance, combined, decide, expanded, freedom, rectangular, triangular


def test_an_end_gauge_is_the_gums() -> None:
    """JCGM 100:2008, H.1: 25, 9.7, 2.9 and 16.6 nm with 18, 25.6, 50 and 2 degrees of freedom: 32 nm, 16.7, and U99 = 93 nm."""
    parts, freedoms = [25, 9.7, 2.9, 16.6], [18, 25.6, 50, 2]
    assert combined(parts) == pytest.approx(32, abs=0.5)
    assert freedom(parts, freedoms) == pytest.approx(16.7, abs=0.1)
    assert expanded(parts, freedoms, confidence=0.99) == pytest.approx(93, abs=1)


def test_a_flat_distribution_is_wider_than_a_peaked_one() -> None:
    """GUM 4.3.7 and 4.3.9: half over the root of three, and of six."""
    assert (rectangular(3), triangular(3)) == pytest.approx((1.7320508, 1.2247449))


def test_parts_known_for_sure_take_the_normal_factor() -> None:
    assert freedom([1.0], [math.inf]) == math.inf
    assert expanded([1.0], [math.inf]) == pytest.approx(1.95996, abs=1e-4)


def test_near_a_limit_nothing_is_decided() -> None:
    assert decide(8.9, 1, high=10) is Conformance.CONFORMS
    assert decide(9.1, 1, high=10) is Conformance.UNDECIDED
    assert decide(10.9, 1, high=10) is Conformance.UNDECIDED
    assert decide(11.1, 1, high=10) is Conformance.FAILS
    assert decide(4.9, 0.5, low=5.5, high=10) is Conformance.FAILS
    assert decide(7, 0, low=7, high=7) is Conformance.CONFORMS
