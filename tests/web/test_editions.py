"""The pages of editions: the switch on the map, the way to 2026, the four layers with where their words come from."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from lingting import catalog
from lingting.catalog import change

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


def read(client: Client, address: str, language: str = "zh-hans") -> str:
    client.cookies["lingting_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_map_is_switched_between_editions_without_a_script(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")
    now, since, ahead = (read(client, f"/clauses{query}") for query in ("", "?edition=2008-2015", "?edition=2015-2026"))
    for page in (now, since, ahead):
        assert [f"edition={years}" in page for years in ("2008-2015", "2015", "2015-2026")] == [True, True, True]
    assert since.count('<li class="tile change new"') == 5
    assert ahead.count('<li class="tile change ') == 65
    assert 'class="state' not in since, "a change has no state of conformity"
    assert "据报道，未核实" in ahead
    assert "据报道，未核实" not in since


def test_another_pair_of_editions_is_a_file_and_no_code(signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """2000→2008 的对照放进目录，地图就能切换到它。"""
    row = change.Row.model_validate({"older": ["7.2.3"], "newer": ["7.2.3"], "tag": "same"})
    maps = change.read_maps()
    older = maps["2008-2015"].model_copy(update={"older": "iso9001-2000", "newer": "iso9001-2008", "rows": (row,)})
    monkeypatch.setattr(change, "read_maps", lambda: {**maps, "2000-2008": older})
    page = read(signed_in("quality_manager"), "/clauses?edition=2000-2008")
    assert "2000→2008 的变化" in page
    assert page.count('<li class="tile change same"') == 1


def test_an_edition_nobody_knows_shows_the_one_that_is_assessed(signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/clauses?edition=1994")
    assert page.count('<li class="tile ') == 66
    assert 'class="tile change' not in page


def test_the_switch_keeps_the_day(signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/clauses?at=2026-07-01")
    assert "?at=2026-07-01&amp;edition=2008-2015" in page or "?at=2026-07-01&edition=2008-2015" in page


@LANGUAGES
def test_the_way_to_2026_says_reported_not_verified_and_lists_what_is_not_there(language: str, signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/transition", language)
    assert ("据报道，未核实" if language == "zh-hans" else "Reported, not verified") in page
    for number in ("5.1.1", "6.1.3", "7.3", "10.1"):
        assert f'id="c{number}"' in page
    for report in ("5.1.1-R1", "6.1.3-R1", "7.3-R1"):
        assert f'<a href="#{report}">' in page, "evidence that no register keeps"
    missing = page.split("</ul>")
    assert any("4.1-C2" in part for part in missing)
    assert page.count("<tr><td") == 51


def test_what_is_written_down_for_a_check_is_counted_as_carrying_over(signed_in: Callable[[str], Client], at_time: Callable) -> None:
    """4.2-C1 有一个相关方在范围内之后，才算可以带过去。"""
    at_time("2026-08-01T10:00")
    client = signed_in("quality_manager")
    before = read(client, "/transition")
    client.post("/parties/new", {"organisation": "环保志愿队", "category": "society"})
    number = re.search(r"/parties/(\d+)", client.get("/parties").content.decode())[1]
    client.post(f"/parties/{number}/judgement", {"relevant": "yes", "reason": "受其关注", "review": "2027-01-01"})
    after = read(client, "/transition")

    def carrying(page: str) -> int:
        return int(re.search(r"<strong>(\d+)</strong> 项检查已有证据", page)[1])

    assert carrying(before) == 0
    assert carrying(after) == 1
    assert "条记录可以带过去" in after


@LANGUAGES
@pytest.mark.parametrize("number", ["8.2.1", "8.4.1", "7.1.4", "6.3", "4.4.2"])
def test_a_clause_always_shows_its_four_layers(number: str, language: str, signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("external_auditor"), f"/clauses/{number}", language)
    for layer in ("required", "changed", "checked", "nonconformities"):
        assert f'<section id="{layer}">' in page
        assert f'<a href="#{layer}">' in page


def test_where_the_source_is_silent_the_layer_says_so_with_author_and_day_and_where_it_speaks_it_does_not(signed_in: Callable[[str], Client]) -> None:
    client, authored = signed_in("quality_manager"), catalog.read().edition.authored
    told = f"来源文档没有写这一层，以下由本机构编写：{authored.by.zh}，{authored.day.isoformat()}。"

    def layers(number: str) -> dict[str, bool]:
        page = read(client, f"/clauses/{number}")
        parts = {part.split('"')[0]: told in part for part in page.split('<section id="')[1:]}
        return {name: parts[name] for name in ("required", "changed", "checked", "nonconformities")}

    assert layers("8.2.1") == {"required": False, "changed": False, "checked": False, "nonconformities": False}
    assert layers("8.4.1") == {"required": False, "changed": False, "checked": True, "nonconformities": True}
    assert layers("7.1.4") == {"required": False, "changed": False, "checked": False, "nonconformities": True}


def test_the_chip_tells_standard_source_document_and_ours_apart(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")
    ours, seed = read(client, "/clauses/6.3"), read(client, "/clauses/8.2.1")
    assert '<span class="source standard">标准，我们的转述</span>' in ours
    assert '<span class="source house">本机构编写</span>' in ours
    assert "来源文档</span>" not in ours
    assert '<span class="source seed">来源文档</span>' in seed


def test_the_change_layer_tags_items_and_counts_them(signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/clauses/8.2.1")
    changed = page.split('<section id="changed">')[1].split("</section>")[0]
    assert changed.count('class="tag new"') == 2
    assert "旧版 3，新版 5" in changed
    other = read(signed_in("quality_manager"), "/clauses/6.3").split('<section id="changed">')[1].split("</section>")[0]
    assert "不数项数" in other


@pytest.mark.parametrize(("day", "words"), [("2024-02-22", "ISO 9001:2015<"), ("2024-02-23", "ISO 9001:2015 + Amd 1:2024<")])
def test_a_verdict_shows_the_edition_in_force_on_its_day(day: str, words: str, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")
    for address in (f"/clauses/8.2.1?at={day}", f"/checks/8.2.1-H1/scope?at={day}"):
        assert f'<span class="edition">{words}' in read(client, address)


def test_a_section_leads_to_the_clauses_below_it(signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/clauses/8.2")
    assert 'href="/clauses/8.2.1"' in page
    assert 'href="#required"' not in page
