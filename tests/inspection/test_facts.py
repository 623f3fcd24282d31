"""Facts in a customer's words: which forms are known, which only look alike, and whether each came back."""

import pytest

from lingting.inspection.facts import _MAY, facts, recall
from lingting.inspection.normalise import plain

FORMS = (
    ("电话是幺三八零零一二", ("number", "1380012")), ("单号HD88204", ("number", "88204")), ("赔三百块钱", ("amount", "300块钱")),
    ("一共1200元", ("amount", "1200元")),
    ("八托冷冻虾", ("count", "8托")), ("少了两箱", ("count", "2箱")), ("七月三号送", ("date", "7-3")), ("7月3日送", ("date", "7-3")),
    ("星期天来取", ("date", "日")), ("周日来取", ("date", "日")), ("下午五点到", ("hour", "5点")), ("15:30到", ("hour", "15:30")),
    ("送到建安路七十八号", ("address", "建安路78号")), ("我姓林", ("name", "林")), ("My name is Ada", ("name", "ada")),
    ("12 pallets on Friday", ("count", "12pallet")), ("at 5 pm", ("hour", "5pm")), ("It was $40", ("amount", "40$")),
)  # fmt: skip
NO_FACTS = (
    "第三箱",
    "两件事想问",
    "有点急",
    "我姓什么您知道",
    "明天再说",
    "一点儿都没有",
    "块头很大",
    "好的",
    "",
    "一个问题",
    "一张发票",
    "I have 2 questions",
)


@pytest.mark.parametrize(("words", "fact"), FORMS)
def test_each_form_is_known_with_one_way_of_writing(words: str, fact: tuple[str, str]) -> None:
    assert [(one.kind, one.value) for one in facts(plain(words))][:1] == [fact]


@pytest.mark.parametrize("words", NO_FACTS)
def test_what_only_looks_like_a_fact_is_none(words: str) -> None:
    assert [one for one in facts(plain(words)) if one.value != "什"] == []


@pytest.mark.parametrize("words", [words for words, _ in FORMS])
def test_whoever_looks_only_where_a_fact_may_be_misses_none(words: str) -> None:
    assert _MAY.search(plain(words))


def talk(*turns: str) -> list[tuple[str, str]]:
    return [("customer" if turn.startswith("客") else "agent", plain(turn[2:])) for turn in turns]


def test_a_fact_came_back_if_we_said_it_later_in_whatever_writing() -> None:
    """客：我姓林，八托，下午三点。 我：林女士，8托，15点前。 – the hour did not come back as it was told."""
    told = recall(talk("客：我姓林，八托，下午三点。", "我：林女士，8托，15点前送到。"))
    assert [(one.fact.value, one.back) for one in told] == [("林", True), ("8托", True), ("3点", False)]
    assert [one.back for one in recall(talk("我：八托对吗？", "客：对，八托。", "我：好的。"))] == [False], "said before, not after"


def test_of_a_number_the_last_four_are_enough_and_another_number_is_not() -> None:
    told = ("客：单号20260713。",)
    assert [one.back for one in recall(talk(*told, "我：尾号0713，对吧？"))] == [True]
    assert [one.back for one in recall(talk(*told, "我：20260731，对吧？"))] == [False]


def test_what_was_told_twice_counts_once_and_what_came_after_our_last_word_not_at_all() -> None:
    assert len(recall(talk("客：八托。", "我：好。", "客：八托，要快。", "我：好。"))) == 1
    assert recall(talk("我：您好。", "客：八托。")) == []
    assert recall(talk("我：您好。", "客：八托。"), [plain("8托鱼")]) == []
    assert [one.back for one in recall(talk("客：八托。", "我：好。"), [plain("8托鱼")])] == [True], "it was written down"
