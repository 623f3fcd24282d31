"""Features (特征): an excerpt as a row of numbers, hashed with NumPy alone so that a stored model needs no vocabulary.

A row has three parts, each brought to length one so that a long turn weighs no more than a short one:

1. the turn's own words: n-grams of characters of its plain form, and n-grams of words where a script has spaces;
2. the words of the turns before it, apart for each role, the last turn of a role and its older ones apart;
3. the measures below, each between 0 and 1.
"""

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, hstack, vstack

from lingting.inspection.normalise import plain
from lingting.learning.excerpt import Earlier, Excerpt

Matrix = Any
"""A SciPy sparse matrix; SciPy brings no types."""

ROLES = ("customer", "agent")
PARTS = ("text", *(f"{role}:{age}" for role in (*ROLES, "") for age in ("last", "older")))
AT_ONCE = 2_000
"""Excerpts hashed in one go: what bounds the memory."""
_WORD = re.compile(r"[^\W_\u3400-\u9fff]+")
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xFF51AFD7ED558CCD))


@dataclass(frozen=True, slots=True)
class Shape:
    """How excerpts become rows; a model is stored with the shape that it was trained in."""

    characters: tuple[int, int] = (1, 4)
    words: int = 2
    bits: int = 18
    before: int = 4
    context: float = 0.7


def rows(excerpts: Sequence[Excerpt], shape: Shape) -> Matrix:
    """Return a sparse matrix with a row for each excerpt: the hashed part, then a column for each measure.

    >>> rows([Excerpt("您好，请问货到了吗？")], Shape(bits=10)).shape == (1, 1024 + len(MEASURES))
    True
    """
    blocks = [_block(excerpts[start : start + AT_ONCE], shape) for start in range(0, len(excerpts), AT_ONCE)]
    return vstack(blocks, format="csr") if blocks else csr_matrix((0, (1 << shape.bits) + len(MEASURES)))


def _block(excerpts: Sequence[Excerpt], shape: Shape) -> Matrix:
    parted = [_parts(excerpt, shape) for excerpt in excerpts]
    hashed = sum(
        (_hashed([parts.get(part, "") for parts in parted], number, shape) for number, part in enumerate(PARTS)),
        csr_matrix((len(excerpts), 1 << shape.bits)),
    )
    measured = np.array([list(measures_of(excerpt).values()) for excerpt in excerpts])
    return hstack([hashed, csr_matrix(measured)], format="csr")


def measures_of(excerpt: Excerpt) -> dict[str, float]:
    """Return what is measured of an excerpt, by name."""
    return {name: measure(excerpt) for name, measure in MEASURES.items()}


def _parts(excerpt: Excerpt, shape: Shape) -> dict[str, str]:
    """Return the plain words of an excerpt by the part of the row where they count."""
    parts = {"text": plain(excerpt.text)}
    for earlier in reversed(excerpt.before[max(0, len(excerpt.before) - shape.before) :]):
        role = earlier.role if earlier.role in ROLES else ""
        words = plain(earlier.text)
        if f"{role}:last" not in parts:
            parts[f"{role}:last"] = words
        else:
            parts[f"{role}:older"] = f"{words} {parts.get(f'{role}:older', '')}"
    return parts


def _hashed(texts: Sequence[str], part: int, shape: Shape) -> Matrix:
    """Count the n-grams of texts by the place that their hash gives them; damp the counts and bring each row to length one."""
    grams = [*_of_characters(texts, part, shape), *_of_words(texts, part, shape)]
    owners, places = (np.concatenate(side) for side in zip(*grams, strict=True))
    counted = coo_matrix((np.ones(len(owners)), (owners, places)), shape=(len(texts), 1 << shape.bits)).tocsr()
    counted.data = 1.0 + np.log(counted.data)
    lengths = np.sqrt(np.asarray(counted.multiply(counted).sum(axis=1)).ravel())
    weight = shape.context if part else 1.0
    counted.data *= np.repeat(weight / np.maximum(lengths, 1e-12), np.diff(counted.indptr))
    return counted


