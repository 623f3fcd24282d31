"""Live: what is due is said while it can still be said, and what is found turn by turn is what is found afterwards."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingting.catalog import read_norms
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect
from lingting.inspection.finding import Span
from lingting.inspection.live import Live, Now, phrases
from lingting.inspection.pack import pack
from lingting.inspection.samples import dialogue, transcript
from lingting.inspection.transcript import Channel, Role, Transcript, Turn
from lingting.site.options import packs

PACK = pack(read_norms(), calendar=WorkCalendar(ZoneInfo("Asia/Shanghai")), organisation="栖舟货运云", kept=packs(os.environ))
AT = datetime(2026, 3, 11, 6, 30, tzinfo=UTC)


def told(text: str, channel: Channel = Channel.PHONE) -> list[Now]:
    """Tell a dialogue to a live listener and return what it said after each turn."""
    live = Live(PACK, channel=channel)
    return [live.hear(turn) for turn in dialogue(text, AT)[0]]


def norms_of(moments: Sequence[Now]) -> list[str]:
    return [found.norm for moment in moments for found in moment.news]


def test_the_slots_of_an_intake_are_counted_down() -> None:
    """
    客服: 从哪里装货？ 客户: 云港三号库。 客服: 电话是多少？ 客户: 19900000321。
    """
    *_, last = told("客户: 发货。\n客服: 从哪里装货？\n客户: 云港三号库。\n客服: 电话是多少？\n客户: 19900000321。")
    assert last.slots == {"contact": "empty", "telephone": "answered", "goods": "empty", "loading": "answered", "delivery": "empty"}


def test_a_talk_that_asks_for_one_number_is_no_intake() -> None:
    """
    客服: 电话是多少？
    """
    assert told("客户: 我的货呢？\n客服: 电话是多少？\n客户: 19900000321。")[-1].slots == {}


def test_what_a_hang_up_would_lack_is_due_before_it() -> None:
    """
    客户: 不好意思，我刚才急了。 (the agent has not answered yet)
    """
    moments = told("客服: 您好，栖舟货运云，很高兴为您服务，请问有什么可以帮到您？\n客户: 不好意思，我刚才说话冲了点。")
    assert [due.norm for due in moments[-1].due] == ["apology.accepted"]
    answered = told("客服: 您好，栖舟货运云，很高兴为您服务，请问有什么可以帮到您？\n客户: 不好意思，我刚才说话冲了点。\n客服: 没关系，还有什么需要？")
    assert "apology.accepted" not in {due.norm for due in answered[-1].due}
    assert "apology.accepted" not in norms_of(answered)


def test_a_promise_without_a_time_asks_for_one_at_once() -> None:
    """
    客服: 我们会尽快给您处理。
    """
    assert [found.quote for found in told("客户: 怎么办？\n客服: 我们会尽快给您处理。")[-1].undated] == ["我们会尽快给您处理"]
    assert told("客户: 怎么办？\n客服: 我今天下午五点前给您处理。")[-1].undated == ()


def test_half_a_turn_is_no_finding_and_keeps_the_light_red() -> None:
    """
    客户: 你们怎么… (still speaking)
    """
    live = Live(PACK)
    half = live.hear(Turn(Role.CUSTOMER, "我要投诉", AT), partial=True)
    assert half == Now(may_speak=False)
    whole = live.hear(Turn(Role.CUSTOMER, "我要投诉你们的司机", AT, AT + timedelta(seconds=3)), now=AT + timedelta(seconds=3.2))
    assert [found.quote for found in whole.news if found.norm == "complaint.made"] == ["我要投诉你们的司机"]
    assert not whole.may_speak
    assert live.hear(Turn(Role.AGENT, "抱歉", AT + timedelta(seconds=4))).may_speak


def test_the_light_turns_green_after_a_pause() -> None:
    said = Turn(Role.CUSTOMER, "我要查单", AT, AT + timedelta(seconds=2))
    assert Live(PACK).hear(said, now=AT + timedelta(seconds=2.8)).may_speak
    assert not Live(PACK).hear(said, now=AT + timedelta(seconds=2.5)).may_speak


@pytest.mark.parametrize("norm", read_norms(), ids=lambda norm: norm.id)
def test_turn_by_turn_finds_what_is_found_afterwards(norm: object) -> None:
    for sample in (*norm.flags, *norm.passes):
        talk = transcript(sample)[0]
        live = Live(PACK, channel=talk.channel, language=talk.language, meta=dict(talk.meta))
        news = {(found.norm, found.span) for turn in talk.turns for found in live.hear(turn).news}
        unfinished = Transcript(talk.turns, talk.channel, talk.language, meta=talk.meta)
        assert {(found.norm, found.span) for found in inspect(unfinished, PACK)} == news


@pytest.mark.parametrize("norm", read_norms(), ids=lambda norm: norm.id)
def test_what_is_due_names_the_words_that_are_quoted_if_it_never_comes(norm: object) -> None:
    for sample in (*norm.flags, *norm.passes):
        talk = transcript(sample)[0]
        live = Live(PACK, channel=talk.channel, language=talk.language, meta=dict(talk.meta))
        moments = [live.hear(turn) for turn in talk.turns]
        due = {(one.norm, Span(*one.place)) for one in moments[-1].due}
        waiting, told = {norm for norm, _ in due}, {(found.norm, found.span) for moment in moments for found in moment.news}
        late = {(found.norm, found.span) for found in inspect(replace(talk, ended=True), PACK)} - told
        assert {one for one in late if one[0] in waiting} <= due


def test_a_due_apology_is_called_for_by_the_sentence_that_complains() -> None:
    """
    客户: 我的货到哪了？你们司机态度太差了，我要投诉。
    """
    due = told("客户: 我的货到哪了？你们司机态度太差了，我要投诉。")[-1].due
    assert [one.place for one in due if one.norm == "complaint.apologised"] == [(0, 7, 21)]


def test_the_phrase_that_is_due_is_told_in_the_language_of_the_talk() -> None:
    live = Live(PACK)
    for turn in dialogue("客户: 发货。\n客服: 联系人怎么称呼？", AT)[0]:
        live.hear(turn)
    due = [one for one in live.hear(Turn(Role.CUSTOMER, "周敏", AT)).due if PACK.norm(one.norm).phrase]
    assert all(phrase and "{org}" not in phrase for phrase in phrases(due, PACK, "zh"))


def test_where_no_name_is_set_the_opening_shows_the_gap_instead_of_closing_it() -> None:
    opening, nameless = PACK.norm("opening.complete"), replace(PACK, organisation="")
    assert nameless.phrase(opening, "zh").startswith("您好，〔组织名称〕，")
    assert "this is [our name]," in nameless.phrase(opening, "en")
    assert PACK.phrase(opening, "zh").startswith("您好，栖舟货运云，")


@pytest.mark.parametrize("backwards", [False, True])
def test_what_is_kept_of_earlier_turns_loses_nothing_in_a_long_talk(*, backwards: bool) -> None:
    """Many samples told one after another as one conversation, also with times that run backwards in between: nothing is missed that is found afterwards."""
    samples = [transcript(norm.flags[0])[0] for norm in read_norms()[::4]]
    turns = [turn for sample in samples for turn in sample.turns]
    if not backwards:
        turns = [replace(turn, at=AT + timedelta(seconds=7 * place), until=None) for place, turn in enumerate(turns)]
    live = Live(PACK, channel=Channel.CHAT)
    news = {(found.norm, found.span) for turn in turns for found in live.hear(turn).news}
    afterwards = inspect(Transcript(turns, Channel.CHAT), PACK)
    assert len(afterwards) > len(samples)
    assert {(found.norm, found.span) for found in afterwards} <= news
