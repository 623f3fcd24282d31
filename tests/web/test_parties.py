"""Interested parties: who waits for a decision, who was sent away, whose influence is great and whose support unknown."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import ZONE

from lingting.access.models import Account
from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.registers.parties import actions
from lingting.registers.parties.models import Category, Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
SignedIn = Callable[[str], Client]
NOISE = ("你们的货车半夜进出太吵，孩子睡不着", "半夜货车太吵了，根本没法睡觉", "夜里货车太吵，我们全家睡不着", "晚上两点货车还在进出，太吵，睡不着")


@pytest.fixture(autouse=True)
def _clock(at_time: Callable) -> None:
    at_time("2026-08-31T09:00")


def meet(name: str, category: Category = Category.NEIGHBOUR) -> Party:
    return actions.add(name=name, organisation="", category=category, at=datetime(2026, 5, 1, tzinfo=ZONE), by=1)


@pytest.fixture
def neighbours(db: None) -> list[Conversation]:
    """Four neighbours who cannot sleep for the lorries, each in a conversation of his own."""
    talks = []
    for number, words in enumerate(NOISE):
        at = datetime(2026, 8, 10 + number, 9, tzinfo=ZONE)
        talk = Conversation(source="test", key=f"N-{number}", channel="phone", at=at, party=meet(f"邻居{number}"), queue="热线一组")
        said = Said(conversation=talk, key="1", role="customer", text=words, at=at)
        found = {"start": 0, "end": len(words), "norm": "complaint.made", "norm_version": 1, "instrument": "test", "kind": "fact", "severity": "major"}
        book.write(talk, said, Found(conversation=talk, said=said, at=at, quote=words, **found), act="test")
        talks.append(talk)
    return talks


def test_merged_entries_stand_on_one_page_and_in_no_list_twice(put: Put, signed_in: SignedIn, talk: Callable[..., Conversation], customer: Party) -> None:
    """林女士 was met by phone as somebody else; what was said there stands on her page, and the other entry leads to it."""
    other = meet("手机那位", Category.CUSTOMER)
    talk("CV-1")
    at = datetime(2026, 7, 1, 9, tzinfo=ZONE)
    book.write(Conversation(source="test", key="CV-2", channel="phone", at=at, party=other, subject="问货到哪儿了"), act="test")
    put("parties.need", party=other, words="周末也能查", origin="conversation", at="2026-07-02")
    client = signed_in("supervisor")
    assert "问货到哪儿了" not in client.get(f"/parties/{customer.pk}").content.decode()
    put("parties.merged", party=customer, other=other, reason="同一个号码", at="2026-08-01")
    page = client.get(f"/parties/{customer.pk}").content.decode()
    assert all(words in page for words in ("问货到哪儿了", "周末也能查", "同一个号码", "手机那位"))
    assert client.get(f"/parties/{other.pk}")["Location"] == f"/parties/{customer.pk}"
    listed = client.get("/parties?list=all").content.decode()
    assert f'href="/parties/{customer.pk}"' in listed
    assert f'href="/parties/{other.pk}"' not in listed
    assert f'href="/parties/{other.pk}?at=2026-07-31"' in client.get("/parties?list=all&at=2026-07-31").content.decode(), "the day before, they were two"


def test_without_parties_the_page_says_where_they_come_from(signed_in: SignedIn) -> None:
    assert "还没有相关方" in signed_in("supervisor").get("/parties").content.decode()


def test_who_waits_for_a_decision_stands_first_and_every_number_is_its_list(put: Put, signed_in: SignedIn) -> None:
    """工会没有判定；居民判定相关；对手判定不相关；银行的判定过了复核日，又算没有判定。"""
    names = {"码头工会": "", "溪边人家": "2027-01-01", "同行甲": "2027-01-01", "江边银行": "2026-08-30"}
    rows = {name: meet(name) for name in names}
    for name, review in names.items():
        if review:
            put("parties.judged", party=rows[name], relevant=name != "同行甲", reason="看过", review=review, at="2026-06-01")
    client = signed_in("quality_manager")
    page = client.get("/parties").content.decode()
    table = page.split("<tbody>")[-1].split("</tbody>")[0]
    assert [name in table for name in names] == [True, False, False, True]
    for name, count in (("undecided", 2), ("relevant", 2), ("irrelevant", 1), ("ungrounded", 4), ("unrated", 4), ("all", 4)):
        listed = client.get("/parties", {"list": name}).content.decode().split("<tbody>")[-1].split("</tbody>")[0]
        assert listed.count("<tr>") == count, name


def test_the_map_leads_to_whom_it_names_and_a_full_place_to_all_of_them(put: Put, signed_in: SignedIn) -> None:
    """影响大而支持不明的有十个：八个名字，其余在“共 10 个”后面；保持联系的一个在最右；失联的一个在中间。"""
    crowd = [meet(f"居民{number}") for number in range(10)]
    kept, silent = meet("银行", Category.BANK), meet("监管局", Category.REGULATOR)
    for row in (*crowd, kept, silent):
        put("parties.influence", party=row, influence=5 if row in crowd else 2, interest=3, review="2027-01-01", at="2026-06-01")
    put("parties.supported", party=kept, wanted="授信", status="稳定", every=90, at="2026-08-01")
    put("parties.supported", party=silent, wanted="许可", status="一般", every=30, at="2026-06-01")
    client = signed_in("quality_manager")
    page = client.get("/parties").content.decode()
    drawn = page.split('<svg class="quadrants"')[1].split("</svg>")[0]
    assert (drawn.count('<circle class="unknown"'), drawn.count('<circle class="kept"'), drawn.count('<circle class="silent"')) == (9, 1, 1)
    assert f'href="/parties/{kept.id}"' in drawn
    assert "共 10 个" in drawn
    for level, support, count in ((5, "unknown", 10), (2, "kept", 1), (2, "silent", 1), (2, "unknown", 0)):
        listed = client.get("/parties", {"influence": level, "support": support}).content.decode()
        assert listed.count('<td class="words">') == count, (level, support)


def test_without_ratings_there_is_no_map_to_be_misread(signed_in: SignedIn) -> None:
    meet("居民")
    assert "quadrants" not in signed_in("supervisor").get("/parties").content.decode().replace("parties.css", "")


def test_a_group_that_forms_is_shown_with_its_words_until_everybody_was_taken_up(neighbours: list[Conversation], put: Put, signed_in: SignedIn) -> None:
    """四个邻居说同样的事；头两个被“非客户”打发。全部归入一个相关方之后，就不再待判断，也没有被打发的人。"""
    for talk in neighbours[:2]:
        put("parties.turnedaway", conversation=talk, reason="非客户", at="2026-08-20")
    client = signed_in("quality_manager")
    page = client.get("/parties").content.decode()
    group = page.split('id="groups"')[1].split("</section>")[0]
    assert ("4 人" in group, "待您判断" in group, group.count("被打发"), group.count("<q")) == (True, True, 2, 4)
    away = page.split('id="away"')[1].split("</section>")[0]
    assert (away.count("打发的理由：非客户"), f"/parties/placed/new?conversation={neighbours[0].pk}" in away) == (2, True)
    village = meet("村里居民")
    for talk in neighbours:
        put("parties.placed", conversation=talk, party=village, at="2026-08-25")
    page = client.get("/parties").content.decode()
    assert ("都已归入相关方" in page, "待您判断" in page, 'id="away"' in page) == (True, False, False)


def test_who_speaks_of_being_affected_is_heard_without_calling_it_a_complaint(neighbours: list[Conversation], put: Put, signed_in: SignedIn) -> None:
    """没有人说“投诉”二字：被打发的、归入的，说的是同一件事，照样是一个群体。"""
    for talk in neighbours:
        said = Said.objects.get(conversation=talk)
        plain = Conversation(source="test", key=f"P-{talk.key}", channel="phone", at=talk.at, party=meet(f"住户{talk.key}"))
        book.write(plain, Said(conversation=plain, key="1", role="customer", text=said.text, at=said.at), act="test")
        if talk != neighbours[0]:
            put("parties.turnedaway", conversation=plain, reason="非客户", at="2026-08-20")
    assert "7 人" in signed_in("quality_manager").get("/parties").content.decode(), "four who complained, three who only said it"


def test_three_calls_of_one_neighbour_are_no_group(put: Put, hear: Callable[..., Found], signed_in: SignedIn) -> None:
    for day, words in enumerate(NOISE, 10):
        hear("complaint.made", f"2026-08-{day} 09:00", words)
    assert 'id="groups"' not in signed_in("quality_manager").get("/parties").content.decode()


def test_who_is_kept_to_another_queue_sees_neither_the_words_nor_the_turned_away(
    neighbours: list[Conversation], put: Put, signed_in: SignedIn, cast: Callable[[str], Account]
) -> None:
    put("parties.turnedaway", conversation=neighbours[0], reason="非客户", at="2026-08-20")
    account = cast("supervisor")
    account.queues = "在线组"
    account.save()
    page = signed_in("supervisor").get("/parties").content.decode()
    assert ("睡不着" in page, "打发的理由" in page) == (False, False)


def test_a_party_shows_ground_influence_and_support_and_what_can_be_done_next(put: Put, signed_in: SignedIn) -> None:
    row = meet("居民")
    client = signed_in("quality_manager")
    bare = client.get(f"/parties/{row.id}").content.decode()
    assert ("没有评过" in bare, f"/registers/parties/influence/new?party={row.id}" in bare, f"/registers/parties/party/{row.id}" in bare) == (True, True, True)
    put("parties.based", party=row, tie="affected perceives", levers="quality", unit="桐里集散点", informal=True, answer="已改夜间路线", at="2026-06-01")
    put("parties.influence", party=row, influence=4, interest=5, review="2027-01-01", at="2026-06-01")
    put("parties.supported", party=row, wanted="夜间作业的体谅", status="紧张", every=30, at="2026-08-20")
    page = client.get(f"/parties/{row.id}").content.decode()
    for words in ("受我们影响、认为自己受影响", "质量水平", "没有正式组织", "已改夜间路线", "夜间作业的体谅", "保持联系"):
        assert words in page, words
    assert "/registers/parties/influence/new" not in signed_in("inspector").get(f"/parties/{row.id}").content.decode()


def test_a_mistake_keeps_what_was_typed(signed_in: SignedIn) -> None:
    answer = signed_in("supervisor").post("/parties/new", {"organisation": "环保志愿队", "category": ""})
    assert (answer.status_code, 'value="环保志愿队"' in answer.content.decode(), Party.objects.count()) == (422, True, 0)


def test_twenty_parties_ask_as_many_questions_as_two(put: Put, signed_in: SignedIn) -> None:
    client = signed_in("quality_manager")

    def asked() -> int:
        with CaptureQueriesContext(connection) as asks:
            client.get("/parties")
        return len(asks)

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            row = meet(f"居民{number}")
            put("parties.influence", party=row, influence=4, interest=3, review="2027-01-01", at="2026-06-01")
            put("parties.based", party=row, tie="affected", at="2026-06-01")
            put("parties.supported", party=row, wanted="体谅", status="好", every=30, at="2026-08-20")

    fill(0, 2)
    few = asked()
    fill(2, 22)
    assert asked() == few < 40


def test_what_somebody_asked_for_shows_how_far_it_came_and_the_words_to_tell_it(put: Put, customer: Party, signed_in: SignedIn) -> None:
    """居民要夜里安静：没决定、在做、做完没告诉、告诉了；别人要的不在这里。"""
    owner = put("people.person", code="QM", name="温如", at="2026-05-01")
    somebody, client = meet("邻居"), signed_in("quality_manager")
    put("improvements.opportunity", code="OP-2", what="别人的事", origin="customer", party=customer, at="2026-08-01")

    def page() -> str:
        return client.get(f"/parties/{somebody.pk}").content.decode()

    assert 'id="said"' not in page()
    row = put("improvements.opportunity", code="OP-1", what="夜里货车太吵", origin="other", party=somebody, at="2026-08-01")
    assert ("还没有决定做不做" in page(), "/improvements/chosen/new?" in page(), "别人的事" in page()) == (True, True, False)
    put("improvements.chosen", opportunity=row, taken=True, reason="四个人都说", decided_by=owner, at="2026-08-02")
    assert "采纳了，还没有做完" in page()
    put("improvements.finished", opportunity=row, what="夜里改走滨江路", at="2026-08-10")
    assert "做完了，还没有告诉" in page()
    assert "您说“夜里货车太吵”。我们改了：夜里改走滨江路。" in unquote(page()), "the words are prepared"
    put("improvements.told", opportunity=row, way="当面", words="夜里不从村口走了", at="2026-08-11")
    assert ("夜里不从村口走了" in page(), "还没有告诉" in page(), "/improvements/told/new" in page()) == (True, False, False)


def test_a_customers_way_goes_from_the_first_contact_to_whom_they_brought(
    put: Put, signed_in: SignedIn, talk: Callable[..., Conversation], order: Callable[..., Record], customer: Party
) -> None:
    """林女士 was sent by 青禾, asked, ordered twice, complained, and brought 石桥 along. Near miss: somebody with whom nothing happened has no way."""
    sender, brought = meet("青禾", Category.CUSTOMER), meet("石桥", Category.CUSTOMER)
    put("parties.referred", party=customer, by=sender, at="2026-05-02")
    talk("CV-1", "2026-05-10 10:00")
    order("O-1", accepted="2026-06-10 10:00")
    order("O-2", accepted="2026-07-10 10:00", at="2026-07-09 09:00")
    put("complaints.complaint", code="CP-1", party=customer, what="送错了", origin="phone", at="2026-07-20 09:00")
    put("parties.referred", party=brought, by=customer, at="2026-08-01")
    put("parties.dealing", party=customer, parts="intermediary consignor", at="2026-08-02")
    client = signed_in("supervisor")
    page = client.get(f"/parties/{customer.pk}").content.decode()
    way = page.split('id="way"')[1].split("</section>")[0]
    steps = ("第一次知道", "由青禾介绍来", "第一次对话", "第一份订单 O-1", "最近一份订单 O-2", "投诉 CP-1", "带来新顾客：石桥")
    assert [way.index(step) for step in steps] == sorted(way.index(step) for step in steps)
    assert "中间商" in page
    assert "O-1" not in client.get(f"/parties/{customer.pk}?at=2026-06-01").content.decode().split('id="way"')[1].split("</section>")[0]
    stranger = meet("路人", Category.CUSTOMER)
    assert 'id="way"' not in client.get(f"/parties/{stranger.pk}").content.decode()
