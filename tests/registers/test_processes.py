"""Processes, their means and changes: what cannot be written down, lists, and walking upstream from a complaint."""

from collections.abc import Callable

import pytest
from tests.conformity.papers import paper, series, when, who  # noqa: F401  # fixtures

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused
from lingting.registers.processes import queries
from lingting.registers.processes.changes import Change
from lingting.registers.processes.models import Run

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Who = Callable[[str], Record]
NOW = Moment(when("2026-08-31 09:00"))


def refused(put: Put, label: str, **given: object) -> list[str]:
    with pytest.raises(Refused) as error:
        put(label, **given)
    return [one.column for one in error.value.wrong]


@pytest.fixture
def process(put: Put) -> Callable[[str], Record]:
    return lambda code: put("processes.process", code=code, name=f"过程 {code}", at="2026-06-01")


@pytest.fixture
def hands_on(put: Put) -> Callable[[Record, Record], None]:
    def hand_on(giver: Record, taker: Record) -> None:
        put("processes.receiver", output=put("processes.output", process=giver, what="单据", at="2026-06-01"), process=taker, at="2026-06-01")

    return hand_on


def test_a_complaint_is_walked_upstream_the_nearest_link_first_and_round_a_loop_once(process: Callable[[str], Record], hands_on: Callable[..., None]) -> None:
    intake, dispatch, transport, delivery, apart = map(process, ("P1", "P2", "P3", "P4", "P5"))
    for giver, taker in ((intake, dispatch), (dispatch, transport), (transport, delivery), (delivery, intake), (delivery, apart)):
        hands_on(giver, taker)
    assert [row.code for row in queries.upstream(delivery.id, NOW)] == ["P3", "P2", "P1"]
    assert queries.upstream(delivery.id, Moment(when("2026-05-01 09:00"))) == []


def test_an_internal_customer_is_confirmed_by_both_sides_and_by_nobody_for_both(process: Callable[[str], Record], put: Put, who: Who) -> None:  # noqa: F811
    """配载交单给运输：双方都说是才算确认；一方改口说不是，就要谈；外面的收货人不在这里确认。"""
    output = put("processes.output", process=process("P1"), what="装车单", at="2026-06-01")
    inside = put("processes.receiver", output=output, process=process("P2"), at="2026-06-01")
    outside = put("processes.receiver", output=output, outside="收货人", at="2026-06-01")
    given = {"receiver": inside, "agrees": True, "words": "发车前一小时给到"}
    assert refused(put, "processes.affirmed", **given | {"receiver": outside}, side="giver", person=who("A1"), at="2026-06-02") == ["receiver"]
    assert list(queries.unconfirmed(NOW)) == [inside]
    put("processes.affirmed", **given, side="giver", person=who("A1"), at="2026-06-02")
    assert refused(put, "processes.affirmed", **given, side="receiver", person=who("A1"), at="2026-06-03") == ["person"]
    assert list(queries.unconfirmed(NOW)) == [inside], "one side alone confirms nothing"
    put("processes.affirmed", **given, side="receiver", person=who("A2"), at="2026-06-03")
    assert list(queries.confirmed(NOW)) == [inside]
    put("processes.affirmed", **given | {"agrees": False, "words": "现在直接给司机"}, side="receiver", person=who("A2"), at="2026-07-01")
    assert (list(queries.confirmed(NOW)), list(queries.contradicted(NOW)), list(queries.unconfirmed(NOW))) == ([], [inside], [])
    assert queries.receiver_stands(inside, Moment(when("2026-06-30 09:00"))) == "confirmed"


def test_maintain_is_said_of_documents_and_retain_of_records(process: Callable[[str], Record], put: Put, paper: Put, series: Put) -> None:  # noqa: F811
    given = {"process": process("P1"), "reason": "需要", "at": "2026-06-02"}
    document, kept = paper().document, series()
    assert refused(put, "processes.need", keeping="retain", document=document, **given) == ["series"]
    assert refused(put, "processes.need", keeping="maintain", series=kept, **given) == ["document"]
    assert refused(put, "processes.need", keeping="retain", document=document, series=kept, **given) == ["series"]
    put("processes.need", keeping="maintain", document=document, **given)


def test_a_schedule_lists_each_time_it_is_due(process: Callable[[str], Record], put: Put) -> None:
    given = {"process": process("P1"), "code": "TC", "what": "周检", "first": "2026-06-02 10:00", "at": "2026-06-01"}
    assert refused(put, "processes.schedule", every=0, times=3, **given) == ["every"]
    assert refused(put, "processes.schedule", every=7, times=1001, **given) == ["times"]
    put("processes.schedule", every=7, times=3, **given)
    assert [(run.code, run.due.day) for run in Run.objects.order_by("due")] == [("TC-01", 2), ("TC-02", 9), ("TC-03", 16)]


