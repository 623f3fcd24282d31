"""Masking: what leaves the process, and what comes back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingting.inspection.personal import Kind, find, mask_turns, masked, restored, unmasked_span

TALK = (
    "您好，我叫王小明，手机13800138000。",
    "好的王小明先生，跟您核对一下，幺三八零零幺三八零零零对吗？",
    "对，地址是深圳市南山区科技园南路12号3栋502，138-0013-8000。",
    "另一个号码13900139000也行，邮箱wang@qizhou.example。",
)
TEXTS = st.lists(
    st.sampled_from([
        "我叫", "王小明", "13800138000", "138-0013-8000", "张先生", " ", "，", "〔电话1〕", "〔姓名", "1〕", "[phone1]", "[name", "Ann Lee", "my name is ",
        "a@b.cd", "。", "35岁", "我", "x", "\ud800", "電話", "call 212-555-0142",
    ]),
    max_size=12,
).map("".join)  # fmt: skip


def test_a_conversation_keeps_one_number_for_one_person_and_one_telephone() -> None:
    """客户: 我叫王小明 … 客服: 王小明先生，核对一下 … The same number written three ways is 1, 1b and 1c: who reads it sees that it is the same."""
    assert [turn.text for turn in mask_turns(TALK)] == [
        "您好，我叫〔姓名1〕，手机〔电话1〕。",
        "好的〔姓名1〕先生，跟您核对一下，〔电话1b〕对吗？",
        "对，地址是〔地址1〕，〔电话1c〕。",
        "另一个号码〔电话2〕也行，邮箱〔邮箱1〕。",
    ]


def test_a_name_that_was_given_is_a_name_where_nothing_says_so() -> None:
    """客户: 我叫王小明。客服: 王小明这单已经发了。"""
    assert mask_turns(["王小明这单已经发了", "我叫王小明。"])[0].text == "〔姓名1〕这单已经发了"
    assert masked("王小明这单已经发了").text == "王小明这单已经发了"  # nothing says it: without a model it is not known


def test_each_word_of_a_name_is_known_afterwards_and_not_inside_other_words() -> None:
    turns = mask_turns(["My name is Grace Okoro.", "thanks Okoro, the Okorovan line is free, says Grace"])
    assert turns[1].text == "thanks [name1b], the Okorovan line is free, says [name1c]"


def test_a_mail_address_behind_a_long_run_of_digits_is_masked_as_well() -> None:
    """Numbers pasted together, then a mail address: the address that was masked before may not come back in the longer word."""
    pasted = "13800138000" * 5 + "138-0013-8000a@b.cd"
    assert [after.text for after in mask_turns(["138-0013-8000a@b.cd", pasted])] == ["[mail1]", "[mail2]"]


def test_part_of_a_name_is_seen_to_be_of_that_name_where_there_is_only_one() -> None:
    """客户: 我叫王小明。客服: 王先生您好。 And the near miss: two of them are Wang."""
    assert [turn.text for turn in mask_turns(["我叫王小明。", "王先生您好", "我姓李"])] == ["我叫〔姓名1〕。", "〔姓名1b〕先生您好", "我姓〔姓名2〕"]
    assert [turn.text for turn in mask_turns(["我叫王小明。", "我是王芳，", "王先生您好"])][2] == "〔姓名3〕先生您好"


def test_english_conversations_have_english_placeholders() -> None:
    assert masked("My name is Ann Lee, call 212-555-0142").text == "My name is [name1], call [phone1]"
    assert masked("电话212-555-0142").text == "电话〔电话1〕"


def test_the_unsure_is_masked_too() -> None:
    """身份证 with a wrong check digit: a slip of the tongue is no reason to let it out."""
    assert masked("身份证110105194912310021").text == "身份证〔证件号1〕"


def test_order_numbers_stay_readable() -> None:
    assert masked("运单号YT7530021876543，明天三点前到").text == "运单号YT7530021876543，明天三点前到"


def test_a_placeholder_that_somebody_wrote_is_not_used_again() -> None:
    text = "〔电话1〕是什么？我的电话13800138000"
    after = masked(text)
    assert after.text.count("〔电话1〕") == 1
    assert restored(after.text, after.words) == text


@pytest.mark.parametrize("quote", ["手机〔电话1〕", "我叫〔姓名1〕，", "电话1", "您好"])
def test_a_masked_quote_is_found_again_in_the_raw_words(quote: str) -> None:
    after = mask_turns(TALK)[0]
    start = after.text.index(quote)
    begin, end = unmasked_span(after, start, start + len(quote))
    assert TALK[0][begin:end] == restored({"电话1": "〔电话1〕"}.get(quote, quote), after.words)


def test_a_quote_that_ends_in_a_placeholder_takes_it_whole() -> None:
    after = masked("电话13800138000,请回电")
    assert unmasked_span(after, 0, 4) == (0, 13)
    assert unmasked_span(after, 4, 4 + len("话1〕,请")) == (2, 15)


@given(st.lists(TEXTS, max_size=5))
def test_what_is_masked_comes_back_letter_for_letter(texts: list[str]) -> None:
    for text, after in zip(texts, mask_turns(texts), strict=True):
        assert restored(after.text, after.words) == text


@given(st.text(max_size=120))
def test_any_text_comes_back(text: str) -> None:
    after = masked(text)
    assert restored(after.text, after.words) == text
    assert unmasked_span(after, 0, len(after.text)) == (0, len(text))


@given(TEXTS)
def test_every_place_between_placeholders_points_to_the_same_letter(text: str) -> None:
    after = masked(text)
    shift = 0
    for each, placeholder in zip(after.personal, after.placeholders, strict=True):
        start = each.start + shift
        assert after.text[start : start + len(placeholder)] == placeholder
        assert unmasked_span(after, start, start + len(placeholder)) == (each.start, each.end)
        shift += len(placeholder) - (each.end - each.start)


@given(st.lists(TEXTS, max_size=5))
def test_nothing_that_was_found_is_left(texts: list[str]) -> None:
    left = "\n".join(after.text for after in mask_turns(texts))
    found = {(text[each.start : each.end], each.kind) for text in texts for each in find(text)}
    for words, kind in found:
        if kind in {Kind.PHONE, Kind.MAIL} or (kind is Kind.NAME and words in {"王小明", "Ann Lee"}):
            edge = "[0-9]" if kind is Kind.PHONE else "[A-Za-z]"
            assert not re.search(rf"(?<!{edge}){re.escape(words)}(?!{edge})", left)
