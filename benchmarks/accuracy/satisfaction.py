"""Satisfaction (满意度): JDDC in three classes, and the four sets of USS in five, turn by turn as people rated them.

python -m benchmarks.accuracy.satisfaction

Two steps, both trained inside the fold. The first hears turns by themselves. The second hears what the first made of the turns so far, of which
the earlier ones are seen through models that had not seen their dialogue, as it will be in earnest.

The shapes and penalties are the same in every fold. About ten were compared on JDDC and six on USS, on these same dialogues: no held-out part is
here, so the figures lean a little to our side. JDDC's published models were trained on a training part that is not here either.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GroupKFold

from benchmarks.accuracy.figures import Line, lines, show
from benchmarks.accuracy.rated import Rated, jddc, uss
from lingting.inspection import measure
from lingting.learning.excerpt import Excerpt
from lingting.learning.features import Matrix, Shape, rows
from lingting.learning.linear import fit
from lingting.statistics.agreement import kappa

OWN = Shape(before=0)
WORDS = Shape(characters=(1, 0), before=0)
HISTORY = Shape(characters=(1, 0), before=4, context=1.0)
KAPPA = {"SGD": 0.118, "MWOZ": 0.143, "ReDial": 0.122, "CCPE": 0.167}
JDDC = {"accuracy": (("JointUSE", 0.583), ("USDA", 0.630), ("ASAP", 0.654))}
Numbers = np.ndarray
MOST = 0.3
"""Share of turns that may be said to lie below the middle, and as many above."""


def measured(data: Path) -> Iterator[Line]:
    """Measure JDDC, then USS in the paper's variant, then in the easier one."""
    yield from _three_classes(jddc(data))
    for name, best in KAPPA.items():
        rated = uss(data, name)
        before, with_words = _five_classes(rated)
        tested = np.concatenate(_contiguous(len(rated.classes)))
        figures = {"kappa": kappa, "UAR": measure.unweighted_recall, "macro F1": measure.macro_f1}
        for protocol, said in (("history only (the paper's)", before), ("with the current words", with_words)):
            published = {"kappa": (("best", best),)} if said is before else {}
            truth, groups = rated.classes[tested].tolist(), rated.dialogues[tested].tolist()
            yield from lines(f"USS {name}", protocol, truth, said[tested].tolist(), groups, figures, published, same=True)


def _three_classes(rated: Rated) -> Iterator[Line]:
    """Cross-validate by dialogue; the class of the highest probability is said."""
    features = rows([Excerpt(excerpt.text) for excerpt in rated.excerpts], OWN)
    said = np.zeros_like(rated.classes)
    for seen, unseen in GroupKFold(10, shuffle=True, random_state=0).split(rated.classes, groups=rated.dialogues):
        margins = np.zeros((len(rated.classes), 3))
        for inner, outer in (*_inner(seen, rated.dialogues, 5, 1), (seen, unseen)):
            columns, weights, intercepts = fit(features[inner], rated.classes[inner], labels=3, seed=1, penalty=0.3)
            margins[outer] = features[outer][:, columns] @ weights.T + intercepts
        told = np.hstack([margins, so_far(margins, rated.dialogues)])
        second = LogisticRegression(C=1.0, max_iter=1000).fit(told[seen], rated.classes[seen])
        said[unseen] = second.predict(told[unseen])
    figures = {"accuracy": measure.accuracy, "kappa": kappa, "macro F1": measure.macro_f1}
    spoken = [number for number, excerpt in enumerate(rated.excerpts) if excerpt.text != "OVERALL"]
    protocol = "validation part, 10 folds by dialogue, with the current words"
    for some, which, published in ((range(len(said)), "; OVERALL lines included", JDDC), (spoken, "; turns alone", {})):
        truth, groups = rated.classes[list(some)].tolist(), rated.dialogues[list(some)].tolist()
        yield from lines("JDDC 3 classes", protocol + which, truth, said[list(some)].tolist(), groups, figures, published)


def so_far(margins: Numbers, dialogues: Numbers) -> Numbers:
    """Return what was made of the rated turns before each one: their mean, the last, the mean of the last three, and how many there were."""
    parts = []
    for dialogue in dict.fromkeys(dialogues.tolist()):
        turns = margins[dialogues == dialogue]
        number = np.arange(len(turns))[:, None]
        mean = (np.cumsum(turns, axis=0) - turns) / np.maximum(number, 1)
        last = np.vstack([np.zeros_like(turns[:1]), turns[:-1]])
        three = np.array([turns[max(0, place - 3) : place].mean(axis=0) if place else np.zeros_like(turns[0]) for place in range(len(turns))])
        parts.append(np.hstack([mean, last, three, np.log(number + 1) / 4, number == 0, number / 20]))
    return np.vstack(parts)


