"""How a team is thanked: one kind alone, often, is pointed out; teams alone, never who thanked whom."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
PAGE = "/registers/people/figures"
HINT = "只用了一种方式，久了就不灵"


@pytest.fixture
def thank(put: Put) -> Callable[..., None]:
    """Thank somebody of a site in these ways."""
    put("people.person", code="SV1", name="严松", at="2026-05-01")

    def thanked(site: str, *ways: str) -> None:
        person = put("people.person", code=f"P-{site}", name="某人", site=site, at="2026-05-01")
        effort = put("people.effort", person=person, sort="helped", what="帮同事顶了一班", evidence="CV-1", at="2026-06-01 18:00")
        for way in ways:
            put("people.thanked", effort=effort, by="SV1", way=way, words="谢谢", at="2026-06-02 09:00")

    return thanked


def test_a_team_thanked_in_one_way_alone_gets_a_hint_and_one_thanked_twice_or_in_two_ways_gets_none(
    thank: Callable[..., None], signed_in: Callable[[str], Client], at_time: Callable[[str], object]
) -> None:
    at_time("2026-07-01T12:00")
    thank("A", "material", "material", "material")
    thank("B", "moral", "moral")
    thank("C", "moral", "growth", "moral")
    client = signed_in("supervisor")
    lines = client.get(PAGE).content.decode().partition('id="thanks"')[2].partition("</section>")[0].split("<li>")[1:]
    assert [(line[:1], HINT in line) for line in lines] == [("A", True), ("C", False), ("B", False)]
    assert "物质" in lines[0]
    assert "精神、成长机会" in lines[1]
    for path, count in re.findall(r'<a class="n" href="([^"]+)">(\d+)</a>', "".join(lines)):
        assert f'<data class="total" value="{count}">' in client.get(path).content.decode()


def test_where_nobody_was_thanked_nothing_is_said_of_it(signed_in: Callable[[str], Client]) -> None:
    assert 'id="thanks"' not in signed_in("supervisor").get(PAGE).content.decode()
