"""Normalising (规整): one plain form for the scan, letter for letter, so that every span points into what was really said.

Full width becomes half, capitals small, traditional characters simplified, other scripts' digits Arabic. A character is only ever replaced by one
character: what Unicode would make into several (㎏) stays as it is. So a place in the plain text *is* the place in the raw text (ADR 0017).
"""

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

_CODES = "utf-32-le"


@cache
def _table() -> NDArray[np.uint32]:
    """Return the character that stands for each other one; beyond the Basic Multilingual Plane each stands for itself."""
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for code in range(0x80, 0x10000):
        if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004  # surrogates are no characters
            continue
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1:
            table[code] = ord(plain)
    table[ord("A") : ord("Z") + 1] += ord("a") - ord("A")
    han = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
    simplified = OpenCC("t2s").convert("\n".join(han)).split("\n")
    for old, new in zip(han, simplified, strict=True):
        if old != new and len(new) == 1:
            table[ord(old)] = ord(new)
    # A line break inside a turn would look like the end of the turn to the scan; other controls hide words.
    table[[*range(0x20), 0x7F, 0x200B, 0x200E, 0x200F, 0xFEFF]] = ord(" ")
    return table


def plain(text: str) -> str:
    """Return the plain form of a text; it is exactly as long.

    >>> plain("HELLO 請您稍等"), len(plain("㎏")) == len("㎏")
    ('hello 请您稍等', True)
    """
    # Half of a surrogate pair is no character, but it can stand in a text: it stays what it is.
    codes = np.frombuffer(text.encode(_CODES, "surrogatepass"), np.uint32)
    return _table()[codes].tobytes().decode(_CODES, "surrogatepass")


def plains(texts: Sequence[str]) -> Iterator[str]:
    """Yield the plain forms of many texts, made at one go.

    >>> list(plains(["HELLO", "", "請"]))
    ['hello', '', '请']
    """
    whole, start = plain("".join(texts)), 0
    for text in texts:
        yield whole[start : (start := start + len(text))]
