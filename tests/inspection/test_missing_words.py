"""Speech that nobody wrote down: it is there, with its times, and nothing is held against anybody for words that are missing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingting.catalog import read_norms
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect
from lingting.inspection.pack import pack
from lingting.inspection.transcript import Channel, Role, Transcript, Turn

PACK = pack(read_norms(), calendar=WorkCalendar(ZoneInfo("Asia/Shanghai")))
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
