"""Gates: a norm listens only where all of its words are, said by those who should; and words that are looked for later are the same words."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lingting.catalog import read_norms
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect, talks
from lingting.inspection.later import Later, LaterWords, later_tags
from lingting.inspection.pack import pack
from lingting.inspection.samples import dialogue
from lingting.inspection.scan import Scanner
from lingting.inspection.transcript import Channel, Transcript
from lingting.site.options import packs

PACK = pack(read_norms(), calendar=WorkCalendar(ZoneInfo("Asia/Shanghai")), kept=packs(os.environ))
AT = datetime(2026, 3, 11, 6, 30, tzinfo=UTC)


def listening(text: str, channel: Channel = Channel.CHAT) -> set[str]:
    """Return the norms that may find something in a dialogue."""
    [talk] = talks([Transcript(dialogue(text, AT)[0], channel, ended=True)], PACK)
    return {norm.id for place, norm in enumerate(PACK.norms) if talk.may >> place & 1}


def test_a_norm_listens_to_those_whose_words_it_is_about() -> None:
    """
    客服: 明天下午五点前给您回电话。 The customer who says so promises nothing for us.
    """
    assert "promise.made" in listening("客户: 好。\n客服: 明天下午五点前给您回电话。")
    assert "promise.made" not in listening("客户: 明天下午五点前给您回电话。\n客服: 好。")


def test_a_norm_listens_only_where_all_of_its_words_are() -> None:
    """
    客户: 我要发货。 客服: 联系人怎么称呼? Without the occasion nobody takes down an order, however much is asked.
    """
    assert "intake.incomplete" in listening("客户: 我要发货。\n客服: 联系人怎么称呼?")
    assert "intake.incomplete" not in listening("客户: 你好。\n客服: 联系人怎么称呼?")
    assert "intake.incomplete" not in listening("客户: 我要发货。\n客服: 联系人是周敏。")


def test_a_norm_that_builds_on_another_listens_only_where_that_one_does() -> None:
    """
    客户: 谢谢你,服务真好! (praise that must be thanked for)
    """
    assert {"praise.given", "praise.thanked"} <= listening("客户: 你们服务真好,太专业了!\n客服: 嗯。")
    assert {"praise.given", "praise.thanked"}.isdisjoint(listening("客户: 周一再说。\n客服: 嗯。"))


def test_a_norm_for_other_channels_does_not_listen() -> None:
    assert "opening.complete" in listening("客服: 说。\n客户: 我要发货。", Channel.PHONE)
    assert "opening.complete" not in listening("客服: 说。\n客户: 我要发货。", Channel.MAIL)


SAID = ["多少钱?123 元", "", "How much? 7 \ud83d", "没有", "谁?7,8"]
WORDS = {r"\d": [1], "多少|谁": [1, 2], r"\?$": [2]}


def test_words_looked_for_later_are_where_the_scan_finds_them() -> None:
    later = Later(LaterWords({1: [r"\d", "多少|谁"], 2: ["多少|谁", r"\?$"]}), SAID)
    [found] = Scanner(WORDS, []).scan([SAID])
    assert [later.places(tag) for tag in (1, 2)] == [found[1], found[2]]
    assert [place for turn in range(len(SAID)) for place in later.in_turn(1, turn)] == found[1]


def test_words_looked_for_turn_by_turn_are_the_same_also_when_a_turn_is_said_anew() -> None:
    rows: list[str] = []
    later = Later(LaterWords({1: [r"\d", "多少|谁"]}), rows)
    for number, row in enumerate(SAID):
        for words in (row[:2], row):
            rows[number:] = [words]
            later.forget(number)
            later.places(1)
            later.in_turn(1, number)
    assert later.places(1) == Scanner(WORDS, []).scan([SAID])[0][1]
    assert later.in_turn(1, 4) == [(4, 0, 1), (4, 2, 3), (4, 4, 5)]


def test_what_a_norm_starts_from_is_never_looked_for_later() -> None:
    started = {tag for gate in PACK.words.gates for tag, _ in gate}
    assert later_tags(PACK.words)
    assert started.isdisjoint(later_tags(PACK.words))


def test_what_nearly_every_conversation_is_asked_about_is_looked_for_at_once() -> None:
    assert PACK.words.always
    assert PACK.words.always.isdisjoint(later_tags(PACK.words))


COLD = "客户: 在吗?\n客服: 嗯。\n客户: 我要退货。\n客服: 单号。\n客户: 3号单。\n客服: {}退了。"


def test_words_that_a_when_asks_about_in_every_conversation_still_decide_it() -> None:
    """
    客服: 嗯。 客服: 单号。 客服: 退了。 (and once: 麻烦您看一下,退了。)
    """
    cold, polite = (inspect(Transcript(dialogue(COLD.format(words), AT)[0], Channel.CHAT, ended=True), PACK) for words in ("", "麻烦您看一下,"))
    assert "courtesy.absent" in {finding.norm for finding in cold}
    assert "courtesy.absent" not in {finding.norm for finding in polite}


@pytest.mark.parametrize("norm", ["question.ignored", "slot.re-asked"])
def test_an_answer_that_is_looked_for_later_is_an_answer(norm: str) -> None:
    """
    客户: 多少钱? 客服: 免费。 客服: 联系电话是多少? (first time, and again)
    """
    told = {
        "question.ignored": ("客户: 运费多少钱?\n客服: 您的货我看到了。\n客户: 好吧。", "客户: 运费多少钱?\n客服: 一共50元。\n客户: 好吧。"),
        "slot.re-asked": ("客户: 我的电话19900000321。\n客服: 您的手机号是多少?", "客户: 我要查货。\n客服: 您的手机号是多少?"),
    }[norm]
    fires, misses = (inspect(Transcript(dialogue(text, AT)[0], Channel.CHAT, ended=True), PACK) for text in told)
    assert norm in {finding.norm for finding in fires}
    assert norm not in {finding.norm for finding in misses}
