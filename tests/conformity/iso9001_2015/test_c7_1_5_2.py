"""7.1.5.2 Measurement traceability: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable
from typing import Any

import pytest
from tests import instruments as house
from tests.conformity.marks import stays_green, turns_red

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]
Stands = Callable[..., tuple[str, int, int]]
WHOLE = {"named": "C-1", "digest": "a" * 64, "laboratory": "市计量院", "standard": "F1 级砝码 20 kg", "performed": "2026-07-01", "at": "2026-07-02"}


@turns_red("7.1.5.2-C1")
def test_without_a_label_or_past_its_date_and_still_in_use_fails(put: Put, stands: Stands) -> None:
    for code in ("PS-01", "PS-02"):
        house.calibrated(put, house.scale(put, code), "2026-05-02", "2026-08-30" if code == "PS-02" else "2026-10-01")
    put("instruments.tagged", instrument="PS-02", shows="fit", until="2026-08-30", at="2026-05-02")
    assert stands("7.1.5.2-C1") == ("nonconforms", 2, 2)


@stays_green("7.1.5.2-C1")
def test_the_last_day_on_its_label_counts_and_one_taken_out_of_use_says_so(put: Put, stands: Stands) -> None:
    house.calibrated(put, house.scale(put, "PS-01"), "2026-05-02", "2026-08-31")
    put("instruments.tagged", instrument="PS-01", shows="fit", until="2026-08-31", at="2026-05-02")
    house.calibrated(put, house.scale(put, "PS-02"), "2026-05-02", "2026-07-01")
    put("instruments.quarantined", instrument="PS-02", why="摔过", at="2026-07-01")
    put("instruments.tagged", instrument="PS-02", shows="stopped", at="2026-07-01")
    assert stands("7.1.5.2-C1") == ("conforms", 0, 2)


def test_what_the_law_wants_verified_is_not_in_date_by_a_check_of_our_own(put: Put, stands: Stands) -> None:
    """结算用的地磅属强制检定：自己核查过、贴了标签也不行，要有检定证书。"""
    bridge = house.scale(put)
    put("instruments.plan", instrument=bridge, risk="high", metrology="compulsory", interval=182, at="2026-05-03")
    house.calibrated(put, bridge, "2026-07-02", "2026-10-01")
    put("instruments.tagged", instrument=bridge, shows="fit", until="2026-10-01", at="2026-07-02")
    assert stands("7.1.5.2-C1") == ("nonconforms", 1, 1)
    paper = put("instruments.certificate", instrument=bridge, form="dcc", **{**WHOLE, "named": "JD-7"})
    house.calibrated(put, bridge, "2026-07-03", "2026-12-31", way="verification", external=True, certificate=paper)
    assert stands("7.1.5.2-C1") == ("conforms", 0, 1)


@turns_red("7.1.5.2-C2")
def test_a_certificate_without_uncertainty_or_typed_by_one_person_alone_fails(put: Put, stands: Stands) -> None:
    bridge = house.scale(put)
    clerk = house.person(put, "P-1")
    bare = put("instruments.certificate", instrument=bridge, form="dcc", **WHOLE)
    typed = put("instruments.certificate", instrument=bridge, form="pdf", clerk=clerk, **{**WHOLE, "named": "C-2"})
    house.calibrated(put, bridge, "2026-07-02", "2026-12-01", way="calibration", external=True, certificate=bare)
    house.calibrated(put, bridge, "2026-07-03", "2026-12-01", way="calibration", external=True, certificate=typed, uncertainty="0.02")
    assert stands("7.1.5.2-C2") == ("nonconforms", 2, 2)


@stays_green("7.1.5.2-C2")
def test_typed_and_compared_by_somebody_else_is_complete_and_a_verification_needs_no_uncertainty(put: Put, stands: Stands) -> None:
    bridge = house.scale(put)
    typed = put("instruments.certificate", instrument=bridge, form="pdf", clerk=house.person(put, "P-1"), **WHOLE)
    put("instruments.rechecked", certificate=typed, person=house.person(put, "P-2"), agrees=True, at="2026-07-02")
    house.calibrated(put, bridge, "2026-07-02", "2026-12-01", way="verification", external=True, certificate=typed)
    house.calibrated(put, bridge, "2026-07-03", "2026-12-01")
    assert stands("7.1.5.2-C2") == ("conforms", 0, 1), "our own check is no external calibration"


@turns_red("7.1.5.2-C3")
def test_what_one_person_labelled_alone_fails(put: Put, stands: Stands) -> None:
    gold = put("instruments.gold", code="GS-1", version="1", source="6 月来电", at="2026-07-01")
    put("instruments.labelled", gold=gold, key="CV-0001#3", first_by="甲", first="插话", settled_by="甲", settled="插话", at="2026-07-01")
    assert stands("7.1.5.2-C3") == ("nonconforms", 1, 1)


@stays_green("7.1.5.2-C3")
def test_two_who_differed_and_a_third_who_settled_it_is_enough(put: Put, stands: Stands) -> None:
    gold = put("instruments.gold", code="GS-1", version="1", source="6 月来电", at="2026-07-01")
    two = {"first_by": "甲", "first": "插话", "second_by": "乙", "second": "没有"}
    put("instruments.labelled", gold=gold, key="CV-0001#3", **two, settled_by="丙", settled="插话", at="2026-07-01")
    assert stands("7.1.5.2-C3") == ("conforms", 0, 1)


@turns_red("7.1.5.2-C4")
def test_out_of_tolerance_and_nobody_looked_back_in_a_week_fails(put: Put, stands: Stands) -> None:
    bridge = house.scale(put)
    house.calibrated(put, bridge, "2026-05-02", "2026-06-30")
    house.weighed(put, bridge, "2026-06-02")
    house.calibrated(put, bridge, "2026-07-15", "2026-12-31", found_error="0.42", left_error="0.02", limit="0.1", found_fit=False)
    assert stands("7.1.5.2-C4") == ("nonconforms", 1, 1)
    assert stands("7.1.5.2-C4", "2026-07-20 09:00")[2] == 0, "within the week nothing can be said yet"


@stays_green("7.1.5.2-C4")
def test_every_result_disposed_of_and_closed_is_a_look_back(put: Put, stands: Stands) -> None:
    bridge = house.scale(put)
    house.calibrated(put, bridge, "2026-05-02", "2026-06-30")
    used = house.weighed(put, bridge, "2026-06-02")
    house.calibrated(put, bridge, "2026-07-15", "2026-12-31", found_error="0.42", left_error="0.02", limit="0.1", found_fit=False)
    unfit = bridge_unfit()
    put("instruments.disposed", unfit=unfit, used=used, how="accept", why="差额在合同容差内", at="2026-07-16")
    put("instruments.closed", unfit=unfit, person=house.person(put, "QM"), effect="1 车", at="2026-07-17")
    assert stands("7.1.5.2-C4") == ("conforms", 0, 1)


def bridge_unfit() -> Any:
    from lingting.registers.instruments.models import Unfit

    return Unfit.objects.get()


@turns_red("7.1.5.2-C5")
def test_a_threshold_that_was_changed_after_it_was_approved_fails(put: Put, stands: Stands) -> None:
    made = house.version(put, house.detector(put), 1, "2026-06-01")
    put("instruments.approved", version=made, approver=house.person(put, "QM"), digest=made.digest, why="首次校准合格", at="2026-06-02")
    put("instruments.seen", version=made, digest="f" * 64, at="2026-07-01")
    assert stands("7.1.5.2-C5") == ("nonconforms", 1, 1)
    assert stands("7.1.5.2-C5", "2026-06-01 09:00")[:2] == ("nonconforms", 1), "the day before, nobody had approved it"


@stays_green("7.1.5.2-C5")
def test_approved_parameters_seen_unchanged_are_those_approved(put: Put, stands: Stands) -> None:
    made = house.version(put, house.detector(put), 1, "2026-06-01")
    put("instruments.approved", version=made, approver=house.person(put, "QM"), digest=made.digest, why="首次校准合格", at="2026-06-02")
    put("instruments.seen", version=made, digest=made.digest, at="2026-07-01")
    assert stands("7.1.5.2-C5") == ("conforms", 0, 1)
