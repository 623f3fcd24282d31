"""The pages in a real browser: reachable for everybody, in both languages, wide and narrow."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from lingting.cli.demo import PASSWORD

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
    page = reader(language, WIDE)
    faults = {}
    for path in PATHS:
        page.goto(site + path)
        found = Axe().run(page).response["violations"]
        if found:
            faults[path] = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]
    assert faults == {}
    assert page.complaints == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_page_must_be_moved_sideways(language: str, width: int, site: str, reader: Callable[..., Page]) -> None:
    page = reader(language, width)
    for path in PATHS:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


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
