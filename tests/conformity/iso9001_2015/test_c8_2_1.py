"""8.2.1 Customer communication: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conftest import ZONE

from lingting.conformity import assess
from lingting.conformity.check import CHECKS
from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.write import Refused
from lingting.registers.conversations.models import Answered, Asked, Conversation, Found, Said
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category, Party
from lingting.registers.promises import actions as promises
from lingting.registers.promises.models import Promise

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Hear = Callable[..., Found]
Stands = Callable[..., tuple[str, int, int]]


def when(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


@pytest.fixture
def channel(put: Put) -> Callable[..., Record]:
    def open_one(code: str = "CH-1", form: str = "mail", serves: str = "praise complain") -> Record:
        return put("channels.channel", at="2026-06-01 09:00", code=code, name=code, form=form, serves=serves)

    return open_one


@turns_red("8.2.1-C2")
def test_a_mailbox_that_bounces_is_no_way_to_reach_us(channel: Callable[..., Record], put: Put, stands: Stands) -> None:
    """投诉邮箱 06-22 起退信。"""
    put("channels.probed", channel=channel(), works=False, what="退信：邮箱已满", at="2026-06-22 09:00")
    assert stands("8.2.1-C2", "2026-06-23 09:00") == ("nonconforms", 1, 1)


@stays_green("8.2.1-C2")
def test_a_mailbox_that_works_again_is_one(channel: Callable[..., Record], put: Put, stands: Stands) -> None:
    """Twenty channels that work cannot show 99 %, but nothing is wrong with them."""
    box = channel()
    put("channels.probed", channel=box, works=False, what="退信", at="2026-08-22 09:00")
    put("channels.probed", channel=box, works=True, at="2026-08-29 09:00")
    assert stands("8.2.1-C2") == ("insufficient-data", 0, 1)


@turns_red("8.2.1-C2")
def test_a_site_and_a_script_that_differ_do_not_inform(channel: Callable[..., Record], put: Put, stands: Stands) -> None:
    """索赔期限：网站写 7 天，话术写 3 天。"""
    site, script = channel("CH-1", "site"), channel("CH-2", "phone")
    for one, value in ((site, "7 天"), (script, "3 天")):
        put("channels.stated", channel=one, fact="索赔期限", value=value, at=f"2026-06-0{5 if one is site else 6} 09:00")
        put("channels.probed", channel=one, works=True, at="2026-08-29 09:00")
    assert stands("8.2.1-C2")[1:] == (1, 2), "two that contradict each other are one contradiction"


def ask(customer: Party, at: str, due: str, answered: str = "") -> None:
    talk = Conversation(source="test", key=at, channel="mail", at=when(at), party=customer)
    said = Said(conversation=talk, key="1", role="customer", text="运费多少？", at=when(at))
    rows: list[Record] = [talk, said, Asked(conversation=talk, said=said, at=when(at), due=when(due))]
    if answered:
        reply = Said(conversation=talk, key="2", role="agent", text="每公斤三元。", at=when(answered))
        rows += [reply, Answered(conversation=talk, said=reply, at=when(answered))]
    book.write(*rows, act="test")


@turns_red("8.2.1-C3")
def test_customers_left_without_an_answer_fail(customer: Party, stands: Stands) -> None:
    for hour in range(10):
        ask(customer, f"2026-07-01 {hour:02}:00", "2026-07-02 18:00")
    assert stands("8.2.1-C3") == ("nonconforms", 10, 10)


@stays_green("8.2.1-C3")
def test_a_customer_answered_in_the_last_minute_was_answered(customer: Party, stands: Stands) -> None:
    ask(customer, "2026-07-01 09:00", "2026-07-02 09:00", answered="2026-07-02 09:00")
    ask(customer, "2026-08-31 08:00", "2026-09-01 09:00")
    assert stands("8.2.1-C3") == ("insufficient-data", 0, 1), "the second question is not due yet"


@turns_red("8.2.1-C5")
def test_a_number_read_back_wrongly_fails(hear: Hear, stands: Stands) -> None:
    """顾客说尾号 0327，复述成 0372。"""
    hear("slot.read-back", "2026-07-01 09:00", "尾号 0372", kind="breach")
    assert stands("8.2.1-C5") == ("nonconforms", 1, 1)


@stays_green("8.2.1-C5")
def test_a_number_read_back_as_it_was_said_does_not(hear: Hear, stands: Stands) -> None:
    hear("slot.read-back", "2026-07-01 09:00", "尾号 0327")
    hear("slot.read-back", "2026-07-01 10:00", "尾号 0372", kind="breach", channel="chat")
    assert stands("8.2.1-C5")[1:] == (0, 1), "what is typed is not read back"


@turns_red("8.2.1-C6")
def test_one_way_to_be_heard_is_too_few(channel: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("channels.probed", channel=channel(), works=True, at="2026-08-20 09:00")
    put("channels.probed", channel=channel("CH-2", "phone", "complain"), works=True, at="2026-08-20 09:00")
    put("channels.probed", channel=channel("CH-3", "survey"), works=False, what="链接失效", at="2026-08-20 09:00")
    assert stands("8.2.1-C6") == ("at-risk", 0, 1), "one takes no praise and one is dead"


@stays_green("8.2.1-C6")
def test_two_kinds_that_take_praise_as_well_are_enough(channel: Callable[..., Record], put: Put, stands: Stands) -> None:
    for code, form in (("CH-1", "mail"), ("CH-2", "phone"), ("CH-3", "phone")):
        put("channels.probed", channel=channel(code, form), works=True, at="2026-08-20 09:00")
    assert stands("8.2.1-C6") == ("conforms", 0, 2)


@turns_red("8.2.1-C7")
def test_a_complaint_that_ends_as_a_question_was_not_captured(hear: Hear, stands: Stands) -> None:
    """顾客: 我问一下运费。对了，上次又送错了，真让人失望。 客服: 运费三元。"""
    hear("complaint.made", "2026-07-01 09:00")
    assert stands("8.2.1-C7", "2026-07-01 12:59")[2] == 0, "four working hours are not over"
    assert stands("8.2.1-C7", "2026-07-01 13:00") == ("nonconforms", 1, 1)


@stays_green("8.2.1-C7")
def test_a_complaint_registered_heard_again_or_rightly_dismissed_is_captured(hear: Hear, put: Put, customer: Party, stands: Stands) -> None:
    """先来电、后写信的同一起投诉；另一位只是提到别家公司。"""
    complaint = put(
        "complaints.complaint", code="CP-1", party=customer, what="又送错了", at="2026-07-01 09:30", found=hear("complaint.made", "2026-07-01 09:00")
    )
    put("complaints.mentioned", complaint=complaint, found=hear("complaint.made", "2026-07-02 09:00", channel="mail"), at="2026-07-02 09:30")
    put("complaints.dismissed", found=hear("complaint.made", "2026-07-03 09:00", "那家快递真糟糕"), reason="说的是别家公司", at="2026-07-03 09:30")
    assert stands("8.2.1-C7") == ("insufficient-data", 0, 3)


def test_what_is_kept_of_heard_complaints_agrees_with_counting_them_anew_as_time_passes(hear: Hear, put: Put, customer: Party) -> None:
    found = hear("complaint.made", "2026-07-01 09:00")
    for at in ("2026-07-01 12:00", "2026-07-01 13:30", "2026-07-01 14:30"):
        assess.catch_up(when(at))
        if at.endswith("13:30"):
            put("complaints.complaint", code="CP-1", party=customer, what="又送错了", found=found, at="2026-07-01 14:00")
        now = assess.standings(Moment(when(at)), now=when(at))["8.2.1-C7"]
        anew = assess.ask(CHECKS["8.2.1-C7"], Moment(when(at)))
        assert (
            (now.verdict.scope, now.verdict.failing) == (anew.verdict.scope, anew.verdict.failing) == (0 if at.endswith("12:00") else 1, at.endswith("13:30"))
        )


def test_a_complaint_tied_to_its_conversation_is_captured_with_everything_said_there(hear: Hear, put: Put, customer: Party, stands: Stands) -> None:
    """一通电话里说了两次，只登记一次；另一通当场撤回；第三通什么也没有登记。"""
    first = hear("complaint.made", "2026-07-01 09:00")
    said = first.said
    again = Found(
        conversation=first.conversation, said=said, start=1, end=2, norm="complaint.made", norm_version=2, instrument="test/1", kind="feeling",
        severity="info", quote="又", slots="", at=first.at,
    )  # fmt: skip
    book.write(again, act="test")
    withdrawn, lost = hear("complaint.made", "2026-07-02 09:00"), hear("complaint.made", "2026-07-03 09:00")
    assert stands("8.2.1-C7") == ("nonconforms", 4, 4)
    assess.catch_up(when("2026-07-30 09:00"))
    complaint = put("complaints.complaint", code="CP-1", party=customer, what="又送错了", at="2026-08-01 09:30")
    put("complaints.captured", conversation=first.conversation, complaint=complaint, at="2026-08-01 09:31")
    put("complaints.captured", conversation=withdrawn.conversation, reason="当场撤回", at="2026-08-01 09:32")
    assert [row.pk for row in CHECKS["8.2.1-C7"].ask(Moment(when("2026-08-02 09:00"))).failing] == [lost.pk]
    kept = assess.standings(Moment(when("2026-08-02 09:00")), now=when("2026-08-02 09:00"))["8.2.1-C7"].verdict
    assert (kept.scope, kept.failing) == (4, 1), "what is kept in pieces agrees"
    with pytest.raises(Refused):
        put("complaints.captured", conversation=lost.conversation, at="2026-08-01 09:33")


@turns_red("8.2.1-H9")
def test_a_call_at_noon_to_who_asked_for_quiet_fails(customer: Party, put: Put, stands: Stands) -> None:
    """秋山茶行：中午 12 点到 14 点不要打。12:40 我们打去。"""
    put("parties.preference", party=customer, about="quiet", words="中午勿电", quiet_from="12:00", quiet_until="14:00", at="2026-06-01")
    call(customer, "2026-07-01 12:40")
    assert stands("8.2.1-H9") == ("nonconforms", 1, 1)


@stays_green("8.2.1-H9")
def test_a_call_at_eleven_and_one_that_the_customer_made_at_noon_do_not(customer: Party, put: Put, stands: Stands) -> None:
    put("parties.preference", party=customer, about="quiet", words="中午勿电", quiet_from="12:00", quiet_until="14:00", at="2026-06-01")
    call(customer, "2026-07-01 11:40")
    call(customer, "2026-07-02 12:40", way="in")
    assert stands("8.2.1-H9") == ("conforms", 0, 1)


def call(customer: Party, at: str, way: str = "out") -> None:
    talk = Conversation(source="test", key=at, channel="phone", at=when(at), party=customer, meta=f'{{"direction": "{way}"}}')
    book.write(talk, Said(conversation=talk, key="1", role="agent", text="您好", at=when(at)), act="test")


@pytest.fixture
def activation(put: Put) -> Record:
    scenario = put("contingencies.scenario", code="SC-1", name="台风封港", at="2026-06-01")
    return put(
        "contingencies.activated", code="ACT-1", scenario=scenario, issue="港口关闭", endangers="到货时间", at="2026-07-09 05:20", deadline="2026-07-09 06:20"
    )  # fmt: skip


def struck(put: Put, activation: Record, name: str) -> Record:
    party = parties.add(name=name, organisation="", category=Category.CUSTOMER, at=when("2026-05-01"), by=1)
    return put("contingencies.affected", activated=activation, party=party, why="在途", at="2026-07-09 05:20")


@turns_red("8.2.1-C9")
def test_late_never_without_a_measure_or_after_the_customers_own_call_is_not_told(activation: Record, put: Put, stands: Stands) -> None:
    """启动 05:20，时限 60 分钟。"""
    late, _never, partly, asked = (struck(put, activation, name) for name in ("C05", "C09", "C08", "C07"))
    put("contingencies.informed", affected=late, way="短信", issue="港口关闭", measure="改走陆路", at="2026-07-09 07:05")
    put("contingencies.informed", affected=partly, way="短信", issue="港口关闭", at="2026-07-09 06:00")
    put("contingencies.asked", affected=asked, way="电话", at="2026-07-09 05:58")
    put("contingencies.informed", affected=asked, way="短信", issue="港口关闭", measure="改走陆路", at="2026-07-09 06:05")
    assert stands("8.2.1-C9") == ("nonconforms", 4, 4)


@stays_green("8.2.1-C9")
def test_told_over_the_second_channel_within_the_time_is_told(activation: Record, put: Put, stands: Stands) -> None:
    one = struck(put, activation, "C01")
    lost = put("contingencies.informed", affected=one, way="短信", issue="港口关闭", measure="改走陆路", at="2026-07-09 05:30")
    put("contingencies.undelivered", informed=lost, why="号码停机", at="2026-07-09 05:31")
    put("contingencies.informed", affected=one, way="电话", issue="港口关闭", measure="改走陆路", at="2026-07-09 06:20")
    put("contingencies.asked", affected=one, way="电话", words="几点能到？", at="2026-07-09 08:00")
    assert stands("8.2.1-C9") == ("insufficient-data", 0, 1), "who asks after he was told was told first"


@pytest.fixture
def promise(customer: Party) -> Promise:
    talk = Conversation(source="test", key="p", channel="phone", at=when("2026-07-20 10:00"), party=customer)
    row = Promise(conversation=talk, party=customer, at=when("2026-07-20 10:00"), words="今天下午五点前给您回电话", due=when("2026-07-20 17:00"))
    book.write(talk, row, act="test")
    return row


@turns_red("8.2.1-H1")
def test_a_call_back_a_minute_late_is_a_broken_promise(promise: Promise, stands: Stands) -> None:
    promises.keep(promise, at=when("2026-07-20 17:01"), note="已回电", by=1)
    assert stands("8.2.1-H1") == ("nonconforms", 1, 1)


@stays_green("8.2.1-H1")
def test_a_promise_put_off_with_the_customers_word_is_kept_by_the_new_time(promise: Promise, stands: Stands) -> None:
    promises.postpone(promise, at=when("2026-07-20 16:00"), due=when("2026-07-21 12:00"), by=1)
    promises.keep(promise, at=when("2026-07-21 11:00"), note="已回电", by=1)
    assert stands("8.2.1-H1") == ("conforms", 0, 1)


@turns_red("8.2.1-H2")
def test_soon_is_no_time(customer: Party, stands: Stands) -> None:
    """客服: 我尽快给您回电话。"""
    talk = Conversation(source="test", key="v", channel="phone", at=when("2026-07-20 10:00"), party=customer)
    book.write(talk, *(Promise(conversation=talk, at=when("2026-07-20 10:00"), words="尽快给您回电话") for _ in range(4)), act="test")
    assert stands("8.2.1-H2") == ("nonconforms", 4, 4)


@stays_green("8.2.1-H2")
def test_soon_that_was_kept_since_harms_nobody(promise: Promise, stands: Stands) -> None:
    vague = Promise(conversation=promise.conversation, at=when("2026-07-20 10:01"), words="尽快把单号发您")
    book.write(vague, act="test")
    promises.keep(vague, at=when("2026-07-20 10:05"), note="已发单号", by=1)
    assert stands("8.2.1-H2") == ("insufficient-data", 0, 2)


@pytest.fixture
def person(put: Put) -> Record:
    return put("people.person", code="SV1", name="严松", at="2026-06-01")


WHOLE = {"trigger": "温度超过 8 °C", "method": "换车并记录温度", "message": "温度异常；已换车", "affected": "该车在途订单", "endangers": "2–8 °C", "within": 60}


@turns_red("8.2.1-H3")
def test_scenarios_without_owner_or_reason_and_an_event_nobody_thought_of_are_not_determined(put: Put, person: Record, stands: Stands) -> None:
    """冷链断链：相关，没有负责人。疫情封控：不相关，没有理由。08-04 平台中断：没有情景。"""
    cold, closure = (put("contingencies.scenario", code=code, name=name, at="2026-06-01") for code, name in (("SC-2", "冷链断链"), ("SC-3", "疫情封控")))
    put("contingencies.decided", scenario=cold, relevant=True, reason="冷链是主业", decider=person, review="2026-12-31", at="2026-06-01")
    put("contingencies.planned", scenario=cold, **WHOLE, at="2026-06-01")
    put("contingencies.decided", scenario=closure, relevant=False, decider=person, review="2026-12-31", at="2026-06-01")
    assert stands("8.2.1-H3") == ("nonconforms", 2, 2)
    put("contingencies.event", code="EV-1", what="平台中断", until="2026-08-04 13:10", at="2026-08-04 10:00")
    assert stands("8.2.1-H3") == ("nonconforms", 3, 3)


@stays_green("8.2.1-H3")
def test_ash_is_not_relevant_with_a_reason_until_it_is_looked_at_again(put: Put, person: Record, stands: Stands) -> None:
    """火山灰：不相关，写明理由，评审日期在将来。"""
    ash, cold = (put("contingencies.scenario", code=code, name=name, at="2026-06-01") for code, name in (("SC-9", "火山灰"), ("SC-2", "冷链断链")))
    put("contingencies.decided", scenario=ash, relevant=False, reason="没有航空运输", decider=person, review="2026-08-31", at="2026-06-01")
    put("contingencies.decided", scenario=cold, relevant=True, reason="冷链是主业", decider=person, review="2026-12-31", at="2026-06-01")
    put("contingencies.planned", scenario=cold, **WHOLE, owner=person, at="2026-06-01")
    assert stands("8.2.1-H3") == ("conforms", 0, 2)
    assert stands("8.2.1-H3", "2026-09-01 09:00") == ("nonconforms", 1, 2), "a day past its review it counts as not decided"


@pytest.fixture
def complaint(put: Put, customer: Party) -> Callable[..., Record]:
    def register(code: str = "CP-1", **given: object) -> Record:
        return put("complaints.complaint", **{"code": code, "party": customer, "what": "货送到旧地址", "at": "2026-07-01 09:00", **given})

    return register


@turns_red("8.2.1-H4")
def test_customers_who_hear_after_a_day_that_we_have_their_complaint_fail(complaint: Callable[..., Record], put: Put, stands: Stands) -> None:
    for number in range(6):
        put("complaints.acknowledged", complaint=complaint(f"CP-{number}", tier="standard"), way="短信", words="已收到", at="2026-07-02 10:00")
    assert stands("8.2.1-H4") == ("nonconforms", 6, 6)


@stays_green("8.2.1-H4")
def test_the_same_complaint_by_mail_and_telephone_is_acknowledged_once(complaint: Callable[..., Record], put: Put, stands: Stands) -> None:
    one, other = complaint(), complaint("CP-2", form="mail")
    put("complaints.acknowledged", complaint=one, way="电话", words="已收到，明天答复", at="2026-07-02 09:00")
    put("complaints.merged", complaint=other, into=one, why="同一票货：“送到旧地址”“还是旧地址”", at="2026-07-01 12:00")
    assert stands("8.2.1-H4") == ("insufficient-data", 0, 1)


CLOSING = {"understood": True, "complete": True, "solved": False, "rated": False, "concern": "几点到", "need": "开档前收到货"}


@turns_red("8.2.1-H5")
def test_unreasonable_closes_nothing(complaint: Callable[..., Record], put: Put, stands: Stands) -> None:
    """CP-026 以“无理”关闭，没有答复顾客。"""
    put("complaints.closed", complaint=complaint("CP-026"), reason="unreasonable", **CLOSING, at="2026-07-03 09:00")
    assert stands("8.2.1-H5") == ("nonconforms", 1, 1)


@turns_red("8.2.1-H5")
def test_one_attempt_to_hear_the_customer_is_not_enough(complaint: Callable[..., Record], put: Put, stands: Stands) -> None:
    row = complaint()
    put("complaints.answered", complaint=row, decision="accepted", way="电话", words="明天重送", at="2026-07-02 09:00")
    put("complaints.attempted", complaint=row, way="电话", at="2026-07-02 15:00")
    put("complaints.closed", complaint=row, reason="unreached", **CLOSING, at="2026-07-03 09:00")
    assert stands("8.2.1-H5") == ("nonconforms", 1, 1)


@stays_green("8.2.1-H5")
def test_answered_and_sought_twice_or_withdrawn_and_confirmed_may_be_closed(complaint: Callable[..., Record], put: Put, stands: Stands) -> None:
    sought, back = complaint(), complaint("CP-2")
    put("complaints.answered", complaint=sought, decision="accepted", way="电话", words="明天重送", at="2026-07-02 09:00")
    put("complaints.attempted", complaint=sought, way="电话", at="2026-07-02 15:00")
    put("complaints.attempted", complaint=sought, way="短信", at="2026-07-02 16:00")
    put("complaints.closed", complaint=sought, reason="unreached", **CLOSING, at="2026-07-03 09:00")
    put("complaints.withdrawn", complaint=back, words="是我看错了", confirmed=True, at="2026-07-02 09:00")
    put("complaints.closed", complaint=back, reason="withdrawn", **CLOSING, at="2026-07-03 09:00")
    assert stands("8.2.1-H5") == ("conforms", 0, 2)


@turns_red("8.2.1-H6")
def test_a_second_failed_recovery_that_nobody_takes_over_fails(complaint: Callable[..., Record], put: Put, stands: Stands) -> None:
    row = complaint("CP-017")
    for day in (3, 5):
        put("complaints.recovery", complaint=row, what="重送", worked=False, at=f"2026-07-0{day} 09:00")
    assert stands("8.2.1-H6", "2026-07-06 08:59")[2] == 0, "a day to take it over"
    assert stands("8.2.1-H6") == ("nonconforms", 1, 1)


@stays_green("8.2.1-H6")
def test_taken_over_within_a_day_or_mended_at_the_second_try_it_does_not(complaint: Callable[..., Record], put: Put, person: Record, stands: Stands) -> None:
    row, mended = complaint(), complaint("CP-2")
    for day in (3, 5):
        put("complaints.recovery", complaint=row, what="重送", worked=False, at=f"2026-07-0{day} 09:00")
        put("complaints.recovery", complaint=mended, what="重送", worked=day == 5, at=f"2026-07-0{day} 09:00")
    put("complaints.taken", complaint=row, level="supervisor", person=person, decision="专车送达并免运费", at="2026-07-06 09:00")
    assert stands("8.2.1-H6") == ("conforms", 0, 1)


@pytest.fixture
def letter(put: Put) -> Record:
    authority = parties.add(name="", organisation="交通运输局", category=Category.REGULATOR, at=when("2026-05-01"), by=1)
    return put("complaints.letter", code="LT-1", party=authority, subject="夜间噪音", due="2026-08-13", at="2026-08-03 10:00")


@turns_red("8.2.1-H7")
def test_a_letter_answered_two_days_late_fails(letter: Record, put: Put, stands: Stands) -> None:
    """08-03 来函，期限 08-13，08-15 才复函。"""
    put("complaints.replied", letter=letter, way="公函", words="已整改", at="2026-08-15 10:00")
    assert stands("8.2.1-H7") == ("nonconforms", 1, 1)


@stays_green("8.2.1-H7")
def test_a_letter_answered_late_on_its_last_day_is_answered(letter: Record, put: Put, stands: Stands) -> None:
    put("complaints.replied", letter=letter, way="公函", words="已整改", at="2026-08-13 23:30")
    assert stands("8.2.1-H7") == ("conforms", 0, 1)
    assert stands("8.2.1-H7", "2026-08-13 12:00")[2] == 0, "on the day itself it is not late"


@pytest.fixture
def surcharge(put: Put, customer: Party) -> Record:
    change = put("channels.change", code="CN-1", what="加收燃油附加费", effective="2026-07-01", at="2026-06-20 09:00")
    return put("channels.concerned", change=change, party=customer, at="2026-06-20 09:00")


@turns_red("8.2.1-H8")
def test_a_surcharge_told_two_days_after_it_began_fails(surcharge: Record, put: Put, stands: Stands) -> None:
    """附加费 07-01 生效，07-03 才通知。"""
    put("channels.told", concerned=surcharge, way="邮件", at="2026-07-03 09:00")
    assert stands("8.2.1-H8") == ("nonconforms", 1, 1)


@stays_green("8.2.1-H8")
def test_a_surcharge_told_the_evening_before_does_not(surcharge: Record, put: Put, stands: Stands) -> None:
    assert stands("8.2.1-H8", "2026-06-30 20:00")[2] == 0, "before it takes effect there is time"
    put("channels.told", concerned=surcharge, way="邮件", at="2026-06-30 23:59")
    assert stands("8.2.1-H8") == ("conforms", 0, 1)
