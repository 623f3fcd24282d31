"""Figures of listening and of customers: each share with n and interval, each number opening to as many records, and no cause claimed."""

import json
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from tests.conftest import ZONE
from tests.web.numbers import cell

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category, Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Talk = Callable[..., list[Said]]
DAY = "2026-06-17"


def test_whoever_escalates_after_an_interruption_is_set_beside_those_who_were_not_interrupted(converse: Talk, inspector: Client) -> None:
    """客：货到哪了？ 我：您先听我说。 客：你凭什么打断我！"""
    cut = {2: "interruption.overlap"}
    converse("soon", "客：货到哪了？", "我：您先听我说完。", "客：你凭什么打断我！", found={**cut, 3: "stance.agitated"})
    converse("late", "客：货到哪了？", "我：您先听我说完。", *["客：嗯。"] * 6, "客：你凭什么！", found={**cut, 9: "stance.agitated"})
    converse("before", "客：我很生气！", "我：您先听我说完。", "客：好的。", found={**cut, 1: "feeling.anger"})
    converse("calm", "客：货到哪了？", "我：我查一下再告诉您。", "客：好的。")
    assert cell(inspector, "interrupted") == (1, 3), "seven turns later, and before, is not after it"
    assert cell(inspector, "calm") == (0, 1)
    words = inspector.get("/registers/conversations/figures").content.decode()
    assert "先后不等于因果" in words
    assert "含零，分不出差别" in words


def test_the_card_is_opened_before_the_first_answer_of_substance_or_it_is_not(converse: Talk, put: Put, inspector: Client) -> None:
    """我：请问您是哪位？ is no answer yet: whoever asks who calls cannot have looked."""
    first = converse("asked", "客：我的货到哪了？", "我：请问您贵姓？", "客：姓林。", "我：林女士，您的货今天到。")[0]
    put("conversations.opened", conversation=first.conversation_id, at=f"{DAY} 10:02")
    late = converse("late", "客：我的货到哪了？", "我：您的货今天下午会到。", "客：好。")[0]
    put("conversations.opened", conversation=late.conversation_id, at=f"{DAY} 10:05")
    converse("never", "客：我的货到哪了？", "我：您的货今天下午会到。")
    converse("elsewhere", "客：我的货到哪了？", "我：您的货今天下午会到。", source="mail")
    assert cell(inspector, "opened") == (1, 3), "of a source that never tells of openings nothing is known"


def test_a_call_that_we_make_is_prepared_if_the_card_was_open_before_dialling(converse: Talk, put: Put, inspector: Client) -> None:
    out = json.dumps({"direction": "out"})
    ready = converse("ready", "我：您好，货到了。", "客：好。", meta=out)[0]
    put("conversations.opened", conversation=ready.conversation_id, at=f"{DAY} 09:58")
    unready = converse("unready", "我：您好，货到了。", "客：好。", meta=out)[0]
    put("conversations.opened", conversation=unready.conversation_id, at=f"{DAY} 10:01")
    converse("came in", "客：货到了吗？", "我：货到了，您放心。")
    assert cell(inspector, "prepared") == (1, 2)


def test_the_agents_line_is_held_against_the_matter_heard_and_each_sees_their_own(
    converse: Talk, put: Put, inspector: Client, signed_in: Callable[[str], Client]
) -> None:
    """Heard: 你们司机的态度很差. Line: 司机态度差 is the same matter, 要开发票 is another."""
    heard = ("客：你们司机的态度很差。", "我：我记下了，会转告。")
    for key, line in (("same", "司机态度差"), ("other", "要开发票")):
        converse(key, *heard, found={1: "complaint.made"}, meta=json.dumps({"point": line}, ensure_ascii=False))
    converse("nothing heard", "客：好的。", "我：好的，谢谢您。", meta=json.dumps({"point": "没事"}, ensure_ascii=False))
    assert cell(inspector, "point") == (1, 2)
    assert "李客服" not in inspector.get("/registers/conversations/figures").content.decode()
    assert "李客服</th>" in signed_in("supervisor").get("/registers/conversations/figures").content.decode()
    put("people.person", code="A01", name="李客服", at="2026-05-01")
    agent = signed_in("agent")
    assert "李客服</th>" not in agent.get("/registers/conversations/figures").content.decode()
    account = agent.get("/today").wsgi_request.user
    account.person = "A01"
    account.save()
    assert "李客服</th>" in agent.get("/registers/conversations/figures").content.decode()


