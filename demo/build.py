"""Puts a conversation together: who, about what, in which words, and when each is said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from demo import cast, manners
from demo.data import draws, moment, read
from demo.facts import gathered
from demo.orders import Shipment, Standing, shipments
from demo.plan import Slot, slots
from demo.script import Line, lines, situations
from demo.timing import Said, spoken, written
from demo.words import Decks, Speech

SPOKEN = {"phone", "night", "face-to-face"}


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation ready to be written; `order` and `shipment` are what it is about, `planted` the row it comes from, if any."""

    key: str
    channel: str
    language: str
    agent: str
    customer: str
    who: str
    phone: str
    email: str
    organisation: str
    reason: str
    said: tuple[Said, ...]
    situation: str = ""
    order: str = ""
    shipment: str = ""
    complaint: str = ""
    record: Mapping[str, str] = field(default_factory=dict)
    planted: Mapping[str, Any] | None = None


@cache
def conversations() -> tuple[Conversation, ...]:
    """All conversations, CV-0001 … CV-1560."""
    decks, told, made = Decks(draws("decks")), set[tuple[str, ...]](), list[Conversation]()
    for slot in slots():
        one = _conversation(slot, decks)
        while (words := tuple(said.text for said in one.said)) in told and slot.kind in {"phone", "night", "chat"}:
            one = _conversation(slot, decks)  # the decks deal on: other words
        told.add(words)
        made.append(one)
    return tuple(made)


def _conversation(slot: Slot, decks: Decks) -> Conversation:
    draw = draws("conversation", slot.key)
    row: Mapping[str, Any] = slot.planted or {}
    agent_code = _turned(row, "agent", slot.turn) or cast.agent(slot, draw)
    name, held, shipment = _matter(slot, row, draw)
    customer_code = _turned(row, "customer", slot.turn) or _stranger(held) or shipment.order.customer
    customer, who = _customer(customer_code, row, draw, english=slot.language == "en")
    people = read("firm/people")
    mail = slot.kind in {"mail", "form", "portal"}
    lag = draw.uniform(1500, 5000) if mail else draw.uniform(8, 45) if slot.kind == "chat" else 75.0
    facts, stands, by = gathered(
        draw, slot.at, answered=slot.at + timedelta(seconds=lag), customer=customer, who=who, agent=(agent_code, people[agent_code]), shipment=shipment,
        written=slot.kind not in SPOKEN,
    )  # fmt: skip
    facts |= {"cp": _turned(row, "complaint", slot.turn) or "CP-000"} | dict(row.get("facts", {}))
    if "cases" in held:
        facts |= held["cases"][decks.deal(f"case {name}", len(held["cases"]))]
    shape = _turned(row, "script", slot.turn) or held["shapes"][decks.deal(f"shape {name}", len(held["shapes"]))]
    voice, style = customer.get("voice", "soft"), people[agent_code]["style"]
    channel = "phone" if slot.kind == "night" else slot.kind
    speech = Speech(decks, facts, instead={**held.get("instead", {}), **row.get("instead", {})})
    script = manners.changed(lines(shape, decks, channel, linked=True), row.get("mutate", ""), decks)
    if "script" not in row and "scripts" not in row:
        script = manners.opened(script, channel, decks)
    told = [
        _said(
            line,
            speech,
            ("chat", voice, "all") if channel == "chat" else (voice, channel, "all"),
            (channel, style, "all") if channel == "chat" else (style, channel, "all"),
        )
        for line in script
    ]
    told = [manners.customer(line, channel, draw) if line.who == "C" else manners.agent(line, channel, draw) if line.who == "A" else line for line in told]
    latest = moment(read("firm/firm")["clock"]) - timedelta(minutes=20)
    if slot.kind in SPOKEN:
        said = spoken(told, slot.at, draw, agent=style, voice=voice, due=by.due, latest=latest, english=slot.language == "en")
    else:
        said = written(told, slot.at, draw, lag=lag, due=by.due, latest=latest, mail=mail)
    if "confidence" in row:
        said = [replace(one, confidence=row["confidence"]) if one.role == "customer" else one for one in said]
    return Conversation(
        key=slot.key, channel=slot.channel, language=slot.language, agent=agent_code, customer=customer_code, who=who, phone=customer.get("phone", ""),
        email=customer.get("email", ""), organisation=customer.get("organisation", ""), reason=row.get("reason", held.get("reason", "enquiry")),
        said=tuple(said), situation=name if "situation" in row or not row else "",
        order=shipment.order.code, shipment=shipment.code, complaint=_turned(row, "complaint", slot.turn) or "",
        record=_record(row, held, stands, facts), planted=slot.planted,
    )  # fmt: skip


