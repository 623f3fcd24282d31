"""The effect of an action: its check is asked for the day before and for now, of all there was and of what came in, before and since."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import ZONE

from lingting.conformity import effect
from lingting.conformity.check import Listed, Together, between
from lingting.conformity.models import Effect
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.parties.models import Party
from lingting.registers.property.models import Item

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
NOW = Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE))


@pytest.fixture
def received(put: Put, customer: Party) -> Callable[..., Record]:
    """Take something in, and tell its owner how it is kept, or not."""

    def receive(code: str, at: str, *, told: bool) -> Record:
        whole = {"category": "cargo", "what": "货架", "place": "YH-Y", "custodian": "仓管", "condition": "完好"}
        row = put("property.item", code=code, party=customer, **whole, at=at)
        if told:
            put("property.told", item=row, way="短信", words="存放在 YH-Y", at=at)
        return row

    return receive


@pytest.fixture
def verified(put: Put) -> Callable[..., Record]:
    """Verify an action by a check, of which the effect counts from a day."""
    owner, judge = (put("people.person", code=code, name=code, at="2026-01-01") for code in ("QM", "IA"))
    row = put("improvements.nonconformity", clause="8.2.1", statement="没有告知", grade="minor", at="2026-06-01")

    def verify(at: str, **counted: str) -> Record:
        action = put("improvements.action", nonconformity=row, what="到货即发短信", owner=owner, due="2026-06-20", at="2026-06-02")
        return put("improvements.verified", action=action, effective=True, evidence="又数了一遍", judged_by=judge, **counted, at=at)

    return verify


def test_the_check_of_a_verification_is_asked_for_both_days_and_only_once(received: Callable[..., Record], verified: Callable[..., Record]) -> None:
    """措施 07-01 起生效：之前 0/0，验证时 1/2；没有写检查项的验证不数；再跑一次不重复写。"""
    received("PR-050", "2026-07-01 09:00", told=True)
    received("PR-021", "2026-07-01 09:00", told=False)
    verified("2026-08-01 09:00", check_id="8.2.1-C8", since="2026-07-01")
    verified("2026-08-02 09:00")
    [one] = effect.catch_up(NOW)
    assert (one.failing_before, one.scope_before, one.failing_after, one.scope_after) == (0, 0, 1, 2)
    assert effect.catch_up(NOW) == []
    assert Effect.objects.count() == 1


def test_what_came_in_since_is_counted_beside_as_many_days_before(received: Callable[..., Record], verified: Callable[..., Record]) -> None:
    """全部：2/3 → 2/5，看不出什么；新来的：前二十天 1/2，后二十天 0/2。更早的那件不算在里面。"""
    received("PR-001", "2026-05-01 09:00", told=False)
    received("PR-002", "2026-07-05 09:00", told=False)
    received("PR-003", "2026-07-10 09:00", told=True)
    received("PR-004", "2026-07-20 00:00", told=True)
    received("PR-005", "2026-08-01 09:00", told=True)
    verified("2026-08-09 00:00", check_id="8.2.1-C8", since="2026-07-20")
    [one] = effect.catch_up(NOW)
    assert (one.failing_before, one.scope_before, one.failing_after, one.scope_after) == (2, 3, 2, 5)
    assert (one.new_failing_before, one.new_scope_before, one.new_failing_after, one.new_scope_after) == (1, 2, 0, 2)


def test_rows_of_several_kinds_are_counted_together_and_what_has_no_time_is_not_counted(received: Callable[..., Record]) -> None:
    begin, end = datetime(2026, 7, 1, tzinfo=ZONE), datetime(2026, 8, 1, tzinfo=ZONE)
    row = received("PR-001", "2026-07-05 09:00", told=False)
    assert between(Together(Item.objects.all(), Listed((row,))), begin, end) == 2
    assert between(Item.objects.all(), begin, row.at) == 0, "the end is not included"
    assert between(Together(Item.objects.all(), Listed(("8.2.1",))), begin, end) is None
