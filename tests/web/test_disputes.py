"""Judging and disputing on the page: buttons work without JavaScript, both texts are visible to both, and each sees first what was found in their own words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests import instruments as house

from lingting.access.models import Account
from lingting.registers.conversations.models import Disputed, Found, Judged, Settled

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]


@pytest.fixture
def found(put: Put, at_time: Callable[[str], datetime]) -> Found:
    """A03 says 您先听我说 on the tenth; it is the thirteenth."""
    at_time("2026-07-13 09:00")
    for code in ("A03", "Q1", "Q2", "QM"):
        house.person(put, code)
    return house.heard("2026-07-10 10:00", norm="interruption.forbidden-words", number=1)


@pytest.fixture
def as_(signed_in: Callable[[str], Client]) -> Callable[[str, str], Client]:
    def sign_in(role: str, person: str = "") -> Client:
        client = signed_in(role)
        Account.objects.filter(username=role).update(person=person)
        return client

    return sign_in


def page(client: Client, found: Found) -> str:
    return client.get(f"/conversations/{found.conversation_id}").content.decode()


def test_an_inspector_says_wrong_and_the_count_follows_on_the_same_page(as_: Callable[..., Client], found: Found) -> None:
    client = as_("inspector", "Q1")
    assert f'action="/findings/{found.pk}/judgement"' in page(client, found)
    answer = client.post(f"/findings/{found.pk}/judgement", {"correct": "no", "note": "附和声"}, follow=True).content.decode()
    assert "计入的发现 1 → 0" in answer
    assert "人说不正确，不计入" in answer
    assert "附和声" in answer
    assert Judged.objects.get().person.code == "Q1"
    assert 'class="pin breach out"' in answer


def test_right_leaves_it_where_it_is(as_: Callable[..., Client], found: Found) -> None:
    answer = as_("inspector", "Q1").post(f"/findings/{found.pk}/judgement", {"correct": "yes"}, follow=True).content.decode()
    assert "仍是 1 处" in answer
    assert "已命中" in answer


def test_an_account_that_is_nobody_is_told_what_to_do_and_keeps_what_was_typed(as_: Callable[..., Client], found: Found) -> None:
    answer = as_("inspector").post(f"/findings/{found.pk}/judgement", {"correct": "no", "note": "附和声"})
    assert answer.status_code == 409
    assert "lingting account --person" in answer.content.decode()
    assert 'value="附和声"' in answer.content.decode()
    assert not Judged.objects.exists()


def test_the_agent_disputes_a_second_inspector_decides_and_both_read_both(as_: Callable[..., Client], found: Found) -> None:
    agent = as_("agent", "A03")
    assert f'action="/findings/{found.pk}/dispute"' in page(agent, found)
    empty = agent.post(f"/findings/{found.pk}/dispute", {"reason": "context", "words": " "})
    assert empty.status_code == 422
    assert "用自己的话" in empty.content.decode()
    agent.post(f"/findings/{found.pk}/dispute", {"reason": "context", "words": "客户让我先说"})
    dispute = Disputed.objects.get()
    assert "2026-07-20 周一 09:00" in page(agent, found), "five working days"
    inspector = as_("inspector", "Q1")
    assert "客户让我先说" in page(inspector, found)
    assert "条申诉等待裁定" in inspector.get("/today").content.decode()
    assert inspector.post(f"/disputes/{dispute.pk}/decision", {"upheld": "yes", "words": ""}).status_code == 422
    done = inspector.post(f"/disputes/{dispute.pk}/decision", {"upheld": "yes", "words": "前一句确实请她先说"}, follow=True).content.decode()
    assert "申诉成立，不计入" in done
    told = page(agent, found)
    assert "前一句确实请她先说" in told
    assert "谢谢A03" in told
    assert "检测器精确率" in told
    assert "→" in told
    today = agent.get("/today").content.decode()
    assert "您的申诉成立" in today
    assert "条申诉等待裁定" not in inspector.get("/today").content.decode()


def test_who_judged_it_cannot_decide_the_dispute_and_is_named(put: Put, as_: Callable[..., Client], found: Found) -> None:
    put("conversations.judged", found=found, person="Q1", correct="是", at="2026-07-11")
    dispute = put("conversations.disputed", found=found, person="A03", reason="unsaid", words="没说", at="2026-07-12")
    answer = as_("inspector", "Q1").post(f"/disputes/{dispute.pk}/decision", {"upheld": "no", "words": "听过了"})
    assert answer.status_code == 409
    assert "Q1复核过这条发现" in answer.content.decode()
    assert "听过了" in answer.content.decode(), "what was typed stays"
    assert not Settled.objects.exists()


def test_only_whose_words_they_are_is_offered_the_dispute_and_only_the_raiser_takes_it_back(put: Put, as_: Callable[..., Client], found: Found) -> None:
    house.person(put, "A04")
    other = as_("agent", "A04")
    assert "/dispute" not in page(other, found)
    assert other.post(f"/findings/{found.pk}/dispute", {"reason": "unsaid", "words": "没说"}).status_code == 409
    dispute = put("conversations.disputed", found=found, person="A03", reason="unsaid", words="没说", at="2026-07-12")
    assert other.post(f"/disputes/{dispute.pk}/withdrawal").status_code == 404
    mine = as_("agent", "A03")
    assert f"/disputes/{dispute.pk}/withdrawal" in page(mine, found)
    assert mine.post(f"/disputes/{dispute.pk}/withdrawal").status_code == 302


def test_nobody_is_offered_to_judge_their_own_words(as_: Callable[..., Client], found: Found) -> None:
    assert "/judgement" not in page(as_("inspector", "A03"), found)


def test_a_supervisor_waits_a_day_the_agent_does_not_and_the_page_says_so(as_: Callable[..., Client], found: Found, at_time: Callable[[str], datetime]) -> None:
    at_time("2026-07-10 12:00")
    supervisor, agent = as_("supervisor"), as_("agent", "A03")
    told = page(supervisor, found)
    assert "1 处关于说话人的发现还看不到" in told
    assert f"found-{found.pk}" not in told
    assert "未发现问题" not in told, "what is hidden is not called faultless"
    assert "24 小时内您先看" in page(agent, found)
    assert f"found-{found.pk}" in page(agent, found)
    assert f"found-{found.pk}" in page(as_("external_auditor"), found)
    at_time("2026-07-11 12:00")
    assert f"found-{found.pk}" in page(supervisor, found)


def test_a_list_does_not_tell_what_the_page_hides(as_: Callable[..., Client], found: Found, at_time: Callable[[str], datetime]) -> None:
    address = "/conversations?norm=interruption.forbidden-words"
    at_time("2026-07-10 12:00")
    row = f'href="/conversations/{found.conversation_id}"'
    assert row not in as_("supervisor").get(address).content.decode()
    assert row in as_("inspector").get(address).content.decode()
    at_time("2026-07-11 12:00")
    assert row in as_("supervisor").get(address).content.decode()


def test_words_of_another_queue_are_judged_by_nobody_who_may_not_read_them(as_: Callable[..., Client], found: Found) -> None:
    client = as_("inspector", "Q1")
    Account.objects.filter(username="inspector").update(queues="别的组")
    assert client.post(f"/findings/{found.pk}/judgement", {"correct": "no"}).status_code == 404


def test_a_withdrawn_finding_says_why_at_its_place_and_on_the_agents_today(put: Put, as_: Callable[..., Client], at_time: Callable[[str], datetime]) -> None:
    at_time("2026-07-22 09:00")
    house.person(put, "A03")
    rule = house.detector(put, "interruption.forbidden-words", code="DT-04")
    house.version(put, rule, 1, "2026-06-01")
    new = house.version(put, rule, 2, "2026-07-06", edition="1.2")
    taken = house.heard("2026-07-08", norm="interruption.forbidden-words", number=2)
    unfit = put("instruments.unfit", instrument=rule, version=new, cause="precision", at="2026-07-20")
    agent = as_("agent", "A03")
    assert "告诉您" not in agent.get("/today").content.decode(), "in doubt is not withdrawn"
    put("instruments.disposed", unfit=unfit, found=taken, how="withdraw", why="附和声", at="2026-07-21")
    told = page(agent, taken)
    assert "2026-07-21 周二 撤回，因为 DT-04 1.2 那时不适用；不再计入。 您的评分已恢复。" in told
    today = agent.get("/today").content.decode()
    assert "关于您的 1 处结果已撤回，因为 DT-04 1.2 那时不适用" in today
    assert "告诉您" not in as_("supervisor").get("/today").content.decode()


def test_no_more_than_eighteen_lines_stand_at_once_and_all_are_a_link_away(as_: Callable[..., Client], found: Found) -> None:
    client = as_("inspector", "Q1")
    assert page(client, found).count('<li class="line ') <= 18
    whole = client.get(f"/conversations/{found.conversation_id}?card=all").content.decode()
    assert whole.count('<li class="line ') > 90
    assert "会听到的" in whole
