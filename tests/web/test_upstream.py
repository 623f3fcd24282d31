"""A complaint is walked upstream, link by link, to the process where it began; the figures rank by that one."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from tests.conftest import ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.complaints import queries
from lingting.registers.complaints.models import Traced

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
NOW = "2026-07-20T12:00"
MOMENT = Moment(datetime.fromisoformat(NOW).replace(tzinfo=ZONE))


@pytest.fixture
def chain(put: Put) -> dict[str, Record]:
    """受理 → 配载 → 运输 → 签收；客服另外直接把约定交给运输。"""
    links = {code: put("processes.process", code=code, name=name, at="2026-06-01") for code, name in
             (("P1", "受理"), ("P2", "配载"), ("P3", "运输"), ("P4", "签收"), ("P5", "仓储"))}  # fmt: skip
    for giver, taker, what in (("P1", "P2", "订单"), ("P2", "P3", "装车单"), ("P1", "P3", "顾客的约定"), ("P3", "P4", "货")):
        output = put("processes.output", process=links[giver], what=what, at="2026-06-01")
        put("processes.receiver", output=output, process=links[taker], at="2026-06-01")
    return links


@pytest.fixture
def complaint(put: Put, customer: Record, chain: dict[str, Record], at_time: Callable[[str], datetime]) -> Record:
    """A complaint that showed at delivery."""
    at_time(NOW)
    row = put("complaints.complaint", code="CP-1", party=customer, what="货送到旧地址", at="2026-07-01 09:00")
    person = put("people.person", code="SV2", name="白露", at="2026-05-01")
    put("complaints.investigated", complaint=row, person=person, what="司机按单送", cause="product", process=chain["P4"], at="2026-07-02 09:00")
    return row


def test_each_step_offers_only_what_hands_on_to_the_link_before_until_it_is_known_where_it_began(
    complaint: Record, chain: dict[str, Record], signed_in: Callable[[str], Client]
) -> None:
    client, address = signed_in("supervisor"), f"/complaints/{complaint.id}/upstream"
    assert address in client.get(f"/complaints/{complaint.id}").content.decode()
    person = {"person": "SV2"}

    def offered() -> set[str]:
        page = client.get(address).content.decode()
        return {code for code, row in chain.items() if f'name="process" value="{row.id}"' in page}

    walk = [({"P4"}, "P4", "no"), ({"P3"}, "P3", "no"), ({"P1", "P2"}, "P2", "yes")]
    for possible, code, origin in walk:
        assert offered() == possible
        answer = client.post(f"{address}/links", person | {"process": chain[code].id, "origin": origin, "words": "单上是旧地址"})
        assert answer.status_code == 302, answer.content.decode()
    page = client.get(address).content.decode()
    assert offered() == set()
    assert "造成它的环节" in page
    assert page.index("P4 签收") < page.index("P3 运输") < page.index("P2 配载")
    assert queries.by_process(MOMENT) == {"P2": 1}, "the investigation named P4, where it only showed"
    assert "P2" in client.get("/registers/complaints/figures").content.decode()


def test_a_link_that_is_not_next_is_refused_and_nothing_is_written(complaint: Record, chain: dict[str, Record], signed_in: Callable[[str], Client]) -> None:
    """仓储不在这条链上。"""
    client = signed_in("supervisor")
    given = {"process": chain["P5"].id, "origin": "yes", "words": "仓库的错", "person": "SV2"}
    assert client.post(f"/complaints/{complaint.id}/upstream/links", given).status_code == 422
    assert not Traced.objects.exists()
    assert client.post("/complaints/77/upstream/links", given).status_code == 404


def test_where_nobody_hands_on_the_page_says_that_the_map_ends(
    complaint: Record, chain: dict[str, Record], put: Put, signed_in: Callable[[str], Client]
) -> None:
    for code in ("P4", "P3", "P1"):
        put("complaints.traced", complaint=complaint, process=chain[code], origin=False, words="这里没错", person="SV2", at="2026-07-10")
    page = signed_in("supervisor").get(f"/complaints/{complaint.id}/upstream").content.decode()
    assert "再往上没有登记交给它的过程了" in page


def test_a_complaint_about_ourselves_that_is_linked_to_no_process_is_listed(complaint: Record, chain: dict[str, Record], put: Put, customer: Record) -> None:
    for code, cause in (("CP-2", "product"), ("CP-3", "mistaken"), ("CP-4", "product")):
        row = put("complaints.complaint", code=code, party=customer, what="晚", at="2026-07-01 09:00")
        put("complaints.investigated", complaint=row, person="SV2", what="看了单", cause=cause, at="2026-07-02 09:00")
    put("complaints.traced", complaint="CP-4", process=chain["P3"], origin=True, words="晚点", person="SV2", at="2026-07-10")
    assert [row.code for row in queries.unlinked(MOMENT)] == ["CP-2"]
