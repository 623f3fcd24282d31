"""5.1.1 Leadership: serious complaints that top management sees, and those it does not."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def complaint(put: Put, customer: Party) -> Record:
    row = put("complaints.complaint", code="CP-1", party=customer, what="药品升温", at="2026-07-01 09:00")
    put("complaints.assessed", complaint=row, severity="serious", safety=True, at="2026-07-01 10:00")
    return row


@turns_red("5.1.1-C3")
def test_a_serious_complaint_that_only_a_supervisor_saw_fails(complaint: Record, put: Put, stands: Stands) -> None:
    person = put("people.person", code="SV1", name="严松", at="2026-06-01")
    put("complaints.taken", complaint=complaint, level="supervisor", person=person, decision="召回", at="2026-07-01 11:00")
    assert stands("5.1.1-C3") == ("nonconforms", 1, 1)


@stays_green("5.1.1-C3")
def test_one_seen_at_the_top_within_a_day_does_not(complaint: Record, put: Put, stands: Stands) -> None:
    person = put("people.person", code="GM", name="温如", at="2026-06-01")
    put("complaints.taken", complaint=complaint, level="top", person=person, decision="召回并通知", at="2026-07-02 10:00")
    assert stands("5.1.1-C3") == ("conforms", 0, 1)


@stays_green("5.1.1-C3")
def test_one_that_turns_out_ordinary_need_not_be_seen(complaint: Record, put: Put, stands: Stands) -> None:
    put("complaints.assessed", complaint=complaint, severity="ordinary", at="2026-07-01 15:00")
    assert stands("5.1.1-C3") == ("no-evidence", 0, 0)
