"""Intent (意图): BANKING77, English questions to a bank, 77 intents; cross-validated on the training queries, for the test part is not here.

python -m benchmarks.accuracy.intent

Measured twice: with the n-grams of the small models alone, and, where lingting[few] is installed, with two machines whose margins are added: a linear
one on the n-grams, rare ones weighing more (tf-idf), joined to the embedding, and a curved one on the embedding alone. The small models have the
embedding and the linear machine, but neither tf-idf nor the curved one. Some twenty pairs were compared on three or four of the ten folds; it costs
about ten minutes of one processor, half of them for the embedding.
"""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import SVC

from benchmarks.accuracy.figures import Line, lines, show
from lingting.inspection import measure
from lingting.learning.embedding import available, embedded
from lingting.learning.excerpt import Excerpt
from lingting.learning.features import MEASURES, Matrix, Shape, rows
from lingting.learning.linear import fit

PUBLISHED = {"accuracy": (("Casanueva 2020, test part", 0.93),)}


def measured(data: Path) -> Iterator[Line]:
    """Predict each query by a model that saw nine tenths of the others; the same words never stand on both sides."""
    with gzip.open(data / "open" / "banking77" / "train.csv.gz", "rt", encoding="utf-8") as file:
        given = list(csv.DictReader(file))
    names = sorted({row["category"] for row in given})
    places = np.array([names.index(row["category"]) for row in given])
    words = [" ".join(row["text"].lower().split()) for row in given]
    excerpts = [Excerpt(row["text"]) for row in given]
    grams, vectors = rows(excerpts, Shape(before=0)), embedded(excerpts, available()) if available() else None
    alone, both = np.zeros_like(places), np.zeros_like(places)
    for seen, unseen in StratifiedGroupKFold(10, shuffle=True, random_state=1).split(places, places, words):
        alone[unseen] = _margins(grams[seen], places[seen], grams[unseen], len(names)).argmax(axis=1)
        if vectors is not None:
            both[unseen] = _with_vectors(grams, vectors, places, seen, unseen, len(names))
    figures = {"accuracy": measure.accuracy, "macro F1": measure.macro_f1}
    for said, how in ((alone, "n-grams"), (both, f"n-grams (tf-idf) and {available()}, two machines")):
        if vectors is not None or said is alone:
            yield from lines("BANKING77", f"10 folds over the training queries; {how}", places.tolist(), said.tolist(), words, figures, PUBLISHED)


def _margins(features: Matrix, places: np.ndarray, unseen: Matrix, labels: int) -> np.ndarray:
    columns, weights, intercepts = fit(features, places, labels=labels, seed=1)
    return unseen[:, columns] @ weights.T + intercepts


def _with_vectors(grams: Matrix, vectors: np.ndarray, places: np.ndarray, seen: np.ndarray, unseen: np.ndarray, labels: int) -> np.ndarray:
    """Add the margins of two machines, each on its own scale; the vectors' middle is that of the training queries."""
    centred = vectors - vectors[seen].mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    joined = hstack([_rare_first(grams[:, : -len(MEASURES)], seen), grams[:, -len(MEASURES) :], csr_matrix(centred)], format="csr")
    curved = SVC(C=10, gamma=2, decision_function_shape="ovr").fit(centred[seen], places[seen])
    both = _margins(joined[seen], places[seen], joined[unseen], labels), curved.decision_function(centred[unseen])
    return sum((one - one.mean()) / one.std() for one in both).argmax(axis=1)


def _rare_first(grams: Matrix, seen: np.ndarray) -> Matrix:
    """Let n-grams weigh the more, the fewer of the training queries have them (tf-idf); each row stays of length one."""
    having = np.bincount(grams[seen].indices, minlength=grams.shape[1])
    weighed = grams @ diags(np.where(having, np.log((1 + len(seen)) / (1 + having)) + 1, 0))
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return diags(1 / np.maximum(lengths, 1e-12)) @ weighed


if __name__ == "__main__":
    show([measured])
