"""Internal service agreements: both sides bound, the receiver's yardstick, requests with owners, promises between departments."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.write import Refused
from lingting.registers.agreements import queries

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
DAY = Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE))


@pytest.fixture
def agreement(put: Put) -> Record:
    return put("agreements.agreement", code="ISA-1", name="热线到销售", giver="销售", receiver="热线", at="2026-06-01")


def wrong(put: Put, label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as refused:
        put(label, **given)
    return {one.column for one in refused.value.wrong}


def test_one_sided_it_is_a_draft_that_nobody_can_sign(agreement: Record, put: Put) -> None:
    put("agreements.commitment", agreement=agreement, side="giver", words="当天回复", at="2026-06-01")
    assert wrong(put, "agreements.agreed", agreement=agreement, side="giver", by="销售经理") == {"agreement"}
    assert queries.stands(agreement, DAY) == "drafts"


def test_with_both_sides_bound_and_signed_it_is_in_force(agreement: Record, put: Put) -> None:
    for side in ("giver", "receiver"):
        put("agreements.commitment", agreement=agreement, side=side, words="当天回复", at="2026-06-01")
    put("agreements.agreed", agreement=agreement, side="giver", by="销售经理", at="2026-06-02")
    assert queries.stands(agreement, DAY) == "unsigned"
    put("agreements.agreed", agreement=agreement, side="receiver", by="热线主管", at="2026-06-03")
    assert queries.stands(agreement, DAY) == "in_force"
    assert queries.stands(agreement, Moment(datetime(2026, 6, 2, 12, tzinfo=ZONE))) == "unsigned"


def test_what_the_giver_writes_as_a_yardstick_is_kept_and_does_not_hold(agreement: Record, put: Put) -> None:
    put("agreements.yardstick", agreement=agreement, side="receiver", indicator="按时回复", target="90", at="2026-06-01")
    put("agreements.yardstick", agreement=agreement, side="giver", indicator="按时回复", target="50", at="2026-07-21")
    put("agreements.measured", agreement=agreement, indicator="按时回复", since="2026-07-01", until="2026-07-31", met="61", n="100", at="2026-08-01")
    assert [row.target for row in queries.yardsticks(DAY)] == [900]
    assert queries.not_theirs(DAY).count() == 1
    assert queries.missed(DAY).count() == 1, "61 of 100 is below the receiver's 90 per cent, whatever the giver wrote"


def test_exactly_on_the_target_is_met(agreement: Record, put: Put) -> None:
    put("agreements.yardstick", agreement=agreement, side="receiver", indicator="按时回复", target="90", at="2026-06-01")
    put("agreements.measured", agreement=agreement, indicator="按时回复", since="2026-07-01", until="2026-07-31", met="90", n="100", at="2026-08-01")
    assert not queries.missed(DAY).exists()


def test_a_request_without_an_owner_for_more_than_five_days_is_found_and_at_five_not(put: Put) -> None:
    person = put("people.person", code="A02", name="周亦安", at="2026-06-01")
    asked = {"asker": "热线", "asked": "销售", "what": "确认报价", "why": "顾客今天要答复"}
    put("agreements.request", code="IR-1", **asked, at="2026-08-25 09:00")
    put("agreements.request", code="IR-2", **asked, at="2026-08-26 09:00")
    owned = put("agreements.request", code="IR-3", **asked, at="2026-08-20 09:00")
    put("agreements.owned", request=owned, person=person, at="2026-08-20 10:00")
    assert [row.code for row in queries.ownerless(DAY)] == ["IR-1"]


def test_an_answer_without_reason_or_record_is_bare(put: Put) -> None:
    request = put("agreements.request", code="IR-1", asker="热线", asked="销售", what="确认报价", why="顾客要答复", at="2026-08-25 09:00")
    put("agreements.answered", request=request, words="不行", reason="", evidence="", at="2026-08-25 10:00")
    put("agreements.answered", request=request, words="报价 96 元", reason="按 7 月价格表", evidence="DOC-9", at="2026-08-25 11:00")
    assert [row.words for row in queries.bare(DAY)] == ["不行"]


def test_a_promise_between_departments_kept_late_is_broken(agreement: Record, put: Put) -> None:
    late = put("agreements.promised", agreement=agreement, words="周五前给名单", due="2026-07-10 18:00", at="2026-07-06")
    early = put("agreements.promised", agreement=agreement, words="周五前给价格", due="2026-07-10 18:00", at="2026-07-06")
    put("agreements.delivered", promised=late, at="2026-07-10 18:01", surpassed="no")
    put("agreements.delivered", promised=early, at="2026-07-10 18:00", surpassed="yes")
    assert list(queries.broken(DAY)) == [late]


def test_what_matters_most_and_is_met_badly_needs_an_action(agreement: Record, put: Put) -> None:
    want = {"agreement": agreement, "beyond_means": "no", "at": "2026-07-01"}
    first = put("agreements.wanted", words="报价快", rank="1", performance="2", rank_of_giver="4", **want)
    put("agreements.wanted", words="语气好", rank="1", performance="3", rank_of_giver="2", **want)
    assert list(queries.neglected(DAY)) == [first]
    assert list(queries.apart(DAY)) == [first]
    put("agreements.improving", wanted=first, what="授权热线报价", owner="销售经理", due="2026-08-01", at="2026-07-02")
    assert not queries.neglected(DAY).exists()


def test_impossible_figures_are_named(agreement: Record, put: Put) -> None:
    assert wrong(put, "agreements.measured", agreement=agreement, indicator="x", since="2026-07-31", until="2026-07-01", met="5", surpassed="9", n="4") == {
        "until",
        "met",
        "surpassed",
    }
    assert wrong(put, "agreements.rated", agreement=agreement, care="6", cooperation="0", communication="3") == {"care", "cooperation"}
    assert wrong(put, "agreements.agreement", code="ISA-2", name="x", giver="热线", receiver="热线") == {"receiver"}


def test_a_dispute_waits_until_it_is_settled(agreement: Record, put: Put) -> None:
    dispute = put("agreements.disputed", agreement=agreement, side="receiver", interest="顾客不等", evidence="IR-1", proposal="两小时内", at="2026-07-01")
    assert queries.unsettled(DAY).count() == 1
    put("agreements.settled", disputed=dispute, mediator="质量经理", outcome="四小时内", for_both="yes", at="2026-07-05")
    assert not queries.unsettled(DAY).exists()
    assert not queries.one_sided(DAY).exists()
