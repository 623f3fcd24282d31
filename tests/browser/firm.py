"""Somebody who signs in to the fictional firm and does what its pages offer: follows links by their words, fills forms by their labels."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, Locator, Page

from lingting.cli.demo import PASSWORD

PICTURES = Path(__file__).parents[2] / "docs" / "pictures" / "journeys"
"""Where the pictures of the journeys are kept; they are taken anew with LINGTING_PICTURES=1."""

WIDE, HIGH = 1280, 900
HEAVIEST = 120_000
"""Bytes of a picture; of a crowded page the lower part is left out."""

SHORT = 15_000
"""Milliseconds after which something that a page should offer is missing."""


class Person:
    """Somebody at the screen, with a language."""

    def __init__(self, browser: Browser, site: str, name: str, *, english: bool = False, scripts: bool = True) -> None:
        context = browser.new_context(viewport={"width": WIDE, "height": HIGH}, accept_downloads=True, java_script_enabled=scripts)
        context.add_cookies([{"name": "lingting_language", "value": "en" if english else "zh-hans", "url": site}])
        self.page: Page = context.new_page()
        self.page.set_default_timeout(SHORT)
        self.site, self.english = site, english
        self.page.goto(f"{site}/sign-in")
        self.page.fill("#username", name)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button.primary")
        self.page.wait_for_url(f"{site}/today")

    def t(self, zh: str, en: str = "") -> str:
        """Return the words in the reader's language."""
        return en if self.english and en else zh

    @property
    def main(self) -> Locator:
        """Return the page without its navigation."""
        return self.page.locator("main")

    def door(self, *ways: str) -> None:
        """Go through the navigation: a door, unless it is open, and a screen behind it."""
        for left, way in zip(range(len(ways), 0, -1), ways, strict=True):
            link = self.page.locator("nav.doors").get_by_role("link", name=way, exact=True).first
            if left == 1 or not link.get_attribute("aria-current"):
                self._go(link)

    def follow(self, words: str, within: str = "main") -> None:
        """Follow a link by its words, one that says just this before one that says more; where it is folded away, unfold that first."""
        box = self.page.locator(within)
        exactly = box.get_by_role("link", name=words, include_hidden=True, exact=True)
        link = self._offered(exactly if exactly.count() else box.get_by_role("link", name=words, include_hidden=True), words)
        self._unfold(link)
        self._go(link)

    def row(self, words: str) -> Locator:
        """Return the first row or line that holds these words."""
        return self.main.locator("tr, li").filter(has_text=words).first

    def into(self, words: str) -> None:
        """Open the record of the first row that holds these words."""
        self._go(self.row(words).get_by_role("link").first)

    def fill(self, given: Mapping[str, str], form: str = "main form") -> None:
        """Fill fields by their labels: what is typed, chosen or ticked."""
        for label, words in given.items():
            named = re.compile(rf"^\s*{re.escape(label)}(\s|\(|（|，|$)")
            legend = self.page.locator(f"{form} fieldset > legend").filter(has_text=named)
            if legend.count():
                legend.first.locator("..").get_by_label(words, exact=True).first.check()
                continue
            field = self._offered(self.page.locator(form).get_by_label(named), label)
            self._unfold(field)
            if field.evaluate("one => one.tagName") != "SELECT":
                field.fill(words)
                continue
            offered = [one.strip() for one in field.locator("option").all_inner_texts()]
            assert any(words in one for one in offered), f"“{words}” cannot be chosen at “{label}”: {offered}"
            field.select_option(index=offered.index(words) if words in offered else next(place for place, one in enumerate(offered) if words in one))

    def press(self, words: str) -> None:
        """Press a button by its words and wait for the page that answers."""
        button = self._offered(self.main.get_by_role("button", name=words, include_hidden=True), words)
        self._unfold(button)
        self._go(button)

    def enter(self, given: Mapping[str, str]) -> None:
        """Fill in a form of a register and write it down."""
        self.fill(given)
        self.press(self.t("写入账本", "Write it down"))
        assert not self.main.locator(".error-summary").count(), self.main.locator(".error-summary").all_inner_texts()

    def says(self, who: str, words: str) -> None:
        """Write a turn at the desk with the keyboard, and wait until it stands there."""
        self.main.get_by_role("radio", name=who, exact=True).check()
        self.page.fill("#text", words)
        self.page.press("#text", "Enter")
        self.main.locator(".talk li").filter(has_text=words).last.wait_for()

    def sees(self, *words: str) -> None:
        """Stop unless the page shows these words."""
        shown = self._shown()
        for one in words:
            assert one in shown, f"“{one}” is not in: {shown[:3000]}"

    def picture(self, name: str, at: str = "") -> None:
        """Keep a picture of what stands on the screen, from the part `at` on, where pictures are asked for."""
        if os.environ.get("LINGTING_PICTURES", "") != "1":
            return
        top = 0.0
        if at:
            part = self.main.locator(at).first
            part.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY - 24)")
            top = max(0.0, part.evaluate("one => one.getBoundingClientRect().top") - 24)
        else:
            self.page.evaluate("window.scrollTo(0, 0)")
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}{'-en' if self.english else ''}.png"
        for high in range(HIGH, 300, -60):
            path.write_bytes(drawn := self.page.screenshot(clip={"x": 0, "y": top, "width": WIDE, "height": min(high, HIGH - top)}))
            if len(drawn) <= HEAVIEST:
                break

    def comes_again(self, site: str) -> Self:
        """Come back on another day, still signed in."""
        self.site = site
        self.page.goto(f"{site}/today")
        return self

    def leave(self) -> None:
        """Go away."""
        self.page.context.close()

    def _shown(self) -> str:
        return re.sub(r"\s+", " ", self.main.inner_text())

    def _offered(self, ones: Locator, words: str) -> Locator:
        """Return the first of these; where the page offers none, say what it shows."""
        assert ones.count(), f"“{words}” is not offered by {self.page.url}: {self._shown()[:4000]}"
        return ones.first

    def _go(self, one: Locator) -> None:
        with self.page.expect_navigation():
            one.click()

    def _unfold(self, one: Locator) -> None:
        one.evaluate("""one => { for (let box = one.closest('details'); box; box = box.parentElement.closest('details')) box.open = true; }""")
