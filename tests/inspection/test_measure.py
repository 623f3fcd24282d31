"""Figures of agreement, against values that others published or that can be worked out by hand."""

import numpy as np
import pytest

from lingting.inspection.measure import accuracy, by_group, confusion, f1, macro_f1, precision, recall, unweighted_recall

COUNTS = np.array([[50, 10, 0], [5, 20, 5], [0, 0, 10]])
"""By hand: 80 of 100 right; recalls 50/60, 20/30, 10/10; precisions 50/55, 20/30, 10/15."""


def test_rates_of_three_labels_are_those_worked_out_by_hand() -> None:
    assert accuracy(COUNTS) == 0.8
    assert [recall(COUNTS, label) for label in range(3)] == pytest.approx([5 / 6, 2 / 3, 1.0])
    assert [precision(COUNTS, label) for label in range(3)] == pytest.approx([50 / 55, 2 / 3, 2 / 3])
    assert f1(COUNTS, 0) == pytest.approx(2 * 50 / (55 + 60))
    assert macro_f1(COUNTS) == pytest.approx((100 / 115 + 40 / 60 + 20 / 25) / 3)
    assert unweighted_recall(COUNTS) == pytest.approx((5 / 6 + 2 / 3 + 1) / 3)


def test_what_cannot_be_known_is_unknown_and_never_nought_or_one() -> None:
    only_one = np.array([[7, 0], [0, 0]])
    assert recall(only_one, 1) is None
    assert precision(only_one, 1) is None
    assert f1(only_one, 1) is None
    assert accuracy(np.zeros((2, 2), dtype=int)) is None


def test_a_label_that_is_there_and_never_found_has_an_f1_of_nought() -> None:
    assert f1(np.array([[5, 0], [3, 0]]), 1) == 0.0


def test_groups_add_up_to_the_whole() -> None:
    truth, said, groups = list("aabbabba"), list("ababbbba"), [1, 1, 2, 2, 3, 3, 1, 2]
    parts = by_group(truth, said, groups, "ab")
    assert len(parts) == 3
    assert (sum(parts) == confusion(truth, said, "ab")).all()
