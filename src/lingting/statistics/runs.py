"""Run rules (判异准则): patterns within the limits that chance would hardly make; from distances to the centre in standard deviations.

A place is named where its pattern is complete, counted from 0. More rules, more false alarms: on a steady process the limits alone speak
first after 370 points on average, the Western Electric rules together after 92 (Champ and Woodall 1987).
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

Distances = Sequence[float]
Rule = tuple[int, Callable[[Distances], bool]]


def _beyond(some: int, limit: float) -> Callable[[Distances], bool]:
    """Tell of a window whether so many of it lie beyond a limit on the side of its last point, which is one of them."""

    def holds(window: Distances) -> bool:
        return any(side * window[-1] > limit and sum(side * one > limit for one in window) >= some for side in (1, -1))

    return holds


def _climbing(window: Distances) -> bool:
    steps = [later - earlier for earlier, later in pairwise(window)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _swinging(window: Distances) -> bool:
    steps = [later - earlier for earlier, later in pairwise(window)]
    return all(one * other < 0 for one, other in pairwise(steps))


def _hugging(window: Distances) -> bool:
    return all(abs(one) < 1 for one in window)


def _avoiding(window: Distances) -> bool:
    return all(abs(one) > 1 for one in window) and min(window) < 0 < max(window)


WESTERN_ELECTRIC: Mapping[int, Rule] = {1: (1, _beyond(1, 3)), 2: (3, _beyond(2, 2)), 3: (5, _beyond(4, 1)), 4: (8, _beyond(8, 0))}
"""Statistical Quality Control Handbook (1956), as in NIST e-Handbook 6.3.2: number, how many points, what holds of them."""

NELSON: Mapping[int, Rule] = {
    1: (1, _beyond(1, 3)), 2: (9, _beyond(9, 0)), 3: (6, _climbing), 4: (14, _swinging), 5: (3, _beyond(2, 2)), 6: (5, _beyond(4, 1)), 7: (15, _hugging),
    8: (8, _avoiding),
}  # fmt: skip
"""Nelson, Journal of Quality Technology 16 (1984): number, how many points, what holds of them."""


def signals(distances: Distances, rules: Mapping[int, Rule]) -> dict[int, tuple[int, ...]]:
    """Return, for each rule that speaks, the places at which it does.

    Two of three may be two alone, at the very beginning: a window is cut short there, where the rule still can hold.

    >>> signals([0.5] * 8, WESTERN_ELECTRIC), signals([0.5] * 8, NELSON)
    ({4: (7,)}, {})
    """
    found = {}
    for number, (size, holds) in rules.items():
        whole = {_climbing, _swinging, _hugging, _avoiding}
        first = size - 1 if holds in whole else 0
        places = tuple(place for place in range(first, len(distances)) if holds(distances[max(0, place - size + 1) : place + 1]))
        if places:
            found[number] = places
    return found
