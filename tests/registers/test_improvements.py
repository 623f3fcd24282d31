"""Improvements: what cannot be written down, how a nonconformity stands as of earlier days, PN-79 with its near misses."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import LATER, ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, strike, write
from lingting.registers.improvements import queries
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


def day(words: str) -> Moment:
    return Moment(datetime.fromisoformat(words).replace(tzinfo=ZONE))


NOW = day("2026-08-31 09:00")


def refused(label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[f"improvements.{label}"], {"at": "2026-07-01", **given}, by=1, now=LATER, zone=ZONE)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def owner(put: Put) -> Record:
    return put("people.person", code="SV2", name="白露", at="2026-01-01")


@pytest.fixture
def judge(put: Put) -> Record:
    return put("people.person", code="IA", name="孙内审", at="2026-01-01")


@pytest.fixture
def raised(put: Put) -> Callable[..., Record]:
    def write_down(code: str = "NC-1", at: str = "2026-06-01 09:00") -> Record:
        return put("improvements.nonconformity", code=code, clause="8.4.1", statement="PV-06 无评价", grade="minor", at=at)

    return write_down


@pytest.fixture
def capa(raised: Callable[..., Record], put: Put, owner: Record) -> Callable[..., Record]:
    def undertake(code: str, due: str = "2026-06-20", *, done: str = "", closed: str = "") -> Record:
        row = raised(f"NC-{code}")
        put("improvements.analysed", nonconformity=row, cause="system", why="没有关口", similar="查了全部供方", at="2026-06-02")
        action = put("improvements.action", code=code, nonconformity=row, what="加关口", owner=owner, due=due, at="2026-06-03")
        if done:
            put("improvements.done", action=action, what="已上线", at=done)
        if closed:
            put("improvements.closed", nonconformity=row, note="完成", at=closed)
        return action

    return undertake


def test_one_due_on_08_15_is_open_and_one_was_closed_without_a_check_of_its_effect(capa: Callable[..., Record], put: Put, judge: Record) -> None:
    """PN-79：CAPA-004 逾期未完成；CAPA-002 关闭而没有效果检查。近似而不算：到今天才到期的、关闭前由别人验证过的。"""
    capa("CAPA-004", "2026-08-15")
    capa("CAPA-005", "2026-08-31")
    capa("CAPA-002", done="2026-06-15", closed="2026-06-20")
    proved = capa("CAPA-003", done="2026-06-15")
    put("improvements.verified", action=proved, effective=True, evidence="两家新供方都有评价", judged_by=judge, at="2026-06-29")
    put("improvements.closed", nonconformity=proved.nonconformity, note="有效", at="2026-06-30")
    assert [row.code for row in queries.overdue_actions(NOW)] == ["CAPA-004"]
    assert [row.code for row in queries.unverified(NOW)] == ["CAPA-002"]
    assert [row.code for row in queries.closed_unverified(NOW)] == ["NC-CAPA-002"]
    assert queries.overdue_actions(day("2026-08-15 23:00")).count() == 0


def test_a_verification_by_the_owner_or_too_soon_is_none(capa: Callable[..., Record], put: Put, owner: Record, judge: Record) -> None:
    action = capa("CAPA-1", done="2026-06-15")
    given = {"action": action, "effective": True, "evidence": "看了"}
    assert refused("verified", **given, judged_by=owner) == {"judged_by"}
    put("improvements.verified", **given, judged_by=judge, at="2026-06-28")
    put("improvements.closed", nonconformity=action.nonconformity, note="完成", at="2026-06-30")
    assert queries.unverified(NOW).count() == 1, "13 days after it was done"


def test_a_check_and_its_day_are_named_together(capa: Callable[..., Record], judge: Record) -> None:
    given = {"action": capa("CAPA-1"), "effective": True, "evidence": "数了", "judged_by": judge}
    assert refused("verified", **given, check_id="8.2.1-H1") == {"since"}
    assert refused("verified", **given, since="2026-06-01") == {"since"}
    assert refused("verified", **given, check_id="8.2.1-X9", since="2026-06-01") == {"check_id"}
    assert refused("verified", **given, check_id="8.2.1-H1", since="2026-07-02") == {"since"}


def test_a_nonconformity_is_closed_after_its_cause_and_its_actions(capa: Callable[..., Record], raised: Callable[..., Record]) -> None:
    assert refused("closed", nonconformity=raised(), note="好了") == {"nonconformity"}
    assert refused("closed", nonconformity=capa("CAPA-1").nonconformity, note="好了") == {"nonconformity"}, "its action is not carried out"


def test_a_closing_entered_by_mistake_is_struck_out_and_can_be_entered_again(capa: Callable[..., Record], put: Put) -> None:
    row = capa("CAPA-1", done="2026-06-15").nonconformity
    closing = put("improvements.closed", nonconformity=row, note="看错了", at="2026-06-20")
    assert refused("closed", nonconformity=row, note="再关") == {"nonconformity"}
    strike(closing, reason="看错了", at=datetime(2026, 6, 21, tzinfo=ZONE), by=1)
    assert (queries.stands(row, day("2026-06-20 12:00")), queries.stands(row, NOW)) == ("closed_unverified", "contained_late")
    put("improvements.closed", nonconformity=row, note="完成", at="2026-06-25")


def test_how_one_stands_follows_its_records(raised: Callable[..., Record], put: Put) -> None:
    row = raised()
    put("improvements.contained", nonconformity=row, what="当天补评价", at="2026-06-01 15:00")
    assert queries.stands(row, day("2026-05-31 09:00")) == ""
    assert queries.stands(row, NOW) == "open_"


def test_a_complaint_is_judged_once_and_is_either_heard_or_registered(put: Put, customer: Party) -> None:
    complaint = put("complaints.complaint", code="CP-1", party=customer, what="晚到", at="2026-06-01")
    assert refused("weighed", reason="没有证据") == {"complaint"}
    put("improvements.weighed", complaint=complaint, reason="不是我们的线路", at="2026-06-02")
    assert refused("weighed", complaint=complaint, reason="再判") == {"complaint"}


def test_only_clauses_and_patterns_of_the_catalog_are_named() -> None:
    given = {"statement": "x", "grade": "minor"}
    assert refused("nonconformity", clause="8.2", **given) == {"clause"}
    assert refused("nonconformity", clause="8.2.1", pattern="8.2.1-N99", **given) == {"pattern"}


def test_days_that_cannot_be_are_refused(raised: Callable[..., Record], owner: Record) -> None:
    row = raised(at="2026-07-02")
    assert refused("contained", nonconformity=row, what="x") == {"at"}
    assert refused("analysed", nonconformity=row, cause="will", why="x", similar="x") == {"at"}
    assert refused("action", nonconformity=row, what="x", owner=owner, due="2026-06-30", look="2026-06-29") == {"due", "look"}


def test_an_effect_that_was_to_be_checked_and_was_not_is_listed(raised: Callable[..., Record], put: Put, owner: Record, judge: Record) -> None:
    action = put("improvements.action", nonconformity=raised(), what="x", owner=owner, due="2026-06-20", look="2026-07-20", at="2026-06-03")
    assert [queries.effect_overdue(day(words)).count() for words in ("2026-07-20 23:00", "2026-07-21 09:00")] == [0, 1]
    put("improvements.verified", action=action, effective=False, evidence="没用", judged_by=judge, at="2026-07-21")
    assert queries.effect_overdue(NOW).count() == 0


def test_a_concession_is_entered_before_it_is_used_and_a_named_customer_is_affected(put: Put, customer: Party, owner: Record) -> None:
    assert refused("output", code="NO-1", what="x", affects=False, party=customer) == {"affects"}
    row = put("improvements.output", code="NO-1", what="x", affects=True, party=customer, at="2026-06-01")
    assert refused("disposed", output=row, ways="concession", what="放行", decided_by=owner) == {"ways"}


def test_who_suggested_it_is_told_after_it_was_decided(put: Put, customer: Party, owner: Record) -> None:
    """您说了，我们改了：做完没告诉的列出来，没做的不列。"""
    said = put("improvements.opportunity", code="OP-1", what="到货短信", origin="customer", party=customer, at="2026-06-01")
    put("improvements.opportunity", code="OP-2", what="夜间派送", origin="customer", party=customer, at="2026-06-01")
    assert refused("told", opportunity=said, way="短信", words="改了") == {"opportunity"}
    put("improvements.chosen", opportunity=said, taken=True, reason="多人要", decided_by=owner, at="2026-06-05")
    put("improvements.finished", opportunity=said, what="上线", at="2026-07-01")
    assert [row.code for row in queries.untold(NOW)] == ["OP-1"]
    put("improvements.told", opportunity=said, way="短信", words="您说的到货短信上线了", at="2026-07-02")
    assert queries.untold(NOW).count() == 0
    assert {row._meta.model_name for row in queries.about([customer.pk])} == {"opportunity", "told"}


def test_whoever_complained_is_told_once_something_was_done(capa: Callable[..., Record], put: Put, customer: Party, judge: Record) -> None:
    """投诉查成不合格，措施有效，没有告诉投诉的人：列出来；没人投诉过的那项不列；告诉了就不再列。"""
    complaint = put("complaints.complaint", code="CP-1", party=customer, what="没有回电", at="2026-06-01")
    somebody = put("parties.party", category="customer", internal=False, name="别人", at="2026-05-01")
    action, other = capa("A"), capa("B", done="2026-06-10")
    told = {"nonconformity": action.nonconformity, "party": customer, "complaint": complaint, "way": "电话", "words": "改了"}
    put("improvements.weighed", complaint=complaint, nonconformity=action.nonconformity, reason="没有回电", at="2026-06-02")
    assert refused("answered", **told) == {"nonconformity"}
    put("improvements.done", action=action, what="到点提醒", at="2026-06-10")
    assert queries.unanswered(NOW).count() == 0, "whether it works is not known yet"
    for one in (action, other):
        put("improvements.verified", action=one, effective=True, evidence="又数了一遍", judged_by=judge, at="2026-07-01")
    assert list(queries.unanswered(NOW)) == [action.nonconformity]
    assert refused("answered", **told | {"party": somebody}) == {"party"}
    put("improvements.answered", **told, at="2026-07-02")
    assert queries.unanswered(NOW).count() == 0
    assert {row._meta.model_name for row in queries.about([customer.pk])} == {"answered"}


def test_a_figure_of_no_case_compares_nothing(put: Put) -> None:
    idea = put("improvements.opportunity", code="OP-1", what="x", origin="employee", at="2026-06-01")
    indicator = put("direction.indicator", code="KPI-1", name="x", topic="conformity", better="lower", at="2026-06-01")
    assert refused("compared", opportunity=idea, indicator=indicator, before=1, n_before=0, after=1, n_after=3, conclusion="x") == {"n_before"}
