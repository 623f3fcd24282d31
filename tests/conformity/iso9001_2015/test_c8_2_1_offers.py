"""8.2.1 Customer communication: what is said of an offering, and what customers hear of their orders."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record
from lingting.registers.parties.actions import add as add_party
from lingting.registers.parties.models import Category, Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Place = Callable[..., Record]

DAY = "2026-06-20 09:00"
PRODUCT = "what limits price times exclusions"


@pytest.fixture
def information(put: Put, offering: Record, decider: Record) -> Callable[..., Record]:
    """Publish a version on the website, approved unless said otherwise."""

    def publish(number: str, topics: str, at: str, *, approved: bool = True, **given: object) -> Record:
        code = put(
            "offerings.information", code=f"INFO-{number}", name="冷链干线服务说明", offering=offering, audience="发货人", language="zh", owner="市场", at=at
        )
        version = put("offerings.version", information=given.pop("of", code), number=number, topics=topics, at=at, **given)
        if approved:
            put("offerings.approved", version=version, person=decider, at=at)
        put("offerings.published", version=version, form="website", place="官网", at=at)
        return version

    return publish


@turns_red("8.2.1-C1")
def test_a_version_with_the_product_alone_replaces_the_complete_one_and_fails(information: Callable[..., Record], stands: Stands) -> None:
    """06-05 的 v3 只写了产品，没有写服务。"""
    v2 = information("v2", f"{PRODUCT} after complaining", "2026-06-01 10:00")
    assert stands("8.2.1-C1", "2026-06-04 09:00") == ("conforms", 0, 1)
    information("v3", PRODUCT, "2026-06-05 10:00", of=v2.information)
    assert stands("8.2.1-C1", DAY) == ("nonconforms", 1, 1)


@stays_green("8.2.1-C1")
def test_without_prices_but_with_the_service_it_is_described(information: Callable[..., Record], stands: Stands) -> None:
    information("v3", "what after complaining", "2026-06-05 10:00", valid_to="2026-06-20")
    assert stands("8.2.1-C1", DAY) == ("conforms", 0, 1), "valid on its last day"
    assert stands("8.2.1-C1", "2026-06-21 09:00") == ("nonconforms", 1, 1)


def test_what_nobody_approved_tells_customers_nothing(information: Callable[..., Record], stands: Stands) -> None:
    information("v3", f"{PRODUCT} after complaining", "2026-06-05 10:00", approved=False)
    assert stands("8.2.1-C1", DAY) == ("nonconforms", 1, 1)


@turns_red("8.2.1-C4")
def test_an_order_accepted_without_a_word_to_the_customer_fails(order: Place, stands: Stands) -> None:
    """ORD-0305 接受了，却没有发出任何告知。"""
    order("ORD-0305", accepted="2026-06-10 10:00")
    assert stands("8.2.1-C4", DAY) == ("nonconforms", 1, 1)
    assert stands("8.2.1-C4", "2026-06-11 09:00")[2] == 0, "within a day nothing can be said yet"


@pytest.fixture
def told(order: Place, put: Put) -> Record:
    """An order that was accepted and of which the customer heard."""
    row = order("ORD-0093", accepted="2026-06-10 10:00")
    put("orders.notice", order=row, way="短信", words="您的订单已接受。", at="2026-06-10 10:05")
    return row


def test_a_change_asked_for_by_telephone_and_never_confirmed_fails(told: Record, put: Put, stands: Stands) -> None:
    """06-17 电话改址，没有确认，06-18 仍送旧址。"""
    change = put("orders.change", code="CHG-009", order=told, asked_by="customer", why="改送货地址", at="2026-06-17 10:12")
    put("orders.altered", change=change, name="送货地址", before="旧址", after="新址", at="2026-06-17 10:12")
    assert stands("8.2.1-C4", DAY) == ("nonconforms", 1, 2)


@stays_green("8.2.1-C4")
def test_a_change_made_and_acknowledged_by_the_customer_in_the_portal_is_known(told: Record, put: Put, stands: Stands) -> None:
    change = put("orders.change", code="CHG-010", order=told, asked_by="customer", why="改送货时间", at="2026-06-17 10:00")
    put("orders.confirmed", order=told, change=change, accepted=True, way="门户", at="2026-06-17 10:01")
    put("orders.effective", change=change, at="2026-06-17 10:01")
    assert stands("8.2.1-C4", DAY) == ("conforms", 0, 2)


def test_a_notice_that_came_back_told_nobody(told: Record, put: Put, stands: Stands) -> None:
    change = put("orders.change", code="CHG-011", order=told, asked_by="us", why="改车次", at="2026-06-17 10:00")
    notice = put("orders.notice", order=told, change=change, way="邮件", words="改为晚班车", at="2026-06-17 10:05")
    put("orders.arrived", notice=notice, outcome="bounced", at="2026-06-17 10:06")
    put("orders.effective", change=change, reason="车辆故障", at="2026-06-17 12:00")
    assert stands("8.2.1-C4", DAY) == ("nonconforms", 1, 2)


@pytest.mark.parametrize(("policy", "state"), [("DOC-7", "conforms"), (None, "nonconforms")])
def test_only_a_written_policy_lets_an_emergency_go_first_and_be_told_after(told: Record, put: Put, stands: Stands, policy: str | None, state: str) -> None:
    put("documents.document", code="DOC-7", name="紧急改线规定", at="2026-06-01")
    given = {"emergency": True, "policy": policy} if policy else {}
    change = put("orders.change", code="CHG-012", order=told, asked_by="us", why="封路改线", at="2026-06-17 10:00", **given)
    put("orders.effective", change=change, reason="封路", at="2026-06-17 10:05")
    put("orders.confirmed", order=told, change=change, accepted=True, way="电话", at="2026-06-17 16:00")
    assert stands("8.2.1-C4", DAY)[0] == state


def test_a_surcharge_in_effect_before_its_notices_fails_once_for_all_customers(told: Record, customer: Party, put: Put, stands: Stands) -> None:
    terms = put("orders.terms", code="TRM-1", what="燃油附加费 6 %", effective="2026-07-01", at="2026-06-25")
    put("orders.termsnotice", terms=terms, party=customer, way="短信", at="2026-07-03")
    assert stands("8.2.1-C4", "2026-07-10 09:00") == ("nonconforms", 1, 2)


def test_a_surcharge_announced_the_day_before_does_not(told: Record, customer: Party, put: Put, stands: Stands) -> None:
    terms = put("orders.terms", code="TRM-1", what="燃油附加费 6 %", effective="2026-07-01", at="2026-06-25")
    put("orders.termsnotice", terms=terms, party=customer, way="短信", at="2026-06-30 23:59")
    assert stands("8.2.1-C4", "2026-07-10 09:00") == ("conforms", 0, 2)


def test_a_surcharge_must_reach_whoever_had_an_order_open_and_nobody_else(told: Record, put: Put, stands: Stands) -> None:
    other = add_party(name="周先生", organisation="鹿见医药", category=Category.CUSTOMER, at=told.at, by=1)
    terms = put("orders.terms", code="TRM-1", what="燃油附加费 6 %", offering=told.offering, effective="2026-07-01", at="2026-06-25")
    put("orders.termsnotice", terms=terms, party=other, way="短信", at="2026-06-26")
    assert stands("8.2.1-C4", "2026-07-10 09:00")[1] == 1
    put("orders.closed", order=told, at="2026-06-28")
    assert stands("8.2.1-C4", "2026-07-10 09:00")[1] == 0, "an order closed before is not concerned"
