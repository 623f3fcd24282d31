"""Likeness of documents (近似): whether two texts are nearly one, and what changed its sense on the way. Pure: texts in, findings out.

Two copies of a text agree in almost every run of four letters. Where they differ, a copying error is told from a revision by what it does: a "not" that
came or went, another number, another unit, a heading that lost its number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from lingting.inspection.likeness import dice
from lingting.inspection.normalise import plain
from lingting.inspection.pinyin import sounds
from lingting.registers.documents.headings import Heading, headings

SHINGLE = 4
"""Letters in a run: long enough that two texts on the same matter do not share most of them."""

NEAR = 0.85
"""From here on two texts are nearly one (S-SVC-33); the house's number."""

SAME_PLACE = 0.6
"""How like two sentences must be to be the same sentence in two copies."""

MOST_COMPARED = 3_000
"""Sentences of a text that are compared one by one; what is longer is a book, and not a copy of one."""

WINDOW = 12
"""How many sentences further on or back a sentence is looked for in the other copy."""

_MARKS = re.compile(r"[^\w\u4e00-\u9fff%℃°]+")
_SENTENCE = re.compile(r"[^。！？；!?;\n]+")

_UNIT = (
    r"(?:个?工作日|小时|分钟|秒|天|日|周|个?月|年|万元|元|万|亿|千克|公斤|克|吨|公里|千米|米|厘米|毫米|℃|°c|度|%|‰"
    r"|k?g|t|km|m|cm|mm|hours?|minutes?|days?|weeks?|months?|years?)"
)
_FIGURE = re.compile(rf"(\d+(?:[.,:：]\d+)*|[零一二两三四五六七八九十百千]+(?=\s*{_UNIT}))\s*({_UNIT})?(?![a-z])")

REVERSING: tuple[tuple[str, str], ...] = (
    ("切记", "切忌"), ("必须", "不必"), ("允许", "禁止"), ("可以", "不可"), ("高于", "低于"), ("大于", "小于"), ("多于", "少于"), ("以上", "以下"),
    ("以内", "以外"), ("之前", "之后"), ("最多", "至少"), ("不超过", "不少于"), ("增加", "减少"), ("提前", "推迟"), ("接受", "拒绝"), ("有效", "无效"),
    ("开启", "关闭"), ("包括", "不包括"), ("内部", "外部"), ("before", "after"), ("more", "less"), ("above", "below"), ("always", "never"),
    ("at least", "at most"), ("include", "exclude"), ("accept", "reject"), ("allow", "forbid"), ("increase", "decrease"),
)  # fmt: skip
"""Words that stand in one place and say the opposite: a fact of the language, collected by the house."""

_NOT = re.compile(r"不(?!但|仅|只|断|同|过)|没有?|未(?!来|必)|无(?!论)|非(?!常)|勿|禁止|切忌|\bnot?\b|\bnever\b|n't\b|\bwithout\b")
_NEGATIONS = frozenset("不没未无非勿别莫")


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """What two copies say differently: the sort of slip, the words here and the words there."""

    slip: str
    quote: str
    against: str = ""


@lru_cache(maxsize=4096)
def shingles(text: str) -> frozenset[str]:
    """Return the runs of four letters of a text, marks and blanks left out, capitals and full width made plain.

    >>> sorted(shingles("VIP 客户，优先。")), shingles("vip客户优先") == shingles("VIP 客户，优先。")
    (['ip客户', 'p客户优', 'vip客', '客户优先'], True)
    """
    letters = _MARKS.sub("", plain(text))
    return frozenset(letters[place : place + SHINGLE] for place in range(max(1, len(letters) - SHINGLE + 1)) if letters)


def likeness(one: str, other: str) -> float:
    """Return how like two texts are, from 0 to 1: twice the runs they share, over the runs they have.

    >>> likeness("请核对收件地址与电话。", "请核对收件地址与电话"), likeness("请核对收件地址与电话。", "本周五停电检修")
    (1.0, 0.0)
    """
    first, second = shingles(one), shingles(other)
    few, many = sorted((len(first), len(second)))
    # What differs so much in length cannot be near; most pairs of a library end here.
    return 0.0 if 2 * few < NEAR * (few + many) else dice(first, second)


