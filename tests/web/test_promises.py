"""The promise ledger: a day by the hour, mine and the team's, fulfilled from the row, handed on, and the customer's verdict beside ours."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lingting.access.models import Account
from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation, Said
from lingting.registers.parties.models import Party
from lingting.registers.promises import actions
from lingting.registers.promises.models import Judged, Kept, Postponed, Promise, Reassigned

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 7, 20, 12, tzinfo=ZONE)
Make = Callable[..., Promise]


@pytest.fixture
def make(customer: Party, at_time: Callable[[str], datetime]) -> Make:
    """Let somebody promise something at eight; it is noon."""
    at_time("2026-07-20T12:00")

    def say(words: str, due: str = "", *, speaker: str = "李客服", queue: str = "热线", condition: str = "") -> Promise:
        at = NOON - timedelta(hours=4)
        talk = Conversation(source="test", key=words, channel="phone", at=at, language="zh", party=customer, queue=queue)
        last = Said(conversation=talk, key="1", role="customer", text=f"好，我等{words}", at=at)
        when = datetime.fromisoformat(f"2026-07-{due}").replace(tzinfo=ZONE) if due else None
        row = Promise(
            conversation=talk, party=customer, at=at, speaker=speaker, words=words, due=when, condition=condition or None, conditional=bool(condition) or None
        )
        book.write(talk, last, row, act="test")
        return row

    return say


def test_the_day_is_shown_by_the_hour_with_who_waits_and_the_last_words(make: Make, signed_in: Callable[[str], Client]) -> None:
    """下午三点和五点各有一个；明天的那个今天不算。"""
    make("三点前回电", "20 15:00")
    make("五点前发单", "20 17:30")
    make("明天答复", "21 09:00")
    client = signed_in("supervisor")
    page = client.get("/promises").content.decode()
    hours = page.split('<ol class="hours">')[1].split("</ol>")[0]
    assert hours.index("15:00") < hours.index("三点前回电") < hours.index("17:00") < hours.index("五点前发单")
    assert "明天答复" not in hours
    assert "棠鲤生鲜" in hours
    assert "好，我等三点前回电" in hours
    assert "今天到期 2 个" in page
    tomorrow = client.get("/promises?day=2026-07-21").content.decode()
    assert "明天答复" in tomorrow.split('<ol class="hours">')[1].split("</ol>")[0]
    assert "day=2026-07-20" in tomorrow
    assert "day=2026-07-22" in tomorrow


def test_the_sentence_of_the_day_opens_to_what_it_counts(make: Make, signed_in: Callable[[str], Client]) -> None:
    for words, kept in (("早", 8), ("刚好", 11), ("晚", 11)):
        actions.keep(make(words, "20 10:00" if words == "晚" else "20 11:30"), at=NOON.replace(hour=kept), note="已办", by=1)
    client = signed_in("supervisor")
    page = client.get("/promises").content.decode()
    assert "今天兑现 3 个" in page
    assert "1 个比约定早" in page
    for fate, count in (("kept", 3), ("early", 1), ("late", 1)):
        assert client.get(f"/promises?fate={fate}&day=2026-07-20").content.decode().count('<td class="words">') == count, fate
    assert client.get("/promises?fate=kept&day=2026-07-21").content.decode().count('<td class="words">') == 0


def test_mine_are_those_i_said_or_was_handed_and_an_account_that_said_none_sees_the_teams(
    make: Make, put: Callable[..., Record], signed_in: Callable[[str], Client]
) -> None:
    make("我的那个", "20 15:00")
    other = make("别人的那个", "20 16:00", speaker="何听澜")
    page = signed_in("agent").get("/promises").content.decode()
    assert "我的那个" in page
    assert "别人的那个" not in page
    assert "别人的那个" in signed_in("agent").get("/promises?who=team").content.decode()
    assert "别人的那个" in signed_in("supervisor").get("/promises").content.decode(), "nobody spoke under this name"
    assert "没有和说话人对上" in signed_in("supervisor").get("/promises?who=mine").content.decode().replace("还没有和", "没有和")
    actions.reassign(other, at=NOON - timedelta(hours=1), person=put("people.person", code="A01", name="李客服", at="2026-05-01"), reason="请假", by=1)
    assert "别人的那个" in signed_in("agent").get("/promises").content.decode()


def test_a_promise_is_fulfilled_from_its_row_and_one_comes_back_to_the_day(make: Make, signed_in: Callable[[str], Client]) -> None:
    row, client = make("三点前回电", "20 15:00"), signed_in("agent")
    page = client.get("/promises").content.decode()
    assert f'action="/promises/{row.id}/keeping"' in page
    answer = client.post(f"/promises/{row.id}/keeping", {"note": "已回电", "back": "/promises?day=2026-07-20"})
    assert answer["Location"] == "/promises?day=2026-07-20"
    assert Kept.objects.get().note == "已回电"
    assert "提前兑现" in client.get("/promises").content.decode()


def test_nobody_is_led_to_another_site_and_an_empty_note_keeps_where_one_came_from(make: Make, signed_in: Callable[[str], Client]) -> None:
    row, client = make("三点前回电", "20 15:00"), signed_in("agent")
    empty = client.post(f"/promises/{row.id}/keeping", {"note": " ", "back": "/promises?who=mine"})
    assert empty.status_code == 422
    page = empty.content.decode()
    assert 'href="#note"' in page
    assert 'name="back" value="/promises?who=mine"' in page
    assert not Kept.objects.exists()
    assert client.post(f"/promises/{row.id}/keeping", {"note": "已回电", "back": "https://evil.example/"})["Location"] == f"/promises/{row.id}"


def test_a_vague_promise_is_amber_and_gets_a_time_from_its_row(make: Make, signed_in: Callable[[str], Client]) -> None:
    """“我晚点回您”没有时间；和客户说好之后就有了。"""
    row, client = make("我晚点回您"), signed_in("agent")
    assert '<article class="due vague">' in client.get("/promises").content.decode()
    assert client.post(f"/promises/{row.id}/postponement", {"due": "2026-07-20T11:00"}).status_code == 422, "that is past"
    client.post(f"/promises/{row.id}/postponement", {"due": "2026-07-20T18:00"})
    assert Postponed.objects.get().promise_id == row.id
    page = client.get("/promises").content.decode()
    assert '<article class="due vague">' not in page
    assert '<article class="due waiting">' in page


def test_a_supervisor_hands_a_promise_on_with_a_reason_and_an_agent_may_not(make: Make, put: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    row, person = make("三点前回电", "20 15:00"), put("people.person", code="A04", name="何听澜", at="2026-05-01")
    address = f"/promises/{row.id}/reassignment"
    assert signed_in("agent").post(address, {"person": person.id, "why": "请假"}).status_code == 403
    client = signed_in("supervisor")
    for given, field in (
        ({"person": person.id, "why": ""}, "why"),
        ({"person": "x", "why": "请假"}, "person"),
        ({"person": "9" * 30, "why": "请假"}, "person"),
    ):
        answer = client.post(address, given)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.content.decode()
    assert not Reassigned.objects.exists()
    client.post(address, {"person": person.id, "why": "请假"})
    page = client.get(f"/promises/{row.id}").content.decode()
    assert "转给 何听澜：请假" in page
    assert "转给" not in client.get(f"/promises/{row.id}?at=2026-07-20T11:00").content.decode().split("<form")[0], "as of before"


def test_the_customers_verdict_stands_beside_ours(make: Make, signed_in: Callable[[str], Client]) -> None:
    row, client = make("三点前回电", "20 15:00"), signed_in("agent")
    actions.keep(row, at=NOON - timedelta(hours=1), note="已回电", by=1)
    assert "客户还没有说" in client.get(f"/promises/{row.id}").content.decode()
    assert client.post(f"/promises/{row.id}/judgement", {"verdict": "perhaps"}).status_code == 422
    client.post(f"/promises/{row.id}/judgement", {"verdict": "no", "said": "没有人打来"})
    assert Judged.objects.get().kept is False
    page = client.get(f"/promises/{row.id}").content.decode()
    assert "两边不一致" in page
    assert "没有人打来" in page
    assert "客户说：没有" in client.get("/promises?fate=kept").content.decode()


def test_one_whose_condition_did_not_come_about_is_cancelled_and_not_broken(make: Make, signed_in: Callable[[str], Client]) -> None:
    row = make("如果找不到就补一张", "20 15:00", condition="如果找不到")
    actions.withdraw(row, at=NOON - timedelta(hours=1), reason="找到了", by=1)
    page = signed_in("agent").get("/promises?fate=cancelled").content.decode()
    assert "条件没有出现，取消" in page
    assert "如果找不到就补一张" not in signed_in("agent").get("/promises?fate=broken&at=2026-07-21").content.decode()


def test_one_that_waits_for_its_condition_says_what_to_do_and_is_in_no_rate(make: Make, signed_in: Callable[[str], Client]) -> None:
    row = make("如果找不到就补一张", "20 11:00", condition="如果找不到")
    client = signed_in("agent")
    assert "如果找不到就补一张" in client.get("/promises?fate=conditional").content.decode()
    assert "如果找不到就补一张" not in client.get("/promises?fate=overdue").content.decode()
    page = client.get(f"/promises/{row.pk}").content.decode()
    assert "等条件出现" in page
    assert "在这之前它不计入兑现率" in page
    client.post(f"/promises/{row.pk}/postponement", {"due": "2026-07-20T18:00"})
    assert "如果找不到就补一张" in client.get("/promises?fate=waiting").content.decode()


def test_of_another_queue_nothing_is_seen_or_written(make: Make, cast: Callable[[str], Account], signed_in: Callable[[str], Client]) -> None:
    secret = make("医药冷柜三点到", "20 15:00", queue="医药")
    make("热线的那个", "20 15:00")
    account = cast("supervisor")
    account.queues = "热线"
    account.save()
    client = signed_in("supervisor")
    for path in ("/promises", "/promises?who=team&day=2026-07-20", "/promises?fate=all"):
        page = client.get(path).content.decode()
        assert "热线的那个" in page
        assert "医药冷柜" not in page
    for path, given in (("reassignment", {"person": "1", "why": "x"}), ("judgement", {"verdict": "yes"}), ("keeping", {"note": "x"})):
        assert client.post(f"/promises/{secret.id}/{path}", given).status_code == 404


@pytest.mark.parametrize("path", ["/promises?day=yesterday", "/promises?day=2026-02-30", "/promises?day=9999-12-31", "/promises?after=zz"])
def test_a_day_or_cursor_that_is_none_is_said_in_a_sentence(path: str, signed_in: Callable[[str], Client], db: None) -> None:
    assert signed_in("agent").get(path).status_code == 400


def test_a_day_without_promises_says_so_and_more_of_them_cost_no_more_queries(make: Make, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("supervisor")
    assert "今天没有到期的承诺" in client.get("/promises").content.decode()
    make("一", "20 15:00")
    with CaptureQueriesContext(connection) as one:
        client.get("/promises")
    for number in range(12):
        make(f"第{number}个", "20 16:00")
    with CaptureQueriesContext(connection) as many:
        client.get("/promises")
    assert len(many) <= len(one) <= 30


def test_missed_and_exceeded_are_shares_of_those_whose_fate_is_known(make: Make, put: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    """Four due by noon or kept before: one missed, one kept two hours early, one a minute before its time, one kept for the afternoon; another only waits."""
    client = signed_in("supervisor")
    make("下午再说", "20 16:00")
    assert "没有做到" not in client.get("/promises").content.decode(), "nobody knows yet"
    make("没有回电", "20 10:00")
    for words, due, kept in (("早了两小时", "20 11:00", "09:00"), ("刚好", "20 11:00", "10:59"), ("提前做完", "20 15:00", "11:30")):
        row = make(words, due)
        book.write(Kept(promise=row, at=datetime.fromisoformat(f"2026-07-20 {kept}").replace(tzinfo=ZONE), note="已回电"), act="test")
    page = client.get("/promises").content.decode()
    counts = dict(re.findall(r'<a class="n" href="/promises\?fate=(broken|early|due)[^"]*">(\d+)</a>', page))
    assert counts == {"broken": "1", "due": "4", "early": "2"}
    assert re.search(r">1</a> / <a[^>]*>4</a> · 25(\.0)? ?% \[", page)
    for fate, words in {"broken": {"没有回电"}, "early": {"早了两小时", "提前做完"}, "due": {"没有回电", "早了两小时", "刚好", "提前做完"}}.items():
        listed = client.get(f"/promises?fate={fate}").content.decode()
        assert {one for one in ("没有回电", "早了两小时", "刚好", "提前做完", "下午再说") if one in listed} == words, fate
