"""7.2 and 7.3 Competence and awareness: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
DAY = "2026-06-01 09:00"


@pytest.fixture
def agent(put: Put) -> Record:
    """T1, appointed to a role that asks for one competence, renewed every year."""
    person = put("people.person", code="T1", name="米粒", at="2026-05-01 09:00")
    role = put("people.role", code="R-1", name="热线坐席", duties="受理来电", signoff="是", at="2026-05-01 09:00")
    put("people.required", code="RQ-1", role=role, what="复述核对", months=12, at="2026-05-01 09:00")
    put("people.appointed", person=person, role=role, at=DAY)
    return person


@pytest.fixture
def signed_off(agent: Record, put: Put) -> None:
    other = put("people.person", code="SV1", name="严松", at="2026-05-01 09:00")
    put("people.cleared", person=agent, role="R-1", by=other, note="旁听十通", at=DAY)


def show(put: Put, until: str) -> Record:
    return put("people.shown", person="T1", required="RQ-1", ground="test", evidence="92 分", until=until, at=DAY)


@turns_red("7.2-C1")
def test_a_newcomer_who_takes_calls_before_being_assessed_does_not_meet_the_role(agent: Record, signed_off: None, put: Put, stands: Stands) -> None:
    assert stands("7.2-C1") == ("nonconforms", 1, 1)
    show(put, "2026-08-30")
    assert stands("7.2-C1") == ("nonconforms", 1, 1), "evidence that ran out yesterday is none"


@stays_green("7.2-C1")
def test_evidence_that_runs_out_today_still_holds(agent: Record, signed_off: None, put: Put, stands: Stands) -> None:
    show(put, "2026-08-31")
    assert stands("7.2-C1") == ("conforms", 0, 1)


def test_evidence_without_the_sign_off_that_the_role_asks_for_is_not_enough(agent: Record, put: Put, stands: Stands) -> None:
    show(put, "2027-05-31")
    assert stands("7.2-C1") == ("nonconforms", 1, 1)


def test_a_role_of_which_nobody_wrote_down_what_it_asks_for_is_met_by_nobody(put: Put, stands: Stands) -> None:
    person = put("people.person", code="A1", name="某", at="2026-05-01 09:00")
    put("people.appointed", person=person, role=put("people.role", code="R-9", name="接待", duties="接待", at=DAY), at=DAY)
    assert stands("7.2-C1") == ("nonconforms", 1, 1)
    put("people.left", person=person, at="2026-06-02 09:00")
    assert stands("7.2-C1")[2] == 0, "who left is not on duty"


@pytest.fixture
def training(agent: Record, put: Put) -> Record:
    plan = put("people.planned", person=agent, what="复述核对", aim="不再漏项", due="2026-07-05", at=DAY)
    return put("people.trained", planned=plan, hours="2", trainer="江寻", at="2026-07-01 09:00")


@turns_red("7.2-C2")
def test_a_training_that_was_only_attended_is_not_evaluated(training: Record, stands: Stands) -> None:
    assert stands("7.2-C2", "2026-07-31 08:59")[2] == 0
    assert stands("7.2-C2") == ("nonconforms", 1, 1)


@stays_green("7.2-C2")
def test_a_training_found_without_effect_was_evaluated_all_the_same(training: Record, put: Put, stands: Stands) -> None:
    put("people.evaluated", trained=training, way="inspection", effective="否", evidence="复述率 61 %", at="2026-07-20 09:00")
    assert stands("7.2-C2") == ("conforms", 0, 1)


@pytest.fixture
def low(agent: Record, put: Put) -> Record:
    return put("people.low", person=agent, score="61", line="80", cause="skill", evidence="CV-0517：复述号码有误", at="2026-07-01 09:00")


@turns_red("7.2-C3")
def test_coaching_without_a_new_inspection_leaves_it_open(low: Record, signed_off: None, put: Put, stands: Stands) -> None:
    put("people.coached", low=low, what="一起听了三通", by="SV1", at="2026-07-02 09:00")
    assert stands("7.2-C3", "2026-07-31 08:59")[2] == 0
    assert stands("7.2-C3") == ("nonconforms", 1, 1)


@stays_green("7.2-C3")
def test_a_new_inspection_on_the_last_day_is_in_time(low: Record, signed_off: None, put: Put, stands: Stands) -> None:
    put("people.coached", low=low, what="一起听了三通", by="SV1", at="2026-07-02 09:00")
    put("people.retested", low=low, score="85", passed="是", at="2026-07-31 09:00")
    assert stands("7.2-C3")[1:] == (0, 1)


@stays_green("7.2-C3")
def test_a_low_inspection_that_the_system_caused_asks_nobody_to_be_coached(agent: Record, put: Put, stands: Stands) -> None:
    """开场漏了公司名称：模板丢了 {org}，不是 A05 的事。"""
    put("people.low", person=agent, score="61", line="80", cause="system", evidence="模板丢了公司名称", at="2026-07-01 09:00")
    assert stands("7.2-C3")[2] == 0


@turns_red("7.3-C1")
def test_awareness_confirmed_more_than_a_year_ago_is_confirmed_no_more(agent: Record, put: Put, stands: Stands) -> None:
    assert stands("7.3-C1") == ("nonconforms", 1, 1), "T1 never confirmed"
    put("people.acknowledged", person=agent, subject="awareness", at="2025-08-31 09:00")
    assert stands("7.3-C1") == ("nonconforms", 1, 1)


@stays_green("7.3-C1")
def test_awareness_confirmed_within_the_year_holds_and_a_newcomer_has_two_weeks(agent: Record, put: Put, stands: Stands) -> None:
    put("people.acknowledged", person=agent, subject="awareness", at="2025-09-01 09:00")
    put("people.person", code="T2", name="罗星", at="2026-08-18 09:00")
    assert stands("7.3-C1")[1:] == (0, 1)


def test_to_know_a_document_is_not_to_be_aware(agent: Record, put: Put, stands: Stands) -> None:
    put("people.acknowledged", person=agent, subject="document", version="DOC-011 v2", at="2026-08-01 09:00")
    assert stands("7.3-C1")[1:] == (1, 1)


@pytest.fixture
def posted(agent: Record, put: Put) -> Record:
    """T1 is sent by the night hotline."""
    provider = put("suppliers.provider", code="PV-06", name="夜岚呼叫", at="2026-05-01 09:00")
    return put("suppliers.posted", provider=provider, person=agent, duty="夜间热线", at=DAY)


@turns_red("7.2-C4")
def test_somebody_of_a_provider_without_the_evidence_our_own_people_need_fails(posted: Record, signed_off: None, stands: Stands) -> None:
    assert stands("7.2-C4") == ("nonconforms", 1, 1)


@stays_green("7.2-C4")
def test_somebody_of_a_provider_with_the_same_evidence_and_sign_off_does_not(posted: Record, signed_off: None, put: Put, stands: Stands) -> None:
    show(put, "2026-08-31")
    assert stands("7.2-C4") == ("conforms", 0, 1)
