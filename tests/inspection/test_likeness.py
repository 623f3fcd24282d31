"""Likeness: what is left out before texts are compared is nothing that the comparison would have found."""

from hypothesis import given
from hypothesis import strategies as st

from lingting.inspection.likeness import alike, grams, may_share, repeating

TEXTS = st.text(alphabet="货到泠州了吗 ab12", max_size=12)


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh")), max_size=8), st.floats(0.05, 1))
def test_no_text_that_is_alike_to_an_earlier_one_is_left_out(said: list[frozenset[str]], like: float) -> None:
    candidates = repeating(said, like)
    assert {place for place, one in enumerate(said) if one and any(alike(one, other, like) for other in said[:place])} <= candidates


def test_a_text_of_which_nothing_was_said_before_is_no_candidate() -> None:
    assert repeating([grams("货到泠州了吗"), grams("请开发票")], 0.5) == set()


@given(TEXTS, TEXTS, st.integers(1, 4))
def test_words_that_two_texts_share_are_never_thought_impossible(one: str, other: str, least: int) -> None:
    if len(grams(one) & grams(other)) >= least:
        assert may_share(grams(one), other, least)


def test_words_that_stand_nowhere_in_a_text_cannot_be_shared() -> None:
    assert not may_share(grams("货到泠州"), "请开发票")
