"""Shares of conversations: what is in the whole, what is in the part, and what is in neither."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.numbers import cell

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.conversations import balance, reading
from lingting.registers.conversations.models import Said
from lingting.registers.parties.models import Party
from lingting.site.clock import now
from lingting.web.environment import percent

pytestmark = pytest.mark.django_db
Talk = Callable[..., list[Said]]
PAGE = "/registers/conversations/figures"


def test_who_says_how_much_is_counted_by_characters_and_where_words_are_missing_it_is_not_known(converse: Talk, inspector: Client) -> None:
    """Nine characters of ours to two: it was we who spoke. Seven to seven: it was not. Without the customer there is no exchange."""
    converse("ours", "客：嗯。", "我：您的货今天下午到。")
    converse("even", "客：我的货到哪了？", "我：今天下午会到。")
    converse("alone", "我：您好，货到了。")
    converse("wordless", "客：我的货到哪了？", "我：")
    assert cell(inspector, "one-sided") == (1, 2)
    words = inspector.get(PAGE).content.decode()
    assert f"我们的份额（中位数）：{percent(29 / 44)}，n=2" in words, "the middle of 9 of 11 and 7 of 14"
    assert "太少，没有区间" in words


def test_the_share_of_one_conversation_says_in_which_unit_and_time_is_told_only_where_every_turn_is_timed(converse: Talk, inspector: Client, db: None) -> None:
    said = converse("t", "客：货到哪了？", "我：今天下午。", "客：好的。")
    page = f"/conversations/{said[0].conversation_id}"
    words = inspector.get(page).content.decode()
    assert f"我们 {percent(5 / 13)}，顾客 {percent(8 / 13)}（按字数）" in words
    assert "按说话时间" not in words
    assert "1 轮对 2 轮，来回 1 次" in words
    for one, seconds in zip(said, (1, 3, 0), strict=True):
        one.until = one.at.replace(second=seconds)
    told = balance.talked(said)
    assert told is not None
    assert told.seconds is not None
    assert told.seconds.share == 0.75
    said[1].text = None
    assert balance.talked(said).letters is None, "erased"
    assert balance.talked([]) is None


def test_the_mood_at_the_end_is_held_against_the_beginning_and_one_mood_alone_is_no_pair(converse: Talk, inspector: Client) -> None:
    """客：你们太差了！ … 客：那我就放心了。 is better; a mood in our own words is nobody's."""
    converse("up", "客：太差了！", "我：我马上查。", "客：那我就放心了。", found={1: "feeling.anger", 3: "feeling.relief"})
    converse("down", "客：有点担心。", "我：嗯。", "客：气死我了！", found={1: "feeling.anxiety", 3: "feeling.anger"})
    converse("same", "客：气死我了！", "我：嗯。", "客：我很生气！", found={1: "feeling.anger", 3: "feeling.anger"})
    converse("once", "客：气死我了！", "我：嗯。", "客：好。", found={1: "feeling.anger"})
    converse("ours", "客：气死我了！", "我：太好了！", found={1: "feeling.anger", 2: "feeling.joy"})
    assert (cell(inspector, "better"), cell(inspector, "worse")) == ((1, 3), (1, 3))


def test_after_a_complaint_it_is_shown_whether_we_explained_and_whether_the_mood_was_no_worse(converse: Talk, inspector: Client) -> None:
    """我：因为冷库要先验温 is an explanation; without a complaint it is none of this."""
    good = converse(
        "good", "客：我要投诉！", "我：因为冷库要先验温。", "客：那放心了。", found={1: "complaint.made", 2: "practice.explained", 3: "feeling.relief"}
    )
    bad = converse("bad", "客：我要投诉！", "我：嗯。", "客：气死我了！", found={1: "complaint.made", 3: "feeling.anger"})
    once = converse("once", "客：我要投诉！", "我：嗯。", found={1: "complaint.made"})
    other = converse(
        "other", "客：有点担心。", "我：因为冷库要先验温。", "客：放心了。", found={1: "feeling.anxiety", 2: "practice.explained", 3: "feeling.relief"}
    )
    assert (cell(inspector, "eased"), cell(inspector, "explained")) == ((1, 2), (1, 3))
    pages = [inspector.get(f"/conversations/{said[0].conversation_id}").content.decode() for said in (good, bad, once, other)]
    assert ["↑ 好转" in page for page in pages] == [True, False, False, True]
    assert ["↓ 变差" in page for page in pages] == [False, True, False, False]
    assert "只在一轮里听到心情，开头和结尾不能比" in pages[2]
    explained = [page.partition("讲明公司的做法：")[2][:200] for page in pages]
    assert "因为冷库要先验温" in explained[0]
    assert all("没有听到" in words for words in explained[1:3])
    assert explained[3] == "", "nobody complained"


