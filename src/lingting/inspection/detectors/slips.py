"""Slips (口误): what was said back almost as it was given – another house number, another count, a surname of the same sound, one letter of a word.

A slip needs a neighbour that both have in common (the street before the number, the goods after the count, the first name before the last), and what the
customer has said anywhere is never one. Numbers of four digits and more are compared without neighbours, in `read_back`.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from lingting.inspection.normalise import plain
from lingting.inspection.pinyin import sounds

Slip = tuple[int, int, str, str]
"""Where the words said back stand, these words, and what was given."""

_DIGITS = {sign: value for value, signs in enumerate(("零〇", "一幺", "二两", "三", "四", "五", "六", "七", "八", "九")) for sign in signs}
_TENS = {"十": 10, "百": 100}
_NUMBER = re.compile(r"\d+|[零〇一幺二两三四五六七八九十百]+")
_PLACE = re.compile(r"[\u4e00-\u9fff]*[路街道巷弄村幢栋楼元室层院里区园库门乡镇号][^\w\u4e00-\u9fff]*$")
_COUNTED = re.compile(r"([台箱件套个把张桶吨盏只袋瓶包托板方盒条根])([\u4e00-\u9fff]{2})")
_DOOR = re.compile(r"\b(plot|unit|flat|suite|apartment|apt|gate|bay|dock|door|room|floor)\s+$")
_STREET = re.compile(r"\s+([A-Z][a-z]{3,})")
_TITLE = re.compile(r"([\u4e00-\u9fff])(?:先生|女士|小姐|太太|师傅)")
_SURNAME = re.compile(r"(?:姓|叫|我是|名字是|联系人是?)([\u4e00-\u9fff])")
_PERSON = re.compile(r"(?:联系人|收货人|收件人|发货人|名字)(?:是|叫|:)?([\u4e00-\u9fff]{2,3})(?=[,。!?、]|$)")
_PAIR = re.compile(r"\b(?=([A-Z][\w'\u2019-]+)\s+([A-Z][\w'\u2019-]+))")
_WORD = re.compile(r"[a-z]+(?:['\u2019][a-z]+)?")
_TITLES = frozenset(["Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Sir", "Dear", "Kind", "Best", "Warm", "Good"])
_SHORTEST = 3
_LITTLE = """
the and for you your our are was not has had can may one two six ten now new any all but she his her him its who how why get got let put see say that
this then than them they there here have will with from what when
"""
_NO_GOODS = frozenset(_LITTLE.split())


def slips(said: str, told: Sequence[str]) -> Iterator[Slip]:
    """Yield what an agent's words say otherwise than the customer's earlier words.

    >>> list(slips("送到建安路八十七号,对吧", ["地址建安路七十八号"])), list(slips("建安路78号", ["建安路七十八号"]))
    ([(5, 8, '87', '78')], [])
    >>> [slip[2:] for slip in slips("颜先生,三盏", ["免贵姓鄢,三盏路灯"])], [slip[2:] for slip in slips("sixty in oak", ["Sixty Alders in oat."])]
    ([('颜', '鄢')], [('oak', 'oat')])
    """
    yield from _numbers(said, told)
    yield from _names(said, told)
    yield from _words(said, told)


def _numbers(said: str, told: Sequence[str]) -> Iterator[Slip]:
    placed = list(_placed(said))
    given = [found for words in told for found in _placed(words)] if placed else []
    for neighbour, value, start, end in placed:
        meant = [other for name, other, _, _ in given if name == neighbour]
        if meant and value not in meant:
            yield start, end, value, meant[-1]


def _placed(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield numbers that belong to a place or count something, with what they stand beside."""
    for match in _NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if place := _PLACE.search(before):
            yield re.sub(r"[^\u4e00-\u9fff]", "", place[0])[-2:], value_of(match[0]), *match.span()
        elif counted := _COUNTED.match(after):
            yield counted[1] + counted[2], value_of(match[0]), *match.span()
        elif door := _DOOR.search(plain(before)):
            yield door[1], value_of(match[0]), *match.span()
        elif street := _STREET.match(after):
            yield street[1], value_of(match[0]), *match.span()


def value_of(number: str) -> str:
    """Return a number in digits, written or spoken: digit for digit, or with tens and hundreds.

    >>> value_of("六零二"), value_of("二百一十六"), value_of("十八"), value_of("八十"), value_of("18")
    ('602', '216', '18', '80', '18')
    """
    if number.isascii() or not set(number) & set(_TENS):
        return "".join(str(_DIGITS.get(sign, sign)) for sign in number)
    total, digit = 0, None
    for sign in number:
        if sign in _TENS:
            total += _TENS[sign] * (1 if digit is None else digit)
            digit = None
        else:
            digit = _DIGITS[sign]
    return str(total + (digit or 0))


def _names(said: str, told: Sequence[str]) -> Iterator[Slip]:
    all_told, even = "\n".join(told), plain(said)
    surnames = set(_SURNAME.findall(all_told))
    for match in _TITLE.finditer(even):
        alike = next((surname for surname in surnames if sounds(surname) == sounds(match[1])), "")
        if alike and match[1] not in surnames:
            yield match.start(1), match.end(), match[1], alike
    for match in _PERSON.finditer(even):
        if match[1] not in all_told and (meant := _one_letter_off(match[1], all_told)):
            yield *match.span(1), match[1], meant
    pairs = _PAIR.findall(all_told)
    for match in _PAIR.finditer(said):
        if {match[1], match[2]} & _TITLES:
            continue
        meant = next((last for first, last in pairs if first == match[1]), "")
        if meant and (match[1], match[2]) not in pairs:
            yield *match.span(2), match[2], meant


def _one_letter_off(name: str, told: str) -> str:
    """Return the words of the same surname that differ from a name in one letter."""
    size = len(name)
    others = (told[place : place + size] for place in range(len(told) - size + 1) if told[place] == name[0])
    return next((other for other in others if sum(a != b for a, b in zip(name, other, strict=True)) == 1 and re.fullmatch(r"[\u4e00-\u9fff]+", other)), "")


def _words(said: str, told: Sequence[str]) -> Iterator[Slip]:
    """Yield English words of which one letter is another, beside a word that both have."""
    matches = list(_WORD.finditer(said.lower()))
    given = [_WORD.findall(words.lower()) for words in told] if len(matches) > 1 else []
    known = {word for words in given for word in words}
    beside = {(words[place - 1], word) for words in given for place, word in enumerate(words) if place}
    for before, match in itertools.pairwise(matches):
        word = match[0]
        if len(word) < _SHORTEST or word in known or word in _NO_GOODS:
            continue
        meant = next((other for left, other in sorted(beside) if left == before[0] and other not in _NO_GOODS and _hamming(word, other)), "")
        if meant:
            yield *match.span(), word, meant


def _hamming(word: str, other: str) -> bool:
    return len(word) == len(other) and word[0] == other[0] and sum(a != b for a, b in zip(word, other, strict=True)) == 1
