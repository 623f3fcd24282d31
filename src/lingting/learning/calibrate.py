"""Calibrating (校准) what a classifier says: margins become probabilities, and a band is set in which it abstains."""

import numpy as np
from numpy.typing import NDArray

from lingting.learning.linear import Band, Calibration, Numbers

LEAST = 10
"""Answers that must stand behind a band: fewer prove nothing."""
NEVER = 1.1
"""A bound that no probability reaches: the model always abstains on that side."""


def platt(margins: Numbers, places: NDArray[np.int64]) -> Calibration:
    """Fit a slope and an offset for each column of margins, which must come from models that did not see these samples."""
    columns = [margins[:, number] for number in range(margins.shape[1])]
    wanted = [places == (1 if len(columns) == 1 else number) for number in range(len(columns))]
    pairs = [_one(column, present) for column, present in zip(columns, wanted, strict=True)]
    return Calibration(tuple(slope for slope, _ in pairs), tuple(offset for _, offset in pairs))


def _one(margins: Numbers, present: NDArray[np.bool_]) -> tuple[float, float]:
    """Fit a logistic curve to one column; where higher margins would mean lower probabilities, they mean nothing and the share alone is kept."""
    from sklearn.linear_model import LogisticRegression

    share = (present.sum() + 1) / (len(present) + 2)
    level = float(np.log(share / (1 - share)))
    if present.all() or not present.any():
        return 0.0, level
    curve = LogisticRegression(C=1e4, max_iter=1000, tol=1e-8).fit(margins.reshape(-1, 1), present)
    slope, offset = float(curve.coef_[0, 0]), float(curve.intercept_[0])
    return (slope, offset) if slope > 0 else (0.0, level)


def band(chances: Numbers, places: NDArray[np.int64], *, aim: float) -> Band:
    """Return the narrowest band outside of which the share `aim` of the answers was right; when detecting, with the cut of the best F1."""
    if chances.shape[1] > 2:  # noqa: PLR2004  # several labels
        top, right = chances.max(axis=1), chances.argmax(axis=1) == places
        return Band(high=_from(top, right, aim, else_=NEVER))
    present = chances[:, 1]
    cut = _best_cut(present, places == 1)
    above, below = present >= cut, present < cut
    high = _from(present[above], places[above] == 1, aim, else_=NEVER)
    low = -_from(-present[below], places[below] == 0, aim, else_=NEVER)
    # Where a whole side reaches the aim there is no band on that side, not even between the cut and the nearest sample.
    whole_above, whole_below = high <= present[above].min(initial=NEVER), low >= present[below].max(initial=-NEVER)
    return Band(cut, cut if whole_below else low, cut if whole_above else high)


def _from(chances: Numbers, right: NDArray[np.bool_], aim: float, *, else_: float) -> float:
    """Return the lowest probability from which on the share `aim` of the answers was right."""
    order = np.argsort(-chances, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    ends = np.append(np.flatnonzero(np.diff(chances[order])), len(order) - 1) if len(order) else np.array([], dtype=np.int64)
    good = [int(end) for end in ends if shares[end] >= aim and end + 1 >= LEAST]
    return float(chances[order][good[-1]]) if good else else_


def _best_cut(present: Numbers, truth: NDArray[np.bool_]) -> float:
    """Return the probability from which on calling it present gives the best F1, midway to the next lower one."""
    values = np.unique(present)
    if len(values) == 1 or not truth.any():
        return 0.5
    order = np.argsort(-present, kind="stable")
    hits = np.cumsum(truth[order])
    scores = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    ends = np.append(np.flatnonzero(np.diff(present[order])), len(order) - 1)
    best = ends[int(np.argmax(scores[ends]))]
    here = float(present[order][best])
    return here if best == len(order) - 1 else (here + float(present[order][best + 1])) / 2
