"""8.5.5 Post-delivery activities: arranged, considered, done in time, by the law, and learned from."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Place = Callable[..., Record]

WHOLE = {
    "code": "OB-1", "sort": "visit", "basis": "promised", "what": "回访", "who": "客服", "how": "电话", "means": "回访话术", "days": 3,
    "statutory": "无专门规定", "consequences": "隐性损坏", "nature": "索赔期 7 天", "requirements": "合同第 8 条", "feedback": "CP-008", "at": "2026-06-01",
}  # fmt: skip


@turns_red("8.5.5-C1")
@pytest.mark.parametrize("column", ["who", "how", "means", "days"])
def test_an_obligation_that_lacks_one_of_its_arrangements_fails(offering: Record, put: Put, stands: Stands, column: str) -> None:
    put("offerings.obligation", offering=offering, **{**WHOLE, column: ""})
    assert stands("8.5.5-C1") == ("nonconforms", 1, 1)


@stays_green("8.5.5-C1")
def test_one_whole_obligation_is_enough_and_a_lifted_one_does_not_count(offering: Record, put: Put, stands: Stands) -> None:
    put("offerings.obligation", offering=offering, **WHOLE)
    old = put("offerings.obligation", offering=offering, **{**WHOLE, "code": "OB-0", "who": ""})
    assert stands("8.5.5-C1") == ("nonconforms", 1, 1)
    put("offerings.lifted", obligation=old, reason="由 OB-1 代替", at="2026-06-02")
    assert stands("8.5.5-C1") == ("conforms", 0, 1)


@turns_red("8.5.5-C2")
def test_all_five_considered_but_no_thought_of_how_it_may_fail(offering: Record, put: Put, stands: Stands) -> None:
    """冷链干线没有一种失效方式。"""
    put("offerings.obligation", offering=offering, **WHOLE)
    assert stands("8.5.5-C2") == ("nonconforms", 1, 1)


@pytest.fixture
def mode(offering: Record, put: Put) -> Record:
    """One way in which it may not work as intended."""
    return put("offerings.mode", code="FM-1", offering=offering, what="温度超限", consequence="货物变质", followup="换货并赔付", at="2026-06-01")


@pytest.mark.parametrize("column", ["statutory", "consequences", "nature", "requirements", "feedback"])
def test_one_consideration_left_out_is_one_too_many(offering: Record, mode: Record, put: Put, stands: Stands, column: str) -> None:
    put("offerings.obligation", offering=offering, **{**WHOLE, column: ""})
    assert stands("8.5.5-C2") == ("nonconforms", 1, 1)


@stays_green("8.5.5-C2")
def test_five_considerations_and_a_mode_of_failure_are_considered_even_if_not_arranged(offering: Record, mode: Record, put: Put, stands: Stands) -> None:
    put("offerings.obligation", offering=offering, **{**WHOLE, "who": ""})
    assert stands("8.5.5-C2") == ("conforms", 0, 1)


@pytest.fixture
def visit(order: Place, put: Put) -> Record:
    """A follow-up call due on 06-20 at noon."""
    return put("deliveries.activity", order=order(), sort="visit", what="回访", due="2026-06-20 12:00", at="2026-06-17")


@turns_red("8.5.5-C3")
def test_a_call_that_nobody_answered_was_tried_but_not_done(visit: Record, put: Put, stands: Stands) -> None:
    put("deliveries.tried", activity=visit, outcome="无人接听", at="2026-06-19")
    assert stands("8.5.5-C3") == ("nonconforms", 1, 1)


@stays_green("8.5.5-C3")
def test_a_call_made_at_the_last_minute_is_in_time(visit: Record, put: Put, stands: Stands) -> None:
    put("deliveries.done", activity=visit, result="满意", at="2026-06-20 12:00")
    assert stands("8.5.5-C3")[1:] == (0, 1)


@pytest.fixture
def ask_back(order: Place, put: Put) -> Callable[..., Record]:
    """Ask for a return, received on 06-11, under the law of seven days."""
    law = put("offerings.statute", code="LAW-2", name="七日退货", sort="returns", source="消费者权益保护法第二十四条", days=7, at="2026-06-01")
    given = {"code": "RT-1", "order": order(), "what": "不要了", "received": "2026-06-11", "statute": law, "at": "2026-06-19"}
    return lambda asked, **more: put("deliveries.return", **{**given, "asked": asked, **more})


@turns_red("8.5.5-C4")
def test_a_return_refused_on_the_seventh_day_breaks_the_law(ask_back: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("deliveries.decided", case=ask_back("2026-06-18"), granted=False, why="不退", at="2026-06-19")
    assert stands("8.5.5-C4") == ("nonconforms", 1, 1)


@stays_green("8.5.5-C4")
def test_a_return_refused_on_the_eighth_day_does_not(ask_back: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("deliveries.decided", case=ask_back("2026-06-19"), granted=False, why="已过七日", at="2026-06-19")
    assert stands("8.5.5-C4") == ("conforms", 0, 1)


@pytest.mark.parametrize(("more", "failing"), [({"excluded": "定作商品"}, 0), ({"statute": None}, 1)])
def test_a_refusal_rests_on_an_exception_in_the_law_or_on_nothing(
    ask_back: Callable[..., Record], put: Put, stands: Stands, more: dict[str, object], failing: int
) -> None:
    put("deliveries.decided", case=ask_back("2026-06-12", **more), granted=False, why="不退", at="2026-06-19")
    assert stands("8.5.5-C4")[1:] == (failing, 1)


@turns_red("8.5.5-C5")
def test_three_failures_of_one_kind_this_season_call_for_something(offering: Record, mode: Record, put: Put, stands: Stands) -> None:
    for day in ("01", "02", "03"):
        put("offerings.failed", offering=offering, mode=mode, what="9 ℃", at=f"2026-08-{day}")
    assert stands("8.5.5-C5") == ("nonconforms", 1, 1)


@stays_green("8.5.5-C5")
def test_with_improvement_begun_they_are_attended_and_two_are_not_yet_a_pattern(offering: Record, mode: Record, put: Put, stands: Stands) -> None:
    for day in ("01", "02"):
        put("offerings.failed", offering=offering, mode=mode, what="9 ℃", at=f"2026-08-{day}")
    put("offerings.failed", offering=offering, mode=mode, what="9 ℃", at="2026-06-01 10:00")
    assert stands("8.5.5-C5")[2] == 0, "the third lies more than 90 days back"
    put("offerings.failed", offering=offering, mode=mode, what="9 ℃", at="2026-08-03")
    put("offerings.improved", mode=mode, what="加装温度报警", action="CAPA-005", at="2026-08-10")
    assert stands("8.5.5-C5") == ("conforms", 0, 1)


def complain(put: Put, customer: Record, mode: str, *days: str) -> None:
    """Let a customer complain on these days, each found to have failed in a mode."""
    person = put("people.person", code="A03", name="沈若川", at="2026-02-01")
    for number, day in enumerate(days):
        row = put("complaints.complaint", code=f"CP-{number}", party=customer, what="到货 9 ℃", at=f"{day} 09:00")
        put("complaints.investigated", complaint=row, person=person, what="制冷停了", cause="product", mode=mode, at=f"{day} 15:00")


@turns_red("8.5.5-C5")
def test_complaints_that_dwindled_are_a_change_too_and_ask_for_a_review(offering: Record, customer: Record, put: Put, stands: Stands) -> None:
    """之前 90 天有六起，近 90 天一起也没有：不算常见，但变了，交付后安排要复查；复查过就行。"""
    mode = put("offerings.mode", code="FM-1", offering=offering, what="温度超限", consequence="货物变质", followup="换货并赔付", at="2026-06-01")
    owed = put("offerings.obligation", offering=offering, **WHOLE)
    complain(put, customer, "FM-1", *(f"2026-06-{day:02d}" for day in range(5, 11)))
    put("offerings.failed", offering=offering, mode=mode, what="9 ℃", complaint="CP-0", at="2026-06-05")
    assert stands("8.5.5-C5", "2026-11-25 09:00") == ("nonconforms", 1, 1)
    put("offerings.reconsidered", obligation=owed, why="这类投诉没有了", review="2027-06-30", at="2026-11-20")
    assert stands("8.5.5-C5", "2026-11-25 09:00") == ("conforms", 0, 1)


@stays_green("8.5.5-C5")
def test_two_more_than_before_may_be_chance_and_a_failure_and_its_complaint_are_one_case(offering: Record, customer: Record, put: Put, stands: Stands) -> None:
    """之前五起，近来没有：可能是巧合；其中一起既登记了投诉又登记了失效，不算成六起。"""
    mode = put("offerings.mode", code="FM-1", offering=offering, what="温度超限", consequence="货物变质", followup="换货并赔付", at="2026-06-01")
    complain(put, customer, "FM-1", *(f"2026-06-{day:02d}" for day in range(5, 10)))
    put("offerings.failed", offering=offering, mode=mode, what="9 ℃", complaint="CP-0", at="2026-06-05")
    assert stands("8.5.5-C5", "2026-11-25 09:00")[2] == 0


def test_a_mode_known_for_less_than_a_month_before_this_season_has_nothing_to_compare_with(
    offering: Record, customer: Record, put: Put, stands: Stands
) -> None:
    put("offerings.mode", code="FM-1", offering=offering, what="温度超限", consequence="货物变质", followup="换货并赔付", at="2026-06-01")
    complain(put, customer, "FM-1", *(f"2026-06-{day:02d}" for day in range(15, 23)))
    assert stands("8.5.5-C5", "2026-09-13 09:00")[2] == 0
