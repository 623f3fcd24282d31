"""The certificate (证书) of a small model: what it was trained on, how far it agrees with people on conversations it had not seen, and how sure that is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from lingting.inspection import measure
from lingting.learning.excerpt import Sample
from lingting.learning.linear import Judgement, Linear
from lingting.statistics.agreement import kappa
from lingting.statistics.intervals import Counts, Figure, Interval, bootstrap, wilson


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure with its 95 % interval (bootstrap over conversations); None is unknown."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is known of a model. `overall` counts every best guess; `answered` only where the model did not abstain."""

    name: str
    version: str
    kind: str
    labels: tuple[str, ...]
    method: str
    why: str
    samples: int
    conversations: int
    reviewers: tuple[str, ...]
    training_set: str
    seed: int
    folds: int
    aim: float
    overall: dict[str, Rate]
    by_label: dict[str, dict[str, Rate]]
    answered: dict[str, Rate]
    confusion: tuple[tuple[int, ...], ...]
    trained_with: dict[str, str]

    def as_data(self) -> dict[str, Any]:
        """Return the certificate as plain values for JSON."""
        return asdict(self)


def measured(samples: Sequence[Sample], said: Sequence[Judgement], labels: tuple[str, ...], *, seed: int) -> dict[str, Any]:
    """Return the measured parts of a certificate: judgements by models that had not seen the sample's conversation, against the reviewers' labels."""
    truth, groups = [sample.label for sample in samples], [sample.conversation for sample in samples]
    called = [judgement.label for judgement in said]
    matrices = measure.by_group(truth, called, groups, labels)
    counts = sum(matrices[1:], matrices[0])
    named: dict[str, Figure] = {
        "accuracy": measure.accuracy, "kappa": kappa, "macro F1": measure.macro_f1, "mean recall": measure.unweighted_recall,
    }  # fmt: skip
    for number, label in enumerate(labels):
        for name, figure in (("precision", measure.precision), ("recall", measure.recall), ("F1", measure.f1)):
            named[f"{label}\0{name}"] = partial(figure, label=number)
    rates = _rates(matrices, counts, named, seed=seed)
    by_label = {label: {name: rates[f"{label}\0{name}"] for name in ("precision", "recall", "F1")} for label in labels}
    return {
        "overall": {name: rate for name, rate in rates.items() if "\0" not in name},
        "by_label": by_label,
        "answered": _answered(truth, said, groups, labels, seed=seed),
        "confusion": tuple(tuple(int(cell) for cell in row) for row in counts),
    }


def _rates(matrices: Sequence[Counts], counts: Counts, figures: dict[str, Figure], *, seed: int) -> dict[str, Rate]:
    intervals = bootstrap(matrices, list(figures.values()), seed=seed)
    rates = {}
    for (name, figure), drawn in zip(figures.items(), intervals, strict=True):
        value = figure(counts)
        interval = drawn or (_flawless(matrices, figure, value) if name != "kappa" else None)
        rates[name] = Rate(value, interval.low if interval else None, interval.high if interval else None, int(counts.sum()))
    return rates


def _flawless(matrices: Sequence[Counts], figure: Figure, value: float | None) -> Interval | None:
    """Return Wilson's interval over conversations for a share that was 0 or 1 everywhere: drawing such conversations anew shows nothing."""
    if value not in {0.0, 1.0}:
        return None
    told = sum(figure(one) is not None for one in matrices)
    return wilson(told if value else 0, told)


def _answered(truth: Sequence[str], said: Sequence[Judgement], groups: Sequence[str], labels: tuple[str, ...], *, seed: int) -> dict[str, Rate]:
    """Return how much the model answers, and how much of that is right."""
    gave = [not judgement.abstained for judgement in said]
    shares = measure.by_group([True] * len(gave), gave, groups, (True, False))
    rates = _rates(shares, sum(shares[1:], shares[0]), {"share answered": partial(measure.recall, label=0)}, seed=seed)
    kept = [number for number, answer in enumerate(gave) if answer]
    if not kept:
        return {**rates, "accuracy": Rate(None, None, None, 0)}
    right = measure.by_group([truth[one] for one in kept], [said[one].label for one in kept], [groups[one] for one in kept], labels)
    return {**rates, **_rates(right, sum(right[1:], right[0]), {"accuracy": measure.accuracy}, seed=seed)}


def certificate_of(model: Linear, samples: Sequence[Sample], said: Sequence[Judgement], **facts: Any) -> Certificate:
    """Put together what is known of a model."""
    return Certificate(
        name=model.name,
        version=model.version,
        kind=str(model.kind),
        labels=model.labels,
        samples=len(samples),
        conversations=len({sample.conversation for sample in samples}),
        reviewers=tuple(sorted({sample.reviewed_by for sample in samples})),
        **measured(samples, said, model.labels, seed=facts["seed"]),
        **facts,
    )
