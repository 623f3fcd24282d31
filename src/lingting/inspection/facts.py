"""Facts (事实): what a customer's words state that can be taken down – numbers, amounts, counts, days and hours, addresses, names – and whether it came back.

Only what has a form of its own is known; whoever tells what happened in plain words tells facts that are not counted here. A day told from today
(“tomorrow”) is left out: it comes back as a date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lingting.inspection.detectors.read_back import values
from lingting.inspection.detectors.slips import value_of
from lingting.inspection.transcript import Role

_NUMBER = r"(?:\d+(?:\.\d+)?|[零〇一幺二两三四五六七八九十百]+)"
_FORMS = {
    "amount": re.compile(rf"(?P<number>{_NUMBER})(?P<unit>万?元|块钱|块(?![儿头]))"),
    "count": re.compile(rf"(?<![第\d])(?P<number>{_NUMBER})(?P<unit>[托箱吨台桶盘车方套张袋瓶只份卷捆]|件(?!事)|公斤|千克|平米|立方)"),
    "date": re.compile(rf"(?P<number>{_NUMBER})月(?P<unit>{_NUMBER})[日号]|(?P<day>(?:周|星期|礼拜)[一二三四五六日天])"),
    "hour": re.compile(rf"(?P<number>{_NUMBER})(?P<unit>点半?|:\d\d)(?![儿击赞])"),
    "address": re.compile(rf"(?P<day>[\u4e00-\u9fff]{{2}}(?:路|街|大道|巷|弄))(?P<number>{_NUMBER})(?P<unit>号)"),
    "name": re.compile(r"(?:我姓|我叫|免贵姓|名字叫|联系人是?)(?P<day>[\u4e00-\u9fff])|\bmy name is (?P<unit>[a-z]+)"),
}
_WEEK = re.compile("周|星期|礼拜")

ONE = "一"
"""Before a measure it is mostly no count but an article: “一张发票” is an invoice."""

_ENGLISH = {
    "amount": re.compile(r"(?P<unit>[$£€]) ?(?P<number>\d+(?:\.\d+)?)"),
    "count": re.compile(r"\b(?P<number>\d+) (?P<unit>pallet|box|crate|carton|piece|unit|ton|drum)(?:e?s)?\b"),
    "date": re.compile(r"\b(?P<day>mon|tues|wednes|thurs|fri|satur|sun)day\b"),
    "hour": re.compile(r"\b(?P<number>\d{1,2}(?::\d\d)?) ?(?P<unit>[ap]m)\b"),
}


_MAY = re.compile(
    r"\d|[零〇一幺二两三四五六七八九十百][零〇幺二两三四五六七八九十百托箱吨台桶盘车方套张袋瓶只份卷捆件公千平立元块月点号日路街万]"
    r"|周|星期|礼拜|姓|我叫|名字|联系人|name is|day"
)
"""What no fact can do without: most turns have none of it, and need not be read."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in plain words: of what kind, its value in one way of writing, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that a customer told: in which turn (from 0), and whether our side said it or wrote it down afterwards."""

    turn: int
    fact: Fact
    back: bool


def facts(text: str) -> list[Fact]:
    """Return the facts in a plain text, in its order.

    >>> [(one.kind, one.value) for one in facts("我姓林,八托鱼,7月3号下午三点送建安路78号,电话幺三八零零一二")]
    [('name', '林'), ('count', '8托'), ('date', '7-3'), ('hour', '3点'), ('address', '建安路78号'), ('number', '1380012')]
    """
    return sorted(_found(text), key=lambda one: one.start) if _MAY.search(text) else []


def _found(text: str) -> Iterator[Fact]:
    shaped = [
        Fact(kind, _value(kind, match), *match.span())
        for kind, form in (*_FORMS.items(), *_ENGLISH.items())
        for match in form.finditer(text)
        if (kind, match["number"] if kind == "count" else "") != ("count", ONE)
    ]
    yield from shaped
    for value, start, end in values(text):
        if not any(one.start < end and start < one.end for one in shaped):
            yield Fact("number", value, start, end)


def _value(kind: str, match: re.Match[str]) -> str:
    parts = {name: words or "" for name, words in match.groupdict().items()}
    number = value_of(parts["number"]) if parts.get("number") else ""
    if kind == "date":
        return f"{number}-{value_of(parts['unit'])}" if number else _WEEK.sub("", parts["day"]).replace("天", "日")
    return f"{parts.get('day', '')}{number}{parts['unit']}"


def same(one: Fact, other: Fact) -> bool:
    """Tell whether two facts are the same; of a long number the last four digits are enough."""
    if one.kind == other.kind == "number":
        return one.value.endswith(other.value) or other.value.endswith(one.value)
    return (one.kind, one.value) == (other.kind, other.value)


def recall(turns: Sequence[tuple[str, str]], notes: Sequence[str] = (), *, stated: Sequence[Sequence[Fact]] | None = None) -> list[Told]:
    """Return the facts that a customer told, each once, and whether they came back in our later words or in the notes; what came after our last word is out.

    Args:
        turns: who spoke, and the plain words, in the order of time.
        notes: the plain words that were written down.
        stated: the facts of each turn, where somebody has read them already.
    """
    found: list[Told] = []
    said = [facts(words) for _, words in turns] if stated is None else stated
    noted = [one for words in notes for one in facts(words)]
    last = max((place for place, (role, _) in enumerate(turns) if role == Role.AGENT), default=-1)
    for place, (role, _) in enumerate(turns):
        for one in said[place] if role == Role.CUSTOMER and place < last else ():
            if not any(same(one, told.fact) for told in found):
                later = [after for after in range(place + 1, len(turns)) if turns[after][0] == Role.AGENT]
                named = one.kind == "name" and any(one.value in turns[after][1] for after in later)
                found.append(Told(place, one, named or any(same(one, other) for after in later for other in said[after]) or any(same(one, n) for n in noted)))
    return found
