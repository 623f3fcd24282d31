"""The figures of complaints and the way from words heard to a registered complaint."""

import html
import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lingting.access.models import Account
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.complaints import journey, queries
from lingting.registers.complaints.models import Acknowledged, Complaint, Merged
from lingting.registers.conversations.models import Found
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
Put = Callable[..., Record]
Hear = Callable[..., Found]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "还没有调查过的投诉"), ("en", "No complaint was investigated yet")])
def test_without_complaints_the_page_says_what_is_missing(language: str, words: str, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("agent")
    client.cookies["lingting_language"] = language
    assert words in client.get("/registers/complaints/figures").content.decode()
    assert "/registers/complaints/figures" in client.get("/registers/complaints").content.decode()


def test_our_own_figures_stand_with_their_interval_beside_what_is_only_claimed(put: Put, customer: Party, signed_in: Callable[[str], Client]) -> None:
    person = put("people.person", code="A01", name="林知夏", at="2026-06-01")
    for number, cause in enumerate(("product", "communication", "communication", "both")):
        row = put("complaints.complaint", code=f"CP-{number}", party=customer, what="晚", tier="standard", at="2026-07-01 09:00")
        put("complaints.investigated", complaint=row, person=person, what="没说清", cause=cause, at="2026-07-02")
        put("complaints.effort", complaint=row, minutes=10 if number else 80, at="2026-07-02")
    put("complaints.recovery", complaint=Complaint.objects.get(code="CP-0"), what="重送", worked=True, at="2026-07-02")
    page = signed_in("agent").get("/registers/complaints/figures").content.decode()
    for words in ("50.0 %", "15.0 %", "8.0×", "太少，没有区间", "没有出处", "4 / 4"):
        assert words in page, words


def test_whoever_may_not_read_complaints_does_not_see_their_figures(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("trainee").get("/registers/complaints/figures").status_code == 403


def test_a_complaint_heard_is_registered_from_its_conversation_in_one_step(
    hear: Callable[..., Found], customer: Party, signed_in: Callable[[str], Client]
) -> None:
    found = hear("complaint.made", "2026-07-01 09:00", "又送错了")
    client, address = signed_in("agent"), f"/conversations/{found.conversation_id}"
    assert f"/registers/complaints/complaint/new?found={found.id}" in client.get(address).content.decode()
    form = client.get("/registers/complaints/complaint/new", {"found": found.id, "party": customer.id, "what": "又送错了"}).content.decode()
    assert "又送错了" in form
    client.post("/registers/complaints/complaint/new", {"code": "CP-1", "party": customer.id, "what": "又送错了", "found": found.id})
    assert Complaint.objects.get().found_id == found.id
    assert "/registers/complaints/complaint/new?found=" not in client.get(address).content.decode()


def test_whoever_may_not_write_complaints_is_offered_no_form(hear: Callable[..., Found], signed_in: Callable[[str], Client]) -> None:
    found = hear("complaint.made", "2026-07-01 09:00")
    assert "/registers/complaints/" not in signed_in("inspector").get(f"/conversations/{found.conversation_id}").content.decode()


def test_complaints_after_an_argument_are_set_beside_those_after_calm_talks(hear: Hear, put: Put, customer: Party, signed_in: Callable[[str], Client]) -> None:
    """一次争辩之后第三天来投诉；两次平和的对话之后没有。"""
    for day in ("06-01", "06-10"):
        hear("praise.given", f"2026-{day} 09:00")
    hear("arguing.retort", "2026-07-01 09:00", "是您自己没看清")
    put("complaints.complaint", code="CP-1", party=customer, what="态度差", at="2026-07-04 09:00")
    page = signed_in("agent").get("/registers/complaints/figures?at=2026-08-31").content.decode()
    assert page.index("争辩过的对话之后") < page.index("1 / 1") < page.index("没有争辩的对话之后") < page.index("0 / 2")


LATE = "2026-07-20T12:00"


@pytest.fixture
def complaint(put: Put, customer: Party, at_time: Callable[[str], datetime]) -> Record:
    """On 1 July a customer complains that the goods went to the old address; it is 20 July."""
    at_time(LATE)
    return put("complaints.complaint", code="CP-1", party=customer, what="货送到旧地址", remedy="重送", tier="vip", at="2026-07-01 09:00")


@pytest.fixture
def person(put: Put) -> Record:
    return put("people.person", code="SV2", name="白露", at="2026-05-01")


def due(client: Client, row: Record) -> str:
    """Return the kind of the step whose form the page offers first."""
    page = client.get(f"/complaints/{row.id}").content.decode()
    found = re.search(rf'action="/complaints/{row.id}/steps/(\w+)"><', page.replace(chr(10), ""))
    return found[1] if found else ""


def test_the_page_leads_from_receipt_to_the_call_afterwards(complaint: Record, person: Record, signed_in: Callable[[str], Client]) -> None:
    """收到、确认、评估、调查、答复、客户满意、关闭、回访：每一步都由页面引着走，写进同一本台账。"""
    client = signed_in("agent")
    walk = {
        "acknowledged": {"way": "电话", "words": "收到了"}, "assessed": {"severity": "ordinary", "safety": "no"},
        "investigated": {"person": person.id, "what": "司机没收到更改", "cause": "communication"},
        "answered": {"decision": "accepted", "way": "电话", "words": "是我们的错"}, "reacted": {"content": "yes", "words": "可以"},
        "closed": {"reason": "settled", "understood": "yes", "complete": "yes", "solved": "yes", "rated": "yes",
                   "concern": "货送错了地方", "need": "今天开档前收到货"},
        "followed": {"reason": "回访", "reached": "yes"},
    }  # fmt: skip
    for kind, given in walk.items():
        assert due(client, complaint) == kind
        answer = client.post(f"/complaints/{complaint.id}/steps/{kind}", given)
        assert answer.status_code == 302, (kind, answer.content.decode())
    page = client.get(f"/complaints/{complaint.id}").content.decode()
    assert "这一轮走完了" in page
    assert "顾客最关心什么：货送错了地方" in page
    assert "顾客真正需要什么：今天开档前收到货" in page
    assert page.count('class="done"') >= 8
    assert page.index("客户看到的") < page.index("货送到旧地址", page.index('class="way"')) < page.index("司机没收到更改", page.index('class="way"'))


def test_the_message_names_who_what_and_by_when_in_both_languages(complaint: Record, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("agent").get(f"/complaints/{complaint.id}").content.decode()
    for words in ("林女士您好", "货送到旧地址", "CP-1", "由李客服负责", "7月16日 09:00", "Dear 林女士"):
        assert words in page, words


def test_what_was_typed_wrongly_stays_and_is_said_at_the_field_and_at_the_top(complaint: Record, signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("agent").post(f"/complaints/{complaint.id}/steps/acknowledged", {"way": "", "words": "我们收到了您的投诉"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#way"' in page
    assert "我们收到了您的投诉" in page
    assert 'id="way-wrong"' in page
    assert not Acknowledged.objects.exists()


def test_the_acknowledgement_has_the_same_limit_for_every_grade_and_is_shown_as_ours(
    complaint: Record, put: Put, customer: Party, signed_in: Callable[[str], Client]
) -> None:
    other = put("complaints.complaint", code="CP-2", party=customer, what="包装破了", tier="standard", at="2026-07-01 09:00")
    pages = [signed_in("agent").get(f"/complaints/{row.id}").content.decode() for row in (complaint, other)]
    for page in pages:
        assert "2026-07-02 周四 09:00" in page.split('class="limits"')[1]
        assert "所有客户等级相同" in page


def test_an_authority_has_its_own_clock_and_it_is_said_whose(complaint: Record, put: Put, signed_in: Callable[[str], Client]) -> None:
    put("complaints.passed", complaint=complaint, body="authority", reference="12315-7", clock="cn.12315.mediation", at="2026-07-05 10:00")
    put("complaints.letter", code="LT-1", party=complaint.party_id, subject="请答复", due="2026-07-10", complaint=complaint, at="2026-07-06 10:00")
    limits = signed_in("agent").get(f"/complaints/{complaint.id}").content.decode().split('class="limits"')[1].split("</ul>")[0]
    assert "约束机构自己" in limits
    assert "2026-09-03" in limits, "60 days after"
    assert "LT-1" in limits
    assert "约束我们" in limits


def test_a_second_failed_recovery_asks_for_somebody_above(complaint: Record, person: Record, put: Put, signed_in: Callable[[str], Client]) -> None:
    put("complaints.acknowledged", complaint=complaint, way="电话", words="收到", at="2026-07-01 10:00")
    client = signed_in("agent")
    put("complaints.recovery", complaint=complaint, what="重送", worked=False, at="2026-07-03 10:00")
    assert due(client, complaint) == "assessed", "one failure goes to nobody"
    put("complaints.recovery", complaint=complaint, what="再送", worked=False, at="2026-07-04 10:00")
    assert due(client, complaint) == "taken"
    assert "两次补救都没有成功" in client.get(f"/complaints/{complaint.id}").content.decode()
    client.post(f"/complaints/{complaint.id}/steps/taken", {"level": "supervisor", "person": person.id, "decision": "专人送"})
    assert due(client, complaint) == "assessed"


def test_called_unreasonable_and_closed_without_an_answer_it_is_opened_again_first(complaint: Record, put: Put, signed_in: Callable[[str], Client]) -> None:
    put("complaints.acknowledged", complaint=complaint, way="电话", words="收到", at="2026-07-01 10:00")
    put("complaints.closed", complaint=complaint, reason="unreasonable", understood=False, complete=False, solved=False, rated=False,
        concern="货送错了地方", need="今天开档前收到货", at="2026-07-02 10:00")  # fmt: skip
    client = signed_in("agent")
    page = client.get(f"/complaints/{complaint.id}").content.decode()
    assert "这样的关闭不算数" in page
    assert due(client, complaint) == "reopened"
    assert "关闭时没有给客户答复" in page
    client.post(f"/complaints/{complaint.id}/steps/reopened", {"why": "没有答复"})
    assert "第 2 轮" in client.get(f"/complaints/{complaint.id}").content.decode()


def test_a_customer_sought_twice_in_vain_may_be_closed_and_sought_once_not_yet(
    complaint: Record, person: Record, put: Put, signed_in: Callable[[str], Client]
) -> None:
    put("complaints.acknowledged", complaint=complaint, way="电话", words="收到", at="2026-07-01 10:00")
    put("complaints.assessed", complaint=complaint, severity="minor", at="2026-07-01 11:00")
    put("complaints.investigated", complaint=complaint, person=person, what="司机没看到", cause="product", at="2026-07-01 12:00")
    put("complaints.answered", complaint=complaint, decision="accepted", way="电话", words="重送", at="2026-07-02 10:00")
    client = signed_in("agent")
    put("complaints.attempted", complaint=complaint, way="电话", at="2026-07-03 10:00")
    assert due(client, complaint) == "reacted"
    assert "已有 1 次联系不上" in client.get(f"/complaints/{complaint.id}").content.decode()
    put("complaints.attempted", complaint=complaint, way="短信", at="2026-07-04 10:00")
    assert due(client, complaint) == "closed"


def test_two_that_sound_alike_are_proposed_for_merging_with_both_quotes_and_others_are_not(
    complaint: Record, put: Put, customer: Party, signed_in: Callable[[str], Client]
) -> None:
    again = put("complaints.complaint", code="CP-2", party=customer, what="又送到旧地址了", at="2026-07-03 09:00")
    put("complaints.complaint", code="CP-3", party=customer, what="客服态度很差", at="2026-07-03 10:00")
    put("complaints.complaint", code="CP-4", party=customer, what="货送到旧地址", at="2026-06-10 10:00")
    client = signed_in("agent")
    page = client.get(f"/complaints/{complaint.id}").content.decode()
    assert page.count('class="suspected"') == 1, "another matter, and one three weeks ago, are not"
    assert "CP-2 并入 CP-1" in page
    why = html.unescape(re.search(r'name="why" value="([^"]+)"', page)[1])
    assert "又送到旧地址了" in why
    assert "货送到旧地址" in why
    client.post(f"/complaints/{again.id}/steps/merged", {"into": complaint.id, "why": why})
    assert Merged.objects.get().into_id == complaint.id
    assert "这起并入了" in client.get(f"/complaints/{again.id}").content.decode()
    assert 'class="suspected"' not in client.get(f"/complaints/{complaint.id}").content.decode()


def test_the_customers_own_words_lead_to_the_turn_they_were_said_in(hear: Hear, put: Put, customer: Party, signed_in: Callable[[str], Client]) -> None:
    found = hear("complaint.made", "2026-07-01 08:50", "你们又送错了")
    tied = put("complaints.complaint", code="CP-1", party=customer, what="送错", found=found, at="2026-07-01 09:00")
    loose = put("complaints.complaint", code="CP-2", party=customer, what="送错", at="2026-07-01 10:00")
    late = put("complaints.complaint", code="CP-3", party=customer, what="送错", at="2026-07-09 10:00")
    client, turn = signed_in("agent"), f"/conversations/{found.conversation_id}#said-{found.said_id}"
    assert turn in client.get(f"/complaints/{tied.id}").content.decode()
    page = client.get(f"/complaints/{loose.id}").content.decode()
    assert turn in page
    assert "没有登记为这起的原话" in page
    assert turn not in client.get(f"/complaints/{late.id}").content.decode()


def test_the_list_opens_on_what_is_overdue_longest_and_its_numbers_are_its_lengths(
    complaint: Record, put: Put, customer: Party, signed_in: Callable[[str], Client]
) -> None:
    put("complaints.complaint", code="CP-2", party=customer, what="刚收到", at="2026-07-20 10:00")
    put("complaints.complaint", code="CP-0", party=customer, what="更早", at="2026-06-20 10:00")
    client = signed_in("agent")
    page = client.get("/complaints").content.decode()
    assert page.index("更早") < page.index("货送到旧地址") < page.index("刚收到")
    for name, count in re.findall(r'list=(\w+)"[^>]*>[^<]*<span class="count">(\d+)', page):
        assert client.get(f"/complaints?list={name}").content.decode().count('<td class="words">') == int(count), name
    for name in ("open_", "without_answer", "unacknowledged", "unanswered", "closed"):
        moment = Moment(datetime.fromisoformat(LATE).replace(tzinfo=ZONE))
        assert client.get(f"/complaints?list={name}").content.decode().count('<td class="words">') == getattr(queries, name)(moment).count(), name
    assert client.get("/complaints?list=nonsense").status_code == 404


def test_a_month_without_complaints_asks_whether_the_ways_in_are_open(put: Put, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]) -> None:
    at_time("2026-07-20T12:00")
    for code, name, works in (("CH-1", "投诉邮箱", False), ("CH-2", "热线", True), ("CH-3", "门户", None)):
        channel = put("channels.channel", code=code, name=name, form="mail", serves="complain", at="2026-06-01")
        if works is not None:
            put("channels.probed", channel=channel, works=works, what="" if works else "退信", at="2026-07-19 09:00")
    page = signed_in("agent").get("/complaints").content.decode()
    assert "本月 0 起投诉——请先确认渠道通畅" in page
    assert re.search(r"投诉邮箱.*?不通", page, re.DOTALL)
    assert re.search(r"门户.*?没有试过，不知道通不通", page, re.DOTALL)


def test_with_a_complaint_this_month_nothing_is_said_of_the_channels(complaint: Record, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("agent").get("/complaints").content.decode()
    assert "请先确认渠道通畅" not in page
    assert "本月收到 1 起" in page


def test_how_a_complaint_stands_is_the_same_on_its_page_and_in_the_registers_lists(complaint: Record, person: Record, put: Put) -> None:
    """一路走下来，页面算的和台账的清单一样。"""
    steps: list[tuple[str, dict[str, object]]] = [
        ("acknowledged", {"way": "电话", "words": "收到", "at": "2026-07-01 10:00"}),
        ("assessed", {"severity": "serious", "at": "2026-07-01 11:00"}),
        ("recovery", {"what": "重送", "worked": False, "at": "2026-07-02 10:00"}),
        ("recovery", {"what": "再送", "worked": False, "at": "2026-07-03 10:00"}),
        ("taken", {"level": "top", "person": person, "decision": "专人", "at": "2026-07-20 10:00"}),
        (
            "closed",
            {
                "reason": "unreasonable",
                "understood": False,
                "complete": False,
                "solved": False,
                "rated": False,
                "concern": "货送错了地方",
                "need": "今天开档前收到货",
                "at": "2026-07-20 10:30",
            },
        ),
        ("passed", {"body": "authority", "reference": "7", "at": "2026-07-20 10:40"}),
        ("reopened", {"why": "没有答复", "at": "2026-07-20 10:50"}),
    ]
    moment = Moment(datetime.fromisoformat(LATE).replace(tzinfo=ZONE))

    def both() -> tuple[str, str]:
        [one] = journey.standings([complaint.id], moment)
        return journey.stands(one.past), queries.stands(complaint, moment)

    seen = [both()]
    for kind, given in steps:
        put(f"complaints.{kind}", complaint=complaint, **given)
        seen.append(both())
    # What lies outside is read on the page, not for the list.
    assert [one for one in seen if one[0] != one[1] and one[1] != "outside"] == []
    assert len({one for one, _ in seen}) > 3


def test_of_another_queue_neither_complaint_nor_words_are_seen(
    hear: Hear, put: Put, customer: Party, cast: Callable[[str], Account], signed_in: Callable[[str], Client]
) -> None:
    found = hear("complaint.made", "2026-07-01 08:50", "医药冷柜坏了")
    put("complaints.complaint", code="CP-1", party=customer, what="冷柜坏了", found=found, at="2026-07-01 09:00")
    spoken = Complaint.objects.get()
    loose = put("complaints.complaint", code="CP-2", party=customer, what="柜门关不上", at="2026-07-01 10:00")
    account = cast("supervisor")
    account.queues = "热线"
    account.save()
    client = signed_in("supervisor")
    assert client.get(f"/complaints/{spoken.id}").status_code == 404
    assert client.post(f"/complaints/{spoken.id}/steps/acknowledged", {"way": "电话", "words": "收到"}).status_code == 404
    listed = client.get("/complaints?list=all").content.decode()
    assert "冷柜坏了" not in listed
    assert "柜门关不上" in listed
    page = client.get(f"/complaints/{loose.id}").content.decode()
    assert "冷柜坏了" not in page


def test_the_register_leads_to_the_journey_and_the_journey_offers_history_and_striking(complaint: Record, put: Put, signed_in: Callable[[str], Client]) -> None:
    from lingting.web.evidence import address

    assert address(complaint) == f"/complaints/{complaint.id}"
    client = signed_in("agent")
    page = client.get(f"/complaints/{complaint.id}").content.decode()
    assert f'action="/registers/complaints/complaint/{complaint.id}/striking"' in page
    assert f"/registers/complaints/effort/new?complaint={complaint.id}" in page
    client.post(f"/registers/complaints/complaint/{complaint.id}/striking", {"reason": "重复"})
    assert client.get(f"/complaints/{complaint.id}")["Location"] == f"/registers/complaints/complaint/{complaint.id}"


def test_a_step_that_is_none_or_of_nothing_is_not_found_and_readers_are_offered_no_form(complaint: Record, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("agent")
    assert client.post(f"/complaints/{complaint.id}/steps/complaint").status_code == 404
    assert client.post(f"/complaints/{complaint.id}/steps/nonsense").status_code == 404
    assert client.post(f"/complaints/{complaint.id}/steps/checked").status_code == 404, "nothing was answered yet"
    assert client.get("/complaints/7").status_code == 404
    assert "/steps/" not in signed_in("inspector").get(f"/complaints/{complaint.id}").content.decode()


def test_a_longer_journey_costs_no_more_queries(complaint: Record, put: Put, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("supervisor")
    put("complaints.recovery", complaint=complaint, what="重送", worked=True, at="2026-07-02 10:00")
    client.get(f"/complaints/{complaint.id}")
    with CaptureQueriesContext(connection) as short:
        client.get(f"/complaints/{complaint.id}")
    for number in range(8):
        put("complaints.recovery", complaint=complaint, what=f"第 {number} 次", worked=True, at=f"2026-07-0{number + 1} 11:00")
    with CaptureQueriesContext(connection) as long:
        client.get(f"/complaints/{complaint.id}")
    assert len(long) <= len(short) <= 60