def test_calls_for_help_that_nobody_answered_in_time_are_counted_with_how_long_the_others_waited(put: Put, inspector: Client) -> None:
    for key, came in (("a", "10:00:30"), ("b", "10:05"), ("c", "")):
        row = put("conversations.called", key=key, at=f"{DAY} 10:00")
        if came:
            put("conversations.came", called=row, at=f"{DAY} {came}")
    assert cell(inspector, "help") == (2, 3)
    assert "165 秒，n=2" in inspector.get("/registers/conversations/figures").content.decode()


def test_of_another_queue_nothing_is_counted(converse: Talk, inspector: Client) -> None:
    converse("theirs", "客：货到哪了？", "我：您先听我说完。", found={2: "interruption.overlap"}, queue="热线")
    account = inspector.get("/today").wsgi_request.user
    account.queues = "邮件"
    account.save()
    assert cell(inspector, "interrupted") == (0, 0)
    account.queues = "热线"
    account.save()
    assert cell(inspector, "interrupted") == (0, 1)


@pytest.fixture
def buyers(order: Callable[..., Record], customer: Party) -> dict[str, Party]:
    """Three whose first order was in June: one orders in July, one again in June only, one never again."""
    others = [parties.add(name=name, organisation=name, category=Category.CUSTOMER, at=datetime(2026, 5, 1, tzinfo=ZONE), by=1) for name in ("青禾", "石桥")]
    order("O-1", accepted="2026-06-10 10:00", party=customer)
    order("O-2", accepted="2026-07-12 10:00", party=customer, at="2026-07-12 09:00")
    order("O-3", accepted="2026-06-10 10:00", party=others[0])
    order("O-4", accepted="2026-06-20 10:00", party=others[0], at="2026-06-20 09:00")
    order("O-5", accepted="2026-06-10 10:00", party=others[1])
    order("O-6", party=others[1], at="2026-07-20 09:00")
    return {"back": customer, "same month": others[0], "gone": others[1]}


def test_a_cohort_is_followed_month_by_month_and_what_is_not_over_is_not_known(
    buyers: dict[str, Party], signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    at_time("2026-08-15T12:00")
    client = signed_in("supervisor")
    words = client.get("/registers/parties/figures").content.decode()
    row = words[words.index("2026-06</th>") :].partition("</tr>")[0]
    assert re.findall(r'<a class="n" href="[^"]*figures/([\w-]+)\?month=2026-06">(\d+)</a>', row) == [("all", "3"), ("back-1", "1"), ("gone", "1")]
    assert row.count("还不知道") == 5, "August is not over"
    for side, name in (("back-1", "棠鲤生鲜"), ("gone", "石桥")):
        listed = client.get(f"/registers/parties/figures/{side}?month=2026-06").content.decode()
        assert name in listed
        assert '<data class="total" value="1">' in listed
    assert client.get("/registers/parties/figures/back-2?month=2026-06").status_code == 404


def test_nobody_is_gone_before_the_time_is_over(buyers: dict[str, Party], signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]) -> None:
    at_time("2026-08-08T12:00")
    words = signed_in("supervisor").get("/registers/parties/figures").content.decode()
    assert "figures/gone" not in words


