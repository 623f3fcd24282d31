"""Control charts (控制图): between which limits figures move by common causes alone; three standard deviations (Shewhart 1931; Montgomery, ch. 6-7).

A point is outside only where it lies beyond its limit, not on it. Places are counted from 0.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import NormalDist, fmean, stdev

import numpy as np

MOVING = 1.128
"""d2 of two, as printed and used for moving ranges everywhere (exactly 2/√π)."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Points with the centre line, and for each point the standard deviation and the limits within which it is to be expected."""

    points: tuple[float, ...]
    centre: float
    sigma: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    @property
    def outside(self) -> tuple[int, ...]:
        """Return the places of the points beyond their limits."""
        return tuple(place for place, (point, low, high) in enumerate(zip(self.points, self.low, self.high, strict=True)) if not low <= point <= high)

    @property
    def distances(self) -> tuple[float, ...]:
        """Return how many standard deviations each point lies from the centre, for the run rules."""
        return tuple((point - self.centre) / sigma if sigma else 0.0 for point, sigma in zip(self.points, self.sigma, strict=True))


def _chart(points: Sequence[float], centre: float, sigma: Sequence[float], *, least: float = -math.inf, most: float = math.inf) -> Chart:
    low, high = (tuple(min(most, max(least, centre + side * one)) for one in sigma) for side in (-3, 3))
    return Chart(tuple(points), centre, tuple(sigma), low, high)


def p_chart(failing: Sequence[int], sizes: Sequence[int]) -> Chart | None:
    """Return the chart of shares of samples (NIST e-Handbook 6.3.3.2); sizes may differ. An empty sample makes it None: leave such weeks out.

    >>> p_chart([5, 9], [50, 50]).centre
    0.14
    """
    if not sizes or not all(sizes):
        return None
    mean = sum(failing) / sum(sizes)
    shares = [bad / size for bad, size in zip(failing, sizes, strict=True)]
    return _chart(shares, mean, [math.sqrt(mean * (1 - mean) / size) for size in sizes], least=0.0, most=1.0)


def np_chart(failing: Sequence[int], size: int) -> Chart | None:
    """Return the chart of numbers failing in samples of one size (NIST e-Handbook 6.3.3.2).

    >>> np_chart([5, 9], 50).centre
    7.0
    """
    if not failing or not size:
        return None
    mean = fmean(failing)
    return _chart([float(one) for one in failing], mean, [math.sqrt(mean * (1 - mean / size))] * len(failing), least=0.0, most=float(size))


def c_chart(counts: Sequence[int]) -> Chart | None:
    """Return the chart of numbers of events in equal stretches (NIST e-Handbook 6.3.3.1).

    >>> c_chart([16, 16]).high[0]
    28.0
    """
    if not counts:
        return None
    mean = fmean(counts)
    return _chart([float(one) for one in counts], mean, [math.sqrt(mean)] * len(counts), least=0.0)


def u_chart(counts: Sequence[int], sizes: Sequence[float]) -> Chart | None:
    """Return the chart of events by unit, where stretches differ in size (Montgomery, 7.3).

    >>> u_chart([10, 9], [5, 5]).centre
    1.9
    """
    if not sizes or not all(sizes):
        return None
    mean = sum(counts) / sum(sizes)
    return _chart([count / size for count, size in zip(counts, sizes, strict=True)], mean, [math.sqrt(mean / size) for size in sizes], least=0.0)


def laney_chart(failing: Sequence[int], sizes: Sequence[int]) -> Chart | None:
    """Return the p'-chart (Laney 2002): a p-chart widened by how much more samples differ from one to the next than chance explains.

    Where samples are large, a p-chart calls every day out of control; this one does not.

    >>> round(laney_chart([266, 264, 276], [280, 277, 292]).centre, 3)
    0.949
    """
    plain = p_chart(failing, sizes)
    if plain is None or len(sizes) <= 1:
        return None
    wider = fmean(_moving(plain.distances)) / MOVING
    return _chart(plain.points, plain.centre, [one * wider for one in plain.sigma], least=0.0, most=1.0)


