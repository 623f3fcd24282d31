"""The wall of warnings: what needs a person now, the worst first, opening to its words; and taking a conversation over with all that was said."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.numbers import cell
from tests.web.sitting import say

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Came, Conversation, Ended, Handed, InWork, Said
from lingting.registers.parties.models import Party
from lingting.registers.promises.models import Promise

pytestmark = pytest.mark.django_db
Talk = Callable[..., list[Said]]
NOON = "2026-06-17T12:00"


@pytest.fixture
def supervisor(signed_in: Callable[[str], Client], at_time: Callable) -> Client:
    at_time(NOON)
    return signed_in("supervisor")


def wall(client: Client) -> str:
    answer = client.get("/wall")
    assert answer.status_code == 200
    return answer.content.decode()


def standing(client: Client) -> list[str]:
    """Return the entries of the wall, in their order."""
    page = wall(client)
    return page.split('<ol class="wall">')[1].split("<section")[0].split('<li class="')[1:] if '<ol class="wall">' in page else []


def test_the_worst_stands_first_and_opens_to_its_words_and_the_calm_do_not_stand_there(converse: Talk, supervisor: Client) -> None:
    """One abuses, one complains, one only asks where the goods are; all were answered."""
    at = "2026-06-17 11:40"
    mild = converse("mild", "客：你们司机态度真差。", "我：对不起，我记下了。", at=at, found={1: "complaint.made"})[0]
    grave = converse("grave", "客：你们就是一群废物！", "我：对不起。", at=at, found={1: "abuse.customer"})[0]
    converse("calm", "客：我的货到哪了？", "我：到云港了。", at=at)
    first, second = standing(supervisor)
    assert f'href="/conversations/{grave.conversation_id}#said"' in first
    assert "你们就是一群废物！" in first
    assert f'href="/conversations/{mild.conversation_id}#said"' in second


def test_what_ended_and_what_is_long_past_and_what_was_made_good_warns_no_more(converse: Talk, put: Callable[..., Record], supervisor: Client) -> None:
    """A customer who was glad in the end; one from the morning before; abuse stays even when thanks follow."""
    at = "2026-06-17 11:40"
    converse("glad", "客：气死我了！", "我：对不起，今天就送。", "客：太好了，谢谢你。", "我：不客气。", at=at, found={1: "feeling.anger", 3: "feeling.joy"})
    converse("past", "客：气死我了！", "我：对不起。", at="2026-06-16 09:00", found={1: "feeling.anger"})
    assert standing(supervisor) == []
    assert "现在没有需要您的对话" in wall(supervisor)
    converse("abuse", "客：你们就是废物！", "我：对不起。", "客：太好了。", "我：再见。", at=at, found={1: "abuse.customer", 3: "feeling.joy"})
    assert len(standing(supervisor)) == 1


def test_a_customer_whom_nobody_answers_stands_there_and_one_who_has_just_spoken_does_not(converse: Talk, supervisor: Client) -> None:
    converse("left", "客：有人吗？", at="2026-06-17 11:57")
    converse("just", "客：有人吗？", at="2026-06-17 11:59")
    [entry] = standing(supervisor)
    assert "说完 3 分钟没有人答" in entry


def test_a_broken_promise_stands_there_and_one_still_in_time_does_not(converse: Talk, put: Callable[..., Record], customer: Party, supervisor: Client) -> None:
    converse("asks", "客：我来问一下。", "我：您请讲，我在听。", at="2026-06-17 11:40")
    assert standing(supervisor) == []
    row = converse("promised", "我：周一回您。", at="2026-06-10 10:00")[0]
    given = {"conversation": row.conversation, "party": customer, "at": row.at, "words": "周一回您"}
    book.write(Promise(**given, due=row.at.replace(day=30)), act="test")
    assert standing(supervisor) == []
    book.write(Promise(**given, due=row.at.replace(day=15)), act="test")
    [entry] = standing(supervisor)
    assert "对他的承诺落空了" in entry
    assert "周一回您" in entry


def test_a_draft_at_the_desk_is_seen_only_while_it_warns_and_its_agent_is_told(supervisor: Client, signed_in: Callable[[str], Client]) -> None:
    """客：我的货到哪了？ warns nobody; 客：你们就是一群废物！ does."""
    agent = signed_in("agent")
    say(agent, "客：我的货到哪了？", "我：我查一下，请您稍等。")
    assert standing(supervisor) == []
    assert 'id="on-wall"' not in agent.get("/desk").content.decode()
    say(agent, "客：你们就是一群废物！")
    [entry] = standing(supervisor)
    assert "我的货到哪了？" in entry, "it opens to its words"
    page = agent.get("/desk").content.decode()
    assert "主管的预警墙上看得见这次对话：" in page
    assert signed_in("inspector").get("/wall").status_code == 403
    assert agent.get("/wall").status_code == 403


def test_who_is_kept_to_a_queue_sees_no_other_on_the_wall(converse: Talk, supervisor: Client) -> None:
    account = supervisor.get("/today").wsgi_request.user
    account.queues = "海运"
    account.save()
    converse("other", "客：你们就是废物！", "我：对不起。", at="2026-06-17 11:40", queue="热线", found={1: "abuse.customer"})
    assert standing(supervisor) == []


def test_taking_over_moves_all_that_was_said_and_is_written_down_and_the_agent_is_told(
    supervisor: Client, signed_in: Callable[[str], Client], put: Callable[..., Record]
) -> None:
    """The agent calls; the supervisor takes over, speaks, and closes: each turn keeps who said it."""
    agent = signed_in("agent")
    for client, code, name in ((agent, "A01", "李客服"), (supervisor, "S01", "白主管")):
        put("people.person", code=code, name=name, at="2026-05-01")
        account = client.get("/today").wsgi_request.user
        account.person = code
        account.save()
    say(agent, "客：我的箱子是湿的，我要投诉。", "我：对不起，我来查一下。")
    agent.post("/desk/help", {"help": "请接手", "act": "call"})
    row = InWork.objects.get()
    assert "我来接手" in supervisor.get("/desk").content.decode()
    assert supervisor.post("/wall/takeovers", {"key": row.key}).status_code == 302
    assert Came.objects.count() == 1, "to take over is to come"
    assert "我的箱子是湿的" in supervisor.get("/desk").content.decode()
    page = agent.get("/desk").content.decode()
    assert "接手了您的对话；时长不算在您身上" in page
    assert "我的箱子是湿的" not in page
    say(supervisor, "我：您好，我是主管，箱子湿了我看到记录了，我们今天下午五点前给您换一箱。")
    assert supervisor.post("/desk/closing", {"point": "箱子湿了", "need": "换一箱"}).status_code == 302
    handed = Handed.objects.get()
    assert (handed.giver.code, handed.receiver.code, handed.why) == ("A01", "S01", "takeover")
    assert handed.words == "我的箱子是湿的，我要投诉。"
    ours = Said.objects.filter(conversation=Conversation.objects.get(), role="agent").order_by("at", "id")
    assert [one.speaker for one in ours] == ["李客服", "白主管"]
    assert "接手了您的对话" not in agent.get("/desk").content.decode()


def test_nobody_takes_over_their_own_or_while_they_have_one_or_what_is_not_there(supervisor: Client, signed_in: Callable[[str], Client]) -> None:
    agent = signed_in("agent")
    say(agent, "客：你们就是一群废物！")
    key = InWork.objects.get().key
    assert agent.post("/wall/takeovers", {"key": key}).status_code == 403
    assert supervisor.post("/wall/takeovers", {"key": "no such"}).status_code == 404
    assert signed_in("quality_manager").post("/wall/takeovers", {"key": key}).status_code == 404, "who holds no conversations takes over none"
    say(supervisor, "客：你好。")
    answer = supervisor.post("/wall/takeovers", {"key": key})
    assert answer.status_code == 422
    assert "先收尾，再接手" in answer.content.decode()
    own = InWork.objects.exclude(key=key).get().key
    assert supervisor.post("/wall/takeovers", {"key": own}).status_code == 422


def test_the_desk_offers_a_take_over_where_one_demand_entangles_and_not_before(signed_in: Callable[[str], Client], at_time: Callable) -> None:
    """The same demand six times over; after five rounds nothing is offered yet."""
    at_time(NOON)
    agent = signed_in("agent")
    lines = "客户：我就要退全部的运费。\n坐席：按规定只能退一半，我也很抱歉。\n"
    agent.post("/desk/turns", {"lines": lines * 5})
    assert "请主管接手" not in agent.get("/desk").content.decode()
    agent.post("/desk/turns", {"lines": lines})
    page = agent.get("/desk").content.decode()
    assert "请主管接手" in page
    assert "时长不算在您身上" in page


def test_how_early_warnings_came_is_counted_and_a_quarrel_without_one_stays_in_the_whole(converse: Talk, inspector: Client) -> None:
    """Anger, then abuse a minute later; abuse out of nothing; a warning that came to no quarrel."""
    converse("warned", "客：气死我了！", "客：你们就是废物！", found={1: "feeling.anger", 2: "abuse.customer"})
    converse("sudden", "客：你们就是废物！", "客：气死我了！", found={1: "abuse.customer", 2: "feeling.anger"})
    converse("soothed", "客：气死我了！", "我：对不起。", found={1: "feeling.anger"})
    assert cell(inspector, "warned") == (1, 2)
    assert "60 秒" in inspector.get("/registers/conversations/figures").content.decode()


def test_who_had_to_tell_it_twice_after_a_hand_over_is_counted_and_opens_to_the_list(converse: Talk, put: Callable[..., Record], inspector: Client) -> None:
    """Asked again after the hand-over; asked again only before it; handed over and asked nothing; never handed over."""
    after = converse("after", "客：单号88204157。", "我：好的。", "我：请问单号是多少？", found={3: "slot.re-asked"})
    put("conversations.handed", conversation=after[0].conversation_id, why="transfer", at="2026-06-17 10:01")
    before = converse("before", "客：单号88204157。", "我：请问单号是多少？", "我：好的。", found={2: "slot.re-asked"})
    put("conversations.handed", conversation=before[0].conversation_id, why="shift", at="2026-06-17 10:02")
    smooth = converse("smooth", "客：单号88204157。", "我：好的。")
    put("conversations.handed", conversation=smooth[0].conversation_id, why="takeover", at="2026-06-17 10:01")
    converse("one of us", "客：单号88204157。", "我：请问单号是多少？", found={2: "slot.re-asked"})
    assert cell(inspector, "told-twice") == (1, 3)


def test_another_of_us_who_goes_on_speaking_is_a_hand_over_though_nobody_wrote_it_down(converse: Talk, inspector: Client) -> None:
    row = converse("spoken", "客：单号88204157。", "我：好的。")[0]
    assert cell(inspector, "told-twice") == (0, 0)
    more = {"conversation": row.conversation, "role": "agent", "speaker": "王客服", "at": row.at.replace(minute=10)}
    book.write(Said(**more, key="9", text="您好，我是小王。"), act="test")
    assert cell(inspector, "told-twice") == (0, 1)


def test_the_first_useful_answer_is_told_apart_from_the_first(converse: Talk, inspector: Client) -> None:
    """我：您好，请问有什么可以帮您？ answers nothing yet; 您的货今天下午会到 does, two minutes on."""
    converse("later", "客：我的货到哪了？", "我：您好，我帮您查一下，请稍等。", "客：好。", "我：您的货今天下午会到。")
    converse("at once", "客：我的货到哪了？", "我：您的货今天下午会到。")
    never = converse("never", "客：我的货到哪了？", "我：好的，请您稍等。")[1]
    book.write(Ended(conversation=never.conversation, at=never.at), act="test")
    assert cell(inspector, "useful-first") == (1, 3)
    assert cell(inspector, "useless") == (1, 1)
    row = inspector.get("/registers/conversations/figures").content.decode().split("到第一个有用的答复")[1].split("</tr>")[1]
    assert "60 秒" in row, "the first answers, in the middle"
    assert "120 秒" in row, "of two that told something, a minute and three: the middle"
