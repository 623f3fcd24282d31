"""The pages: what they show, in both languages, of today and of an earlier day."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lingting import spine
from lingting.catalog import read_norms
from lingting.channels.read import read
from lingting.registers.conversations.models import Conversation, Found
from lingting.registers.improvements.models import Nonconformity
from lingting.registers.parties.models import Need, Party
from lingting.registers.promises.models import Promise
from lingting.site import worker
from lingting.web.environment import t

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
TALK = {
    "id": "LL-1", "channel": "phone", "customer": {"name": "林女士", "phone": "19900000327"}, "ended": "2026-07-20T10:05:00+08:00",
    "messages": [
        {"id": "1", "at": "2026-07-20T10:00:00+08:00", "role": "agent", "text": "您好，栖舟货运云，请问有什么可以帮您？"},
        {"id": "2", "at": "2026-07-20T10:00:09+08:00", "role": "customer", "text": "我要投诉！<script>alert(1)</script>"},
        {"id": "3", "at": "2026-07-20T10:00:20+08:00", "role": "agent", "text": "非常抱歉，我今天下午五点前给您回电话。"},
    ],
}  # fmt: skip


@pytest.fixture
def heard(tmp_path: Path, at_time: Callable[[str], datetime], db: None) -> Conversation:
    """A call with a complaint and a promise that is not kept."""
    path = tmp_path / "talk.jsonl"
    path.write_text(json.dumps(TALK, ensure_ascii=False), encoding="utf-8")
    spine.receive(read(path, ours=(), zone=ZONE), calendar=worker.calendar())
    spine.work(pack=worker.pack(), now=at_time("2026-07-21T12:00"))
    return Conversation.objects.get()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_reading_page_answers_in_both_languages(language: str, heard: Conversation, signed_in: Callable[[str], Client]) -> None:
    client, admin = signed_in("quality_manager"), signed_in("administrator")
    for one in (client, admin):
        one.cookies["lingting_language"] = language
    promise, party = Promise.objects.get(), Party.objects.get()
    for path in [
        "/today",
        "/conversations",
        f"/conversations/{heard.id}",
        "/conversations?words=投诉",
        "/conversations?norm=promise.made",
        "/promises",
        "/promises?fate=all",
        f"/promises/{promise.id}",
        "/parties",
        f"/parties/{party.id}",
        "/improvements",
        "/clauses",
        "/clauses/8.2.1",
        "/clauses/3.2.3",
        "/checks/8.2.1-H1/failing",
        "/checks/8.2.1-C7/scope",
        "/norms",
        "/norms/promise.made",
        "/book",
        "/book?before=²",
        "/transition",
        "/growth",
        "/-/patterns",
        "/clauses?at=2026-07-01",
    ]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert f'<html lang="{"zh-Hans" if language == "zh-hans" else "en"}">' in page
    assert admin.get("/settings").status_code == 200


def test_the_words_of_a_customer_are_shown_and_never_run(heard: Conversation, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("agent").get(f"/conversations/{heard.id}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_finding_is_marked_in_the_words_it_quotes(heard: Conversation, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("agent").get(f"/conversations/{heard.id}").content.decode()
    assert '<mark class="promise"' in page
    assert "我今天下午五点前给您回电话</mark>" in page


def test_the_scorecard_says_what_was_heard_and_never_passed(heard: Conversation, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("inspector").get(f"/conversations/{heard.id}?card=all").content.decode()
    card = page.split('<aside class="score"')[1].split("</aside>")[0]
    results = re.findall(r'<span class="result [a-z-]+">(.*?)</span>', card)
    assert "没有听到" in results
    assert "通过" not in results
    assert len(results) == len(read_norms()), "every norm has its line"


def test_an_earlier_day_shows_what_had_happened_by_then(heard: Conversation, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")
    assert client.get(f"/conversations/{heard.id}?at=2026-07-19").status_code == 404
    assert client.get(f"/conversations/{heard.id}?at=2026-07-20").status_code == 200
    page = client.get("/clauses?at=2026-07-19").content.decode()
    assert "截至" in page
    assert "?at=2026-07-19" in page, "links keep the day"


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "0000-01-01", "9999-12-31", "2026-07-20T25:00"])
def test_a_day_that_is_none_is_said_in_a_sentence(day: str, signed_in: Callable[[str], Client], db: None) -> None:
    answer = signed_in("quality_manager").get(f"/clauses?at={day}")
    assert answer.status_code == 400
    assert "2026-08-20" in answer.content.decode()


def test_a_cursor_nobody_gave_out_is_said_in_a_sentence(signed_in: Callable[[str], Client], db: None) -> None:
    assert signed_in("agent").get("/conversations?after=zz").status_code == 400


def test_the_map_shows_every_assessable_clause_and_the_term_beside_them(signed_in: Callable[[str], Client], db: None) -> None:
    page = signed_in("external_auditor").get("/clauses").content.decode()
    assert page.count('<li class="tile ') == 66
    assert page.count('<li class="tile term"') == 1
    assert page.count('<li class="tile conforms"') == 0, "with nothing written down, nothing conforms"
    assert page.count('<li class="tile no-evidence"') + page.count('<li class="tile to-be-judged"') == 65


def test_a_promise_is_kept_with_a_note_and_stays_kept(heard: Conversation, signed_in: Callable[[str], Client]) -> None:
    client, number = signed_in("supervisor"), Promise.objects.get().id
    assert client.post(f"/promises/{number}/keeping", {"note": " "}).status_code == 422
    assert client.post(f"/promises/{number}/keeping", {"note": "已回电"}).status_code == 302
    assert client.post(f"/promises/{number}/withdrawal", {"reason": "不想"}).status_code == 409
    assert "晚了" in client.get(f"/promises/{number}").content.decode()


def test_a_promise_is_put_off_only_into_the_future(heard: Conversation, signed_in: Callable[[str], Client]) -> None:
    client, number = signed_in("supervisor"), Promise.objects.get().id
    assert client.post(f"/promises/{number}/postponement", {"due": "2026-07-01T10:00"}).status_code == 422
    assert client.post(f"/promises/{number}/postponement", {"due": "2026-07-30T10:00"}).status_code == 302


def test_a_party_is_added_judged_and_its_need_adopted(signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]) -> None:
    """环保志愿队自认为受影响：先登记，再判定。"""
    at_time("2026-08-01T10:00")
    client = signed_in("quality_manager")
    wrong = client.post("/parties/new", {"name": "", "organisation": "", "category": "society"})
    assert (wrong.status_code, Party.objects.count()) == (422, 0)
    client.post("/parties/new", {"organisation": "环保志愿队", "category": "society"})
    party = Party.objects.get()
    assert client.post(f"/parties/{party.id}/judgement", {"relevant": "yes", "reason": "", "review": "2027-01-01"}).status_code == 422
    client.post(f"/parties/{party.id}/judgement", {"relevant": "yes", "reason": "车辆排放受其关注", "review": "2027-01-01"})
    client.post(f"/parties/{party.id}/needs", {"words": "夜间不怠速", "origin": "conversation"})
    client.post(f"/needs/{Need.objects.get().id}/decision", {"words": "8.5.1 发车规程", "decision": "adopt"})
    page = client.get(f"/parties/{party.id}").content.decode()
    for words in ("车辆排放受其关注", "夜间不怠速", "8.5.1 发车规程"):
        assert words in page


def test_a_complaint_goes_its_way_to_a_verified_action(heard: Conversation, signed_in: Callable[[str], Client], put: Callable) -> None:
    """投诉 → 判定 → 纠正 → 原因 → 措施 → 完成 → 验证（不能验证自己的）→ 关闭。"""
    owner, judge = put("people.person", code="SV2", name="白露", at="2026-05-01").id, put("people.person", code="IA", name="孙内审", at="2026-05-01").id
    client, other = signed_in("supervisor"), signed_in("quality_manager")
    found = Found.objects.get(norm="complaint.made")
    assert client.post(f"/complaints/{found.id}/weighing", {"reason": "", "clause": "8.2.1"}).status_code == 422
    client.post(f"/complaints/{found.id}/weighing", {"reason": "承诺后没有回电", "clause": "8.2.1"})
    number = Nonconformity.objects.get().id
    base = f"/improvements/{number}"
    assert client.post(f"{base}/closing", {"note": "好了"}).status_code == 409, "not before its cause is known and its actions are done"
    client.post(f"{base}/containment", {"what": "当天回电致歉"})
    client.post(f"{base}/analysis", {"cause": "system", "why": "没有提醒", "similar": "查了七月全部承诺"})
    client.post(f"{base}/actions", {"what": "到期前半小时提醒", "owner": owner, "due": "2026-08-01"})
    action = Nonconformity.objects.get().actions.get().id
    client.post(f"/actions/{action}/completion", {"what": "提醒已上线"})
    looked = {"effective": "yes", "evidence": "看了一周"}
    assert other.post(f"/actions/{action}/verification", looked).status_code == 422, "somebody answers for it"
    assert other.post(f"/actions/{action}/verification", {**looked, "judged_by": owner}).status_code == 409, "one's own work"
    auditor = signed_in("internal_auditor")
    counted = {"check_id": "8.2.1-H1", "since": "2026-07-20"}
    assert auditor.post(f"/actions/{action}/verification", {**looked, **counted, "judged_by": judge}).status_code == 302
    assert client.post(f"{base}/closing", {"note": "措施有效"}).status_code == 302
    page = client.get(base).content.decode()
    assert "措施有效" in page
    assert "0 / 0 →" in page, "the check is asked for the day before the effect and for now"
    assert "→ 验证时 1 / 1" in page


def test_whoever_wrote_an_action_done_does_not_verify_it(heard: Conversation, signed_in: Callable[[str], Client], put: Callable) -> None:
    """措施登记完成的账户不能替别人验证：换一个名字也不行。"""
    owner, judge = (put("people.person", code=code, name=code, at="2026-05-01") for code in ("SV2", "IA"))
    row = put("improvements.nonconformity", clause="8.2.1", statement="没有回电", grade="minor", at="2026-07-20 11:00")
    action = put("improvements.action", nonconformity=row, what="提醒", owner=owner, due="2026-07-25", at="2026-07-20 12:00")
    client = signed_in("quality_manager")
    client.post(f"/actions/{action.id}/completion", {"what": "上线"})
    assert client.post(f"/actions/{action.id}/verification", {"effective": "yes", "evidence": "看了", "judged_by": judge.id}).status_code == 409


def test_what_failing_checks_show_is_raised_with_one_click_and_once(heard: Conversation, signed_in: Callable[[str], Client]) -> None:
    """没有兑现的承诺显示常见不符合；提出一次后不再提议。"""
    client = signed_in("supervisor")
    page = client.get("/improvements").content.decode()
    offered = re.findall(r'name="pattern" value="([^"]+)"><input type="hidden" name="thing" value="([^"]+)"', page)
    assert offered
    pattern, thing = offered[0]
    assert client.post("/improvements/proposals", {"pattern": pattern, "thing": thing}).status_code == 302
    raised = Nonconformity.objects.get()
    assert (raised.pattern, raised.thing) == (pattern, thing)
    assert raised.evidence.exists()
    assert thing in client.get(f"/improvements/{raised.id}").content.decode()
    assert client.post("/improvements/proposals", {"pattern": pattern, "thing": thing}).status_code == 409
    assert (pattern, thing) not in re.findall(
        r'name="pattern" value="([^"]+)"><input type="hidden" name="thing" value="([^"]+)"', client.get("/improvements").content.decode()
    )


def test_what_a_pattern_shows_on_several_things_is_raised_as_one_if_a_person_wants_that(
    customer: Party, put: Callable, signed_in: Callable[[str], Client]
) -> None:
    """二十一件保管的财产没有告知：可以逐件提，也可以并成一项；证据里件件都在，页上放不下的有清单。只有一件的情形没有并成一项的按钮。"""
    whole = {"category": "cargo", "what": "货架", "place": "YH-Y", "custodian": "仓管", "condition": "完好", "at": "2026-07-01 09:00"}
    kept = [put("property.item", code=code, party=customer, **whole) for code in map(str, range(21))]
    client = signed_in("supervisor")
    page = client.get("/improvements").content.decode()
    [pattern] = set(re.findall(r'value="([^"]+)"><input type="hidden" name="thing" value="property.item ', page))
    assert page.count("并成一项提出</button>") == page.count('name="thing" value="*"')
    assert f'name="pattern" value="{pattern}"><input type="hidden" name="thing" value="*"' in page
    assert client.post("/improvements/proposals", {"pattern": pattern, "thing": "*"}).status_code == 302
    raised = Nonconformity.objects.get()
    assert {one.record for one in raised.evidence.all()} == {row.pk for row in kept}
    page = client.get(f"/improvements/{raised.pk}").content.decode()
    assert "几件事物一并提出" in page
    every = f"/registers/improvements/evidence?nonconformity={raised.pk}"
    assert f'{every}">全部 21 条' in page
    assert client.get(every).content.decode().count("property.item") >= 21
    assert f'name="pattern" value="{pattern}"' not in client.get("/improvements").content.decode()


def test_a_mistake_keeps_what_was_typed(signed_in: Callable[[str], Client], db: None) -> None:
    answer = signed_in("supervisor").post("/parties/new", {"organisation": "某单位", "category": ""})
    assert answer.status_code == 422
    assert 'value="某单位"' in answer.content.decode()


def test_a_form_without_its_token_is_refused_with_a_sentence(cast: Callable) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast("supervisor"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/parties/new", {"organisation": "某单位", "category": "society"})
    assert answer.status_code == 403
    assert "刷新" in answer.content.decode()


def test_english_words_go_by_their_count(signed_in: Callable[[str], Client], put: Callable) -> None:
    """1 nonconformity open, 2 nonconformities open; 中文不分单复数。"""
    client = signed_in("quality_manager")
    for count, words in ((1, "1</strong> nonconformity open"), (2, "2</strong> nonconformities open")):
        put("improvements.nonconformity", clause="8.2.1", statement="x", grade="minor", at="2026-07-01")
        client.cookies["lingting_language"] = "en"
        assert words in client.get("/improvements").content.decode()
        client.cookies["lingting_language"] = "zh-hans"
        assert f"{count}</strong> 项不符合未关闭" in client.get("/improvements").content.decode()


def test_a_word_with_two_forms_goes_by_its_own_place_and_what_was_typed_stands() -> None:
    english = {"request": SimpleNamespace(language="en")}
    assert t(english, "", "{m} min · {c} [c:contact|contacts]", m=2, c=1) == "2 min · 1 contact"
    assert t(english, "", "[this place|these {n} places]", n=3) == "these 3 places"
    assert t(english, "", "no column “[a|b]”") == "no column “[a|b]”"


def test_the_reader_switches_the_language(signed_in: Callable[[str], Client], db: None) -> None:
    client = signed_in("agent")
    assert "<h1>今日" in client.get("/today").content.decode()
    client.post("/language", {"language": "en", "next": "/today"})
    assert "<h1>Today" in client.get("/today").content.decode()


def test_what_only_a_person_can_answer_waits_for_a_ruling_and_stands_until_its_review(signed_in: Callable[[str], Client], at_time: Callable) -> None:
    at_time("2026-08-31T09:00")
    client = signed_in("internal_auditor")
    page = client.get("/clauses/5.2.2").content.decode()
    assert "还没有人作出判定" in page
    assert "/registers/conformity/ruling/new?check_id=5.2.2-C3" in page
    given = {"check_id": "5.2.2-C3", "answer": "yes", "reason": "抽问热线 6 人，都能说出与本岗位的关系", "review": "2027-08-31"}
    assert client.post("/registers/conformity/ruling/new", {**given, "check_id": "8.2.1-H1"}).status_code == 422, "what is counted nobody can answer"
    assert client.post("/registers/conformity/ruling/new", {**given, "review": "2026-08-31"}).status_code == 422
    assert client.post("/registers/conformity/ruling/new", given).status_code == 302
    assert "抽问热线 6 人" in client.get("/checks/5.2.2-C3/scope").content.decode()
    assert "还没有人作出判定" not in client.get("/clauses/5.2.2").content.decode()
    at_time("2027-09-01T09:00")
    assert "还没有人作出判定" in client.get("/clauses/5.2.2").content.decode(), "past its review it must be given anew"


def test_neighbours_who_complain_of_the_same_thing_are_shown_as_a_group_to_look_at(
    tmp_path: Path, at_time: Callable[[str], datetime], signed_in: Callable[[str], Client], db: None
) -> None:
    """桐溪里四位居民先后来电：夜里货车太吵。"""
    noise = ["我要投诉，半夜货车进出太吵，睡不着！", "我要投诉，你们的货车半夜太吵了，睡不着！", "我要投诉！夜里货车进出太吵。"]
    path = tmp_path / "talks.jsonl"
    talks = [
        {**TALK, "id": f"N-{place}", "customer": {"name": f"居民{place}", "phone": f"1990000100{place}"}, "messages": [{**TALK["messages"][1], "text": words}]}
        for place, words in enumerate([*noise, "我要投诉！发票抬头开错了。"])
    ]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in talks), encoding="utf-8")
    spine.receive(read(path, ours=(), zone=ZONE), calendar=worker.calendar())
    spine.work(pack=worker.pack(), now=at_time("2026-07-21T12:00"))
    page = signed_in("quality_manager").get("/parties").content.decode()
    assert "3 人" in page
    assert page.count("货车") >= 3
    assert "发票" not in page
