"""Agreements between departments and what they ask of each other, the weekly check, and what each conversation was about."""

from datetime import date, timedelta

from demo.build import Conversation, conversations
from demo.data import at, moment, read
from demo.registers.belongings import COMPLAINTS, registered, voiced
from demo.registers.sheet import Sheets, time

REQUESTS = 140
OWNERLESS = {31, 64, 98, 127}
"""Requests that nobody took on for more than five days (PN-71)."""

CHECKS, MISSED = 13, {5, 9}
"""The weekly temperature check, and the weeks without a record (PN-63)."""

LOUD = 26
"""Calls until the builders next door stopped (PN-53)."""

PARTNERS = (("热线", "调度"), ("热线", "财务"), ("热线", "销售"), ("仓库", "热线"), ("调度", "仓库"), ("财务", "热线"))
"""Giver and receiver of ISA-01 … ISA-06."""

KEPT = {1: (97, 104), 2: (92, 98), 3: (61, 100), 4: (115, 121), 6: (83, 87)}
"""Of each agreement that both sides made how many requests of July were kept in time, of how many (ISA-03: PN-70)."""


def put(sheets: Sheets) -> None:
    """Put down agreements, requests, checks, links and the judgement of complaints."""
    _agreements(sheets)
    for number in range(1, REQUESTS + 1):
        _request(sheets, number)
    for week in range(CHECKS):
        due = at(date(2026, 6, 5) + timedelta(days=7 * week), 600)
        if week not in MISSED:
            sheets.put("processes.performed", due + timedelta(minutes=10), run=f"TQ-{week + 1:02d}", person="SV3", note="2 至 6 °C")
    for one in conversations():
        _linked(sheets, one)
    _heard(sheets)
    _noisy(sheets)
    _captured(sheets)
    for number in range(1, COMPLAINTS + 1):
        _weighed(sheets, f"CP-{number:03d}")


def _weighed(sheets: Sheets, code: str) -> None:
    """Put down whether a complaint is a nonconformity: the one about the address is (PN-02)."""
    heard = registered(voiced()[code][0])
    if code == "CP-008":
        sheets.put("improvements.weighed", "06-19 11:00", complaint=code, nonconformity="NC-002", reason="更改没有确认就派车，CHG-009")
    elif (when := heard + timedelta(hours=20)) < time(read("firm/firm")["clock"]):
        sheets.put("improvements.weighed", when, complaint=code, reason="个案，已补救，没有违反规定的要求")


def _captured(sheets: Sheets) -> None:
    """Put down what became of other complaints heard: side remarks taken up two days later (PN-37), sarcasm taken for praise (PN-39), abuse, one withdrawn."""
    for number, one in enumerate((*_planted("PN-37"), *_planted("PN-39")), start=1):
        sarcasm = (one.planted or {}).get("pn") == "PN-39"
        when, code = registered(one) + timedelta(days=0 if sarcasm else 2), f"FB-{number:03d}"
        party, what = read("firm/customers")[one.customer]["organisation"], "夸我们送得快" if sarcasm else "桐信末端的司机态度很差"
        sheets.put("complaints.feedback", when, code=code, party=party, kinds="positive" if sarcasm else "negative", form="phone", what=what)
        sheets.put("complaints.captured", when + timedelta(minutes=1), conversation=one.key, feedback=code)
    for fact, reason in (("PN-55", "辱骂，没有说出具体的事，主管已记下"), ("DC-19", "顾客当场撤回并确认")):
        for one in _planted(fact):
            sheets.put("complaints.captured", registered(one) + timedelta(hours=1), conversation=one.key, reason=reason)


def _agreements(sheets: Sheets) -> None:
    for number, (giver, receiver) in enumerate(PARTNERS, start=1):
        code = f"ISA-{number:02d}"
        sheets.put("agreements.agreement", "06-01 13:00", code=code, name=f"{giver}与{receiver}", giver=giver, receiver=receiver, process="P-01")
        one_sided = number == 5  # PN-72
        for side in ("giver",) if one_sided else ("giver", "receiver"):
            sheets.put("agreements.commitment", "06-01 13:30", agreement=code, side=side, words="四个工作小时内答复" if side == "giver" else "写清单号和缘由")
            if not one_sided:
                sheets.put("agreements.agreed", "06-01 14:00", agreement=code, side=side, by=giver if side == "giver" else receiver)
        if one_sided:
            continue
        sheets.put("agreements.yardstick", "06-01 14:30", agreement=code, side="receiver", indicator="按时回复", target=90)
        met, n = KEPT[number]
        sheets.put("agreements.measured", "08-05 09:00", agreement=code, indicator="按时回复", since="2026-07-01", until="2026-07-31", met=met, n=n)
    sheets.put(
        "agreements.yardstick", "07-21 10:00", agreement="ISA-03", side="giver", indicator="按时回复", target=60
    )  # PN-70: what the giver wants does not hold


