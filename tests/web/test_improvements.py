"""Improvements: what is overdue comes first, and the effect of an action is drawn before and after, and counted again on demand."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from lingting.conformity import effect
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Found
from lingting.registers.improvements.models import Answered, Nonconformity, Verified
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


@pytest.fixture
def acted(put: Put) -> Callable[..., Record]:
    """Raise a nonconformity with an action that is due."""
    owner = put("people.person", code="SV1", name="严松", at="2026-05-01")

    def raise_it(statement: str, *, due: str, at: str = "2026-06-10 09:00") -> Record:
        row = put("improvements.nonconformity", clause="8.2.1", statement=statement, grade="minor", at=at)
        return put("improvements.action", nonconformity=row, what="提醒", owner=owner, due=due, at=at)

    return raise_it


def test_what_is_overdue_is_shown_first_and_what_is_in_time_is_not_called_so(
    acted: Callable[..., Record], signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    at_time("2026-08-31T09:00")
    acted("没有回电", due="2026-09-30", at="2026-06-01 09:00")
    acted("没有确认", due="2026-08-15", at="2026-06-20 09:00")
    page = signed_in("quality_manager").get("/improvements").content.decode()
    worst = page.split('id="worst"')[1].split("</section>")[0]
    assert worst.index("没有确认") < worst.index("没有回电")
    assert worst.count("▲ 过期 2026-08-15") == worst.count("▲") == 1


def test_the_effect_is_drawn_before_and_after_and_counted_again_on_demand(
    acted: Callable[..., Record], put: Put, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    now = at_time("2026-08-31T09:00")
    action = acted("没有回电", due="2026-07-01")
    judge = put("people.person", code="QM", name="温如", at="2026-05-01")
    put("improvements.done", action=action, what="已上线", at="2026-06-30 09:00")
    put(
        "improvements.verified",
        action=action,
        effective=True,
        evidence="又数了一遍",
        judged_by=judge,
        check_id="8.2.1-H1",
        since="2026-07-01",
        at="2026-08-01 09:00",
    )
    effect.catch_up(Moment(now))
    client, path = signed_in("quality_manager"), f"/improvements/{Nonconformity.objects.get().pk}"
    page = client.get(path).content.decode()
    assert 'class="chart intervals"' in page
    assert "验证时" in page
    assert "现在再数一遍 0" not in page
    again = client.get(f"{path}?recount={Verified.objects.get().pk}").content.decode()
    assert "现在再数一遍 0 / 0" in again
    assert "现在再数一遍 0 / 0" not in client.get(f"{path}?recount=7").content.decode()
    assert "<strong>2026-07-01 周三 之前 0 / 0 → 2026-07-01 周三 起 0 / 0</strong>" in page, "what came in stands beside what there was"


def test_a_complaint_is_judged_on_its_page_and_whoever_complained_is_told_what_was_changed(
    put: Put, customer: Party, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """投诉页上判成不合格；措施做完之前没有可告诉的；做完以后话已备好；告诉以后，投诉、相关方的页面上都看得到。"""
    at_time("2026-08-31T09:00")
    owner = put("people.person", code="SV1", name="严松", at="2026-05-01")
    complaint = put("complaints.complaint", code="CP-1", party=customer, what="说好三点回电，没有回", at="2026-08-01 09:00")
    client, address = signed_in("quality_manager"), f"/complaints/{complaint.pk}"
    assert client.post(f"{address}/judgement", {"judgement": "", "clause": "8.2.1"}).status_code == 422
    assert 'value="8.2.1" selected' in client.post(f"{address}/judgement", {"judgement": "", "clause": "8.2.1"}).content.decode()
    path = client.post(f"{address}/judgement", {"judgement": "答应的回电没有人接手", "clause": "8.2.1"})["Location"]
    row = Nonconformity.objects.get()
    assert path == f"/improvements/{row.pk}"
    assert client.post(f"{address}/judgement", {"judgement": "再判一次", "clause": ""})["Location"] == path, "each is judged once"
    assert "先做完一项措施" in client.get(path).content.decode()
    action = put("improvements.action", nonconformity=row, what="到点前提醒", owner=owner, due="2026-09-30", at="2026-08-31 08:00")
    assert client.post(f"{path}/answers", {"party": customer.pk, "way": "电话", "words": "改了"}).status_code == 409
    put("improvements.done", action=action, what="到点前半小时提醒班长", at="2026-08-31 08:30")
    page = client.get(path).content.decode()
    assert "8月1日您说“说好三点回电，没有回”。我们改了：到点前半小时提醒班长。" in page
    assert client.post(f"{path}/answers", {"party": customer.pk, "way": "", "words": "我们改了"}).status_code == 422
    assert client.post(f"{path}/answers", {"party": customer.pk + 1, "way": "电话", "words": "我们改了"}).status_code == 404
    client.post(f"{path}/answers", {"party": customer.pk, "way": "电话", "words": "我们改了：到点前提醒"})
    assert Answered.objects.get().complaint_id == complaint.pk
    for place in (path, address, f"/parties/{customer.pk}"):
        assert "我们改了：到点前提醒" in client.get(place).content.decode(), place


def test_a_complaint_that_is_no_nonconformity_says_why_and_nobody_is_told(put: Put, customer: Party, signed_in: Callable[[str], Client]) -> None:
    complaint = put("complaints.complaint", code="CP-1", party=customer, what="晚到", at="2026-08-01 09:00")
    client, address = signed_in("quality_manager"), f"/complaints/{complaint.pk}"
    assert client.post(f"{address}/judgement", {"judgement": "客户改了地址，按约送到", "clause": ""})["Location"] == address
    page = client.get(address).content.decode()
    assert "客户改了地址，按约送到" in page
    assert 'id="judging"' not in page
    assert not Nonconformity.objects.exists()
    assert signed_in("agent").post(f"{address}/judgement", {"judgement": "x"}).status_code == 403


def test_a_complaint_heard_and_registered_is_not_asked_about_again_where_it_was_heard(
    hear: Callable[..., Found], put: Put, customer: Party, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """“又送错了”登记成 CP-1：作为投诉去判定；“太慢了”没有登记，还在这里等。"""
    at_time("2026-08-31T09:00")
    put(
        "complaints.complaint",
        code="CP-1",
        party=customer,
        what="又送错了",
        at="2026-07-01 09:30",
        found=hear("complaint.made", "2026-07-01 09:00", "又送错了"),
    )
    hear("complaint.made", "2026-07-02 09:00", "太慢了")
    client = signed_in("quality_manager")
    waiting = client.get("/improvements").content.decode().split('id="complaints"')[1].split("</section>")[0]
    assert ("太慢了" in waiting, "又送错了" in waiting) == (True, False)
    assert "条听到的投诉没有登记，也没有人判定" in client.get("/today").content.decode()