def test_the_share_of_what_we_said_is_that_of_the_conversations_one_may_see(converse: Talk, inspector: Client) -> None:
    converse("mine", "客：我的货到哪了？", "我：今天下午会到。", queue="邮件")
    converse("theirs", "客：嗯。", "我：您的货今天下午到。", queue="热线")
    account = inspector.get("/today").wsgi_request.user
    account.queues = "邮件"
    account.save()
    assert cell(inspector, "one-sided") == (0, 1)
    assert f"我们的份额（中位数）：{percent(0.5)}，n=1" in inspector.get(PAGE).content.decode()
    assert len(balance.balances(Moment(now()))) == 2, "the whole house"


def test_whether_it_was_understood_is_one_figure_and_stands_on_todays_page(
    converse: Talk, inspector: Client, put: Callable[..., Record], offering: Record, customer: Party
) -> None:
    """我：您清楚了吗？ 客：清楚了。 – understood. What was written down of an answer holds before what was heard; unanswered is not understood, nor not."""
    converse("yes", "客：几点送？", "我：五点前送到。您清楚了吗？", "客：清楚了。")
    converse("first no, then yes", "客：几点送？", "我：五点前。清楚了吗？", "客：不清楚。", "我：下午五点前一定送到。这样清楚了吗？", "客：懂了。")
    converse("no", "客：几点送？", "我：五点前。您清楚了吗？", "客：没听懂。")
    converse("neither", "客：几点送？", "我：五点前。您清楚了吗？", "客：那司机有电话吗？")
    converse("silent", "客：几点送？", "我：五点前。您清楚了吗？")
    converse("the customer asks", "客：我说的您明白了吗？", "我：明白了。")
    converse("misunderstood", "客：我不是这个意思。", "我：您就是要退货。", found={2: "misunderstanding.unresolved"})
    written = converse("written down", "客：几点送？", "我：五点前。您清楚了吗？", "客：嗯。")[0].conversation_id
    information = put("offerings.information", code="IN-1", name="送货", offering=offering, audience="顾客", language="zh", owner="温如", at="2026-06-05")
    version = put("offerings.version", information=information, number="1", topics="what", at="2026-06-06")
    put("offerings.told", version=version, party=customer, conversation=written, topics="what", understood="unclear", at="2026-06-17 12:00")
    assert cell(inspector, "comprehended") == (2, 5)
    assert cell(inspector, "understood-asked") == (4, 6)
    today = inspector.get("/today").content.decode().partition('class="understood"')[2].partition("</p>")[0]
    assert percent(0.4) in today
    assert re.findall(r'<a class="n" href="/registers/conversations/figures/comprehended/(\w+)">(\d+)</a>', today) == [("part", "2"), ("whole", "5")]


def test_where_nobody_asked_the_page_of_today_says_that_it_is_not_known(converse: Talk, inspector: Client, signed_in: Callable[[str], Client]) -> None:
    converse("not asked", "客：几点送？", "我：五点前送到。", "客：好的，清楚了。")
    assert "还不知道：没有一段对话问过并得到回答" in inspector.get("/today").content.decode()
    for role in ("administrator", "trainee"):
        assert 'class="understood"' not in signed_in(role).get("/today").content.decode(), role


def test_facts_come_back_in_our_words_in_the_notes_or_in_the_order_tied_to_the_conversation(
    converse: Talk, inspector: Client, put: Callable[..., Record], order: Callable[..., Record]
) -> None:
    """客：少了八件。 我：八件，我记下了。 – came back. 我：我记下了。 alone did not; a note or the order that was tied to it holds it too."""
    said = {
        "back": converse("back", "客：少了八件。", "我：八件，我查一下。"), "lost": converse("lost", "客：少了八件。", "我：我查一下。"),
        "noted": converse("noted", "客：少了八件。", "我：我查一下。"), "tied": converse("tied", "客：单号20260713。", "我：我查一下。"),
        "no fact": converse("no fact", "客：有点急。", "我：我查一下。"), "too late": converse("too late", "我：您好。", "客：少了八件。"),
    }  # fmt: skip
    put("conversations.noted", conversation=said["noted"][0].conversation_id, words="少8件", at="2026-06-17 10:02")
    put("deliveries.linked", conversation=said["tied"][0].conversation_id, order=order("ORD-0713"), at="2026-06-17 10:05")
    assert cell(inspector, "recalled") == (3, 4)
    pages = {key: inspector.get(f"/conversations/{ones[0].conversation_id}").content.decode() for key, ones in said.items()}
    assert {key: ("接住了</span>" in page, "没有再出现</strong>" in page) for key, page in pages.items()} == {
        "back": (True, False), "lost": (False, True), "noted": (True, False), "tied": (True, False), "no fact": (False, False), "too late": (False, False),
    }  # fmt: skip
    assert "1 件里 0 件" in pages["lost"]
    assert f'<a href="#said-{said["lost"][0].pk}"><q class="quote fact">八件</q></a>' in pages["lost"]


