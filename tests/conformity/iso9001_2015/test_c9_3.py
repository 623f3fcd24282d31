"""9.3.1, 9.3.2, 9.3.3 Management review: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]

INPUTS = [
    "earlier",
    "issues",
    "satisfaction",
    "objectives",
    "conformity",
    "nonconformities",
    "measurements",
    "audits",
    "providers",
    "resources",
    "risks",
    "opportunities",
]


@pytest.fixture
def review(put: Put, boss: Record) -> Callable[..., Record]:
    def hold(code: str = "MR-1", at: str = "2026-08-28 14:00", *, top: bool = True, inputs: list[str] = INPUTS, until: str = "2026-08-20") -> Record:
        row = put("audits.review", code=code, conclusion="适宜、充分、有效", next_due="2027-08-27", at=at)
        put("audits.attended", review=row, person=boss, top=top, at=at)
        for one in inputs:
            put("audits.considered", review=row, input=one, data="见附表", until=until, at=at)
        return row

    return hold


@turns_red("9.3.1-C1")
def test_a_review_of_more_than_a_year_ago_fails(review: Callable[..., Record], stands: Stands) -> None:
    review(at="2025-08-30 09:00", until="2025-08-20")
    assert stands("9.3.1-C1") == ("nonconforms", 1, 1)


@stays_green("9.3.1-C1")
def test_of_two_reviews_the_newest_counts(review: Callable[..., Record], stands: Stands) -> None:
    review(at="2025-06-30 09:00", until="2025-06-20")
    review("MR-2")
    assert stands("9.3.1-C1") == ("conforms", 0, 1)


@turns_red("9.3.1-C2")
def test_a_review_without_top_management_fails(review: Callable[..., Record], stands: Stands) -> None:
    review(top=False)
    assert stands("9.3.1-C2") == ("nonconforms", 1, 1)


@stays_green("9.3.1-C2")
def test_a_review_with_top_management_among_others_conforms(review: Callable[..., Record], put: Put, person: Callable[..., Record], stands: Stands) -> None:
    put("audits.attended", review=review(), person=person(), top=False, at="2026-08-28 14:00")
    assert stands("9.3.1-C2") == ("conforms", 0, 1)


@turns_red("9.3.2-C1")
def test_a_review_that_did_not_look_at_providers_fails(review: Callable[..., Record], stands: Stands) -> None:
    review(inputs=[one for one in INPUTS if one != "providers"])
    assert stands("9.3.2-C1") == ("nonconforms", 1, 12)


@stays_green("9.3.2-C1")
def test_twelve_inputs_with_data_are_all(review: Callable[..., Record], stands: Stands) -> None:
    review()
    assert stands("9.3.2-C1") == ("conforms", 0, 12)


@turns_red("9.3.2-C2")
def test_data_that_end_46_days_before_the_review_are_old(review: Callable[..., Record], stands: Stands) -> None:
    review(inputs=["providers"], until="2026-07-13")
    assert stands("9.3.2-C2") == ("nonconforms", 1, 1)


@stays_green("9.3.2-C2")
def test_data_that_end_45_days_before_the_review_are_current(review: Callable[..., Record], stands: Stands) -> None:
    review(inputs=["providers"], until="2026-07-14")
    assert stands("9.3.2-C2") == ("conforms", 0, 1)


@turns_red("9.3.3-C1")
def test_a_review_that_says_nothing_on_resources_fails(review: Callable[..., Record], put: Put, stands: Stands) -> None:
    row = review()
    for output in ("improvement", "changes"):
        put("audits.concluded", review=row, output=output, conclusion="有", need=True, at="2026-08-28 15:00")
    assert stands("9.3.3-C1") == ("nonconforms", 1, 1)


@stays_green("9.3.3-C1")
def test_that_no_resources_are_needed_is_a_conclusion(review: Callable[..., Record], put: Put, stands: Stands) -> None:
    row = review()
    for output in ("improvement", "changes", "resources"):
        put("audits.concluded", review=row, output=output, conclusion="不需要", need=False, at="2026-08-28 15:00")
    assert stands("9.3.3-C1") == ("conforms", 0, 1)


@pytest.fixture
def decision(put: Put, review: Callable[..., Record], boss: Record) -> Record:
    said = put("audits.concluded", review=review(), output="improvement", conclusion="到期提醒", need=True, at="2026-08-28 15:00")
    return put("audits.decision", concluded=said, what="上线提醒", owner=boss, due="2026-09-15", at="2026-08-28 15:00")


@turns_red("9.3.3-C2")
def test_a_decision_that_was_not_carried_out_fails(decision: Record, stands: Stands) -> None:
    assert stands("9.3.3-C2", "2026-09-16 00:30") == ("nonconforms", 1, 1)
    assert stands("9.3.3-C2")[2] == 0


@stays_green("9.3.3-C2")
def test_one_decision_carried_out_on_its_day_is_in_time(decision: Record, put: Put, stands: Stands) -> None:
    put("audits.executed", decision=decision, what="已上线", at="2026-09-15 22:00")
    assert stands("9.3.3-C2", "2026-10-01 09:00") == ("conforms", 0, 1)
