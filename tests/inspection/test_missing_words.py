"""Speech that nobody wrote down: it is there, with its times, and nothing is held against anybody for words that are missing."""

import os
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingting.catalog import read_norms
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect
from lingting.inspection.pack import pack
from lingting.inspection.transcript import Channel, Role, Transcript, Turn
from lingting.site.options import packs

PACK = pack(read_norms(), calendar=WorkCalendar(ZoneInfo("Asia/Shanghai")), kept=packs(os.environ))
NINE = datetime(2026, 7, 20, 9, tzinfo=UTC)


def found(*said: tuple[Role, str]) -> set[str]:
    turns = (Turn(role, text, NINE + timedelta(seconds=5 * place), NINE + timedelta(seconds=5 * place + 4)) for place, (role, text) in enumerate(said))
    return {finding.norm for finding in inspect(Transcript(tuple(turns), Channel.PHONE, ended=True), PACK)}


def test_a_whole_call_without_words_gives_no_finding() -> None:
    assert found((Role.AGENT, ""), (Role.CUSTOMER, ""), (Role.OTHER, ""), (Role.AGENT, "")) == set()


@pytest.mark.parametrize("words", ["", " "])
def test_a_hold_is_not_unannounced_where_the_words_before_it_are_missing(words: str) -> None:
    """
    客户: 我的货到哪了？
    客服: (没有文字)
    系统: [保持]
    """
    asked, held = (Role.CUSTOMER, "我的货到哪了？"), (Role.SYSTEM, "[保持]")
    assert "hold.announced" not in found(asked, (Role.AGENT, words), held)
    assert "hold.announced" in found(asked, (Role.AGENT, "我看看。"), held)


def test_an_opening_is_not_incomplete_where_its_next_turn_has_no_words() -> None:
    """
    客服: 您好。
    客服: (没有文字)
    客户: 我查个单。
    """
    hello, asks = (Role.AGENT, "您好。"), (Role.CUSTOMER, "我查个单。")
    assert "opening.complete" not in found(hello, (Role.AGENT, ""), asks)
    assert "opening.complete" in found(hello, (Role.AGENT, "请讲。"), asks)
    assert "opening.complete" in found(hello, asks, (Role.AGENT, "")), "what comes after the window changes nothing"


def test_words_missing_from_one_speaker_do_not_excuse_another() -> None:
    """
    客服: 您好，请讲。
    客户: (没有文字)
    """
    assert "opening.complete" in found((Role.AGENT, "您好，请讲。"), (Role.CUSTOMER, ""), (Role.AGENT, "好的。"))


def test_a_regret_may_stand_in_words_that_are_missing() -> None:
    """
    客户: 我要投诉，货都压坏了！
    客服: (没有文字)
    客服: 单号多少？
    """
    complaint, number = (Role.CUSTOMER, "我要投诉你们，货都压坏了！"), (Role.AGENT, "单号多少？")
    assert "complaint.apologised" not in found(complaint, (Role.AGENT, ""), number)
    assert "complaint.apologised" in found(complaint, number, (Role.AGENT, "好的。"))


def test_an_intake_with_words_missing_lacks_nothing() -> None:
    """
    客户: 我要发一批货。
    客服: (没有文字)
    客服: 联系人怎么称呼？
    客户: 周敏。
    客服: 电话多少？
    客户: 19900000321。
    """
    asks = (Role.CUSTOMER, "我要发一批货。")
    rest = ((Role.AGENT, "联系人怎么称呼？"), (Role.CUSTOMER, "周敏。"), (Role.AGENT, "电话多少？"), (Role.CUSTOMER, "19900000321。"))
    faults = {"intake.announced", "intake.incomplete"}
    assert found(asks, (Role.AGENT, ""), *rest) & faults == set()
    assert found(asks, *rest) & faults == faults