def _of_characters(texts: Sequence[str], part: int, shape: Shape) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield owner and place of every n-gram of characters, for all texts at once."""
    padded = [f" {text} " if text else "" for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in padded])
    first, last = shape.characters
    state = np.full(len(codes), part + 1, dtype=np.uint64)
    for size in range(1, last + 1):
        starts = len(codes) - size + 1
        if starts <= 0:
            return
        state = (state[:starts] ^ codes[size - 1 :]) * _MIX[0]
        state ^= state >> np.uint64(29)
        if size >= first:
            whole = owners[:starts] == owners[size - 1 :]
            mixed = state[whole] * _MIX[1] + np.uint64(size)
            yield owners[:starts][whole], ((mixed * _MIX[0]) >> np.uint64(64 - shape.bits)).astype(np.int64)


def _of_words(texts: Sequence[str], part: int, shape: Shape) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield owner and place of every n-gram of words; scripts without spaces have none, their characters say it already."""
    owners, places, mask = [], [], (1 << shape.bits) - 1
    for owner, text in enumerate(texts):
        words = _WORD.findall(text)
        for size in range(1, shape.words + 1):
            for start in range(len(words) - size + 1):
                owners.append(owner)
                places.append(zlib.crc32(" ".join(words[start : start + size]).encode("utf-8", "surrogatepass"), part + 1) & mask)
    yield np.array(owners, dtype=np.int64), np.array(places, dtype=np.int64)


def _share(pattern: str) -> Callable[[Excerpt], float]:
    """Return the measure of how much of a turn is such marks."""
    compiled = re.compile(pattern)
    return lambda excerpt: len(compiled.findall(excerpt.text)) / (len(excerpt.text) + 1)


def _has(pattern: str) -> Callable[[Excerpt], float]:
    """Return the measure of how many such marks a turn has, up to three."""
    compiled = re.compile(pattern)
    return lambda excerpt: min(len(compiled.findall(excerpt.text)), 3) / 3


def _likeness(one: str, other: str) -> float:
    """Return how many pairs of characters two texts share, from 0 to 1 (Dice).

    >>> _likeness("我要退款", "我要退款"), _likeness("我要退款", "您好")
    (1.0, 0.0)
    """
    left, right = (Counter(pairwise(text)) for text in (plain(one), plain(other)))
    both = left.total() + right.total()
    return 2 * (left & right).total() / both if both else 0.0


def _repeats(role: str) -> Callable[[Excerpt], float]:
    """Return the measure of how near a turn comes to the nearest of what a role said shortly before."""
    return lambda excerpt: max((_likeness(excerpt.text, earlier.text) for earlier in _by(excerpt, role)[-4:]), default=0.0)


def _by(excerpt: Excerpt, role: str) -> list[Earlier]:
    return [earlier for earlier in excerpt.before if earlier.role == role]


MEASURES: dict[str, Callable[[Excerpt], float]] = {
    "length": lambda excerpt: min(log1p(len(excerpt.text)) / 6, 1.0),
    "position": lambda excerpt: min(log1p(len(excerpt.before)) / 5, 1.0),
    "first": lambda excerpt: float(not excerpt.before),
    "same speaker": lambda excerpt: float(len(excerpt.before) > 1 and excerpt.before[-1].role == excerpt.before[-2].role),
    "length before": lambda excerpt: min(log1p(len(excerpt.before[-1].text)) / 6, 1.0) if excerpt.before else 0.0,
    "questions": _has(r"[?？]"),
    "exclamations": _has(r"[!！]"),
    "trailing off": _has(r"\.{2,}|…|。。"),
    "digits": _share(r"\d"),
    "capitals": _share(r"[A-Z]"),
    "marks": _share(r"[^\w\s]"),
    "repeats the customer": _repeats("customer"),
    "repeats the agent": _repeats("agent"),
    "nothing said": lambda excerpt: float(not excerpt.text.strip()),
    "customer's share": lambda excerpt: len(_by(excerpt, "customer")) / (len(excerpt.before) + 1),
}
"""What is measured of an excerpt beside its words, each between 0 and 1: lengths, place, punctuation, repetition."""
