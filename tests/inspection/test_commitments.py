"""Whether a sentence tells an act of ours: only then are its times read."""

import pytest

from lingting.inspection.commitments import tells_an_act
from lingting.inspection.likeness import grams


@pytest.mark.parametrize("words", ["we'll call you by noon", "i promise", "明天给您回电", "ok,会尽快发货", "your app will be 更新 tomorrow"])
def test_an_act_is_heard_in_either_language_and_in_both_together(words: str) -> None:
    assert tells_an_act(words)


@pytest.mark.parametrize("words", ["it was sent yesterday", "goodwill", "今天下雨", "willy 说今天下雨", ""])
def test_where_nothing_is_going_to_be_done_there_is_no_act(words: str) -> None:
    assert not tells_an_act(words)


@pytest.mark.parametrize(
    ("text", "made_of"),
    [
        ("my order 4471 is late, a day", {"order", "4471", "late", "day"}),
        ("订单4471晚了a天", {"订单", "4471", "晚了"}),
        ("a b 7 我", set()),
    ],
)
def test_words_numbers_and_pairs_of_letters_are_what_a_text_is_made_of(text: str, made_of: set[str]) -> None:
    """One letter alone, or one figure, says nothing; nor do words that stand everywhere."""
    assert grams(text) == made_of
