"""8.4.3 Information for external providers: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Make = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
ALL = "provision approval competence interaction monitoring premises"


@pytest.fixture
def agreement(provider: Make, put: Make) -> Make:
    """A contract with the night hotline, reviewed and sent unless told otherwise."""

    def agree(*, reviewed: str = "2026-06-02 10:00", sent: str = "2026-06-02 11:00", sort: str = "carrier", **given: object) -> Record:
        whole = {"code": "AG-06", "title": "夜间热线外包合同", "covers": ALL, "personal_data": False, "at": "2026-06-02 09:00"}
        row = put("suppliers.agreement", provider=provider(sort=sort), **{**whole, **given})
        if reviewed:
            put("suppliers.reviewed", agreement=row, adequate=True, note="齐全", at=reviewed)
        if sent:
            put("suppliers.sent", agreement=row, way="邮件", at=sent)
        return row

    return agree


@turns_red("8.4.3-C1")
def test_a_contract_that_is_silent_on_competence_is_incomplete(agreement: Make, stands: Stands) -> None:
    agreement(covers=ALL.replace("competence ", ""))
    assert stands("8.4.3-C1") == ("nonconforms", 1, 1)


@stays_green("8.4.3-C1")
def test_what_does_not_apply_for_a_reason_need_not_be_told(agreement: Make, stands: Stands) -> None:
    agreement(covers=ALL.replace(" premises", ""), not_applicable="在其现场的验证", why_not="云服务没有可到的现场")
    assert stands("8.4.3-C1") == ("conforms", 0, 1)


def test_a_draft_and_a_contract_that_ended_are_not_counted(agreement: Make, put: Make, stands: Stands) -> None:
    row = agreement(covers="")
    put("suppliers.withdrawn", agreement=row, reason="改签新合同", at="2026-07-01")
    put("suppliers.agreement", provider=row.provider, code="AG-07", title="草稿", personal_data=False, at="2026-07-01")
    assert stands("8.4.3-C1") == ("no-evidence", 0, 0)


@turns_red("8.4.3-C2")
def test_a_review_after_it_went_out_is_no_review_before(agreement: Make, stands: Stands) -> None:
    agreement(reviewed="2026-06-02 11:01")
    assert stands("8.4.3-C2") == ("nonconforms", 1, 1)


@stays_green("8.4.3-C2")
def test_a_review_in_the_minute_before_is_in_time(agreement: Make, stands: Stands) -> None:
    agreement(reviewed="2026-06-02 10:59")
    assert stands("8.4.3-C2") == ("conforms", 0, 1)


def test_a_review_that_found_it_inadequate_lets_nothing_go_out(agreement: Make, put: Make, stands: Stands) -> None:
    row = agreement(reviewed="", sent="")
    put("suppliers.reviewed", agreement=row, adequate=False, note="缺考核指标", at="2026-06-02 10:00")
    put("suppliers.sent", agreement=row, way="邮件", at="2026-06-02 11:00")
    assert stands("8.4.3-C2") == ("nonconforms", 1, 1)


@turns_red("8.4.3-C3")
def test_a_desk_hears_customers_whatever_its_contract_says(agreement: Make, stands: Stands) -> None:
    agreement(sort="desk", personal_data=False)
    assert stands("8.4.3-C3") == ("nonconforms", 1, 1)


@stays_green("8.4.3-C3")
def test_limits_on_the_use_of_the_data_are_limits(agreement: Make, provider: Make, put: Make, stands: Stands) -> None:
    agreement(sort="desk", personal_data=True, data_limits="只用于本次接听，30 日内删除，不得转包")
    row = put(
        "suppliers.agreement", provider=provider("PV-08", name="衡准计量", sort="laboratory"), code="AG-08", title="校准", covers=ALL, personal_data=False
    )
    put("suppliers.sent", agreement=row, way="邮件")
    assert stands("8.4.3-C3") == ("conforms", 0, 1), "a laboratory that calibrates scales sees no personal data"
