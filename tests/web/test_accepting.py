"""Acceptance: a detector that only proposes stops itself where too few accept it, everybody is told, and it comes back once it was calibrated and released."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests import instruments as house

from lingting import spine
from lingting.catalog import read_norms
from lingting.channels.read import read
from lingting.ledger import triggers
from lingting.registers.conversations.models import Conversation, Found, Heard, Judged
from lingting.registers.instruments import acceptance
from lingting.registers.instruments.models import Quarantined
from lingting.site import rounds, worker

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]
IMPLIED = next(norm for norm in read_norms() if norm.id == "meaning.implied")


@pytest.fixture
def clock(at_time: Callable[[str], datetime], settings: Any, tmp_path: Path) -> datetime:
    settings.HOME = tmp_path
    triggers.install()
    return at_time("2026-08-31T09:00")


@pytest.fixture
def judge(put: Put) -> Callable[..., None]:
    """Let people judge so many proposals, of which they accept so many."""
    person = house.person(put, "Q01")

    def judged(accepted: int, of: int, *, norm: str = "meaning.implied", number: int = IMPLIED.version, when: str = "2026-07-02 10:00") -> None:
        for place in range(of):
            found = house.heard("2026-07-01 10:00", norm, number=number, kind="feeling")
            put("conversations.judged", found=found.pk, person=person.pk, correct="是" if place < accepted else "否", at=when)

    return judged


def stopping(now: datetime) -> int:
    return sum(done for one, done in rounds.make(now, only=["accept"]) if one.name == "accept")


def hear(tmp_path: Path, words: str, key: str) -> Conversation:
    """Let a customer say something, and listen to it as the worker does."""
    messages = [{"id": "1", "at": "2026-08-30T10:00:00+08:00", "role": "customer", "text": words}]
    path = tmp_path / f"{key}.jsonl"
    path.write_text(
        json.dumps({"id": key, "channel": "chat", "ended": "2026-08-30T11:00:00+08:00", "messages": messages}, ensure_ascii=False), encoding="utf-8"
    )
    spine.receive(read(path, ours=(), zone=ZoneInfo("Asia/Shanghai")), calendar=worker.calendar())
    spine.work(pack=worker.pack(), now=house.at("2026-08-31 09:00"))
    return Conversation.objects.get(key=key)


@pytest.mark.parametrize(("accepted", "of", "stops"), [(3, 20, 1), (0, 19, 0), (8, 20, 0), (18, 20, 0)])
def test_it_stops_once_twenty_were_judged_and_even_the_upper_end_lies_below_a_half(
    accepted: int, of: int, stops: int, judge: Callable[..., None], clock: datetime
) -> None:
    """Three of twenty stop it; none of nineteen are too few to tell; of eight in twenty the interval still reaches over a half."""
    judge(accepted, of)
    assert stopping(clock) == stops
    assert Quarantined.objects.count() == stops
    assert stopping(clock) == 0, "once is enough"


def test_no_other_detector_ever_stops_itself(judge: Callable[..., None], clock: datetime) -> None:
    judge(0, 25, norm="interruption.forbidden-words", number=1)
    assert stopping(clock) == 0


def test_an_earlier_version_stops_alone_and_the_newest_word_of_each_proposal_counts(judge: Callable[..., None], put: Put, clock: datetime) -> None:
    """Of the version before the present one nothing was accepted; the present one was called wrong first, and then right."""
    judge(0, 20, number=IMPLIED.version - 1)
    judge(0, 20)
    for row in list(Judged.objects.filter(found__norm_version=IMPLIED.version)):
        put("conversations.judged", found=row.found_id, person=row.person_id, correct="是", at="2026-07-03 10:00")
    assert [one.heard[1] for one in acceptance.acceptance(house.as_of("2026-08-31")) if one.too_low] == [IMPLIED.version - 1]


def test_what_stands_still_proposes_nothing_and_what_was_listened_for_says_so(judge: Callable[..., None], clock: datetime, tmp_path: Path) -> None:
    """客：算了，你们看着办吧。 – heard before, and not after; anger is heard as ever."""
    words = "算了，你们看着办吧。"
    before = hear(tmp_path, words, "before")
    assert Found.objects.filter(conversation=before, norm="meaning.implied").exists()
    judge(2, 20)
    stopping(clock)
    after = hear(tmp_path, f"气死我了！{words}", "after")
    assert not Found.objects.filter(conversation=after, norm="meaning.implied").exists()
    assert Found.objects.filter(conversation=after, norm="feeling.anger").exists()
    assert Heard.objects.get(conversation=after).pack != Heard.objects.get(conversation=before).pack


def test_agents_and_quality_are_told_and_the_page_shows_the_share_its_interval_and_the_threshold(
    judge: Callable[..., None], clock: datetime, signed_in: Callable[[str], Client]
) -> None:
    judge(3, 20)
    agent, quality = signed_in("agent"), signed_in("quality_manager")
    assert "检测器停用了" not in agent.get("/today").content.decode()
    stopping(clock)
    for client in (agent, quality):
        assert "检测器停用了，不再提示：" in client.get("/today").content.decode()
    norm = quality.get("/norms/meaning.implied").content.decode()
    assert "已停用，不再提示" in norm
    assert "3/20" in norm
    page = quality.get("/registers/conversations/figures").content.decode().split('id="accepted"')[1]
    assert "已停用" in page
    assert re.search(r"低于 50(\.0)? ?%", page)
    assert "本机构的" in page
    for side, total in (("part", 3), ("whole", 20)):
        path = re.search(rf'href="([^"]*figures/accepted/{side}[^"]*)">{total}<', page)[1].replace("&amp;", "&")
        assert f'<data class="total" value="{total}">' in quality.get(path).content.decode()
    for wrong in ("of=promise.made&version=1&by=rules/1", "of=meaning.implied&version=x&by=rules/1", "of=meaning.implied"):
        assert quality.get(f"/registers/conversations/figures/accepted/whole?{wrong}").status_code == 404


def test_calibrated_and_released_it_proposes_again_and_what_was_judged_before_counts_no_more(
    judge: Callable[..., None], put: Put, clock: datetime, tmp_path: Path
) -> None:
    judge(3, 20)
    stopping(clock)
    lock = Quarantined.objects.get()
    house.calibrated(put, lock.instrument_id, "2026-09-02 09:00", "2027-01-01", version=lock.version_id, occasion="doubt", way="check")
    put("instruments.released", quarantined=lock.pk, person=house.person(put, "Q02").pk, why="重新校准合格", at="2026-09-03 09:00")
    assert acceptance.stops(house.as_of("2026-09-04")) == []
    assert acceptance.acceptance(house.as_of("2026-09-04")) == []
    assert Found.objects.filter(conversation=hear(tmp_path, "算了，你们看着办吧。", "again"), norm="meaning.implied").exists()
