"""A call for help from the desk: whoever may help sees it with its last words, answers with one press, and an unanswered one is supervision's."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.sitting import close, page, say

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Called, Came

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(signed_in: Callable[[str], Client], at_time: Callable) -> Client:
    """Sit at the desk at noon."""
    at_time("2026-07-20T12:00")
    return signed_in("agent")


def test_a_call_for_help_shows_the_supervisor_the_last_words_until_it_is_taken_back(agent: Client, signed_in: Callable[[str], Client]) -> None:
    say(agent, "客：我要去你们公司闹！")
    agent.post("/desk/help", {"help": "请来听", "act": "call"})
    words = page(signed_in("supervisor"))
    assert "有人求助" in words
    assert "我要去你们公司闹！" in words
    agent.post("/desk/help", {"act": "back"})
    assert "我要去你们公司闹！" not in page(signed_in("supervisor"))


def test_a_supervisor_of_another_queue_does_not_see_the_call(agent: Client, signed_in: Callable[[str], Client]) -> None:
    agent.post("/desk/turns", {"role": "customer", "text": "我要去你们公司闹！", "queue": "热线"})
    agent.post("/desk/help", {"act": "call"})
    client = signed_in("supervisor")
    account = client.get("/today").wsgi_request.user
    account.queues = "邮件"
    account.save()
    assert "我要去你们公司闹！" not in page(client)
    account.queues = "热线"
    account.save()
    assert "我要去你们公司闹！" in page(client)


def test_a_call_for_help_is_answered_with_one_press_and_the_caller_sees_it(
    agent: Client, signed_in: Callable[[str], Client], at_time: Callable, put: Callable[..., Record]
) -> None:
    say(agent, "客：我要去你们公司闹！")
    agent.post("/desk/help", {"act": "call"})
    agent.post("/desk/help", {"act": "call"})
    called = Called.objects.get()
    supervisor = signed_in("supervisor")
    at_time("2026-07-20T12:00:40")
    assert "我来" in page(supervisor)
    for _ in range(2):
        assert supervisor.post(f"/desk/help/{called.pk}/answer").status_code == 302
    assert (Came.objects.get().at - called.at).total_seconds() == 40
    assert "来了" in page(agent)
    close(agent)
    assert called.sparings.count() == 1


def test_a_call_nobody_answers_in_time_is_supervisions_and_one_taken_back_at_once_nobodys(agent: Client, at_time: Callable) -> None:
    agent.post("/desk/help", {"act": "call"})
    late = at_time("2026-07-20T12:00:59")
    assert not conversations.help_late(Moment(late)).exists(), "the minute is not over"
    late = at_time("2026-07-20T12:05")
    assert conversations.help_late(Moment(late)).count() == 1
    agent.post("/desk/help", {"act": "back"})
    agent.post("/desk/help", {"act": "call"})
    at_time("2026-07-20T12:05:30")
    agent.post("/desk/help", {"act": "back"})
    assert conversations.help_late(Moment(at_time("2026-07-20T13:00"))).count() == 1
    assert not conversations.help_waiting(Moment(at_time("2026-07-20T13:00"))).exists()


def test_a_call_of_another_queue_is_not_answered(agent: Client, signed_in: Callable[[str], Client]) -> None:
    agent.post("/desk/help", {"act": "call"})
    client = signed_in("supervisor")
    account = client.get("/today").wsgi_request.user
    account.queues = "邮件"
    account.save()
    assert client.post(f"/desk/help/{Called.objects.get().pk}/answer").status_code == 404
    assert not Came.objects.exists()
