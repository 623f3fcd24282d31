"""Numerals (数字) as people say them: 两, 十五, 二〇二六, twenty-five, a couple of."""

import re

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_CENTURY = 100
_THIS_CENTURY = 2000
_LAST_CENTURY_FROM = 40
"""Two digits of a year from here on mean the last century, as in most books of dates."""


def number(words: str) -> float:
    """Return what a Chinese or Arabic numeral counts; of two in a row (三五天) the later.

    >>> [number(words) for words in ("两", "十二", "二十", "半", "48", "一百二十", "三五")]
    [2.0, 12.0, 20.0, 0.5, 48.0, 120.0, 5.0]
    """
    if words == "半":
        return 0.5
    if words[0].isdigit():
        return float(words)
    hundreds, hundred, rest = words.rpartition("百")
    tens, ten, units = rest.rpartition("十")
    counted = 100.0 * (_DIGITS.get(hundreds[-1:], 1)) if hundred else 0.0
    if ten:
        counted += 10.0 * _DIGITS.get(tens[-1:], 1)
    return counted + _DIGITS.get(units[-1:], 0)


def year(words: str) -> int:
    """Return a year said digit by digit, in four digits or two.

    >>> [year(words) for words in ("2026", "二零二六", "26", "〇七")]
    [2026, 2026, 2026, 2007]
    """
    said = int("".join(str(_DIGITS.get(letter, letter)) for letter in words))
    if said >= _CENTURY:
        return said
    return said + _THIS_CENTURY - (_CENTURY if said >= _LAST_CENTURY_FROM else 0)


_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
    "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_WORDS = {
    "a": 1.0, "an": 1.0, "half": 0.5, "couple": 2.0, "few": 3.0, "several": 3.0, "some": 3.0, "quarter": 0.25, "twentieth": 20.0, "thirtieth": 30.0,
    **{word: float(place) for place, word in enumerate(_ONES, 1)},
    **{word: float(place) for place, word in enumerate(_ORDINALS, 1)},
    **{word: 10.0 * place for place, word in enumerate(_TENS, 2)},
}  # fmt: skip

ONES = "|".join(sorted(_ONES, key=len, reverse=True))
TENS = "|".join(_TENS)
ORDINALS = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")


def english_number(words: str) -> float:
    """Return what an English numeral counts; "half a" is a half, "one and a half" is one and a half.

    >>> [english_number(words) for words in ("48", "twenty-one", "half an", "one and a half", "a couple of", "thirty first", "15th")]
    [48.0, 21.0, 0.5, 1.5, 2.0, 31.0, 15.0]
    """
    found = _WORD.findall(words.removeprefix("a ") if "quarter of" in words else words)
    if found[0] in {"half", "quarter"}:
        return _WORDS[found[0]]
    whole, _, fraction = words.partition(" and ")
    if fraction:
        return english_number(whole) + (0.25 if "quarter" in fraction else 0.5)
    if found[0][0].isdigit():
        return float(found[0])
    counts = [_WORDS[word] for word in found if word in _WORDS]
    return sum(counts[1:]) if found[0] in {"a", "an"} and len(counts) > 1 else sum(counts)