def _five_classes(rated: Rated) -> tuple[Numbers, Numbers]:
    """Return what is said from the history alone, and from the current words too.

    The mean of the votes is foretold, not the class: the votes know more. Its scale is then cut where kappa is highest on the training dialogues, each of
    which was foretold by models that had not seen it.
    """
    excerpts, total = rated.excerpts, len(rated.classes)
    own = rows([Excerpt(excerpt.text) for excerpt in excerpts], WORDS)
    answer = rows([Excerpt(excerpt.before[-1].text if excerpt.before else "") for excerpt in excerpts], WORDS)
    history = rows([Excerpt("", excerpt.before) for excerpt in excerpts], HISTORY)
    facts = np.array([_facts(excerpt) for excerpt in excerpts])
    said = np.zeros(total, dtype=int), np.zeros(total, dtype=int)
    for unseen in _contiguous(total):
        seen = np.setdiff1d(np.arange(total), unseen)
        seen = seen[~np.isin(rated.dialogues[seen], rated.dialogues[unseen])]
        of_own, of_answer, of_history = (_foretold(features, rated, seen, unseen) for features in (own, answer, history))
        before = [of_history, of_answer, *(so_far(one[:, None], rated.dialogues) for one in (of_own, of_answer)), facts]
        for into, known in zip(said, (before, [*before, of_own]), strict=True):
            into[unseen] = _cut(np.column_stack(known), rated, seen, unseen)
    return said


def _contiguous(total: int) -> list[Numbers]:
    """Return ten contiguous folds; the last few samples are in none, as in the paper."""
    size = total // 10
    return [np.arange(fold * size, (fold + 1) * size) for fold in range(10)]


def _inner(seen: Numbers, dialogues: Numbers, folds: int, seed: int) -> Iterator[tuple[Numbers, Numbers]]:
    for inner, outer in GroupKFold(folds, shuffle=True, random_state=seed).split(seen, groups=dialogues[seen]):
        yield seen[inner], seen[outer]


def _foretold(features: Matrix, rated: Rated, seen: Numbers, unseen: Numbers) -> Numbers:
    """Return the mean vote that words foretell: for the training turns by models that did not see their dialogue."""
    foretold = np.zeros(len(rated.votes))
    for inner, outer in (*_inner(seen, rated.dialogues, 3, 1), (seen, unseen)):
        ridge = Ridge(alpha=3, solver="sparse_cg", tol=1e-3, max_iter=100).fit(features[inner], rated.votes[inner])
        foretold[outer] = ridge.predict(features[outer])
    return foretold


def _cut(known: Numbers, rated: Rated, seen: Numbers, unseen: Numbers) -> Numbers:
    """Return the classes of the unseen turns, from trees over what is known of them."""
    scale = np.zeros(len(rated.votes))
    for inner, outer in (*_inner(seen, rated.dialogues, 3, 2), (seen, unseen)):
        trees = HistGradientBoostingRegressor(max_iter=100, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=40, random_state=0)
        scale[outer] = trees.fit(known[inner], rated.votes[inner]).predict(known[outer])
    return _said(scale[unseen], *thresholds(scale[seen], rated.classes[seen]))


def thresholds(scale: Numbers, classes: Numbers) -> tuple[float, float]:
    """Return below which place on a scale 2 of 5 is said, and above which 4, so that kappa is highest; 1 and 5, below one in a hundred, are never said."""
    shares = np.linspace(0, MOST, 31)
    pairs = product(np.quantile(scale, shares).tolist(), np.quantile(scale, 1 - shares).tolist())
    return max(pairs, key=lambda pair: kappa(np.bincount(5 * classes + _said(scale, *pair), minlength=25).reshape(5, 5)) or 0.0)


def _said(scale: Numbers, low: float, high: float) -> Numbers:
    return np.where(scale < low, 1, np.where(scale > high, 3, 2))


def _facts(excerpt: Excerpt) -> list[float]:
    before = [earlier.text for earlier in excerpt.before]
    last, other = (before[-1] if before else ""), (before[-2] if len(before) > 1 else "")
    return [len(before), len(last), len(other), sum(map(len, before)), "?" in last, bool(before) and last in before[:-1]]


if __name__ == "__main__":
    show([measured])
