"""9.2.1, 9.2.2 Internal audit: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def programme(put: Put, boss: Record) -> Record:
    whole = {"start": "2026-06-01", "until": "2026-08-31", "methods": "每季一次", "considered": "外包客服新近启用"}
    return put("audits.programme", code="AP-1", owner=boss, **whole, at="2026-05-20")


@pytest.fixture
def audit(put: Put, programme: Record, person: Callable[..., Record]) -> Callable[..., Record]:
    """An audit of 8.4.1 in a process; with `reported` it was finished then."""
    lead = person("IA", "孙内审")

    def plan(code: str = "AU-1", *, reported: str = "", process: Record | None = None, due: str = "2026-07-22") -> Record:
        row = put("audits.audit", code=code, programme=programme, scope="客服", criteria="ISO 9001:2015", lead=lead, due=due, at="2026-06-01")
        put("audits.examined", audit=row, clause="8.4.1", process=process, at="2026-07-20")
        if reported:
            put("audits.reported", audit=row, to=lead, summary="两项发现", at=reported)
        return row

    return plan


@turns_red("9.2.1-C1")
def test_an_outsourced_desk_that_was_never_audited_fails(audit: Callable[..., Record], put: Put, programme: Record, process: Record, stands: Stands) -> None:
    """审了 8.4.1，但没有在夜间热线审。"""
    put("audits.pair", programme=programme, clause="8.4.1", process=process, due="2026-08-30", at="2026-05-20")
    audit(reported="2026-07-22 18:00")
    assert stands("9.2.1-C1") == ("nonconforms", 1, 1)
    assert stands("9.2.1-C1", "2026-08-30 09:00")[2] == 0, "its day is not past"


@stays_green("9.2.1-C1")
def test_what_a_finished_audit_of_the_cycle_looked_at_is_covered(
    audit: Callable[..., Record], put: Put, programme: Record, process: Record, stands: Stands
) -> None:
    put("audits.pair", programme=programme, clause="8.4.1", process=process, due="2026-08-30", at="2026-05-20")
    put("audits.pair", programme=programme, clause="8.4.2", due="2026-08-31", at="2026-05-20")
    audit(reported="2026-07-22 18:00", process=process)
    assert stands("9.2.1-C1") == ("conforms", 0, 1)


@turns_red("9.2.1-C2")
def test_an_audit_finished_after_its_day_fails(audit: Callable[..., Record], stands: Stands) -> None:
    audit(reported="2026-07-23 09:00")
    assert stands("9.2.1-C2") == ("nonconforms", 1, 1)


@stays_green("9.2.1-C2")
def test_one_audit_finished_on_the_evening_of_its_day_is_as_planned(audit: Callable[..., Record], stands: Stands) -> None:
    audit(reported="2026-07-22 23:00")
    audit("AU-2", due="2026-08-31")
    assert stands("9.2.1-C2") == ("conforms", 0, 1), "all that was planned is counted: one is enough"


@turns_red("9.2.2-C1")
def test_an_auditor_whose_own_process_it_was_fails(
    audit: Callable[..., Record], put: Put, process: Record, person: Callable[..., Record], stands: Stands
) -> None:
    """事后才知道组员当时在那个过程工作。"""
    helper = person("A09", "苏望舒")
    put("audits.joined", audit=audit(process=process), person=helper, at="2026-07-20")
    put("audits.works", person=helper, process=process, at="2026-06-01")
    assert stands("9.2.2-C1") == ("nonconforms", 1, 1)


@stays_green("9.2.2-C1")
def test_who_left_the_process_before_may_audit_it(
    audit: Callable[..., Record], put: Put, process: Record, person: Callable[..., Record], stands: Stands
) -> None:
    put("audits.works", person=person("A09", "苏望舒"), process=process, at="2026-06-01")
    row = audit(process=process)
    put("audits.works", person=row.lead, process=process, until="2026-07-19", at="2026-06-01")
    assert stands("9.2.2-C1") == ("conforms", 0, 1), "a colleague who does not audit, and a lead who left the day before"


@turns_red("9.2.2-C2")
def test_an_audit_without_a_drawn_sample_fails(audit: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("audits.population", audit=audit(reported="2026-07-22"), words="全部过程", source="audits.programme", at="2026-07-20")
    assert stands("9.2.2-C2") == ("nonconforms", 1, 1), "frozen, and nothing drawn"


@stays_green("9.2.2-C2")
def test_a_sample_drawn_with_dice_can_be_drawn_again(audit: Callable[..., Record], put: Put, stands: Stands) -> None:
    audit("AU-2")
    frozen = put("audits.population", audit=audit(reported="2026-07-22"), words="全部方案", source="audits.programme", at="2026-07-20")
    put("audits.drawn", population=frozen, seed="3 5 1", n=1, at="2026-07-20")
    assert stands("9.2.2-C2") == ("conforms", 0, 1), "an audit under way is not asked"


WHOLE = {"clause": "8.4.1", "statement": "夜间热线无评价", "criterion": "8.4.1 评价", "evidence": "PV-06", "grade": "minor", "at": "2026-07-21"}


@turns_red("9.2.2-C3")
def test_a_finding_without_evidence_fails(audit: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("audits.finding", code="AF-1", audit=audit(), **{**WHOLE, "evidence": ""})
    assert stands("9.2.2-C3") == ("nonconforms", 1, 1)


@stays_green("9.2.2-C3")
def test_that_it_conforms_is_a_judgement(audit: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("audits.finding", code="AF-1", audit=audit(), **{**WHOLE, "grade": "conforms"})
    assert stands("9.2.2-C3") == ("conforms", 0, 1)


@turns_red("9.2.2-C4")
def test_a_finding_corrected_a_day_late_fails(audit: Callable[..., Record], put: Put, stands: Stands) -> None:
    finding = put("audits.finding", code="AF-1", audit=audit(), **WHOLE, due="2026-08-10")
    put("audits.corrected", finding=finding, what="补评价", at="2026-08-11")
    assert stands("9.2.2-C4") == ("nonconforms", 1, 1)


@stays_green("9.2.2-C4")
def test_an_opportunity_needs_no_correction_and_a_nonconformity_has_thirty_days(audit: Callable[..., Record], put: Put, stands: Stands) -> None:
    row = audit()
    put("audits.finding", code="AF-1", audit=row, **{**WHOLE, "grade": "opportunity"}, due="2026-08-01")
    late = put("audits.finding", code="AF-2", audit=row, **WHOLE)
    assert stands("9.2.2-C4", "2026-08-20 09:00") == ("no-evidence", 0, 0)
    put("audits.corrected", finding=late, what="补评价", at="2026-08-20 20:00")
    assert stands("9.2.2-C4") == ("conforms", 0, 1)
