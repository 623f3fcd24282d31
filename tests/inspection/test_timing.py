"""Who spoke when and over whom: beside each behaviour stands what only looks like it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingting.inspection import timing
from lingting.inspection.timing import Hold, Overlap, Response, Silence
from lingting.inspection.transcript import Channel, Role, Transcript, Turn

NINE = datetime(2026, 7, 20, 9, tzinfo=UTC)
ROLES = {"客户": Role.CUSTOMER, "客服": Role.AGENT, "系统": Role.SYSTEM, "其他": Role.OTHER}


def said(who: str, start: float, end: float | None, text: str = "") -> Turn:
    until = None if end is None else NINE + timedelta(seconds=end)
    return Turn(ROLES[who], text, NINE + timedelta(seconds=start), until)


def call(*turns: Turn, channel: Channel = Channel.PHONE) -> Transcript:
    return Transcript(turns, channel, ended=True)


QUESTION = said("客户", 0, 5, "我的货昨天就该到了")


def interruptions(*turns: Turn, channel: Channel = Channel.PHONE) -> list[Overlap]:
    return list(timing.interruptions(call(*turns, channel=channel)))


def test_talking_over_a_customer_who_has_not_finished_is_an_interruption() -> None:
    """
    客户: 我的货昨天就该到了…
    客服: 您先听我说 (两秒后插进来)
    """
    assert interruptions(QUESTION, said("客服", 2, 6, "您先听我说")) == [Overlap(1, 0, 3.0)]


def test_without_words_the_times_alone_show_an_interruption() -> None:
    assert interruptions(said("客户", 0, 5), said("客服", 2, 6)) == [Overlap(1, 0, 3.0)]


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(said("客服", 2, 3.5, "嗯嗯，好的，我明白了。"), id="a sound of listening"),
        pytest.param(said("客服", 2, 3.5, "Uh-huh, I see."), id="a sound of listening in English"),
        pytest.param(said("客服", 2, 2.7), id="a short sound without words"),
        pytest.param(said("客服", 4.3, 8, "我帮您查一下"), id="the customer's last syllables"),
        pytest.param(said("客服", 4.8, 8, "我帮您查一下"), id="an answer that comes at once"),
        pytest.param(said("客服", 5.2, 8, "我帮您查一下"), id="an answer after the end"),
        pytest.param(said("客服", 0.2, 0.6, "您好"), id="a beginning together in which the agent yields"),
        pytest.param(said("客服", 2, 6, "先别碰那根电线，快离开"), id="a warning of danger"),
        pytest.param(said("系统", 2, 6, "通话正在录音"), id="the system speaks"),
        pytest.param(said("其他", 2, 6, "喂"), id="somebody unknown speaks"),
        pytest.param(said("客服", 2, None, "您先听我说"), id="nobody knows how long the agent spoke"),
        pytest.param(said("客服", 6, 2, "您先听我说"), id="a time that runs backwards"),
    ],
)
def test_what_only_looks_like_an_interruption_is_none(turn: Turn) -> None:
    assert interruptions(QUESTION, turn) == []


def test_an_agent_who_began_with_the_customer_and_does_not_yield_interrupts() -> None:
    assert interruptions(QUESTION, said("客服", 0.2, 4, "您好栖舟货运")) == [Overlap(1, 0, 3.8)]


def test_yielding_is_looked_at_even_where_a_shorter_overlap_counts() -> None:
    """The agent begins 0.2 s after the customer and stops 0.4 s later; 2 s after the customer's beginning the same is no beginning together."""
    shorter = {"interrupts": 0.35}
    assert not list(timing.interruptions(call(QUESTION, said("客服", 0.2, 0.6, "您先听")), **shorter))
    assert list(timing.interruptions(call(QUESTION, said("客服", 2, 2.4, "您先听")), **shorter))


def test_goods_that_are_dangerous_are_no_danger() -> None:
    assert interruptions(QUESTION, said("客服", 2, 6, "这是危险品运输")) != []


def test_a_customer_who_talks_over_the_agent_interrupts_nobody() -> None:
    assert interruptions(said("客服", 0, 5, "您好栖舟货运"), said("客户", 2, 6, "我的货呢")) == []


def test_bursts_of_typing_are_never_an_interruption() -> None:
    assert interruptions(QUESTION, said("客服", 2, 6, "您先听我说"), channel=Channel.CHAT) == []


def test_an_overlap_is_found_whoever_began() -> None:
    talk = call(said("客户", 0, 5), said("客服", 4, 8), said("客户", 7.5, 9))
    assert list(timing.overlaps(talk)) == [Overlap(1, 0, 1.0), Overlap(2, 1, 0.5)]


