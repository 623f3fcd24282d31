"""Queues: an account that is kept to one queue sees no word of another, on a page, in a list of evidence, through the API or by guessing a number."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lingting import spine
from lingting.access.models import Account, Token
from lingting.channels.read import read
from lingting.registers.conversations.models import Conversation, Found
from lingting.registers.improvements.models import Weighed
from lingting.registers.parties.models import Party
from lingting.registers.promises.models import Promise
from lingting.site import worker

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
SECRET = "医药冷柜"


def talk(queue: str, words: str) -> dict[str, object]:
    return {
        "id": f"T-{queue}", "channel": "phone", "queue": queue, "subject": words, "customer": {"name": "林女士", "phone": "19900000327"},
        "messages": [
            {"id": "1", "at": "2026-07-20T10:00:00+08:00", "role": "customer", "text": f"我要投诉，{words}坏了！"},
            {"id": "2", "at": "2026-07-20T10:00:20+08:00", "role": "agent", "text": f"非常抱歉，我今天下午五点前就{words}给您回电话。"},
        ],
    }  # fmt: skip


@pytest.fixture
def both(tmp_path: Path, at_time: Callable[[str], datetime], db: None) -> None:
    """Two queues with a complaint and a broken promise each."""
    path = tmp_path / "talks.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in (talk("热线", "货架"), talk("医药", SECRET))), encoding="utf-8")
    spine.receive(read(path, ours=(), zone=ZONE), calendar=worker.calendar())
    spine.work(pack=worker.pack(), now=at_time("2026-07-21T12:00"))


def keep_to(account: Account, queue: str) -> Account:
    account.queues = queue
    account.save()
    return account


def test_on_no_page_stands_a_word_of_another_queue(both: None, cast: Callable, signed_in: Callable[[str], Client]) -> None:
    client, whose = signed_in("supervisor"), keep_to(cast("supervisor"), "热线")
    promise = Promise.objects.get(conversation__queue="医药")
    talks = Conversation.objects.get(queue="医药")
    reachable = [
        "/today", "/conversations", f"/conversations?words={SECRET}", "/promises?fate=all", "/improvements", f"/parties/{Party.objects.get().id}",
        *(f"/checks/{check}/{side}" for check in ("8.2.1-H1", "8.2.1-C7", "8.2.1-C3", "8.5.1-C3", "10.2.1-C1") for side in ("scope", "failing")),
    ]  # fmt: skip
    for path in reachable:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in answer.content.decode().replace(f'value="{SECRET}"', ""), path
    assert "货架" in client.get("/conversations").content.decode()
    assert "▒▒" in client.get("/checks/8.2.1-H1/failing").content.decode(), "it is counted and said to be hidden"
    for path in (f"/conversations/{talks.id}", f"/promises/{promise.id}"):
        assert client.get(path).status_code == 404
    assert client.post(f"/promises/{promise.id}/keeping", {"note": "已回电"}).status_code == 404
    found = Found.objects.filter(conversation=talks, norm="complaint.made").first()
    assert client.post(f"/complaints/{found.id}/weighing", {"reason": "是"}).status_code == 404
    assert not Weighed.objects.exists()
    keep_to(whose, "")
    assert client.get(f"/conversations/{talks.id}").status_code == 200, "kept to no queue, all are seen"


def test_no_operation_gives_a_word_of_another_queue(both: None, cast: Callable, at_time: Callable[[str], datetime]) -> None:
    words = Token.issue(keep_to(cast("supervisor"), "热线"), label="test", now=at_time("2026-07-21T12:00"))
    client = Client(headers={"authorization": f"Bearer {words}"})
    for path in ("conversations", "findings", "promises", f"conversations?words={SECRET}"):
        answer = client.get(f"/api/v1/{path}").content.decode()
        assert SECRET not in json.dumps(json.loads(answer), ensure_ascii=False), path
    assert client.get(f"/api/v1/conversations/{Conversation.objects.get(queue='医药').id}").status_code == 404
    assert client.get(f"/api/v1/promises/{Promise.objects.get(conversation__queue='医药').id}").status_code == 404
    assert client.get("/api/v1/promises").json()["rows"]
