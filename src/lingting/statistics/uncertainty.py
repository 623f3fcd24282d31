"""Uncertainty (不确定度) of a measured value (JCGM 100:2008, the GUM), and what may be said of a limit in its light (JCGM 106:2012)."""

import math
from collections.abc import Sequence
from enum import StrEnum

from scipy.special import stdtrit


def rectangular(half: float) -> float:
    """Return the standard uncertainty of a value that lies anywhere within ± half alike (GUM 4.3.7), in its unit.

    >>> round(rectangular(0.5), 4)
    0.2887
    """
    return half / math.sqrt(3)


def triangular(half: float) -> float:
    """Return the standard uncertainty of a value that lies within ± half, most likely in the middle (GUM 4.3.9), in its unit.

    >>> round(triangular(0.5), 4)
    0.2041
    """
    return half / math.sqrt(6)


def combined(parts: Sequence[float]) -> float:
    """Return the combined standard uncertainty of independent parts, each already times its sensitivity (GUM 5.1.2).

    >>> combined([3.0, 4.0])
    5.0
    """
    return math.hypot(*parts)


def freedom(parts: Sequence[float], freedoms: Sequence[float]) -> float:
    """Return the effective degrees of freedom (Welch-Satterthwaite, GUM G.4.1); infinite for parts known for sure.

    >>> round(freedom([1.0, 1.0], [4, 4]), 1)
    8.0
    """
    below = sum(part**4 / free for part, free in zip(parts, freedoms, strict=True))
    return combined(parts) ** 4 / below if below else math.inf


def expanded(parts: Sequence[float], freedoms: Sequence[float], *, confidence: float = 0.95) -> float:
    """Return the expanded uncertainty U = k · u: Student's k for the effective degrees of freedom, rounded down (GUM G.6.4).

    >>> round(expanded([3.0, 4.0], [math.inf, math.inf]), 1)
    9.8
    """
    free = freedom(parts, freedoms)
    return combined(parts) * float(stdtrit(1e9 if math.isinf(free) else math.floor(free), (1 + confidence) / 2))


class Conformance(StrEnum):
    """What a value and its uncertainty allow to be said of limits."""

    CONFORMS = "conforms"
    FAILS = "fails"
    UNDECIDED = "undecided"


def decide(value: float, uncertainty: float, *, low: float = -math.inf, high: float = math.inf) -> Conformance:
    """Say what holds with a guard band as wide as the expanded uncertainty (ISO 14253-1; JCGM 106, 8.3): between the bands nothing is decided.

    >>> [decide(value, 1, high=10).value for value in (8, 9.5, 12)]
    ['conforms', 'undecided', 'fails']
    """
    if low + uncertainty <= value <= high - uncertainty:
        return Conformance.CONFORMS
    return Conformance.FAILS if value < low - uncertainty or value > high + uncertainty else Conformance.UNDECIDED
