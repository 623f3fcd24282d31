"""Pinyin (拼音): what Chinese words sound like, letter for letter, so that words a recogniser misheard are met by their sound (不归 for 不贵).

Every Chinese character becomes one letter that stands for its toneless syllable, taken from Unicode's private use; anything else stays. So a place in
the sounds *is* the place in the text (as in `normalise`). A character has one reading here, its most frequent: 还 is always hai.
"""

import re
import unicodedata
from functools import cache

FIRST = 0xE000
"""The letter of the first syllable; the others follow in the order of the alphabet."""

SHORTEST = 2
"""Syllables that a phrase must have to be looked for by its sound: a single one sounds like dozens of other words."""

_PRIVATE = range(FIRST, 0xF900)


def sounds(text: str) -> str:
    """Return the sounds of a plain text; it is exactly as long.

    >>> sounds("这个不贵") == sounds("这个不归"), sounds("不贵") == sounds("不会"), sounds("ok, 5 kg")
    (True, False, 'ok, 5 kg')
    """
    return text.translate(_letters())


def sound_pattern(phrase: str) -> str | None:
    """Return the pattern that finds a Chinese phrase by its sound in what `sounds` returns; None if it is no literal phrase of two syllables or more.

    >>> re.search(sound_pattern("回电话"), sounds("我给您会电话")).span(), sound_pattern("请(您)?稍等"), sound_pattern("贵")
    ((3, 6), None, None)
    """
    pattern = sounds(phrase)
    private = all(ord(letter) in _PRIVATE for letter in pattern)
    return pattern if private and len(phrase) >= SHORTEST else None


def syllables(text: str) -> list[str]:
    """Return the toneless syllables of a text's Chinese characters, for people and for measuring.

    >>> syllables("绿色, 回电")
    ['lv', 'se', 'hui', 'dian']
    """
    table = _table()
    return [table[ord(character)] for character in text if ord(character) in table]


@cache
def _table() -> dict[int, str]:
    """Return the toneless syllable of every character that has one."""
    from pypinyin.constants import PINYIN_DICT

    return {code: syllable for code, readings in PINYIN_DICT.items() if (syllable := _toneless(readings.split(",")[0]))}


def _toneless(reading: str) -> str:
    """Return a reading without its tone; "" where it is no syllable that can be written in the letters a to z."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return letters if re.fullmatch(r"[a-z]+", letters) else ""


@cache
def _letters() -> dict[int, str]:
    table = _table()
    order = {syllable: chr(FIRST + place) for place, syllable in enumerate(sorted(set(table.values())))}
    # A private letter in a text was said by nobody: left there, it would sound like a syllable.
    silent = dict.fromkeys(_PRIVATE, " ")
    return silent | {code: order[syllable] for code, syllable in table.items()}
