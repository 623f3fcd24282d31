"""Politeness (礼貌): the Stanford corpus, requests to strangers on Wikipedia and Stack Exchange, each scored by five people.

python -m benchmarks.accuracy.politeness

As published, the most polite quarter of each community stands against the least polite one, and what lies between is left out. Measured with
n-grams alone and, where lingting[few] is installed, with the embedding beside them: about three minutes of one processor.
"""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold

from benchmarks.accuracy.figures import Line, lines, show
from lingting.inspection import measure
from lingting.learning.embedding import available
from lingting.learning.excerpt import Excerpt
from lingting.learning.features import Shape
from lingting.learning.linear import described, fit

PUBLISHED = {"wikipedia": 0.8379, "stack-exchange": 0.7819}
"""Danescu-Niculescu-Mizil et al. 2013, leave-one-out, with linguistic features; remembered and not read again, so the table says so."""
FIGURES = {"accuracy": measure.accuracy, "macro F1": measure.macro_f1}


def measured(data: Path) -> Iterator[Line]:
    """Cross-validate within each community."""
    for community, published in PUBLISHED.items():
        texts, polite = _quarters(data / "open" / "stanford-politeness" / f"{community}.annotated.csv.gz")
        groups = list(range(len(texts)))
        for embedding in sorted({"", available()}):
            said = _cross_validated(texts, polite, embedding)
            protocol = f"top against bottom quarter, 10 folds; n-grams{f' and {embedding}' if embedding else ''}"
            figures = {"accuracy": (("Danescu 2013, remembered", published),)}
            yield from lines(f"Politeness, {community}", protocol, polite.tolist(), said.tolist(), groups, FIGURES, figures, same=True)


def _cross_validated(texts: list[str], polite: np.ndarray, embedding: str) -> np.ndarray:
    features = described([Excerpt(text) for text in texts], Shape(characters=(2, 5), bits=20, before=0), embedding)
    said = np.zeros_like(polite)
    for seen, unseen in StratifiedKFold(10, shuffle=True, random_state=1).split(polite, polite):
        columns, weights, intercepts = fit(features[seen], polite[seen], labels=2, seed=1, penalty=0.3)
        said[unseen] = (features[unseen][:, columns] @ weights.T + intercepts > 0).ravel()
    return said


def _quarters(path: Path) -> tuple[list[str], np.ndarray]:
    """Return the requests of the outer quarters, and whether each is of the polite one."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        given = list(csv.DictReader(file))
    scores = np.array([float(row["Normalized Score"]) for row in given])
    low, high = np.quantile(scores, [0.25, 0.75])
    kept = [number for number, score in enumerate(scores) if score <= low or score >= high]
    return [given[number]["Request"] for number in kept], (scores[kept] >= high).astype(int)


if __name__ == "__main__":
    show([measured])