def test_turns_that_only_touch_do_not_overlap() -> None:
    assert not list(timing.overlaps(call(said("客户", 0, 5), said("客服", 5, 8))))


def test_the_shares_of_a_call_add_up() -> None:
    got = timing.shares(call(said("客户", 0, 5), said("客服", 4, 8), said("客户", 10, 12)))
    assert (got.agent, got.customer, got.both, got.nobody) == (4.0, 7.0, 1.0, 2.0)


def silences(*turns: Turn, channel: Channel = Channel.PHONE) -> list[Silence]:
    return list(timing.silences(call(*turns, channel=channel)))


def test_both_sides_silent_is_a_silence_and_says_who_spoke_before() -> None:
    assert silences(said("客户", 0, 5), said("客服", 13, 14)) == [Silence(0, 1, 8.0, Role.CUSTOMER)]


def test_one_side_silent_while_the_other_speaks_is_none() -> None:
    """The customer is silent for 20 s: the agent explains."""
    assert silences(said("客户", 0, 5), said("客服", 5.5, 24), said("客户", 25, 26)) == []


def test_a_long_turn_under_a_short_one_keeps_the_silence_away() -> None:
    assert silences(said("客服", 0, 20), said("客户", 2, 3), said("客户", 21, 22)) == []


def test_a_pause_is_no_silence() -> None:
    assert silences(said("客户", 0, 5), said("客服", 9.9, 12)) == []


def test_a_hold_is_no_silence_but_the_silence_after_it_is() -> None:
    hold = (said("系统", 6, None, "[保持]"), said("系统", 60, None, "[恢复]"))
    assert silences(said("客服", 0, 5), *hold, said("客服", 61, 62)) == []
    assert silences(said("客服", 0, 5), *hold, said("客服", 61, 62), said("客户", 70, 71)) == [Silence(3, 4, 8.0, Role.AGENT)]


def test_a_hold_that_nobody_ended_claims_nothing_after_it() -> None:
    assert silences(said("客服", 0, 5), said("系统", 6, None, "[hold]"), said("客户", 70, 71), said("客服", 90, 91)) == []


def test_where_nobody_knows_how_long_somebody_spoke_no_silence_is_claimed() -> None:
    assert silences(said("客服", 0, None), said("客户", 70, 71)) == []
    assert silences(said("客服", 0, 5), Turn(Role.CUSTOMER, "喂"), said("客户", 70, 71)) == []


def test_a_chat_has_no_silences() -> None:
    assert silences(said("客户", 0, 5), said("客服", 130, 140), channel=Channel.CHAT) == []


def responses(*turns: Turn, channel: Channel = Channel.PHONE) -> list[Response]:
    return list(timing.responses(call(*turns, channel=channel)))


def test_an_answer_is_measured_from_the_end_of_the_customers_words() -> None:
    assert responses(said("客户", 0, 5), said("客服", 6.5, 8)) == [Response(0, 1, 1.5)]


def test_a_sound_of_listening_inside_the_customers_words_is_no_answer() -> None:
    assert responses(said("客户", 0, 5), said("客服", 2, 2.5, "嗯"), said("客服", 7, 9)) == [Response(0, 2, 2.0)]


def test_an_answer_in_the_last_syllables_came_at_once() -> None:
    assert responses(said("客户", 0, 5), said("客服", 4.8, 8)) == [Response(0, 1, 0.0)]


def test_in_writing_the_wait_is_measured_from_the_first_message_not_answered() -> None:
    """
    客户: 在吗？
    客户: 有人吗？(一分钟后)
    客服: 您好。(再过一分钟)
    """
    turns = said("客户", 0, None, "在吗？"), said("客户", 60, None, "有人吗？"), said("客服", 120, None, "您好。")
    assert responses(*turns, channel=Channel.CHAT) == [Response(0, 2, 120.0)]
    assert responses(*turns) == []


def test_an_agent_who_speaks_first_answers_nobody() -> None:
    assert responses(said("客服", 0, 3), said("客户", 4, 5)) == []


def holds(*turns: Turn) -> list[Hold]:
    return list(timing.holds(call(*turns)))


def test_a_hold_is_measured_from_its_note_to_its_end() -> None:
    assert holds(said("系统", 6, None, "[保持]"), said("系统", 66, None, "[恢复]")) == [Hold(0, 1, 60.0)]
    assert holds(said("系统", 6, None, "[Hold]"), said("客户", 7, 8, "喂")) == [Hold(0, None, None)]