def differences(text: str, before: str) -> tuple[Difference, ...]:
    """Return what may be a slip between a text and an earlier near copy of it, the gravest first.

    >>> [found.slip for found in differences("超过 24 小时未答复的，必须上报。", "超过 48 小时未答复的，不必上报。")]
    ['number', 'reversed']
    """
    found: set[Difference] = set()
    for here, there in _pairs(_sentences(text), _sentences(before)):
        found.update(_between(here, there))
    found.update(_lost(headings(text), headings(before), text))
    return tuple(sorted(found))


def _sentences(text: str) -> list[str]:
    return [words for match in _SENTENCE.finditer(text) if (words := match[0].strip())][:MOST_COMPARED]


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the sentences that stand in the same place of both copies and are not the same."""
    keys = [[_MARKS.sub("", plain(words)) for words in side] for side in (ours, theirs)]
    for tag, here, until, there, end in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag == "replace":
            free = set(range(there, end))
            for place in range(here, until):
                near = (other for other in free if abs((other - there) - (place - here)) <= WINDOW)
                like, best = max(((_like(keys[0][place], keys[1][other]), -other) for other in near), default=(0.0, 0))
                if like >= SAME_PLACE:
                    free.discard(-best)
                    yield ours[place], theirs[-best]


def _like(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _between(here: str, there: str) -> Iterator[Difference]:
    ours, theirs = plain(here), plain(there)
    if _reversed(ours, theirs):
        yield Difference("reversed", here, there)
    figures, others = _FIGURE.findall(ours), _FIGURE.findall(theirs)
    if len(figures) == len(others):
        if [number for number, _ in figures] != [number for number, _ in others]:
            yield Difference("number", here, there)
        elif [unit for _, unit in figures] != [unit for _, unit in others]:
            yield Difference("unit", here, there)
    elif figures and others:
        yield Difference("number", here, there)
    for word, other in _misheard(ours, theirs):
        yield Difference("homophone", word, other)


def _reversed(ours: str, theirs: str) -> bool:
    """Tell whether one of two like sentences says "not" where the other does not, or holds the opposite word in its place."""
    for one, other in REVERSING:
        for word, opposite in ((one, other), (other, one)):
            if word in ours and word not in theirs and opposite in theirs and opposite not in ours:
                return True
            # "包括" stands within "不包括".
            if word in opposite and opposite in theirs and opposite not in ours and word in ours:
                return True
    return len(_NOT.findall(ours)) % 2 != len(_NOT.findall(theirs)) % 2


def _misheard(ours: str, theirs: str) -> Iterator[tuple[str, str]]:
    """Yield Chinese letters that were replaced by others of the same sound: a slip of typing or of recognition; 未 and 为 count as one sound here."""
    for tag, here, until, there, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        one, other = ours[here:until], theirs[there:end]
        if tag == "replace" and len(one) == len(other) and all("\u4e00" <= letter <= "\u9fff" for letter in one + other) and sounds(one) == sounds(other):
            yield _around(ours, here, until), _around(theirs, there, end)


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 6) : end + 6]


def _lost(ours: Sequence[Heading], theirs: Sequence[Heading], text: str) -> Iterator[Difference]:
    """Yield the headings of the other copy of which here the number, the title or both are gone."""
    numbers, titles = {one.number for one in ours if one.number}, {one.title for one in ours if one.title}
    body = _MARKS.sub("", plain(text))
    for other in theirs:
        has_number, has_title = other.number in numbers, bool(other.title) and (other.title in titles or _MARKS.sub("", plain(other.title)) in body)
        if other.number and has_title and not has_number:
            yield Difference("no-number", other.title, other.line)
        elif other.number and other.title and has_number and not has_title:
            yield Difference("no-title", other.number, other.line)
        elif other.title and not has_title and not has_number:
            yield Difference("heading", "", other.line)
