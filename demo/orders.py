"""Orders and shipments of the fictional firm: who ships what where, and where each shipment stands at any moment."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from demo.data import at, day, draws, moment, read

ORDERS, SHIPMENTS = 512, 640
PACE = (7.0, 7.0, 6.5, 6.5, 6.4, 3.5, 2.5)
"""Orders on a Monday … Sunday, in proportion."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order (订单): `price` in yuan, `due` the day promised."""

    code: str
    customer: str
    goods: str
    pieces: int
    kilograms: int
    origin: str
    to: str
    address: str
    placed: datetime
    ready: datetime
    due: date
    price: int


@dataclass(frozen=True, slots=True)
class Step:
    """From this moment on, the shipment has this status in this place."""

    at: datetime
    status: str
    place: str


@dataclass(frozen=True, slots=True)
class Shipment:
    """A shipment (运单) of an order; `number` is what customers quote."""

    code: str
    number: str
    order: Order
    provider: str
    steps: tuple[Step, ...]

    @property
    def delivered(self) -> datetime:
        """When it was handed over."""
        return self.steps[-1].at

    @property
    def late(self) -> bool:
        """Whether it came after the day promised."""
        return self.delivered.date() > self.order.due


@dataclass(frozen=True, slots=True)
class Standing:
    """What the records say of a shipment at a moment: `status` as the norm on truth names it, `eta` the day expected."""

    status: str
    place: str
    eta: date


def standing(shipment: Shipment, now: datetime) -> Standing:
    """What an agent sees who looks the shipment up now."""
    reached = [step for step in shipment.steps if step.at <= now]
    known = shipment.delivered.date() if now >= shipment.order.ready + timedelta(hours=20) else max(shipment.order.due, now.date())
    if not reached:
        return Standing("not_shipped", shipment.order.origin, known)
    return Standing(reached[-1].status, reached[-1].place, known)


@cache
def orders() -> tuple[Order, ...]:
    """All orders, ORD-0001 … ORD-0512, in the order they were placed."""
    pinned = read("firm/threads")["orders"]
    times = _placed()
    owners = _owners(times, {code: held["customer"] for code, held in pinned.items()})
    return tuple(_order(number, times[number - 1], owners[number - 1], pinned.get(_code(number), {})) for number in range(1, ORDERS + 1))


@cache
def shipments() -> tuple[Shipment, ...]:
    """All shipments, SH-0001 … SH-0640, in the order of their orders."""
    parts = [order for order, count in zip(orders(), _counts(), strict=True) for _ in range(count)]
    providers = _providers(parts)
    late = _late(parts, providers)
    return tuple(_shipment(number, order, providers[number - 1], late) for number, order in enumerate(parts, start=1))


@cache
def of_customer(code: str) -> tuple[Shipment, ...]:
    """The shipments of one customer."""
    return tuple(shipment for shipment in shipments() if shipment.order.customer == code)


def stormbound(order: Order) -> bool:
    """Whether the order was held by the typhoon."""
    first, last = (day(words) for words in read("firm/threads")["typhoon"]["placed"])
    return first <= order.placed.date() <= last


def _code(number: int) -> str:
    return f"ORD-{number:04d}"


def _placed() -> list[datetime]:
    begin = day(read("firm/firm")["begin"])
    days = [begin + timedelta(days=count) for count in range(91)]
    share = ORDERS / (13 * sum(PACE))
    total, reached, times = 0.0, 0, list[datetime]()
    for on in days:
        total += PACE[on.weekday()] * share
        count = (ORDERS if on == days[-1] else round(total)) - reached
        reached += count
        spread = sorted(draws("placed", on, each).triangular(480, 1140, 620) for each in range(count))
        times += [at(on, int(minute)) for minute in spread]
    return times


def _owners(times: list[datetime], pinned: dict[str, str]) -> list[str]:
    """Whose order each is: big customers order more; in the days before the typhoon its 22 customers order in turn."""
    customers, storm = read("firm/customers"), read("firm/threads")["typhoon"]
    weights = {"vip": 6.0, "gold": 4.0, "standard": 1.6}
    first, last = (day(words) for words in storm["placed"])
    owners, turn = list[str](), 0
    for number, time in enumerate(times, start=1):
        if first <= time.date() <= last:
            owners.append(storm["customers"][turn % len(storm["customers"])])
            turn += 1
        else:
            drawn = draws("owner", number).choices(list(customers), [weights[held["tier"]] for held in customers.values()])[0]
            owners.append(pinned.get(_code(number), drawn))
    return owners


def _order(number: int, placed: datetime, customer: str, pinned: dict[str, str]) -> Order:
    draw, held, places = draws("order", number), read("firm/customers")[customer], read("firm/firm")["places"]
    to = pinned.get("to") or draw.choice(held["to"])
    pieces = draw.choice((1, 2, 3, 4, 6, 8, 10, 12, 15, 20, 24, 30, 36, 48))
    kilograms = pieces * draw.choice((12, 15, 18, 20, 25, 30, 40))
    ready = at(placed.date() + timedelta(days=1), draw.randrange(480, 1020, 10))
    storm = read("firm/threads")["typhoon"]
    if day(storm["placed"][0]) <= placed.date() <= day(storm["placed"][1]):
        ready = at(date(2026, 7, 7 + number % 2), draw.randrange(780, 1080, 10))
    ready = max(ready, placed + timedelta(hours=1))
    distance = max(1, places[to]["days"], *(spot["days"] for name, spot in places.items() if held["from"].startswith(name)))
    address = pinned.get("address") or f"{to}{draw.choice(_STREETS)}{draw.randrange(40, 199)}号"
    return Order(
        code=_code(number),
        customer=customer,
        goods=pinned.get("goods") or draw.choice(held["goods"]),
        pieces=pieces,
        kilograms=kilograms,
        origin=held["from"],
        to=to,
        address=address,
        placed=placed,
        ready=ready,
        due=ready.date() + timedelta(days=distance),
        price=round((60 + kilograms * (1.4 + 0.5 * distance) * (1.6 if held.get("cold") else 1.0)) / 2) * 2,
    )


