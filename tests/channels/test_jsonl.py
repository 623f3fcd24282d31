"""JSON Lines: what the source knows beside the words comes along to the ear, and nonsense in it is refused with its place."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lingting import spine
from lingting.channels.read import read
from lingting.message import Message, Mistake
from lingting.registers.conversations.models import Conversation, Found
from lingting.site import worker

ZONE = ZoneInfo("Asia/Shanghai")


def lines(path: Path, **known: object) -> Iterator[Message | Mistake]:
    messages = [
        {"at": "2026-07-21T10:00:00+08:00", "role": "customer", "text": "我要投诉你们的司机，货签收了没有？"},
        {"at": "2026-07-21T10:00:20+08:00", "role": "agent", "text": "您的货已经签收了。"},
    ]
    file = path / "talk.jsonl"
    file.write_text(json.dumps({"id": "A1", "channel": "chat", "messages": messages, **known}, ensure_ascii=False), encoding="utf-8")
    return read(file, ours=(), zone=ZONE)


@pytest.mark.django_db
def test_reason_and_record_are_kept_and_heard(tmp_path: Path) -> None:
    """
    客户: 我要投诉你们的司机，货签收了没有？ (recorded as a consultation)
    客服: 您的货已经签收了。 (on record: in transit)
    """
    spine.receive(lines(tmp_path, reason="consultation", record={"status": "in_transit"}), calendar=worker.calendar())
    spine.work(pack=worker.pack(), now=datetime(2026, 7, 22, tzinfo=UTC))
    heard = set(Found.objects.values_list("norm", flat=True))
    assert {"complaint.hidden", "status.true"} <= heard
    assert json.loads(Conversation.objects.get().meta) == {"reason": "consultation", "record": {"status": "in_transit"}}


@pytest.mark.django_db
@pytest.mark.parametrize(("given", "kept"), [("out", '{"direction": "out"}'), ("in", '{"direction": "in"}'), ("", None)])
def test_whether_a_call_came_in_or_went_out_is_kept(tmp_path: Path, given: str, kept: str | None) -> None:
    spine.receive(lines(tmp_path, direction=given), calendar=worker.calendar())
    assert Conversation.objects.get().meta == kept


def test_the_number_of_the_seat_comes_along_with_what_was_said_there(tmp_path: Path) -> None:
    said = [
        {"at": "2026-07-21T10:00:00+08:00", "role": "agent", "text": "您好", "seat": " S12 "},
        {"at": "2026-07-21T10:00:05+08:00", "role": "customer", "text": "你好"},
    ]
    assert [message.seat for message in lines(tmp_path, messages=said)] == ["S12", ""]


def test_a_direction_that_is_none_is_a_mistake(tmp_path: Path) -> None:
    [mistake] = lines(tmp_path, direction="sideways")
    assert "direction" in str(mistake)


@pytest.mark.django_db
def test_without_them_nothing_is_held_against_anybody(tmp_path: Path) -> None:
    """
    The same words, with nothing known beside them.
    """
    spine.receive(lines(tmp_path), calendar=worker.calendar())
    spine.work(pack=worker.pack(), now=datetime(2026, 7, 22, tzinfo=UTC))
    assert not {"complaint.hidden", "status.true"} & set(Found.objects.values_list("norm", flat=True))


@pytest.mark.parametrize("record", ["in transit", ["a"], {"status": {"deep": 1}}])
def test_a_record_that_is_no_plain_mapping_is_refused_with_its_place(tmp_path: Path, record: object) -> None:
    [mistake] = lines(tmp_path, record=record)
    assert isinstance(mistake, Mistake)
    assert (mistake.place, "record" in mistake.wrong) == ("line 1", True)
