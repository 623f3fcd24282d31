"""Two lanes: overlaps are hatched, silences and holds say how long they were, a long wait is drawn short, and every finding has its pin."""

from datetime import datetime, timedelta

from tests.conftest import ZONE

from lingting.inspection.transcript import Channel
from lingting.registers.conversations.actions import transcript
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.web.pictures import lanes

BEGUN = datetime(2026, 7, 12, 8, 44, tzinfo=ZONE)
Line = tuple[str, str, float, float | None]


def drawn(*said: Line, channel: str = "phone", found: tuple[Found, ...] = (), out: tuple[int, ...] = (), confidence: int | None = None) -> str:
    row = Conversation(id=1, channel=channel, at=BEGUN, language="zh")
    rows = [
        Said(
            id=place, conversation=row, key=str(place), role=role, text=text, at=BEGUN + timedelta(seconds=start), confidence=confidence,
            until=None if until is None else BEGUN + timedelta(seconds=until),
        )
        for place, (role, text, start, until) in enumerate(said, start=1)
    ]  # fmt: skip
    told = transcript(row, rows, ended=True)
    assert told.channel == Channel(channel)
    return str(lanes.draw(rows, told, found, out=out, names={"breach": "违反"}, say=lambda zh, _: zh))


def test_both_speaking_at_once_is_hatched_and_one_after_the_other_is_not() -> None:
    assert "同时说话 4.0 秒" in drawn(("customer", "我昨天打了三次电话都没有人接", 0, 10), ("agent", "这个我们有规定的", 5, 9))
    assert 'class="overlap"' not in drawn(("customer", "我昨天打了三次电话", 0, 5), ("agent", "我来查", 5.5, 9))


def test_a_silence_and_a_hold_say_how_long_they_were_and_a_breath_does_not() -> None:
    assert "静默 12 秒" in drawn(("customer", "喂", 0, 2), ("agent", "您好", 14, 16))
    held = drawn(("agent", "请稍等", 0, 2), ("system", "[保持]", 3, None), ("system", "[恢复]", 73, None), ("agent", "让您久等了", 74, 76))
    assert 'class="hold"' in held
    assert "1 分 10 秒" in held
    assert 'class="silence"' not in drawn(("customer", "喂", 0, 2), ("agent", "您好", 4, 6))


def test_messages_are_spaced_and_an_hour_between_them_is_told() -> None:
    told = drawn(("customer", "在吗", 0, None), ("agent", "在的", 20, None), ("agent", "查到了", 7300, None), channel="chat")
    assert "消息的间隔" in told
    assert "2 小时 1 分" in told
    assert told.count('class="wait"') == 1


def test_every_finding_has_a_pin_that_leads_to_its_words_and_one_that_counts_no_more_is_hollow() -> None:
    one, other = (Found(id=place, said_id=1, at=BEGUN, start=0, end=2, kind="breach", quote="<b>") for place in (7, 8))
    told = drawn(("agent", "您先听我说", 0, 4), found=(one, other), out=(8,))
    assert '<a href="#found-7" tabindex="-1" class="pin breach">' in told
    assert '<a href="#found-8" tabindex="-1" class="pin breach out">' in told
    assert "<b>" not in told
    assert "style=" not in told


def test_words_that_the_recogniser_is_unsure_of_are_shaded() -> None:
    assert 'class="turn agent unsure"' in drawn(("agent", "您好", 0, 4), confidence=55)
    assert "unsure" not in drawn(("agent", "您好", 0, 4), confidence=90)


def test_where_nobody_spoke_nothing_is_drawn() -> None:
    assert drawn() == ""
