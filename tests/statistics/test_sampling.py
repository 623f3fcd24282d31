"""Sampling: plans, discovery, lots; against tables that others printed."""

import pytest
from scipy.stats import hypergeom

from lingting.statistics.lots import LIMITS, SIZES, Inspected, Severity, letter_for, plan_for, plan_of_lot, regime
from lingting.statistics.sampling import Plan, accepting, attribute_sample, discovery, hypergeometric, outgoing, plan_between, share_sample

YES, NO = Inspected(accepted=True), Inspected(accepted=False)


def test_chances_of_acceptance_are_nists() -> None:
    """NIST e-Handbook 6.2.3.2, plan (52, 3), 1 % to 12 %."""
    printed = [0.998, 0.980, 0.930, 0.845, 0.739, 0.620, 0.502, 0.394, 0.300, 0.223, 0.162, 0.115]
    assert [accepting(Plan(52, 3), one / 100) for one in range(1, 13)] == pytest.approx(printed, abs=1e-3)
    assert [round(outgoing(Plan(52, 3), one / 100, lot=10**9), 4) for one in (2, 4, 5, 6)] == [0.0196, 0.0338, 0.0369, 0.0372]


def test_a_plan_between_two_points_is_that_of_r() -> None:
    """CRAN AcceptanceSampling, find.plan(PRP = c(0.05, 0.95), CRP = c(0.15, 0.075)): n 80, c 7. AccSamplingDesign: 0.01 and 0.05, n 144, c 4."""
    assert plan_between(good=0.05, accepted=0.95, bad=0.15, refused=0.925) == Plan(80, 7)
    assert plan_between(good=0.01, accepted=0.98, bad=0.05, refused=0.85) == Plan(144, 4)
    with pytest.raises(ValueError, match="apart"):
        plan_between(good=0.05, accepted=0.95, bad=0.05, refused=0.9)


def test_discovery_is_the_auditors_table() -> None:
    """AICPA Audit Guide, Audit Sampling, no deviation expected, 5 % and 10 % risk."""
    shares = [0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.15, 0.2]
    assert [discovery(share) for share in shares] == [149, 99, 74, 59, 49, 42, 36, 32, 29, 19, 14]
    assert [discovery(share, confidence=0.9) for share in shares] == [114, 76, 57, 45, 38, 32, 28, 25, 22, 15, 11]


def test_a_small_lot_needs_fewer() -> None:
    assert [discovery(0.05, lot=lot) for lot in (200, 500, 1000)] == [51, 56, 57]
    assert hypergeometric(0, lot=200, bad=10, n=50) > 0.05 >= hypergeometric(0, lot=200, bad=10, n=51)
    assert discovery(0.0) is None


def test_taking_without_putting_back_is_scipys() -> None:
    for lot, bad, n, found in ((200, 10, 51, 2), (30, 12, 25, 9), (10_000, 500, 200, 12), (20, 5, 18, 1)):
        assert hypergeometric(found, lot=lot, bad=bad, n=n) == pytest.approx(hypergeom.cdf(found, lot, bad, n), abs=1e-9)


@pytest.mark.parametrize(
    ("expected", "tolerable", "plan"),
    [(0.01, 0.05, (93, 1)), (0.01, 0.06, (78, 1)), (0.02, 0.06, (127, 3)), (0.02, 0.07, (88, 2)), (0.02, 0.1, (46, 1))],
)
def test_samples_with_expected_deviations_are_the_auditors_table(expected: float, tolerable: float, plan: tuple[int, int]) -> None:
    """AICPA Audit Guide, Audit Sampling, 5 % risk."""
    assert attribute_sample(risk=0.05, expected=expected, tolerable=tolerable) == Plan(*plan)


def test_a_share_is_known_to_five_points_from_385() -> None:
    """Cochran, Sampling Techniques, 4.4: 385 of endlessly many; 278 of a thousand."""
    assert (share_sample(0.05), share_sample(0.05, lot=1000), share_sample(0.05, share=0.1)) == (385, 278, 139)


@pytest.mark.parametrize(
    ("letter", "limit", "accept"),
    [("K", 0.65, 2), ("K", 1.0, 3), ("K", 2.5, 7), ("K", 4.0, 10), ("L", 2.5, 10), ("J", 1.0, 2), ("A", 6.5, 0), ("F", 65, 21)],
)
def test_acceptance_numbers_are_those_of_the_master_table(letter: str, limit: float, accept: int) -> None:
    """MIL-STD-105E, table II-A."""
    assert plan_for(letter, limit) == Plan(SIZES[letter], accept)


@pytest.mark.parametrize(
    ("letter", "limit", "plan"),
    [("K", 0.15, (80, 0)), ("K", 0.25, (200, 1)), ("A", 1.0, (13, 0)), ("R", 10, (125, 21)), ("A", 10, (5, 1)), ("B", 1000, (3, 44)), ("C", 1000, (3, 44))],
)
def test_an_arrow_leads_to_another_size_too(letter: str, limit: float, plan: tuple[int, int]) -> None:
    """Following the arrow, sample size and acceptance number both change; keeping the size is the usual mistake."""
    assert plan_for(letter, limit) == Plan(*plan)


def test_every_letter_has_a_plan_for_every_limit() -> None:
    assert all(plan_for(letter, limit).n in SIZES.values() for letter in SIZES for limit in LIMITS)


def test_a_lot_has_its_letter() -> None:
    """MIL-STD-105E, table I."""
    told = {(8, "II"): "A", (9, "II"): "B", (1000, "II"): "J", (1200, "I"): "G", (3201, "III"): "M", (500_001, "II"): "Q", (10_000, "S-4"): "G"}
    assert {one: letter_for(*one) for one in told} == told
    assert plan_of_lot(1000, 1.0) == Plan(80, 2)
    assert plan_of_lot(40, 0.1) == Plan(40, 0)


def test_two_of_five_refused_tighten_and_five_accepted_loosen() -> None:
    """ISO 2859-1:1999, 9.3."""
    assert regime([NO, YES, YES, YES, NO]).severity is Severity.TIGHTENED
    assert regime([NO, YES, YES, YES, YES, NO]).severity is Severity.NORMAL
    assert regime([NO, NO, *[YES] * 4]).severity is Severity.TIGHTENED
    assert regime([NO, NO, *[YES] * 5]).severity is Severity.NORMAL


def test_five_refused_while_tightened_end_it() -> None:
    assert regime([NO, NO, *[NO, YES] * 4]).severity is Severity.TIGHTENED
    assert regime([NO, NO, *[NO, YES] * 5, *[YES] * 9]).severity is Severity.DISCONTINUED


def test_ten_good_lots_in_a_row_earn_reduced_inspection() -> None:
    """With acceptance numbers of two and more a lot scores three, if it would have passed one limit tighter; below that two."""
    well = Inspected(accepted=True, accept=3, tighter=True)
    assert regime([well] * 10).may_be_reduced
    assert not regime([well] * 9).may_be_reduced
    assert regime([*[well] * 9, Inspected(accepted=True, accept=3)]).score == 0
    assert regime([YES] * 15).score == 30
    assert not regime([*[well] * 10, NO]).may_be_reduced
