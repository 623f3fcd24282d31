"""Likeness (相似): how much of what was said stands in other words, by pairs of letters and by words; no model, no dictionary."""

import re
from collections.abc import Iterable, Sequence
from operator import add

_RUN = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z]{2,}|\d{2,}")
_WORDS = """
我们 你们 您好 这个 那个 就是 是不 不是 什么 怎么 可以 一下 一个 请问 谢谢 好的 没有 现在 的话 因为 所以 但是 还是 已经 的是 了吗 了我 您的 我的 的时 时候
这边 那边 是的 对吧 对吗 然后 也是 都是 有没 帮您 给您 为您 麻烦
the a an i you we it is are to of and in on for that this my your me be was have has had do does did with at as so but or not no yes ok okay please thank
thanks can could would will just there if from what when how
"""
_EMPTY = frozenset(_WORDS.split())


_ENDS = re.compile(r"^[\s,.。;:!?~…⋯—\-]+|[\s,.。;:!?~…⋯—\-]+$")

ROUNDING = 1e-9
"""What a bound worked out of another may be off by: nothing is left out for it."""

LONGEST_JOIN = 12
"""Letters or words at the end of a turn that another may begin with."""


def grams(text: str) -> frozenset[str]:
    """Return what a plain text is made of: pairs of Chinese letters, words of other letters (from two letters on), numbers; words that say nothing left out.

    >>> sorted(grams("我的货在泠州"))
    ['在泠', '泠州', '的货', '货在']
    """
    runs = _RUN.findall(text)
    if text.isascii():
        return frozenset(runs).difference(_EMPTY)
    found: set[str] = set()
    for run in runs:
        if run[0] >= "\u4e00":
            found.update(map(add, run, run[1:]))
        else:
            found.add(run)
    # This way round the few words found are looked up, not all those that say nothing.
    return frozenset(found).difference(_EMPTY)


def joined(before: str, after: str) -> bool:
    """Tell whether a plain text begins with the letters or words with which another ended, marks aside.

    >>> joined("打开以后……", "打开以后闪退了是吧。"), joined("do you have a", "a liftgate, sure"), joined("打开以后", "您慢慢说"), joined("my lamp", "amps")
    (True, True, False, False)
    """
    ended, begun = _ENDS.sub("", before), _ENDS.sub("", after)
    first, run = begun[:1], ended[-LONGEST_JOIN:]
    if not first or not ended:
        return False
    if first >= "\u4e00":
        return any(begun.startswith(run[place:]) for place, letter in enumerate(run) if letter == first)
    words, others = begun.split()[:LONGEST_JOIN], ended.split()[-LONGEST_JOIN:]
    return any(words[: len(others) - place] == others[place:] for place in range(len(others)))


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how like two texts are, from 0 to 1 (Dice 1945): twice what they share, over what they have."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def alike(one: frozenset[str], other: frozenset[str], least: float) -> bool:
    """Tell whether two texts are as like as this (`dice`); what differs too much in length is not compared letter by letter."""
    few, many = len(one), len(other)
    both = few + many
    return 2 * min(few, many) >= least * both and 2 * len(one & other) / both >= least if both else least <= 0.0


def how_many_alike(one: frozenset[str], others: Iterable[frozenset[str]], least: float) -> int:
    """Return how many of several texts are as like one as this."""
    size, count = len(one), 0
    for other in others:
        length = len(other)
        both = size + length
        if 2 * (min(length, size)) >= least * both and 2 * len(one & other) / both >= least:
            count += 1
    return count


def repeating(said: Sequence[frozenset[str]], like: float) -> set[int]:
    """Return which of several texts hold enough of all before them to be as like one of them as this; whatever is shared, the other has at least as much.

    >>> repeating([frozenset("abcd"), frozenset("abxy"), frozenset("vwxz")], 0.5)
    {1}
    """
    least, before = like / (2 - like) - ROUNDING, set[str]()
    found = set()
    for place, one in enumerate(said):
        if one and len(one & before) >= least * len(one):
            found.add(place)
        before |= one
    return found


def may_share(content: Iterable[str], text: str, least: int = 1) -> bool:
    """Tell whether a plain text may hold so many of these words: they would stand in its letters, and to look there costs less than to take it apart.

    >>> may_share(grams("货在泠州"), "泠州有货"), may_share(grams("货在泠州"), "泠州有货", least=2), may_share(["art"], "a smart cart")
    (True, False, True)
    """
    for gram in content:
        if gram in text:
            least -= 1
            if least <= 0:
                return True
    return False


def share(part: frozenset[str], whole: Iterable[frozenset[str]]) -> float:
    """Return how much of one text's content stands in others, from 0 to 1."""
    rest = part
    for text in whole:
        rest -= text
    return (len(part) - len(rest)) / len(part) if part else 0.0
