"""When it happens: a port is closed, twenty customers must know within the hour – and each of them hears issue and measure, from us, first."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import ZONE

from lingting.conformity import emergency
from lingting.ledger import book
from lingting.ledger.models import Entry, Record
from lingting.ledger.moment import Moment
from lingting.registers.contingencies import queries
from lingting.registers.contingencies.models import Activated, Affected, Asked, Ended, Informed, Matched, Reviewed, Scenario, Undelivered
from lingting.registers.improvements.models import Nonconformity
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category, Party, Reached

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
SignedIn = Callable[[str], Client]
WHOLE = {"trigger": "封港通知", "method": "改走陆路", "message": "港口关闭", "affected": "目的港临澜", "endangers": "到货时间", "within": 60}


@pytest.fixture(autouse=True)
def clock(at_time: Callable[[str], datetime]) -> Callable[[str], datetime]:
    at_time("2026-07-09T06:00")
    return at_time


@pytest.fixture
def scenario(put: Put, decider: Record) -> Record:
    """A storm, thought of, planned and tried out."""
    row = put("contingencies.scenario", code="SC-01", name="台风封港", at="2026-06-01")
    put("contingencies.decided", scenario=row, relevant=True, reason="沿海", decider=decider, review="2026-12-31", at="2026-06-02")
    put("contingencies.planned", scenario=row, **WHOLE, owner=decider, at="2026-06-03")
    put("contingencies.drilled", scenario=row, what="桌面推演", worked=True, at="2026-06-04")
    return row


def meet(name: str) -> Party:
    return parties.add(name="", organisation=name, category=Category.CUSTOMER, at=datetime(2026, 5, 1, tzinfo=ZONE), by=1)


@pytest.fixture
def storm(scenario: Record, put: Put) -> Activated:
    """The port closed at 05:20; three customers must know by 06:20."""
    row = put(
        "contingencies.activated", scenario=scenario, code="ACT-1", issue="雁回港封港", endangers="到货时间", at="2026-07-09 05:20", deadline="2026-07-09 06:20"
    )
    for name in ("甲行", "乙厂", "丙店"):
        put("contingencies.affected", activated=row, party=meet(name), why=f"{name}的货在港", at="2026-07-09 05:20")
    return row  # type: ignore[return-value]  # it is one


def of(name: str) -> Affected:
    return Affected.objects.get(party__organisation=name)


def test_the_notices_are_drafted_by_themselves_from_the_plan_and_open_in_ones_own_mail_program(
    storm: Activated, put: Put, decider: Record, signed_in: SignedIn, at_time: Callable[[str], datetime]
) -> None:
    """方案里写了怎么做：一打开就有每位顾客的通知，有邮箱的一点就在邮件程序里打开；只读的人看不到。"""
    at_time("2026-07-09T05:30")
    address = f"/contingencies/activations/{storm.id}"
    book.write(Reached(party=of("乙厂").party, way="email", address="yi@example.com", at=datetime(2026, 5, 2, tzinfo=ZONE)), act="test")
    page = signed_in("supervisor").get(address).content.decode()
    assert page.count('name="to"') == 3
    assert "甲行您好：雁回港封港（涉及您的：甲行的货在港）" in page
    assert 'href="mailto:yi@example.com?subject=' in page
    assert 'name="to"' not in signed_in("external_auditor").get(address).content.decode()


def test_without_scenarios_the_page_says_that_nothing_was_thought_of(signed_in: SignedIn) -> None:
    assert "还没有登记情景" in signed_in("agent").get("/contingencies").content.decode()


def test_the_catalogue_shows_the_least_ready_first_and_a_drill_that_never_was(scenario: Record, put: Put, decider: Record, signed_in: SignedIn) -> None:
    """台风准备好了；断链相关却没有方案，也从未演练；疫情判定过期；火山灰判定不相关，有理由，不是缺口。"""
    broken, plague, ash = (
        put("contingencies.scenario", code=code, name=name, at="2026-06-01") for code, name in (("SC-4", "断链"), ("SC-5", "疫情"), ("SC-6", "火山灰"))
    )
    put("contingencies.decided", scenario=broken, relevant=True, reason="有冷链", decider=decider, review="2026-12-31", at="2026-06-02")
    put("contingencies.decided", scenario=plague, relevant=False, reason="", decider=decider, review="2026-06-30", at="2026-06-02")
    put("contingencies.decided", scenario=ash, relevant=False, reason="没有火山", decider=decider, review="2026-12-31", at="2026-06-02")
    page = signed_in("quality_manager").get("/contingencies").content.decode()
    assert page.index("疫情</a>") < page.index("断链</a>") < page.index("台风封港</a>") < page.index("火山灰</a>")
    assert page.count("从未演练") == 1
    assert page.count("判定不算数") == 1
    assert "没有火山" in page
    assert "启动" not in signed_in("inspector").get("/contingencies").content.decode().split('id="relevant"')[1].split("</section>")[0], (
        "who only reads starts nothing"
    )


def test_a_plan_is_put_to_work_and_a_mistake_keeps_what_was_typed(scenario: Record, put: Put, customer: Party, signed_in: SignedIn) -> None:
    client, address = signed_in("supervisor"), f"/contingencies/{scenario.id}/activation"
    put("orders.order", code="ORD-7", party=customer, what="海运到临澜", at="2026-07-08 09:00")
    page = client.get(address).content.decode()
    assert ("ACT-01" in page, "2026-07-09T07:00" in page, "到货时间" in page) == (True, True, True)
    given = {"code": "ACT-1", "issue": "雁回港封港", "endangers": "", "deadline": "2026-07-09T06:30", "since": "2026-07-01T00:00", "words": "临澜"}
    answer = client.post(address, given)
    assert (answer.status_code, Activated.objects.count()) == (422, 0), "an issue without the requirement it endangers starts nothing"
    assert ("雁回港封港" in answer.content.decode(), 'href="#endangers"' in answer.content.decode()) == (True, True)
    answer = client.post(address, {**given, "endangers": "到货时间"})
    assert answer["Location"] == f"/contingencies/activations/{Activated.objects.get().id}"
    assert "ORD-7" in client.get(answer["Location"]).content.decode()


def test_the_remaining_are_previewed_one_by_one_and_noted_in_one_act(storm: Activated, put: Put, signed_in: SignedIn) -> None:
    """乙厂已经知道；其余两位先预览，再一次记下；丙店要邮件，就写邮件。"""
    put("contingencies.informed", affected=of("乙厂"), way="短信", issue="封港", measure="改走陆路", at="2026-07-09 05:40")
    put("parties.preference", party=of("丙店").party, about="channel", words="请发邮件", at="2026-07-01")
    client, address = signed_in("supervisor"), f"/contingencies/activations/{storm.id}"
    assert "告知其余 2 位" in client.get(address).content.decode()
    only_issue = client.post(f"{address}/notices", {"step": "preview", "issue": "封港三天", "measure": ""})
    assert (only_issue.status_code, "封港三天" in only_issue.content.decode(), 'href="#measure"' in only_issue.content.decode()) == (422, True, True)
    words = {"issue": "封港三天", "measure": "改走陆路", "choices": "等船，或改陆运"}
    page = client.post(f"{address}/notices", {**words, "step": "preview"}).content.decode()
    preview = page.split('id="preview"')[1].split("</ul>")[0]
    assert ("甲行您好" in preview, "丙店您好" in preview, "乙厂" in preview) == (True, True, False)
    assert ("甲行的货在港" in preview, "您可以选择：等船，或改陆运" in preview, 'value="邮件"' in preview) == (True, True, True)
    assert Informed.objects.count() == 1, "a preview writes nothing"
    before = Entry.objects.count()
    to = [str(of(name).pk) for name in ("甲行", "丙店")]
    assert client.post(f"{address}/notices", {**words, "step": "send", "to": to, f"way-{of('丙店').pk}": "邮件"}).status_code == 302
    assert (Informed.objects.count(), Entry.objects.count()) == (3, before + 1), "one act"
    assert Informed.objects.get(affected=of("丙店")).way == "邮件"
    assert "名单上的人都已经得知" in client.get(address).content.decode()


def test_if_the_list_changed_since_the_preview_nobody_is_noted(storm: Activated, put: Put, signed_in: SignedIn) -> None:
    client, address = signed_in("supervisor"), f"/contingencies/activations/{storm.id}/notices"
    given = {"step": "send", "issue": "封港", "measure": "改走陆路", "to": [str(of(name).pk) for name in ("甲行", "乙厂")]}
    answer = client.post(address, given)
    assert (answer.status_code, Informed.objects.count()) == (409, 0)
    assert "名单有变化" in answer.content.decode()


def test_all_or_nothing_one_that_cannot_be_written_stops_all(storm: Activated, signed_in: SignedIn, at_time: Callable) -> None:
    client, address = signed_in("supervisor"), f"/contingencies/activations/{storm.id}/notices"
    to = [str(one.pk) for one in Affected.objects.all()]
    answer = client.post(address, {"step": "send", "issue": "封港", "measure": " ", "to": to})
    assert (answer.status_code, Informed.objects.count()) == (422, 0)


def test_whoever_was_late_asked_first_or_heard_half_is_told_apart_and_each_number_is_its_list(
    storm: Activated, put: Put, signed_in: SignedIn, at_time: Callable
) -> None:
    """甲行 7:05 才知道；乙厂 5:58 先来问，6:05 才告知；丙店只听到情况；丁号按时听全；戊号从来没有。"""
    for name in ("丁号", "戊号"):
        put("contingencies.affected", activated=storm, party=meet(name), why="货在港", at="2026-07-09 05:20")
    put("contingencies.asked", affected=of("乙厂"), way="电话", words="封港了吗", at="2026-07-09 05:58")
    for name, time, measure in (("甲行", "07:05", "改走陆路"), ("乙厂", "06:05", "改走陆路"), ("丙店", "05:40", ""), ("丁号", "06:20", "改走陆路")):
        put("contingencies.informed", affected=of(name), way="短信", issue="封港", measure=measure, at=f"2026-07-09 {time}")
    at_time("2026-07-09T08:00")
    client, address = signed_in("agent"), f"/contingencies/activations/{storm.id}"
    page = client.get(address).content.decode()
    for name, count in (("informed", 4), ("waiting", 1), ("asked", 1), ("late", 1), ("wanting", 1), ("well", 1)):
        assert f'show={name}"' in page, name
        assert client.get(address, {"show": name}).content.decode().count('<li id="c-') == count, name
    listed = page.split('<ul class="people">')[1]
    assert listed.index("戊号") < listed.index("乙厂") < listed.index("甲行") < listed.index("丙店") < listed.index("丁号"), "the worst first"
    moment = Moment(datetime(2026, 7, 9, 8, tzinfo=ZONE))
    lines = emergency.lines(storm, moment)
    for name, query in (
        ("late", queries.late),
        ("missing", queries.missing),
        ("asked", queries.asked_first),
        ("waiting", queries.waiting),
        ("well", queries.well_informed),
    ):
        assert {one.affected.pk for one in lines if name in one.states} == set(query(moment).values_list("pk", flat=True)), name


def test_what_did_not_arrive_goes_the_next_way_and_then_on_the_phone_list(storm: Activated, put: Put, signed_in: SignedIn) -> None:
    put("parties.reached", party=of("甲行").party, way="email", address="a@example.com", at="2026-06-01")
    client, address = signed_in("supervisor"), f"/contingencies/activations/{storm.id}"
    [line] = [one for one in emergency.lines(storm, Moment(datetime(2026, 7, 9, 6, tzinfo=ZONE))) if one.affected.pk == of("甲行").pk]
    assert line.next_way == "mail"
    put("contingencies.informed", affected=of("甲行"), way="邮件", issue="封港", measure="改走陆路", at="2026-07-09 05:40")
    answer = client.post(f"{address}/notes", {"customer": of("甲行").pk, "what": "lost", "words": ""})
    assert answer.status_code == 422
    client.post(f"{address}/notes", {"customer": of("甲行").pk, "what": "lost", "words": "邮箱满了"})
    assert Undelivered.objects.get().why == "邮箱满了"
    page = client.get(f"{address}?show=elsewhere").content.decode()
    assert ("甲行" in page.split('class="people"')[1], "各渠道都没有送达" in page) == (True, True)


def test_a_customer_who_asks_is_noted_and_a_note_without_him_is_not(storm: Activated, signed_in: SignedIn) -> None:
    client, address = signed_in("supervisor"), f"/contingencies/activations/{storm.id}/notes"
    answer = client.post(address, {"customer": "", "what": "asked", "way": "电话", "words": "封港了吗"})
    assert (answer.status_code, "封港了吗" in answer.content.decode(), Asked.objects.count()) == (422, True, 0)
    client.post(address, {"customer": of("乙厂").pk, "what": "asked", "way": "电话", "words": "封港了吗"})
    assert Asked.objects.get().affected_id == of("乙厂").pk


def test_somebody_affected_is_added_by_name_and_not_twice(storm: Activated, signed_in: SignedIn) -> None:
    meet("丁号")
    client, address = signed_in("supervisor"), f"/contingencies/activations/{storm.id}/affected"
    for name, status, count in (("没有这家", 422, 3), ("丁号", 302, 4), ("丁号", 422, 4)):
        answer = client.post(address, {"party": name, "why": "来电说明"})
        assert (answer.status_code, Affected.objects.count()) == (status, count), name
    assert 'value="丁号"' in answer.content.decode()


def test_where_a_provider_is_silent_the_list_is_only_at_least(
    storm: Activated, put: Put, customer: Party, order: Callable[..., Record], signed_in: SignedIn
) -> None:
    """一家承运方的货还在路上，位置昨天中午之后没有更新；刚更新过的不算。"""
    carrier = put("suppliers.provider", code="PV-1", name="远汀干线", cases="b", sort="carrier", what="干线", at="2026-06-01")
    shipment = put("deliveries.shipment", code="SH-1", order=order(), provider=carrier, at="2026-07-05")
    put("deliveries.tracked", shipment=shipment, status="transit", source="test", at="2026-07-08 07:00")
    client, address = signed_in("agent"), f"/contingencies/activations/{storm.id}"
    assert "至少" not in client.get(address).content.decode(), "23 hours are not yet old"
    put(
        "deliveries.tracked",
        shipment=put(
            "deliveries.shipment",
            code="SH-2",
            order="ORD-1",
            provider=put("suppliers.provider", code="PV-2", name="岑驰", cases="b", sort="carrier", what="干线", at="2026-06-01"),
            at="2026-07-05",
        ),
        status="transit",
        source="test",
        at="2026-07-08 05:59",
    )
    page = client.get(address).content.decode()
    assert ("至少" in page, "岑驰最近一次报位置" in page, "远汀干线" in page) == (True, True, False)


def test_shipments_are_counted_where_the_reason_names_the_orders_and_else_unknown(
    storm: Activated, put: Put, order: Callable[..., Record], signed_in: SignedIn
) -> None:
    client, address = signed_in("agent"), f"/contingencies/activations/{storm.id}"
    assert "票数不明" in client.get(address).content.decode()
    for number in (1, 2):
        put("deliveries.shipment", code=f"SH-{number}", order=order() if number == 1 else "ORD-1", at="2026-07-05")
    put("contingencies.affected", activated=storm, party=meet("丁号"), why="ORD-1、ORD-99", at="2026-07-09 05:30")
    assert "2 票" in client.get(address).content.decode()


def test_when_it_is_over_the_lessons_are_asked_for_and_kept(storm: Activated, signed_in: SignedIn) -> None:
    client, address = signed_in("supervisor"), f"/contingencies/activations/{storm.id}"
    assert 'id="review"' not in client.get(address).content.decode()
    assert client.post(f"{address}/ending", {"at": "2026-07-09T05:00"}).status_code == 422
    client.post(f"{address}/ending", {"at": ""})
    assert Ended.objects.count() == 1
    assert "还没有复盘" in client.get(address).content.decode()
    answer = client.post(f"{address}/review", {"well": "名单快", "badly": "", "changes": ""})
    assert (answer.status_code, "名单快" in answer.content.decode()) == (422, True)
    client.post(f"{address}/review", {"well": "名单快", "badly": "一家晚了", "changes": "逐家核对"})
    assert Reviewed.objects.get().changes == "逐家核对"
    assert "逐家核对" in client.get(address).content.decode()


def test_what_happened_without_a_scenario_makes_one_and_the_nonconformity(put: Put, signed_in: SignedIn) -> None:
    """平台中断没有情景：补一个名字，同时提出不符合；主动想到的情景不提。"""
    event = put("contingencies.event", code="EV-2", what="平台中断 3 小时", at="2026-07-04 13:20")
    client, address = signed_in("quality_manager"), f"/contingencies/events/{event.id}/scenario"
    assert address in client.get("/contingencies").content.decode()
    answer = client.post(address, {"code": "SC-07", "name": " ", "raise": "1"})
    assert (answer.status_code, Scenario.objects.count(), Nonconformity.objects.count()) == (422, 0, 0)
    answer = client.post(address, {"code": "SC-07", "name": "平台中断", "raise": "1"})
    raised = Nonconformity.objects.get()
    assert answer["Location"] == f"/improvements/{raised.id}"
    assert (raised.thing, raised.clause, Matched.objects.get().scenario.name) == (f"contingencies.event {event.id}", "8.2.1", "平台中断")
    page = client.get("/contingencies").content.decode()
    assert (address in page, "没有判定是否相关" in page) == (False, True), "the stub is not yet judged"
    assert client.get(address).status_code == 404


def test_whoever_may_only_read_changes_nothing(storm: Activated, signed_in: SignedIn) -> None:
    client, address = signed_in("agent"), f"/contingencies/activations/{storm.id}"
    assert "<textarea" not in client.get(address).content.decode()
    for part in ("notices", "affected", "notes", "ending", "review"):
        assert client.post(f"{address}/{part}", {}).status_code == 403
    assert signed_in("trainee").get(address).status_code == 403


def test_a_hundred_affected_ask_as_many_questions_as_three(storm: Activated, put: Put, signed_in: SignedIn) -> None:
    client, address = signed_in("agent"), f"/contingencies/activations/{storm.id}"

    def asked() -> int:
        with CaptureQueriesContext(connection) as asks:
            client.get(address)
        return len(asks)

    few = asked()
    for number in range(20):
        put("contingencies.affected", activated=storm, party=meet(f"第{number}家"), why="货在港", at="2026-07-09 05:20")
        put("contingencies.informed", affected=of(f"第{number}家"), way="短信", issue="封港", measure="改走陆路", at="2026-07-09 05:40")
    assert asked() == few < 50


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_earlier_hour_shows_what_was_known_then_in_both_languages(language: str, storm: Activated, put: Put, signed_in: SignedIn) -> None:
    put("contingencies.informed", affected=of("甲行"), way="短信", issue="封港", measure="改走陆路", at="2026-07-09 05:40")
    client = signed_in("agent")
    client.cookies["lingting_language"] = language
    address = f"/contingencies/activations/{storm.id}"
    assert client.get(f"{address}?at=2026-07-08").status_code == 404
    early = client.get(f"{address}?at=2026-07-09T05:30").content.decode()
    assert early.count('<circle class="told"') == 0
    assert client.get(address).content.decode().count('<circle class="told"') == 1
    assert client.get("/contingencies?at=2026-06-01").status_code == 200
