"""Letters (字类): which kinds of letters the words of a pattern cannot do without; turns that hold none of them need not be scanned for it."""

import re
from collections.abc import Iterable, Sequence
from re import _constants as op  # type: ignore[attr-defined]  # Python keeps its parser of patterns to itself, and no library reads them better
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import numpy as np
from numpy.typing import NDArray

LATIN, FIGURE, BEYOND, ANY = 1, 2, 4, 15
"""Kinds of letters, as bits: a–z and the underscore, 0–9, all beyond ASCII (Chinese above all), and whatever there is; every turn has the highest bit."""

_CODE = re.compile(r"\\x\{([0-9a-f]+)\}")
_CATEGORIES = {op.CATEGORY_DIGIT: FIGURE, op.CATEGORY_WORD: LATIN | FIGURE}
_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
_ASCII = 128
_KINDS = np.array(
    [LATIN if chr(one).isalpha() or one == ord("_") else FIGURE if chr(one).isdigit() else 0 for one in range(_ASCII)] + [BEYOND] * _ASCII, np.uint8
)


def as_python(pattern: str) -> str:
    r"""Return a pattern of the scan as Python's `re` reads it.

    >>> as_python(r"\x{4e00}x")
    '一x'
    """
    return _CODE.sub(lambda code: chr(int(code[1], 16)), pattern)


def needed(pattern: str) -> int:
    r"""Return kinds of letters, as bits, of which the words of a pattern hold one at least; ANY if nothing is known.

    >>> [needed(pattern) for pattern in (r"\b(hi|hello)\b", "(两|[三-五])点前", r"\d{4,}", "款式|style", "[^们]", "(好)?", r"第[\d一二]")]
    [1, 4, 2, 5, 15, 15, 4]
    """
    try:
        read = parser.parse(as_python(pattern))
    except re.error:
        return ANY
    # Letters of either size have relatives beyond ASCII (K and the sign for Kelvin).
    return ANY if read.state.flags & re.IGNORECASE else _of_all(read)


def kinds(rows: Sequence[bytes]) -> NDArray[np.uint8]:
    """Return the kinds of letters that each row in UTF-8 holds, as bits, and the highest bit.

    >>> kinds(["货到了".encode(), b"ok, 7", b""]).tolist()
    [12, 11, 8]
    """
    if not rows:
        return np.zeros(0, np.uint8)
    sizes = np.fromiter(map(len, rows), np.int64, len(rows)) + 1
    held = _KINDS[np.frombuffer(b"\n".join([*rows, b""]), np.uint8)]
    return np.bitwise_or.reduceat(held, np.cumsum(sizes) - sizes) | np.uint8(8)


def _of_all(parts: Iterable[Any]) -> int:
    """Return what the most telling of several parts asks for: all of them stand in the words."""
    return min((_of_one(*part) for part in parts), key=int.bit_count, default=ANY)


def _of_one(code: Any, told: Any) -> int:
    if code is op.LITERAL:
        return _kind(told)
    if code is op.IN:
        return _of_any(_member(*one) for one in told)
    if code is op.BRANCH:
        return _of_any(map(_of_all, told[1]))
    if code is op.SUBPATTERN:
        return ANY if told[1] else _of_all(told[3])
    if code is op.ATOMIC_GROUP:
        return _of_all(told)
    return _of_all(told[2]) if code in _REPEATS and told[0] else ANY


def _of_any(several: Iterable[int]) -> int:
    found = 0
    for one in several:
        found |= one
    return found


def _member(code: Any, told: Any) -> int:
    if code is op.LITERAL:
        return _kind(told)
    if code is op.RANGE:
        return _of_any({_kind(one) for one in range(told[0], min(told[1] + 1, _ASCII))} | {_kind(told[1])})
    return _CATEGORIES.get(told, ANY) if code is op.CATEGORY else ANY


def _kind(letter: int) -> int:
    return int(_KINDS[letter]) or ANY if letter < _ASCII else BEYOND