def test_an_output_goes_to_another_process_or_outside_and_not_back_whole(process: Callable[[str], Record], put: Put) -> None:
    row = process("P1")
    output = put("processes.output", process=row, what="单据", at="2026-06-01")
    assert refused(put, "processes.receiver", output=output, at="2026-06-01") == ["process"]
    assert refused(put, "processes.receiver", output=output, process=row, at="2026-06-01") == ["process"]
    assert refused(put, "processes.receiver", output=output, process=process("P2"), outside="收货人", at="2026-06-01") == ["process"]


def test_a_process_stands_in_the_worst_of_its_lists(process: Callable[[str], Record], put: Put, who: Who) -> None:  # noqa: F811
    row, stands = process("P1"), kinds()["processes.process"].stands
    assert stands(row, NOW) == "unlinked"
    put("processes.without", process=row, reason="一步做完", decided_by=who("QM"), review="2026-12-31", at="2026-06-02")
    assert stands(row, NOW) == "undescribed"


def test_an_outage_is_also_a_change_nobody_intended_and_cannot_begin_before_the_last_one_ended(put: Put) -> None:
    asset = put("processes.asset", code="AS-1", name="平台", sort="software", at="2026-06-01")
    first = put("processes.outage", asset=asset, what="断电", visible=True, at="2026-08-04 10:00")
    [change] = Change.objects.all()
    assert (change.intended, change.outage_id, change.what) == (False, first.id, "断电")
    assert refused(put, "processes.outage", asset=asset, what="又断", visible=True, at="2026-08-05 10:00") == ["asset"]
    assert refused(put, "processes.restored", outage=first, how="来电", at="2026-08-04 09:00") == ["at"]
    put("processes.restored", outage=first, how="来电", at="2026-08-04 13:10")
    put("processes.outage", asset=asset, what="又断", visible=False, at="2026-08-05 10:00")
    assert queries.down(NOW).count() == 1


def test_what_cannot_have_happened_to_means_and_changes_is_refused(put: Put, who: Who) -> None:  # noqa: F811
    asset = put("processes.asset", code="AS-1", name="平台", sort="software", at="2026-06-01")
    assert refused(put, "processes.asset", code="AS-2", name="x", sort="software", target="100.1", at="2026-06-01") == ["target"]
    assert refused(put, "processes.maintained", asset=asset, work="restore", worked=True, result="x", at="2026-06-02") == ["asset"]
    silent = put("processes.outage", asset=asset, what="备机停", visible=False, at="2026-08-04 10:00")
    assert refused(put, "processes.told", outage=silent, way="公告", words="x", at="2026-08-04 10:10") == ["outage"]
    assert refused(put, "processes.change", sort="system", what="x", intended=True, outage=silent, at="2026-08-04 10:00") == ["intended"]
    change = put("processes.change", sort="script", what="x", intended=True, at="2026-08-04 10:00")
    happened = put("processes.change", sort="policy", what="x", intended=False, at="2026-08-04 10:00")
    assert refused(put, "processes.undone", change=change, reason="x", at="2026-08-05") == ["change"]
    assert refused(put, "processes.authorised", change=happened, person=who("QM"), at="2026-08-05") == ["change"]
    assert refused(put, "processes.effected", change=change, at="2026-08-03") == ["at"]
    assert refused(put, "processes.reviewed", change=change, person=who("QM"), result="x", at="2026-08-03") == ["at"]
    norm = put("processes.norm", code="SN", offering="OF", criteria="x", limit="x", at="2026-06-01")
    assert refused(put, "processes.validated", norm=norm, how="x", works=True, person=who("QM"), next="2026-12-31", at="2026-08-03") == ["norm"]
    sent = {"what": "x", "to": "银行", "way": "mail", "encrypted": True, "at": "2026-08-03"}
    assert refused(put, "processes.transfer", digest="abc", **sent) == ["digest"]


def test_work_that_was_due_and_not_done_is_listed_until_it_is(put: Put) -> None:
    asset = put("processes.asset", code="AS-1", name="叉车", sort="equipment", at="2026-06-01")
    put("processes.maintained", asset=asset, work="maintenance", worked=True, result="换油", next="2026-08-01", at="2026-06-02")
    put("processes.maintained", asset=asset, work="inspection", worked=True, result="好", at="2026-08-10")
    assert list(queries.service_due(NOW)) == [asset]
    put("processes.maintained", asset=asset, work="maintenance", worked=True, result="换油", next="2026-12-01", at="2026-08-20")
    assert not queries.service_due(NOW)
    assert not queries.service_due(Moment(when("2026-08-01 20:00"))), "on its day it is not late"
