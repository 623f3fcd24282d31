"""Audits: nobody audits their own work, samples that anybody can draw again, and what cannot be written down."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import LATER, ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, strike, write
from lingting.registers.audits import queries
from lingting.registers.audits.sampling import digest, draw

Put = Callable[..., Record]
NUMBERS = st.sets(st.integers(1, 2**62), min_size=1, max_size=60)


def refused(label: str, **given_: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[f"audits.{label}"], {"at": "2026-07-20 10:00", **given_}, by=1, now=LATER, zone=ZONE)
    return {one.column for one in raised.value.wrong}


@given(NUMBERS, st.text(max_size=20), st.integers(1, 80), st.randoms())
def test_the_same_seed_draws_the_same_sample_from_the_same_records_in_any_order(numbers: set[int], seed: str, n: int, chance: object) -> None:
    shuffled = list(numbers)
    chance.shuffle(shuffled)
    drawn = draw(numbers, seed=seed, n=n)
    assert drawn == draw(shuffled, seed=seed, n=n)
    assert digest(numbers) == digest(shuffled)
    assert len(set(drawn)) == len(drawn) == min(n, len(numbers))
    assert set(drawn) <= numbers


@given(NUMBERS, st.text(max_size=20), st.integers(1, 30))
def test_a_larger_sample_begins_with_the_smaller_one(numbers: set[int], seed: str, n: int) -> None:
    assert draw(numbers, seed=seed, n=n + 1)[:n] == draw(numbers, seed=seed, n=n)


@given(NUMBERS, st.integers(2**62 + 1, 2**63))
def test_one_record_more_is_another_population(numbers: set[int], other: int) -> None:
    assert digest(numbers) != digest({*numbers, other})


def test_every_record_has_the_same_chance() -> None:
    """一千个种子，十条里抽一条：没有一条被偏爱。"""
    counts = [0] * 10
    for seed in range(1000):
        counts[draw(range(10), seed=str(seed), n=1)[0]] += 1
    assert 60 < min(counts) <= max(counts) < 140


@pytest.fixture
def lead(put: Put) -> Record:
    return put("people.person", code="IA", name="孙内审", at="2026-05-01")


@pytest.fixture
def process(put: Put) -> Record:
    return put("processes.process", code="PC-04", name="热线接听", at="2026-05-01")


@pytest.fixture
def audit(put: Put, lead: Record) -> Record:
    return put("audits.audit", code="AU-1", scope="客服", criteria="ISO 9001:2015", lead=lead, due="2026-07-22", at="2026-06-01")


@pytest.mark.django_db
def test_nobody_is_put_to_audit_their_own_work(audit: Record, lead: Record, process: Record, put: Put) -> None:
    put("audits.works", person=lead, process=process, at="2026-06-01")
    assert refused("examined", audit=audit, clause="8.5.1", process=process) == {"process"}
    put("audits.works", person=lead, clause="8.4.1", at="2026-06-01")
    assert refused("examined", audit=audit, clause="8.4.1") == {"process"}, "nor a clause that one answers for"
    put("audits.examined", audit=audit, clause="8.5.1", at="2026-07-20 10:00")
    other = put("processes.process", code="PC-05", name="开票", at="2026-05-01")
    put("audits.examined", audit=audit, clause="8.5.1", process=other, at="2026-07-20 10:00")


@pytest.fixture
def frozen(audit: Record, put: Put) -> Record:
    for number in range(9):
        put("processes.process", code=f"PC-1{number}", name=f"过程{number}", at="2026-06-01")
    return put("audits.population", audit=audit, words="全部过程", source="processes.process", at="2026-07-20 09:00")


@pytest.mark.django_db
def test_a_frozen_population_has_its_number_and_digest_and_both_draws_stand(frozen: Record, put: Put) -> None:
    assert (frozen.size, len(frozen.digest)) == (9, 64)
    first = put("audits.drawn", population=frozen, seed="3 5 1", n=3, at="2026-07-20 10:00")
    again = put("audits.drawn", population=frozen, seed="6 6 2", n=3, at="2026-07-20 10:05")
    same = put("audits.drawn", population=frozen, seed="3 5 1", n=3, at="2026-07-20 10:10")
    assert first.numbers == same.numbers != again.numbers
    assert len(first.numbers.split()) == 3
    assert frozen.draws.count() == 3


@pytest.mark.django_db
def test_what_is_entered_after_the_freezing_does_not_enter_the_draw_even_if_it_is_dated_before(frozen: Record, put: Put) -> None:
    put("processes.process", code="PC-99", name="补登", at="2026-06-02")
    put("audits.drawn", population=frozen, seed="1", n=9, at="2026-07-20 10:00")


@pytest.mark.django_db
def test_what_was_struck_out_as_if_it_had_never_been_changes_nothing_that_was_frozen(frozen: Record, put: Put) -> None:
    from lingting.registers.processes.models import Process

    strike(Process.objects.get(code="PC-10"), reason="填错", at=datetime(2026, 7, 1, tzinfo=ZONE), by=1)
    put("audits.drawn", population=frozen, seed="1", n=9, at="2026-07-20 10:00")


@pytest.mark.django_db
def test_a_claimed_digest_or_sample_that_is_not_so_is_refused(frozen: Record, audit: Record) -> None:
    assert refused("population", audit=audit, words="全部过程", source="processes.process", digest="0" * 64) == {"digest"}
    assert refused("population", audit=audit, words="全部过程", source="processes.process", size=8) == {"digest"}
    assert refused("drawn", population=frozen, seed="1", n=2, numbers="1 2") == {"numbers"}
    assert refused("drawn", population=frozen, seed="1", n=0) == {"n"}
    assert refused("population", audit=audit, words="x", source="property.item") == {"source"}, "nothing in it"
    assert refused("population", audit=audit, words="x", source="access.account") == {"source"}, "no records"
    assert refused("population", audit=audit, words="x", source="property.item:nothing") == {"source"}
    assert refused("population", audit=audit, words="x", source="一切") == {"source"}


@pytest.mark.django_db
def test_a_list_of_a_register_can_be_the_population(audit: Record, put: Put) -> None:
    put("suppliers.provider", code="PV-1", name="远汀", cases="b", sort="carrier", what="干线", at="2026-06-01")
    row = put("audits.population", audit=audit, words="没有评价的供方", source="suppliers.provider:unevaluated", at="2026-07-20 09:00")
    assert row.size == 1


@pytest.mark.django_db
def test_dates_that_cannot_be_are_refused(audit: Record, lead: Record, put: Put) -> None:
    programme = put(
        "audits.programme", code="AP-1", start="2026-06-01", until="2026-08-31", methods="每季", considered="变化", owner=lead, at="2026-05-20"
    )  # fmt: skip
    assert refused("programme", code="AP-2", start="2026-06-01", until="2026-06-01", methods="x", considered="x", owner=lead) == {"until"}
    assert refused("pair", programme=programme, clause="8.4.1", due="2026-09-01") == {"due"}
    assert refused("pair", programme=programme, clause="8.44", due="2026-08-01") == {"clause"}
    assert refused("audit", code="AU-2", scope="x", criteria="x", lead=lead, due="2026-07-19") == {"due"}
    assert refused("works", person=lead) == {"process"}
    assert refused("reported", audit=audit, to=lead, summary="x") == {"audit"}, "nothing was looked at"
    finding = {"audit": audit, "clause": "8.4.1", "statement": "x"}
    assert refused("finding", code="AF-1", **finding, due="2026-07-19") == {"due"}
    row = put("audits.finding", code="AF-1", **finding, grade="minor", at="2026-07-20 10:00")
    assert row.due.isoformat() == "2026-08-19"
    assert refused("corrected", finding=row, what="x", at="2026-07-19") == {"at"}
    assert refused("review", code="MR-1", conclusion="x", next_due="2026-07-20") == {"next_due"}
    review = put("audits.review", code="MR-1", conclusion="x", next_due="2027-07-20", at="2026-07-20 10:00")
    put("audits.considered", review=review, input="issues", data="x", until="2026-07-01", at="2026-07-20 10:00")
    assert refused("considered", review=review, input="issues", data="x", until="2026-07-21") == {"until", "input"}


@pytest.mark.django_db
def test_what_an_auditor_asked_for_waits_until_it_is_answered(lead: Record, put: Put) -> None:
    asked = put("audits.asked", code="RQ-1", what="夜间热线合同", owner=lead, due="2026-07-22", at="2026-07-20")
    moment = [Moment(datetime(2026, 7, day, 9, tzinfo=ZONE)) for day in (22, 23, 25)]
    put("audits.replied", asked=asked, what="已放进证据包", at="2026-07-24")
    assert [queries.unreplied(one).count() for one in moment] == [1, 1, 0]
    assert [queries.unreplied_late(one).count() for one in moment] == [0, 1, 0]