def test_somebody_who_only_names_a_hold_holds_nobody() -> None:
    assert holds(said("客户", 6, 7, "[保持]是什么意思"), said("系统", 66, None, "[恢复]")) == []


def test_a_hold_that_ends_before_it_begins_has_no_length() -> None:
    assert holds(said("系统", 66, None, "[保持]"), said("系统", 6, None, "[恢复]")) == [Hold(0, 1, None)]


def test_pace_is_measured_where_somebody_speaks_on() -> None:
    [pace] = timing.paces(call(said("客服", 0, 15, "好" * 75), said("客服", 15.5, 30, "5" + "好" * 74)))
    assert (pace.turns, pace.seconds, pace.per_minute, pace.chinese) == ((0, 1), 30.0, 300.0, True)
    [pace] = timing.paces(call(said("客服", 0, 30, "I'll check it " * 25)))
    assert (pace.per_minute, pace.chinese) == (150.0, False)


@pytest.mark.parametrize(
    "turns",
    [
        pytest.param((said("客服", 0, 15, "好" * 100),), id="too short to say anything"),
        pytest.param((said("客服", 0, 15, "好" * 100), said("客服", 40, 55, "好" * 100)), id="with a long pause"),
        pytest.param((said("客服", 0, 15, "好" * 100), said("客服", 15.5, 30, "")), id="with words missing"),
        pytest.param((said("其他", 0, 30, "好" * 100),), id="of somebody unknown"),
    ],
)
def test_pace_is_not_claimed_of_speech(turns: tuple[Turn, ...]) -> None:
    assert not list(timing.paces(call(*turns)))


def everything(transcript: Transcript) -> list[object]:
    measures: list[Callable[[Transcript], Iterable[object]]] = [
        timing.overlaps, timing.interruptions, timing.silences, timing.responses, timing.holds, timing.paces,
    ]  # fmt: skip
    return [*(one for measure in measures for one in measure(transcript)), timing.shares(transcript)]


moments = st.none() | st.datetimes() | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]))
near = st.none() | st.floats(-100, 100).map(lambda seconds: NINE + timedelta(seconds=seconds))
texts = st.sampled_from(["", "嗯", "[保持]", "[恢复]", "我来说", "好" * 200]) | st.text(max_size=20)
turns = st.builds(Turn, role=st.sampled_from(Role), text=texts, at=near | moments, until=near | moments)


@given(st.lists(turns, max_size=30), st.sampled_from(Channel))
def test_whatever_the_times_are_nothing_breaks_and_no_length_is_negative(given: list[Turn], channel: Channel) -> None:
    for one in everything(Transcript(tuple(given), channel)):
        assert (getattr(one, "seconds", 0.0) or 0.0) >= 0.0


@given(st.lists(turns, max_size=30))
def test_an_interruption_is_an_overlap_by_the_agent_that_lasts(given: list[Turn]) -> None:
    transcript = Transcript(tuple(given), Channel.PHONE)
    every = list(timing.overlaps(transcript))
    for one in timing.interruptions(transcript):
        assert one in every
        assert given[one.turn].role is Role.AGENT
        assert one.seconds >= timing.INTERRUPTS


@given(st.lists(turns, max_size=20), st.randoms())
def test_the_order_in_which_turns_are_handed_in_changes_no_overlap(given: list[Turn], chance: object) -> None:
    begun = [turn for turn in given if turn.at and turn.role in {Role.AGENT, Role.CUSTOMER}]
    if len({turn.at.timestamp() if turn.at.tzinfo else turn.at for turn in begun}) < len(begun):
        return
    mixed = list(given)
    chance.shuffle(mixed)
    seconds = [sorted(one.seconds for one in timing.overlaps(Transcript(tuple(each), Channel.PHONE))) for each in (given, mixed)]
    assert seconds[0] == seconds[1]


@pytest.mark.parametrize("long", [False, True], ids=["one after the other", "all at once"])
def test_twenty_thousand_turns_are_gone_through_once(long: bool) -> None:  # noqa: FBT001  # a case of a test
    """Every turn is looked at once; were each compared with each, this would not end."""
    notes = {0: "[保持]", 1: "[恢复]"}
    many = [
        said(("系统", "客服", "客户")[place % 3], place, place + (30_000 if long else 1.2), notes.get(place // 3 % 2, "") if place % 3 == 0 else "好" * 20)
        for place in range(20_000)
    ]
    everything(call(*many))
    assert sum(1 for _ in timing.overlaps(call(*many))) < len(many)
