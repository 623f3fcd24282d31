"""8.4.1 External provision: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Make = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@turns_red("8.4.1-C1")
def test_a_provider_that_is_none_of_the_three_cases_is_not_classified(provider: Make, stands: Stands) -> None:
    provider(cases="")
    assert stands("8.4.1-C1") == ("nonconforms", 1, 1)


@stays_green("8.4.1-C1")
def test_a_provider_that_was_let_go_need_not_be_classified(provider: Make, put: Put, stands: Stands) -> None:
    provider("PV-01", name="远汀干线", cases="b")
    put("suppliers.ceased", provider=provider("PV-02", name="旧承运", cases=""), reason="合同到期", at="2026-07-01")
    assert stands("8.4.1-C1") == ("conforms", 0, 1)
    assert stands("8.4.1-C1", "2026-06-30 09:00") == ("nonconforms", 1, 2), "as of the day before it was still active"


@turns_red("8.4.1-C2")
def test_four_invoices_of_an_unknown_haulier_are_one_unregistered_provider(put: Put, stands: Stands) -> None:
    for number in range(4):
        put("suppliers.named", sort="invoice", name="顺坡短驳", number=f"INV-{number}", what="短驳费", at=f"2026-07-0{number + 1}")
    assert stands("8.4.1-C2") == ("nonconforms", 1, 1)


@stays_green("8.4.1-C2")
def test_a_name_that_a_provider_goes_by_or_that_was_decided_to_be_none_is_known(provider: Make, put: Put, stands: Stands) -> None:
    put("suppliers.called", provider=provider("PV-05", name="朔风专线"), name="朔风物流有限公司", at="2026-06-01 09:00")
    put("suppliers.named", sort="invoice", name="朔风物流有限公司", at="2026-07-01")
    put("suppliers.named", sort="invoice", name="临澜物业", at="2026-07-02")
    put("suppliers.exempted", name="临澜物业", reason="办公楼物业，不影响服务", review="2026-08-31", at="2026-07-03")
    assert stands("8.4.1-C2") == ("conforms", 0, 1)
    assert stands("8.4.1-C2", "2026-09-01 09:00") == ("nonconforms", 1, 2), "past its review the decision no longer holds"


def test_recordings_without_a_provider_of_speech_recognition_show_a_gap(provider: Make, stands: Stands) -> None:
    book.write(Conversation(source="recording", key="r1", channel="phone", at=datetime(2026, 7, 1, tzinfo=ZONE)), act="test")
    assert stands("8.4.1-C2") == ("nonconforms", 1, 1)
    provider("PV-07", name="澄声语音", sort="recognition", cases="c")
    assert stands("8.4.1-C2") == ("conforms", 0, 1)


def test_each_process_is_answered_for_and_a_yes_has_a_provider_with_a_control(
    process: Record, provider: Make, plan: Make, person: Make, put: Put, stands: Stands
) -> None:
    assert stands("8.4.1-C2") == ("nonconforms", 1, 1), "nobody answered"
    put("suppliers.identified", process=process, outside=True, what="夜间热线外包", review="2026-12-01", at="2026-06-01")
    assert stands("8.4.1-C2") == ("nonconforms", 1, 1), "a yes without a provider"
    desk = provider()
    put("suppliers.provision", provider=desk, process=process, type="process", what="22 点至 8 点接听", reason="夜间人手不足", decided_by=person(), at=desk.at)
    assert stands("8.4.1-C2") == ("nonconforms", 1, 1), "a provider without a control"
    plan(desk)
    assert stands("8.4.1-C2") == ("conforms", 0, 1)


def test_a_no_is_an_answer_until_its_review(process: Record, put: Put, stands: Stands) -> None:
    put("suppliers.identified", process=process, outside=False, review="2026-08-31", at="2026-06-01")
    assert stands("8.4.1-C2") == ("conforms", 0, 1)
    assert stands("8.4.1-C2", "2026-09-01 09:00") == ("nonconforms", 1, 1)


@turns_red("8.4.1-C3")
def test_a_night_hotline_in_use_without_an_evaluation_fails(provider: Make, evaluate: Make, four_sets: dict[str, Record], stands: Stands) -> None:
    provider("PV-06")
    evaluate(provider("PV-01", name="远汀干线"), four_sets["evaluation"])
    assert stands("8.4.1-C3") == ("nonconforms", 1, 2)


@stays_green("8.4.1-C3")
def test_an_evaluation_by_the_version_then_in_force_stays_one(
    provider: Make, evaluate: Make, criteria: Make, four_sets: dict[str, Record], stands: Stands
) -> None:
    evaluate(provider(), four_sets["evaluation"], at="2026-07-01 10:00")
    criteria("evaluation", "2", at="2026-07-02")
    assert stands("8.4.1-C3") == ("conforms", 0, 1)


def test_an_evaluation_by_a_version_that_was_replaced_already_is_none(
    provider: Make, evaluate: Make, criteria: Make, four_sets: dict[str, Record], stands: Stands
) -> None:
    criteria("evaluation", "2", at="2026-06-30")
    evaluate(provider(), four_sets["evaluation"], at="2026-07-01 10:00")
    assert stands("8.4.1-C3") == ("nonconforms", 1, 1)


def test_price_alone_measures_no_ability(provider: Make, evaluate: Make, criteria: Make, four_sets: dict[str, Record], stands: Stands) -> None:
    evaluate(provider(), criteria("selection", "2", price=True, at="2026-05-01"))
    assert stands("8.4.1-C3") == ("nonconforms", 1, 1)


def test_while_one_of_the_four_sets_is_missing_no_provider_was_judged_by_criteria(provider: Make, evaluate: Make, criteria: Make, stands: Stands) -> None:
    sets = {use: criteria(use) for use in ("evaluation", "selection", "monitoring")}
    evaluate(provider(), sets["evaluation"])
    assert stands("8.4.1-C3") == ("nonconforms", 1, 1)
    criteria("re-evaluation", at="2026-08-01")
    assert stands("8.4.1-C3") == ("conforms", 0, 1)


@pytest.fixture
def yardstick(put: Put) -> Make:
    def watch(provider: Record, **given: object) -> Record:
        return put("suppliers.yardstick", provider=provider, **{"indicator": "on-time", "target": "95", "every": "month", "at": "2026-06-01 10:00", **given})

    return watch


@pytest.fixture
def month(put: Put) -> Make:
    def count(yardstick: Record, number: int, *, n: int = 200, met: int = 196) -> Record:
        days = {6: 30, 7: 31, 8: 31}[number]
        period = {"start": f"2026-0{number}-01", "until": f"2026-0{number}-{days}", "at": f"2026-0{number + 1}-03 09:00"}
        return put("suppliers.measured", yardstick=yardstick, n=n, met=met, source="运单签收时间", **period)

    return count


@turns_red("8.4.1-C4")
def test_a_month_that_nobody_counted_is_missing(provider: Make, yardstick: Make, month: Make, stands: Stands) -> None:
    """6 月没有统计；到 7 月 16 日以后就缺一期。"""
    yardstick(provider("PV-05", name="朔风专线"))
    provider("PV-01", name="远汀干线", at="2026-07-20")
    assert stands("8.4.1-C4", "2026-07-30 09:00") == ("nonconforms", 1, 1)


@stays_green("8.4.1-C4")
def test_the_last_months_figures_may_take_two_weeks(provider: Make, yardstick: Make, month: Make, stands: Stands) -> None:
    month(yardstick(provider()), 6)
    assert stands("8.4.1-C4", "2026-08-14 09:00")[1:] == (0, 1), "July is counted until the middle of August"
    assert stands("8.4.1-C4", "2026-08-16 09:00")[1:] == (1, 2)


def test_a_month_left_out_is_seen_at_the_next_and_one_that_follows_on_is_not(provider: Make, yardstick: Make, month: Make, stands: Stands) -> None:
    carrier, other = provider("PV-01", name="远汀干线"), provider("PV-02", name="岑驰冷链")
    month(whole := yardstick(carrier), 6)
    month(whole, 7)
    assert stands("8.4.1-C4", "2026-08-05 09:00")[1] == 1, "only the other provider, which nobody watches"
    month(holed := yardstick(other), 6)
    month(holed, 8)
    assert stands("8.4.1-C4", "2026-09-05 09:00")[1:] == (1, 4)


def test_a_provider_that_nobody_watches_is_missing_after_its_first_period(provider: Make, stands: Stands) -> None:
    provider()
    assert stands("8.4.1-C4", "2026-07-15 09:00") == ("no-evidence", 0, 0)
    assert stands("8.4.1-C4", "2026-07-18 09:00")[1:] == (1, 1)


@turns_red("8.4.1-C5")
def test_a_score_of_61_with_a_limit_of_70_and_no_action_fails(provider: Make, evaluate: Make, four_sets: dict[str, Record], stands: Stands) -> None:
    evaluate(provider("PV-02", name="岑驰冷链"), four_sets["evaluation"], score=61, result="conditional", at="2026-07-10 10:00")
    assert stands("8.4.1-C5", "2026-07-12 09:00") == ("no-evidence", 0, 0), "within a week an action may still come"
    assert stands("8.4.1-C5") == ("nonconforms", 1, 1)


@stays_green("8.4.1-C5")
def test_a_score_of_70_is_not_below_70_and_a_lower_one_with_an_action_under_way_is_seen_to(
    provider: Make, evaluate: Make, person: Make, four_sets: dict[str, Record], put: Put, stands: Stands
) -> None:
    evaluate(provider("PV-01", name="远汀干线"), four_sets["evaluation"], score=70)
    low = evaluate(cold := provider("PV-02", name="岑驰冷链"), four_sets["evaluation"], score=61, result="conditional", at="2026-07-10 10:00")
    put("suppliers.action", provider=cold, what="装车前预冷", owner=person(), due="2026-08-31", evaluated=low, at="2026-07-11")
    assert stands("8.4.1-C5") == ("conforms", 0, 1)
    assert stands("8.4.1-C5", "2026-09-01 09:00") == ("nonconforms", 1, 1), "overdue and not carried out is not tracked"


def test_a_month_below_target_wants_an_action_and_one_at_target_does_not(provider: Make, yardstick: Make, month: Make, stands: Stands) -> None:
    month(on_time := yardstick(provider()), 6, n=200, met=190)
    month(on_time, 7, n=200, met=189)
    assert stands("8.4.1-C5") == ("nonconforms", 1, 1)


@turns_red("8.4.1-C6")
def test_a_re_evaluation_due_on_06_30_is_overdue_in_august(provider: Make, evaluate: Make, four_sets: dict[str, Record], stands: Stands) -> None:
    evaluate(provider("PV-05", name="朔风专线"), four_sets["evaluation"], next_due="2026-06-30")
    assert stands("8.4.1-C6") == ("nonconforms", 1, 1)


@stays_green("8.4.1-C6")
def test_on_the_day_itself_it_is_not_overdue(provider: Make, evaluate: Make, four_sets: dict[str, Record], stands: Stands) -> None:
    provider("PV-06")
    evaluate(provider("PV-05", name="朔风专线"), four_sets["evaluation"], next_due="2026-08-31")
    assert stands("8.4.1-C6") == ("conforms", 0, 1), "who was never evaluated is C3's"


def test_no_date_makes_an_evaluation_last_longer_than_a_year(provider: Make, evaluate: Make, criteria: Make, stands: Stands) -> None:
    first = criteria("evaluation", at="2025-01-01")
    evaluate(provider(at="2025-06-01"), first, at="2025-08-30 10:00", next_due="2027-06-01")
    assert stands("8.4.1-C6") == ("nonconforms", 1, 1)
