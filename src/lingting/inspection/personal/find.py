"""Finding personal data in what somebody said."""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator

from lingting.inspection.normalise import plain
from lingting.inspection.personal.codes import codes
from lingting.inspection.personal.kinds import Kind, Personal
from lingting.inspection.personal.names_en import latin_names
from lingting.inspection.personal.names_zh import beside_telephone, chinese_names
from lingting.inspection.personal.numbers import digits, numbers
from lingting.inspection.personal.places import chinese_addresses, latin_addresses

_HAN = re.compile("[\u3400-\u9fff]")
_SEVERAL_LATIN = re.compile(r"[A-Za-z'’]{1,30} [A-Za-z'’]{1,30} [A-Za-z'’]{1,30}")
_ANYTHING = re.compile(r"\d|[@叫名人姓是址老经主师总生女小太夫阿大医律教店称村岁镇微信号]|零|幺|[A-Za-z]")
_FIVE_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,3}[0-9]){4}|one|two|three|four|five|six|seven|eight|nine|zero")


def find(text: str, *, language: str = "") -> tuple[Personal, ...]:
    """Return the personal data in a raw text, in order and apart from one another.

    >>> [(found.kind.value, "我叫王小明,电话138 0013 8000"[found.start : found.end]) for found in find("我叫王小明,电话138 0013 8000")]
    [('name', '王小明'), ('phone', '138 0013 8000')]
    >>> find("运单号YT7530021876543,明天下午三点前送到")
    ()
    """
    return _apart(text, _all(text, language)) if _ANYTHING.search(text) else ()


def _all(text: str, language: str) -> Iterator[Personal]:
    spoken = plain(text)
    written = digits(spoken)
    phones = []
    if _FIVE_DIGITS.search(written):
        for found in numbers(written):
            yield found
            phones += [found] if found.kind is Kind.PHONE else []
    yield from codes(written)
    chinese = _HAN.search(text)
    if chinese:
        yield from chinese_names(spoken)
        yield from chinese_addresses(spoken)
        for phone in phones:
            yield from beside_telephone(spoken, phone)
    if not chinese or language.startswith("en") or _SEVERAL_LATIN.search(text):
        yield from latin_names(text)
        yield from latin_addresses(text)


def _apart(text: str, found: Iterable[Personal]) -> tuple[Personal, ...]:
    """Return the surer and longer of what overlaps, and of the others what is left of them: nothing that was found stays uncovered."""
    kept: list[Personal] = []  # in order, and never overlapping
    for each in sorted(found, key=lambda each: (not each.sure, each.start - each.end)):
        for start, end in _gaps(kept, each):
            if any(map(str.isalnum, text[start:end])):
                insort(kept, Personal(start, end, each.kind, each.sure), key=_start)
    return tuple(_joined(text, kept))


def _joined(text: str, kept: Iterable[Personal]) -> Iterator[Personal]:
    """Yield what is kept, the pieces of one address together."""
    last: Personal | None = None
    for each in kept:
        if last and last.kind is each.kind is Kind.ADDRESS and not text[last.end : each.start].strip(" ,\n\t，"):
            last = Personal(last.start, each.end, each.kind, last.sure or each.sure)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _gaps(kept: list[Personal], each: Personal) -> list[tuple[int, int]]:
    """Return what no other covers of a place."""
    first, last = max(0, bisect_right(kept, each.start, key=_start) - 1), bisect_left(kept, each.end, key=_start)
    gaps, start = [], each.start
    for other in kept[first:last]:
        gaps.append((start, other.start))
        start = max(start, other.end)
    return [(a, b) for a, b in (*gaps, (start, each.end)) if a < b]


def _start(each: Personal) -> int:
    return each.start
