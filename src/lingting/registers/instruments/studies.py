"""Studies of agreement (一致性研究): the counts somebody entered become figures, kept as whole numbers of their fourth place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from lingting.statistics import agreement, raters
from lingting.statistics.agreement import Weights
from lingting.statistics.intervals import Counts, wilson

PLACES = 4
MISSING = "-"
"""Stands for a rating that somebody did not give."""


@dataclass
class BadTable(Exception):
    """What was entered is no table of counts or ratings: why, in both languages."""

    zh: str
    en: str


def table(words: str) -> Counts:
    """Return a square table: rows are what is studied, columns the reference, the case that is looked for first.

    >>> table("16 7; 4 73").tolist()
    [[16, 7], [4, 73]]
    """
    rows = [line.split() for line in words.replace("\n", ";").split(";") if line.strip()]
    if not rows or any(len(row) != len(rows) for row in rows) or not all(cell.isascii() and cell.isdigit() for row in rows for cell in row):
        raise BadTable(
            "请写成行数与列数相同的计数表，例如“16 7; 4 73”：行是被研究者的判定，列是基准。",
            "Write a table of as many rows as columns, such as “16 7; 4 73”: a row is what is studied, a column the reference.",
        )
    return np.array([[int(cell) for cell in row] for row in rows], dtype=np.int64)


def ratings(words: str) -> list[list[str | None]]:
    """Return what each rater said of each thing: a line a thing, the first rater is what is studied.

    >>> ratings("好 好 差; 差 差 -")
    [['好', '好', '差'], ['差', '差', None]]
    """
    rows = [line.split() for line in words.replace("\n", ";").split(";") if line.strip()]
    if not rows or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):  # noqa: PLR2004  # somebody, and somebody else
        raise BadTable(
            "请每件一行、每人一列，人数要相同且不少于两人；没有判定写“-”。",
            "Write a line for each thing and a word for each rater, two at least and always as many; “-” where one gave none.",
        )
    return [[None if word == MISSING else word for word in row] for row in rows]


def figures(*, counts: str, ratings_: str, weights: Weights = "nominal") -> dict[str, int | None]:
    """Return the figures of a study by the names of their columns; those that cannot be told are None.

    1. Ratings of several give Fleiss' kappa, Krippendorff's alpha and Gwet's AC1 of all, and a table of the first against what most of the others said.
    2. A table gives the share agreed, Cohen's kappa with its interval, Gwet's AC1; with two labels also prevalence, precision and recall with theirs.
    """
    told: dict[str, float | None] = {}
    if ratings_:
        rows = ratings(ratings_)
        labels = _ordered({word for row in rows for word in row if word is not None})
        told |= _several(rows, labels, weights)
        square, items = _against_panel(rows, labels), len(rows)
    else:
        square = table(counts)
        items = int(square.sum())
        told |= _shares(square) if len(square) == 2 else {}  # noqa: PLR2004  # a case or none
    told = {**_pair(square, weights), **{name: value for name, value in told.items() if value is not None}}
    return {name: None if value is None else round(value * 10**PLACES) for name, value in told.items()} | {"items": items}


def _ordered(labels: set[str]) -> list[str]:
    """Return labels in their order: numbers by their size, words by their letters."""
    return sorted(labels, key=float) if all(label.replace(".", "", 1).isdigit() and label.isascii() for label in labels) else sorted(labels)


def _several(rows: list[list[str | None]], labels: list[str], weights: Weights) -> dict[str, float | None]:
    tally = raters.tally(rows, labels)
    whole = all(word is not None for row in rows for word in row)
    numbered = [[None if word is None else float(labels.index(word)) for word in row] for row in rows]
    return {
        "fleiss": raters.fleiss(tally) if whole else None,
        "alpha": raters.krippendorff(numbered, "nominal" if weights == "nominal" else "ordinal"),
        "ac1": raters.gwet(tally, weights),
    }


def _against_panel(rows: list[list[str | None]], labels: list[str]) -> Counts:
    """Count the first rater against what most of the others said; where they are split, nothing is counted."""
    square = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for first, *others in rows:
        ranked = Counter(word for word in others if word is not None).most_common(2)
        if first is not None and ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            square[labels.index(first), labels.index(ranked[0][0])] += 1
    return square


def _pair(square: Counts, weights: Weights) -> dict[str, float | None]:
    ends = agreement.kappa_interval(square, weights)
    value = agreement.kappa(square) if weights == "nominal" else agreement.weighted_kappa(square, weights)
    return {
        "agreed": agreement.agreed(square), "kappa": value, "kappa_low": ends.low if ends else _flawless(square, value),
        "kappa_high": ends.high if ends else value, "ac1": raters.gwet(_tally(square), weights),
    }  # fmt: skip


def _flawless(square: Counts, kappa: float | None) -> float | None:
    """Return how low kappa could be where nobody ever differed: Wilson's lower end of the share agreed, beyond the same chance agreement."""
    n = int(square.sum())
    ends = wilson(n, n)
    if kappa != 1 or ends is None:
        return None
    chance = float(square.sum(axis=0) @ square.sum(axis=1)) / (n * n)
    return (ends.low - chance) / (1 - chance)


def _tally(square: Counts) -> Counts:
    size = len(square)
    pairs = [np.eye(size, dtype=np.int64)[row] + np.eye(size, dtype=np.int64)[column] for row in range(size) for column in range(size)]
    return np.repeat(np.array(pairs), square.ravel(), axis=0)


def _shares(square: Counts) -> dict[str, float | None]:
    both, found, marked = int(square[0, 0]), int(square[0].sum()), int(square[:, 0].sum())
    told: dict[str, float | None] = {"prevalence": marked / int(square.sum()) if square.sum() else None}
    for name, of in (("precision", found), ("recall", marked)):
        ends = wilson(both, of)
        told |= {name: both / of if of else None, f"{name}_low": ends.low if ends else None, f"{name}_high": ends.high if ends else None}
    return told
