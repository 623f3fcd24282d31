"""The page of requirement items: every item, in both languages, with a way to every place where it is shown, and openly what is missing."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from lingting.catalog import trace
from lingting.catalog.trace import Demand
from lingting.web.pages import requirements

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ITEMS = [item for group in trace.read() for item in group.items]
NAMED_PAGES = {place.name for item in ITEMS for place in item.places if place.shape == "page"}


def read(client: Client, address: str = "/requirements", language: str = "zh-hans") -> str:
    client.cookies["lingting_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def rows(page: str) -> list[str]:
    return re.findall(r'<tr id="(S-[A-Z0-9]+-\d{2})"', page)


def row(page: str, item: str) -> str:
    return page.split(f'<tr id="{item}"')[1].split("</tr>", 1)[0]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_item_has_one_row_with_its_words_in_both_languages(language: str, signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), language=language)
    assert rows(page) == [item.id for item in ITEMS]
    for item in ITEMS:
        assert item.zh in row(page, item.id)
        assert item.en in row(page, item.id)


def test_every_place_of_every_item_is_a_link_that_opens(signed_in: Callable[[str], Client]) -> None:
    """质量经理点得开每一处：规范、检查的证据、记录清单、页面、课；坐席台只有坐的人进得去。"""
    client = signed_in("quality_manager")
    page = read(client)
    for item in ITEMS:
        assert row(page, item.id).count("<a href=") == sum(place.name != "desk" for place in item.places), item.id
    for address in sorted(set(re.findall(r'<a href="([^"#]+)', "".join(row(page, item.id) for item in ITEMS)))):
        assert client.get(address).status_code == 200, address


def test_where_the_reader_may_not_go_the_words_stand_without_a_link(signed_in: Callable[[str], Client]) -> None:
    """质检员看不到人员台账，却看得到要求项显示在那里。"""
    page = row(read(signed_in("inspector")), "S-STAFF-22")
    assert "/registers/people/" not in page
    assert "people.shown" in page
    assert "/registers/people/shown" in row(read(signed_in("quality_manager")), "S-STAFF-22")


def test_one_document_alone_is_shown_by_its_group(signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/requirements?group=842")
    assert rows(page) == [item.id for item in ITEMS if item.id.startswith("S-842-")]


def test_the_three_states_part_the_items_and_their_counts_are_those_of_the_rows(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")
    found = {state: rows(read(client, f"/requirements?state={state}")) for state in requirements.STATES}
    assert sorted(item for part in found.values() for item in part) == sorted(item.id for item in ITEMS)
    page = read(client)
    assert not found["open"], "each item is shown somewhere, if only in part"
    for state, (_, zh, _) in requirements.STATES.items():
        assert f'{zh} <span class="count">{len(found[state])}</span>' in page


def test_what_is_not_shown_yet_says_what_is_missing_in_both_languages(signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/requirements?state=open")
    for item in ITEMS:
        if item.id in rows(page):
            assert item.gaps, item.id
            assert all(gap.zh in row(page, item.id) and gap.en in row(page, item.id) for gap in item.gaps)


def stand(*places: dict[str, object]) -> str:
    return requirements.stands(Demand.model_validate({"id": "S-821-01", "kind": "C", "zh": "一", "en": "one", "shown_by": places}))


def test_an_item_stands_by_what_answers_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """只有还没有台账回答的检查项，不算显示；同一项检查有台账回答了，才算。"""
    gap = {"open": {"zh": "缺", "en": "missing"}}
    assert stand({"norm": "promise.made"}) == "shown"
    assert stand({"norm": "promise.made"}, gap) == "partly"
    assert stand(gap) == "open"
    assert stand({"check": "8.2.1-H1"}) == "shown"
    monkeypatch.delitem(requirements.CHECKS, "8.2.1-H1")
    assert stand({"check": "8.2.1-H1"}) == "open"
    assert stand({"check": "8.2.1-H1"}, {"norm": "promise.made"}) == "shown"


def test_a_check_that_no_register_answers_leads_to_its_clause_and_says_so(signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in("quality_manager")
    assert "/checks/8.2.1-C1/scope" in row(read(client), "S-821-01")
    monkeypatch.delitem(requirements.CHECKS, "8.2.1-C1")
    page = row(read(client), "S-821-01")
    assert "/clauses/8.2.1#8.2.1-C1" in page
    assert "还没有台账能回答" in page


def test_a_group_or_state_nobody_knows_is_not_found(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")
    assert client.get("/requirements?group=999").status_code == 404
    assert client.get("/requirements?state=perfect").status_code == 404


def test_the_day_goes_along_to_the_places(signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/requirements?group=821&at=2026-07-01")
    assert "/checks/8.2.1-C1/scope?at=2026-07-01" in page


def test_the_clause_map_leads_to_the_items(signed_in: Callable[[str], Client]) -> None:
    assert 'href="/requirements"' in read(signed_in("quality_manager"), "/clauses")


def test_every_page_that_an_item_names_has_its_words() -> None:
    assert set(requirements.PAGES) >= NAMED_PAGES