def _request(sheets: Sheets, number: int) -> None:
    asker, asked = PARTNERS[number % 6]
    when = at(date(2026, 6, 1) + timedelta(days=number * 85 // REQUESTS), 540 + number % 8 * 50)
    code, due = f"RQ-{number:03d}", when + timedelta(days=2)
    agreement = f"ISA-{number % 6 + 1:02d}"
    sheets.put("agreements.request", when, code=code, agreement=agreement, asker=asker, asked=asked, what="查一票货的去向", why="顾客在等答复", due=due)
    if number in OWNERLESS:
        return
    sheets.put("agreements.owned", when + timedelta(hours=1), request=code, person="A10" if asked == "热线" else "SV3")
    sheets.put("agreements.answered", when + timedelta(hours=5), request=code, words="已查到，明早送", reason="中转晚到", evidence=f"SH-{number:04d}")
    sheets.put("agreements.finished", when + timedelta(hours=20), request=code, first_time_right=number % 9 != 0)


def _heard(sheets: Sheets) -> None:
    """Put down where the old script was still quoted (PN-62), and who of the neighbours was turned away or taken up (PN-67)."""
    for one in _planted("PN-62"):
        sheets.put("documents.used", one.said[-1].at, revision="DOC-015 @ 2026-05-05T09:00+08:00", conversation=one.key, words="48小时")
    for number, one in enumerate(_planted("PN-67")):
        if number < 2:
            sheets.put("parties.turnedaway", one.said[-1].at, conversation=one.key, reason="非客户")
        else:
            sheets.put("parties.placed", one.said[-1].at, conversation=one.key, party="桐溪里居民")


def _noisy(sheets: Sheets) -> None:
    """Put down that the calls of three loud afternoons are left out of what is measured of pace and clarity (PN-53)."""
    readings = {
        day: sheets.put("instruments.used", f"{day} 15:00", instrument="NM-01", what="大厅噪声", value=66, unit="dB", scored=True)
        for day in ("06-23", "06-24", "06-25")
    }
    loud = [one for one in conversations() if one.channel == "phone" and f"{one.said[0].at:%m-%d}" in readings and one.said[0].at.hour >= 12]
    for one in loud[:LOUD]:
        ended = one.said[-1].until or one.said[-1].at
        reading = readings[f"{one.said[0].at:%m-%d}"]
        sheets.put("instruments.excluded", ended, conversation=one.key, reading=reading, norms="pace.outside", why="大厅噪声超过 60 dB")


def _planted(fact: str) -> list[Conversation]:
    """The conversations in which a fact is planted, in the order of time."""
    return [one for one in conversations() if one.planted and one.planted.get("pn") == fact]


def _linked(sheets: Sheets, one: Conversation) -> None:
    """Put down what a conversation was about, and whose people held it; five were closed about nothing (PN-14)."""
    people = read("firm/people")
    ended = one.said[-1].until or one.said[-1].at
    when = min(ended, time(read("firm/firm")["clock"]) - timedelta(minutes=1))
    if people[one.agent].get("provider"):
        sheets.put("suppliers.handled", when, provider=people[one.agent]["provider"], conversation=one.key)
    sheets.put("documents.outcome", when, conversation=one.key, what="已答复", reason=one.reason or "咨询")
    if one.planted and one.planted.get("pn") == "PN-14":
        return
    about = {"order": one.order, "shipment": one.shipment if _known(one.shipment, when.isoformat()) else ""}
    about = {name: code for name, code in about.items() if code}
    sheets.put("deliveries.linked", when, conversation=one.key, **(about or {"reason": "咨询，不涉及某一票"}))


def _known(code: str, when: str) -> bool:
    """Whether a shipment had left by then, so that a conversation could be linked to it."""
    from demo.orders import shipments

    return any(shipment.code == code and max(shipment.order.ready, shipment.order.placed + timedelta(hours=1)) < moment(when) for shipment in shipments())
