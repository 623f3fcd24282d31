"""8.5.1 Control of service provision: promises that are kept in time, and those that are not."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.registers.conversations.models import Conversation
from lingting.registers.promises import actions
from lingting.registers.promises.models import Promise

pytestmark = pytest.mark.django_db
Stands = Callable[..., tuple[str, int, int]]
SAID = datetime(2026, 7, 20, 10, tzinfo=ZONE)


def promises(count: int) -> list[Promise]:
    talk = Conversation(source="test", key="1", channel="phone", at=SAID)
    rows = [Promise(conversation=talk, at=SAID, words="五点前回电", due=SAID + timedelta(hours=7)) for _ in range(count)]
    book.write(talk, *rows, act="test")
    return rows


@turns_red("8.5.1-C3")
def test_call_backs_that_never_came_are_not_kept(db: None, stands: Stands) -> None:
    promises(4)
    assert stands("8.5.1-C3") == ("nonconforms", 4, 4)


@stays_green("8.5.1-C3")
def test_a_promise_kept_in_the_last_second_or_withdrawn_before_is_not_broken(db: None, stands: Stands) -> None:
    kept, withdrawn, *_ = promises(2)
    actions.keep(kept, at=SAID + timedelta(hours=7), note="已回电", by=1)
    actions.withdraw(withdrawn, at=SAID + timedelta(hours=6), reason="顾客已自行解决", by=1)
    assert stands("8.5.1-C3") == ("insufficient-data", 0, 1)
