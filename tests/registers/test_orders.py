"""Orders: every change is a record of its own, with before and after, told and acknowledged before it takes effect."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.write import Refused
from lingting.registers.orders import queries
from lingting.registers.parties.actions import add
from lingting.registers.parties.models import Category, Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Place = Callable[..., Record]


def on(day: str) -> Moment:
    return Moment(datetime.fromisoformat(day).replace(tzinfo=ZONE))


def refused(put: Put, label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        put(label, **given)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def moved(order: Place, put: Put) -> Record:
    """An order accepted on 06-10, of which the address was to change on 06-17."""
    row = order("ORD-0093")
    put("orders.line", order=row, name="送货地址", value="旧址", at="2026-06-10 09:30")
    put("orders.accepted", order=row, at="2026-06-10 10:00")
    change = put("orders.change", code="CHG-009", order=row, asked_by="customer", why="改址", at="2026-06-17 10:12")
    put("orders.altered", change=change, name="送货地址", before="旧址", after="新址", at="2026-06-17 10:12")
    return change


def test_a_change_alters_nothing_until_it_takes_effect(moved: Record, put: Put) -> None:
    assert queries.content(moved.order, on("2026-06-18")) == {"送货地址": "旧址"}
    assert (queries.version(moved.order, on("2026-06-18")), queries.change_stands(moved, on("2026-06-18"))) == (1, "pending")
    put("orders.confirmed", order=moved.order, change=moved, accepted=True, way="电话", at="2026-06-18 09:00")
    put("orders.effective", change=moved, at="2026-06-18 09:01")
    assert queries.content(moved.order, on("2026-06-19")) == {"送货地址": "新址"}
    assert queries.version(moved.order, on("2026-06-19")) == 2
    assert queries.content(moved.order, on("2026-06-18 09:00")) == {"送货地址": "旧址"}, "as of the minute before"


def test_a_change_nobody_confirmed_is_silent_from_a_day_after_it_was_asked_for(moved: Record) -> None:
    assert not queries.changed_silently(on("2026-06-18 10:11")).exists()
    assert list(queries.changed_silently(on("2026-06-18 10:12"))) == [moved]


def test_a_change_taken_back_owes_nobody_a_word(moved: Record, put: Put) -> None:
    put("orders.withdrawn", change=moved, reason="顾客撤回", at="2026-06-17 11:00")
    assert not queries.changed_silently(on("2026-06-20")).exists()
    assert refused(put, "orders.effective", change=moved, reason="仍要改", at="2026-06-17 12:00") == {"change"}


def test_a_rejected_change_is_known_and_pends_no_more(moved: Record, put: Put) -> None:
    put("orders.confirmed", order=moved.order, change=moved, accepted=False, way="电话", at="2026-06-17 12:00")
    assert not queries.pending(on("2026-06-20")).exists()
    assert not queries.changed_silently(on("2026-06-20")).exists()


def test_without_the_customers_yes_a_change_takes_effect_only_with_a_reason_and_is_listed(moved: Record, put: Put) -> None:
    assert refused(put, "orders.effective", change=moved, at="2026-06-17 12:00") == {"reason"}
    put("orders.effective", change=moved, reason="司机已在途", at="2026-06-17 12:00")
    assert list(queries.unacknowledged(on("2026-06-18"))) == [moved]


def test_what_was_accepted_is_changed_only_by_a_change(moved: Record, put: Put) -> None:
    assert refused(put, "orders.line", order=moved.order, name="送货时间", value="下午", at="2026-06-17 12:00") == {"order"}
    assert refused(put, "orders.altered", change=moved, name="送货时间", before="下午", after="下午") == {"after"}


def test_nineteen_customers_told_of_a_surcharge_after_it_was_in_effect(put: Put, customer: Party) -> None:
    """07-01 生效的燃油附加费，07-03 才告知 19 位顾客；第 20 位 06-30 已告知。"""
    terms = put("orders.terms", code="TRM-1", what="燃油附加费", effective="2026-07-01", at="2026-06-25")
    for number in range(19):
        party = add(name=f"顾客 {number}", organisation="", category=Category.CUSTOMER, at=terms.at, by=1)
        put("orders.termsnotice", terms=terms, party=party, way="短信", at="2026-07-03")
    put("orders.termsnotice", terms=terms, party=customer, way="短信", at="2026-06-30")
    assert queries.announced_late(on("2026-07-04")).count() == 1
    assert queries.notices_late(on("2026-07-04")).count() == 19


def test_goods_that_go_where_they_come_from_must_be_meant_so(order: Place) -> None:
    """送货地址与装货地址相同：核对确认过就可以。"""
    with pytest.raises(Refused):
        order(loading="雁回港 3 号库", delivery="雁回港 3 号库")
    assert order(loading="雁回港 3 号库", delivery="雁回港 3 号库", same_place=True).pk


def test_an_enquiry_that_became_an_order_was_answered(put: Put, customer: Party, order: Place) -> None:
    first, second, third = (put("orders.enquiry", code=f"ENQ-{n}", party=customer, what="报价", at="2026-06-09 09:00") for n in range(3))
    order(enquiry=first)
    put("orders.answered", enquiry=second, what="可以，3 200 元", at="2026-06-09 10:00")
    assert list(queries.unanswered(on("2026-06-10 09:00"))) == [third]
    assert not queries.unanswered(on("2026-06-10 08:59")).exists()


def test_before_verification_something_is_released_only_with_authority_and_consent(order: Place, put: Put, decider: Record) -> None:
    given = {"order": order(), "what": "首批", "person": decider, "at": "2026-06-12"}
    early = put("orders.released", **given, exception="质量经理批准")
    put("orders.released", **{**given, "at": "2026-06-13"}, exception="质量经理批准", customer_agreed=True)
    assert list(queries.released_early(on("2026-06-14"))) == [early]


def test_an_order_stands_in_its_worst_list(order: Place, put: Put) -> None:
    row = order(accepted="2026-06-10 10:00")
    assert queries.stands(row, on("2026-06-10 09:30")) == "to_accept"
    assert queries.stands(row, on("2026-06-10 11:00")) == "unreviewed"
    assert queries.stands(row, on("2026-06-12")) == "untold"


def test_nothing_happens_to_an_order_or_change_before_it_was_there(moved: Record, order: Place, put: Put) -> None:
    early, other = "2026-06-01", order("ORD-2")
    at_order = {"orders.reviewed": {"result": "able"}, "orders.closed": {}, "orders.change": {"code": "CHG-1", "asked_by": "us", "why": "改"}}
    assert {label: refused(put, label, order=other, at=early, **given) for label, given in at_order.items()} == {label: {"at"} for label in at_order}
    assert refused(put, "orders.accepted", order=other, at=early) == {"at"}
    assert refused(put, "orders.effective", change=moved, reason="急", at=early) == {"at"}
    assert refused(put, "orders.confirmed", order=moved.order, change=moved, accepted=True, way="电话", at=early) == {"at"}
    assert refused(put, "orders.notice", order=other, change=moved, way="短信", words="改址") == {"change"}
    notice = put("orders.notice", order=other, way="短信", words="已接受", at="2026-06-12")
    assert refused(put, "orders.arrived", notice=notice, outcome="read", at="2026-06-11") == {"at"}
    dependant = put("orders.dependant", change=moved, sort="order", name="ORD-0093")
    assert refused(put, "orders.amended", dependant=dependant, at=early) == {"at"}
    concerned = put("orders.concerned", change=moved, role="调度")
    assert refused(put, "orders.informed", concerned=concerned, way="电话", at=early) == {"at"}
    review = put("orders.reviewed", order=other, result="differs", at="2026-06-11")
    difference = put("orders.difference", reviewed=review, what="数量", at="2026-06-11")
    assert refused(put, "orders.resolved", difference=difference, how="按新价", at=early) == {"at"}


def test_an_emergency_names_the_document_that_allows_it_and_effect_ends_the_editing(moved: Record, order: Place, put: Put) -> None:
    assert refused(put, "orders.change", code="CHG-2", order=moved.order, asked_by="us", why="封路", emergency=True) == {"policy"}
    put("orders.effective", change=moved, reason="急", at="2026-06-18")
    assert refused(put, "orders.altered", change=moved, name="时间", before="上午", after="下午") == {"change"}
    assert refused(put, "orders.withdrawn", change=moved, reason="不改了") == {"change"}


def test_an_erasure_reaches_everything_personal_of_a_customer(moved: Record, put: Put, customer: Party) -> None:
    put("orders.notice", order=moved.order, way="短信", words="已接受", at="2026-06-11")
    names = {row._meta.model_name for row in queries.about([customer.id])}
    assert names == {"order", "line", "altered", "notice"}
    assert queries.about([]) == []


def test_who_benefits_may_be_another_than_who_ordered(moved: Record, put: Put) -> None:
    """木棉布艺下单付款，收货的是小满集货；下单的自己不用登记。"""
    other = add(name="", organisation="小满集货", category=Category.CUSTOMER, at=moved.at, by=1)
    row = put("orders.benefits", order=moved.order, party=other, how="收货人，开档卖货", at="2026-06-18 09:00")
    assert list(moved.order.beneficiaries.as_of(on("2026-06-19"))) == [row]
    assert refused(put, "orders.benefits", order=moved.order, party=moved.order.party, how="自己", at="2026-06-18 09:00") == {"party"}
