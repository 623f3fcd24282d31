"""Normalising (规整): one plain form for the scan, letter for letter, so that every span points into what was really said.

Full width becomes half, capitals small, traditional characters simplified, other scripts' digits Arabic. A character is only ever replaced by one
character: what Unicode would make into several (㎏) stays as it is. So a place in the plain text *is* the place in the raw text (ADR 0017).
"""

import unicodedata
from functools import cache

from opencc import OpenCC


@cache
def _table() -> dict[int, int]:
    """Return the character that stands for each other one, for the Basic Multilingual Plane."""
    table: dict[int, int] = {}
    for code in range(0x80, 0x10000):
        if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004  # surrogates are no characters
            continue
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1 and ord(plain) != code:
            table[code] = ord(plain)
    table.update({code: code + 32 for code in range(ord("A"), ord("Z") + 1)})
    han = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
    simplified = OpenCC("t2s").convert("\n".join(han)).split("\n")
    table.update({ord(old): ord(new) for old, new in zip(han, simplified, strict=True) if old != new and len(new) == 1})
    # A line break inside a turn would look like the end of the turn to the scan; other controls hide words.
    table.update(dict.fromkeys((*range(0x20), 0x7F, 0x200B, 0x200E, 0x200F, 0xFEFF), ord(" ")))
    return table


def plain(text: str) -> str:
    """Return the plain form of a text; it is exactly as long.

    >>> plain("HELLO 請您稍等"), len(plain("㎏")) == len("㎏")
    ('hello 请您稍等', True)
    """
    return text.translate(_table())
