"""Training (训练): reviewed samples become a small model and its certificate; the same samples and seed give the same bytes."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from lingting.learning.calibrate import band, platt
from lingting.learning.certificate import Certificate, certificate_of
from lingting.learning.embedding import available
from lingting.learning.excerpt import Sample
from lingting.learning.features import Matrix, Shape
from lingting.learning.linear import Judgement, Kind, Linear, Numbers, decided, described, fit, probabilities

FEW = 300
"""Below this many samples an embedding that knows the language helps more than it costs (0.3 s for ten sentences)."""
AIM = 0.9


class TooFew(ValueError):
    """There are too few samples to train and to measure; the sentence says of what and how many are needed."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model and what is known of it."""

    model: Linear
    certificate: Certificate


def train(
    samples: Sequence[Sample], *, name: str, kind: Kind, seed: int, folds: int = 5, aim: float = AIM, shape: Shape | None = None,
    advance: Callable[[str], None] = lambda _step: None,
) -> Trained:  # fmt: skip
    """Train on all samples, and measure by cross-validation in which a conversation is never on both sides.

    1. The samples are put in one order, so that the order of the lines does not matter.
    2. A model is trained for each fold on the others; probabilities and the band are fitted on the other folds' unseen margins.
    3. The model that is kept is trained on everything, with probabilities and band from all unseen margins.

    When detecting, the rarer label is the one to detect. `aim` is the share of answers that should be right; where that is not reached the model
    abstains. `advance` is told each step.
    """
    samples = sorted(samples, key=_canonical)
    labels = _labels(samples, kind, folds)
    shape = shape or Shape()
    embedding = available() if len(samples) < FEW else ""
    advance("features")
    features = described([sample.excerpt for sample in samples], shape, embedding)
    places = np.array([labels.index(sample.label) for sample in samples], dtype=np.int64)
    fold_of = _folds(samples, places, folds, seed)
    margins = _unseen_margins(features, places, fold_of, labels, seed, advance)
    said = _unseen_judgements(margins, places, fold_of, labels, aim)
    advance("the whole")
    columns, weights, intercepts = fit(features, places, labels=len(labels), seed=seed)
    calibration = platt(margins, places)
    training_set = hashlib.sha256("\n".join(map(_canonical, samples)).encode("utf-8", "surrogatepass")).hexdigest()
    model = Linear(
        name=name, version=_version(training_set, kind, shape, embedding, seed, folds, aim), kind=kind, labels=labels, shape=shape, embedding=embedding,
        columns=columns, weights=weights.astype(np.float32), intercepts=intercepts.astype(np.float32), calibration=calibration,
        band=band(probabilities(margins, calibration), places, aim=aim),
    )  # fmt: skip
    advance("certificate")
    facts = {
        "method": _method(shape, embedding), "why": _why(len(samples), embedding), "training_set": training_set, "seed": seed, "folds": folds, "aim": aim,
        "trained_with": {package: version(package) for package in ("numpy", "scipy", "scikit-learn")},
    }  # fmt: skip
    return Trained(model, certificate_of(model, samples, said, **facts))


def _canonical(sample: Sample) -> str:
    return json.dumps(asdict(sample), ensure_ascii=False, sort_keys=True)


def _labels(samples: Sequence[Sample], kind: Kind, folds: int) -> tuple[str, ...]:
    """Return the labels in order, the one to detect last; refuse what cannot be measured."""
    conversations: dict[str, set[str]] = {}
    for sample in samples:
        conversations.setdefault(sample.label, set()).add(sample.conversation)
    if len(conversations) < 2:  # noqa: PLR2004  # one label can always be guessed
        raise TooFew(f"All {len(samples)} samples have one label. A model needs samples of at least two.")
    if kind is Kind.DETECT and len(conversations) > 2:  # noqa: PLR2004  # absent and present
        raise TooFew(f"To detect takes two labels, and there are {len(conversations)}: {', '.join(sorted(conversations))}. Train it to classify.")
    for label, those in sorted(conversations.items()):
        if len(those) < folds:
            raise TooFew(f"The label {label} occurs in {len(those)} conversations. Review more of them, until there are at least {folds}.")
    count = {label: sum(sample.label == label for sample in samples) for label in conversations}
    return tuple(sorted(conversations, key=lambda label: (-count[label], label) if len(conversations) == 2 else (0, label)))  # noqa: PLR2004  # the same


def _folds(samples: Sequence[Sample], places: NDArray[np.int64], folds: int, seed: int) -> NDArray[np.int64]:
    """Return the fold of each sample: whole conversations, with the labels spread as evenly as that allows."""
    from sklearn.model_selection import StratifiedGroupKFold

    groups = [sample.conversation for sample in samples]
    fold_of = np.zeros(len(samples), dtype=np.int64)
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    for number, (_, unseen) in enumerate(splitter.split(places, places, groups)):
        fold_of[unseen] = number
    return fold_of


def _unseen_margins(
    features: Matrix, places: NDArray[np.int64], fold_of: NDArray[np.int64], labels: Sequence[str], seed: int, advance: Callable[[str], None]
) -> Numbers:
    """Return each sample's margins from the model that was trained without its fold."""
    margins = np.zeros((len(places), 1 if len(labels) == 2 else len(labels)))  # noqa: PLR2004  # absent and present share one margin
    for number, unseen in _each(fold_of):
        advance(f"fold {number + 1}")
        columns, weights, intercepts = fit(features[~unseen], places[~unseen], labels=len(labels), seed=seed)
        margins[unseen] = features[unseen][:, columns] @ weights.T + intercepts
    return margins


def _unseen_judgements(margins: Numbers, places: NDArray[np.int64], fold_of: NDArray[np.int64], labels: Sequence[str], aim: float) -> list[Judgement]:
    """Return what would be said of each sample with probabilities and a band that were fitted without its fold."""
    said: dict[int, Judgement] = {}
    for _, unseen in _each(fold_of):
        calibration = platt(margins[~unseen], places[~unseen])
        limits = band(probabilities(margins[~unseen], calibration), places[~unseen], aim=aim)
        judged = decided(probabilities(margins[unseen], calibration), labels, limits)
        said |= dict(zip(np.flatnonzero(unseen).tolist(), judged, strict=True))
    return [said[number] for number in range(len(places))]


def _each(fold_of: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    return ((int(number), fold_of == number) for number in np.unique(fold_of))


def _version(*facts: object) -> str:
    """Return a version that follows from what the model was made of, so that the same training is the same version."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:12]


def _method(shape: Shape, embedding: str) -> str:
    first, last = shape.characters
    words = f"n-grams of {first}-{last} characters and up to {shape.words} words, {shape.before} turns before, hashed to {shape.bits} bits, measures"
    return f"{words}{f', {embedding}' if embedding else ''}; linear SVM, Platt scaling"


def _why(count: int, embedding: str) -> str:
    if embedding:
        return f"There are {count} samples, fewer than {FEW}: the embedding {embedding} helps."
    if count < FEW:
        return f"There are {count} samples, fewer than {FEW}; an embedding would help, but lingting[few] is not installed. n-grams alone were used."
    return f"There are {count} samples, {FEW} or more: n-grams are enough."
