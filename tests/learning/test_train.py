"""Training: the same bytes for the same samples, honest figures, and abstention where the model does not know."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.learning.made import separable

from lingting.learning import train as training
from lingting.learning.calibrate import NEVER, band, platt
from lingting.learning.excerpt import Excerpt, Sample
from lingting.learning.linear import Calibration, Kind, decided, fit, judge, probabilities
from lingting.learning.store import packed
from lingting.learning.train import TooFew, train


@pytest.fixture(autouse=True)
def _without_embedding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "available", str)


def test_the_same_samples_and_seed_give_the_same_bytes_in_whatever_order_the_lines_stand() -> None:
    samples = separable()
    first = train(samples, name="tone", kind=Kind.DETECT, seed=3)
    again = train(random.Random(5).sample(samples, len(samples)), name="tone", kind=Kind.DETECT, seed=3)
    assert packed(first.model) == packed(again.model)
    assert first.certificate == again.certificate


def test_another_label_or_seed_is_another_version() -> None:
    samples = separable()
    changed = [*samples[1:], Sample(samples[0].excerpt, samples[0].conversation, "投诉" if samples[0].label == "平常" else "平常", "王主管")]
    versions = {train(some, name="tone", kind=Kind.DETECT, seed=seed).model.version for some, seed in ((samples, 3), (samples, 4), (changed, 3))}
    assert len(versions) == 3


def test_what_the_words_tell_is_learned() -> None:
    """
    顾客: 我要投诉你们!
    顾客: 好的谢谢您
    """
    trained = train(separable(), name="tone", kind=Kind.DETECT, seed=1)
    complaint, calm = judge(trained.model, ["我要投诉你们!", Excerpt("好的谢谢您")])
    assert (complaint.label, calm.label) == ("投诉", "平常")
    assert min(complaint.probability, calm.probability) > 0.9
    assert trained.certificate.overall["kappa"].value > 0.95


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_labels_dealt_out_by_chance_teach_nothing(seed: int) -> None:
    """The near miss: the same words with labels that have nothing to do with them. A model that calls everything alike has a kappa of 0 in every draw."""
    certificate = train(separable(100, seed=seed, shuffled=True), name="tone", kind=Kind.DETECT, seed=1).certificate
    kappa = certificate.overall["kappa"]
    assert kappa.low <= 0 <= kappa.high if kappa.low is not None else kappa.value == 0
    assert abs(kappa.value) < 0.15
    assert certificate.answered["share answered"].value < 0.05


def test_a_conversation_is_never_on_both_sides() -> None:
    """Each conversation has a word of its own and a label by chance: whoever saw the conversation would be right, whoever did not cannot be."""
    chance = random.Random(2)
    samples = [
        Sample(Excerpt(f"暗号{number * 7919} 第{turn}句"), str(number), label, "王主管")
        for number in range(80)
        for label in [chance.choice(["平常", "投诉"])]
        for turn in range(4)
    ]
    kappa = train(samples, name="tone", kind=Kind.DETECT, seed=1).certificate.overall["kappa"]
    assert kappa.low <= 0 <= kappa.high


def test_several_labels_are_told_apart() -> None:
    samples = separable(80)
    third = [Sample(Excerpt(f"发票什么时候开{n}"), f"F-{n}", "发票", "赵质检") for n in range(60)]
    trained = train([*samples, *third], name="intent", kind=Kind.CLASSIFY, seed=1)
    assert [judged.label for judged in judge(trained.model, ["发票什么时候开", "没人负责", "收到了"])] == ["发票", "投诉", "平常"]
    assert trained.certificate.labels == ("发票", "平常", "投诉")
    assert trained.certificate.reviewers == ("王主管", "赵质检")


def test_every_figure_of_the_certificate_stands_with_its_interval() -> None:
    certificate = train(separable(shuffled=True), name="tone", kind=Kind.DETECT, seed=1).certificate
    assert certificate.overall["kappa"].value < 0.15
    rates = [*certificate.overall.values(), *(rate for rates in certificate.by_label.values() for rate in rates.values())]
    assert all((rate.low is None) == (rate.high is None) and rate.n == certificate.samples for rate in rates)
    assert all(rate.low <= rate.value <= rate.high for rate in rates if rate.low is not None)
    assert certificate.overall["accuracy"].low is not None
    assert sum(map(sum, certificate.confusion)) == certificate.samples


def test_a_flawless_figure_is_not_certain() -> None:
    accuracy = train(separable(), name="tone", kind=Kind.DETECT, seed=1).certificate.overall["accuracy"]
    assert accuracy.value == 1.0
    assert 0.9 < accuracy.low < 1.0


@pytest.mark.parametrize(
    ("samples", "kind", "says"),
    [
        ([Sample(Excerpt("a"), "1", "x", "r")] * 9, Kind.DETECT, "one label"),
        ([Sample(Excerpt("a"), str(n), "xyz"[n % 3], "r") for n in range(30)], Kind.DETECT, "takes two labels"),
        ([Sample(Excerpt("a"), str(min(n, 25)), "xy"[n > 25], "r") for n in range(30)], Kind.DETECT, "y occurs in 1 conversations"),
    ],
)
def test_what_cannot_be_measured_is_not_trained(samples: list[Sample], kind: Kind, says: str) -> None:
    with pytest.raises(TooFew, match=says):
        train(samples, name="tone", kind=kind, seed=1)


def test_nothing_to_judge_gives_no_judgement() -> None:
    assert judge(train(separable(), name="tone", kind=Kind.DETECT, seed=1).model, []) == []


def test_between_low_and_high_the_model_abstains_and_elsewhere_it_answers() -> None:
    chances = np.array([[0.9, 0.1], [0.7, 0.3], [0.5, 0.5], [0.3, 0.7], [0.1, 0.9]])
    limits = band(chances.repeat(30, axis=0), np.array([0] * 30 + [0, 1] * 15 + [0, 1] * 15 + [0, 1, 1] * 10 + [1] * 30), aim=0.9)
    judged = decided(chances, ("平常", "投诉"), limits)
    assert [one.abstained for one in judged] == [False, True, True, True, False]
    assert (judged[0].label, judged[4].label) == ("平常", "投诉")


def test_a_side_that_never_reaches_the_aim_always_abstains() -> None:
    chances = np.tile([[0.4, 0.6]], (40, 1))
    limits = band(chances, np.array([0, 1] * 20), aim=0.9)
    assert limits.high == NEVER
    assert all(one.abstained for one in decided(chances, ("平常", "投诉"), limits))


def test_of_several_labels_a_doubtful_best_one_is_withheld() -> None:
    chances = np.array([[0.9, 0.05, 0.05], [0.4, 0.35, 0.25]])
    limits = band(chances.repeat(20, axis=0), np.array([0] * 20 + [0, 1] * 10), aim=0.9)
    assert [one.abstained for one in decided(chances, "abc", limits)] == [False, True]


def test_where_higher_margins_mean_less_the_probability_is_the_share_alone() -> None:
    margins, places = np.linspace(-1, 1, 40).reshape(-1, 1), np.array([1] * 20 + [0] * 20)
    assert platt(margins, places).slopes == (0.0,)
    assert platt(-margins, places).slopes[0] > 0


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(-3, 3), st.booleans()), min_size=12, max_size=60), st.floats(-4, 4), st.floats(0, 2))
def test_a_higher_margin_never_means_a_lower_probability(pairs: list[tuple[float, bool]], margin: float, more: float) -> None:
    calibration = platt(np.array([[value] for value, _ in pairs]), np.array([int(truth) for _, truth in pairs]))
    lower, higher = probabilities(np.array([[margin], [margin + more]]), calibration)[:, 1]
    assert lower <= higher


def test_calibrated_probabilities_come_true_about_as_often_as_they_say() -> None:
    chance = np.random.default_rng(1)
    margins = chance.normal(size=(4000, 1))
    places = (chance.random(4000) < 1 / (1 + np.exp(-3 * margins[:, 0]))).astype(int)
    said = probabilities(margins, platt(margins, places))[:, 1]
    for low in (0.1, 0.3, 0.5, 0.7):
        inside = (said >= low) & (said < low + 0.2)
        assert places[inside].mean() == pytest.approx(said[inside].mean(), abs=0.05)


def test_several_probabilities_add_up_to_one() -> None:
    chances = probabilities(np.array([[1.0, -60.0, 0.0]]), Calibration((1.0, 20.0, 2.0), (0.0, 0.0, -1.0)))
    assert chances.sum() == pytest.approx(1.0)


def test_a_part_without_a_label_trains_all_the_same() -> None:
    from lingting.learning.features import Shape, rows

    features = rows([Excerpt("发票"), Excerpt("投诉"), Excerpt("谢谢")], Shape(bits=10))
    for places in ([0, 2, 2], [1, 1, 1]):
        columns, weights, intercepts = fit(features, np.array(places), labels=3, seed=1)
        margins = features[:, columns] @ weights.T + intercepts
        assert margins.argmax(axis=1).tolist() == places
    columns, weights, intercepts = fit(features, np.array([0, 0, 0]), labels=2, seed=1)
    assert intercepts.tolist() == [-1.0]
