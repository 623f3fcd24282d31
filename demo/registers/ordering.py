"""Orders, what was changed in them, and the shipments that carry them."""

from datetime import datetime, timedelta

from demo.data import read
from demo.orders import Order, Shipment, Step, orders, shipments
from demo.registers.sheet import Sheets, time

CHANGES = 47
SILENT = 9
"""Which change nobody confirmed (PN-02)."""

PORTAL = {4, 15, 22, 31, 40}
"""Changes that the customer made and acknowledged in the portal (DC-14)."""

UNTOLD = {"ORD-0305", "ORD-0306", "ORD-0311"}
"""Orders confirmed without a word to the customer (PN-03)."""

STATUS = {"in_transit": "transit", "held": "transit", "out_for_delivery": "out", "delivered": "delivered"}
VISITS, CRATES = 7, 2
"""Visits and returnable crates that are overdue (PN-59)."""


def put(sheets: Sheets) -> None:
    """Put down orders with their review, changes, the surcharge of July, shipments and what is owed after delivery."""
    for number, order in enumerate(orders()):
        _order(sheets, order, number)
    for shipment in shipments():
        _shipment(sheets, shipment)
    for number in range(1, CHANGES + 1):
        _change(sheets, number)
    _surcharge(sheets)
    _afterwards(sheets)


def customer(code: str) -> str:
    """What a customer is called."""
    return str(read("firm/customers")[code]["organisation"])


def clock() -> datetime:
    """When the firm looks at everything."""
    return time(read("firm/firm")["clock"])


def _order(sheets: Sheets, order: Order, number: int) -> None:
    agent, what = f"A{number % 12 + 1:02d}", f"{order.goods} {order.pieces} 件 {order.kilograms} kg，{order.origin} 至 {order.to}"
    spoken = number % 5 == 0 and order.code not in UNTOLD
    sheets.put(
        "orders.order", order.placed, code=order.code, party=customer(order.customer), what=what, sort="order", offering=_offering(order), spoken=spoken,
        loading=order.origin, delivery=order.address,
    )  # fmt: skip
    sheets.put(
        "orders.reviewed", order.placed + timedelta(minutes=3), order=order.code, result="able", points="stated unstated own legal differing", person=agent
    )
    if spoken:
        sheets.put("orders.confirmed", order.placed + timedelta(minutes=4), order=order.code, accepted=True, way="电话复述")
    sheets.put("orders.accepted", order.placed + timedelta(minutes=5), order=order.code)
    if order.code not in UNTOLD:
        sheets.put(
            "orders.notice", order.placed + timedelta(minutes=8), order=order.code, way="短信", words=f"{order.due:%m月%d日}前送到，运费 {order.price} 元"
        )
    delivered = [one.delivered for one in shipments() if one.order is order]
    if max(delivered) < clock() - timedelta(hours=20):
        done = max(delivered)
        sheets.put("orders.verified", done + timedelta(minutes=5), order=order.code, what="件数与外观", met=True, customer_agrees=True, person=agent)
        sheets.put("orders.released", done + timedelta(minutes=6), order=order.code, what="交付签收", person=agent, customer_agreed=True)
        sheets.put("orders.closed", done + timedelta(hours=18), order=order.code)


def _shipment(sheets: Sheets, shipment: Shipment) -> None:
    if shipment.order.ready >= clock():
        return
    begun = max(shipment.order.ready, shipment.order.placed + timedelta(hours=1))
    sheets.put("deliveries.shipment", begun, code=shipment.code, order=shipment.order.code, provider=shipment.provider, number=shipment.number)
    for step in _told(shipment):
        sheets.put(
            "deliveries.tracked",
            max(step.at, begun),
            shipment=shipment.code,
            status=STATUS[step.status],
            place=step.place,
            source="承运方接口",
            expected=shipment.order.due,
        )


def _told(shipment: Shipment) -> list[Step]:
    """What the carrier told by now: leaving and being handed over."""
    return [step for step in (shipment.steps[0], shipment.steps[-1]) if step.at < clock()]


