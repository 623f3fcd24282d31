"""The pages in a real browser: reachable for everybody, in both languages, wide and narrow."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page

from lingting.cli.demo import PASSWORD
from lingting.web.urls import urlpatterns

pytestmark = pytest.mark.browser
PATHS = [
    "/today",
    "/conversations",
    "/promises",
    "/parties",
    "/improvements",
    "/clauses",
    "/clauses?edition=2008-2015",
    "/clauses?edition=2015-2026",
    "/clauses/8.2.1",
    "/transition",
    "/growth",
    "/growth/figures-without-source",
    "/norms",
    "/norms/promise.made",
    "/registers",
    "/registers/suppliers",
    "/registers/suppliers/provider",
    "/registers/suppliers/provider/new",
    "/registers/suppliers/import",
    "/requirements?group=821",
    "/book",
    "/-/patterns",
]
"""The pages of one shape each."""

SHAPED = {"register": "suppliers", "kind": "provider", "check_id": "8.2.1-H1", "side": "failing", "id": "promise.made", "lesson_id": "figures-without-source"}
"""What stands in an address for what it names; a number is that of the first record that a list of such things leads to."""

OWN = {"listening-figure": {"name": "opened", "side": "whole"}, "party-figure": {"side": "well"}}
"""What stands in the addresses of pages that name something else by the same word."""

LISTS = {"conversation": "/conversations", "promise": "/promises?fate=all", "party": "/parties", "improvement": "/improvements", "audit": "/audits"}
"""Where the first record of a kind is found."""


def every_page(page: Page, site: str) -> list[str]:
    """Return the address of every page in the table of addresses for which there is something to show, so that none is forgotten."""
    found = list(PATHS)
    for pattern in urlpatterns:
        names = {name: "8.2.1" if pattern.name == "clause" else (SHAPED | OWN.get(pattern.name, {})).get(name, "") for name in pattern.pattern.converters}
        if "number" in names:
            if pattern.name not in LISTS:
                continue
            page.goto(site + LISTS[pattern.name])
            path = LISTS[pattern.name].split("?")[0]
            first = page.locator(f'main a[href^="{path}/"]').evaluate_all("all => all.map((one) => one.getAttribute('href'))")
            found += [one for one in first if re.fullmatch(rf"{path}/\d+", one.split("#")[0].split("?")[0])][:1]
        elif not any(word in str(pattern.pattern) for word in (".xlsx", ".csv")):
            found.append(reverse(pattern.name, kwargs=names))
    return list(dict.fromkeys(found))


WIDE, NARROW = 1280, 360


@pytest.fixture
def reader(site: str, browser: Browser) -> Callable[..., Page]:
    """Return somebody who signed in, with a language and a width; what the browser complains about fails the test."""

    def read(language: str, width: int, name: str = "quality") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "lingting_language", "value": language, "url": site}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{site}/sign-in")
        page.fill("#username", name)
        page.fill("#password", PASSWORD)
        page.click("main button.primary")
        page.wait_for_url(f"{site}/today")
        return page

    return read


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_has_a_fault_that_axe_knows(language: str, site: str, reader: Callable[..., Page]) -> None:
    page, faults, axe, walked = reader(language, WIDE), {}, Axe(), 0
    for path in every_page(page, site):
        answer = page.request.get(site + path, max_redirects=0)
        if answer.status != 200:
            continue
        page.goto(site + path)
        walked += 1
        if found := axe.run(page).response["violations"]:
            faults[path] = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]
    assert faults == {}
    assert page.complaints == []
    assert walked > len(PATHS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_page_must_be_moved_sideways(language: str, width: int, site: str, reader: Callable[..., Page]) -> None:
    page = reader(language, width)
    for path in PATHS:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_main_things_are_done_without_a_script(site: str, browser: Browser) -> None:
    """脚本关掉：登录、打开菜单、筛选地图、看条款的证据、查找对话、登记一条记录、换语言。"""
    context = browser.new_context(viewport={"width": NARROW, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/sign-in")
    page.fill("#username", "quality")
    page.fill("#password", PASSWORD)
    page.click("main button.primary")
    page.click(".menu summary")
    page.click('.menu a[href="/clauses"]')
    page.select_option('select[name="state"]', "no-evidence")
    page.click(".filter button")
    stated = page.locator("data.total").first.get_attribute("value")
    assert page.locator(".tiles.map .tile").count() == int(stated)
    page.goto(f"{site}/clauses/8.2.1")
    page.click('a.n[href*="/scope"] >> nth=0')
    assert page.locator("data.total").count() == 1
    page.fill("#search-words", "投诉")
    page.press("#search-words", "Enter")
    assert "words=" in page.url
    page.goto(f"{site}/registers/suppliers/provider/new")
    page.click("main form button.primary")
    assert page.locator(".error-summary").is_visible()
    page.click("form.language button")
    assert page.locator("html").get_attribute("lang") == "en"


def test_on_a_phone_the_doors_are_a_menu_and_wide_they_stand_open(site: str, reader: Callable[..., Page]) -> None:
    narrow, wide = reader("zh-hans", NARROW), reader("zh-hans", WIDE)
    assert (narrow.locator(".doors").is_visible(), narrow.locator(".menu summary").is_visible()) == (False, True)
    assert (wide.locator(".doors").is_visible(), wide.locator(".menu summary").is_visible()) == (True, False)


def test_the_weeks_are_played_on_the_map_and_can_be_stopped(site: str, reader: Callable[..., Page]) -> None:
    page = reader("zh-hans", WIDE)
    page.goto(f"{site}/clauses")
    for _ in range(60):
        if page.locator("#play").count():
            break
        page.wait_for_timeout(1000)
        page.goto(f"{site}/clauses")
    page.click("#play")
    assert page.input_value("#week") == "0"
    states = page.locator(".tile[data-weeks]").evaluate_all("all => all.map((one) => one.dataset.weeks.split(' ')[0] === one.classList[1])")
    assert all(states)
    page.click("#play")
    assert page.locator("#play").inner_text() == "逐周播放"


def test_from_the_map_to_the_spoken_words_in_three_steps(site: str, reader: Callable[..., Page]) -> None:
    """条款 8.2.1 → 不通过的记录 → 承诺 → 原话。"""
    page = reader("zh-hans", WIDE)
    page.goto(f"{site}/clauses")
    page.click('a:has(.number:text-is("8.2.1"))')
    page.click('#\\38\\.2\\.1-H1 a[href*="/failing"]')
    page.click("table.register tbody tr:first-child a")
    page.click('a[href*="#found-"]')
    assert page.locator("mark:target").count() == 1


def test_the_language_is_switched_with_one_click_and_stays(site: str, reader: Callable[..., Page]) -> None:
    page = reader("zh-hans", WIDE)
    page.click("form.language button")
    assert page.locator("h1").inner_text().startswith("Today")
    page.goto(f"{site}/clauses")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_keyboard_reaches_the_page_past_the_navigation(site: str, reader: Callable[..., Page]) -> None:
    page = reader("zh-hans", WIDE)
    page.goto(f"{site}/clauses")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_mistake_is_brought_to_the_reader_and_what_was_typed_is_kept(site: str, reader: Callable[..., Page]) -> None:
    page = reader("zh-hans", WIDE, "supervisor")
    page.goto(f"{site}/parties")
    page.fill("#organisation", "某单位")
    page.click('form[action$="/parties/new"] button')
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.input_value("#organisation") == "某单位"


def test_a_page_prints_without_its_navigation(site: str, reader: Callable[..., Page]) -> None:
    page = reader("zh-hans", WIDE)
    page.goto(f"{site}/clauses/8.2.1")
    page.emulate_media(media="print")
    assert not page.locator(".doors").is_visible()
    assert page.locator("h1").is_visible()
    assert len(page.pdf()) > 10_000


def test_chinese_is_shown_in_characters_and_not_in_boxes(site: str, reader: Callable[..., Page]) -> None:
    page = reader("zh-hans", WIDE)
    drawn = page.evaluate(
        """() => { const draw = (text) => { const c = document.createElement('canvas').getContext('2d');
        c.font = '32px ' + getComputedStyle(document.body).fontFamily; c.fillText(text, 2, 40); return c.canvas.toDataURL(); };
        return [draw('聆'), draw('听'), draw('\\uE000')]; }"""
    )
    assert len(set(drawn)) == 3
