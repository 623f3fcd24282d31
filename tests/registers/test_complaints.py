"""Complaints and feedback: captured, followed to the customer's word, opened again, counted fairly."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import LATER, ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, write
from lingting.registers.complaints import clocks, effort, queries
from lingting.registers.complaints.models import Escalated
from lingting.registers.conversations.models import Found
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category, Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Hear = Callable[..., Found]
CLOSING = {"understood": True, "complete": True, "solved": True, "rated": True, "concern": "几点到", "need": "开档前收到货"}


def at(words: str) -> Moment:
    return Moment(datetime.fromisoformat(words).replace(tzinfo=ZONE))


NOW = at("2026-08-31 09:00")


def refused(label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[label], given, by=1, now=LATER, zone=ZONE)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def complaint(put: Put, customer: Party) -> Callable[..., Record]:
    def register(code: str = "CP-1", **given: object) -> Record:
        return put("complaints.complaint", **{"code": code, "party": customer, "what": "货送到旧地址", "at": "2026-07-01 09:00", **given})

    return register


@pytest.fixture
def person(put: Put) -> Record:
    return put("people.person", code="A03", name="沈若川", at="2026-06-01")


def settle(put: Put, row: Record, day: str = "2026-07-02") -> None:
    put("complaints.answered", complaint=row, decision="accepted", way="电话", words="明天重送", at=f"{day} 09:00")
    put("complaints.reacted", complaint=row, content=True, words="好的", at=f"{day} 09:10")
    put("complaints.closed", complaint=row, reason="settled", **CLOSING, at=f"{day} 10:00")


def codes(rows: object) -> list[str]:
    return sorted(row.code for row in rows)


def test_a_complaint_stands_in_its_worst_list_and_ends_closed(complaint: Callable[..., Record], put: Put) -> None:
    row = complaint()
    assert queries.stands(row, at("2026-07-01 10:00")) == "unacknowledged"
    put("complaints.acknowledged", complaint=row, way="短信", words="已收到", at="2026-07-01 11:00")
    assert queries.stands(row, at("2026-07-01 12:00")) == "open_"
    settle(put, row, "2026-07-20")
    assert [queries.stands(row, at(f"2026-07-{day} 12:00")) for day in ("15", "17", "20")] == ["open_", "unanswered", "closed"]


def test_a_complaint_opened_again_begins_a_round_that_the_old_answer_does_not_end(complaint: Callable[..., Record], put: Put) -> None:
    """07-02 已解决；07-05 又送错了。"""
    row = complaint()
    settle(put, row)
    put("complaints.reopened", complaint=row, why="又送错了", at="2026-07-05 09:00")
    assert codes(queries.open_(NOW)) == ["CP-1"]
    assert codes(queries.closed(at("2026-07-04 09:00"))) == ["CP-1"], "the first round stands as it was"
    put("complaints.closed", complaint=row, reason="settled", **CLOSING, at="2026-07-06 10:00")
    assert codes(queries.without_answer(NOW)) == ["CP-1"]
    put("complaints.reopened", complaint=row, why="关闭时没有答复", at="2026-07-07 09:00")
    settle(put, row, "2026-07-08")
    assert codes(queries.closed(NOW)) == ["CP-1"]
    assert queries.closed_in_vain(NOW).count() == 1


def test_a_round_is_closed_once(complaint: Callable[..., Record], put: Put) -> None:
    row = complaint()
    settle(put, row)
    assert refused("complaints.closed", complaint=row, reason="settled", **CLOSING, at="2026-07-03 10:00") == {"complaint"}


def test_closing_names_the_main_concern_and_the_real_need_and_the_same_words_for_both_are_sampled(complaint: Callable[..., Record], put: Put) -> None:
    """一起写“到货晚了／到货晚了”：可以这样关闭，但列出来抽查；另一起两样不同。"""
    unsaid = {name: value for name, value in CLOSING.items() if name not in {"concern", "need"}}
    assert refused("complaints.closed", complaint=complaint(), reason="settled", **unsaid, at="2026-07-03 10:00") == {"concern", "need"}
    settle(put, complaint("CP-2"))
    alike = complaint("CP-3")
    put("complaints.closed", complaint=alike, reason="settled", **CLOSING | {"concern": "到货晚了", "need": "到货晚了"}, at="2026-07-02 10:00")
    assert [row.complaint_id for row in queries.same_words(NOW)] == [alike.id]


def test_of_a_complaint_by_mail_and_telephone_one_is_counted(complaint: Callable[..., Record], put: Put) -> None:
    one, other = complaint(), complaint("CP-2", form="mail")
    assert codes(queries.repeated(NOW)) == []
    put("complaints.merged", complaint=other, into=one, why="同一票货", at="2026-07-01 12:00")
    assert (codes(queries.counted(NOW)), codes(queries.merged(NOW))) == (["CP-1"], ["CP-2"])
    assert refused("complaints.merged", complaint=one, into=one, why="自己") == {"into"}
    assert refused("complaints.merged", complaint=one, into=other, why="反过来") == {"into"}, "the other goes on in this one"


def test_complaints_of_two_customers_are_never_one(complaint: Callable[..., Record]) -> None:
    stranger = parties.add(name="陈先生", organisation="", category=Category.CUSTOMER, at=datetime(2026, 5, 1, tzinfo=ZONE), by=1)
    assert refused("complaints.merged", complaint=complaint(), into=complaint("CP-2", party=stranger), why="像") == {"into"}


def test_whoever_a_complaint_is_about_neither_looks_into_it_nor_decides(complaint: Callable[..., Record], person: Record) -> None:
    row = complaint(accused=person)
    assert refused("complaints.investigated", complaint=row, person=person, what="没有问题", cause="mistaken") == {"person"}
    assert refused("complaints.taken", complaint=row, level="supervisor", person=person, decision="不成立") == {"person"}


def test_a_no_names_what_else_is_open_and_a_mistake_its_evidence(complaint: Callable[..., Record], put: Put, person: Record) -> None:
    row = complaint()
    assert refused("complaints.answered", complaint=row, decision="rejected", way="电话", words="不赔") == {"options"}
    assert refused("complaints.answered", complaint=row, decision="mistaken", way="电话", words="签收人是您") == {"evidence"}
    answer = put("complaints.answered", complaint=row, decision="mistaken", way="电话", words="签收人是您的同事", evidence="签收照片", at="2026-07-02 09:00")
    assert queries.mistaken_unchecked(NOW).count() == 1
    put("complaints.checked", answered=answer, person=person, agrees=True, at="2026-07-02 10:00")
    assert queries.mistaken_unchecked(NOW).count() == 0


def test_whoever_investigated_is_no_second_person(complaint: Callable[..., Record], put: Put, person: Record) -> None:
    row = complaint()
    put("complaints.investigated", complaint=row, person=person, what="签收照片清楚", cause="mistaken", at="2026-07-01 15:00")
    answer = put("complaints.answered", complaint=row, decision="mistaken", way="电话", words="是您的同事签收", evidence="照片", at="2026-07-02 09:00")
    assert refused("complaints.checked", answered=answer, person=person, agrees=True, at="2026-07-01 16:00") == {"person", "at"}


def test_what_touches_safety_is_never_minor_and_nothing_is_before_the_complaint(complaint: Callable[..., Record]) -> None:
    row = complaint()
    assert refused("complaints.assessed", complaint=row, severity="minor", safety=True) == {"severity"}
    assert refused("complaints.acknowledged", complaint=row, way="短信", words="已收到", at="2026-06-30 09:00") == {"at"}


def test_the_second_recovery_that_fails_goes_upwards_in_the_same_act(complaint: Callable[..., Record], put: Put) -> None:
    row = complaint()
    put("complaints.recovery", complaint=row, what="重送", worked=False, at="2026-07-03 09:00")
    assert not Escalated.objects.exists()
    second = put("complaints.recovery", complaint=row, what="再送", worked=False, at="2026-07-05 09:00")
    assert [one.entry_id for one in Escalated.objects.all()] == [second.entry_id]


def test_a_complaint_that_a_protection_body_sent_has_its_reference(customer: Party, complaint: Callable[..., Record]) -> None:
    given = {"code": "CP-9", "party": customer, "what": "不退款", "form": "顾客保障渠道"}
    assert refused("complaints.complaint", **given) == {"reference"}
    assert complaint("CP-9", form="protection", reference="12315-20260701-77").form == "protection"


def test_no_grade_of_customer_waits_past_the_limit_more_often_and_to_be_served_sooner_is_no_unfairness(complaint: Callable[..., Record], put: Put) -> None:
    """VIP 一小时内，标准客户 20 小时：都在时限内。之后一位标准客户等了 25 小时。"""
    for code, tier, day, hour in (("CP-1", "vip", 1, 10), ("CP-2", "standard", 2, "05")):
        put("complaints.acknowledged", complaint=complaint(code, tier=tier), way="短信", words="已收到", at=f"2026-07-0{day} {hour}:00")
    assert queries.unfair(NOW) == []
    put("complaints.acknowledged", complaint=complaint("CP-3", tier="standard"), way="短信", words="已收到", at="2026-07-02 10:00")
    assert queries.by_tier(NOW) == {"vip": (1, 0), "standard": (2, 1)}
    assert queries.unfair(NOW) == ["standard"]
    assert {tier: (one.n, one.value, one.interval) for tier, one in queries.waits(NOW).items()} == {"vip": (1, 1.0, None), "standard": (2, 22.5, None)}
    assert codes(queries.waited_longer(NOW)) == ["CP-3"]


def test_a_complaint_keeps_the_grade_that_the_customer_had_then(complaint: Callable[..., Record], put: Put, customer: Party) -> None:
    """六月到七月是 VIP；之后的投诉不再记等级，写明的等级照写明的。"""
    put("parties.tier", party=customer, tier="vip", criteria="年货量 2,000 票以上", until="2026-07-31", at="2026-06-01")
    assert complaint("CP-1").tier == "vip"
    assert complaint("CP-2", at="2026-08-15 09:00").tier == ""
    assert complaint("CP-3", at="2026-05-15 09:00").tier == ""
    assert complaint("CP-4", tier="gold").tier == "gold"


def test_sarcasm_taken_for_praise_is_of_the_wrong_kind_and_praise_with_a_grain_of_salt_is_not(hear: Hear, put: Put, customer: Party) -> None:
    """客户: 你们真快啊，才晚了三天。"""
    praise = hear("praise.given", "2026-07-01 09:00", "你们真快啊，才晚了三天")
    hear("feedback.negative", "2026-07-01 09:00", "才晚了三天", said=praise.said)
    put("complaints.feedback", code="FB-1", party=customer, kinds="positive", form="phone", what="真快", found=praise, at="2026-07-01 10:00")
    mixed = hear("praise.given", "2026-07-02 09:00", "司机很好，就是晚了")
    hear("feedback.negative", "2026-07-02 09:00", "就是晚了", said=mixed.said)
    put("complaints.feedback", code="FB-2", party=customer, kinds="正面、负面", form="phone", what="好，但晚", found=mixed, at="2026-07-02 10:00")
    put("complaints.feedback", code="FB-3", party=customer, kinds="positive", form="meeting", what="很满意", found=hear("praise.given", "2026-07-03 09:00"))
    assert codes(queries.wrong_kind(NOW)) == ["FB-1"]


def test_kinds_of_which_nothing_is_heard_for_a_quarter_are_named(complaint: Callable[..., Record], put: Put, customer: Party) -> None:
    complaint()
    put("complaints.feedback", code="FB-1", party=customer, kinds="problem doubt", form="survey", what="找不到入口", at="2026-07-01")
    assert queries.silent_kinds(NOW) == ["positive", "negative"]
    assert queries.silent_kinds(at("2026-12-01 09:00")) == list(queries.KINDS)


def test_causes_are_split_and_a_failure_nobody_foresaw_is_listed(complaint: Callable[..., Record], put: Put, person: Record) -> None:
    late, cold = complaint(), complaint("CP-021")
    process = put("processes.process", code="PC-1", name="派送", at="2026-06-01")
    put("complaints.investigated", complaint=late, person=person, what="没有告知", cause="product", at="2026-07-02")
    put("complaints.investigated", complaint=late, person=person, what="其实是没有说清", cause="communication", process=process, at="2026-07-03")
    put("complaints.investigated", complaint=cold, person=person, what="箱体渗水", cause="both", at="2026-07-03")
    assert queries.causes(NOW) == {"communication": 1, "both": 1}, "the latest investigation counts"
    assert queries.by_process(NOW) == {"PC-1": 1}
    assert codes(queries.unforeseen(NOW)) == ["CP-021"]
    put("complaints.investigated", complaint=cold, person=person, what="箱体渗水", cause="both", mode="FM-2", at="2026-07-04")
    assert codes(queries.unforeseen(NOW)) == []


def test_a_customer_who_comes_again_within_a_fortnight_is_listed(complaint: Callable[..., Record]) -> None:
    complaint()
    complaint("CP-2", at="2026-07-15 09:00")
    complaint("CP-3", at="2026-07-29 09:01")
    assert codes(queries.repeated(NOW)) == ["CP-2"]


def test_what_a_failure_costs_is_reckoned_from_our_own_cases(complaint: Callable[..., Record], put: Put) -> None:
    for number, minutes in enumerate((10, 20, 100, 140)):
        row = complaint(f"CP-{number}")
        put("complaints.effort", complaint=row, minutes=minutes // 2, contacts=1, at="2026-07-02")
        put("complaints.effort", complaint=row, minutes=minutes // 2, at="2026-07-03")
        if minutes >= 100:
            put("complaints.recovery", complaint=row, what="重送", worked=True, at="2026-07-03")
    found = effort.multipliers(NOW)
    assert found["minutes"].times == 8
    assert 0 < found["minutes"].interval.low < 8 < found["minutes"].interval.high
    assert (found["contacts"].times, set(found)) == (1, {"minutes", "contacts"}), "nothing was paid"
    assert refused("complaints.effort", complaint=row) == {"minutes"}


def test_a_complaint_settled_with_one_contact_was_resolved_at_first_contact(complaint: Callable[..., Record], put: Put) -> None:
    once, twice = complaint(), complaint("CP-2")
    for row in (once, twice):
        settle(put, row)
        put("complaints.effort", complaint=row, minutes=5, contacts=1, at="2026-07-02")
    put("complaints.effort", complaint=twice, minutes=5, contacts=1, at="2026-07-02 11:00")
    assert codes(queries.at_first_contact(NOW)) == ["CP-1"]


def test_whoever_was_told_no_is_followed_up_as_well(complaint: Callable[..., Record], put: Put) -> None:
    row = complaint()
    given = {"complaint": row, "reason": "问处理得怎么样"}
    assert refused("complaints.followed", **given, reached=False, content=True, at="2026-07-02 08:00") == {"complaint", "content"}
    put("complaints.answered", complaint=row, decision="rejected", way="电话", words="不赔", options="12315", at="2026-07-02 09:00")
    put("complaints.reacted", complaint=row, content=False, at="2026-07-02 09:10")
    put("complaints.closed", complaint=row, reason="rejected", **CLOSING, at="2026-07-02 10:00")
    assert (queries.to_follow(at("2026-07-09 09:59")).count(), queries.to_follow(at("2026-07-09 10:00")).count()) == (0, 1)
    put("complaints.followed", **given, reached=True, words="至少说清楚了", at="2026-07-08 10:00")
    assert queries.to_follow(NOW).count() == 0


def test_a_dispute_outside_lies_there_until_it_ends(complaint: Callable[..., Record], put: Put) -> None:
    row = complaint()
    passed = put("complaints.passed", complaint=row, body="authority", reference="12315-77", clock="cn.12315.mediation", at="2026-07-10")
    assert codes(queries.outside(NOW)) == ["CP-1"]
    put("complaints.ruled", passed=passed, words="调解达成一致", binding=False, at="2026-07-30")
    assert codes(queries.outside(NOW)) == []


def test_a_clock_is_data_and_holds_for_its_time_and_place(customer: Party, complaint: Callable[..., Record]) -> None:
    start = datetime(2026, 1, 31, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    known = clocks.clocks()
    assert [str(clocks.runs_out(known[name], start)) for name in ("eu.data", "uk.finance", "eu.adr", "stated")] == [
        "2026-02-28",
        "2026-03-28",
        "2026-05-01",
        "None",
    ]
    assert refused("complaints.letter", code="LT-1", party=customer, subject="投诉", clock="uk.finance", due="2026-09-01", at="2026-07-01") == {"due"}
    assert refused("complaints.letter", code="LT-1", party=customer, subject="投诉", due="2026-06-30", at="2026-07-01") == {"due"}
    assert refused("complaints.passed", complaint=complaint(), body="authority", reference="1", clock="cn.12315.mediation.2020", at="2026-07-02") == {"clock"}


def test_a_letter_waits_until_it_is_answered(customer: Party, put: Put) -> None:
    letter = put("complaints.letter", code="LT-1", party=customer, subject="投诉", clock="uk.finance", due="2026-08-26", at="2026-07-01")
    assert queries.letters_waiting(NOW).count() == queries.letters_late(NOW).count() == 1
    assert refused("complaints.replied", letter=letter, way="信", words="已赔付", at="2026-06-30") == {"at"}
    put("complaints.replied", letter=letter, way="信", words="已赔付", at="2026-08-26 20:00")
    assert queries.letters_waiting(NOW).count() == queries.letters_late(NOW).count() == 0


def test_an_erasure_reaches_every_word_of_the_customer(complaint: Callable[..., Record], put: Put, customer: Party) -> None:
    row = complaint()
    settle(put, row)
    put("complaints.withdrawn", complaint=row, words="算了", confirmed=False, at="2026-07-04")
    assert {found._meta.model_name for found in queries.about([customer.id])} == {"complaint", "answered", "reacted", "withdrawn", "closed"}
    assert queries.about([customer.id + 1]) == []