def test_coming_back_is_set_beside_what_was_heard_and_no_cause_is_claimed(
    buyers: dict[str, Party], converse: Talk, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    at_time("2026-08-15T12:00")
    good, fine, bad = buyers.values()
    converse("good", "客：货到哪了？", "我：今天下午五点前到。", at="2026-06-25 10:00", party=good)
    converse("fine", "客：货到哪了？", "我：今天下午五点前到。", at="2026-06-25 10:00", party=fine)
    converse("bad", "客：货到哪了？", "我：别打断我。", at="2026-06-25 10:00", party=bad, found={2: "interruption.forbidden-words"})
    converse("young", "客：货到哪了？", "我：别打断我。", at="2026-08-01 10:00", party=fine, found={2: "interruption.forbidden-words"})
    client = signed_in("supervisor")
    words = client.get("/registers/parties/figures").content.decode()
    shown = dict(re.findall(r'<a class="n" href="[^"]*figures/((?:well|badly)[\w-]*)">(\d+)</a>', words))
    assert shown == {"well-back": "1", "well": "2", "badly-back": "0", "badly": "1"}
    assert "先后不等于因果" in words
    for side, count in shown.items():
        assert f'<data class="total" value="{count}">' in client.get(f"/registers/parties/figures/{side}").content.decode()


def test_a_customers_page_shows_their_months_and_one_who_never_came_none(
    buyers: dict[str, Party], converse: Talk, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    at_time("2026-08-15T12:00")
    party = buyers["back"]
    converse("good", "客：货到哪了？", "我：今天下午五点前到。", at="2026-06-25 10:00", party=party)
    converse("bad", "客：货到哪了？", "我：别打断我。", at="2026-06-26 10:00", party=party, found={2: "interruption.forbidden-words"})
    client = signed_in("supervisor")
    words = client.get(f"/parties/{party.pk}").content.decode()
    found = re.findall(r'<a class="n" href="([^"]*months/(\w+)\?month=2026-06)">(\d+)</a>', words)
    assert [(side, count) for _, side, count in found] == [("orders", "1"), ("talks", "2"), ("clean", "1")]
    for address, _, count in found:
        assert f'<data class="total" value="{count}">' in client.get(address).content.decode()
    stranger = parties.add(name="路人", organisation="", category=Category.CUSTOMER, at=datetime(2026, 5, 1, tzinfo=ZONE), by=1)
    assert "往来和服务质量" not in client.get(f"/parties/{stranger.pk}").content.decode()


@pytest.mark.parametrize(
    "path", ["/registers/conversations/figures/opened/half", "/registers/conversations/figures/mood/whole", "/registers/parties/figures/half"]
)
def test_a_number_that_is_none_is_not_found(path: str, signed_in: Callable[[str], Client]) -> None:
    assert signed_in("supervisor").get(path).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_without_records_the_pages_say_so(language: str, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("supervisor")
    client.post("/language", {"language": language})
    assert ("nothing to count yet" if language == "en" else "还没有可算的") in client.get("/registers/conversations/figures").content.decode()
    assert ("nothing to reckon from" if language == "en" else "算不出留存") in client.get("/registers/parties/figures").content.decode()


def test_enthusiasm_is_shown_by_tenure_of_bands_of_people_and_never_of_a_few(
    put: Put, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """Six came in January, one of them left in March; four came in June. 建议：一月来的人二月提了两条，七月提了一条。"""
    people = [put("people.person", code=f"A{number}", name=f"人{number}", at="2026-01-05 09:00") for number in range(6)]
    put("people.left", person=people[5], at="2026-03-05 09:00")
    for number in range(4):
        put("people.person", code=f"B{number}", name=f"新{number}", at="2026-06-20 09:00")
    for number, day in enumerate(("2026-02-01", "2026-02-02", "2026-07-10")):
        put("people.suggested", code=f"S-{number}", person=people[number], words="把晚班的回访提前", at=day)
    at_time("2026-08-15T09:00")
    client = signed_in("supervisor")
    words = client.get("/registers/people/figures").content.decode()
    counts = {(start, side): int(count) for start, side, count in re.findall(r'<a class="n" href="/registers/people/figures/(\d+)/(\w+)">(\d+)</a>', words)}
    assert (counts["0", "people"], counts["0", "ideas"], counts["90", "people"], counts["90", "ideas"]) == (10, 2, 5, 0)
    assert counts["180", "ideas"] == 1
    assert words.count("少于 5 人，不显示") == 2, "of a year and more there is nobody"
    for (start, side), count in counts.items():
        assert f'<data class="total" value="{count}">' in client.get(f"/registers/people/figures/{start}/{side}").content.decode()
    for path in ("365/people", "0/moods"):
        assert client.get(f"/registers/people/figures/{path}").status_code == 404, path
    assert signed_in("agent").get("/registers/people/figures").status_code == 403


def test_who_comes_again_is_set_beside_the_level_of_listening_and_every_number_opens(
    buyers: dict[str, Party], converse: Talk, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """Said back and nothing dropped: she does not come again. An issue dropped: he does, nine days later. What nobody judged, what is young, and a call of
    ours are in neither."""
    at_time("2026-08-15T12:00")
    good, fine, bad = buyers.values()
    converse("well", "客：货到哪了？", "我：您是问八号那批到哪了。", at="2026-06-20 10:00", party=good, found={2: "restatement.given"})
    converse("less", "客：一问单号，二问发票。", "我：单号是七。", at="2026-06-20 10:00", party=bad, found={2: "issue.dropped"})
    converse("again", "客：发票呢？", "我：我查一下。", at="2026-06-29 10:00", party=bad)
    converse("less-too", "客：一问单号，二问发票。", "我：单号是八。", at="2026-06-20 10:00", party=fine, found={2: "issue.dropped"})
    converse("ours", "我：您好，给您回电。", "客：好的。", at="2026-06-21 10:00", party=fine, meta='{"direction": "out"}')
    converse("young", "客：一问单号，二问发票。", "我：单号是九。", at="2026-08-10 10:00", party=good, found={2: "issue.dropped"})
    client = signed_in("supervisor")
    words = client.get("/registers/conversations/figures").content.decode()
    shown = dict(re.findall(r'<a class="n" href="/registers/conversations/figures/((?:well|less)-again/\w+)">(\d+)</a>', words))
    assert shown == {"well-again/part": "0", "well-again/whole": "1", "less-again/part": "1", "less-again/whole": "2"}
    for path, count in shown.items():
        assert f'<data class="total" value="{count}">' in client.get(f"/registers/conversations/figures/{path}").content.decode()
    assert "14 天内又来找" in words
    assert "先后不等于因果" in words


def test_after_an_argument_who_comes_again_is_counted_and_others_than_customers_have_their_share(
    buyers: dict[str, Party], converse: Talk, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    at_time("2026-08-15T12:00")
    good, _, bad = buyers.values()
    neighbour = parties.add(name="吴先生", organisation="", category=Category.NEIGHBOUR, at=datetime(2026, 5, 1, tzinfo=ZONE), by=1)
    converse("argued", "客：你们错了。", "我：是您自己没说清楚！", at="2026-06-20 10:00", party=bad, found={2: "arguing.retort"})
    converse("again", "客：我再说一遍。", "我：好的。", at="2026-07-04 09:59", party=bad)
    converse("calm", "客：货到哪了？", "我：今天下午到。", at="2026-06-20 10:00", party=good)
    converse("late", "客：货到哪了？", "我：今天下午到。", at="2026-07-04 10:01", party=good)
    converse("noise", "客：夜里太吵。", "我：我记下了。", at="2026-06-20 10:00", party=neighbour)
    client = signed_in("supervisor")
    words = client.get("/registers/conversations/figures").content.decode()
    shown = dict(re.findall(r'<a class="n" href="/registers/conversations/figures/((?:argued-again|calm-again|others)/\w+)">(\d+)</a>', words))
    assert shown == {
        "argued-again/part": "1", "argued-again/whole": "1", "calm-again/part": "0", "calm-again/whole": "4", "others/part": "1", "others/whole": "5",
    }  # fmt: skip
    assert '<data class="total" value="1">' in client.get("/registers/conversations/figures/others/part").content.decode()


@pytest.fixture
def crew(put: Put) -> list[Record]:
    """Six came in January; two of the same name tell nobody apart by it."""
    return [
        put("people.person", code=f"A{number}", name=name, at="2026-01-05 09:00") for number, name in enumerate(("李客服", "乙", "丙", "丁", "同名", "同名"))
    ]


def test_how_well_is_listened_is_shown_by_tenure_and_opens_to_its_conversations(
    crew: list[Record], converse: Talk, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """李客服 had been here for two months at the first, and for five at the others; of what nothing decides a level, nothing is said."""
    at_time("2026-08-15T09:00")
    converse("young", "客：货到哪了？", "我：您是问八号那批。", at="2026-03-05 10:00", found={2: "restatement.given"})
    converse("old", "客：货到哪了？", "我：您是问九号那批。", at="2026-06-17 10:00", found={2: "restatement.given"})
    converse("worse", "客：一问单号，二问发票。", "我：单号是七。", at="2026-06-17 11:00", found={2: "issue.dropped"})
    converse("plain", "客：货到哪了？", "我：下午到。", at="2026-06-17 12:00")
    client = signed_in("supervisor")
    words = client.get("/registers/people/figures").content.decode()
    shown = dict(re.findall(r'<a class="n" href="/registers/people/figures/(\d+/(?:talks|well))">(\d+)</a>', words))
    assert shown == {"0/talks": "1", "0/well": "1", "90/talks": "2", "90/well": "1"}
    for path, count in shown.items():
        assert f'<data class="total" value="{count}">' in client.get(f"/registers/people/figures/{path}").content.decode()


def test_ideas_per_head_those_carried_out_and_the_oldest_that_waits_are_figures(
    crew: list[Record], put: Put, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """Three ideas of six people in seven months: one carried out, one answered no, one waiting since the first of July."""
    at_time("2026-08-15T09:00")
    client = signed_in("supervisor")
    assert "建议怎么样了" not in client.get("/registers/people/figures").content.decode(), "there is none yet"
    done, no, _ = (put("people.suggested", code=f"S-{day}", person=crew[0], words="把晚班的回访提前", at=f"2026-07-0{day} 09:00") for day in (3, 2, 1))
    for row, decision in ((done, "adopted"), (no, "declined")):
        put("people.replied", suggested=row, by=crew[1], decision=decision, words="因为晚班的顾客早上才有空", at="2026-07-05 09:00")
    put("people.adopted", suggested=done, what="改了排班", at="2026-07-20 09:00")
    words = client.get("/registers/people/figures").content.decode().split("建议怎么样了")[1].split("</section>")[0]
    counts = dict(re.findall(r'<a class="n" href="/registers/people/suggested(?:\?list=(\w+))?">(\d+)</a>', words))
    assert counts == {"": "3", "adopted": "1", "unanswered": "1"}
    assert "最久的等了 45 天" in words
    assert "S-1" in words
    assert "每人每月 0.07 [" in words


def test_what_people_rated_stands_with_its_interval_and_the_level_is_held_against_theirs(
    crew: list[Record], put: Put, converse: Talk, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """Five conversations with a level; the inspector gives the same to four of them and one less to the fifth. Of an unrated side nothing is shown."""
    at_time("2026-08-15T09:00")
    client = signed_in("supervisor")
    assert "由人评的" not in client.get("/registers/conversations/figures").content.decode()
    levels = ((4, "restatement.given"), (3, "issue.dropped"), (3, "topic.hijacked"), (1, "question.ignored"), (4, "restatement.given"))
    for number, (level, norm) in enumerate(levels):
        [said, *_] = converse(f"L-{number}", "客：货到哪了？", "我：您是问八号那批。", at=f"2026-06-1{number} 10:00", found={2: norm})
        score = level - (number == 4)
        put("people.toned", conversation=said.conversation, person=crew[0], judged_by=crew[1], score=score, why="听过", side="listening", at="2026-07-01")
        if number < 2:
            put("people.toned", conversation=said.conversation, person=crew[0], judged_by=crew[1], score=3 + number, why="听过", at="2026-07-01")
    words = client.get("/registers/conversations/figures").content.decode()
    shown = dict(re.findall(r'<a class="n" href="/registers/conversations/figures/((?:tone|listening|clear)/\w+)">(\d+)</a>', words))
    assert shown == {"tone/part": "1", "tone/whole": "2", "listening/part": "1", "listening/whole": "5"}
    for path, count in shown.items():
        assert f'<data class="total" value="{count}">' in client.get(f"/registers/conversations/figures/{path}").content.decode()
    assert re.search(r"加权 κ（平方权） 0\.\d\d \[[^]]+\] n=5", words)
    agent = signed_in("agent")
    assert "由人评的" not in agent.get("/registers/conversations/figures").content.decode(), "whoever does not read the register of people"
    assert agent.get("/registers/conversations/figures/tone/whole").status_code == 404


def test_why_they_came_and_the_four_questions_at_the_end_are_shares_of_ended_conversations(
    talk: Callable[..., Conversation], put: Put, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """Three ended. One asked for a price and really complained, and it was not solved; one asked for advice and wanted just that; of the third nobody wrote."""
    at_time("2026-08-15T12:00")
    first, second, _ = (talk(f"CV-{number}", f"2026-06-1{number} 10:00") for number in range(3))
    given = {"what": "已答复", "reason": "一般咨询", "at": "2026-06-20 09:00"}
    four = {"understood": "yes", "complete": "yes", "solved": "no", "served": "yes"}
    put("documents.outcome", conversation=first, stated="enquiry", real="complaint", **four, **given)
    put("documents.outcome", conversation=second, stated="advice", real="advice", solved="yes", **given)
    client = signed_in("supervisor")
    words = client.get("/registers/conversations/figures").content.decode()
    found = re.findall(r'<a class="n" href="/registers/conversations/figures/(\w+)/(part|whole)">(\d+)</a>', words)
    shown = {(name, side): int(count) for name, side, count in found}
    wanted = {"unclassed": (1, 3), "otherwise": (1, 2), "understood": (0, 1), "complete": (0, 1), "solved": (1, 2), "served": (0, 1)}
    assert {name: (shown[name, "part"], shown[name, "whole"]) for name in wanted} == wanted
    for name in wanted:
        for side in ("part", "whole"):
            assert f'<data class="total" value="{shown[name, side]}">' in client.get(f"/registers/conversations/figures/{name}/{side}").content.decode()


def test_scores_that_came_soon_after_are_set_beside_the_level_and_those_long_after_are_not(
    buyers: dict[str, Party], put: Put, converse: Talk, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """Said back: five points three days later. An issue dropped: one point the next day; another's one point came after six weeks and belongs to nothing."""
    at_time("2026-08-15T12:00")
    good, fine, bad = buyers.values()
    survey = put("surveys.survey", code="SV-1", name="您觉得受到重视吗", instrument="csat", at="2026-06-01")
    converse("well", "客：货到哪了？", "我：您是问八号那批到哪了。", at="2026-06-20 10:00", party=good, found={2: "restatement.given"})
    for key, party in (("less", bad), ("less-too", fine)):
        converse(key, "客：一问单号，二问发票。", "我：单号是七。", at="2026-06-20 10:00", party=party, found={2: "issue.dropped"})
    for party, score, day in ((good, 5, "2026-06-23"), (bad, 1, "2026-06-21"), (fine, 1, "2026-08-01")):
        put("surveys.scored", survey=survey, party=party, score=score, at=f"{day} 09:00")
    client = signed_in("supervisor")
    words = client.get("/registers/conversations/figures").content.decode()
    shown = dict(re.findall(r'<a class="n" href="/registers/conversations/figures/((?:well|less)-low/\w+)">(\d+)</a>', words))
    assert shown == {"well-low/part": "0", "well-low/whole": "1", "less-low/part": "1", "less-low/whole": "1"}
    for path, count in shown.items():
        assert f'<data class="total" value="{count}">' in client.get(f"/registers/conversations/figures/{path}").content.decode()


def test_an_undertone_counts_as_accepted_by_the_newest_word_of_a_person_and_unjudged_it_is_in_no_share(
    crew: list[Record], put: Put, converse: Talk, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    at_time("2026-08-15T12:00")
    for key in ("yes", "changed", "nobody"):
        converse(key, "客：算了，就这样吧。", "我：好的。", at="2026-06-20 10:00", found={1: "meaning.implied"})
    found = {one.conversation.key: one for one in Found.objects.select_related("conversation")}
    put("conversations.judged", found=found["yes"].pk, person=crew[0], correct=True, at="2026-06-21")
    put("conversations.judged", found=found["changed"].pk, person=crew[0], correct=True, at="2026-06-21")
    put("conversations.judged", found=found["changed"].pk, person=crew[1], correct=False, note="她真的不要了", at="2026-06-22")
    words = signed_in("supervisor").get("/registers/conversations/figures").content.decode()
    shown = dict(re.findall(r'<a class="n" href="/registers/conversations/figures/(undertones/\w+)">(\d+)</a>', words))
    assert shown == {"undertones/part": "1", "undertones/whole": "2"}


def test_automated_notices_are_contacts_of_their_own_and_those_nobody_inspected_are_counted(converse: Talk, inspector: Client) -> None:
    """An automatic mail of ours that was listened to, one that came after, a customer's own automatic reply, and a mark of the telephone."""
    row = converse("mail", "客：我的货到哪了？", "我：到云港了。", channel="mail")[-1]
    given = {"conversation": row.conversation, "text": "您的来信已收到。"}
    book.write(
        Said(**given, key="7", role="agent", automatic="auto-reply", at=row.at),
        Said(**given, key="8", role="agent", automatic="auto-reply", at=row.at.replace(hour=15)),
        Said(**given, key="9", role="customer", automatic="auto-reply", at=row.at), act="test",
    )  # fmt: skip
    call = converse("call", "客：在吗？", "我：在的，您请讲。")[-1]
    book.write(Said(conversation=call.conversation, key="7", role="system", text="[保持]", at=call.at), act="test")
    assert cell(inspector, "notices") == (1, 2)


def test_contacts_that_nobody_inspected_are_counted_by_who_began_them(converse: Talk, inspector: Client) -> None:
    converse("came", "客：货到了吗？", "我：货到了，您放心。")
    converse("went", "我：您好，货到了。", "客：好。", meta=json.dumps({"direction": "out"}))
    assert (cell(inspector, "came"), cell(inspector, "went")) == ((0, 1), (0, 1))
    book.write(Conversation(source="test", key="unheard", channel="phone", at=datetime.fromisoformat(f"{DAY}T10:00+08:00"), language="zh"), act="test")
    assert cell(inspector, "came") == (1, 2)
