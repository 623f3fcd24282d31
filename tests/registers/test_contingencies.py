"""Contingencies: decided, planned and tried out; when one happens, who is affected is reckoned and followed one by one."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import LATER, ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, write
from lingting.registers.contingencies import queries
from lingting.registers.contingencies.models import Affected
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category, Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


def at(words: str) -> Moment:
    return Moment(datetime.fromisoformat(words).replace(tzinfo=ZONE))


NOW = at("2026-08-31 09:00")


def refused(label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[label], given, by=1, now=LATER, zone=ZONE)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def scenario(put: Put) -> Record:
    return put("contingencies.scenario", code="SC-1", name="台风封港", at="2026-06-01")


@pytest.fixture
def person(put: Put) -> Record:
    return put("people.person", code="SV1", name="严松", at="2026-06-01")


WHOLE = {"trigger": "封港通知", "method": "改走陆路", "message": "港口关闭；改走陆路", "affected": "目的港临澜", "endangers": "到货时间", "within": 60}
STARTS = {"code": "ACT-1", "issue": "港口关闭", "endangers": "到货时间", "at": "2026-07-09 05:20", "deadline": "2026-07-09 06:20"}


def test_a_scenario_goes_from_undecided_to_unplanned_to_untried_to_ready(scenario: Record, put: Put, person: Record) -> None:
    assert queries.stands(scenario, NOW) == "undecided"
    put("contingencies.decided", scenario=scenario, relevant=True, reason="沿海", decider=person, review="2026-12-31", at="2026-06-02")
    assert queries.stands(scenario, NOW) == "unplanned"
    assert refused("contingencies.drilled", scenario=scenario, what="桌面推演", worked=True, at="2026-06-02") == {"scenario"}
    put("contingencies.planned", scenario=scenario, **WHOLE, owner=person, at="2026-06-03")
    assert queries.stands(scenario, NOW) == "undrilled"
    put("contingencies.drilled", scenario=scenario, what="桌面推演", worked=True, at="2026-06-04")
    assert queries.stands(scenario, NOW) == "relevant"
    assert queries.stands(scenario, at("2026-06-02 12:00")) == "unplanned"


def test_a_decision_for_one_customer_does_not_stand_for_all(scenario: Record, put: Put, person: Record, customer: Party) -> None:
    given = {"scenario": scenario, "decider": person, "review": "2026-12-31"}
    put("contingencies.decided", **given, relevant=False, reason="不走海运", at="2026-06-02")
    put("contingencies.decided", **given, relevant=True, reason="只有他走海运", party=customer, at="2026-06-02 10:00")
    assert (queries.decisions(NOW).count(), queries.relevant(NOW).count()) == (2, 1)
    put("contingencies.decided", **given, relevant=False, reason="也改走陆路了", party=customer, at="2026-06-03")
    assert (queries.decisions(NOW).count(), queries.relevant(NOW).count()) == (2, 0)


def test_who_is_affected_is_reckoned_from_orders_and_written_down_with_the_reason(scenario: Record, put: Put, customer: Party) -> None:
    other = parties.add(name="C09", organisation="", category=Category.CUSTOMER, at=datetime(2026, 5, 1, tzinfo=ZONE), by=1)
    for code, party, what, day in (
        ("ORD-1", customer, "海运到临澜", "07-05"), ("ORD-2", customer, "海运到临澜", "07-08"), ("ORD-3", other, "陆运到岑州", "07-08"),
        ("ORD-4", other, "海运到临澜", "06-01"),
    ):  # fmt: skip
        put("orders.order", code=code, party=party, what=what, at=f"2026-{day} 09:00")
    row = put("contingencies.activated", scenario=scenario, **STARTS, since="2026-07-01", words="临澜")
    assert [(one.party_id, one.why, one.entry_id == row.entry_id) for one in Affected.objects.all()] == [(customer.id, "ORD-1、ORD-2", True)]
    assert refused("contingencies.affected", activated=row, party=customer, why="再来一次") == {"party"}
    assert put("contingencies.affected", activated=row, party=other, why="来电说明", at="2026-07-09 05:30").id


def test_the_scope_of_an_emergency_is_a_place_a_product_a_provider_and_a_time(scenario: Record, put: Put, customer: Party, offering: Record) -> None:
    """港口在订单里、在最近一次报的位置里都算；已经送到的、关了的、换了承运商的不算；只写词不写范围不算范围。"""
    carrier, other = (put("suppliers.provider", code=code, name=code, at="2026-06-01") for code in ("CA-1", "CA-2"))

    def order(code: str, place: str, by: Record | None = None, last: tuple[str, str] | None = None, **given: object) -> Record:
        party = parties.add(name=code, organisation="", category=Category.CUSTOMER, at=datetime(2026, 5, 1, tzinfo=ZONE), by=1)
        row = put("orders.order", code=code, party=party, what="8 托", delivery=place, at="2026-07-01 09:00", **given)
        if by:
            shipment = put("deliveries.shipment", code=f"S-{code}", order=row, provider=by, at="2026-07-02")
            put("deliveries.tracked", shipment=shipment, status="transit", place="雁回港", source="TMS", at="2026-07-03")
            if last:
                put("deliveries.tracked", shipment=shipment, status=last[0], place=last[1], source="TMS", at="2026-07-05")
        return row

    order("ORD-1", "雁回港 3 号泊位", offering=offering)
    order("ORD-2", "岑州", carrier)
    order("ORD-3", "岑州", other, ("transit", "岑州"))
    order("ORD-4", "岑州", carrier, ("delivered", "雁回港"))
    put("orders.closed", order=order("ORD-5", "雁回港"), at="2026-07-04")

    def affected(**scope: object) -> list[str]:
        row = put("contingencies.activated", scenario=scenario, **{**STARTS, "code": f"ACT-{len(scope)}-{'-'.join(scope)}"}, **scope)
        return sorted(Affected.objects.filter(activated=row).values_list("why", flat=True))

    assert affected(place="雁回港") == ["ORD-1", "ORD-2"]
    assert affected(place="雁回港", since="2026-06-01") == ["ORD-1", "ORD-2", "ORD-5"], "with a beginning, what is closed by now counts as well"
    assert affected(provider=carrier) == ["ORD-2"]
    assert affected(offering=offering, place="雁回港") == ["ORD-1"]
    assert affected(provider=other, until="2026-06-30") == []
    assert affected() == []
    assert refused("contingencies.activated", scenario=scenario, **STARTS, since="2026-07-01", until="2026-06-30") == {"until"}


def test_an_activation_keeps_to_the_plan_and_names_what_it_endangers(scenario: Record, put: Put, person: Record) -> None:
    put("contingencies.planned", scenario=scenario, **WHOLE, owner=person, at="2026-06-03")
    assert refused("contingencies.activated", scenario=scenario, **{**STARTS, "deadline": "2026-07-09 06:21"}) == {"deadline"}
    assert refused("contingencies.activated", scenario=scenario, **{**STARTS, "deadline": "2026-07-09 05:20", "words": "临澜"}) == {"deadline", "since"}
    assert refused("contingencies.activated", scenario=scenario, **{**STARTS, "endangers": ""}) == {"endangers"}


def test_each_of_the_affected_is_followed(scenario: Record, put: Put, customer: Party) -> None:
    row = put("contingencies.activated", scenario=scenario, **STARTS)
    one = put("contingencies.affected", activated=row, party=customer, why="在途", at="2026-07-09 05:20")
    assert (queries.waiting(at("2026-07-09 05:30")).count(), queries.missing(at("2026-07-09 05:30")).count()) == (1, 0)
    lost = put("contingencies.informed", affected=one, way="短信", issue="港口关闭", measure="改走陆路", at="2026-07-09 05:40")
    assert queries.waiting(at("2026-07-09 05:41")).count() == 0
    put("contingencies.undelivered", informed=lost, why="停机", at="2026-07-09 05:42")
    assert queries.to_try_elsewhere(at("2026-07-09 05:43")).count() == 1
    assert queries.missing(at("2026-07-09 06:20")).count() == 1
    put("contingencies.informed", affected=one, way="电话", measure="改走陆路", at="2026-07-09 06:30")
    assert (queries.late(NOW).count(), queries.missing(NOW).count(), queries.wanting(NOW).count()) == (1, 0, 1)
    assert refused("contingencies.informed", affected=one, way="电话") == {"issue"}
    assert refused("contingencies.asked", affected=one, way="电话", at="2026-07-09 05:00") == {"at"}
    assert {row._meta.model_name for row in queries.about([customer.id])} == {"informed"}


def test_a_lesson_is_drawn_within_a_fortnight_after_the_end(scenario: Record, put: Put) -> None:
    row = put("contingencies.activated", scenario=scenario, **STARTS)
    assert queries.under_way(NOW).count() == 1
    put("contingencies.ended", activated=row, at="2026-07-11 18:00")
    assert (queries.under_way(NOW).count(), queries.unreviewed(at("2026-07-25 17:59")).count(), queries.unreviewed(NOW).count()) == (0, 0, 1)
    put("contingencies.reviewed", activated=row, well="名单快", badly="漏了两位", changes="电话名单", at="2026-07-20")
    assert queries.unreviewed(NOW).count() == 0


def test_an_event_that_nobody_had_thought_of_stays_so_until_a_scenario_stands_for_it(scenario: Record, put: Put) -> None:
    event = put("contingencies.event", code="EV-1", what="平台中断 3 小时 10 分", until="2026-08-04 13:10", at="2026-08-04 10:00")
    foreseen = put("contingencies.event", code="EV-2", what="封港", scenario=scenario, at="2026-07-09 05:20")
    assert [row.code for row in queries.unforeseen(NOW)] == ["EV-1"]
    assert refused("contingencies.matched", event=foreseen, scenario=scenario) == {"event"}
    outage = put("contingencies.scenario", code="SC-7", name="平台中断", at="2026-08-05")
    put("contingencies.matched", event=event, scenario=outage, at="2026-08-05 10:00")
    assert queries.unforeseen(NOW).count() == 0
    assert queries.undecided(NOW).filter(pk=outage.pk).exists(), "the new scenario is to be decided on"
    assert refused("contingencies.event", code="EV-3", what="断电", until="2026-08-03", at="2026-08-04") == {"until"}


def test_a_scenario_has_a_name_of_its_own(scenario: Record) -> None:
    assert refused("contingencies.scenario", code="SC-2", name="台风封港") == {"name"}
