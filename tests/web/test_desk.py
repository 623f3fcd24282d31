"""The agent's desk: a conversation taken turn by turn, what is due said in time, and nothing closed with a promise left hanging."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.sitting import close, page, say

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.complaints.models import Feedback
from lingting.registers.conversations.models import Asked, Conversation, Disputed, Found, Heard, InWork, Noted, Opened, Said
from lingting.registers.parties.models import Party
from lingting.registers.promises import queries as promises
from lingting.registers.promises.models import Promise, Withdrawn

pytestmark = pytest.mark.django_db
VAGUE, DATED = "我晚点回您。", "我今天下午五点前给您回电。"


@pytest.fixture
def agent(signed_in: Callable[[str], Client], at_time: Callable) -> Client:
    """Sit at the desk at noon."""
    at_time("2026-07-20T12:00")
    return signed_in("agent")


def place(client: Client) -> str:
    return re.search(r'name="place" value="([\d-]+)"', page(client))[1]


def test_a_closed_conversation_is_in_the_book_and_heard_like_any_other(agent: Client) -> None:
    """客：我的货还没到，我要投诉你们的司机。 我：我今天下午五点前给您回电。"""
    say(agent, "客：我的货还没到，我要投诉你们的司机。", f"我：{DATED}")
    assert not Conversation.objects.exists(), "a draft is no evidence"
    answer = close(agent)
    row = Conversation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/conversations/{row.pk}")
    assert [said.text for said in Said.objects.filter(conversation=row).order_by("at", "id")] == ["我的货还没到，我要投诉你们的司机。", DATED]
    assert Heard.objects.filter(conversation=row).count() == 1
    assert Found.objects.filter(conversation=row, norm="complaint.made").exists()
    assert f"{Promise.objects.get().due:%H:%M}" == "09:00", "five in the afternoon, told in UTC"
    assert not InWork.objects.exists()
    assert agent.get(f"/conversations/{row.pk}").status_code == 200


def test_an_undated_promise_keeps_the_conversation_open_and_a_dated_one_does_not(agent: Client) -> None:
    """我：我晚点回您。"""
    say(agent, "客：我的货到哪了？", f"我：{VAGUE}")
    assert "需要一个时间" in page(agent)
    answer = close(agent, point="要回电", need="赶船期")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "还有承诺没有时间" in words
    assert 'value="要回电"' in words
    assert "赶船期" in words
    assert not Conversation.objects.exists()
    agent.post("/desk/promises", {"place": place(agent), "due": "2026-07-20T15:00", "act": "date"})
    assert "需要一个时间" not in page(agent)
    assert close(agent).status_code == 302
    assert [f"{row.deadline:%H:%M}" for row in promises.made(Moment(Promise.objects.get().at.replace(hour=20)))] == ["07:00"]


def test_a_time_that_is_over_is_none_and_what_was_typed_stays(agent: Client) -> None:
    say(agent, "客：我的货到哪了？", f"我：{VAGUE}")
    answer = agent.post("/desk/promises", {"place": place(agent), "due": "2026-07-20T11:00", "act": "date"})
    assert answer.status_code == 422
    assert "请填一个将来的时间" in answer.content.decode()
    assert 'value="2026-07-20T11:00"' in answer.content.decode()


def test_what_is_no_promise_needs_a_reason_and_is_told_to_calibration(agent: Client, put: Callable[..., Record]) -> None:
    person = put("people.person", code="A01", name="李客服", at="2026-05-01")
    account = agent.get("/desk").wsgi_request.user
    account.person = person.code
    account.save()
    say(agent, "客：我的货到哪了？", f"我：{VAGUE}")
    assert agent.post("/desk/promises", {"place": place(agent), "act": "none"}).status_code == 422
    agent.post("/desk/promises", {"place": place(agent), "act": "none", "reason": "客户说不用回了"})
    assert close(agent).status_code == 302
    assert Withdrawn.objects.get().reason == "客户说不用回了"
    dispute = Disputed.objects.get()
    assert (dispute.person_id, dispute.words, dispute.found.norm) == (person.pk, "客户说不用回了", "promise.vague")


def test_an_agent_whom_the_register_does_not_know_disputes_nothing(agent: Client) -> None:
    say(agent, "客：我的货到哪了？", f"我：{VAGUE}")
    agent.post("/desk/promises", {"place": place(agent), "act": "none", "reason": "客户说不用回了"})
    assert close(agent).status_code == 302
    assert Withdrawn.objects.exists()
    assert not Disputed.objects.exists()


def rings(client: Client) -> list[str]:
    return re.findall(r'aria-label="(\d)/4"', page(client))


def test_a_slot_goes_a_quarter_for_asked_answered_and_read_back(agent: Client) -> None:
    """客：发货。 我：从哪里装货？ 客：云港三号库。 我：请问联系电话是多少？"""
    say(agent, "客：你好，我要发货。")
    assert rings(agent) == []
    say(agent, "我：请问联系电话是多少？")
    assert rings(agent)[1] == "1"
    say(agent, "客：19900000321。")
    assert rings(agent)[1] == "2"
    say(agent, "我：为确保信息准确，再次与您确认：电话是19900000321，对吗？")
    assert rings(agent)[1] == "3"
    say(agent, "客：对的。")
    assert rings(agent)[1] == "4"


def test_the_name_of_the_goods_is_held_against_the_list_as_soon_as_it_is_said(agent: Client, put: Callable[..., Record]) -> None:
    """客：我要发货。 我：请问是什么货？ 客：冰淇淋。 —— 旁边马上写着要控温；雪糕机不算。"""
    put(
        "offerings.goods",
        code="GD-1",
        names="冰淇淋、雪糕",
        but="雪糕机",
        rule="temperature",
        warmest="-18",
        source="冷链规范",
        note="派冷藏车",
        at="2026-06-05",
    )
    put("offerings.goods", code="GD-2", names="烟花", rule="banned", source="条例", at="2026-06-05")
    say(agent, "客：你好，我要发货。", "我：请问是什么货？")
    assert "冷链规范" not in page(agent)
    say(agent, "客：冰淇淋20箱。")
    assert re.search(r'id="goods-1".*要控温.*不高于 -18 ℃.*派冷藏车.*冷链规范', page(agent))
    assert "禁运" not in page(agent)


def test_an_intake_is_asked_on_and_then_read_back(agent: Client) -> None:
    """客：你好，我要发货。 我：请问联系电话是多少？ 客：19900000321。 …"""
    say(agent, "我：您好，栖舟货运云，很高兴为您服务，请问有什么可以帮到您？", "客：你好，我要发货。", "我：我来记录一下信息，请问联系电话是多少？")
    assert 'id="accept"' not in page(agent), "one waits for the answer"
    say(agent, "客：19900000321。", "我：联系人怎么称呼？", "客：周敏。", "我：货物名称是什么？", "客：冷冻鱼。", "我：装货地址在哪里？", "客：云港三号库。")
    assert "请问送货地址是？" in page(agent)
    say(agent, "我：送货地址在哪里？", "客：泠州南门仓。")
    assert "联系电话19900000321" in page(agent)
    assert "为确保信息准确，再次与您确认" in page(agent)


def test_the_phrase_that_is_due_stands_there_and_goes_into_the_field(agent: Client) -> None:
    assert "很高兴为您服务" in page(agent), "the opening is due before anything is said"
    assert re.search(r'id="text"[^>]*value="您好，栖舟货运云', page(agent, "/desk?say=due"))
    say(agent, "我：您好，栖舟货运云，很高兴为您服务，请问有什么可以帮到您？", "客：你们就是一群废物！")
    words = page(agent)
    assert "请您慢慢说好吗" in words
    assert "您被骂了" in words
    say(agent, "我：对不起，我非常理解您的心情，但是为了帮您解决问题，请您慢慢说好吗？我会尽全力帮您解决的。")
    assert "请您慢慢说好吗？我会尽全力帮您解决的。</p>\n<p><a" not in page(agent)


def test_a_draft_survives_and_is_nobody_elses(agent: Client, signed_in: Callable[[str], Client]) -> None:
    say(agent, "客：我的货到哪了？")
    assert "我的货到哪了？" in page(signed_in("agent"))
    assert "我的货到哪了？" not in page(signed_in("supervisor"))


def test_a_pasted_dialogue_is_taken_line_by_line_and_one_without_speakers_is_handed_back(agent: Client) -> None:
    agent.post("/desk/turns", {"lines": "客户：我的货呢？\n10:12 坐席: 我查一下。\n请稍等。"})
    assert [(turn.role, turn.text) for turn in read(agent)] == [("customer", "我的货呢？"), ("agent", "我查一下。\n请稍等。")]
    answer = agent.post("/desk/turns", {"lines": "我的货呢？\n坐席：我查一下。"})
    assert answer.status_code == 422
    assert "第一行没有写谁在说" in answer.content.decode()
    assert "我的货呢？\n坐席：我查一下。</textarea>" in answer.content.decode()
    assert len(read(agent)) == 2


def read(client: Client) -> list:
    from lingting.web import desk

    return desk.read(desk.in_work(client.get("/desk").wsgi_request.user)).spoken()


def test_the_last_turn_can_be_taken_back_with_its_promise(agent: Client) -> None:
    say(agent, "客：我的货到哪了？", f"我：{VAGUE}")
    agent.post("/desk/promises", {"place": place(agent), "due": "2026-07-20T15:00", "act": "date"})
    agent.post("/desk/turns/last/withdrawal")
    assert VAGUE not in page(agent)
    say(agent, f"我：{VAGUE}")
    assert "需要一个时间" in page(agent)


def test_the_chosen_customer_is_whose_conversation_it_is_and_the_card_tells_what_to_mind(agent: Client, customer: Party, put: Callable[..., Record]) -> None:
    put("parties.preference", party=customer, about="quiet", words="午休", quiet_from="12:00", quiet_until="14:00", at="2026-06-01")
    put("complaints.complaint", code="CMP-7", party=customer, what="货送错了", at="2026-07-01 10:00")
    assert "棠鲤生鲜" in page(agent, "/desk?find=棠鲤")
    agent.post("/desk/customer", {"party": customer.pk})
    words = page(agent)
    assert "12:00–14:00" in words
    assert "CMP-7" in words
    say(agent, "客：我的货到哪了？")
    assert close(agent, kinds=["doubt"]).status_code == 302
    assert Conversation.objects.get().party == customer
    assert Party.objects.count() == 1
    assert (Feedback.objects.get().party, Feedback.objects.get().kinds) == (customer, "doubt")


def test_feedback_without_a_customer_is_refused_and_without_a_kind_none_is_needed(agent: Client) -> None:
    say(agent, "客：我的货到哪了？")
    answer = close(agent, kinds=["doubt"])
    assert answer.status_code == 422
    assert "记反馈要先选客户" in answer.content.decode()
    assert close(agent).status_code == 302
    assert Conversation.objects.get().party is None


def test_the_tracking_phrase_is_withheld_as_nobody_told_a_fresh_status(agent: Client) -> None:
    """客：8820415到哪了？ 我：现在在泠州。"""
    say(agent, "我：您好，栖舟货运云，很高兴为您服务，请问有什么可以帮到您？")
    assert "查询系统暂不可用" not in page(agent)
    say(agent, "客：8820415到哪了？", "我：现在在泠州。")
    words = page(agent)
    assert "查询系统暂不可用" in words
    assert "{place}" not in words
    assert 'id="accept"' not in words, "what is withheld is not taken by Enter"


def test_the_numbers_of_the_queue_open_to_as_many_rows(agent: Client, customer: Party) -> None:
    from lingting.ledger import book
    from lingting.registers.conversations import actions

    at = agent.get("/desk").wsgi_request.moment.at
    for place_, hours in enumerate((-30, 3, 5)):
        talk = Conversation(source="test", key=str(place_), channel="mail", at=at, language="zh", party=customer)
        said = Said(conversation=talk, key="1", role="customer", text=f"信{place_}", at=at)
        due = at.replace(day=at.day + hours // 24, hour=(at.hour + hours) % 24)
        book.write(talk, said, actions.ask(said, due=due), act="test")
    assert Asked.objects.count() == 3
    words = page(agent)
    for name, count in (("left", 1), ("still", 2)):
        assert f'href="/desk?list={name}">{count}</a>' in words
        assert page(agent, f"/desk?list={name}").count('<li class="waits">') == count
    assert "现在没有等待的对话" not in words


def test_a_vip_goes_first_among_those_still_in_time_and_never_before_whoever_waits_past_it(agent: Client, put: Callable[..., Record]) -> None:
    """三封信：散客 11:00 就该答；散客应于 15:00 前、VIP 应于 17:00 前答。过了时限的先，VIP 其次；等级到期就不再算。"""
    from lingting.ledger import book
    from lingting.registers.conversations import actions

    at = agent.get("/desk").wsgi_request.moment.at
    for name, hour in (("过时的散客", 11), ("不急的散客", 15), ("贵客", 17), ("从前的贵客", 16)):
        party = put("parties.party", name=name, organisation="", category="customer", at="2026-05-01")
        if "贵客" in name:
            until = "2026-06-30" if name.startswith("从前") else "2026-12-31"
            put("parties.tier", party=party, tier="vip", criteria="年运费", until=until, at="2026-05-02")
        talk = Conversation(source="test", key=name, channel="mail", at=at, language="zh", party=party)
        said = Said(conversation=talk, key="1", role="customer", text="在吗", at=at)
        book.write(talk, said, actions.ask(said, due=at.replace(hour=hour)), act="test")
    words = page(agent)
    places = [words.index(f">{name}</a>") for name in ("过时的散客", "贵客", "不急的散客", "从前的贵客")]
    assert places == sorted(places)
    assert words.count('<strong class="tier">VIP</strong>') == 1
    assert "时限、礼貌、投诉和财物，人人一样。" in words


def test_an_empty_desk_says_so_with_what_was_kept_today(agent: Client) -> None:
    words = page(agent)
    assert "现在没有等待的对话。" in words
    assert "今天兑现 " in words


def test_a_turn_sent_by_script_brings_back_the_parts_alone(agent: Client) -> None:
    say(agent, "客：我的货到哪了？")
    answer = agent.post("/desk/turns?part=1", {"role": "agent", "text": VAGUE})
    words = answer.content.decode()
    assert answer.status_code == 200
    assert words.lstrip().startswith("<section")
    assert "需要一个时间" in words


@pytest.mark.parametrize(("role", "status"), [("agent", 200), ("supervisor", 200), ("inspector", 403), ("trainee", 403), ("external_auditor", 403)])
def test_only_those_who_hold_conversations_sit_at_the_desk(role: str, status: int, signed_in: Callable[[str], Client]) -> None:
    assert signed_in(role).get("/desk").status_code == status


def test_a_draft_is_thrown_away_only_when_one_is_sure(agent: Client) -> None:
    say(agent, "客：我的货到哪了？")
    assert agent.post("/desk/discarding").status_code == 422
    assert InWork.objects.exists()
    agent.post("/desk/discarding", {"sure": "yes"})
    assert not InWork.objects.exists()


FLOOD = "货昨天没有送到。另外箱子压扁了一个角。还有你们司机的态度很差。"


def test_three_matters_in_one_breath_are_offered_as_a_list_to_read_back_until_they_are(agent: Client) -> None:
    """客：货昨天没有送到。另外箱子压扁了一个角。还有你们司机的态度很差。"""
    say(agent, f"客：{FLOOD}")
    words = page(agent)
    assert "客户说了 3 件事" in words
    assert "箱子压扁了一个角；三、你们司机的态度很差" in page(agent, "/desk?say=matters")
    say(agent, "我：我记下了您说的三件事：一、货昨天没有送到；二、箱子压扁了一个角；三、你们司机的态度很差。我记得对吗？")
    assert "读回这张清单" not in page(agent), "it was read back"


@pytest.mark.parametrize("said", ["货昨天没有送到。另外箱子压扁了一个角。", "六月底？还有三个多月，太久了。", "还有别的事吗？另外，没有了，谢谢。"])
def test_two_matters_or_none_are_no_flood(agent: Client, said: str) -> None:
    say(agent, f"客：{said}")
    assert "读回这张清单" not in page(agent)


def test_a_note_stands_beside_its_words_and_a_proposed_one_only_once_it_is_taken_over(agent: Client) -> None:
    say(agent, f"客：{FLOOD}")
    agent.post("/desk/notes", {"words": "要先回电再派车"})
    proposed = re.findall(r'name="accept" value="([\d-]+)"', page(agent))
    assert len(proposed) == 3
    agent.post("/desk/notes", {"accept": proposed[1]})
    assert close(agent).status_code == 302
    talk = Conversation.objects.get()
    noted = {row.words: (row.automatic, row.said.text) for row in Noted.objects.select_related("said")}
    assert noted == {"要先回电再派车": (False, FLOOD), "箱子压扁了一个角": (True, FLOOD)}, "what nobody took over is not there"
    assert "要先回电再派车" in page(agent, f"/conversations/{talk.pk}")


def test_a_note_is_dropped_with_its_turn_or_by_hand_and_an_empty_one_is_asked_for(agent: Client) -> None:
    say(agent, "客：我的货到哪了？")
    assert agent.post("/desk/notes", {"words": " "}).status_code == 422
    agent.post("/desk/notes", {"words": "问到货"})
    agent.post("/desk/turns/last/withdrawal")
    assert "问到货" not in page(agent)
    say(agent, "客：我的货到哪了？")
    agent.post("/desk/notes", {"words": "问到货"})
    agent.post("/desk/notes", {"drop": "1"})
    assert "问到货" not in page(agent)


def test_the_card_that_was_opened_is_written_down_and_of_a_caller_nobody_looked_up_nothing(agent: Client, customer: Party) -> None:
    agent.post("/desk/customer", {"party": customer.pk})
    say(agent, "客：我的货到哪了？", "我：我查一下。")
    close(agent)
    row = Opened.objects.get()
    assert (row.conversation.party_id, row.at <= row.conversation.at) == (customer.pk, True)
    say(agent, "客：我的货到哪了？", "我：我查一下。")
    close(agent)
    assert Opened.objects.count() == 1


def test_the_card_of_somebody_met_twice_shows_what_either_entry_holds(agent: Client, customer: Party, put: Callable[..., Record]) -> None:
    other = put("parties.party", category="customer", name="手机那位", at="2026-06-01")
    put("parties.preference", party=other, about="channel", words="请只打手机", at="2026-06-02")
    agent.post("/desk/customer", {"party": customer.pk})
    assert "请只打手机" not in page(agent)
    put("parties.merged", party=customer, other=other, reason="同一个号码", at="2026-07-01")
    assert "请只打手机" in page(agent)
    assert "手机那位" not in agent.get("/desk?find=手机").content.decode(), "only the kept entry is found"


def test_nobody_is_called_before_their_card_is_open(agent: Client, customer: Party) -> None:
    agent.post("/desk/help", {"act": "call"})
    assert agent.post("/desk/dialling").status_code == 422
    agent.post("/desk/customer", {"party": customer.pk})
    assert "打给这位" in page(agent)
    assert agent.post("/desk/dialling").status_code == 302
    assert "我们打出去的" in page(agent)
    say(agent, "我：您好，我来告诉您货到了。", "客：好的。")
    close(agent)
    assert '"direction": "out"' in Conversation.objects.get().meta


def test_whoever_has_begun_to_talk_calls_nobody(agent: Client, customer: Party) -> None:
    agent.post("/desk/customer", {"party": customer.pk})
    say(agent, "客：我的货到哪了？")
    assert agent.post("/desk/dialling").status_code == 422
    assert "打给这位" not in page(agent)


def test_the_pause_after_venting_is_shown_as_the_moment_to_enter_and_calm_words_show_none(agent: Client) -> None:
    """客：你们太过分了，气死我了！ – and before it a plain question."""
    say(agent, "客：我的货到哪了？")
    assert "好时机" not in page(agent)
    say(agent, "我：我查一下，请您稍等。", "客：你们太过分了，气死我了！")
    words = page(agent)
    assert "好时机：他说出来了，也停下了" in words
    assert "这时开口不算打断" in words
    say(agent, "我：对不起，让您受委屈了。")
    assert "好时机" not in page(agent), "once we spoke the moment is used"
