"""Work that waits as rows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.ledger.conftest import AT

from lingting.ledger import book, lease
from lingting.registers.conversations.models import Conversation, Unheard

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> Callable[[int], None]:
    def make(count: int) -> None:
        begun = [Conversation(source="table", key=str(n), channel="chat", at=AT) for n in range(count)]
        book.write(*begun, act="spine.receive")
        Unheard.objects.bulk_create(Unheard(conversation=row) for row in begun)

    return make


def test_a_row_is_claimed_once(waiting: Callable[[int], None]) -> None:
    waiting(3)
    assert len(lease.claim(Unheard, most=2, now=AT)) == 2
    assert len(lease.claim(Unheard, most=2, now=AT)) == 1
    assert lease.claim(Unheard, most=2, now=AT) == []


def test_what_a_dead_worker_held_is_claimed_again(waiting: Callable[[int], None]) -> None:
    waiting(1)
    lease.claim(Unheard, most=1, now=AT, seconds=60)
    assert lease.claim(Unheard, most=1, now=AT + timedelta(seconds=59)) == []
    [again] = lease.claim(Unheard, most=1, now=AT + timedelta(seconds=61))
    assert Unheard.objects.get(pk=again.pk).tries == 2


def test_what_fails_too_often_is_set_aside_with_its_trouble(waiting: Callable[[int], None]) -> None:
    waiting(1)
    for _ in range(lease.TRIES):
        rows = lease.claim(Unheard, most=1, now=AT)
        lease.release(Unheard, rows, trouble="ValueError: 读不懂")
    assert lease.claim(Unheard, most=1, now=AT) == []
    assert [row.trouble for row in lease.set_aside(Unheard)] == ["ValueError: 读不懂"]
