"""Gauge repeatability and reproducibility (量具重复性与再现性): how much of what varies is the measuring, not the thing (AIAG MSA, 4th edition, III B)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc

POOLED = 0.25
"""Above this chance the interaction of part and appraiser counts as repeatability (AIAG; some use 0.05)."""

CATEGORIES = 1.41
"""What AIAG multiplies by, to tell how many kinds of things can be told apart: √2, as printed."""


@dataclass(frozen=True, slots=True)
class Study:
    """Where the variance lies, in squared units of the values; `interaction` is the chance of it by accident, None where it cannot be tested."""

    repeatability: float
    appraisers: float
    together: float
    parts: float
    interaction: float | None

    @property
    def measuring(self) -> float:
        """Return the variance of measuring (GRR)."""
        return self.repeatability + self.appraisers + self.together

    @property
    def share(self) -> float | None:
        """Return the standard deviation of measuring as a share of the whole (%GRR of study variation, 0 to 1): AIAG takes up to 0.1, refuses above 0.3."""
        whole = self.measuring + self.parts
        return math.sqrt(self.measuring / whole) if whole else None

    @property
    def categories(self) -> int | None:
        """Return how many kinds of things the measuring can tell apart (ndc); AIAG asks for five."""
        return math.floor(CATEGORIES * math.sqrt(self.parts / self.measuring)) if self.measuring else None


def gauge(values: Sequence[Sequence[Sequence[float]]], *, pooled_above: float = POOLED) -> Study | None:
    """Return a crossed study by analysis of variance; values by part, by appraiser, by trial, at least two of each. Negative components are 0.

    >>> study = gauge([[[1.0, 1.2], [1.1, 1.1]], [[2.0, 2.1], [2.2, 2.1]], [[3.1, 2.9], [3.0, 3.1]]])
    >>> round(study.share, 3), study.categories
    (0.09, 15)
    """
    given = np.array(values, dtype=np.float64)
    if given.ndim != len(("part", "appraiser", "trial")) or min(given.shape) <= 1:
        return None
    parts, people, trials = given.shape
    mean, of_part, of_person, of_cell = given.mean(), given.mean(axis=(1, 2)), given.mean(axis=(0, 2)), given.mean(axis=2)
    part = people * trials * float(((of_part - mean) ** 2).sum()) / (parts - 1)
    person = parts * trials * float(((of_person - mean) ** 2).sum()) / (people - 1)
    both_sum = trials * float(((of_cell - of_part[:, None] - of_person[None, :] + mean) ** 2).sum())
    error_sum = float(((given - of_cell[:, :, None]) ** 2).sum())
    both_free, error_free = (parts - 1) * (people - 1), parts * people * (trials - 1)
    both, error = both_sum / both_free, error_sum / error_free
    chance = float(fdtrc(both_free, error_free, both / error)) if error else None
    if chance is not None and chance > pooled_above:
        both = error = (both_sum + error_sum) / (both_free + error_free)
    together = max(0.0, (both - error) / trials)
    return Study(error, max(0.0, (person - both) / (parts * trials)), together, max(0.0, (part - both) / (people * trials)), chance)
