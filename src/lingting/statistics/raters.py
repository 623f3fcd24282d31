"""Agreement of several raters (多人一致性): Fleiss, Krippendorff, Gwet. A row is a thing judged; a rating that is missing is None."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lingting.statistics.agreement import Weights, weights_of
from lingting.statistics.intervals import Counts

Scale = Literal["nominal", "ordinal", "interval", "ratio"]
Ratings = Sequence[Sequence[Hashable | None]]
Floats = NDArray[np.float64]


def tally(ratings: Ratings, labels: Sequence[Hashable]) -> Counts:
    """Count how often each thing was given each label.

    >>> tally([["是", "否", None], ["是", "是", "是"]], ["是", "否"]).tolist()
    [[1, 1], [3, 0]]
    """
    counted = [Counter(row) for row in ratings]
    return np.array([[one[label] for label in labels] for one in counted], dtype=np.int64).reshape(len(counted), len(labels))


def fleiss(counts: Counts) -> float | None:
    """Return Fleiss' kappa (Fleiss 1971) of a tally in which every thing has the same number of ratings.

    >>> round(fleiss(np.array([[2, 0], [0, 2], [1, 1]])), 4)
    0.3333

    Raises:
        ValueError: the things have unequal numbers of ratings; Krippendorff's alpha can tell of those.
    """
    if not counts.size or not counts.sum():
        return None
    each = counts.sum(axis=1)
    if (each != each[0]).any():
        raise ValueError("Fleiss' kappa needs the same number of ratings for each thing.")
    raters = int(each[0])
    if raters <= 1:
        return None
    observed = float(((counts * (counts - 1)).sum(axis=1) / (raters * (raters - 1))).mean())
    expected = float(((counts.sum(axis=0) / counts.sum()) ** 2).sum())
    return None if np.count_nonzero(counts.sum(axis=0)) <= 1 else (observed - expected) / (1 - expected)


def krippendorff(ratings: Sequence[Sequence[float | None]], scale: Scale) -> float | None:
    """Return Krippendorff's alpha (Computing Krippendorff's Alpha-Reliability, 2011); ratings may be missing. Nominal labels are given as numbers.

    >>> krippendorff([[1, 1], [2, 2], [1, 2]], "nominal")
    0.4444444444444444
    """
    labels = sorted({one for row in ratings for one in row if one is not None})
    counts = tally(ratings, labels)
    paired = counts[counts.sum(axis=1) > 1].astype(np.float64)
    if not paired.size:
        return None
    each = paired.sum(axis=1)
    together = (paired.T / (each - 1)) @ paired - np.diag((paired / (each - 1)[:, None]).sum(axis=0))
    totals = together.sum(axis=0)
    apart = DISTANCES[scale](np.array(labels, dtype=np.float64), totals)
    expected = float(totals @ apart @ totals)
    return None if not expected else 1 - float((totals.sum() - 1) * (together * apart).sum() / expected)


def _nominal(values: Floats, _: Floats) -> Floats:
    return 1 - np.eye(len(values))


def _ordinal(values: Floats, totals: Floats) -> Floats:
    below = np.cumsum(totals) - totals / 2
    return np.asarray(np.subtract.outer(below, below) ** 2, dtype=np.float64).reshape(len(values), -1)


def _interval(values: Floats, _: Floats) -> Floats:
    return np.asarray(np.subtract.outer(values, values) ** 2, dtype=np.float64)


def _ratio(values: Floats, _: Floats) -> Floats:
    together = np.add.outer(values, values)
    return np.asarray((np.subtract.outer(values, values) / np.where(together == 0, 1, together)) ** 2, dtype=np.float64)


DISTANCES: dict[Scale, Callable[[Floats, Floats], Floats]] = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval, "ratio": _ratio}
"""How far two labels lie apart, squared; ordinal by how many ratings lie between them."""


def gwet(counts: Counts, weights: Weights = "nominal") -> float | None:
    """Return Gwet's AC1, or with weights AC2 (Gwet 2008; Handbook of Inter-Rater Reliability, 4th edition, ch. 2) of a tally; ratings may be missing.

    Where one label is rare, AC1 stays near the share agreed while kappa falls.

    >>> round(gwet(np.array([[2, 0]] * 118 + [[1, 1]] * 7)), 4)
    0.9408
    """
    size = counts.shape[1] if counts.ndim > 1 else 0
    if np.count_nonzero(counts.sum(axis=0)) <= 1:
        return None
    each = counts.sum(axis=1)
    weight = weights_of(size, weights)
    paired, several = counts[each > 1], each[each > 1]
    if not len(paired):
        return None
    observed = float(((paired * (paired @ weight - 1)).sum(axis=1) / (several * (several - 1))).mean())
    shares = (counts[each > 0] / each[each > 0][:, None]).mean(axis=0)
    expected = float(weight.sum() / (size * (size - 1)) * (shares * (1 - shares)).sum())
    return (observed - expected) / (1 - expected)
