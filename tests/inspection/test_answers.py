"""Questions and their answers: what was never answered, and what only looks so."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect
from lingting.inspection.pack import Pack, standard_pack
from lingting.inspection.samples import dialogue
from lingting.inspection.transcript import Channel, Transcript
from lingting.site.options import packs


@pytest.fixture(scope="module")
def ready() -> Pack:
    return standard_pack(calendar=WorkCalendar(ZoneInfo("Asia/Shanghai")), kept=packs(os.environ))


def ignored(text: str, ready: Pack, *, ended: bool = True, channel: Channel = Channel.CHAT) -> list[str]:
    turns, _ = dialogue(text, datetime.fromisoformat("2026-03-11T14:30:00+08:00"))
    return [finding.quote for finding in inspect(Transcript(turns, channel, ended=ended), ready) if finding.norm == "question.ignored"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("客户: 损失谁来赔？\n客服: 新的已经发出去了。", ["损失谁来赔"]),
        ("客户: 木架压坏了，你们赔不赔？\n客服: 资料我登记下了。", ["木架压坏了，你们赔不赔"]),
        ("客户: 几号截单？能和牛奶一起寄吗？\n客服: 截单是二十五号。", ["能和牛奶一起寄吗"]),
        ("Customer: Does the warranty cover the battery? Where do I send it?\nAgent: To the Leeds depot.", ["Does the warranty cover the battery"]),
    ],
)
def test_a_question_that_nothing_answers_is_ignored(text: str, left: list[str], ready: Pack) -> None:
    """客户: 损失谁来赔？ / 客服: 新的已经发出去了。"""
    assert ignored(text, ready) == left


@pytest.mark.parametrize(
    "text",
    [
        "客户: 损失谁来赔？\n客服: 由我们来赔。",
        "客户: 木架压坏了，你们赔不赔？\n客服: 按货值赔。",
        "客户: 几号截单？\n客服: 我看一下。\n客服: 二十五号。",
        "客户: 几号截单？\n客服: 为您查询中。\n客户: 到底几号截单？\n客服: 二十五号。",
        "客户: 你们这是什么态度？\n客服: 对不起。",
        "客户: 能帮我查一下吗？\n客服: 请报单号。",
        "客户: 有电话吗？\n客服: 电话是零二零。",
        "客户: 几号截单？",
    ],
)
def test_an_answer_of_the_kind_a_request_and_an_outcry_leave_no_question(text: str, ready: Pack) -> None:
    """客户: 你们这是什么态度？ / 客服: 对不起。"""
    assert ignored(text, ready) == []


def test_whoever_says_later_that_they_know_now_asks_no_more_but_thanks_before_the_question_are_none(ready: Pack) -> None:
    """客户: 损失谁来赔？ / 客服: 新的已经发出去了。 / 客户: 那我让库房等着。"""
    said = "客户: 损失谁来赔？\n客服: 新的已经发出去了。\n客服: 还有别的事吗？\n客户: "
    assert ignored(f"{said}那我让库房等着。", ready) == []
    assert ignored(f"{said}没有了。", ready) == ["损失谁来赔"]
    assert ignored("客户: 谢谢，收到了。\n客服: 不客气。\n客户: 损失谁来赔？\n客服: 新的已经发出去了。", ready) == ["损失谁来赔"]


def test_nothing_is_ignored_while_the_talk_goes_on(ready: Pack) -> None:
    """客户: 损失谁来赔？ / 客服: 新的已经发出去了。 (the talk goes on)"""
    assert ignored("客户: 损失谁来赔？\n客服: 新的已经发出去了。", ready, ended=False) == []


def test_in_letters_the_next_two_replies_decide(ready: Pack) -> None:
    """客户: 谁付培训费？ / 客服: 三月十六日上线。 / 客户: 好。 / 客服: 附件是合同。"""
    letters = "客户: 培训费谁付？\n客服: 三月十六日上线，逾期的事请见谅。\n客户: 好。\n客服: 附件是合同的副本，请查收。"
    assert ignored(letters, ready, ended=False, channel=Channel.MAIL) == ["培训费谁付"]
    assert ignored(f"{letters}\n客服: 培训费我们付。", ready, ended=False, channel=Channel.MAIL) == ["培训费谁付"]
    assert ignored("客户: 培训费谁付？\n客服: 三月十六日上线。", ready, ended=False, channel=Channel.MAIL) == []