def _changed() -> list[Order]:
    """The orders that were changed, in the order of time: the ninth is the address nobody confirmed."""
    pinned = read("firm/threads")["orders"]
    rest = [order for order in orders() if order.code not in pinned]
    silent = next(order for order in orders() if order.code == "ORD-0093")
    before = [order for order in rest if order.placed < silent.placed][:: len(rest) // CHANGES][: SILENT - 1]
    after = [order for order in rest if order.placed > time("06-17 12:00")][::8][: CHANGES - SILENT]
    return [*before, silent, *after]


def _change(sheets: Sheets, number: int) -> None:
    order, code = _changed()[number - 1], f"CHG-{number:03d}"
    pinned = read("firm/threads")["orders"].get(order.code, {})
    when = time("06-17 10:12") if number == SILENT else order.placed + timedelta(minutes=40)
    sheets.put("orders.change", when, code=code, order=order.code, asked_by="customer", why="收货地改了")
    after = pinned.get("changed") or f"{order.to}物流园{number}号门"
    sheets.put("orders.altered", when, change=code, name="收货地址", before=order.address, after=after)
    if number == SILENT:
        return
    way = "门户" if number in PORTAL else "短信"
    sheets.put("orders.agreed", when + timedelta(minutes=2), change=code, who="A04")
    sheets.put("orders.notice", when + timedelta(minutes=4), order=order.code, change=code, way=way, words=f"收货地址改为{after}，请确认")
    sheets.put("orders.confirmed", when + timedelta(minutes=9), order=order.code, change=code, accepted=True, way=way)
    written = sheets.put("orders.dependant", when + timedelta(minutes=3), change=code, sort="order", name="运单")
    sheets.put("orders.amended", when + timedelta(minutes=12), dependant=written)
    who = sheets.put("orders.concerned", when + timedelta(minutes=3), change=code, role="派送方", provider="PV-04")
    sheets.put("orders.informed", when + timedelta(minutes=14), concerned=who, way="接口")
    sheets.put("orders.effective", when + timedelta(minutes=20), change=code)


def _surcharge(sheets: Sheets) -> None:
    """Put down the fuel surcharge of 1 July: eleven customers heard of it before, nineteen on the third (PN-13)."""
    sheets.put("orders.terms", "06-18", code="TM-2607", what="燃油附加费 3%", why="油价上涨", effective="2026-07-01 00:00")
    for number, code in enumerate(read("firm/customers")):
        sheets.put("orders.termsnotice", "06-22 10:00" if number < 11 else "07-03 10:00", terms="TM-2607", party=customer(code), way="邮件")  # eleven


def _afterwards(sheets: Sheets) -> None:
    """Put down that the visits and crates which fell due with each delivery were seen to, but for a few (PN-59), and the re-delivery of a sofa (PN-60)."""
    handed = {order.code: _first_delivery(order) for order in orders()}
    due = [order for order in orders() if handed[order.code] and handed[order.code] + timedelta(days=7) < clock()]  # type: ignore[operator]  # it is a time
    cold = [order for order in due if _offering(order) == "OF-02"]
    late = {order.code for order in [one for one in due if one not in cold][-VISITS:] + cold[-CRATES:]}
    for order in due:
        when = handed[order.code]
        if order.code not in late and when is not None and (_offering(order) == "OF-01" or when > time("06-05 08:30")):
            done = min(when + timedelta(days=5), clock())
            sheets.put("deliveries.done", done, activity=f"{order.code} @ {when.isoformat()}", result="已办妥", understood="clear")
    sheets.put("deliveries.term", "08-01 16:00", order="ORD-0268", what="免费重新送一次沙发", basis="promised", due="2026-08-04 18:00")


def _first_delivery(order: Order) -> datetime | None:
    """When the first shipment of an order was handed over, if it was by now."""
    times = [shipment.delivered for shipment in shipments() if shipment.order is order and shipment.delivered < clock()]
    return min(times, default=None)


def _offering(order: Order) -> str:
    cold = read("firm/customers")[order.customer].get("cold")
    return "OF-02" if cold and order.placed >= time("06-05 12:00") else "OF-01"