def test_a_wording_of_a_question_is_shown_from_twenty_conversations_on_with_how_often_a_new_fact_came(converse: Talk, inspector: Client) -> None:
    """我：您一共发几箱？ was asked in twenty, and brought a count in five; what was known already is nothing new. 我：您贵姓？ was asked in nineteen."""
    for number in range(20):
        answer = "客：八箱。" if number < 5 else "客：还没想好。"
        converse(f"c{number}", "客：要发货。" if number else "客：要发货，八箱。", "我：好的。您一共发几箱？", answer)
    for number in range(19):
        converse(f"n{number}", "客：要发货。", "我：您贵姓？", "客：我姓林。")
    converse("no answer", "客：要发货。", "我：您一共发几箱？")
    converse("no question", "客：要发货。", "我：我查一下。", "客：八箱。")
    page = inspector.get(PAGE).content.decode().partition("哪种问法")[2].partition("</table>")[0]
    links = re.findall(r'<q>([^<]+)</q>.*?<a class="n" href="([^"]+)">(\d+)</a> / <a class="n" href="([^"]+)">(\d+)</a>', page)
    assert [(wording, part, whole) for wording, _, part, _, whole in links] == [("您一共发几箱", "4", "20")]
    for path, count in ((links[0][1], "4"), (links[0][3], "20")):
        assert f'<data class="total" value="{count}">' in inspector.get(path.replace("&amp;", "&")).content.decode()
    assert cell(inspector, "asked-fact") == (23, 39)


def test_a_conversation_is_read_again_only_once_something_more_was_said(converse: Talk, db: None) -> None:
    asked: list[int] = []

    def count(lines: list[reading.Line]) -> int:
        asked.append(len(lines))
        return len(lines)

    said = converse("a", "客：八箱。", "我：好。")
    converse("b", "客：好。")
    moment = Moment(now())
    assert sorted(reading.read(moment, "count", count).values()) == [1, 2]
    assert (sorted(reading.read(moment, "count", count).values()), len(asked)) == ([1, 2], 2)
    book.write(Said(conversation=said[0].conversation, key="3", role="customer", text="谢谢", at=said[-1].at), act="test")
    assert (sorted(reading.read(moment, "count", count).values()), len(asked)) == ([1, 3], 3)
    before = Moment(said[0].at)
    assert sorted(reading.read(before, "count", count).values()) == [1, 1], "as of a moment, what had been said by then"


@pytest.mark.parametrize(("sure", "hint"), [((60, 65, 90), True), ((90, 65, 72), False), ((None, None, None), None)])
def test_how_sure_the_recogniser_was_of_our_words_is_a_hint_and_what_was_typed_has_none(
    converse: Talk, inspector: Client, sure: tuple[int | None, ...], hint: object
) -> None:
    """The customer's own turns do not matter: it is our words that are summed up."""
    [talk, *_] = converse("talk", *["我：好的。"] * 3, "客：好。", sure=(*sure, 10))
    page = inspector.get(f"/conversations/{talk.conversation_id}").content.decode()
    assert cell(inspector, "unclear") == (int(bool(hint)), int(hint is not None))
    assert ("转写的把握</dt>" in page) is (hint is not None)
    assert ("请听一听录音" in page) is bool(hint)
    if hint:
        assert "我们的 3 轮，中位 65%；低于 70% 的 2 轮" in page
        assert "不算谁的错" in page


def test_low_confidence_in_noise_is_told_apart(converse: Talk, inspector: Client, put: Callable[..., Record]) -> None:
    hall, person = put("surroundings.place", code="HALL", name="大厅", at="2026-05-01"), put("people.person", code="A01", name="李客服", at="2026-05-01")
    meter = put("instruments.instrument", code="NM-1", name="噪声计", sort="device", use="量噪声", at="2026-05-01")
    put("surroundings.limit", place=hall, factor="noise", highest="60", rhythm="hour", origin="house", source="本机构", at="2026-05-02")
    put("surroundings.shift", person=person, place=hall, start="2026-06-17 09:00", until="2026-06-17 17:00", at="2026-06-01")
    put("surroundings.reading", place=hall, factor="noise", value="70", instrument=meter, at="2026-06-17 09:59")
    for key, at in (("loud", "2026-06-17 10:00"), ("quiet", "2026-06-18 10:00")):
        [talk, *_] = converse(key, "我：好的。", "客：好。", at=at, sure=(50, 90))
        assert ("现场噪声超过限值" in inspector.get(f"/conversations/{talk.conversation_id}").content.decode().partition("转写的把握</dt>")[2][:400]) is (
            key == "loud"
        )
    assert (cell(inspector, "unclear"), cell(inspector, "unclear-noise")) == ((2, 2), (1, 2))
