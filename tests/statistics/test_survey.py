"""What customers answer: a score never stands without its n and its interval."""

import pytest

from lingting.statistics.survey import effort, promoters, recommendation, satisfaction


def test_a_net_promoter_score_is_the_closed_form() -> None:
    """50 promote, 30 neither, 20 detract: 30, ± 1.96 × 7.81 (variance 100² (p + d - (p - d)²) / n)."""
    told = promoters(50, 30, 20)
    assert (told.value, told.n) == (30.0, 100)
    assert (told.interval.low, told.interval.high) == pytest.approx((14.6919, 45.3081), abs=5e-4)  # with 1.96, as printed


def test_answers_from_nought_to_ten_fall_into_three() -> None:
    assert recommendation([0, 6, 7, 8, 9, 10]).value == 0.0
    assert recommendation([9] * 50 + [7] * 30 + [6] * 20) == promoters(50, 30, 20)


def test_answers_all_alike_have_a_score_and_no_interval() -> None:
    assert promoters(4, 0, 0).value == 100.0
    assert promoters(4, 0, 0).interval is None
    assert effort([5, 5, 5]).interval is None
    assert effort([5]).interval is None


def test_satisfaction_counts_from_four_on() -> None:
    told = satisfaction([5, 4, 3, 2])
    assert told.value == 0.5
    assert 0.5 in told.interval
    assert satisfaction([5, 4, 3, 2], satisfied=5).value == 0.25


def test_effort_has_students_interval() -> None:
    told = effort([7, 6, 5, 6])
    assert told.value == 6.0
    assert told.interval.high - 6 == pytest.approx(3.1824 * 0.8165 / 2, abs=1e-3)  # Student, three degrees of freedom: 3.1824


def test_no_answers_are_no_score() -> None:
    assert satisfaction([]) is None
    assert recommendation([]) is None
    assert effort([]) is None
