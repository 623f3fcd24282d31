"""Controls: enrolled detectors hear the same conversations again when it is time, and a figure below where it began is drift."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests import instruments as house

from lingting.inspection.calibration import Certificate, Rate
from lingting.registers.instruments import controls, queries
from lingting.registers.instruments.models import Checked
from lingting.statistics.intervals import Interval

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]
CONTROL = controls.name("c0ffee")
JULY, AUGUST = house.at("2026-07-01 03:00"), house.at("2026-08-02 03:00")


def told(precision: float | None, *, marked: int = 40, norm: str = "turn.interrupted", number: int = 1) -> Certificate:
    spread = None if precision is None else Interval(precision - 0.08, min(1.0, precision + 0.05))
    unknown = Rate(None, None)
    return Certificate(
        norm=norm, norm_version=number, instrument="rules/1", gold="c0ffee", conversations=300, turns=(marked, 4, 0, 900), abstained=0,
        precision=Rate(precision, spread), recall=unknown, kappa=unknown, words=None, issued=date(2026, 7, 1), due=date(2027, 7, 1),
    )  # fmt: skip


@pytest.fixture
def rule(put: Put) -> Any:
    made = house.detector(put)
    house.version(put, made, 1, "2026-06-02")
    return made


def test_without_an_enrolled_detector_nothing_is_due(put: Put) -> None:
    """Near miss: a weighbridge is no detector."""
    house.scale(put)
    assert not controls.due(CONTROL, JULY)


def test_the_control_is_due_once_a_month_and_after_every_change_of_version(rule: Any, put: Put) -> None:
    assert controls.due(CONTROL, JULY)
    controls.check([told(0.9)], CONTROL, at=JULY)
    assert not controls.due(CONTROL, house.at("2026-07-20 03:00"))
    assert controls.due(CONTROL, AUGUST), "a month later"
    house.version(put, rule, 2, "2026-07-10")
    assert controls.due(CONTROL, house.at("2026-07-11 03:00")), "a new version is heard at once"


def test_a_figure_below_where_it_began_drifts_and_one_within_does_not(rule: Any) -> None:
    controls.check([told(0.90)], CONTROL, at=JULY)
    controls.check([told(0.84)], CONTROL, at=AUGUST)
    assert not queries.drifting(house.as_of("2026-08-03")).exists(), "within what the first time left open"
    [row] = controls.check([told(0.71)], CONTROL, at=house.at("2026-09-02 03:00"))
    assert [one.pk for one in queries.drifting(house.as_of("2026-09-03"))] == [row.pk]
    assert (row.low, row.value) == (8200, 7100), "the limits are those of the first time"


def test_what_is_not_enrolled_or_says_too_little_is_not_written_down(rule: Any) -> None:
    """Another norm, another version, three marked turns, and a share that nobody knows."""
    assert controls.check([told(0.9, norm="promise.made"), told(0.9, number=7), told(0.9, marked=3), told(None)], CONTROL, at=JULY) == []
    assert not Checked.objects.exists()
