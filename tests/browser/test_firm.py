"""Every page of the fictional firm, found by following its links from the doors: without a fault, without a script, in both languages."""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext, Browser, BrowserContext

from lingting.cli.demo import PASSWORD
from lingting.web.urls import urlpatterns

pytestmark = [pytest.mark.browser, pytest.mark.firm]
DOORS = ("/today", "/-/patterns")
"""Where the walk begins; no link leads to the portfolio of parts."""

NONE = {"harm-report"}
"""Addresses of what the firm has none of on its last day: every harm was told; the same form stands at the item's own address."""

WALKERS = {"quality": 2, "admin": 1, "trainee": 2, "supervisor": 5}
"""Who walks, and how many pages of one shape each reads while looking for shapes that were not met."""

AXE = """(whole) => {
  const named = (one) => one ? `${one.tagName}.${one.getAttribute('class') || ''}` : '';
  const told = (found) => found.violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]);
  const asked = {resultTypes: ['violations'], rules: {'color-contrast': {enabled: whole}}};
  if (whole) return axe.run(asked).then(told);
  const each = new Map();
  for (const one of document.querySelectorAll('body *'))
    if ([...one.childNodes].some((words) => words.nodeType === Node.TEXT_NODE && words.data.trim())) {
      const place = [one, one.parentElement, one.parentElement?.parentElement].map(named).join(' < ');
      if (!each.has(place)) each.set(place, one);
    }
  const colours = {resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast']}};
  return axe.run(asked).then((all) => axe.run({include: [...each.values()]}, colours).then((some) => [...told(all), ...told(some)]));
}"""
"""Colours cost the most: in one language every word is looked at, in the other one word of each place in the style sheet."""

SCRIPTS_OWN = "#play, .keys, #shapes"
"""What only a script needs: hidden without one, and nothing is missed."""

UNSCRIPTED = f"""() => {{
  const wrong = [];
  const main = document.querySelector('main');
  if (main.innerText.trim().length < 20) wrong.push('nothing to read');
  const names = [...document.querySelectorAll('[id]')].map((one) => one.id);
  for (const one of new Set(names.filter((id, place) => names.indexOf(id) < place))) wrong.push('named twice: ' + one);
  for (const one of main.querySelectorAll('[hidden]')) if (!one.matches('{SCRIPTS_OWN}')) wrong.push('hidden: ' + one.outerHTML.slice(0, 120));
  for (const form of document.querySelectorAll('form')) {{
    const fields = [...form.elements].filter((one) => !['hidden', 'submit', 'button', 'fieldset'].includes(one.type));
    const sent = [...form.elements].some((one) => one.type === 'submit' && !one.hidden);
    if (!sent && !(fields.length === 1 && fields[0].matches('[type=search], [type=text]'))) wrong.push('cannot be sent: ' + form.outerHTML.slice(0, 120));
  }}
  for (const one of main.querySelectorAll('select, input, textarea')) if (!one.form) wrong.push('no form: ' + one.outerHTML.slice(0, 120));
  for (const one of main.querySelectorAll('a:not([href]), [onclick], a[href^="javascript:"]')) wrong.push('leads nowhere: ' + one.outerHTML.slice(0, 120));
  return wrong;
}}"""


def reading() -> set[str]:
    """Return the names of the addresses that answer to GET with a page."""
    asked, named = RequestFactory().options("/"), {}
    logging.getLogger("django.request").setLevel(logging.ERROR)
    for pattern in urlpatterns:
        if hasattr(pattern.callback, "permission"):
            named[pattern.name] = pattern.callback(asked, **dict.fromkeys(pattern.pattern.converters, "")).get("Allow", "GET")
    return {name for name, methods in named.items() if "GET" in methods} - FILES - NONE


FILES = {"register-template", "register-export", "kind-export", "item-photo"}
"""Addresses of files."""


def walk(get: APIRequestContext, site: str, sought: Collection[str], each: int) -> Mapping[str, str]:
    """Return one page of every shape that is sought and links lead to from the doors, by the name of its address; the least read shapes come first."""
    found: dict[str, str] = {}
    times: Counter[str] = Counter()
    seen, ahead = set(DOORS), {place: resolve(place).url_name for place in DOORS}
    while ahead and found.keys() != set(sought):
        path = min(ahead, key=lambda place: times[ahead[place]])
        name = ahead.pop(path)
        if times[name] >= each:
            break
        times[name] += 1
        answer = get.get(site + path, max_redirects=0)
        assert answer.status < 500, path
        if answer.status != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        if name in sought:
            found.setdefault(name, path)
        for link in lxml.html.fromstring(answer.text()).xpath("//a/@href"):
            place = urldefrag(urljoin(path, link))[0]
            if place not in seen and place.startswith("/"):
                seen.add(place)
                if (shape := _shape(place)) and shape not in FILES:
                    ahead[place] = shape
    return found


def _shape(place: str) -> str:
    try:
        return resolve(urlsplit(place).path).url_name or ""
    except Resolver404:
        return ""


@pytest.fixture(scope="module")
def enter(firm: str, browser: Browser) -> Callable[..., BrowserContext]:
    """Let somebody sign in, with or without scripts."""

    def sign_in(name: str, language: str = "zh-hans", *, scripts: bool = True) -> BrowserContext:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
        context.add_cookies([{"name": "lingting_language", "value": language, "url": firm}])
        page = context.new_page()
        page.goto(f"{firm}/sign-in")
        page.fill("#username", name)
        page.fill("#password", PASSWORD)
        page.click("main button.primary")
        page.wait_for_url(f"{firm}/today")
        return context

    return sign_in


@pytest.fixture(scope="module")
def pages(firm: str, enter: Callable[..., BrowserContext]) -> Mapping[str, dict[str, str]]:
    """Return for each account the pages that are looked at: of every shape one, and today as each role sees it."""
    all_: dict[str, dict[str, str]] = {}
    sought = reading()
    for account, each in WALKERS.items():
        all_[account] = dict(walk(enter(account).request, firm, sought, each))
        sought -= set(all_[account])
    assert sought == set(), "no link leads there"
    for account in ("supervisor", "inspector", "agent", "auditor"):
        all_.setdefault(account, {})["today"] = "/today"
    return all_


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_has_a_fault_that_axe_knows(language: str, firm: str, pages: Mapping[str, dict[str, str]], enter: Callable[..., BrowserContext]) -> None:
    faults, source = {}, Axe().axe_script
    for account, places in pages.items():
        page = enter(account, language).pages[0]
        for path in places.values():
            page.goto(firm + path)
            page.evaluate(source)
            if found := page.evaluate(AXE, language == "zh-hans"):
                faults[path] = found
    assert faults == {}


def test_every_page_is_whole_without_a_script(firm: str, pages: Mapping[str, dict[str, str]], enter: Callable[..., BrowserContext]) -> None:
    faults = {}
    for account, places in pages.items():
        page = enter(account, scripts=False).pages[0]
        for path in places.values():
            page.goto(firm + path)
            if found := page.evaluate(UNSCRIPTED):
                faults[path] = found
    assert faults == {}
