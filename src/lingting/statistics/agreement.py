"""Agreement (一致性) of two who judge the same things, beyond what chance alone would give; from the square table of counts.

One rater stands in the rows, the other in the columns. Where only one label was ever used, nothing can be told from chance: None.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lingting.statistics.intervals import CONFIDENCE, Counts, Interval, normal

Weights = Literal["nominal", "linear", "quadratic"]


def weights_of(size: int, weights: Weights) -> NDArray[np.float64]:
    """Return how much a pair of labels counts as agreement, 0 to 1: alike only (nominal), or less with each step (Cicchetti-Allison, Fleiss-Cohen).

    >>> weights_of(3, "quadratic").tolist()
    [[1.0, 0.75, 0.0], [0.75, 1.0, 0.75], [0.0, 0.75, 1.0]]
    """
    if weights == "nominal" or size <= 1:
        return np.eye(size)
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / (size - 1)
    return np.asarray(1 - (steps if weights == "linear" else steps**2), dtype=np.float64)


def agreed(counts: Counts) -> float | None:
    """Return the share on which both said the same (percent agreement, as a share).

    >>> agreed(np.array([[20, 5], [10, 15]]))
    0.7
    """
    n = int(counts.sum())
    return float(counts.trace() / n) if n else None


def kappa(counts: Counts) -> float | None:
    """Return Cohen's kappa (Cohen 1960).

    >>> kappa(np.array([[20, 5], [10, 15]]))
    0.4
    """
    n = int(counts.sum())
    if not n:
        return None
    observed = counts.trace() * n
    expected = int(counts.sum(axis=0) @ counts.sum(axis=1))
    return None if expected == n * n else float((observed - expected) / (n * n - expected))


def weighted_kappa(counts: Counts, weights: Weights) -> float | None:
    """Return Cohen's weighted kappa (Cohen 1968) of ordered labels.

    >>> round(weighted_kappa(np.array([[0, 4, 1], [0, 8, 0], [0, 1, 5]]), "linear"), 4)
    0.4701
    """
    found = _weighted(counts, weights)
    return found[0] if found else None


def kappa_interval(counts: Counts, weights: Weights = "nominal", *, confidence: float = CONFIDENCE) -> Interval | None:
    """Return the large-sample interval of kappa (Fleiss, Cohen and Everitt 1969, eq. 13); None where it has no width, for then it shows nothing.

    >>> ends = kappa_interval(np.array([[20, 5], [10, 15]]))
    >>> round(ends.low, 3), round(ends.high, 3)
    (0.151, 0.649)
    """
    found = _weighted(counts, weights)
    if not found or found[1] <= 0:
        return None
    half = normal(confidence) * found[1]
    return Interval(max(-1.0, found[0] - half), min(1.0, found[0] + half))


def _weighted(counts: Counts, weights: Weights) -> tuple[float, float] | None:
    """Return weighted kappa and its standard error."""
    n = int(counts.sum())
    if not n or not _two_labels(counts):
        return None
    shares = counts / n
    rows, columns, weight = shares.sum(axis=1), shares.sum(axis=0), weights_of(len(counts), weights)
    observed, expected = float((weight * shares).sum()), float(rows @ weight @ columns)
    if math.isclose(expected, 1):
        return None
    value = (observed - expected) / (1 - expected)
    of_row, of_column = weight @ columns, rows @ weight
    spread = float((shares * (weight - np.add.outer(of_row, of_column) * (1 - value)) ** 2).sum()) - (value - expected * (1 - value)) ** 2
    return value, math.sqrt(max(0.0, spread) / n) / (1 - expected)


def _two_labels(counts: Counts) -> bool:
    return bool(np.count_nonzero(counts.sum(axis=0) + counts.sum(axis=1)) > 1)


@dataclass(frozen=True, slots=True)
class Skew:
    """Why a kappa can be low where agreement is high: how unequal yes and no are, how differently the two say yes, and kappa without either."""

    prevalence: float
    bias: float
    adjusted: float


def skew(counts: Counts) -> Skew | None:
    """Return prevalence index, bias index and PABAK of a two by two table (Byrt, Bishop and Carlin 1993).

    >>> told = skew(np.array([[90, 5], [4, 1]]))
    >>> round(told.prevalence, 2), round(told.bias, 2), round(told.adjusted, 2)
    (0.89, 0.01, 0.82)
    """
    n = int(counts.sum())
    if not n:
        return None
    (both, first), (second, neither) = counts.tolist()
    return Skew(abs(both - neither) / n, abs(first - second) / n, 2 * (both + neither) / n - 1)


@dataclass(frozen=True, slots=True)
class Against:
    """An appraiser against the reference: the share right, the share of bad ones let pass, the share of good ones refused."""

    effectiveness: float
    miss: float | None
    false_alarm: float | None


def against_reference(counts: Counts) -> Against | None:
    """Return an appraiser's rates (AIAG MSA, 4th edition, III C); rows are the appraiser, columns the reference, 0 is bad and 1 good.

    >>> told = against_reference(np.array([[45, 5], [3, 97]]))
    >>> round(told.effectiveness, 3), round(told.miss, 4), round(told.false_alarm, 3)
    (0.947, 0.0625, 0.049)
    """
    n = int(counts.sum())
    if not n:
        return None
    (caught, refused), (missed, passed) = counts.tolist()
    bad, good = caught + missed, refused + passed
    return Against((caught + passed) / n, missed / bad if bad else None, refused / good if good else None)
