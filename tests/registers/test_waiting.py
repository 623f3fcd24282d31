"""Waiting and calling back: what the customer chooses on the line, and the call that a silent line is owed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.conftest import ZONE

from lingting import spine
from lingting.inspection.transcript import Channel, Role
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.message import Envelope, Message, Person
from lingting.registers.conversations import queries
from lingting.registers.conversations.callbacks import Callback, Chosen
from lingting.registers.conversations.waiting import CALLED_BACK_WITHIN, choice_of
from lingting.site import worker

pytestmark = pytest.mark.django_db
BEGUN = datetime(2026, 7, 21, 10, tzinfo=ZONE)
WHO = {"客户": Role.CUSTOMER, "客服": Role.AGENT, "系统": Role.SYSTEM, "Customer": Role.CUSTOMER, "Agent": Role.AGENT}
SILENT = """
客服: 您好，这里是栖舟物流，请讲。
客服: 喂？您听得到吗？
客服: 对不起，我听不到您的声音，请您换一部电话打来好吗？我现在挂机。
系统: [客服挂机]
"""


@pytest.fixture
def held() -> Callable[..., None]:
    """Receive a call, a turn every ten seconds, and listen to it."""

    def hold(words: str, *, key: str = "CV-1", channel: Channel = Channel.PHONE, customer: Person | None = None, at: datetime = BEGUN) -> None:
        envelope = Envelope("table", key, channel, customer or Person())
        turns = [line.partition(": ") for line in words.strip().splitlines()]
        messages = [Message(envelope, str(place), at + timedelta(seconds=10 * place), WHO[who], said) for place, (who, _, said) in enumerate(turns)]
        spine.receive(messages, calendar=worker.calendar())
        spine.work(pack=worker.pack(), now=at + timedelta(hours=1))

    return hold


@pytest.mark.parametrize(("words", "choice"), [
    ("那我不挂，等着", "wait"), ("我在线等吧", "wait"), ("可以等", "wait"), ("I'll hold, thanks", "wait"), ("I'd rather wait", "wait"),
    ("您查好给我回个电话", "callback"), ("不等了，回头打给我吧", "callback"), ("Could you call me back?", "callback"), ("I'll wait for your call", "callback"),
    ("昨天说好给我回电话", ""), ("怎么一直没人回电", ""), ("我不想在线等", ""), ("等明天货到了再说", ""), ("nobody called me back", ""), ("好的", ""),
])  # fmt: skip
def test_what_is_a_choice_and_what_only_speaks_of_calling(words: str, choice: str) -> None:
    assert choice_of(words) == choice


def test_the_choice_is_recorded_by_itself_with_the_words_it_was_made_in_and_once(held: Callable[..., None]) -> None:
    """客服说要查一下，客户说不挂；后来又说还是回电吧。再听一遍不会记两次。"""
    talk = """
客户: 我的货到哪儿了？
客服: 请您稍等，我查一下，或者查好给您回电。
客户: 我不挂，等着。
客服: 还要几分钟，您也可以等我们回电。
客户: 那您查好给我回个电话。
"""
    held(talk)
    assert list(Chosen.objects.order_by("at").values_list("choice", "said__key", "automatic")) == [("wait", "2", True), ("callback", "4", True)]
    held(talk + "客服: 好的。\n")
    assert Chosen.objects.count() == 2
    moment = Moment(BEGUN + timedelta(hours=1))
    assert (queries.waited(moment).count(), queries.to_call(moment).count()) == (1, 1)


def test_the_same_words_without_an_offer_of_ours_or_in_a_chat_choose_nothing(held: Callable[..., None]) -> None:
    """
    客户: 我在线等。 (nobody offered anything)
    """
    held("客服: 您好。\n客户: 我在线等。")
    held("客服: 请您稍等。\n客户: 我在线等。", key="CV-2", channel=Channel.CHAT)
    assert not Chosen.objects.exists()


def test_a_line_that_stayed_silent_owes_a_call_back_by_itself_and_once(
    held: Callable[..., None], put: Callable[..., Record], signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    held(SILENT)
    held(SILENT + "系统: [结束]\n")
    owed = Callback.objects.get()
    assert (owed.reason, owed.due) == ("silent", owed.at + CALLED_BACK_WITHIN)
    before, after = Moment(owed.due - timedelta(minutes=1)), Moment(owed.due + timedelta(minutes=1))
    assert [queries.callback_stands(owed, moment) for moment in (before, after)] == ["callback_waiting", "callback_late"]
    at_time("2026-07-21T11:00")
    assert "个回拨还没有做" in signed_in("agent").get("/today").content.decode()
    put("conversations.calledback", callback=owed, reached=False, at="2026-07-21 11:30")
    assert queries.callback_stands(owed, after) == "callback_made"


@pytest.mark.parametrize("words", [
    "客服: 喂？\n客服: 您听得到吗？\n系统: [断线]",
    "客服: 喂？\n系统: [客服挂机]",
    "客服: 喂？\n客服: 在吗？\n客户: 在。\n客服: 已经签收了，再见。\n系统: [客服挂机]",
    "客服: 您好。\n客服: 已经给您办好了。\n系统: [客服挂机]",
])  # fmt: skip
def test_a_lost_line_one_prompt_or_a_customer_who_answered_owe_none(held: Callable[..., None], words: str) -> None:
    held(words)
    assert not Callback.objects.exists()


def test_having_talked_with_the_customer_since_counts_as_called_back(held: Callable[..., None]) -> None:
    lin = Person("林女士", "棠鲤生鲜", "19900000327")
    held(SILENT, customer=lin)
    owed, later = Callback.objects.get(), Moment(BEGUN + timedelta(hours=5))
    assert queries.callback_stands(owed, later) == "callback_late"
    held("客户: 刚才听不见。\n客服: 您请讲。", key="CV-2", customer=lin, at=BEGUN + timedelta(hours=1))
    assert queries.callback_stands(owed, later) == "callback_made"
