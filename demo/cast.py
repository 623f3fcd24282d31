"""Who talks with whom about what: agents on duty, a situation that suits the hour and the channel, a customer and a shipment that suit the situation."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from demo.data import day, moment, read
from demo.orders import Shipment, shipments, standing
from demo.plan import Slot
from demo.script import situations

DESKS = {
    "phone": ("A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A11", "A12"), "chat": ("A09", "A10", "A05", "A06", "A07", "A12"),
    "mail": ("A04", "A08", "A09", "A10", "A02", "A01"), "night": ("N1", "N2", "N3"), "form": ("A10", "A09"), "portal": ("A09", "A10"),
    "survey": ("A01",), "face-to-face": ("A08", "A04", "A11"),
}  # fmt: skip
"""Who sits at which desk."""


def agent(slot: Slot, draw: Random) -> str:
    """The agent who takes a contact: somebody of the desk who is not off that day; A07 covers nights of the typhoon."""
    desk, on = DESKS[slot.kind], slot.at.date()
    if slot.kind == "night" and date(2026, 7, 8) <= on <= date(2026, 7, 13) and draw.random() < 0.5:
        return "A07"
    week, weekday = on.isocalendar().week, on.weekday()
    there = [one for one in desk if one[0] == "N" or (weekday - 2 * int(one[1:]) - week) % 7 > 1] or list(desk)
    return draw.choice(there)


def situation(slot: Slot, draw: Random) -> str:
    """The situation of a contact, as often as its weight says."""
    english, kind = slot.language == "en", slot.kind
    found = {
        name: held["weight"][kind]
        for name, held in situations().items()
        if kind in held["weight"] and bool(held.get("english")) == english and _now(held, slot.at)
    }
    return draw.choices(list(found), list(found.values()))[0]


def _now(held: Mapping[str, Any], at: datetime) -> bool:
    if "during" in held:
        begin, end = (moment(f"{words}:00+08:00") for words in held["during"].split("/"))
        return begin <= at <= end
    return "from" not in held or day(held["from"]) <= at.date() <= day(held["until"])


def shipment(needs: str, now: datetime, draw: Random, *, customer: str = "", english: bool = False) -> Shipment | None:
    """A shipment of which is true now what a situation needs; none, if there is none."""
    customers = read("firm/customers")
    fitting = [
        one
        for one in _near(now.date())
        if (not customer or one.order.customer == customer)
        and _fits(needs, one, now)
        and (customer or bool(customers[one.order.customer].get("english")) == english or (not english and one.order.customer in {"C17", "C28"}))
    ]
    known = [one for one in fitting if one.order.placed <= now] or fitting
    return draw.choice(known) if known else None


@cache
def _near(on: date) -> tuple[Shipment, ...]:
    return tuple(one for one in shipments() if one.order.placed.date() <= on and one.delivered.date() >= on - timedelta(days=6))


def _fits(needs: str, one: Shipment, now: datetime) -> bool:
    stands = standing(one, now)
    met = {
        "moving": stands.status == "in_transit" and stands.eta >= now.date() and one.steps[1].at <= now,
        "delivering": stands.status == "out_for_delivery",
        "delivered": stands.status == "delivered" and now - one.delivered < timedelta(days=4),
        "waiting": stands.status == "not_shipped" and one.order.placed <= now,
        "held": stands.status == "held",
        "late": one.late and one.order.due < now.date() and stands.status != "delivered",
    }
    return met.get(needs, True)


def person(code: str, draw: Random, *, english: bool) -> str:
    """Who of a customer calls or writes."""
    names = read("firm/customers")[code]["names"]
    fitting = [name for name in names if name.isascii() == english] or names
    return str(draw.choice(fitting))
