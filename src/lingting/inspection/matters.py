"""Matters (事项): the separate things that a customer brings up, so that a flood of them can be read back as a list and none is lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lingting.catalog.load import read_words
from lingting.inspection.normalise import plain
from lingting.inspection.sentences import clauses, is_question, sentences
from lingting.inspection.transcript import Role, Turn
from lingting.inspection.words import Words

MANY = 3
"""So many matters are a flood: they are offered as a list to read back (S-STAFF-10)."""

FAULTS = ("$defects", "$verdict", "$attitude", "$harm", "$still-not", "$broken-word")
"""The catalog's words for what went wrong."""

LEAST = 4
"""Letters of a clause that may be a matter at all."""

SHARED = 0.4
"""The share of the shorter one's pairs of letters from which two lines are about the same; a house default."""

_GOES_ON = re.compile(r"\s*(?:一直|总是|也就|所以|因为|结果|导致|而且都|然后|就是|害得|搞得|弄得|说是|so\b|because\b|and so\b|which\b)")
_AMISS = re.compile(r"(?:还没|没有?)(?:送|收|寄|发|到|退|来|给|开|换|装|人)|(?:压|摔|碰|撞|挤|划|弄|泡|磕)(?:扁|坏|破|碎|烂|瘪|伤|湿|花|变形)")
"""Plain facts of goods and answers that are amiss, which alone are no feedback but in a list are."""

_OPENS = re.compile(
    r"[,、: ]*(?:另外|对了|还有就是|还有|再有|再一个|再就是|此外|顺便说一下|顺便|第[一二三四五六]个?[,、]?|also|and|by the way|besides)[,、: ]*"
)
_GREETS = re.compile(r"(?:喂|您好|你好|hello|hi|good (?:morning|afternoon)|早上好|下午好)[,、!。 ]*")


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that a customer brought up: its turn (from 0) and where in it the words stand."""

    turn: int
    start: int
    end: int
    words: str

    @property
    def bare(self) -> str:
        """Return the words without what only leads from the matter before to this one."""
        match = _OPENS.match(plain(self.words))
        return self.words[match.end() :] if match and match.end() < len(self.words) - 1 else self.words

    @property
    def place(self) -> str:
        """Return its place as a word: `1-0-12`."""
        return f"{self.turn + 1}-{self.start}-{self.end}"


@cache
def _any(*lists: str) -> re.Pattern[str]:
    """Return a pattern for any of the words in these lists of the catalog."""
    words = Words(read_words())
    words.tag(lists)
    return re.compile("|".join(f"(?:{pattern})" for pattern in words.patterns))


def matters(turns: Sequence[Turn]) -> list[Matter]:
    """Return what a customer brought up, in its order: what is introduced as another matter, and each fault that is told.

    >>> from datetime import datetime
    >>> said = "货昨天没有送到。另外箱子压扁了一个角。还有你们司机的态度很差。"
    >>> [one.words for one in matters([Turn(Role.CUSTOMER, said, datetime(2026, 7, 1))])]
    ['货昨天没有送到', '另外箱子压扁了一个角', '还有你们司机的态度很差']
    """
    found: list[Matter] = []
    for place, turn in enumerate(turns):
        if turn.role is Role.CUSTOMER:
            found += [Matter(place, start, end, turn.text[start:end]) for start, end in _brought_up(plain(turn.text))]
    distinct: list[Matter] = []
    for one in found:
        if not any(same(one.words, other.words) for other in distinct):
            distinct.append(one)
    return distinct


def _brought_up(text: str) -> list[tuple[int, int]]:
    """Return the clauses that bring something up; where another matter is introduced, the first clause brought up the one before."""
    another, aside, fault, no_fault = _any("$by-the-way"), _any("$no-aside"), _any(*FAULTS), _any("$no-defect", "$only-supposed")
    found: list[tuple[int, int]] = []
    first: tuple[int, int] | None = None
    for low, high in sentences(text):
        for start, end in clauses(text, low, high):
            clause = text[start:end]
            if end - start < LEAST or _GREETS.fullmatch(clause):
                continue
            if another.match(clause) and not aside.search(clause):
                found += [first] if first and not found else []
                found.append((start, end))
            elif (fault.search(clause) or _AMISS.search(clause)) and not (no_fault.search(clause) or _GOES_ON.match(clause) or is_question(text, start, high)):
                found.append((start, end))
            first = first or (start, end)
    return found


def same(one: str, other: str) -> bool:
    """Tell whether two lines are about the same, by the pairs of letters that the shorter shares with the longer.

    >>> same("货没有送到", "货昨天没有送到"), same("货没有送到", "发票抬头开错了")
    (True, False)
    """
    return share_of(one, other) >= SHARED


def share_of(one: str, other: str) -> float:
    """Return which share of the shorter line's pairs of letters stands in the longer."""
    pairs = [_pairs(plain(text)) for text in (one, other)]
    least = min(map(len, pairs))
    return len(pairs[0] & pairs[1]) / least if least else 0.0


def _pairs(text: str) -> set[str]:
    """Return the pairs of Chinese letters, and the longer words of others."""
    return {text[place : place + 2] for place in range(len(text) - 1) if all("\u4e00" <= letter <= "\u9fff" for letter in text[place : place + 2])} | set(
        re.findall(r"[a-z]{4,}", text)
    )


def read_back(found: Sequence[Matter], *, zh: bool) -> str:
    """Return the list as it can be read back."""
    if zh:
        told = "；".join(f"{place}、{one.bare}" for place, one in zip("一二三四五六七八九", found, strict=False))
        return f"我记下了您说的{'零一两三四五六七八九'[min(len(found), 9)]}件事：{told}。我记得对吗？还有别的吗？"
    told = "; ".join(f"({place}) {one.bare}" for place, one in enumerate(found[:9], 1))
    return f"I have noted {min(len(found), 9)} things: {told}. Have I got that right? Is there anything else?"


def told_back(found: Sequence[Matter], turns: Sequence[Turn]) -> bool:
    """Tell whether somebody of ours has read these back since: most of them, in one turn after the last was brought up."""
    last = max((one.turn for one in found), default=-1)
    later = [turn.text for turn in turns[last + 1 :] if turn.role is Role.AGENT]
    return any(sum(same(one.words, text) for one in found) * 3 >= len(found) * 2 for text in later)
