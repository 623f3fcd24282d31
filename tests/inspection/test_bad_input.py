"""Whatever comes in: the ear neither falls over nor slows down, and what it quotes stands in the words as they came."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingting.catalog import load, read_norms
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect, inspect_many
from lingting.inspection.finding import Finding
from lingting.inspection.live import Live
from lingting.inspection.pack import pack
from lingting.inspection.samples import transcript
from lingting.inspection.scan import BadPattern, Scanner
from lingting.inspection.transcript import Channel, Role, Transcript, Turn
from lingting.site.options import packs

CALENDAR = WorkCalendar(ZoneInfo("Asia/Shanghai"))
NORMS = read_norms()
PACK = pack(NORMS, calendar=CALENDAR, organisation="栖舟货运云", kept=packs(os.environ))
BEGAN = datetime(2026, 3, 11, 6, 30, tzinfo=UTC)

SAID = [turn.text for norm in NORMS for sample in norm.flags for turn in transcript(sample)[0].turns]
ODD = [
    "", " ", "。", "???", "\n\n", "您好\r\n我明天\u2028五点前给您回电话", "\x00\x07\x1b[31m红色\x7f", "\u200f\u202eمرحبا\u202c 我的貨到了嗎", "שלום, where?",
    "請問您的單號是多少？", "我們會喺聽日五點前覆你", "ＨＥＬＬＯ　１２３４５", "👩‍👩‍👧‍👦😀👍🏽 好的😄", "e\u0301e\u0301 cafe\u0301", "\ufeff您好", "㎏ ﷺ ﬁ",
    "\ud800 half", "好" * 3000, "a" * 3000, "1380013800" * 50, "“”“”「」", "[断线]", "[保持]", "{org}", "\\d+(?=x)", "=1+1", "<b>您好</b>", "İI ıi ſ ß",
]  # fmt: skip

texts = st.one_of(st.sampled_from(SAID), st.sampled_from(ODD), st.text(max_size=40), st.lists(st.sampled_from(SAID + ODD), max_size=3).map("".join))
moments = st.one_of(st.none(), st.integers(-600, 600).map(lambda seconds: BEGAN + timedelta(seconds=seconds)))
numbers = st.one_of(st.none(), st.floats(0, 1))
turns = st.builds(
    Turn, st.sampled_from(list(Role)), texts, moments, moments, st.sampled_from(["", "李客服"]), st.just(""), numbers, st.one_of(st.none(), st.floats(-30, 30))
)
talks = st.builds(
    Transcript, st.lists(turns, max_size=12).map(tuple), st.sampled_from(list(Channel)), st.sampled_from(["", "zh", "en", "zh-Hant", "xx"]), st.booleans(),
    st.sampled_from([{}, {"reason": "complaint"}, {"record": {"status": "delivered", "eta": "no day", "price": "12"}}, {"record": "none", "reason": None}]),
)  # fmt: skip
often = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def holds(found: tuple[Finding, ...], talk: Transcript) -> None:
    for one in found:
        text = talk.turns[one.span.turn].text
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert one.quote == text[one.span.start : one.span.end]


@often
@given(talks)
def test_every_quote_stands_in_the_raw_words_whatever_they_are(talk: Transcript) -> None:
    holds(inspect(talk, PACK), talk)


@often
@given(st.lists(talks, max_size=4))
def test_conversations_do_not_hear_each_other(together: list[Transcript]) -> None:
    assert inspect_many(together, PACK) == [inspect(talk, PACK) for talk in together]


@settings(often, max_examples=40)
@given(talks, st.data())
def test_what_is_found_turn_by_turn_stands_in_the_raw_words(talk: Transcript, data: st.DataObject) -> None:
    live = Live(PACK, channel=talk.channel, language=talk.language, meta=dict(talk.meta))
    for turn in talk.turns:
        if data.draw(st.booleans()):
            live.hear(turn, partial=True)
        holds(live.hear(turn).news, talk)


@pytest.mark.parametrize("role", Role)
def test_a_conversation_of_one_speaker_is_listened_to(role: Role) -> None:
    talk = Transcript(tuple(Turn(role, text, BEGAN) for text in SAID[:60]), Channel.PHONE, ended=True)
    holds(inspect(talk, PACK), talk)


@pytest.mark.parametrize("ended", [False, True])
def test_an_empty_conversation_says_nothing(*, ended: bool) -> None:
    assert inspect(Transcript((), ended=ended), PACK) == ()
    assert inspect_many([], PACK) == []


def test_a_speaker_nobody_knows_is_refused_where_they_come_in() -> None:
    with pytest.raises(ValueError, match="robot"):
        Role("robot")


def test_times_with_and_without_a_zone_stand_in_one_conversation() -> None:
    said = [BEGAN, BEGAN.replace(tzinfo=None), None, BEGAN - timedelta(hours=1)]
    talk = Transcript(tuple(Turn(list(Role)[place % 2], text, said[place % 4]) for place, text in enumerate(SAID)), Channel.PHONE, ended=True)
    holds(inspect(talk, PACK), talk)


def work(talk: Transcript) -> int:
    """Return how many functions are called to listen to a conversation."""
    called = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal called
        called += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        inspect(talk, PACK)
    finally:
        sys.setprofile(None)
    return called


def long_talk(size: int, said: list[str]) -> Transcript:
    """Return a conversation in which this is said over and over."""
    taken = (Turn(Role.AGENT if place % 2 else Role.CUSTOMER, said[place % len(said)], BEGAN + timedelta(seconds=5 * place)) for place in range(size))
    return Transcript(tuple(taken), Channel.CHAT, ended=True)


def test_twice_as_long_a_conversation_takes_twice_the_work() -> None:
    rounds = len(SAID) - len(SAID) % 2
    inspect(long_talk(rounds, SAID), PACK)  # what is made at the first time only is made
    once, twice = work(long_talk(rounds, SAID)), work(long_talk(2 * rounds, SAID))
    assert twice <= 2.15 * once


def test_a_conversation_of_a_hundred_thousand_turns_is_listened_to() -> None:
    talk = long_talk(100_000, [text for said in SAID[::7] for text in (said, *["嗯", "ok"] * 4)])
    found = inspect(talk, PACK)
    assert len({one.span.turn for one in found}) > 1000
    holds(found[:1000], talk)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a|a)*b", "(.*a){12}$", "([a-z]+)*!"])
def test_a_pattern_that_would_run_away_elsewhere_is_refused_or_looks_at_each_letter_once(pattern: str) -> None:
    try:
        scanner = Scanner({pattern: [0]}, [])
    except BadPattern:
        return
    assert len(scanner.scan([["a" * 20_000 + "#"]])) == 1


NORM = next(path for path in sorted((load.HERE / "norms").glob("*.yaml")) if path.stem == "address.formal")
BROKEN = {
    "not YAML": ("severity: ", "severity: [", "This is not YAML"),
    "an unknown word": ("severity: ", "sevverity: ", "sevverity"),
    "a severity that is none": ("severity: minor", "severity: enormous", "severity"),
    "a condition that does not exist": ("find: ", "find: nothing_of_the_kind #", "nothing_of_the_kind"),
}


@pytest.mark.parametrize(("before", "after", "why"), BROKEN.values(), ids=BROKEN)
def test_a_broken_norm_is_refused_with_file_line_and_remedy_while_the_pack_stays(before: str, after: str, why: str, tmp_path: Path) -> None:
    words = NORM.read_text(encoding="utf-8")
    assert before in words
    (tmp_path / NORM.name).write_text(words.replace(before, after, 1), encoding="utf-8")
    found, errors = load.norms(tmp_path)
    assert found == ()
    assert errors
    assert all(str(tmp_path / NORM.name) in error.path and error.line > 0 and error.remedy for error in errors)
    assert any(why in error.message for error in errors)
    assert [one.norm for one in inspect(Transcript((Turn(Role.AGENT, "你稍等"),)), PACK)] == ["address.formal"]


def test_windows_that_lead_back_to_each_other_are_refused_with_file_and_line(tmp_path: Path) -> None:
    words = NORM.read_text(encoding="utf-8")
    start = words.index("settings:")
    circle = "settings:\n  find: one\n  conditions:\n    one: {any: [a], within: {after: two}}\n    two: {any: [b], within: {before: one}}\n"
    (tmp_path / NORM.name).write_text(words[:start] + circle + words[words.index("flags:") :], encoding="utf-8")
    _, errors = load.norms(tmp_path)
    assert ["leads back to itself" in error.message and error.line > 0 for error in errors] == [True]


def test_a_pattern_that_cannot_be_compiled_is_refused_by_name_while_the_pack_stays() -> None:
    norm = next(norm for norm in NORMS if norm.id == "address.formal")
    said = norm.settings.model_dump_json() if hasattr(norm.settings, "model_dump_json") else str(norm.settings)
    assert "你" in said
    rule = norm.shaped(type(norm.settings))
    name, condition = next((name, condition) for name, condition in rule.conditions.items() if condition.any)
    spoiled = rule.model_copy(update={"conditions": {**rule.conditions, name: condition.model_copy(update={"any": ("(?<!x)你",)})}})
    with pytest.raises(BadPattern) as refused:
        pack([norm.model_copy(update={"settings": spoiled})], calendar=CALENDAR)
    assert refused.value.pattern == "(?<!x)你"
    assert inspect(Transcript((Turn(Role.AGENT, "你稍等"),)), PACK)
