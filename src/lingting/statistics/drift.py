"""Drift (漂移): charts that see small lasting shifts sooner than limits do."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lingting.statistics.charts import Chart


def ewma_chart(points: Sequence[float], *, target: float, sigma: float, weight: float = 0.3, width: float = 3.0, steady: bool = False) -> Chart:
    """Return the chart of exponentially weighted means (Roberts 1959; NIST e-Handbook 6.3.2.4); `steady` uses the final limits from the start, as NIST does.

    >>> chart = ewma_chart([52.0, 47.0], target=50, sigma=2)
    >>> [round(point, 2) for point in chart.points]
    [50.6, 49.52]
    """
    means, mean = [], target
    for point in points:
        mean = weight * point + (1 - weight) * mean
        means.append(mean)
    final = sigma * math.sqrt(weight / (2 - weight))
    spread = tuple(final if steady else final * math.sqrt(1 - (1 - weight) ** (2 * (place + 1))) for place in range(len(points)))
    low, high = (tuple(target + side * width * one for one in spread) for side in (-1, 1))
    return Chart(tuple(means), target, spread, low, high)


@dataclass(frozen=True, slots=True)
class Cusum:
    """Sums of what exceeds the target by more than the slack, upwards and downwards, and the places where either exceeds the limit."""

    up: tuple[float, ...]
    down: tuple[float, ...]
    limit: float
    outside: tuple[int, ...]


def cusum(points: Sequence[float], *, target: float, sigma: float, slack: float = 0.5, limit: float = 5.0) -> Cusum:
    """Return the two cumulative sums in units of the points (Page 1954; NIST e-Handbook 6.3.2.3); slack and limit in standard deviations.

    >>> cusum([0, 0, 4, 4], target=0, sigma=1).outside
    (3,)
    """
    up, down = [0.0], [0.0]
    for point in points:
        up.append(max(0.0, up[-1] + point - target - slack * sigma))
        down.append(max(0.0, down[-1] + target - point - slack * sigma))
    most = limit * sigma
    places = tuple(place for place, pair in enumerate(zip(up[1:], down[1:], strict=True)) if max(pair) > most)
    return Cusum(tuple(up[1:]), tuple(down[1:]), most, places)
