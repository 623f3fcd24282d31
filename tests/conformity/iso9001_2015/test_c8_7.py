"""8.7.1, 8.7.2 Nonconforming outputs: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def output(put: Put, customer: Party) -> Callable[..., Record]:
    def set_apart(code: str = "NO-1", **given: object) -> Record:
        whole = {"what": "说 2 天到，系统是 5 天", "affects": True, "party": customer, "at": "2026-08-01 09:00"}
        return put("improvements.output", code=code, **{**whole, **given})

    return set_apart


@pytest.fixture
def critical(customer: Party) -> Found:
    """We told a customer something that was not so."""
    at = datetime(2026, 8, 1, 9, tzinfo=ZONE)
    talk = Conversation(source="test", key="CV-0902", channel="phone", at=at, language="zh", party=customer)
    said = Said(conversation=talk, key="1", role="agent", text="两天到", at=at)
    slots = {"norm": "status.true", "norm_version": 1, "instrument": "test", "kind": "breach", "severity": "critical", "quote": "两天到", "slots": ""}
    found = Found(conversation=talk, said=said, start=0, end=3, at=at, **slots)
    book.write(talk, said, found, act="test")
    return found


@turns_red("8.7.1-C1")
def test_a_critical_finding_that_nobody_dealt_with_fails(critical: Found, output: Callable[..., Record], stands: Stands) -> None:
    output(found=critical)
    assert stands("8.7.1-C1") == ("nonconforms", 1, 1), "registered, and nothing decided"


@stays_green("8.7.1-C1")
def test_a_critical_finding_of_this_morning_is_not_due_and_a_disposition_settles_it(
    critical: Found, output: Callable[..., Record], put: Put, boss: Record, stands: Stands
) -> None:
    assert stands("8.7.1-C1", "2026-08-01 18:00") == ("no-evidence", 0, 0)
    put("improvements.disposed", output=output(found=critical), ways="correct inform", what="回电更正", decided_by=boss, at="2026-08-01 10:00")
    assert stands("8.7.1-C1") == ("conforms", 0, 1)


@turns_red("8.7.1-C2")
def test_wrong_information_that_was_not_put_right_with_the_customer_fails(output: Callable[..., Record], stands: Stands) -> None:
    output()
    assert stands("8.7.1-C2") == ("nonconforms", 1, 1)


@stays_green("8.7.1-C2")
def test_an_output_caught_before_it_reached_a_customer_needs_no_notice(output: Callable[..., Record], put: Put, stands: Stands) -> None:
    output("NO-2", affects=False, party=None)
    put("improvements.notified", output=output(), way="电话", words="是 5 天", remedy="免运费", at="2026-08-01 15:00")
    assert stands("8.7.1-C2") == ("conforms", 0, 1)


@turns_red("8.7.1-C3")
def test_a_correction_that_was_found_wanting_again_fails(output: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    row = output()
    put("improvements.disposed", output=row, ways="correct", what="改系统时效", decided_by=boss, at="2026-08-01 10:00")
    put("improvements.reverified", output=row, met=False, evidence="抽 5 单仍错 1 单", at="2026-08-02 10:00")
    assert stands("8.7.1-C3") == ("nonconforms", 1, 1)


@stays_green("8.7.1-C3")
def test_what_was_given_back_instead_of_corrected_needs_no_verification(output: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    put("improvements.disposed", output=output("NO-2"), ways="return", what="退回", decided_by=boss, at="2026-08-01 10:00")
    row = output()
    put("improvements.disposed", output=row, ways="correct", what="改系统时效", decided_by=boss, at="2026-08-01 10:00")
    put("improvements.reverified", output=row, met=True, evidence="抽 5 单全对", at="2026-08-02 10:00")
    assert stands("8.7.1-C3") == ("conforms", 0, 1)


@turns_red("8.7.2-C1")
def test_a_concession_without_authority_fails(output: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    row = output()
    put("improvements.conceded", output=row, by=boss, reason="顾客同意先用", at="2026-08-01 10:00")
    put("improvements.disposed", output=row, ways="concession", what="让步放行", decided_by=boss, at="2026-08-01 10:30")
    assert stands("8.7.2-C1") == ("nonconforms", 1, 1)


@stays_green("8.7.2-C1")
def test_where_there_was_no_concession_none_is_asked_for(output: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    put("improvements.disposed", output=output(), ways="correct", what="回电更正", decided_by=boss, at="2026-08-01 10:00")
    row = output("NO-2")
    put("improvements.conceded", output=row, by=boss, authority="权限表 4.2", reason="顾客同意先用", at="2026-08-01 10:00")
    put("improvements.disposed", output=row, ways="concession", what="让步放行", decided_by=boss, at="2026-08-01 10:30")
    assert stands("8.7.2-C1") == ("conforms", 0, 2)
