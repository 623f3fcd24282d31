"""Agreement beyond chance, of two and of several, against what others published or what can be worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingting.statistics.agreement import against_reference, agreed, kappa, kappa_interval, skew, weighted_kappa
from lingting.statistics.gauge import gauge
from lingting.statistics.raters import fleiss, gwet, krippendorff, tally

counts = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3).map(np.array)

KAPPAS = [
    ([20, 5, 10, 15], 0.4, 1e-12),  # the classic worked example
    ([90, 5, 4, 1], 0.134615, 1e-6),  # the paradox: 91 % agreement, little beyond chance
    ([44, 6, 3, 97], 0.86, 0.005),  # AIAG MSA, 4th edition, III C: appraisers A and B
    ([42, 5, 9, 94], 0.79, 0.005),
    ([43, 7, 8, 92], 0.78, 0.005),
    ([45, 5, 3, 97], 0.88, 0.005),
    ([45, 2, 3, 100], 0.92, 0.005),
    ([42, 9, 6, 93], 0.77, 0.005),
]

PSYCHIATRISTS = [
    "444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444", "555555", "144444", "124444", "222333", "144444",
    "224445", "333335", "111455", "111112", "224444", "133555", "555555", "244444", "224555", "114444", "144445", "222224", "111155", "224444",
    "133333", "555555",
]  # fmt: skip
"""Fleiss, Psychological Bulletin 76 (1971): thirty patients, six diagnoses of each."""

FOURTEEN = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]  # fmt: skip
"""The worked example of Wikipedia's article on Fleiss' kappa: ten things, fourteen raters, five labels."""

_ = None
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3], [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]  # fmt: skip
"""Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section D: four observers, twelve units."""
UNITS = [list(unit) for unit in zip(*OBSERVERS, strict=True)]


@pytest.mark.parametrize(("table", "expected", "within"), KAPPAS)
def test_kappa_is_the_published_one(table: list[int], expected: float, within: float) -> None:
    square = np.array(table).reshape(2, 2)
    assert kappa(square) == pytest.approx(expected, abs=within)
    assert weighted_kappa(square, "linear") == pytest.approx(kappa(square))


def test_kappa_of_three_labels_is_that_worked_out_by_hand() -> None:
    assert kappa(np.array([[50, 10, 0], [5, 20, 5], [0, 0, 10]])) == pytest.approx((0.8 - 0.435) / (1 - 0.435))  # chance: (60*55 + 30*30 + 10*15) / 10000


def test_kappas_and_their_intervals_are_those_that_sas_prints() -> None:
    """SAS PROC FREQ, agreement of two on three ordered labels."""
    table = np.array([[0, 4, 1], [0, 8, 0], [0, 1, 5]])
    plain, weighted = kappa_interval(table), kappa_interval(table, "linear")
    assert (kappa(table), plain.low, plain.high) == pytest.approx((0.4842, 0.2137, 0.7547), abs=5e-5)
    assert (weighted_kappa(table, "linear"), weighted.low, weighted.high) == pytest.approx((0.4701, 0.1845, 0.7558), abs=5e-5)


def test_an_appraiser_lets_bad_ones_pass_and_refuses_good_ones_as_aiag_counts() -> None:
    """AIAG MSA, 4th edition, III C: miss rates .063, .063, .125; false alarms .049, .020, .088."""
    told = [against_reference(np.array(table).reshape(2, 2)) for table in ([45, 5, 3, 97], [45, 2, 3, 100], [42, 9, 6, 93])]
    assert [one.miss for one in told] == pytest.approx([0.063, 0.063, 0.125], abs=5.1e-4)
    assert [one.false_alarm for one in told] == pytest.approx([0.049, 0.020, 0.088], abs=5e-4)
    assert [one.effectiveness for one in told] == pytest.approx([142 / 150, 145 / 150, 135 / 150])


def test_a_paradox_is_explained_by_its_skew() -> None:
    told = skew(np.array([[90, 5], [4, 1]]))
    assert (told.prevalence, told.bias, told.adjusted) == pytest.approx((0.89, 0.01, 0.82))
    assert skew(np.array([[20, 5], [5, 20]])).prevalence == 0


def test_fleiss_is_his_own_and_wikipedias() -> None:
    patients = tally([list(one) for one in PSYCHIATRISTS], list("12345"))
    assert fleiss(patients) == pytest.approx(0.430, abs=5e-4)  # R, irr: kappam.fleiss
    assert fleiss(np.array(FOURTEEN)) == pytest.approx(0.210, abs=5e-4)


def test_fleiss_does_not_guess_where_ratings_are_missing() -> None:
    with pytest.raises(ValueError, match="same number"):
        fleiss(tally(UNITS, [1, 2, 3, 4, 5]))


@pytest.mark.parametrize(("scale", "expected"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_alpha_is_krippendorffs_with_what_is_missing(scale: str, expected: float) -> None:
    assert krippendorff(UNITS, scale) == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize(("weights", "expected"), [("nominal", 0.77544), ("linear", 0.85874), ("quadratic", 0.91400)])
def test_ac1_and_ac2_are_gwets(weights: str, expected: float) -> None:
    """Gwet's own example has the ratings of Krippendorff's; figures as irrCAC (the R package, and its Python port) prints them."""
    assert gwet(tally(UNITS, [1, 2, 3, 4, 5]), weights) == pytest.approx(expected, abs=5e-6)


def test_where_only_one_label_was_used_nothing_is_told_from_chance() -> None:
    """Not 1.0 and not 0: nobody was asked to tell one thing from another."""
    alike = np.array([[7, 0], [0, 0]])
    assert kappa(alike) is None
    assert weighted_kappa(alike, "quadratic") is None
    assert kappa_interval(alike) is None
    assert fleiss(np.array([[3, 0], [3, 0]])) is None
    assert krippendorff([[1, 1], [1, 1]], "interval") is None
    assert gwet(np.array([[3, 0], [3, 0]])) is None


def test_nothing_judged_has_no_agreement() -> None:
    none = np.zeros((2, 2), dtype=int)
    assert [figure(none) for figure in (agreed, kappa, kappa_interval, skew, against_reference, fleiss, gwet)] == [None] * 7
    assert krippendorff([[1, None], [None, 2]], "nominal") is None


def test_two_labels_that_always_agree_are_one_and_have_no_interval() -> None:
    """The near miss of a single label: both labels were used, so agreement is told from chance."""
    both = np.array([[7, 0], [0, 5]])
    assert kappa(both) == 1
    assert kappa_interval(both) is None
    assert krippendorff([[1, 1], [2, 2]], "nominal") == 1


@given(counts)
def test_kappa_is_at_most_one_and_that_only_without_an_error(table: np.ndarray) -> None:
    value = kappa(table)
    if value is not None:
        assert -1 <= value <= 1
        assert (value == 1) == (table.trace() == table.sum())


@given(counts)
def test_kappa_does_not_mind_who_is_asked_first(table: np.ndarray) -> None:
    assert kappa(table) == kappa(table.T)


STUDY = [
    [[3.29, 3.41, 3.64], [3.08, 3.25, 3.07], [3.04, 2.89, 2.85]], [[2.44, 2.32, 2.42], [2.53, 1.78, 2.32], [1.62, 1.87, 2.04]],
    [[4.34, 4.17, 4.27], [4.19, 3.94, 4.34], [3.88, 4.09, 3.67]], [[3.47, 3.50, 3.64], [3.01, 4.03, 3.20], [3.14, 3.20, 3.11]],
    [[2.20, 2.08, 2.16], [2.44, 1.80, 1.72], [1.54, 1.93, 1.55]],
]  # fmt: skip
"""SPC for Excel, "ANOVA Gage R&R (Part 3)": five parts, three operators, three trials."""


def test_a_gauge_study_is_the_published_one() -> None:
    study = gauge(STUDY)
    assert study.interaction == pytest.approx(0.9964, abs=5e-4)
    assert (study.repeatability, study.appraisers, study.together, study.parts, study.measuring) == pytest.approx((0.0468, 0.0512, 0, 0.7978, 0.0980), abs=5e-4)
    assert study.share == pytest.approx(0.3307, abs=1e-4)
    assert study.categories == 4


def test_an_interaction_that_is_no_accident_stays() -> None:
    """One appraiser reads the third part two higher, every time: that is neither the gauge nor the appraiser alone."""
    study = gauge([[[1.0, 1.1], [1.1, 1.0]], [[2.0, 2.1], [2.0, 2.2]], [[3.0, 3.1], [5.0, 5.1]]])
    assert study.interaction < 0.05
    assert study.together > study.repeatability
    assert gauge([[[1.0, 1.1]]]) is None
