"""Every number opens to what it was counted from (design law 1): the page that it leads to states the same total."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urldefrag, urljoin
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from django.test import Client

from lingting.conformity import assess, weeks
from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.records.kind import Column, Kind, kinds, registers
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.registers.promises.models import Promise
from lingting.web.evidence import address
from lingting.web.urls import urlpatterns

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
BEGUN = datetime(2026, 7, 6, 9, tzinfo=ZONE)
EACH = 2
"""Records of each kind."""

RECKONED = {"people.staffing"}
"""Kinds whose columns follow from each other by a reckoning that values which mean nothing do not obey."""

HAS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
NUMBERS = "|".join(
    path.format(*(HAS.format(name) for name in names))
    for path, *names in (
        ("//a[{}]", "n"), ("//*[{}]//strong", "figures"), ("//*[{}]//a//*[{}]", "tabs", "count"), ("//*[{}]/strong", "legend"),
    )
)  # fmt: skip
"""Where numbers stand that were counted: the macro `n`, the figures at the head of a page, tabs and legends."""


@pytest.fixture
def organisation(hear: Callable[..., Found], at_time: Callable[[str], datetime]) -> None:
    """A complaint and a promise that were heard, and a few records of every kind, with values that mean nothing."""
    found = hear("complaint.made", "2026-07-06 10:00", "又送错了")
    promise = hear("promise.made", "2026-07-07 10:00", "明天回您电话", kind="promise")
    book.write(Promise(found=promise, conversation=promise.conversation, party=promise.conversation.party, words="明天回您电话", speaker="李客服",
                       at=promise.at, due=promise.at + timedelta(days=1)), act="test")  # fmt: skip
    held: dict[type[Record], list[Record]] = {type(found): [found], Conversation: [found.conversation], Said: [found.said]}
    waiting = [kind for kind in kinds().values() if kind.label not in RECKONED]
    while ready := [kind for kind in waiting if all(_at_hand(column, held) for column in kind.columns)]:
        for kind in ready:
            waiting.remove(kind)
            for place in range(EACH):
                row = kind.model(at=BEGUN + timedelta(days=3 * place), **{column.name: _value(kind, column, place, held) for column in kind.columns})
                book.write(row, act="test")
                held.setdefault(kind.model, []).append(row)
    assert len(waiting) < 5
    now = at_time("2026-07-30T12:00")
    assess.catch_up(now)
    weeks.catch_up(now, most=weeks.MOST)


def _at_hand(column: Column, held: dict[type[Record], list[Record]]) -> bool:
    return column.shape != "reference" or column.target in held or column.field.null


def _value(kind: Kind, column: Column, place: int, held: dict[type[Record], list[Record]]) -> object:
    day = date(2026, 7, 6) + timedelta(days=10 * place)
    words = f"{kind.name}-{place}"[: column.field.max_length or 60]
    values: dict[str, Callable[[], object]] = {
        "reference": lambda: held.get(column.target, [None])[0], "choice": lambda: list(column.text.choices)[place % len(column.text.choices)],
        "many": lambda: next(iter(column.text.choices)), "yes-no": lambda: bool(place), "day": lambda: day, "number": lambda: 3 + place,
        "time": lambda: datetime.combine(day, BEGUN.time(), ZONE), "fixed": lambda: 3 + place,
    }  # fmt: skip
    if column.name == "clause":
        return "8.2.1"
    return values.get(column.shape, lambda: words)()


def pages() -> Iterator[str]:
    """Yield every page that takes no record, a clause, a norm, every register with its kinds, and of each kind the page of its newest record."""
    yield from (f"/{pattern.pattern}" for pattern in urlpatterns if not pattern.pattern.converters)
    yield from ("/clauses?at=2026-07-12", "/clauses?edition=2008-2015", "/clauses?edition=2015-2026", "/clauses/8.2.1", "/norms/promise.made")
    for name, register in registers().items():
        yield f"/registers/{name}"
        for kind in register.kinds:
            yield f"/registers/{name}/{kind.name}"
            newest = kind.model.objects.order_by("-id").first()
            if newest is not None and (place := address(newest)):
                yield urldefrag(place)[0]


def stated(page: lxml.html.HtmlElement, anchor: str) -> str | None:
    """Return the total that a page states: in the part that is pointed at, at the head of its list, or on its open tab."""
    part = page.get_element_by_id(anchor, page) if anchor else page
    for path in (f"//*[{HAS.format('total')}]", f"//*[@aria-current]//*[{HAS.format('count')}]"):
        for one in part.xpath(f".{path}") or page.xpath(path):
            return one.get("value") or one.text_content().strip()
    return None


def test_every_number_opens_to_a_list_of_that_many(organisation: None, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")
    read: dict[str, lxml.html.HtmlElement | None] = {}

    def fetch(path: str) -> lxml.html.HtmlElement | None:
        if path not in read:
            answer = client.get(path)
            assert answer.status_code < 500, path
            html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
            read[path] = lxml.html.fromstring(answer.content.decode()) if html else None
        return read[path]

    wrong, followed = [], set()
    for path in dict.fromkeys(pages()):
        page = fetch(path)
        for number in [] if page is None else page.xpath(NUMBERS):
            words = number.text_content().strip()
            if not re.fullmatch(r"[\d,]+", words) or path == "/-/patterns":
                continue
            link = next((one for one in [number, *number.iterancestors()] if one.tag == "a"), None)
            if link is None:
                wrong.append((path, words, "leads nowhere"))
                continue
            target, anchor = urldefrag(urljoin(path, link.get("href")))
            if (target, anchor, words) in followed:
                continue
            followed.add((target, anchor, words))
            opened = fetch(target)
            total = None if opened is None else stated(opened, anchor)
            if total != words:
                wrong.append((path, words, f"{target}#{anchor} states {total}"))
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(followed) > 200, "the walk came far"


def test_a_total_that_differs_would_be_seen() -> None:
    """近似而不同：链接写 3，列表写 2。"""
    page = lxml.html.fromstring('<main><section id="a"><data class="total" value="3">3</data></section><data class="total" value="2">2</data></main>')
    assert (stated(page, "a"), stated(page, "elsewhere"), stated(lxml.html.fromstring("<main><p>3</p></main>"), "")) == ("3", "3", None)


RECKONED_FIGURE = re.compile(r"\d\s?%\s*(\[|–)|\[-?\d[\d.]*\s?%?, -?\d[\d.]*\s?%?\]")
"""A share with its interval, as pages write it: what was reckoned, and not only counted."""

OTHERWISE = {"/-/patterns", "/norms/promise.made"}
"""The portfolio of parts, and the page of a norm, which names its detector and certificate at its head."""


def place_of(one: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """Return the part of the page in which something stands."""
    return next((other for other in one.iterancestors() if other.tag in {"section", "main"}), None)


def unmeasured(page: lxml.html.HtmlElement) -> list[str]:
    """Return the parts of a page that show a reckoned figure and do not say by what it was measured."""
    said = [place_of(one) for one in page.xpath(f"//*[{HAS.format('measured')}]")]
    reckoned = [one for one in page.xpath("//main//*") if isinstance(one.tag, str) and RECKONED_FIGURE.search("".join(one.xpath("text()")))]
    tables = page.xpath(f"//table[{HAS.format('numbers')}]")
    return sorted({place.get("id") or (place.findtext(".//h2") or place.tag) for one in (*reckoned, *tables) if (place := place_of(one)) not in said})


def test_every_reckoned_figure_names_in_one_shape_by_what_it_was_measured(organisation: None, signed_in: Callable[[str], Client]) -> None:
    client, wrong, seen = signed_in("quality_manager"), [], 0
    for path in dict.fromkeys(pages()):
        answer = client.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and path not in OTHERWISE:
            page = lxml.html.fromstring(answer.content.decode())
            wrong += [(path, part) for part in unmeasured(page)]
            seen += len(page.xpath(f"//*[{HAS.format('measured')}]"))
    assert wrong == [], "\n".join(map(str, wrong))
    assert seen > 20


def test_a_figure_whose_source_stands_elsewhere_would_be_seen() -> None:
    """近似而不同：别的一节写了来源，这一节没有。"""
    words = '<main><section id="a"><p>50 % [12 %, 88 %]</p></section><section id="b"><p>3 / 7</p><p class="measured">由什么量出</p></section></main>'
    assert unmeasured(lxml.html.fromstring(words)) == ["a"]
    assert unmeasured(lxml.html.fromstring(words.replace("</p></section><section", '</p><p class="measured">钟</p></section><section'))) == []


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "由什么量出：检测器听出的"), ("en", "Measured by: what the detectors heard")])
def test_the_line_stands_in_both_languages_and_leads_only_where_the_reader_may_go(language: str, words: str, signed_in: Callable[[str], Client]) -> None:
    readers = {"quality_manager": True, "trainee": False}
    for role, led in readers.items():
        client = signed_in(role)
        client.cookies["lingting_language"] = language
        answer = client.get("/registers/conversations/figures")
        if answer.status_code == 200:
            line = lxml.html.fromstring(answer.content.decode()).xpath(f"//*[@id='moods']//*[{HAS.format('measured')}]")[0]
            assert words in line.text_content()
            assert bool(line.xpath(".//a[@href='/norms']")) == led
