"""The seven elements of communication, and the list of facts that agents put right: what is missing is said, and the words stay as they were."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.numbers import cell

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Corrected, Ended, Hindered, Said

pytestmark = pytest.mark.django_db
Talk = Callable[..., list[Said]]
Put = Callable[..., Record]


@pytest.fixture
def agent(signed_in: Callable[[str], Client], at_time: Callable) -> Client:
    at_time("2026-06-18T09:00")
    return signed_in("agent")


def page(client: Client, said: Said) -> str:
    return client.get(f"/conversations/{said.conversation_id}").content.decode()


def elements(client: Client, said: Said) -> str:
    return page(client, said).split('id="elements-head"')[1].split("</section>")[0]


def ended(said: list[Said]) -> Said:
    book.write(Ended(conversation=said[0].conversation, at=said[-1].at), act="test")
    return said[0]


def test_a_record_without_anybody_having_looked_for_a_barrier_is_incomplete_and_with_one_it_is_whole(converse: Talk, put: Put, agent: Client) -> None:
    said = converse("whole", "客：我的货到哪了？", "我：到云港了。")[0]
    assert "不完整，缺：障碍" in elements(agent, said)
    put("conversations.hindered", conversation=said.conversation_id, barrier="none", at="2026-06-17 11:00")
    words = elements(agent, said)
    assert "七样都有" in words
    assert "看过，没有障碍" in words


def test_words_that_a_machine_was_unsure_of_tell_of_a_barrier_by_themselves_and_sure_ones_do_not(converse: Talk, agent: Client) -> None:
    unclear = converse("unclear", "客：我的货到哪了？", "我：到云港了。", sure=(30, 90))[0]
    assert "1 轮转写没有把握或没有字" in elements(agent, unclear)
    assert "障碍" not in elements(agent, unclear).split("<dl")[0]
    clear = converse("clear", "客：我的货到哪了？", "我：到云港了。", sure=(90, 90))[0]
    assert "不完整，缺：障碍" in elements(agent, clear)


def test_nobody_known_and_nobody_answering_are_missed_by_their_names(converse: Talk, agent: Client) -> None:
    """客：有人吗？ – of nobody we know, and nobody of us ever spoke."""
    said = converse("alone", "客：有人吗？", party=None)[0]
    assert "缺：信息源、目标靶、反馈、障碍、沟通背景" in elements(agent, said)
    assert "不知道是谁，没有背景" in elements(agent, said)


def test_the_context_is_as_it_stood_when_the_conversation_began(converse: Talk, agent: Client) -> None:
    """The first contact has none before it; the second was ten days later; what came after it is no context of it."""
    first = converse("first", "客：我来问问。", at="2026-06-01 10:00")[0]
    second = converse("second", "客：我再问问。", at="2026-06-11 10:00")[0]
    converse("third", "客：还是我。", at="2026-06-15 10:00")
    assert "第一次联系" in elements(agent, first)
    assert "上次联系" in elements(agent, second)
    assert "06-01" in elements(agent, second)


def test_incomplete_records_are_counted_of_those_that_ended(converse: Talk, put: Put, inspector: Client) -> None:
    ended(converse("lacking", "客：我的货到哪了？", "我：到云港了。"))
    whole = ended(converse("whole", "客：我的货到哪了？", "我：到云港了。"))
    put("conversations.hindered", conversation=whole.conversation_id, barrier="noise", words="叉车", at="2026-06-17 11:00")
    converse("going on", "客：我的货到哪了？", "我：到云港了。")
    assert cell(inspector, "incomplete") == (1, 2)


def test_the_desk_asks_what_stood_in_the_way_and_writes_it_down(agent: Client) -> None:
    for role, text in (("customer", "我的货到哪了？"), ("agent", "到云港了，您放心。")):
        agent.post("/desk/turns", {"role": role, "text": text})
    assert "有没有什么妨碍了听懂" in agent.get("/desk").content.decode()
    agent.post("/desk/closing", {"point": "货到哪了", "barriers": ["noise", "nonsense"]})
    assert [one.barrier for one in Hindered.objects.all()] == ["noise"]


FACTS = ("客：我的单号是88204157，三箱鱼。", "我：好的，单号88204157，我来查。")


def test_an_agent_puts_a_fact_right_and_the_words_stay_as_they_were(converse: Talk, agent: Client) -> None:
    """客：我的单号是88204157，三箱鱼。 – three crates it was not, but thirty; and the day was missing."""
    said = converse("facts", *FACTS)[0]
    path = f"/conversations/{said.conversation_id}/facts"
    assert "看过，改正" in page(agent, said)
    assert agent.post(path, {"said": said.pk, "quote": "三箱", "how": "changed", "words": "三十箱"}).status_code == 302
    assert agent.post(path, {"said": said.pk, "quote": "88204157", "how": "right"}).status_code == 302
    assert agent.post(path, {"said": said.pk, "how": "missing", "words": "周五要到"}).status_code == 302
    words = page(agent, said).split('id="facts-head"')[1].split("</section>")[0]
    assert '<s><q class="quote fact">三箱</q></s>' in words
    assert "三十箱" in words
    assert '<s><q class="quote fact">88204157' not in words
    assert "周五要到" in words
    assert Said.objects.get(pk=said.pk).text == FACTS[0].partition("：")[2]


@pytest.mark.parametrize(
    "given",
    [
        {"quote": "三箱", "how": "changed", "words": " "},
        {"quote": "四箱", "how": "none"},
        {"quote": "", "how": "right"},
        {"quote": "", "how": "missing", "words": ""},
        {"quote": "三箱", "how": "missing", "words": "周五"},
    ],
)
def test_a_correction_that_says_nothing_or_is_about_other_words_is_refused(given: dict[str, str], converse: Talk, agent: Client) -> None:
    said = converse("facts", *FACTS)[0]
    answer = agent.post(f"/conversations/{said.conversation_id}/facts", {"said": said.pk, **given})
    assert answer.status_code == 422
    assert 'href="#facts"' in answer.content.decode()
    assert not Corrected.objects.exists()


def test_words_of_another_conversation_and_another_queue_are_not_found(converse: Talk, agent: Client) -> None:
    said, other = converse("facts", *FACTS)[0], converse("other", *FACTS, queue="海运")[0]
    assert agent.post(f"/conversations/{said.conversation_id}/facts", {"said": other.pk, "quote": "三箱", "how": "none"}).status_code == 404
    account = agent.get("/today").wsgi_request.user
    account.queues = "热线"
    account.save()
    assert agent.post(f"/conversations/{other.conversation_id}/facts", {"said": other.pk, "quote": "三箱", "how": "none"}).status_code == 404


def test_only_who_holds_conversations_corrects(converse: Talk, inspector: Client) -> None:
    said = converse("facts", *FACTS)[0]
    assert "看过，改正" not in page(inspector, said)
    assert inspector.post(f"/conversations/{said.conversation_id}/facts", {"said": said.pk, "quote": "三箱", "how": "none"}).status_code == 403


def test_how_often_the_draft_was_wrong_is_counted_by_the_newest_word_about_each_fact(converse: Talk, put: Put, inspector: Client) -> None:
    """Two facts looked at, of which one was first called right and then put right; one more was missing."""
    said = converse("facts", *FACTS)[0]
    for quote, how, words, at in (
        ("三箱", "right", "", "11:00"), ("三箱", "changed", "三十箱", "12:00"), ("88204157", "right", "", "12:00"), ("", "missing", "周五", "12:00"),
    ):  # fmt: skip
        put("conversations.corrected", said=said.pk, quote=quote, how=how, words=words, at=f"2026-06-17 {at}")
    assert cell(inspector, "facts") == (2, 3)
