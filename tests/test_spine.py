"""One customer's mail, from the wire to the clause page, along the nine files of the reading path."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lingting import spine
from lingting.channels.read import read
from lingting.conformity import assess
from lingting.inspection.transcript import Channel, Role
from lingting.ledger import verify
from lingting.ledger.models import Entry, Record
from lingting.ledger.moment import Moment
from lingting.message import Envelope, Message
from lingting.records.write import enter
from lingting.registers.conversations.models import Asked, Conversation, Found, Said, Unheard
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category, Merged, Party
from lingting.registers.promises.models import Kept, Promise
from lingting.site import worker

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
PROMISED = "林女士，您好。我今天下午五点前把签收单发给您。"


@pytest.fixture
def post(tmp_path: Path) -> Callable[..., spine.Received]:
    """Let a mail come in: written as a file, read by its channel, received by the spine."""
    sent: list[str] = []

    def deliver(at: str, text: str, *, by: str = "customer") -> spine.Received:
        mail = EmailMessage()
        ours, theirs = "林知夏 <service@qizhou.example>", "林女士 <lin@tangli.example>"
        mail["From"], mail["To"] = (ours, theirs) if by == "agent" else (theirs, ours)
        mail["Subject"], mail["Message-ID"] = "签收单", f"<{len(sent)}@tangli.example>"
        mail["Date"] = format_datetime(datetime.fromisoformat(at).replace(tzinfo=ZONE))
        if sent:
            mail["References"] = " ".join(sent)
        sent.append(mail["Message-ID"])
        mail.set_content(text)
        path = tmp_path / f"{len(sent)}.eml"
        path.write_bytes(mail.as_bytes())
        return spine.receive(read(path, ours=worker.ours(), zone=ZONE), calendar=worker.calendar())

    return deliver


def state(check: str, at: str) -> str:
    """Return how a check stands at a time."""
    now = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    return assess.standings(Moment(now), now=now)[check].verdict.state.value


def listen(at: str) -> int:
    return spine.work(pack=worker.pack(), now=datetime.fromisoformat(at).replace(tzinfo=ZONE))


def test_a_mail_becomes_a_promise_a_broken_promise_and_a_kept_one_on_the_clause_page(
    post: Callable[..., spine.Received], at_time: Callable[[str], datetime], signed_in: Callable[[str], Client]
) -> None:
    """林女士来信要签收单。

    客户： 您好，麻烦把十四号的签收单发给我。
    客服： 我今天下午五点前把签收单发给您。
    （到了五点，没有消息；第二天才发现信早在 16:40 就发出了。）
    客服： 林女士，按约定把签收单发给您，请查收。
    """
    page = signed_in("quality_manager")
    post("2026-07-20T10:00", "您好，麻烦把十四号的签收单发给我。")
    post("2026-07-20T10:30", PROMISED, by="agent")
    assert (Conversation.objects.count(), Said.objects.count(), Party.objects.count(), Unheard.objects.count()) == (1, 2, 1, 1)

    at_time("2026-07-20T11:00")
    assert listen("2026-07-20T11:00") == 1
    promise = Promise.objects.get()
    assert promise.words == "我今天下午五点前把签收单发给您"
    assert promise.due == datetime(2026, 7, 20, 17, tzinfo=ZONE)
    assert state("8.2.1-H1", "2026-07-20T11:00") == "no-evidence", "what is not due yet is no evidence"
    assert shown(page, "8.2.1-H1") == "no-evidence"

    at_time("2026-07-21T09:00")
    assert state("8.2.1-H1", "2026-07-21T09:00") == "nonconforms"
    assert shown(page, "8.2.1-H1") == "nonconforms"
    evidence = page.get("/checks/8.2.1-H1/failing").content.decode()
    assert "我今天下午五点前把签收单发给您" in evidence
    assert f"/promises/{promise.id}" in evidence

    post("2026-07-20T16:40", "林女士，按约定把签收单发给您，请查收。", by="agent")
    assert listen("2026-07-21T09:10") == 1
    at_time("2026-07-21T09:10")
    assert Kept.objects.get().promise == promise
    assert state("8.2.1-H1", "2026-07-21T09:10") == "conforms"
    assert shown(page, "8.2.1-H1") == "conforms"
    worker.seal()
    assert list(verify.broken_entries()) == []
    assert list(verify.broken_blocks()) == []
    assert assess.untrue() == []


def shown(page: Client, check: str) -> str:
    """Return the state that the clause page shows for a check."""
    article = page.get(f"/clauses/{check.rpartition('-')[0]}").content.decode().split(f'id="{check}"')[1].split("</header>")[0]
    return article.split('class="state ')[1].split('"')[0]


def test_the_same_words_promise_once_however_often_they_are_heard(post: Callable[..., spine.Received]) -> None:
    post("2026-07-20T10:00", "您好，请把签收单发给我。")
    post("2026-07-20T10:30", PROMISED, by="agent")
    listen("2026-07-20T11:00")
    conversation = Conversation.objects.get()
    for _ in range(3):
        spine.listen([conversation.id], pack=worker.pack())
    assert Promise.objects.count() == 1
    assert Found.objects.filter(norm="promise.made").count() == 1


def test_the_same_mail_received_twice_adds_nothing(post: Callable[..., spine.Received], tmp_path: Path) -> None:
    post("2026-07-20T10:00", "您好，请把签收单发给我。")
    entries = Entry.objects.count()
    again = spine.receive(read(tmp_path / "1.eml", ours=worker.ours(), zone=ZONE), calendar=worker.calendar())
    assert (again.messages, again.known, Entry.objects.count()) == (0, 1, entries)


def test_the_same_id_with_other_words_is_a_mistake_and_changes_nothing(post: Callable[..., spine.Received], tmp_path: Path) -> None:
    post("2026-07-20T10:00", "请把签收单发给我。")
    path = tmp_path / "1.eml"
    mail = path.read_bytes()
    import email
    from email import policy

    other = email.message_from_bytes(mail, policy=policy.default)
    other.set_content("请把发票发给我。")
    path.write_bytes(other.as_bytes())
    received = spine.receive(read(path, ours=worker.ours(), zone=ZONE), calendar=worker.calendar())
    assert [mistake.remedy for mistake in received.mistakes] == ["Give the new message an id of its own."]
    assert Said.objects.get().text == "请把签收单发给我。"


def test_a_promise_that_nobody_made_to_us_is_none(post: Callable[..., spine.Received]) -> None:
    """客户自己的承诺、转述司机的话，都不是我们的承诺。"""
    post("2026-07-20T10:00", "我今天下午五点前把资料发给您。")
    post("2026-07-20T10:30", "好的，司机说他下午五点前到。", by="agent")
    listen("2026-07-20T11:00")
    assert not Promise.objects.exists()


def test_forgetting_a_customer_empties_their_words_and_the_book_still_verifies(post: Callable[..., spine.Received]) -> None:
    post("2026-07-20T10:00", "您好，请把签收单发给我。")
    post("2026-07-20T10:30", PROMISED, by="agent")
    listen("2026-07-20T11:00")
    worker.seal()
    spine.forget(Party.objects.get(), reason="本人要求", at=datetime(2026, 7, 22, tzinfo=ZONE))
    worker.seal()
    assert Party.objects.get().name is None
    assert set(Said.objects.values_list("text", flat=True)) == {None}
    assert Promise.objects.get().words is None
    assert list(verify.broken_entries()) == []
    assert list(verify.broken_blocks()) == []


def test_a_customer_merged_into_another_entry_goes_on_in_the_same_thread_and_is_forgotten_under_both(post: Callable[..., spine.Received]) -> None:
    """The one who writes turned out to be a customer known from the counter: the next mail joins its thread, a new one is the kept entry's."""
    post("2026-07-20T10:00", "您好，请把签收单发给我。")
    by_mail = Party.objects.get()
    kept = parties.add(name="林知", organisation="", category=Category.CUSTOMER, at=datetime(2026, 7, 1, tzinfo=ZONE), by=1)
    enter(Merged(party=kept, other=by_mail, reason="她自己说的", at=datetime(2026, 7, 20, 12, tzinfo=ZONE)))
    post("2026-07-20T13:00", "请问发了吗？")
    assert Conversation.objects.get().said.count() == 2
    assert Party.objects.count() == 2, "nobody new was met"
    spine.forget(kept, reason="本人要求", at=datetime(2026, 7, 22, tzinfo=ZONE))
    assert set(Party.objects.values_list("name", flat=True)) == {None}
    assert set(Said.objects.values_list("text", flat=True)) == {None}


