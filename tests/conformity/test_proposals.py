"""Proposals: one for each typical nonconformity and thing that a failing check shows, with the records that show it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import ZONE

from lingting.conformity import assess, proposals
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.improvements import actions
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
AT = datetime(2026, 8, 31, 9, tzinfo=ZONE)
NOW = Moment(AT)


@pytest.fixture
def item(put: Put, customer: Party) -> Callable[..., Record]:
    def receive(code: str) -> Record:
        whole = {"category": "cargo", "what": "货架", "place": "YH-Y", "custodian": "仓管", "condition": "完好", "at": "2026-07-01 09:00"}
        return put("property.item", code=code, party=customer, **whole)

    return receive


def offered(pattern: str) -> list[proposals.Proposal]:
    return [one for one in proposals.proposed(NOW) if one.pattern.id == pattern]


def test_three_things_in_custody_without_a_notice_are_three_proposals(item: Callable[..., Record], put: Put) -> None:
    """PR-021、PR-034、PR-041 在我们手里，没有告知；PR-050 告知过。"""
    kept = [item(code) for code in ("PR-021", "PR-034", "PR-041")]
    put("property.told", item=item("PR-050"), way="短信", words="存放在 YH-Y", at="2026-07-01 10:00")
    found = [one for one in proposals.proposed(NOW) if one.check_id == "8.2.1-C8"]
    assert {one.thing for one in found} == {f"property.item {row.pk}" for row in kept}
    assert {one.quote for one in found} == {"货架"}


def test_what_happened_twice_to_one_thing_is_one_proposal_with_two_records(item: Callable[..., Record], put: Put) -> None:
    row = item("PR-029")
    for day in ("22", "25"):
        put("property.harmed", item=row, harm="damaged", what="木箱破损", at=f"2026-07-{day} 08:00")
    [one] = [one for one in proposals.proposed(NOW) if one.check_id == "8.5.3-C2"][:1]
    assert one.thing == f"property.item {row.pk}"
    assert len(one.rows) == 2


def test_what_was_raised_is_not_proposed_again_and_another_thing_is(item: Callable[..., Record]) -> None:
    item("PR-021")
    one = next(one for one in proposals.proposed(NOW) if one.check_id == "8.2.1-C8")
    shown = tuple((row._meta.label_lower, row.pk) for row in one.rows)
    raised = actions.propose(clause=one.clause, pattern=one.pattern.id, thing=one.thing, statement="没有告知", shown_by=shown, at=AT, by=1)
    assert raised.evidence.get().record == one.rows[0].pk
    assert offered(one.pattern.id) == []
    other = item("PR-034")
    assert [one.thing for one in offered(one.pattern.id)] == [f"property.item {other.pk}"]


def test_one_raised_without_a_thing_stands_for_all(item: Callable[..., Record], put: Put) -> None:
    item("PR-021")
    pattern = next(one for one in proposals.proposed(NOW) if one.check_id == "8.2.1-C8").pattern.id
    put("improvements.nonconformity", clause="8.2.1", statement="都没有告知", grade="major", pattern=pattern, at="2026-08-30")
    assert offered(pattern) == []


def test_several_raised_as_one_are_not_proposed_again_and_what_comes_later_is(item: Callable[..., Record]) -> None:
    """PR-021、PR-034 没有告知，并成一项提出；之后收进来的 PR-041 也没有告知，是另一件事。"""
    item("PR-021"), item("PR-034")
    together = offered(next(one for one in proposals.proposed(NOW) if one.check_id == "8.2.1-C8").pattern.id)
    shown = tuple((row._meta.label_lower, row.pk) for one in together for row in one.rows)
    pattern, clause = together[0].pattern.id, together[0].clause
    actions.propose(clause=clause, pattern=pattern, thing=proposals.SEVERAL, statement="没有告知", shown_by=shown, at=AT, by=1)
    assert offered(pattern) == []
    later = item("PR-041")
    assert [one.thing for one in offered(pattern)] == [f"property.item {later.pk}"]


def test_of_a_clause_that_does_not_apply_nothing_is_proposed(item: Callable[..., Record], put: Put) -> None:
    item("PR-021")
    boss = put("people.person", code="GM", name="顾望", at="2026-01-01")
    put("direction.excluded", clause="8.2", reason="没有顾客", decided_by=boss, review="2026-12-31", at="2026-02-01")
    assert not [one for one in proposals.proposed(NOW) if one.clause == "8.2.1"]


def test_with_nothing_written_down_nothing_is_proposed() -> None:
    assert proposals.proposed(NOW) == []


def test_a_sheet_without_its_service_is_proposed_with_whom_was_told_from_it(put: Put, customer: Party, offering: Record, decider: Record) -> None:
    """冷链干线的说明只讲产品：一条提议，带上这一版和照它说的两次；另一项讲全了的，不在里面。"""
    whole, other = (
        "what limits price times exclusions after complaining",
        put("offerings.offering", code="OF-04", name="整车", origin="before", at="2026-06-01"),
    )
    sheets = []
    for about, topics in ((offering, "what limits"), (other, whole)):
        kept = {"code": f"INFO-{about.pk}", "name": "说明", "audience": "顾客", "language": "both", "owner": "温如"}
        information = put("offerings.information", **kept, offering=about, at="2026-06-01")
        version = put("offerings.version", information=information, number="1", topics=topics, written_by=decider, valid_to="2026-12-31", at="2026-06-02")
        approver = put("people.person", code=f"QM-{about.pk}", name="温如", at="2026-05-01")
        put("offerings.approved", version=version, person=approver, at="2026-06-03")
        put("offerings.published", version=version, form="website", place="官网", at="2026-06-04")
        put("offerings.told", version=version, party=customer, topics="what", at="2026-06-05")
        sheets.append(version)
    put("offerings.told", version=sheets[0], party=customer, topics="what", at="2026-06-06")
    [one] = offered("8.2.1-N1")
    assert [row._meta.label_lower for row in one.rows] == ["offerings.offering", "offerings.version", "offerings.told", "offerings.told"]
    assert (one.rows[0].pk, one.rows[1].pk) == (offering.pk, sheets[0].pk)


def test_while_a_verdict_holds_its_failing_records_are_not_asked_for_again_and_once_it_moves_they_are(item: Callable[..., Record]) -> None:
    item("PR-021")
    assess.catch_up(AT)
    first = offered("8.2.1-N3")
    with CaptureQueriesContext(connection) as before:
        assert offered("8.2.1-N3") == first
    assert not [one for one in before if "property_told" in one["sql"]], "the check itself is not asked again"
    other = item("PR-034")
    assess.catch_up(AT)
    assert {one.thing for one in offered("8.2.1-N3")} == {first[0].thing, f"property.item {other.pk}"}
