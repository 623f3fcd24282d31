"""Likeness of documents: near copies are found, and what a copy turned into its opposite, other numbers, lost headings – and revisions are not."""

import time

import pytest

from lingting.registers.documents.headings import gaps, headings
from lingting.registers.documents.likeness import NEAR, differences, likeness
from lingting.registers.documents.slips import slips

GUIDE = """# 3 交接规范
3.1 交接前的准备
交接班前十分钟到岗，查看上一班的未结事项。未结事项必须逐条口头说明。
3.2 交接时的核对
接班人逐单核对运单号、收件地址和联系电话，发现不一致的，应当场更正。
超过 2 小时没有答复的来电，由接班人优先回复。货物温度不得高于 8 ℃。
3.3 交接后的记录
双方在交接表上签名，交接表保留 12 个月。不得代签，不得补签。
"""
"""A text of our own; its copies below are damaged on purpose."""


def slips_between(copy: str, text: str = GUIDE) -> list[str]:
    return [one.slip for one in differences(copy, text)]


def test_a_copy_with_other_marks_blanks_and_capitals_is_nearly_the_same() -> None:
    assert likeness(GUIDE.replace("，", ",").replace(" ", "").replace("℃", "°C"), GUIDE) > 0.95


def test_two_texts_on_the_same_matter_are_not_near() -> None:
    other = "# 交接班管理\n交班人员应提前写好交班日志，接班人员到岗后阅读日志，对运单号和地址有疑问的当面问清，双方签名后交班人员方可离岗。" * 2
    assert likeness(other, GUIDE) < 0.3
    assert likeness("", GUIDE) == 0.0


def test_a_copy_that_lost_a_third_is_no_near_copy() -> None:
    assert likeness(GUIDE[: len(GUIDE) * 2 // 3], GUIDE) < NEAR


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("未结事项必须逐条口头说明", "未结事项不必逐条口头说明"),
        ("应当场更正", "不应当场更正"),
        ("不得高于 8 ℃", "不得低于 8 ℃"),
        ("不得代签，不得补签", "不得代签，可以补签"),
        ("由接班人优先回复", "不由接班人优先回复"),
    ],
)
def test_a_not_that_came_or_went_turns_the_sense_round(before: str, after: str) -> None:
    copy = GUIDE.replace(before, after)
    assert copy != GUIDE
    assert "reversed" in slips_between(copy)
    assert "reversed" in slips_between(GUIDE, copy)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("当场更正", "马上更正"),
        ("发现不一致的", "发现不相符的"),
        ("优先回复", "优先答复"),
        ("不得代签，不得补签。", "不得代签，也不得补签。"),
    ],
)
def test_other_words_for_the_same_are_no_slip(before: str, after: str) -> None:
    copy = GUIDE.replace(before, after)
    assert copy != GUIDE
    assert slips_between(copy) == []


def test_another_number_and_another_unit_are_told_apart() -> None:
    assert slips_between(GUIDE.replace("2 小时", "12 小时")) == ["number"]
    assert slips_between(GUIDE.replace("12 个月", "12 天")) == ["unit"]
    assert slips_between(GUIDE.replace("十分钟", "二十分钟")) == ["number"]
    assert slips_between(GUIDE.replace("2 小时", "２小时")) == [], "full width is the same number"


def test_a_heading_that_lost_its_number_its_title_or_both_is_found() -> None:
    assert slips_between(GUIDE.replace("3.2 交接时的核对", "交接时的核对")) == ["no-number"]
    assert slips_between(GUIDE.replace("3.2 交接时的核对", "3.2")) == ["no-title"]
    assert slips_between(GUIDE.replace("3.2 交接时的核对\n", "")) == ["heading"]


def test_a_letter_of_the_same_sound_is_found_with_the_words_around_it() -> None:
    [one] = differences(GUIDE.replace("双方在交接表上签名", "双方再交接表上签名"), GUIDE)
    assert one.slip == "homophone"
    assert "双方再交接" in one.quote


def test_english_copies_are_compared_too() -> None:
    text = "Call the customer back before noon. Agents must not promise a time they cannot keep. Keep the slip for 30 days."
    assert slips_between(text.replace("must not", "must"), text) == ["reversed"]
    assert slips_between(text.replace("before noon", "after noon"), text) == ["reversed"]
    assert slips_between(text.replace("30 days", "30 weeks"), text) == ["unit"]
    assert slips_between(text.replace("Agents", "All agents"), text) == []


def test_a_new_sentence_is_a_revision_and_no_slip() -> None:
    assert slips_between(GUIDE + "夜班交接另需电话通知主管。\n") == []


def test_a_clause_without_number_title_or_a_layer_lacks_it() -> None:
    whole = "7.9.9 交接控制\n一、要求\n交接要受控。\n二、与旧版的变化\n没有。\n三、审核检查\n看交接表。\n四、不符合\n没有交接表。"
    assert gaps(whole) == ()
    assert [slip for slip, _ in gaps(whole.replace("7.9.9 ", ""))] == ["no-number"]
    assert [slip for slip, _ in gaps(whole.replace(" 交接控制", ""))] == ["no-title"]
    assert gaps(whole.replace("二、与旧版的变化\n没有。\n", "")) == (("layer", "变化 change"),)
    assert [slip for slip, _ in gaps("")] == ["no-number", "no-title", *["layer"] * 4]


def test_a_sentence_that_begins_with_a_number_is_no_heading() -> None:
    assert headings("3 天之内答复，超过的要说明原因，并且告诉顾客新的时间。") == ()
    assert headings("10、8 和 6 都可以。") == ()


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("各部门应保持交接班的记录。", "verb"),
        ("保留现行的作业指导书。", "verb"),
        ("The team maintains the records of calls.", "verb"),
        ("Retain the written procedure for loading.", "verb"),
        ("依据 IS0 9001 编写", "letter"),
        ("合计 1O0 件", "letter"),
        ("顾客锟斤拷投诉", "garbled"),
        ("单号\ufffd\ufffd查不到", "garbled"),
        ("如部门为规定时限的，按三天办理。", "homophone"),
    ],
)
def test_known_slips_are_found_with_their_words(text: str, slip: str) -> None:
    [(found, quote)] = slips(text)
    assert found == slip
    assert quote in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "保持文件现行有效，保留交接记录。",
        "保留成文信息，以证实过程按策划进行。",
        "保持联系，并作好记录。",
        "Maintain documents and retain records.",
        "Retain documented information as evidence.",
        "仓位 A01，单号 PV05 与 CV0412，重量 10 kg。",
        "如以顾客为中心考虑",
        "因为规定如此，为完成任务",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert list(slips(text)) == []


def test_a_long_text_written_anew_is_compared_in_a_moment() -> None:
    """全文重写的长文件也不能让人等。"""
    before = "".join(f"第 {place} 款规定了第 {place * 7 % 91} 号仓位的存放办法。" for place in range(1_500))
    after = "".join(f"第 {place} 号仓位另按第 {place * 5 % 83} 款的办法存放。" for place in range(1_500))
    began = time.perf_counter()
    likeness(after, before)
    differences(after, before)
    assert time.perf_counter() - began < 20
