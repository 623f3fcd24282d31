"""8.4.2 Type and extent of control: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation, Heard

pytestmark = pytest.mark.django_db
Make = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@turns_red("8.4.2-C1")
def test_a_high_impact_with_three_controls_is_controlled_too_little_whatever_the_reason(provider: Make, rate: Make, plan: Make, stands: Stands) -> None:
    rate(carrier := provider("PV-01", name="远汀干线"))
    plan(carrier, on_output="inspection", justification="合作多年", review="2026-12-31")
    assert stands("8.4.2-C1") == ("nonconforms", 1, 1)


@stays_green("8.4.2-C1")
def test_a_map_with_one_control_and_a_reason_is_controlled_enough(provider: Make, rate: Make, plan: Make, stands: Stands) -> None:
    rate(maps := provider("PV-09", name="图南地图", cases="a", sort="data"), "low")
    plan(maps, on_provider="", on_output="test", justification="错误由派单员当场发现，影响小", review="2026-08-31")
    assert stands("8.4.2-C1") == ("conforms", 0, 1)
    assert stands("8.4.2-C1", "2026-09-01 09:00") == ("nonconforms", 1, 1), "past its review the reason no longer holds"


def test_four_controls_are_enough_for_a_high_impact_and_five_while_on_conditions(
    provider: Make, rate: Make, plan: Make, evaluate: Make, four_sets: dict[str, Record], stands: Stands
) -> None:
    rate(carrier := provider("PV-02", name="岑驰冷链"))
    plan(carrier)
    assert stands("8.4.2-C1") == ("conforms", 0, 1)
    evaluate(carrier, four_sets["evaluation"], score=61, result="conditional", at="2026-07-10 10:00")
    assert stands("8.4.2-C1") == ("nonconforms", 1, 1)
    plan(carrier, on_provider="audit indicators report", at="2026-07-12 10:00")
    assert stands("8.4.2-C1") == ("conforms", 0, 1)


def test_a_provider_that_nobody_rated_cannot_be_controlled_to_match(provider: Make, plan: Make, stands: Stands) -> None:
    plan(provider())
    assert stands("8.4.2-C1") == ("nonconforms", 1, 1)


@turns_red("8.4.2-C2")
def test_speech_recognition_without_a_control_on_its_output_is_a_gap(provider: Make, rate: Make, plan: Make, stands: Stands) -> None:
    rate(ear := provider("PV-07", name="澄声语音", sort="recognition", cases="c"), "medium")
    plan(ear, on_provider="audit report indicators", on_output="", justification="合同有保证", review="2026-12-31")
    assert stands("8.4.2-C2") == ("nonconforms", 1, 1)


@stays_green("8.4.2-C2")
def test_few_controls_with_a_reason_on_a_low_impact_are_no_gap(provider: Make, rate: Make, plan: Make, stands: Stands) -> None:
    rate(maps := provider("PV-09", name="图南地图", cases="a", sort="data"), "low")
    plan(maps, on_provider="", on_output="", at="2026-06-02")
    plan(maps, on_provider="", on_output="test", justification="错误由派单员当场发现，影响小", review="2026-12-31", at="2026-06-03")
    assert stands("8.4.2-C2") == ("conforms", 0, 1), "the newest plan counts"


@pytest.fixture
def night_calls() -> list[Record]:
    """Three calls at night, two of them held by the provider's people; the numbers tell."""
    at = datetime(2026, 6, 20, 23, tzinfo=ZONE)
    calls = [Conversation(source="table", key=key, channel="phone", at=at) for key in ("NL-1", "NL-2", "A-1")]
    book.write(*calls, act="test")
    return calls


def listen(call: Record, at: str) -> None:
    book.write(Heard(conversation=call, pack="p", turns=4, at=datetime.fromisoformat(at).replace(tzinfo=ZONE)), act="test")


@turns_red("8.4.2-C3")
def test_calls_of_a_night_hotline_that_nobody_inspected_fail(provider: Make, put: Make, night_calls: list[Record], stands: Stands) -> None:
    """PV-06：6 月的夜间会话一次也没有质检。"""
    put("suppliers.desk", provider=provider(), source="table", prefix="NL-", at="2026-06-01 09:00")
    listen(night_calls[2], "2026-06-21 08:00")
    assert stands("8.4.2-C3") == ("nonconforms", 2, 2)


