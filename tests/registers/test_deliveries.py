"""Deliveries and what is owed after them: where goods are, what was agreed, what is due and by when."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.write import Refused
from lingting.registers.conversations.models import Conversation
from lingting.registers.deliveries import queries
from lingting.registers.deliveries.models import Activity, Shipment
from lingting.registers.parties.models import Party
from lingting.registers.promises import actions as promises
from lingting.registers.promises.models import Promise

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Place = Callable[..., Record]
DUE = datetime(2026, 6, 18, 18, tzinfo=ZONE)
ARRANGED = {"who": "调度", "how": "再次派送", "means": "4.2 米厢车"}


def on(day: str) -> Moment:
    return Moment(datetime.fromisoformat(day).replace(tzinfo=ZONE))


def refused(put: Put, label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        put(label, **given)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def shipment(order: Place, put: Put) -> Shipment:
    """A shipment of an order."""
    row = put("deliveries.shipment", code="SHP-1", order=order(), at="2026-06-11 08:00")
    assert isinstance(row, Shipment)
    return row


def test_what_an_agent_must_tell_is_what_the_system_knew_at_that_second(shipment: Shipment, put: Put) -> None:
    put("deliveries.tracked", shipment=shipment, status="picked", place="临澜", expected="2026-06-14", source="TMS", at="2026-06-11 09:00")
    put("deliveries.tracked", shipment=shipment, status="transit", place="岑州", source="TMS", at="2026-06-12 09:00")
    assert queries.tracking(shipment, on("2026-06-11 08:59")) is None
    now = queries.tracking(shipment, on("2026-06-12 10:00"))
    assert now is not None
    assert (now.status, now.place, now.origin, now.expected) == ("transit", "岑州", "临澜", date(2026, 6, 14))
    before = queries.tracking(shipment, on("2026-06-12 08:59"))
    assert before is not None
    assert before.place == "临澜", "what was told then was true then"


def test_a_carriers_number_that_two_shipments_bear_is_listed_and_another_carriers_is_not(order: Place, put: Put) -> None:
    ours, other = (put("suppliers.provider", code=code, name=code, at="2026-05-01") for code in ("PV-01", "PV-02"))
    row = order()
    for code, carrier in (("SHP-1", ours), ("SHP-2", ours), ("SHP-3", other)):
        put("deliveries.shipment", code=code, order=row, provider=carrier, number="YT-88", at="2026-06-11")
    assert {one.code for one in queries.shared_number(on("2026-06-12"))} == {"SHP-1", "SHP-2"}


@pytest.fixture
def obligation(offering: Record, put: Put) -> Record:
    """Three days after delivery the customer is called."""
    return put("offerings.obligation", code="OB-1", offering=offering, sort="visit", basis="promised", what="回访", who="客服", days=3, at="2026-06-01")


def test_when_goods_arrive_what_is_owed_falls_due_once(shipment: Shipment, obligation: Record, put: Put) -> None:
    put("deliveries.tracked", shipment=shipment, status="delivered", source="TMS", at="2026-06-12 09:00")
    put("deliveries.tracked", shipment=shipment, status="delivered", source="PV-01", at="2026-06-12 09:00")
    activity = Activity.objects.get()
    assert (activity.what, activity.due - activity.at) == ("回访", timedelta(days=3))
    assert not queries.overdue(on("2026-06-15 08:59")).exists()
    assert list(queries.visits_overdue(on("2026-06-15 09:00"))) == [activity]


def test_a_lifted_obligation_is_owed_no_more(shipment: Shipment, obligation: Record, put: Put) -> None:
    put("offerings.lifted", obligation=obligation, reason="改为短信", at="2026-06-05")
    put("deliveries.tracked", shipment=shipment, status="delivered", source="TMS", at="2026-06-12 09:00")
    assert not Activity.objects.exists()


def test_seven_calls_and_two_crates_are_overdue_and_the_done_the_cancelled_and_the_early_are_not(order: Place, put: Put) -> None:
    row = order()

    def due(sort: str, day: str = "2026-06-20") -> Record:
        return put("deliveries.activity", order=row, sort=sort, what="周转箱 12 只", due=f"{day} 12:00", at="2026-06-17")

    for sort, count in (("visit", 7), ("empties", 2)):
        for _ in range(count):
            due(sort)
    put("deliveries.done", activity=due("visit"), result="满意", at="2026-06-20 11:59")
    put("deliveries.cancelled", activity=due("empties"), reason="顾客买下", at="2026-06-19")
    waiting = due("visit", "2026-09-01")
    moment = on("2026-06-21")
    assert [query(moment).count() for query in (queries.overdue, queries.visits_overdue, queries.empties_overdue)] == [9, 7, 2]
    assert list(queries.waiting(moment)) == [waiting]


@pytest.fixture
def promised(talk: Callable[..., Conversation]) -> Promise:
    """A free re-delivery promised in a conversation, by six the next day."""
    row = Promise(conversation=(held := talk("CV-0835")), at=held.at, words="免费再次派送", due=DUE)
    book.write(row, act="test")
    return row


@pytest.fixture
def term(order: Place, put: Put, promised: Promise) -> Callable[..., Record]:
    """The promise became a term of the order."""
    row = order("ORD-0268")
    return lambda **given: put("deliveries.term", order=row, what="免费再次派送", basis="promised", promise=promised, at="2026-06-17 12:00", **given)


def test_a_promised_service_that_nobody_arranged_and_nobody_did_is_unarranged_and_breached(term: Callable[..., Record]) -> None:
    row = term()
    assert list(queries.unarranged(on("2026-06-18"))) == [row]
    assert not queries.breached(on("2026-06-18 17:59")).exists()
    assert list(queries.breached(on("2026-06-18 18:00"))) == [row]


def test_a_promise_kept_early_through_another_channel_breaches_nothing(term: Callable[..., Record], promised: Promise) -> None:
    term(**ARRANGED)
    promises.keep(promised, at=DUE - timedelta(hours=6), note="司机上门", by=1)
    assert not queries.breached(on("2026-06-30")).exists()
    assert not queries.unarranged(on("2026-06-30")).exists()


def test_a_promise_whose_condition_did_not_come_about_binds_no_more_but_a_broken_one_does(term: Callable[..., Record], promised: Promise) -> None:
    row = term(**ARRANGED)
    promises.withdraw(promised, at=DUE - timedelta(hours=1), reason="条件未出现", by=1)
    assert not queries.breached(on("2026-06-30")).exists()
    assert list(queries.standing(on("2026-06-18 12:00"))) == [row]


def test_a_promise_withdrawn_after_its_time_stays_breached(term: Callable[..., Record], promised: Promise) -> None:
    term(**ARRANGED)
    promises.withdraw(promised, at=DUE + timedelta(hours=1), reason="来不及了", by=1)
    assert queries.breached(on("2026-06-30")).count() == 1


def test_put_off_with_the_customers_word_a_term_is_due_then(term: Callable[..., Record], promised: Promise) -> None:
    term(**ARRANGED)
    promises.postpone(promised, at=DUE - timedelta(hours=1), due=DUE + timedelta(days=1), by=1)
    assert not queries.breached(on("2026-06-19 17:59")).exists()
    assert queries.breached(on("2026-06-19 18:00")).count() == 1


def test_a_term_fulfilled_late_is_a_breach_and_one_without_a_time_is_none(order: Place, put: Put) -> None:
    row = order()
    late = put("deliveries.term", order=row, what="上门换货", basis="asked", due="2026-06-18 18:00", at="2026-06-17", **ARRANGED)
    put("deliveries.fulfilled", term=late, at="2026-06-18 18:01")
    vague = put("deliveries.term", order=row, what="尽快送", basis="asked", at="2026-06-17", **ARRANGED)
    assert list(queries.breached(on("2026-06-30"))) == [late]
    assert list(queries.unarranged(on("2026-06-30"))) == [vague]


def test_buyers_not_told_of_a_recall_are_listed(order: Place, offering: Record, put: Put) -> None:
    first, second = order("ORD-1"), order("ORD-2")
    recall = put("offerings.recall", code="RC-1", offering=offering, why="制冷故障", advice="请勿食用", at="2026-07-01")
    put("deliveries.recallnotice", recall=recall, order=first, way="电话", at="2026-07-01 10:00")
    assert list(queries.unwarned(recall, on("2026-07-02"))) == [second]
    put("deliveries.recallnotice", recall=recall, order=second, way="电话", at="2026-07-02 10:00")
    assert not queries.unwarned(recall, on("2026-07-03")).exists()
    assert queries.unwarned(recall, on("2026-07-01 10:00")).count() == 1, "as of the first call"


def test_rules(shipment: Shipment, order: Place, put: Put, talk: Callable[..., Conversation], offering: Record, customer: Party) -> None:
    assert refused(put, "deliveries.linked", conversation=talk()) == {"reason"}
    assert refused(put, "deliveries.tracked", shipment=shipment, status="picked", source="TMS", at="2026-06-10") == {"at"}
    assert refused(put, "deliveries.shipment", code="SHP-9", order=shipment.order, at="2026-06-01") == {"at"}
    given = {"order": shipment.order, "sort": "visit", "what": "回访"}
    assert refused(put, "deliveries.activity", **given, due="2026-06-16", at="2026-06-17") == {"due"}
    visit = put("deliveries.activity", **given, due="2026-06-20", at="2026-06-17")
    assert refused(put, "deliveries.done", activity=visit, result="满意", at="2026-06-16") == {"at"}
    put("deliveries.cancelled", activity=visit, reason="重复", at="2026-06-18")
    assert refused(put, "deliveries.done", activity=visit, result="满意", at="2026-06-19") == {"activity"}
    back = {"code": "RT-1", "order": shipment.order, "what": "不要了", "received": "2026-06-12"}
    assert refused(put, "deliveries.return", **back, asked="2026-06-11") == {"asked"}
    assert refused(put, "deliveries.return", **back, asked="2026-06-13", excluded="定作") == {"statute"}
    law = put("offerings.statute", code="LAW-3", name="资料保存", sort="retention", source="法", at="2026-06-01")
    assert refused(put, "deliveries.return", **back, asked="2026-06-13", statute=law) == {"statute"}
    term = put("deliveries.term", order=shipment.order, what="上门", basis="asked", at="2026-06-17")
    assert refused(put, "deliveries.fulfilled", term=term, at="2026-06-16") == {"at"}
    other = put("offerings.offering", code="OF-9", name="同城", at="2026-06-01")
    recall = put("offerings.recall", code="RC-1", offering=other, why="故障", advice="停用", at="2026-07-01")
    assert refused(put, "deliveries.recallnotice", recall=recall, order=shipment.order, way="电话") == {"order"}
    assert {row._meta.model_name for row in queries.about([customer.id])} == {"term"}
