"""The median (中位数) with its interval, of which nothing is assumed but that the values were drawn alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from scipy.special import bdtr

from lingting.statistics.intervals import CONFIDENCE, Interval


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of `n` values; the interval is empty where so few could not give one."""

    n: int
    value: float
    interval: Interval | None


def middle(values: Sequence[float], *, confidence: float = CONFIDENCE) -> Middle | None:
    """Return the median and the interval between two of the values themselves, by the binomial law of how many lie below it (the sign test's).

    >>> middle(range(1, 11))
    Middle(n=10, value=5.5, interval=Interval(low=2, high=9))
    >>> middle([3, 1, 2]).interval is None
    True
    """
    if not values:
        return None
    ordered, n = sorted(values), len(values)
    below = 0
    while 2 * bdtr(below, n, 0.5) <= 1 - confidence:
        below += 1
    return Middle(n, median(ordered), Interval(ordered[below - 1], ordered[n - below]) if below else None)