def _said(line: Line, speech: Speech, customer: tuple[str, ...], agent: tuple[str, ...]) -> Line:
    return line if line.who not in "ACO" else replace(line, words=speech.say(line.words, agent if line.who == "A" else customer))


def _turned(row: Mapping[str, Any], name: str, turn: int) -> str:
    """What a row says under a name for its contact number `turn`: one for all, or one each."""
    held = row.get(name) or row.get(f"{name}s") or ""
    return str(held[turn % len(held)]) if isinstance(held, list) else str(held)


def _matter(slot: Slot, row: Mapping[str, Any], draw: Random) -> tuple[str, Mapping[str, Any], Shipment]:
    """The situation of a contact and a shipment that suits it."""
    customer, order = _turned(row, "customer", slot.turn), row.get("order", "")
    english = slot.language == "en"
    for attempt in range(400):
        name = _turned(row, "situation", slot.turn) or ("portal-form" if row.get("script") or row.get("scripts") else cast.situation(slot, draw))
        held = situations()[name]
        if order:
            return name, held, next(one for one in shipments() if one.order.code == order)
        wanted = row.get("needs", "any" if row and "situation" not in row else held.get("needs", "any"))
        needs = wanted if attempt < 100 or not row else "moving" if wanted == "late" and attempt < 200 else "any"
        known = customer if customer.startswith("C") else held.get("customer", "")
        found = cast.shipment(needs, slot.at, draw, customer=known, english=english)
        if found:
            return name, held, found
    found = next((one for one in shipments() if one.order.customer == (customer or "C18" if english else customer or "C01")), shipments()[0])
    return name, held, found


def _stranger(held: Mapping[str, Any]) -> str:
    return str(held.get("party") or held.get("person") or "")


def _customer(code: str, row: Mapping[str, Any], draw: Random, *, english: bool) -> tuple[Mapping[str, Any], str]:
    """What is known of who calls, and the name."""
    customers, parties = read("firm/customers"), read("firm/parties")
    if code in customers:
        return customers[code], row.get("who") or cast.person(code, draw, english=english)
    if code.startswith("NB"):
        neighbour = parties["neighbours"][int(code[2:]) - 1]
        return {"organisation": parties["OP-01"]["organisation"], "phone": neighbour["phone"], "voice": "slow"}, neighbour["polite"]
    if code in parties:
        return {"organisation": parties[code]["organisation"], **{key: parties[code][key] for key in ("phone", "email") if key in parties[code]}}, {
            "OP-02": "关科长", "OP-03": "邱经理", "OP-04": "何师傅"}.get(code, "贺先生")  # fmt: skip
    return {"phone": f"1990000{draw.randrange(7000, 7999)}", "voice": draw.choice(("soft", "street", "terse"))}, draw.choice(
        ("赵先生", "钱女士", "孙师傅", "吴女士")
    )


def _record(row: Mapping[str, Any], held: Mapping[str, Any], stands: Standing, facts: Mapping[str, str]) -> dict[str, str]:
    if "record" in row:
        return {key: str(value).format_map(facts) for key, value in row["record"].items()}
    if "script" in row or "scripts" in row:
        return {}
    if not held.get("record"):
        return {"price": facts["price"]} if held.get("reason") == "quote" else {}
    place = facts["place_en"] if held.get("english") else facts["place"]
    return {"status": stands.status, "place": place, "eta": stands.eta.isoformat()}


def of_order(code: str) -> Iterator[Conversation]:
    """The conversations about an order."""
    return (one for one in conversations() if one.order == code)


def begun(one: Conversation) -> datetime:
    """When a conversation began."""
    return one.said[0].at
