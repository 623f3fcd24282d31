"""Promises: made, due, broken, kept, withdrawn – each as of any moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Conversation
from lingting.registers.parties.models import Party
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
    assert fates(DUE + timedelta(minutes=1)) == {"overdue", "broken", "due", "all"}


def test_kept_in_time_it_is_kept_and_never_broken(promise: Promise) -> None:
    actions.keep(promise, at=DUE - timedelta(minutes=5), note="已回电", by=1)
    assert fates(DUE + timedelta(days=9)) == {"kept", "due", "all"}


def test_kept_late_it_stays_broken_but_nobody_waits_any_more(promise: Promise) -> None:
    actions.keep(promise, at=DUE + timedelta(minutes=5), note="已回电", by=1)
    assert fates(DUE + timedelta(days=1)) == {"kept", "late", "broken", "due", "all"}
    assert fates(DUE + timedelta(minutes=1)) == {"overdue", "broken", "due", "all"}, "as of before it was kept"


def test_put_off_with_the_customers_consent_it_is_due_then(promise: Promise) -> None:
    actions.postpone(promise, at=SAID + timedelta(hours=1), due=DUE + timedelta(days=1), by=1)
    assert fates(DUE + timedelta(hours=1)) == {"waiting", "all"}
    assert fates(DUE + timedelta(days=2)) == {"overdue", "broken", "due", "all"}


def test_withdrawn_in_time_it_binds_no_more_but_withdrawing_a_broken_one_mends_nothing(promise: Promise) -> None:
    actions.withdraw(promise, at=DUE + timedelta(hours=1), reason="不需要了", by=1)
    assert "broken" in fates(DUE + timedelta(days=1))


def test_withdrawn_before_its_time_it_is_in_no_count(promise: Promise) -> None:
    actions.withdraw(promise, at=DUE - timedelta(hours=1), reason="顾客取消了订单", by=1)
    assert fates(DUE + timedelta(days=1)) == {"cancelled", "all"}


def test_one_with_a_condition_waits_for_it_and_is_not_broken_until_a_time_is_agreed(promise: Promise) -> None:
    """“如果找不到，三天内补一张”：没有人知道找到没有；说好时间以后才算，过了时间才算失约；撤回的就取消。"""
    rows = [
        Promise(conversation=promise.conversation, at=SAID, words=f"如果找不到，补第 {n} 张", condition="如果找不到", conditional=True, due=DUE)
        for n in (1, 2, 3)
    ]
    book.write(*rows, act="test")
    waits, agreed, gone = (Promise.objects.get(pk=row.pk) for row in rows)
    actions.postpone(agreed, at=DUE, due=DUE + timedelta(days=1), by=1)
    actions.withdraw(gone, at=DUE - timedelta(hours=1), reason="找到了", by=1)
    later = Moment(DUE + timedelta(days=2))
    assert [row.pk for row in queries.conditional(later)] == [waits.pk]
    assert {row.pk for row in queries.broken(later)} == {promise.pk, agreed.pk}
    assert {row.pk for row in queries.cancelled(later)} == {gone.pk}
    assert [queries.fate(row, later) for row in queries.standing(queries.made(later), later).order_by("id")] == [
        "overdue",
        "conditional",
        "overdue",
        "cancelled",
    ]
    actions.keep(waits, at=DUE + timedelta(days=1), note="补了", by=1)
    assert not queries.conditional(later).exists()


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


def test_kept_an_hour_before_its_time_it_is_early_and_a_minute_later_only_kept(promise: Promise) -> None:
    early, in_time = DUE - queries.EARLY_BY, DUE - queries.EARLY_BY + timedelta(minutes=1)
    other = Promise(conversation=promise.conversation, at=SAID, words="下午五点前发给您", due=DUE)
    book.write(other, act="test")
    actions.keep(promise, at=early, note="已回电", by=1)
    actions.keep(other, at=in_time, note="已发", by=1)
    assert set(queries.early(Moment(DUE))) == {promise}
    rows = queries.standing(queries.made(Moment(DUE)), Moment(DUE))
    assert {row.words: queries.fate(row, Moment(DUE)) for row in rows} == {promise.words: "early", other.words: "kept"}


def test_how_a_promise_stands_is_told_as_of_the_moment(promise: Promise) -> None:
    def stands(at: datetime) -> str:
        return queries.fate(queries.standing(queries.made(Moment(at)), Moment(at)).get(), Moment(at))

    actions.keep(promise, at=DUE + timedelta(hours=2), note="已回电", by=1)
    times = (DUE - timedelta(hours=1), DUE + timedelta(hours=1), DUE + timedelta(hours=3))
    assert [stands(at) for at in times] == ["waiting", "overdue", "late"]


def test_whoever_it_was_handed_to_has_to_keep_it_and_the_one_who_said_it_no_longer(promise: Promise, put: Callable[..., Record]) -> None:
    """李客服请假；主管把她的承诺转给何听澜。"""
    said = Promise(conversation=promise.conversation, at=SAID, words="明天给您答复", speaker="李客服", due=DUE)
    book.write(said, act="test")
    moment = Moment(DUE)
    assert list(queries.said_by("李客服", moment)) == [said]
    person = put("people.person", code="A04", name="何听澜", at="2026-05-01")
    actions.reassign(said, at=SAID + timedelta(hours=1), person=person, reason="请假", by=1)
    assert list(queries.said_by("何听澜", moment)) == [said]
    assert not queries.said_by("李客服", moment)
    assert list(queries.said_by("李客服", Moment(SAID))) == [said], "before it was handed on"
    actions.keep(said, at=DUE, note="已答复", by=1)
    with pytest.raises(actions.AlreadySettled):
        actions.reassign(said, at=DUE, person=person, reason="请假", by=1)


def test_what_the_customer_says_stands_beside_ours_and_is_erased_with_the_rest(promise: Promise, customer: Party) -> None:
    theirs = Promise(conversation=promise.conversation, party=customer, at=SAID, words="明天给您答复", due=DUE)
    book.write(theirs, act="test")
    actions.keep(theirs, at=DUE, note="已答复", by=1)
    actions.judge(theirs, at=DUE + timedelta(hours=1), kept=False, words="没有人打来", by=1)
    assert queries.standing(queries.made(Moment(DUE + timedelta(hours=2))), Moment(DUE + timedelta(hours=2))).get(pk=theirs.pk).says_kept is False
    assert queries.standing(queries.made(Moment(DUE)), Moment(DUE)).get(pk=theirs.pk).says_kept is None, "before he said so"
    assert {row._meta.model_name for row in queries.about([customer.id])} == {"promise", "kept", "judged"}
