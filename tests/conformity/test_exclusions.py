"""Clauses that were left out: not applicable with a reason and until the review, nonconforming without, as of then."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from tests.conftest import LATER, ZONE

from lingting.access.models import Token
from lingting.conformity import assess
from lingting.conformity.verdict import State
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.write import strike

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


@pytest.fixture
def leave_out(put: Put) -> Callable[..., Record]:
    boss = put("people.person", code="GM", name="顾望", at="2026-01-01")

    def exclude(clause: str = "8.3", reason: str = "服务由总部设计", at: str = "2026-01-05", review: str = "2026-08-31") -> Record:
        return put("direction.excluded", clause=clause, reason=reason, decided_by=boss, review=review, at=at)

    return exclude


def state(number: str, at: str = "2026-08-31 09:00") -> State:
    moment = Moment(datetime.fromisoformat(at).replace(tzinfo=ZONE))
    return assess.clause(number, {}, assess.left(moment))[0]


def test_a_chapter_left_out_with_a_reason_is_not_applicable_and_its_neighbours_are(leave_out: Callable[..., Record]) -> None:
    """8.3 ▨。"""
    leave_out()
    assert {state(number) for number in ("8.3.1", "8.3.6")} == {State.NOT_APPLICABLE}
    assert state("8.4.1") is State.NO_EVIDENCE
    leave_out("8.5.1")
    assert (state("8.5.1"), state("8.5.2")) == (State.NOT_APPLICABLE, State.NO_EVIDENCE)


@pytest.mark.parametrize(("reason", "at"), [("", "2026-08-31 09:00"), ("服务由总部设计", "2026-09-01 00:30")])
def test_without_a_reason_or_past_its_review_it_does_not_conform(leave_out: Callable[..., Record], reason: str, at: str) -> None:
    leave_out(reason=reason)
    assert state("8.3.1", at) is State.NONCONFORMS


def test_before_it_was_left_out_after_it_applies_again_and_when_it_was_struck_out_it_applies(leave_out: Callable[..., Record], put: Put) -> None:
    row = leave_out()
    assert state("8.3.1", "2026-01-04 09:00") is State.NO_EVIDENCE
    put("direction.readmitted", excluded=row, reason="开始自己设计", at="2026-03-01")
    assert (state("8.3.1", "2026-02-28 09:00"), state("8.3.1")) == (State.NOT_APPLICABLE, State.NO_EVIDENCE)
    strike(leave_out("8.6"), reason="填错", at=LATER, by=1)
    assert state("8.6", "2027-01-02 09:00") is State.NO_EVIDENCE


def test_the_map_the_page_and_the_programs_say_not_applicable(
    leave_out: Callable[..., Record], signed_in: Callable[[str], Client], at_time: Callable, cast: Callable
) -> None:
    leave_out()
    now = at_time("2026-08-31 09:00")
    client = signed_in("quality_manager")
    assert "▨" in client.get("/clauses").content.decode()
    assert "▨" in client.get("/clauses/8.3.1").content.decode()
    program = Client(headers={"authorization": f"Bearer {Token.issue(cast('quality_manager'), label='test', now=now)}"})
    assert program.get("/api/v1/clauses/8.3.1").json()["state"] == "not-applicable"
