"""8.2.4 Changes to requirements: what a change makes wrong is amended, and whoever is concerned knows before."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Place = Callable[..., Record]


@pytest.fixture
def change(order: Place, put: Put) -> Record:
    """A new address, in effect at noon."""
    row = put("orders.change", code="CHG-1", order=order(), asked_by="customer", why="改址", at="2026-06-17 10:00")
    put("orders.effective", change=row, reason="电话中口头同意", at="2026-06-17 12:00")
    return row


@turns_red("8.2.4-C1")
def test_a_work_order_amended_after_the_change_fails(change: Record, put: Put, stands: Stands) -> None:
    for sort, at in (("order", "2026-06-17 11:00"), ("work", "2026-06-17 12:01")):
        put("orders.amended", dependant=put("orders.dependant", change=change, sort=sort, name="ORD-1", at="2026-06-17 10:30"), at=at)
    assert stands("8.2.4-C1") == ("nonconforms", 1, 1)


def test_a_change_for_which_nobody_looked_what_it_makes_wrong_fails(change: Record, stands: Stands) -> None:
    assert stands("8.2.4-C1") == ("nonconforms", 1, 1)
    assert stands("8.2.4-C2")[1:] == (1, 1)


@stays_green("8.2.4-C1")
def test_everything_amended_by_the_minute_of_effect_is_amended(change: Record, put: Put, stands: Stands) -> None:
    put("orders.amended", dependant=put("orders.dependant", change=change, sort="work", name="WO-7", at="2026-06-17 10:30"), at="2026-06-17 12:00")
    assert stands("8.2.4-C1") == ("conforms", 0, 1)


@turns_red("8.2.4-C2")
def test_a_carrier_who_hears_of_the_new_address_too_late_was_not_told(change: Record, put: Put, stands: Stands) -> None:
    """改址后承运商仍送旧址。"""
    carrier = put("suppliers.provider", code="PV-01", name="远汀干线", at="2026-05-01")
    concerned = put("orders.concerned", change=change, role="调度", provider=carrier, at="2026-06-17 10:30")
    put("orders.informed", concerned=concerned, way="电话", at="2026-06-17 12:01")
    assert stands("8.2.4-C2") == ("nonconforms", 1, 1)


@stays_green("8.2.4-C2")
def test_a_carrier_told_by_the_minute_of_effect_was(change: Record, put: Put, stands: Stands) -> None:
    put("orders.informed", concerned=put("orders.concerned", change=change, role="调度", at="2026-06-17 10:30"), way="电话", at="2026-06-17 12:00")
    assert stands("8.2.4-C2")[1:] == (0, 1)
