"""The figures of complaints and the way from words heard to a registered complaint."""

from collections.abc import Callable

import pytest
from django.test import Client

from lingting.ledger.models import Record
from lingting.registers.complaints.models import Complaint
from lingting.registers.conversations.models import Found
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
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
