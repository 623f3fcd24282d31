"""8.2.2 Requirements for products and services: claims, legal duties, and what agents may promise."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation
from lingting.registers.promises.models import Promise

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Place = Callable[..., Record]


@pytest.fixture
def claim(put: Put, offering: Record) -> Record:
    """We advertise 24 hours."""
    return put("offerings.claim", code="CL-05", offering=offering, sort="time", words="24 小时送达", at="2026-06-01")


@turns_red("8.2.2-C1")
def test_a_claim_that_was_looked_at_and_cannot_be_kept_fails(claim: Record, put: Put, stands: Stands) -> None:
    put("offerings.proven", claim=claim, evidence="试运行 20 单", holds=True, until="2026-12-31", at="2026-06-02")
    put("offerings.proven", claim=claim, evidence="近 13 周送达率 88 %", holds=False, until="2026-12-31", at="2026-08-01")
    assert stands("8.2.2-C1") == ("nonconforms", 1, 1)


@stays_green("8.2.2-C1")
def test_evidence_on_its_last_day_still_holds(claim: Record, put: Put, stands: Stands) -> None:
    put("offerings.proven", claim=claim, evidence="近 13 周送达率 98.7 %", holds=True, until="2026-08-31", at="2026-06-02")
    assert stands("8.2.2-C1") == ("conforms", 0, 1)
    assert stands("8.2.2-C1", "2026-09-01 09:00") == ("nonconforms", 1, 1)


@turns_red("8.2.2-C2")
def test_a_legal_review_that_is_due_again_fails(offering: Record, put: Put, stands: Stands) -> None:
    put("offerings.lawreviewed", offering=offering, conclusion="适用两项", who="法务", until="2026-08-30", at="2026-06-01")
    assert stands("8.2.2-C2") == ("nonconforms", 1, 1)


@stays_green("8.2.2-C2")
def test_a_review_that_found_no_duty_is_a_review(offering: Record, put: Put, stands: Stands) -> None:
    put("offerings.lawreviewed", offering=offering, conclusion="没有专门规定", who="法务", until="2026-12-31", at="2026-06-01")
    assert stands("8.2.2-C2") == ("conforms", 0, 1)


@pytest.fixture
def promise(talk: Callable[..., Conversation]) -> Promise:
    """Something an agent promised on 06-17."""
    row = Promise(conversation=(held := talk()), at=held.at, words="三天内赔付到账")
    book.write(row, act="test")
    return row


@turns_red("8.2.2-C3")
def test_a_promise_beyond_what_is_allowed_fails(promise: Promise, put: Put, stands: Stands) -> None:
    put("offerings.weighed", promise=promise, within=False, reason="没有授权承诺三天到账", at="2026-06-18")
    assert stands("8.2.2-C3") == ("nonconforms", 1, 1)


@stays_green("8.2.2-C3")
def test_a_promise_on_the_last_day_of_its_permission_is_within(promise: Promise, put: Put, stands: Stands) -> None:
    allowed = put("offerings.allowed", code="AP-04", words="破损照价赔付，3 日到账", until="2026-06-17", at="2026-06-01")
    put("offerings.weighed", promise=promise, allowed=allowed, within=True, at="2026-06-18")
    assert stands("8.2.2-C3")[1:] == (0, 1)


def test_a_promise_after_its_permission_had_run_out_is_not(promise: Promise, put: Put, stands: Stands) -> None:
    allowed = put("offerings.allowed", code="AP-04", words="破损照价赔付，3 日到账", until="2026-06-16", at="2026-06-01")
    put("offerings.weighed", promise=promise, allowed=allowed, within=True, at="2026-06-18")
    assert stands("8.2.2-C3")[1:] == (1, 1)
