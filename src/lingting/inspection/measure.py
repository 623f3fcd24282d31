"""Measuring (测量): how far what an instrument says agrees with what people say, with intervals; pure functions of counts.

The truth stands in the rows of a confusion matrix (混淆矩阵), what was said in its columns. A figure that has no meaning for the counts at hand is
None: unknown, never 0 and never 1.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Figure = Callable[[Counts], float | None]
NORMAL_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The two ends of a 95 % interval."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def confusion(truth: Sequence[Hashable], said: Sequence[Hashable], labels: Sequence[Hashable]) -> Counts:
    """Count how often each label was called each label.

    >>> confusion(["是", "是", "否"], ["是", "否", "否"], ["否", "是"]).tolist()
    [[1, 0], [1, 1]]
    """
    place = {label: number for number, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for right, called in zip(truth, said, strict=True):
        counts[place[right], place[called]] += 1
    return counts


def accuracy(counts: Counts) -> float | None:
    """Return the share that was called right."""
    return _ratio(counts.trace(), counts.sum())


def precision(counts: Counts, label: int) -> float | None:
    """Return the share of what was called so that is so (精确率)."""
    return _ratio(counts[label, label], counts[:, label].sum())


def recall(counts: Counts, label: int) -> float | None:
    """Return the share of what is so that was called so (召回率)."""
    return _ratio(counts[label, label], counts[label].sum())


def f1(counts: Counts, label: int) -> float | None:
    """Return the harmonic mean of precision and recall; 0 where a label is there and never found."""
    return _ratio(2 * counts[label, label], counts[:, label].sum() + counts[label].sum())


def macro_f1(counts: Counts) -> float | None:
    """Return the plain mean of F1 over the labels that occur, in truth or in what was said."""
    return _mean([f1(counts, label) for label in range(len(counts))])


def unweighted_recall(counts: Counts) -> float | None:
    """Return the plain mean of recall over the labels that are there in truth (UAR)."""
    return _mean([recall(counts, label) for label in range(len(counts))])


def kappa(counts: Counts) -> float | None:
    """Return Cohen's kappa; None where only one label was ever used, for then nothing can be told from chance.

    >>> kappa(np.array([[20, 5], [10, 15]]))
    0.4
    """
    n = int(counts.sum())
    if not n:
        return None
    observed = counts.trace() * n
    expected = int(counts.sum(axis=0) @ counts.sum(axis=1))
    return None if expected == n * n else float((observed - expected) / (n * n - expected))


def wilson(hits: int, n: int, z: float = NORMAL_95) -> Interval | None:
    """Return Wilson's score interval of a share.

    >>> round(wilson(0, 20).high, 4)
    0.1611
    """
    if not n:
        return None
    share, spread = hits / n, z * z / n
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return Interval(0.0 if hits == 0 else low, 1.0 if hits == n else high)


def bootstrap(counts_by_group: Sequence[Counts], figures: Sequence[Figure], *, seed: int, times: int = 1000) -> list[Interval | None]:
    """Return a 95 % percentile interval of each figure when whole groups (conversations) are drawn anew.

    Turns of one conversation resemble each other; drawing them one by one would make every interval too narrow. A figure that is unknown in more
    than one of twenty draws, or the same in all of them, has no interval: the draws show nothing.
    """
    if len(counts_by_group) <= 1:
        return [None] * len(figures)
    chance = np.random.default_rng(seed)
    groups = len(counts_by_group)
    size = len(counts_by_group[0])
    cells = [(group, int(cell), int(counts.flat[cell])) for group, counts in enumerate(counts_by_group) for cell in np.flatnonzero(counts)]
    group_of, cell_of, count_of = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    drawn: list[list[float]] = [[] for _ in figures]
    for _ in range(times):
        weights = np.bincount(chance.integers(groups, size=groups), minlength=groups)
        counts = np.bincount(cell_of, weights=weights[group_of] * count_of, minlength=size * size).astype(np.int64).reshape(size, size)
        for kept, figure in zip(drawn, figures, strict=True):
            value = figure(counts)
            if value is not None:
                kept.append(value)
    return [_middle(kept) if len(kept) >= 0.95 * times and min(kept) < max(kept) else None for kept in drawn]


def _middle(drawn: Sequence[float]) -> Interval:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(low), float(high))


def by_group(truth: Sequence[Hashable], said: Sequence[Hashable], groups: Sequence[Hashable], labels: Sequence[Hashable]) -> list[Counts]:
    """Return a confusion matrix for each group, in the order in which groups first occur."""
    members: dict[Hashable, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    return [confusion([truth[one] for one in those], [said[one] for one in those], labels) for those in members.values()]


def _ratio(part: np.integer | int, whole: np.integer | int) -> float | None:
    return float(part) / float(whole) if whole else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
