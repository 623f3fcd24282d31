"""A change of an order: before and after, what it touches, where it was said, and nothing in effect before the customer has said yes."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lingting.access.models import Account
from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation, Said
from lingting.registers.orders.models import Confirmed, Effective, Notice, Objected, Withdrawn
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
Put = Callable[..., Record]


@pytest.fixture
def placed(order: Callable[..., Record], put: Put, at_time: Callable[[str], datetime]) -> Record:
    """An order of two lines, accepted on 10 June; it is the afternoon of the 17th."""
    at_time("2026-06-17T15:00")
    row = order("ORD-1")
    put("orders.line", order=row, name="送货地址", value="北环冷库 4 号门", at="2026-06-10 09:01")
    put("orders.line", order=row, name="件数", value="8", at="2026-06-10 09:01")
    put("orders.accepted", order=row, at="2026-06-10 10:00")
    return row


@pytest.fixture
def change(put: Put, placed: Record) -> Callable[..., Record]:
    """Ask for another place of delivery, at 10:12 on the 17th unless another time is given."""

    def ask(code: str = "CHG-1", after: str = "东市水产区 18 号", at: str = "2026-06-17 10:12", *, name: str = "送货地址", **given: object) -> Record:
        row = put("orders.change", code=code, order=placed, asked_by="customer", why="换了地方", at=at, **given)
        put("orders.altered", change=row, name=name, before="北环冷库 4 号门", after=after, at=at)
        return row

    return ask


@pytest.fixture
def say(customer: Party) -> Callable[..., Said]:
    """Let the customer say something."""

    def speak(text: str, at: str = "2026-06-17 10:11", *, queue: str = "热线") -> Said:
        when = datetime.fromisoformat(at).replace(tzinfo=ZONE)
        talk = Conversation(source="test", key=f"{at} {text}", channel="phone", at=when, language="zh", party=customer, queue=queue)
        said = Said(conversation=talk, key="1", role="customer", text=text, at=when)
        book.write(talk, said, act="test")
        return said

    return speak


def page_of(client: Client, row: Record) -> str:
    return client.get(f"/changes/{row.id}").content.decode()


def test_changed_cells_are_outlined_and_the_others_stand_beside_them(change: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    page = page_of(signed_in("agent"), change())
    table = page.split('<table class="compare">')[1].split("</table>")[0]
    assert table.count('class="changed"') == 2
    assert "<del>北环冷库 4 号门</del>" in table
    assert "<ins>东市水产区 18 号</ins>" in table
    assert "件数" in table
    assert "不变" in table


def test_where_the_change_quotes_the_order_otherwise_than_it_was_it_says_so(placed: Record, put: Put, signed_in: Callable[[str], Client]) -> None:
    row = put("orders.change", code="CHG-1", order=placed, asked_by="customer", why="换了", at="2026-06-17 10:12")
    put("orders.altered", change=row, name="送货地址", before="南环冷库", after="东市", at="2026-06-17 10:12")
    assert "订单上当时写的是：北环冷库 4 号门" in page_of(signed_in("agent"), row)


def test_from_draft_to_effect_every_step_is_led_and_written(change: Callable[..., Record], put: Put, signed_in: Callable[[str], Client]) -> None:
    """草稿、告知、已读、逐行确认、生效。"""
    client, row = signed_in("agent"), change()
    page = page_of(client, row)
    assert f'action="/changes/{row.id}/steps/notice"' in page
    for words in ("林女士您好", "由“北环冷库 4 号门”改为“东市水产区 18 号”", "6月18日 15:00", "Until you confirm"):
        assert words in page, words
    assert client.post(f"/changes/{row.id}/steps/notice", {"way": "短信", "words": "请确认"}).status_code == 302
    assert Notice.objects.get().order_id == row.order_id
    client.post(f"/changes/{row.id}/steps/arrived", {"outcome": "read"})
    page = page_of(client, row)
    assert f'action="/changes/{row.id}/answers"' in page
    line = re.search(r'name="line-(\d+)"', page)[1]
    assert client.post(f"/changes/{row.id}/answers", {f"line-{line}": "yes", "way": "电话"}).status_code == 302
    assert Confirmed.objects.get().accepted
    assert not Objected.objects.exists()
    assert f'action="/changes/{row.id}/steps/effective"' in page_of(client, row)
    client.post(f"/changes/{row.id}/steps/effective", {})
    page = page_of(client, row)
    assert "订单现在是 v2" in page
    assert page.split('class="stages"')[1].split("</ol>")[0].count('class="done"') == 5


def test_before_the_customer_said_yes_no_effect_is_offered_unless_a_document_lets_an_emergency_go_first(
    change: Callable[..., Record], put: Put, signed_in: Callable[[str], Client]
) -> None:
    client, plain = signed_in("agent"), change()
    for path in ("", "?step=effective"):
        page = client.get(f"/changes/{plain.id}{path}").content.decode()
        assert "没有文件允许这项更改先生效" in page
        assert "/steps/effective" not in page
    assert client.post(f"/changes/{plain.id}/steps/effective", {"reason": ""}).status_code == 422
    assert not Effective.objects.exists()
    put("documents.document", code="DOC-7", name="紧急改线规定", at="2026-06-01")
    urgent = change("CHG-2", "南门仓", emergency=True, policy="DOC-7")
    page = client.get(f"/changes/{urgent.id}?step=effective").content.decode()
    assert f'action="/changes/{urgent.id}/steps/effective"' in page
    assert "紧急改线规定 允许先生效" in page
    client.post(f"/changes/{urgent.id}/steps/effective", {"reason": "封路"})
    page = page_of(client, urgent)
    assert f'action="/changes/{urgent.id}/steps/notice"' in page, "told right after"
    assert "因紧急情况已先更改" in page


def test_a_line_the_customer_rejects_goes_back_with_his_words(change: Callable[..., Record], put: Put, signed_in: Callable[[str], Client]) -> None:
    client, row = signed_in("agent"), change()
    other = put("orders.altered", change=row, name="件数", before="8", after="9", at="2026-06-17 10:12")
    put("orders.notice", order=row.order_id, change=row, way="短信", words="请确认", at="2026-06-17 10:20")
    lines = re.findall(r'name="line-(\d+)" value="yes"', page_of(client, row))
    given = {f"line-{number}": "yes" for number in lines} | {f"line-{other.id}": "no", f"words-{other.id}": "还是八件", "way": "电话"}
    client.post(f"/changes/{row.id}/answers", given)
    assert Confirmed.objects.get().accepted is False
    assert Objected.objects.get().altered_id == other.id
    page = page_of(client, row)
    assert "被拒" in page
    assert "还是八件" in page.split('<table class="compare">')[1].split("</table>")[0]
    assert "按客户的话另登记一项更改" in page


def test_an_answer_that_leaves_a_line_out_is_sent_back_with_what_was_typed(change: Callable[..., Record], put: Put, signed_in: Callable[[str], Client]) -> None:
    client, row = signed_in("agent"), change()
    put("orders.notice", order=row.order_id, change=row, way="短信", words="请确认", at="2026-06-17 10:20")
    line = re.search(r'name="line-(\d+)"', page_of(client, row))[1]
    answer = client.post(f"/changes/{row.id}/answers", {f"words-{line}": "嗯", "way": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#line-{line}"' in page
    assert 'href="#answer-way"' in page
    assert 'value="嗯"' in page
    assert not Confirmed.objects.exists()


def test_the_words_it_came_from_are_quoted_with_their_time_and_lead_to_the_turn(
    change: Callable[..., Record], say: Callable[..., Said], signed_in: Callable[[str], Client]
) -> None:
    said, row = say("改成东市水产区 18 号吧"), change()
    say("谢谢，再见", "2026-06-17 10:13")
    page = page_of(signed_in("agent"), row)
    assert f"/conversations/{said.conversation_id}#said-{said.id}" in page
    assert "10:11 客户：改成东市水产区 18 号吧" in page
    assert "没有登记为出处" in page


def test_words_of_another_day_are_no_source_and_unknown_is_said(
    change: Callable[..., Record], say: Callable[..., Said], signed_in: Callable[[str], Client]
) -> None:
    say("改成东市水产区 18 号吧", "2026-06-15 10:00")
    page = page_of(signed_in("agent"), change())
    assert "不知道客户是怎么说的" in page
    assert page.count("记录里没有，不知道") >= 4, "price, arrival, vehicle, promises"


def test_a_carrier_that_left_already_is_told_with_what_can_be_done(
    change: Callable[..., Record], placed: Record, put: Put, signed_in: Callable[[str], Client]
) -> None:
    row = change()
    shipment = put("deliveries.shipment", code="SH-1", order=placed, at="2026-06-16 09:00")
    put("deliveries.tracked", shipment=shipment, status="booked", source="接口", at="2026-06-16 09:00")
    assert "承运方已经出发" not in page_of(signed_in("agent"), row)
    put("deliveries.tracked", shipment=shipment, status="picked", source="接口", expected="2026-06-19", at="2026-06-17 08:50")
    page = page_of(signed_in("agent"), row)
    assert "承运方已经出发（2026-06-17 周三 08:50）" in page
    assert "2026-06-19" in page


def test_two_changes_of_one_line_are_both_shown_by_the_time_they_were_spoken(
    change: Callable[..., Record], say: Callable[..., Said], signed_in: Callable[[str], Client]
) -> None:
    """先登记的那项其实是后说的。"""
    say("送到东市水产区吧", "2026-06-17 11:00")
    say("送到南门仓吧", "2026-06-17 09:00")
    late, early = change("CHG-1", "东市水产区", "2026-06-17 11:05"), change("CHG-2", "南门仓", "2026-06-17 11:30")
    client = signed_in("agent")
    page = page_of(client, late)
    assert "哪一项是后说的" in page
    assert "撤回较早的 CHG-2" in page
    assert "撤回较早的 CHG-1" not in page
    client.post(f"/changes/{early.id}/steps/withdrawn", {"reason": "客户后来改了"})
    assert Withdrawn.objects.get().change_id == early.id
    assert "哪一项是后说的" not in page_of(client, late)


def test_changes_of_other_lines_or_one_after_the_other_do_not_collide(change: Callable[..., Record], put: Put, signed_in: Callable[[str], Client]) -> None:
    first = change("CHG-1", "东市", "2026-06-16 10:00")
    put("orders.confirmed", order=first.order_id, change=first, accepted=True, way="电话", at="2026-06-16 10:10")
    put("orders.effective", change=first, at="2026-06-16 10:20")
    second = change("CHG-2", "南门仓", "2026-06-17 10:00")
    change("CHG-3", "9", "2026-06-17 10:00", name="件数")
    for row in (first, second):
        assert "哪一项是后说的" not in page_of(signed_in("agent"), row)


def test_nobody_answered_for_a_day_it_timed_out_and_an_hour_before_it_has_not(
    change: Callable[..., Record], at_time: Callable[[str], datetime], signed_in: Callable[[str], Client]
) -> None:
    row, client = change(), signed_in("agent")
    at_time("2026-06-18T09:12")
    assert "超时" not in page_of(client, row)
    at_time("2026-06-18T10:12")
    assert "超时" in page_of(client, row)


def test_an_order_that_never_changed_says_when_the_customer_confirmed_it(placed: Record, put: Put, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("agent")
    assert "没有客户确认的记录" in client.get(f"/changes?order={placed.id}").content.decode()
    put("orders.confirmed", order=placed, accepted=True, way="电话", at="2026-06-12 10:00")
    assert "订单 v1 · 2026-06-12 周五 客户确认" in client.get(f"/changes?order={placed.id}").content.decode()
    assert client.get("/changes?order=7").status_code == 404
    assert client.get("/changes?order=x").status_code == 404
    assert client.get("/changes?list=x").status_code == 404


def test_the_list_opens_on_what_the_customer_does_not_know_of_and_its_numbers_are_its_lengths(
    change: Callable[..., Record], signed_in: Callable[[str], Client]
) -> None:
    change("CHG-2", "南门仓", "2026-06-17 14:00")
    change("CHG-1", "东市", "2026-06-15 10:00")
    client = signed_in("agent")
    page = client.get("/changes").content.decode()
    assert page.index("CHG-1") < page.index("CHG-2")
    for name, count in re.findall(r'list=(\w+)"[^>]*>[^<]*<span class="count">(\d+)', page):
        assert client.get(f"/changes?list={name}").content.decode().count('<td class="words">') == int(count), name


def test_of_another_queue_neither_change_nor_source_is_seen(
    change: Callable[..., Record], say: Callable[..., Said], put: Put, cast: Callable[[str], Account], signed_in: Callable[[str], Client]
) -> None:
    secret = say("改成东市水产区 18 号，医药冷柜", queue="医药")
    loose, tied = change(), change("CHG-2", conversation=secret.conversation_id)
    account = cast("supervisor")
    account.queues = "热线"
    account.save()
    client = signed_in("supervisor")
    assert "医药冷柜" not in page_of(client, loose)
    assert client.get(f"/changes/{tied.id}").status_code == 404
    assert client.post(f"/changes/{tied.id}/steps/notice", {"way": "短信", "words": "x"}).status_code == 404
    assert client.post(f"/changes/{tied.id}/answers", {"way": "x"}).status_code == 404
    assert "CHG-2" not in client.get("/changes").content.decode()


def test_the_register_leads_to_the_change_and_the_change_offers_history_and_striking(change: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    from lingting.web.evidence import address

    row, client = change(), signed_in("agent")
    assert address(row) == f"/changes/{row.id}"
    page = page_of(client, row)
    assert f'action="/registers/orders/change/{row.id}/striking"' in page
    assert f"/registers/orders/concerned/new?change={row.id}" in page
    assert client.post(f"/changes/{row.id}/steps/change").status_code == 404
    assert "/steps/" not in page_of(signed_in("inspector"), row)


def test_more_lines_and_changes_cost_no_more_queries(change: Callable[..., Record], put: Put, signed_in: Callable[[str], Client]) -> None:
    client, row = signed_in("agent"), change()
    page_of(client, row)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            page_of(client, row)
        with CaptureQueriesContext(connection) as listed:
            client.get("/changes")
        counts.append((len(asked), len(listed)))
        for line in range(6 * (1 - number)):
            put("orders.altered", change=row, name=f"第 {line} 行", before="1", after="2", at="2026-06-17 10:12")
            change(f"CHG-1{line}", "9", "2026-06-17 10:12", name=f"别的 {line}")
    assert counts[1] <= counts[0]
    assert max(counts[0]) <= 50