@stays_green("8.4.2-C3")
def test_our_own_calls_are_not_theirs_and_theirs_have_a_day(provider: Make, put: Make, night_calls: list[Record], stands: Stands) -> None:
    put("suppliers.desk", provider=provider(), source="table", prefix="NL-", at="2026-06-01 09:00")
    listen(night_calls[0], "2026-06-21 08:00")
    assert stands("8.4.2-C3", "2026-06-21 22:00") == ("conforms", 0, 1)
    assert stands("8.4.2-C3", "2026-06-22 00:00") == ("nonconforms", 1, 2)


def test_a_single_call_can_be_named_as_theirs(provider: Make, put: Make, night_calls: list[Record], stands: Stands) -> None:
    put("suppliers.handled", provider=provider(), conversation=night_calls[2], at="2026-06-20 23:30")
    assert stands("8.4.2-C3") == ("nonconforms", 1, 1)


@turns_red("8.4.2-C4")
def test_a_high_impact_provider_whose_own_controls_were_judged_13_months_ago_fails(provider: Make, rate: Make, put: Make, stands: Stands) -> None:
    rate(desk := provider(at="2025-06-01"))
    put("suppliers.assured", provider=desk, subjects="training audits", effective="yes", evidence="培训记录 12 份", at="2025-08-01")
    assert stands("8.4.2-C4") == ("nonconforms", 1, 1)


@stays_green("8.4.2-C4")
def test_a_medium_one_need_not_be_and_a_high_one_within_the_year_was(provider: Make, rate: Make, put: Make, stands: Stands) -> None:
    rate(provider("PV-07", name="澄声语音", sort="recognition"), "medium")
    rate(desk := provider(at="2025-06-01"))
    put("suppliers.assured", provider=desk, subjects="培训、内审", effective="partly", evidence="培训记录 12 份", at="2025-09-01")
    assert stands("8.4.2-C4") == ("conforms", 0, 1)


@pytest.fixture
def verification(provider: Make, put: Make) -> Record:
    words = {"on": "output", "control": "inspection", "what": "抽 20 票核对签收时间", "due": "2026-07-31", "every": 30, "at": "2026-06-02"}
    return put("suppliers.planned", provider=provider(), **words)


@turns_red("8.4.2-C5")
def test_a_verification_whose_day_has_passed_is_a_gap(verification: Record, stands: Stands) -> None:
    assert stands("8.4.2-C5", "2026-07-31 23:00") == ("no-evidence", 0, 0), "the day itself is still time"
    assert stands("8.4.2-C5", "2026-08-01 09:00")[1:] == (1, 1)


@stays_green("8.4.2-C5")
def test_a_verification_done_is_done_even_if_it_found_the_requirements_not_met(verification: Record, put: Make, stands: Stands) -> None:
    put("suppliers.verified", planned=verification, met=False, result="20 票中 3 票晚签收", at="2026-07-30")
    assert stands("8.4.2-C5", "2026-08-29 09:00")[1:] == (0, 1)
    assert stands("8.4.2-C5", "2026-08-31 09:00")[1:] == (1, 2), "30 days after it was due it came round again"


@pytest.fixture
def complaint(provider: Make, put: Make) -> Record:
    return put("suppliers.attributed", provider=provider(), harm="complaint", complaint="CP-031", words="司机态度很差", why="签收司机是其员工", at="2026-07-05")


@turns_red("8.4.2-C6")
def test_a_complaint_put_down_to_a_provider_that_never_heard_of_it_fails(complaint: Record, stands: Stands) -> None:
    assert stands("8.4.2-C6") == ("nonconforms", 1, 1)
    assert stands("8.4.2-C6", "2026-07-11 09:00") == ("no-evidence", 0, 0), "it has a week"


@stays_green("8.4.2-C6")
def test_a_complaint_whose_dispute_was_upheld_is_not_the_providers(complaint: Record, provider: Make, put: Make, stands: Stands) -> None:
    put("suppliers.told", attributed=complaint, way="月度会议", at="2026-07-20")
    other = put("suppliers.attributed", provider=complaint.provider, harm="complaint", complaint="CP-032", why="送货迟", at="2026-07-06")
    disputed = put("suppliers.disputed", attributed=other, reason="当日由我方自派", at="2026-07-08")
    assert stands("8.4.2-C6", "2026-07-31 09:00") == ("nonconforms", 1, 2), "a dispute alone changes nothing"
    put("suppliers.settled", disputed=disputed, upheld=True, reason="派车单证实", at="2026-08-01")
    assert stands("8.4.2-C6") == ("conforms", 0, 1)
