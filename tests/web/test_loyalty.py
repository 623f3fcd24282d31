"""Who returns and who stays, by the tier at the first order: counted from accepted orders alone, and only where it can be known by now."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import ZONE

from lingting.ledger.models import Record
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category, Party

pytestmark = pytest.mark.django_db
PAGE = "/registers/parties/figures"


@pytest.fixture
def buyer(put: Callable[..., Record], order: Callable[..., Record]) -> Callable[..., Party]:
    """A customer whose orders were accepted on these days of 2026; `tier` was given on a day, `until` another."""

    def make(name: str, *days: str, tier: str = "", given: str = "2026-01-01", until: str = "2026-12-31") -> Party:
        party = parties.add(name=name, organisation=name, category=Category.CUSTOMER, at=datetime(2026, 1, 1, tzinfo=ZONE), by=1)
        if tier:
            put("parties.tier", party=party, tier=tier, criteria="年货量", until=until, at=given)
        for day in days:
            order(f"{name}-{day}", accepted=f"2026-{day} 10:00", party=party, at=f"2026-{day} 09:00")
        return party

    return make


def test_who_ordered_again_within_ninety_days_is_counted_by_the_tier_of_then(
    buyer: Callable[..., Party], order: Callable[..., Record], signed_in: Callable[..., object], at_time: Callable[[str], datetime]
) -> None:
    """Day 89 is within ninety days, day 91 is not; a tier given after the first order, or run out before it, is none."""
    at_time("2026-10-15T12:00")
    buyer("甲", "06-01", "08-29", tier="gold")
    buyer("乙", "06-01", "08-31", tier="gold")
    buyer("丙", "06-01", "06-20", tier="vip", given="2026-06-15")
    buyer("丁", "06-10", tier="vip", until="2026-06-09")
    buyer("戊", "08-20", "08-25", tier="gold")
    asked = buyer("己", "06-01", tier="gold")
    order("only asked for", party=asked, at="2026-06-20 09:00")
    client = signed_in("supervisor")
    words = client.get(PAGE).content.decode()
    found = dict(re.findall(r'<a class="n" href="/registers/parties/figures/(\w+\.\w+)">(\d+)</a>', words))
    assert {key: int(count) for key, count in found.items() if key.startswith(("all", "gold", "none", "vip"))} == {
        "all.again": 2, "all.followed": 5, "all.stays": 2, "all.aged": 5,
        "gold.again": 1, "gold.followed": 3, "gold.stays": 2, "gold.aged": 3,
        "none.again": 1, "none.followed": 2, "none.stays": 0, "none.aged": 2,
    }  # fmt: skip
    for key, count in found.items():
        assert f'<data class="total" value="{count}">' in client.get(f"{PAGE}/{key}").content.decode(), key
    assert "90 天和 60 天是本机构的规定" in words
    assert client.get(f"{PAGE}/vip.again").status_code == 404, "nobody had that tier then"
    assert client.get(f"{PAGE}/gold.gone").status_code == 404


def test_before_the_time_is_over_nothing_is_said(buyer: Callable[..., Party], signed_in: Callable[..., object], at_time: Callable[[str], datetime]) -> None:
    at_time("2026-07-01T12:00")
    buyer("甲", "06-10", "06-12", tier="gold")
    section = signed_in("supervisor").get(PAGE).content.decode().partition('id="loyalty"')[2].partition("</section>")[0]
    assert section.count("还不知道") == 5, "all and gold, twice each, and the words below"
    assert "%" not in section
