"""Figures of agreement, against values that others published or that can be worked out by hand."""

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lingting.inspection.measure import (
    Interval,
    accuracy,
    bootstrap,
    by_group,
    confusion,
    f1,
    kappa,
    macro_f1,
    precision,
    recall,
    unweighted_recall,
    wilson,
)

COUNTS = np.array([[50, 10, 0], [5, 20, 5], [0, 0, 10]])
"""By hand: 80 of 100 right; recalls 50/60, 20/30, 10/10; precisions 50/55, 20/30, 10/15."""
counts = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3).map(np.array)


def test_rates_of_three_labels_are_those_worked_out_by_hand() -> None:
    assert accuracy(COUNTS) == 0.8
    assert [recall(COUNTS, label) for label in range(3)] == pytest.approx([5 / 6, 2 / 3, 1.0])
    assert [precision(COUNTS, label) for label in range(3)] == pytest.approx([50 / 55, 2 / 3, 2 / 3])
    assert f1(COUNTS, 0) == pytest.approx(2 * 50 / (55 + 60))
    assert macro_f1(COUNTS) == pytest.approx((100 / 115 + 40 / 60 + 20 / 25) / 3)
    assert unweighted_recall(COUNTS) == pytest.approx((5 / 6 + 2 / 3 + 1) / 3)
    assert kappa(COUNTS) == pytest.approx((0.8 - 0.435) / (1 - 0.435))  # chance: (60*55 + 30*30 + 10*15) / 10000


@pytest.mark.parametrize(
    ("table", "expected", "within"),
    [
        ([20, 5, 10, 15], 0.4, 1e-12),  # the classic worked example
        ([90, 5, 4, 1], 0.134615, 1e-6),  # the paradox: 91 % agreement, little beyond chance
        ([44, 6, 3, 97], 0.86, 0.005),  # AIAG MSA, 4th edition: appraisers A and B
        ([42, 5, 9, 94], 0.79, 0.005),
        ([43, 7, 8, 92], 0.78, 0.005),
        ([45, 5, 3, 97], 0.88, 0.005),
        ([45, 2, 3, 100], 0.92, 0.005),
        ([42, 9, 6, 93], 0.77, 0.005),
    ],
)
def test_kappa_is_the_published_one(table: list[int], expected: float, within: float) -> None:
    assert kappa(np.array(table).reshape(2, 2)) == pytest.approx(expected, abs=within)


@pytest.mark.parametrize(("hits", "n", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)])
def test_wilson_is_newcombes_table(hits: int, n: int, low: float, high: float) -> None:
    interval = wilson(hits, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


def test_what_cannot_be_known_is_unknown_and_never_nought_or_one() -> None:
    only_one = np.array([[7, 0], [0, 0]])
    assert kappa(only_one) is None
    assert recall(only_one, 1) is None
    assert precision(only_one, 1) is None
    assert f1(only_one, 1) is None
    assert accuracy(np.zeros((2, 2), dtype=int)) is None
    assert kappa(np.zeros((2, 2), dtype=int)) is None
    assert wilson(0, 0) is None


def test_a_label_that_is_there_and_never_found_has_an_f1_of_nought() -> None:
    assert f1(np.array([[5, 0], [3, 0]]), 1) == 0.0


def test_an_interval_over_conversations_is_wider_than_one_over_turns() -> None:
    """Twenty conversations of thirty turns, each all right or all wrong: thirty turns say no more than one."""
    right, wrong = np.array([[0, 0], [0, 30]]), np.array([[0, 0], [30, 0]])
    [whole] = bootstrap([right] * 10 + [wrong] * 10, [accuracy], seed=1)
    one_right, one_wrong = right // 30, wrong // 30
    [turns] = bootstrap([one_right] * 300 + [one_wrong] * 300, [accuracy], seed=1)
    assert 0.5 in whole
    assert 0.5 in turns
    assert whole.high - whole.low > 4 * (turns.high - turns.low)


def test_draws_that_show_nothing_give_no_interval() -> None:
    assert bootstrap([np.array([[3, 0], [0, 4]])] * 9, [accuracy], seed=1) == [None]
    assert bootstrap([COUNTS], [accuracy], seed=1) == [None]


def test_a_bootstrap_is_the_same_for_the_same_seed() -> None:
    groups = [COUNTS, COUNTS.T, COUNTS + 3, COUNTS + 1]
    assert bootstrap(groups, [kappa, accuracy], seed=4) == bootstrap(groups, [kappa, accuracy], seed=4)
    assert bootstrap(groups, [kappa], seed=4) != bootstrap(groups, [kappa], seed=5)


def test_groups_add_up_to_the_whole() -> None:
    truth, said, groups = list("aabbabba"), list("ababbbba"), [1, 1, 2, 2, 3, 3, 1, 2]
    parts = by_group(truth, said, groups, "ab")
    assert len(parts) == 3
    assert (sum(parts) == confusion(truth, said, "ab")).all()


def test_an_interval_knows_what_lies_in_it() -> None:
    assert 0.5 in Interval(0.4, 0.5)
    assert 0.39 not in Interval(0.4, 0.5)


@given(counts)
def test_kappa_is_at_most_one_and_that_only_without_an_error(table: np.ndarray) -> None:
    value = kappa(table)
    if value is not None:
        assert -1 <= value <= 1
        assert (value == 1) == (table.trace() == table.sum())


@given(counts)
def test_kappa_does_not_mind_who_is_asked_first(table: np.ndarray) -> None:
    assert kappa(table) == kappa(table.T)


@pytest.mark.data
def test_every_reference_value_of_kappa_and_wilson_is_met(data: object) -> None:
    path = data.parent / "standards" / "reference_values.yaml"
    if not path.exists():
        pytest.skip(f"The reference values are not at {path}.")
    reference = yaml.safe_load(path.read_text(encoding="utf-8"))
    by_id = {entry["id"]: entry for part in reference.values() if isinstance(part, list) for entry in part}
    for row in by_id["newcombe1998"]["rows"]:
        interval = wilson(row["x"], row["n"])
        assert (interval.low, interval.high) == pytest.approx(tuple(row["wilson"]), abs=5e-5)
    aiag = by_id["aiag-msa4-attribute"]
    for pair, table in aiag["tables"].items():
        assert kappa(np.array(table).reshape(2, 2)) == pytest.approx(aiag["expected_kappa"][pair], abs=0.005)
