"""Survey figures (调查指标): satisfaction, recommendation and effort, each with n and its interval; no answers, no figure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from scipy.special import stdtrit

from lingting.statistics.intervals import CONFIDENCE, Interval, normal, wilson

PROMOTES, DETRACTS = 9, 6
"""From 9 of 10 somebody recommends us, up to 6 somebody warns (Reichheld 2003)."""


@dataclass(frozen=True, slots=True)
class Score:
    """A figure, its interval (None where n is too small to have one), and how many answered."""

    value: float
    interval: Interval | None
    n: int


def satisfaction(ratings: Sequence[int], *, satisfied: int = 4, confidence: float = CONFIDENCE) -> Score | None:
    """Return the share of ratings that are at least `satisfied` (CSAT, top two of five), 0 to 1, with Wilson's interval.

    >>> told = satisfaction([5, 4, 4, 3, 1])
    >>> told.value, told.n, round(told.interval.low, 3), round(told.interval.high, 3)
    (0.6, 5, 0.231, 0.882)
    """
    if not ratings:
        return None
    hits = sum(rating >= satisfied for rating in ratings)
    return Score(hits / len(ratings), wilson(hits, len(ratings), confidence=confidence), len(ratings))


def promoters(promoting: int, passive: int, detracting: int, *, confidence: float = CONFIDENCE) -> Score | None:
    """Return the net promoter score, -100 to 100 (Reichheld 2003), with Wald's interval: variance 100² (p + d - (p - d)²) / n.

    Where all answered alike the variance is 0 and there is no interval.

    >>> told = promoters(50, 30, 20)
    >>> told.value, round(told.interval.low, 1), round(told.interval.high, 1)
    (30.0, 14.7, 45.3)
    """
    n = promoting + passive + detracting
    if not n:
        return None
    value, half = _net(promoting, detracting, n, confidence)
    return Score(value, Interval(max(-100.0, value - half), min(100.0, value + half)) if half else None, n)


def _net(promoting: float, detracting: float, n: float, confidence: float) -> tuple[float, float]:
    up, down = promoting / n, detracting / n
    return 100 * (promoting - detracting) / n, 100 * normal(confidence) * math.sqrt(max(0.0, up + down - (up - down) ** 2) / n)


def recommendation(answers: Sequence[int], *, confidence: float = CONFIDENCE) -> Score | None:
    """Return the net promoter score of answers from 0 to 10: 9 and 10 promote, 0 to 6 detract.

    >>> recommendation([10, 9, 8, 3]).value
    25.0
    """
    up, down = sum(one >= PROMOTES for one in answers), sum(one <= DETRACTS for one in answers)
    return promoters(up, len(answers) - up - down, down, confidence=confidence)


def effort(ratings: Sequence[float], *, confidence: float = CONFIDENCE) -> Score | None:
    """Return the mean of ratings of effort (CES, 1 to 7) with Student's interval.

    >>> told = effort([7, 6, 5, 6])
    >>> told.value, round(told.interval.low, 2), round(told.interval.high, 2)
    (6.0, 4.7, 7.3)
    """
    if not ratings:
        return None
    n, mean = len(ratings), fmean(ratings)
    if n == 1:
        return Score(mean, None, n)
    half = float(stdtrit(n - 1, (1 + confidence) / 2)) * stdev(ratings) / math.sqrt(n)
    return Score(mean, Interval(mean - half, mean + half) if half else None, n)
