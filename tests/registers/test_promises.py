"""Promises: made, due, broken, kept, withdrawn – each as of any moment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingting.ledger import book
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Conversation
from lingting.registers.promises import actions, queries
from lingting.registers.promises.models import Promise

pytestmark = pytest.mark.django_db
SAID = datetime(2026, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
DUE = SAID + timedelta(hours=7)


@pytest.fixture
def promise() -> Promise:
    talk = Conversation(source="test", key="1", channel="phone", at=SAID, language="zh")
    row = Promise(conversation=talk, at=SAID, words="我今天下午五点前给您回电话", due=DUE)
    book.write(talk, row, act="test")
    return row


def fates(at: datetime) -> set[str]:
    return {name for name, query in queries.FATES.items() if query(Moment(at)).exists()}


def test_before_it_is_due_it_waits(promise: Promise) -> None:
    assert fates(DUE - timedelta(minutes=1)) == {"waiting", "all"}


def test_once_its_time_is_over_it_is_overdue_and_broken(promise: Promise) -> None:
    assert fates(DUE + timedelta(minutes=1)) == {"overdue", "broken", "all"}


def test_kept_in_time_it_is_kept_and_never_broken(promise: Promise) -> None:
    actions.keep(promise, at=DUE - timedelta(minutes=5), note="已回电", by=1)
    assert fates(DUE + timedelta(days=9)) == {"kept", "all"}


def test_kept_late_it_stays_broken_but_nobody_waits_any_more(promise: Promise) -> None:
    actions.keep(promise, at=DUE + timedelta(minutes=5), note="已回电", by=1)
    assert fates(DUE + timedelta(days=1)) == {"kept", "broken", "all"}
    assert fates(DUE + timedelta(minutes=1)) == {"overdue", "broken", "all"}, "as of before it was kept"


def test_put_off_with_the_customers_consent_it_is_due_then(promise: Promise) -> None:
    actions.postpone(promise, at=SAID + timedelta(hours=1), due=DUE + timedelta(days=1), by=1)
    assert fates(DUE + timedelta(hours=1)) == {"waiting", "all"}
    assert fates(DUE + timedelta(days=2)) == {"overdue", "broken", "all"}


def test_withdrawn_in_time_it_binds_no_more_but_withdrawing_a_broken_one_mends_nothing(promise: Promise) -> None:
    actions.withdraw(promise, at=DUE + timedelta(hours=1), reason="不需要了", by=1)
    assert "broken" in fates(DUE + timedelta(days=1))


def test_withdrawn_before_its_time_it_is_in_no_count(promise: Promise) -> None:
    actions.withdraw(promise, at=DUE - timedelta(hours=1), reason="顾客取消了订单", by=1)
    assert fates(DUE + timedelta(days=1)) == {"all"}


def test_what_is_settled_is_not_settled_again(promise: Promise) -> None:
    actions.keep(promise, at=DUE, note="已回电", by=1)
    with pytest.raises(actions.AlreadySettled):
        actions.withdraw(promise, at=DUE, reason="不需要了", by=1)
    with pytest.raises(actions.AlreadySettled):
        actions.postpone(promise, at=DUE, due=DUE + timedelta(days=1), by=1)


def test_a_promise_without_a_time_is_vague_until_it_is_kept() -> None:
    talk = Conversation(source="test", key="2", channel="phone", at=SAID, language="zh")
    row = Promise(conversation=talk, at=SAID, words="我尽快联系您", due=None)
    book.write(talk, row, act="test")
    assert fates(DUE) == {"vague", "all"}
    actions.keep(row, at=DUE, note="已联系", by=1)
    assert fates(DUE + timedelta(days=1)) == {"kept", "all"}
