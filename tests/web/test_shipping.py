"""A provider's page says what its shipments say: late and harmed, out of how many, beside others and beside what it reports; nobody enters these counts."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Ship = Callable[..., Record]
AT = "?at=2026-08-31"


@pytest.fixture
def ship(put: Put, order: Callable[..., Record]) -> Ship:
    """Send a shipment off on a day, due on `day`; `came` is when it arrived, `end` how it ended."""
    placed = order(accepted="2026-06-10 10:00")

    def send(code: str, provider: Record | None, day: str, came: str = "", *, later: str = "", end: str = "delivered", damaged: bool = False) -> Record:
        row = put("deliveries.shipment", code=code, order=placed, provider=provider, at=f"{day} 06:00")
        put("deliveries.tracked", shipment=row, status="transit", source="TMS", expected=day, at=f"{day} 07:00")
        if later:
            put("deliveries.tracked", shipment=row, status="transit", source="TMS", expected=later, at=f"{day} 08:00")
        if came:
            put("deliveries.tracked", shipment=row, status=end, source="TMS", damaged=damaged, at=came)
        return row

    return send


@pytest.fixture
def carriers(put: Put) -> tuple[Record, Record]:
    one, other = (put("suppliers.provider", code=code, name=name, sort="carrier", at="2026-05-20") for code, name in (("PV-1", "甲干线"), ("PV-2", "乙短驳")))
    return one, other


def numbers(client: Client, row: Record) -> dict[str, int]:
    """Return the numbers of a provider's shipments by where they lead, each followed to as many records."""
    page = client.get(f"/providers/{row.pk}{AT}").content.decode()
    found = {}
    for path, count in re.findall(rf'<a class="n" href="/providers/{row.pk}/((?:late|harmed)[^"]*)">(\d+)</a>', page):
        address = path.replace("&amp;", "&")
        listed = client.get(f"/providers/{row.pk}/{address}" + ("" if "at=" in address else f"{'&' if '?' in address else '?'}{AT[1:]}")).content.decode()
        assert f'<data class="total" value="{count}">' in listed, address
        found[address.replace(AT + "&", "?").removesuffix(AT)] = int(count)
    return found


def test_late_is_what_came_after_the_first_day_given_or_has_not_come_and_what_was_returned_is_in_no_share(
    ship: Ship, carriers: tuple[Record, Record], signed_in: Callable[[str], Client]
) -> None:
    one, other = carriers
    ship("in time", one, "2026-07-10", "2026-07-10 23:30")
    ship("a day late", one, "2026-07-10", "2026-07-11 00:30")
    ship("put off, and late", one, "2026-07-10", "2026-07-12 10:00", later="2026-07-12")
    ship("never came", one, "2026-08-10")
    ship("not due yet", one, "2026-09-10")
    ship("returned", one, "2026-07-10", "2026-07-14 10:00", end="returned")
    ship("another's", other, "2026-07-10", "2026-07-14 10:00")
    ship("our own", None, "2026-07-10", "2026-07-10 10:00")
    client = signed_in("quality_manager")
    found = numbers(client, one)
    assert (found["late"], found["late-known"], found["late-all"]) == (3, 4, 4)
    july, august = ({"since": f"2026-{month}-01", "until": f"2026-{month}-31"} for month in ("07", "08"))
    assert [found[f"late?since={days['since']}&until={days['until']}"] for days in (july, august)] == [2, 1]
    page = client.get(f"/providers/{one.pk}{AT}").content.decode()
    assert "它承运的货票中迟到（n=4）" in page
    assert "含零，分不出差别" in page, "four against two"
    assert client.get(f"/providers/{one.pk}/late?since=yesterday").status_code == 404


def test_harm_is_damage_and_loss_among_what_came_to_an_end(ship: Ship, carriers: tuple[Record, Record], signed_in: Callable[[str], Client]) -> None:
    one, other = carriers
    ship("sound", one, "2026-07-10", "2026-07-10 10:00")
    ship("broken", one, "2026-07-10", "2026-07-10 10:00", damaged=True)
    ship("lost", one, "2026-07-10", "2026-07-20 10:00", end="lost")
    ship("under way", one, "2026-09-10")
    client = signed_in("quality_manager")
    found = numbers(client, one)
    assert (found["harmed"], found["harmed-known"], found["harmed-all"]) == (2, 3, 2)
    assert (found["late"], found["late-known"]) == (0, 2), "what was lost is counted once, as harm"
    assert "货票说的" not in client.get(f"/providers/{other.pk}{AT}").content.decode(), "nothing went with it"


def test_what_it_reports_stands_beside_its_shipments_of_the_same_days(
    put: Put, ship: Ship, carriers: tuple[Record, Record], signed_in: Callable[[str], Client]
) -> None:
    """Five of twenty late in July: 100 % is contradicted, 80 % is not; what came late in June is not of these days."""
    one, other = carriers
    for number in range(20):
        for row in carriers:
            ship(f"{row.code}-{number}", row, "2026-07-10", "2026-07-13 10:00" if number < 5 else "2026-07-10 10:00")
    ship("June", one, "2026-06-15", "2026-06-20 10:00")
    for row, share in ((one, "100"), (other, "80")):
        yardstick = put("suppliers.yardstick", provider=row, indicator="on-time", target="95", every="month", at="2026-06-01")
        put("suppliers.declared", yardstick=yardstick, start="2026-07-01", until="2026-07-31", share=share, at="2026-08-05")
    client = signed_in("quality_manager")
    assert numbers(client, one)["late-not?since=2026-07-01&until=2026-07-31"] == 15
    said = [client.get(f"/providers/{row.pk}{AT}").content.decode().partition("货票说的")[2].partition("</section>")[0] for row in carriers]
    assert ["与货票不符，超出偶然" in words for words in said] == [True, False]


def test_who_does_not_read_deliveries_sees_none_of_it(
    ship: Ship, carriers: tuple[Record, Record], signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = carriers
    ship("late", one, "2026-07-10", "2026-07-12 10:00")
    client = signed_in("quality_manager")
    monkeypatch.setattr("lingting.web.pages.providers.may", lambda _, permission: permission != "deliveries.read")
    assert "货票说的" not in client.get(f"/providers/{one.pk}{AT}").content.decode()
    assert client.get(f"/providers/{one.pk}/late{AT}").status_code == 404
