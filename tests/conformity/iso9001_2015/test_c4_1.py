"""4.1 Context: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def issue(put: Put, boss: Record) -> Callable[..., Record]:
    def determine(code: str = "CX-1", **given: object) -> Record:
        whole = {"side": "external", "what": "台风季港口关闭", "owner": boss, "review": "2026-12-31", "at": "2026-01-10"}
        return put("direction.issue", code=code, **{**whole, **given})

    return determine


@turns_red("4.1-C1")
def test_an_issue_written_once_and_not_reviewed_for_years_fails(issue: Callable[..., Record], stands: Stands) -> None:
    issue(review="2028-01-01", at="2025-06-01")
    issue("CX-2", owner=None)
    assert stands("4.1-C1") == ("nonconforms", 2, 2)


@stays_green("4.1-C1")
def test_an_old_issue_that_somebody_looked_at_again_is_watched(issue: Callable[..., Record], put: Put, stands: Stands) -> None:
    old = issue(review="2026-06-01", at="2025-06-01")
    put("direction.reviewed", issue=old, changed=False, note="没有变化", review="2026-08-31", at="2026-05-30")
    gone = issue("CX-2", review="2026-02-01")
    put("direction.ended", issue=gone, reason="不再相关", at="2026-03-01")
    assert stands("4.1-C1") == ("conforms", 0, 1), "the day of review itself is in time, and what ended is not asked about"
    assert stands("4.1-C1", "2026-09-01 09:00") == ("nonconforms", 1, 1)


@turns_red("4.1-C2")
def test_a_decision_on_climate_without_a_reason_fails(put: Put, boss: Record, stands: Stands) -> None:
    put("direction.climate", relevant=False, decided_by=boss, review="2027-01-01", at="2026-02-01")
    assert stands("4.1-C2") == ("nonconforms", 1, 1)


@stays_green("4.1-C2")
def test_that_climate_is_not_relevant_is_a_decision_if_it_says_why(put: Put, boss: Record, stands: Stands) -> None:
    put("direction.climate", relevant=False, decided_by=boss, review="2027-01-01", at="2026-02-01")
    put("direction.climate", relevant=False, reason="运力由供方承担，已在 8.4 控制", decided_by=boss, review="2027-01-01", at="2026-02-02")
    assert stands("4.1-C2") == ("conforms", 0, 1)


@turns_red("4.1-C3")
def test_a_review_that_says_nothing_of_the_issues_fails(put: Put, stands: Stands) -> None:
    review = put("audits.review", code="MR-1", conclusion="适宜", next_due="2027-08-28", at="2026-08-28")
    put("audits.considered", review=review, input="issues", data="", until="2026-08-20", at="2026-08-28")
    assert stands("4.1-C3") == ("nonconforms", 1, 1)


@stays_green("4.1-C3")
def test_a_review_that_found_no_change_in_the_issues_looked_at_them(put: Put, stands: Stands) -> None:
    review = put("audits.review", code="MR-1", conclusion="适宜", next_due="2027-08-28", at="2026-08-28")
    put("audits.considered", review=review, input="issues", data="没有变化", until="2026-08-20", at="2026-08-28")
    assert stands("4.1-C3") == ("conforms", 0, 1)
