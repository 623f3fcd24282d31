"""Measuring (测量): how far what an instrument says agrees with what people say; pure functions of counts. Intervals and kappa are lingting.statistics'.

The truth stands in the rows of a confusion matrix (混淆矩阵), what was said in its columns. A figure that has no meaning for the counts at hand is
None: unknown, never 0 and never 1.
"""

from collections.abc import Hashable, Sequence

import numpy as np

from lingting.statistics.agreement import agreed
from lingting.statistics.intervals import Counts


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
    return agreed(counts)


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