_STREETS = ("建安路", "柳河路", "文昌街", "东市", "南环路", "书院巷", "钟楼街", "工业二路", "北辰大道", "听雨巷", "槐荫路", "码头街", "杏林路", "平桥街")


def _counts() -> list[int]:
    """How many shipments each order has: one or two, 640 in all, of which the typhoon holds 46."""
    storm = [order for order in orders() if stormbound(order)]
    others = [order for order in orders() if not stormbound(order)]
    wanted = read("firm/threads")["typhoon"]["shipments"] - len(storm)
    double = {order.code for order in storm[-wanted:]}
    rest = SHIPMENTS - ORDERS - wanted
    single = set(read("firm/threads")["orders"])
    pool = [order.code for order in others if order.code not in single]
    double |= set(draws("double").sample(pool, rest))
    return [2 if order.code in double else 1 for order in orders()]


def _providers(parts: list[Order]) -> list[str]:
    """Who carries each shipment: cold goods in whole seventeens by the cold chain, exactly 17 by the northern line after June."""
    customers = read("firm/customers")
    cold = [number for number, order in enumerate(parts) if customers[order.customer].get("cold")]
    chosen = set(cold[: len(cold) // 17 * 17])
    north = [number for number, order in enumerate(parts) if "朔屏" in order.to + order.origin and number not in chosen]
    june = [number for number in north if parts[number].ready.date() <= date(2026, 6, 30)]
    after = [number for number in north if number not in set(june)]
    northern = set(june) | set(after[:: max(1, len(after) // 17)][:17])
    return ["PV-02" if number in chosen else "PV-05" if number in northern else "PV-01" for number in range(len(parts))]


def _late(parts: list[Order], providers: list[str]) -> frozenset[int]:
    """Which shipments come late: 2 in 17 of the cold chain, about one in fifteen of the others."""
    cold = [number for number, provider in enumerate(providers) if provider == "PV-02" and not stormbound(parts[number])]
    storm = sum(1 for number, provider in enumerate(providers) if provider == "PV-02" and stormbound(parts[number]))
    wanted = providers.count("PV-02") * 2 // 17 - storm
    late = set(draws("late", "cold").sample(cold, wanted))
    return frozenset(late | {number for number, provider in enumerate(providers) if provider != "PV-02" and draws("late", number).random() < 1 / 15})


def _shipment(number: int, order: Order, provider: str, late_ones: frozenset[int]) -> Shipment:
    late = number - 1 in late_ones and order.code not in read("firm/threads")["orders"]
    return Shipment(f"SH-{number:04d}", f"QZ{order.ready:%m%d}{number:04d}", order, provider, _steps(number, order, late=late))


def _steps(number: int, order: Order, *, late: bool) -> tuple[Step, ...]:
    draw, pinned = draws("steps", number), read("firm/threads")["orders"].get(order.code, {})
    begin = _town(order.origin)
    hub = _hub(begin, order.to)
    hand_over = at(order.due + timedelta(days=draw.choice((1, 1, 2)) if late else 0), draw.randrange(560, 1060))
    hub_at = order.ready + (hand_over - order.ready) * draw.uniform(0.45, 0.7)
    if stormbound(order):
        storm = read("firm/threads")["typhoon"]
        held, freed = moment(storm["closed"]), moment(storm["reopened"]) + timedelta(hours=draw.uniform(2, 14))
        hand_over = at(date(2026, 7, 13) + timedelta(days=draw.choice((0, 0, 1))), draw.randrange(560, 1060))
        middle: tuple[Step, ...] = (Step(held, "held", "雁回港"), Step(freed, "in_transit", "雁回港"), Step(freed + timedelta(hours=9), "in_transit", hub))
    else:
        middle = (Step(hub_at, "in_transit", hub),)
    if "delivered" in pinned:
        hand_over = moment(pinned["delivered"])
        middle = (Step(hand_over - timedelta(hours=9), "in_transit", hub),)
    going = Step(hand_over - timedelta(minutes=draw.randrange(70, 150)), "out_for_delivery", order.to)
    return (Step(order.ready, "in_transit", begin), *middle, going, Step(hand_over, "delivered", order.to))


def _hub(begin: str, to: str) -> str:
    """Where a shipment changes trucks."""
    north = to in {"岑州", "朔屏", "南泊"}
    if begin == "岑州":
        return "望溪" if north else "临澜"
    return "岑州" if north else "桐溪里" if begin == "临澜" else "临澜"


def _town(origin: str) -> str:
    names = read("firm/firm")["places"]
    return next((name for name, held in names.items() if origin.startswith((name, held["en"]))), "临澜")
