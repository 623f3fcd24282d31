"""Intervals (区间) of shares: Wilson's score, the difference of two shares, and drawing whole groups anew."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Figure = Callable[[Counts], float | None]

CONFIDENCE = 0.95
"""The house's confidence where a page does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The two ends of an interval."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def normal(confidence: float = CONFIDENCE) -> float:
    """Return how many standard deviations to either side hold that share of a normal distribution.

    >>> round(normal(0.95), 4)
    1.96
    """
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(hits: int, n: int, *, confidence: float = CONFIDENCE, corrected: bool = False) -> Interval | None:
    """Return the score interval of a share (Wilson 1927); `corrected` for continuity, as Newcombe (Statistics in Medicine 17, 1998, method 4).

    >>> round(wilson(0, 20).high, 4), round(wilson(0, 20, corrected=True).high, 4)
    (0.1611, 0.2005)
    """
    if not n:
        return None
    z, share = normal(confidence), hits / n
    if corrected:
        low, high = _corrected(share, n, z)
    else:
        spread = z * z / n
        middle, half = share + spread / 2, z * math.sqrt(share * (1 - share) / n + spread / (4 * n))
        low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return Interval(0.0 if hits == 0 else max(0.0, low), 1.0 if hits == n else min(1.0, high))


def _corrected(share: float, n: int, z: float) -> tuple[float, float]:
    middle, whole = 2 * n * share + z * z, 2 * (n + z * z)
    below = z * math.sqrt(max(0.0, z * z - 2 - 1 / n + 4 * share * (n * (1 - share) + 1)))
    above = z * math.sqrt(max(0.0, z * z + 2 - 1 / n + 4 * share * (n * (1 - share) - 1)))
    return (middle - 1 - below) / whole, (middle + 1 + above) / whole


def enough(limit: float, *, confidence: float = CONFIDENCE) -> int:
    """Return how many are needed before "none failed" can show that a limit below 1 is kept: n / (n + z²) ≥ limit, Wilson's lower end at n of n.

    >>> enough(0.95), enough(0.5)
    (73, 4)
    """
    z = normal(confidence)
    return math.ceil(limit * z * z / (1 - limit))


def difference(hits: int, n: int, other_hits: int, other_n: int, *, confidence: float = CONFIDENCE) -> Interval | None:
    """Return the interval of a share less another, independent one (Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10).

    >>> apart = difference(56, 70, 48, 80)
    >>> round(apart.low, 4), round(apart.high, 4)
    (0.0524, 0.3339)
    """
    one, other = wilson(hits, n, confidence=confidence), wilson(other_hits, other_n, confidence=confidence)
    if one is None or other is None:
        return None
    share, other_share = hits / n, other_hits / other_n
    apart = share - other_share
    return Interval(apart - math.hypot(share - one.low, other.high - other_share), apart + math.hypot(one.high - share, other_share - other.low))


def bootstrap(counts_by_group: Sequence[Counts], figures: Sequence[Figure], *, seed: int, times: int = 1000) -> list[Interval | None]:
    """Return a 95 % percentile interval of each figure when whole groups (conversations) are drawn anew (Efron 1979; by groups, Davison & Hinkley 1997, 3.8).

    Turns of one conversation resemble each other; drawing them one by one would make every interval too narrow. A figure that is unknown in more
    than one of twenty draws, or the same in all of them, has no interval: the draws show nothing.

    >>> groups = [np.array([right, 10 - right]) for right in (9, 4, 7, 8, 6)]
    >>> [shares] = bootstrap(groups, [lambda counts: counts[0] / counts.sum()], seed=1)
    >>> 0.68 in shares, 0.4 in shares
    (True, False)
    """
    if len(counts_by_group) <= 1:
        return [None] * len(figures)
    chance = np.random.default_rng(seed)
    groups, shape = len(counts_by_group), counts_by_group[0].shape
    cells = [(group, int(cell), int(counts.flat[cell])) for group, counts in enumerate(counts_by_group) for cell in np.flatnonzero(counts)]
    group_of, cell_of, count_of = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    drawn: list[list[float]] = [[] for _ in figures]
    for _ in range(times):
        weights = np.bincount(chance.integers(groups, size=groups), minlength=groups)
        counts = np.bincount(cell_of, weights=weights[group_of] * count_of, minlength=math.prod(shape)).astype(np.int64).reshape(shape)
        for kept, figure in zip(drawn, figures, strict=True):
            value = figure(counts)
            if value is not None:
                kept.append(value)
    return [_middle(kept) if len(kept) >= CONFIDENCE * times and min(kept) < max(kept) else None for kept in drawn]


def _middle(drawn: Sequence[float]) -> Interval:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(low), float(high))
