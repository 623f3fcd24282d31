"""8.2.3.1 and 8.2.3.2: an order is reviewed before we say yes, and the review is on record."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Place = Callable[..., Record]

YES = "2026-06-10 12:00"


@turns_red("8.2.3.1-C1")
def test_an_order_reviewed_only_after_we_had_said_yes_fails(order: Place, put: Put, stands: Stands) -> None:
    put("orders.reviewed", order=order(accepted=YES), result="able", points="stated", rule="R-1", at="2026-06-10 12:01")
    assert stands("8.2.3.1-C1") == ("nonconforms", 1, 1)


def test_an_order_accepted_although_the_review_said_that_we_cannot_fails(order: Place, put: Put, stands: Stands) -> None:
    put("orders.reviewed", order=order(accepted=YES), result="unable", points="stated", rule="R-1", at="2026-06-10 11:00")
    assert stands("8.2.3.1-C1") == ("nonconforms", 1, 1)


@stays_green("8.2.3.1-C1")
def test_an_order_reviewed_by_a_rule_at_the_same_minute_was_reviewed(order: Place, put: Put, stands: Stands) -> None:
    put("orders.reviewed", order=order(accepted=YES), result="able", points="stated", rule="R-1", at=YES)
    order("ORD-2")
    assert stands("8.2.3.1-C1") == ("conforms", 0, 1), "an order that waits for our yes is not in question"


def reviewed(order: Place, put: Put, code: str, **given: object) -> Record:
    """An order that was reviewed and accepted."""
    row = order(code, accepted=YES, **given)
    put("orders.reviewed", order=row, result="able", points="stated", rule="R-1", at=YES)
    return row


@turns_red("8.2.3.1-C1")
def test_goods_on_the_list_of_what_is_banned_fail_although_a_review_said_yes(order: Place, put: Put, stands: Stands) -> None:
    """烟花禁运，烟花机不算；第三份订单在禁运写下之前就接了。"""
    put("offerings.goods", code="GD-1", names="烟花、鞭炮", but="烟花机", rule="banned", source="危险化学品安全管理条例", at="2026-06-05")
    put("offerings.goods", code="GD-2", names="打火机", rule="banned", source="本机构规定", at="2026-06-20")
    for code, what in (("ORD-1", "20 箱烟花"), ("ORD-2", "舞台烟花机 2 台"), ("ORD-3", "打火机 5 箱")):
        reviewed(order, put, code, what=what)
    assert stands("8.2.3.1-C1") == ("nonconforms", 1, 3)


@stays_green("8.2.3.1-C1")
def test_goods_to_be_kept_cold_are_right_where_the_order_says_how_cold(order: Place, put: Put, stands: Stands) -> None:
    """冰淇淋要控温：一份写在货名里，一份写在订单行里，第三份没写；规定取消以后，没写的也不算。"""
    rule = put("offerings.goods", code="GD-1", names="冰淇淋、ice cream", rule="temperature", warmest="-18", source="冷链规范", at="2026-06-05")
    reviewed(order, put, "ORD-1", what="冰淇淋 8 托，-20 ℃")
    put("orders.line", order=reviewed(order, put, "ORD-2", what="8 托 Ice Cream"), name="运输温度", value="-20", at="2026-06-10 09:30")
    assert stands("8.2.3.1-C1") == ("conforms", 0, 2)
    reviewed(order, put, "ORD-3", what="冰淇淋 8 托")
    assert stands("8.2.3.1-C1")[1:] == (1, 3)
    put("offerings.delisted", goods=rule, reason="改由冷链合同规定", at="2026-08-01")
    assert stands("8.2.3.1-C1") == ("conforms", 0, 3)


@pytest.fixture
def difference(order: Place, put: Put) -> Record:
    """The order, accepted at noon, differs from the offer."""
    reviewed = put("orders.reviewed", order=order(accepted=YES), result="differs", points="differing", rule="R-1", at="2026-06-10 10:00")
    return put("orders.difference", reviewed=reviewed, what="报价为 2 托，下单 8 托", at="2026-06-10 10:00")


@turns_red("8.2.3.1-C2")
def test_a_difference_resolved_a_minute_after_acceptance_fails(difference: Record, put: Put, stands: Stands) -> None:
    put("orders.resolved", difference=difference, how="按新价", at="2026-06-10 12:01")
    assert stands("8.2.3.1-C2") == ("nonconforms", 1, 1)


@stays_green("8.2.3.1-C2")
def test_a_difference_resolved_just_before_does_not(difference: Record, put: Put, stands: Stands) -> None:
    put("orders.resolved", difference=difference, how="按新价", at="2026-06-10 11:59")
    assert stands("8.2.3.1-C2") == ("conforms", 0, 1)


@turns_red("8.2.3.1-C3")
def test_a_telephone_order_to_whose_summary_the_customer_said_no_was_not_confirmed(order: Place, put: Put, stands: Stands) -> None:
    put("orders.confirmed", order=order(accepted=YES, spoken=True), accepted=False, way="电话", at="2026-06-10 11:00")
    assert stands("8.2.3.1-C3") == ("nonconforms", 1, 1)


@stays_green("8.2.3.1-C3")
def test_a_telephone_order_confirmed_before_acceptance_was(order: Place, put: Put, stands: Stands) -> None:
    put("orders.confirmed", order=order(accepted=YES, spoken=True), accepted=True, way="电话", at="2026-06-10 11:00")
    order("ORD-2", accepted=YES)
    assert stands("8.2.3.1-C3") == ("conforms", 0, 1), "a written order needs no confirmation by word"


@turns_red("8.2.3.2-C1")
def test_a_review_that_names_neither_who_nor_which_rule_fails(order: Place, put: Put, stands: Stands) -> None:
    put("orders.reviewed", order=order(), result="able", points="stated legal", at=YES)
    assert stands("8.2.3.2-C1") == ("nonconforms", 1, 1)


@stays_green("8.2.3.2-C1")
def test_a_review_by_a_named_rule_is_on_record(order: Place, put: Put, stands: Stands) -> None:
    put("orders.reviewed", order=order(), result="unable", points="stated", rule="R-1", at=YES)
    assert stands("8.2.3.2-C1") == ("conforms", 0, 1)


@pytest.fixture
def wanted(order: Place, put: Put) -> Record:
    """A new requirement found on 06-10 at noon."""
    reviewed = put("orders.reviewed", order=order(), result="differs", points="unstated", rule="R-1", at=YES)
    return put("orders.wanted", reviewed=reviewed, what="到货前两小时短信", at=YES)


@turns_red("8.2.3.2-C2")
def test_a_new_requirement_on_no_list_after_a_week_fails(wanted: Record, stands: Stands) -> None:
    assert stands("8.2.3.2-C2", "2026-06-17 12:00") == ("nonconforms", 1, 1)


@stays_green("8.2.3.2-C2")
def test_a_new_requirement_has_a_week_and_then_must_be_on_the_list(wanted: Record, put: Put, stands: Stands) -> None:
    assert stands("8.2.3.2-C2", "2026-06-17 11:59")[2] == 0
    put("orders.transferred", wanted=wanted, to="OF-03 服务规范", at="2026-06-16")
    assert stands("8.2.3.2-C2") == ("conforms", 0, 1)
