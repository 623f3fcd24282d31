"""8.6 Release: seen to be right before it is closed, and by whom."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Place = Callable[..., Record]


@turns_red("8.6-C1")
def test_an_order_closed_although_the_customer_did_not_agree_fails(order: Place, put: Put, stands: Stands) -> None:
    row = order()
    put("orders.verified", order=row, what="送达、签收", met=True, customer_agrees=False, at="2026-06-12 09:00")
    put("orders.closed", order=row, at="2026-06-12 10:00")
    assert stands("8.6-C1") == ("nonconforms", 1, 1)


@stays_green("8.6-C1")
def test_an_order_verified_as_it_is_closed_is_verified(order: Place, put: Put, stands: Stands) -> None:
    row = order()
    put("orders.verified", order=row, what="送达、签收", met=False, customer_agrees=False, at="2026-06-12 09:00")
    put("orders.verified", order=row, what="补送", met=True, customer_agrees=True, at="2026-06-12 10:00")
    put("orders.closed", order=row, at="2026-06-12 10:00")
    assert stands("8.6-C1")[1:] == (0, 1)


@turns_red("8.6-C2")
def test_a_release_by_nobody_fails(order: Place, put: Put, stands: Stands) -> None:
    put("orders.released", order=order(), what="首批 8 托", at="2026-06-12")
    assert stands("8.6-C2") == ("nonconforms", 1, 1)


@stays_green("8.6-C2")
def test_a_release_by_somebody_is_traceable_even_before_verification(order: Place, decider: Record, put: Put, stands: Stands) -> None:
    put("orders.released", order=order(), what="首批 8 托", person=decider, at="2026-06-12")
    assert stands("8.6-C2") == ("conforms", 0, 1)
