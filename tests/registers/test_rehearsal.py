"""Rehearsals: a conversation held to practise is kept apart; whoever practised sees it and hears it anew, and no figure knows of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.conftest import LATER, ZONE

from lingting import spine
from lingting.access.models import Account
from lingting.channels.read import read
from lingting.conformity.check import CHECKS
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.message import Message, Mistake
from lingting.registers.conversations.models import Asked, Conversation, Found, Rehearsed, Said, Unheard
from lingting.registers.promises.models import Promise
from lingting.site import worker

pytestmark = pytest.mark.django_db
TALK = [("customer", "林女士", "你们怎么还没送到，我要投诉！"), ("agent", "米粒", "你先别说，你先听我说，我晚点回您。")]


def written(path: Path, key: str, **more: object) -> Path:
    """Write a conversation as a line of our own format."""
    said = [{"at": f"2026-07-20T10:00:0{number}+08:00", "role": role, "speaker": who, "text": text} for number, (role, who, text) in enumerate(TALK)]
    line = {"id": key, "channel": "phone", "language": "zh", "customer": {"name": "林女士", "phone": "19900000327"}, "messages": said, **more}
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def bring_in(path: Path) -> spine.Received:
    taken = list(read(path, ours=(), zone=ZONE))
    return spine.receive([one for one in taken if isinstance(one, Message)], calendar=worker.calendar())


def counted() -> dict[str, tuple[int, int]]:
    """Ask every check that answers at all how many are in scope and how many fail."""
    samples = {id: check.ask(Moment(LATER)) for id, check in CHECKS.items() if not check.judged[0]}
    return {id: (sample.scope.count(), sample.failing.count()) for id, sample in samples.items()}


def test_the_words_of_a_drill_move_no_check_and_the_same_words_for_real_do(tmp_path: Path) -> None:
    """同样的话：练习时哪一项检查都不动；真的说了就有投诉、有打断、有没时间的承诺。"""
    before = counted()
    got = bring_in(written(tmp_path / "drill.jsonl", "D-1", drill=True))
    assert (got.rehearsals, got.conversations, got.messages) == (1, 0, 0)
    spine.work(pack=worker.pack(), now=LATER)
    assert not any(model.objects.exists() for model in (Conversation, Said, Asked, Found, Promise, Unheard))
    assert counted() == before
    bring_in(written(tmp_path / "real.jsonl", "R-1"))
    spine.work(pack=worker.pack(), now=LATER)
    assert Found.objects.filter(norm="complaint.made").exists()
    assert counted() != before


def test_a_drill_brought_in_twice_is_there_once_and_one_of_no_sense_is_a_mistake(tmp_path: Path) -> None:
    path = written(tmp_path / "drill.jsonl", "D-1", drill="是")
    assert [bring_in(path).rehearsals for _ in range(2)] == [1, 0]
    assert Rehearsed.objects.count() == 1
    [mistake] = read(written(tmp_path / "odd.jsonl", "D-2", drill="也许"), ours=(), zone=ZONE)
    assert isinstance(mistake, Mistake)
    assert "drill is neither yes nor no" in mistake.wrong


def test_a_column_of_a_spreadsheet_marks_drills(tmp_path: Path) -> None:
    path = tmp_path / "talks.csv"
    path.write_text("会话,练习,时间,角色,姓名,内容\nD-1,是,2026-07-20 10:00,客服,米粒,您好\nR-1,,2026-07-20 11:00,客服,米粒,您好\n", encoding="utf-8")
    got = bring_in(path)
    assert (got.rehearsals, got.conversations) == (1, 1)


def test_only_whoever_practised_sees_it_with_what_the_norms_hear(tmp_path: Path, put: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    bring_in(written(tmp_path / "drill.jsonl", "D-1", drill=True))
    row = Rehearsed.objects.get()
    put("people.person", code="T1", name="米粒", at="2026-05-01")
    put("people.person", code="T2", name="罗星", at="2026-05-01")
    client = signed_in("trainee")
    Account.objects.filter(role="trainee").update(person="T1")
    assert "D-1" in client.get("/rehearsals").content.decode()
    page = client.get(f"/rehearsals/{row.pk}").content.decode()
    assert "我晚点回您" in page
    assert "/norms/promise.vague" in page
    assert not Found.objects.exists(), "hearing it again writes nothing down"
    Account.objects.filter(role="trainee").update(person="T2")
    for other in (client, signed_in("quality_manager"), signed_in("supervisor")):
        assert "D-1" not in other.get("/rehearsals").content.decode()
        assert other.get(f"/rehearsals/{row.pk}").status_code == 404
