"""8.5.2 and 8.5.4: what a conversation was about, one status for a shipment, goods that arrive whole."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Place = Callable[..., Record]


@turns_red("8.5.2-C1")
def test_a_conversation_linked_to_nothing_after_two_days_fails(talk: Callable[..., Conversation], stands: Stands) -> None:
    talk("CV-1", "2026-06-17 10:00")
    assert stands("8.5.2-C1", "2026-06-19 11:00") == ("nonconforms", 1, 1)
    assert stands("8.5.2-C1", "2026-06-19 10:59")[2] == 0, "it ended at eleven"


@stays_green("8.5.2-C1")
def test_a_conversation_about_none_of_our_orders_says_why(talk: Callable[..., Conversation], put: Put, stands: Stands) -> None:
    put("deliveries.linked", conversation=talk(), reason="打错电话", at="2026-06-17 12:00")
    assert stands("8.5.2-C1")[1:] == (0, 1)


@pytest.fixture
def shipment(order: Place, put: Put) -> Record:
    """A shipment that was picked up."""
    row = put("deliveries.shipment", code="SHP-1", order=order(), at="2026-06-11 08:00")
    put("deliveries.tracked", shipment=row, status="picked", place="临澜", source="TMS", at="2026-06-11 09:00")
    return row


@turns_red("8.5.2-C2")
@pytest.mark.parametrize(("status", "at"), [("lost", "2026-06-12 09:00"), ("transit", "2026-06-12 10:00")])
def test_two_statuses_at_once_or_a_move_after_delivery_conflict(shipment: Record, put: Put, stands: Stands, status: str, at: str) -> None:
    put("deliveries.tracked", shipment=shipment, status="delivered", source="TMS", at="2026-06-12 09:00")
    put("deliveries.tracked", shipment=shipment, status=status, source="PV-01", at=at)
    assert stands("8.5.2-C2") == ("nonconforms", 1, 1)


@stays_green("8.5.2-C2")
def test_the_same_status_reported_twice_is_one(shipment: Record, put: Put, stands: Stands) -> None:
    for source in ("TMS", "PV-01"):
        put("deliveries.tracked", shipment=shipment, status="delivered", source=source, at="2026-06-12 09:00")
    assert stands("8.5.2-C2") == ("conforms", 0, 1)


def test_a_shipment_without_any_status_after_a_day_fails(order: Place, put: Put, stands: Stands) -> None:
    put("deliveries.shipment", code="SHP-1", order=order(), at="2026-06-11 08:00")
    assert stands("8.5.2-C2", "2026-06-12 07:59")[2] == 0
    assert stands("8.5.2-C2", "2026-06-12 08:00") == ("nonconforms", 1, 1)


@turns_red("8.5.4-C2")
def test_goods_damaged_on_the_way_did_not_arrive_whole(shipment: Record, put: Put, stands: Stands) -> None:
    put("deliveries.tracked", shipment=shipment, status="arrived", damaged=True, source="TMS", at="2026-06-12 09:00")
    assert stands("8.5.4-C2")[2] == 0, "it is still under way"
    put("deliveries.tracked", shipment=shipment, status="delivered", source="TMS", at="2026-06-12 12:00")
    assert stands("8.5.4-C2") == ("nonconforms", 1, 1)


@stays_green("8.5.4-C2")
def test_goods_sent_back_whole_were_not_damaged(shipment: Record, put: Put, stands: Stands) -> None:
    put("deliveries.tracked", shipment=shipment, status="returned", source="TMS", at="2026-06-12 12:00")
    assert stands("8.5.4-C2")[1:] == (0, 1)