def test_what_was_listened_to_waits_no_more_and_a_dead_worker_loses_nothing(post: Callable[..., spine.Received]) -> None:
    """A worker that claimed a conversation and died: another takes it over when the lease has run out."""
    from lingting.ledger import lease

    post("2026-07-20T10:00", "您好，请把签收单发给我。")
    long_ago = datetime(2026, 7, 20, 10, tzinfo=ZONE)
    assert len(lease.claim(Unheard, most=10, now=long_ago)) == 1
    assert listen("2026-07-20T11:00") == 1
    assert (spine.waiting(), Unheard.objects.count()) == (0, 0)


def test_every_word_of_ours_bears_the_seat_that_the_source_names_or_else_the_one_where_the_speaker_sat_then(put: Callable[..., Record]) -> None:
    """林知夏七月起坐 S12，二十一日换到 S15；客户和系统的话没有席位，录音台自己写了 S3 的以它为准。"""
    person = put("people.person", code="A01", name="林知夏", at="2026-06-01")
    put("people.seated", person=person, seat="S12", at="2026-07-01 09:00")
    put("people.seated", person=person, seat="S15", at="2026-07-21 13:00")
    envelope = Envelope("table", "CV-1", Channel.PHONE)
    told = [
        ("10:00", Role.AGENT, "林知夏", ""), ("10:01", Role.CUSTOMER, "林女士", ""), ("10:02", Role.AGENT, "林知夏", "S3"), ("14:00", Role.AGENT, "A01", ""),
        ("14:01", Role.AGENT, "沈若川", ""),
    ]  # fmt: skip
    messages = [
        Message(envelope, str(place), datetime.fromisoformat(f"2026-07-21 {at}").replace(tzinfo=ZONE), role, "您好", speaker, seat=seat)
        for place, (at, role, speaker, seat) in enumerate(told)
    ]
    spine.receive(messages, calendar=worker.calendar())
    assert list(Said.objects.order_by("at").values_list("seat", flat=True)) == ["S12", None, "S3", "S15", None]


def test_what_a_customer_writes_on_a_survey_answers_us_and_waits_for_no_answer() -> None:
    """同样一句“4 分，要是能约具体钟点就更好了”：写在调查里，是答我们；写在表单里，是来问，一个工作日内要答。"""
    at = datetime(2026, 7, 21, 10, tzinfo=ZONE)
    for key, channel in (("SV-1", Channel.SURVEY), ("FM-1", Channel.FORM)):
        spine.receive(
            [Message(Envelope("table", key, channel), "1", at, Role.CUSTOMER, "4 分，要是能约具体钟点就更好了", "林女士")], calendar=worker.calendar()
        )
    assert Said.objects.count() == 2
    assert list(Asked.objects.values_list("conversation__key", flat=True)) == ["FM-1"]
