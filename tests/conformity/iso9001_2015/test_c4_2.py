"""4.2 Needs and expectations: relevant parties have needs, needs have a place, what was heard is decided, the register is reviewed."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def party(put: Put) -> Record:
    row = put("parties.party", category="regulator", organisation="临澜交通运输局", internal="no", at="2026-06-01")
    put("parties.judged", party=row, relevant="yes", reason="监管我们的运输", review="2027-01-01", at="2026-06-01")
    return row


@pytest.fixture
def need(put: Put, party: Record) -> Callable[..., Record]:
    return lambda at="2026-06-02", origin="law": put("parties.need", party=party, words="驾驶员连续驾驶不超四小时", origin=origin, at=at)


@turns_red("4.2-C1")
def test_a_relevant_party_of_which_no_need_is_known_fails(party: Record, stands: Stands) -> None:
    assert stands("4.2-C1") == ("nonconforms", 1, 1)


@stays_green("4.2-C1")
def test_a_need_with_its_origin_is_enough_and_an_irrelevant_party_needs_none(need: Callable[..., Record], put: Put, stands: Stands) -> None:
    need()
    other = put("parties.party", category="society", organisation="摄影协会", internal="no", at="2026-06-01")
    put("parties.judged", party=other, relevant="no", reason="与我们的服务无关", review="2027-01-01", at="2026-06-01")
    assert stands("4.2-C1") == ("conforms", 0, 1)


@turns_red("4.2-C2")
def test_a_need_that_went_nowhere_fails(need: Callable[..., Record], stands: Stands) -> None:
    need()
    assert stands("4.2-C2") == ("nonconforms", 1, 1)


@stays_green("4.2-C2")
def test_a_need_declined_with_a_reason_went_somewhere(need: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("parties.declined", need=need(), reason="由承运人承担", at="2026-06-03")
    assert stands("4.2-C2") == ("conforms", 0, 1)


@turns_red("4.2-C3")
def test_a_need_heard_and_not_decided_in_thirty_days_fails(need: Callable[..., Record], stands: Stands) -> None:
    need("2026-07-01", origin="conversation")
    assert stands("4.2-C3") == ("at-risk", 1, 1)


@stays_green("4.2-C3")
def test_a_need_decided_on_the_thirtieth_day_or_not_due_yet_does_not(need: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("parties.adopted", need=need("2026-07-01 09:00", origin="conversation"), serves="8.5.1", at="2026-07-31 09:00")
    need("2026-08-20", origin="notice")
    assert stands("4.2-C3")[1] == 0


@turns_red("4.2-C4")
def test_a_register_not_reviewed_for_a_year_fails(put: Put, stands: Stands) -> None:
    put("parties.reviewed", note="已评审", at="2025-08-01")
    assert stands("4.2-C4") == ("at-risk", 1, 1)


@stays_green("4.2-C4")
def test_a_register_reviewed_within_the_year_does_not(put: Put, stands: Stands) -> None:
    put("parties.reviewed", note="已评审", at="2025-09-01")
    assert stands("4.2-C4") == ("conforms", 0, 1)


@turns_red("4.2-H1")
def test_a_party_on_the_register_that_nobody_decided_about_fails(put: Put, stands: Stands) -> None:
    """工会在清单上，没有人说它是否相关；只有它一方，就什么也没有判定。"""
    put("parties.party", category="union", organisation="工会", internal="yes", at="2026-06-01")
    assert stands("4.2-H1") == ("nonconforms", 1, 1)


@stays_green("4.2-H1")
def test_decided_either_way_is_decided_and_customers_are_on_the_register_by_themselves(party: Record, put: Put, stands: Stands) -> None:
    put("parties.party", category="customer", organisation="秋山茶行", internal="no", at="2026-06-01")
    other = put("parties.party", category="society", organisation="摄影协会", internal="no", at="2026-06-01")
    put("parties.judged", party=other, relevant="no", reason="与我们的服务无关", review="2027-01-01", at="2026-06-01")
    assert stands("4.2-H1") == ("conforms", 0, 2)
    assert stands("4.2-H1", "2027-01-02 09:00") == ("nonconforms", 2, 2), "past its review it is open again"


def test_one_undecided_beside_those_decided_is_a_gap(party: Record, put: Put, stands: Stands) -> None:
    """运输局已判定，工会待定：△，不是 ✕。"""
    put("parties.party", category="union", organisation="工会", internal="yes", at="2026-06-01")
    assert stands("4.2-H1") == ("at-risk", 1, 2)
