"""7.1.5.1 Measuring resources: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests import instruments as house
from tests.conformity.marks import stays_green, turns_red

from lingting import catalog
from lingting.conformity import assess, portions
from lingting.conformity.check import CHECKS
from lingting.ledger.moment import Moment
from lingting.registers.instruments import actions, queries

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]
Stands = Callable[..., tuple[str, int, int]]


@turns_red("7.1.5.1-C1")
def test_a_detector_that_finds_things_and_is_in_no_register_fails(put: Put, stands: Stands) -> None:
    house.heard("2026-07-01 09:00")
    house.heard("2026-07-01 10:00")
    assert stands("7.1.5.1-C1") == ("nonconforms", 1, 1), "however much it found, it is one detector"
    assert stands("7.1.5.1-C1", "2026-07-15 08:59")[0] == "no-evidence", "for a fortnight what it finds is an indication"
    assert stands("7.1.5.1-C1", "2026-07-15 09:00")[0] == "nonconforms"


@stays_green("7.1.5.1-C1")
def test_a_detector_in_an_older_version_is_registered(put: Put, stands: Stands) -> None:
    house.version(put, house.detector(put), 1, "2026-06-01")
    house.heard("2026-07-01 09:00", number=2)
    assert stands("7.1.5.1-C1") == ("conforms", 0, 1)
    assert stands("7.1.5.1-C1", "2026-07-02 09:00") == ("conforms", 0, 1), "one that is registered counts from its first day"
    house.heard("2026-07-01 10:00", "slot.asked")
    assert stands("7.1.5.1-C1") == ("nonconforms", 1, 2)


@turns_red("7.1.5.1-C2")
def test_a_meter_in_use_without_a_plan_fails(put: Put, stands: Stands) -> None:
    """邻居投诉以后，08-05 起拿边界噪声计出证，一直没有校准计划。"""
    house.scale(put)
    put("instruments.instrument", code="NM-02", name="边界噪声计", sort="device", use="边界噪声", at="2026-08-05")
    assert stands("7.1.5.1-C2") == ("nonconforms", 1, 2)
    assert stands("7.1.5.1-C2", "2026-08-04 09:00") == ("conforms", 0, 1)


@stays_green("7.1.5.1-C2")
def test_another_suitable_way_that_was_approved_is_a_plan_until_its_review(put: Put, stands: Stands) -> None:
    """没有可溯源标准的问卷，用经批准的其他方法。"""
    form = put("instruments.instrument", code="SV-01", name="满意度问卷", sort="survey", use="满意度", at="2026-06-01")
    put("instruments.alternative", instrument=form, approver=house.person(put, "QM"), method="重测信度", why="没有标准", review="2026-08-31", at="2026-06-01")
    assert stands("7.1.5.1-C2") == ("conforms", 0, 1)
    assert stands("7.1.5.1-C2", "2026-09-01 09:00") == ("nonconforms", 1, 1)


@turns_red("7.1.5.1-C3")
def test_an_inspector_below_the_floor_and_one_whom_nobody_ever_studied_fail(put: Put, stands: Stands) -> None:
    for code in ("Q2", "Q3"):
        person = house.person(put, f"P-{code}")
        put("instruments.instrument", code=code, name=code, sort="inspector", use="评分", person=person, at="2026-06-01")
    put("instruments.studied", instrument="Q2", reference="panel", counts="8 5 2; 6 9 5; 1 4 10", weights="linear", at="2026-07-27")
    assert stands("7.1.5.1-C3") == ("nonconforms", 2, 2)


@stays_green("7.1.5.1-C3")
def test_one_that_is_new_is_given_fourteen_days_and_a_good_study_after_a_bad_one_counts(put: Put, stands: Stands) -> None:
    rule = house.detector(put)
    made = house.version(put, rule, 1, "2026-06-01")
    house.studied(put, rule, made, "2026-07-01", counts="5 5; 5 5")
    house.studied(put, rule, made, "2026-07-20", counts="60 4; 3 133")
    house.detector(put, "slot.asked", at="2026-08-20")
    assert stands("7.1.5.1-C3") == ("conforms", 0, 1)
    assert stands("7.1.5.1-C3", "2026-06-04 09:00")[2] == 0, "three days after it was taken into use nothing can be said"


@turns_red("7.1.5.1-C4")
def test_findings_of_a_new_version_before_anybody_confirmed_it_fail(put: Put, stands: Stands) -> None:
    """07-06 上线 v1.2，没有确认；07-19 之前的发现只是提示。"""
    rule = house.detector(put)
    house.studied(put, rule, house.version(put, rule, 1, "2026-06-01"), "2026-06-02")
    new = house.version(put, rule, 2, "2026-07-06")
    house.heard("2026-07-05 09:00", number=1)
    house.heard("2026-07-07 09:00", number=2)
    house.heard("2026-07-19 09:00", number=2)
    assert stands("7.1.5.1-C4") == ("nonconforms", 2, 2)
    house.studied(put, rule, new, "2026-07-20", counts="16 7; 4 73")
    assert stands("7.1.5.1-C4") == ("nonconforms", 2, 2), "found unfit, it was not confirmed either"


@stays_green("7.1.5.1-C4")
def test_a_new_version_that_was_studied_before_it_was_used_is_confirmed(put: Put, stands: Stands) -> None:
    rule = house.detector(put)
    house.version(put, rule, 1, "2026-06-01")
    new = house.version(put, rule, 2, "2026-07-06 08:00")
    house.studied(put, rule, new, "2026-07-06 08:30")
    house.heard("2026-07-06 09:00", number=2)
    house.heard("2026-06-03 09:00", number=1)
    assert stands("7.1.5.1-C4") == ("conforms", 0, 1), "the first version replaced nothing"


@turns_red("7.1.5.1-C5")
def test_weighings_after_the_last_day_of_the_certificate_fail(put: Put, stands: Stands) -> None:
    """检定到 06-30 为止，07-01 起还在称。"""
    bridge = house.scale(put)
    house.calibrated(put, bridge, "2026-05-02", "2026-06-30")
    house.weighed(put, bridge, "2026-06-30 23:59")
    house.weighed(put, bridge, "2026-07-01 00:01")
    assert stands("7.1.5.1-C5") == ("nonconforms", 1, 2)


@stays_green("7.1.5.1-C5")
def test_on_the_last_day_itself_it_is_in_date_and_practice_and_early_indications_are_not_counted(put: Put, stands: Stands) -> None:
    """06-30 当天称的仍有效；质检员练习评分不算；检测器首次校准之前的发现本来只是提示。"""
    bridge = house.scale(put)
    house.calibrated(put, bridge, "2026-05-02", "2026-06-30")
    house.weighed(put, bridge, "2026-06-30 08:00")
    house.weighed(put, bridge, "2026-07-03 08:00", practice=True)
    rule = house.detector(put)
    made = house.version(put, rule, 1, "2026-06-01")
    house.heard("2026-06-03 09:00")
    house.studied(put, rule, made, "2026-06-10")
    house.heard("2026-06-11 09:00")
    assert stands("7.1.5.1-C5") == ("conforms", 0, 2)


def test_counted_in_pieces_it_agrees_with_counting_everything_and_a_calibration_counts_all_anew(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "SHIFT", 17)
    bridge, rule = house.scale(put), house.detector(put)
    made = house.version(put, rule, 1, "2026-06-01")
    house.studied(put, rule, made, "2026-06-02", due="2026-06-30")
    now = house.at("2026-08-31 09:00")
    for day in ("2026-06-03", "2026-06-20", "2026-07-01", "2026-07-02"):
        house.heard(day)
        house.weighed(put, bridge, day)
        assess.catch_up(now)
    assert_whole(now, 4 + 2, 8)
    house.calibrated(put, bridge, "2026-06-10", "2026-06-30", occasion="first")
    assess.catch_up(now)
    assert_whole(now, 3 + 2, 8)
    counted = portions.tally(CHECKS["7.1.5.1-C5"], Moment(now), known=assess.standings(now=now, moment=Moment(now))["7.1.5.1-C5"].moment.known)
    assert not counted.anew, "nothing was written since"


def assert_whole(now: datetime, failing: int, scope: int) -> None:
    kept = assess.standings(Moment(now), now=now)["7.1.5.1-C5"].verdict
    whole = assess.ask(CHECKS["7.1.5.1-C5"], Moment(now)).verdict
    assert (kept.failing, kept.scope) == (whole.failing, whole.scope) == (failing, scope)


def test_before_the_first_study_nothing_speaks_for_7_1_5(put: Put, stands: Stands) -> None:
    """06-04：还没有检测器或质检员校准过。"""
    rule = house.detector(put)
    house.version(put, rule, 1, "2026-06-01")
    put("instruments.plan", instrument=rule, risk="low", metrology="check", interval=182, at="2026-06-01")
    house.heard("2026-06-03 09:00")
    states = {id: stands(id, "2026-06-04 09:00")[0] for id in (f"7.1.5.1-C{number}" for number in range(1, 6))}
    assert states == {"7.1.5.1-C1": "conforms", "7.1.5.1-C2": "conforms", "7.1.5.1-C3": "no-evidence", "7.1.5.1-C4": "no-evidence", "7.1.5.1-C5": "no-evidence"}


def test_the_floor_of_kappa_is_the_catalogs() -> None:
    assert catalog.read().checks["7.1.5.1-C3"].measure.default == queries.KAPPA_FLOOR
    assert actions.LEAST_KAPPA == queries.KAPPA_FLOOR * 10_000