def _moving(points: Sequence[float]) -> list[float]:
    return [abs(later - earlier) for earlier, later in pairwise(points)]


def xmr_chart(points: Sequence[float]) -> tuple[Chart, Chart] | None:
    """Return the charts of single values and of their moving ranges (NIST e-Handbook 6.3.2.2); at least two values.

    >>> single, moving = xmr_chart([10, 12, 11, 13])
    >>> single.centre, round(single.high[0], 2), round(moving.high[0], 2)
    (11.5, 15.93, 5.44)
    """
    if len(points) <= 1:
        return None
    ranges = _moving(points)
    mean = fmean(ranges)
    return _chart(points, fmean(points), [mean / MOVING] * len(points)), _ranges(ranges, mean, 2)


def _ranges(ranges: Sequence[float], mean: float, size: int) -> Chart:
    of = constants(size)
    return _chart(ranges, mean, [mean * of.d3 / of.d2] * len(ranges), least=0.0)


def xbar_r_chart(samples: Sequence[Sequence[float]]) -> tuple[Chart, Chart] | None:
    """Return the charts of means and of ranges of samples of one size, two or more (NIST e-Handbook 6.3.2.1).

    >>> means, ranges = xbar_r_chart([[1, 3], [2, 4]])
    >>> means.centre, ranges.centre, round(means.high[0], 2)
    (2.5, 2.0, 6.26)
    """
    if not samples or len(samples[0]) <= 1:
        return None
    ranges, size = [max(one) - min(one) for one in samples], len(samples[0])
    means, mean = [fmean(one) for one in samples], fmean(ranges)
    return _chart(means, fmean(means), [mean / constants(size).d2 / math.sqrt(size)] * len(means)), _ranges(ranges, mean, size)


def xbar_s_chart(samples: Sequence[Sequence[float]]) -> tuple[Chart, Chart] | None:
    """Return the charts of means and of standard deviations of samples of one size, two or more (NIST e-Handbook 6.3.2).

    >>> means, spreads = xbar_s_chart([[1, 3], [2, 4]])
    >>> means.centre, round(spreads.centre, 4)
    (2.5, 1.4142)
    """
    if not samples or len(samples[0]) <= 1:
        return None
    spreads, size = [stdev(one) for one in samples], len(samples[0])
    means, mean, c4 = [fmean(one) for one in samples], fmean(spreads), constants(size).c4
    of_means = _chart(means, fmean(means), [mean / c4 / math.sqrt(size)] * len(means))
    return of_means, _chart(spreads, mean, [mean / c4 * math.sqrt(1 - c4 * c4)] * len(spreads), least=0.0)


@dataclass(frozen=True, slots=True)
class Constants:
    """Mean and standard deviation of the range of n standard normals (d2, d3), and the bias of their standard deviation (c4)."""

    d2: float
    d3: float
    c4: float


@cache
def constants(size: int) -> Constants:
    """Return the constants of samples of that size, computed from their definitions (Montgomery, appendix VI prints them rounded).

    >>> of = constants(5)
    >>> round(of.d2, 3), round(of.d3, 3), round(of.c4, 4)
    (2.326, 0.864, 0.94)
    """
    step = 0.01
    below = np.array([NormalDist().cdf(place) for place in np.arange(-9, 9 + step / 2, step)])
    mean = float((1 - below**size - (1 - below) ** size).sum() * step)
    low, high = np.meshgrid(below, below, indexing="ij")
    both = np.triu(1 - high**size - (1 - low) ** size + np.maximum(high - low, 0) ** size)
    square = float((2 * both.sum() - both.trace()) * step * step)
    c4 = math.sqrt(2 / (size - 1)) * math.exp(math.lgamma(size / 2) - math.lgamma((size - 1) / 2))
    return Constants(mean, math.sqrt(square - mean * mean), c4)
