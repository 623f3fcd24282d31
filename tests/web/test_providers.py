"""The providers and a provider's scorecard: what we measured beside what it says, both sides of control, and who may see it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lingting.conformity.providers import Figure
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Found
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
SETS = ("evaluation", "selection", "monitoring", "re-evaluation")
LATER = "?at=2026-08-31"


@pytest.fixture
def criteria(put: Put) -> Record:
    for use in SETS:
        row = put("suppliers.criteria", code=f"CR-{use}", use=use, version="1", limit="70", at="2026-01-05")
        put("suppliers.criterion", criteria=row, ability="按时", threshold="95%", source="签收时间", weight="50", at="2026-01-05")
    return next(one for one in type(row).objects.all() if one.use == "evaluation")


@pytest.fixture
def provider(put: Put) -> Callable[..., Record]:
    def make(code: str = "PV-1", name: str = "甲干线", **given: object) -> Record:
        return put("suppliers.provider", **{"code": code, "name": name, "cases": "b", "sort": "carrier", "what": "干线运输", "at": "2026-05-20", **given})

    return make


def measured(put: Put, provider: Record, *, n: int, met: int, target: str = "95") -> Record:
    yardstick = put("suppliers.yardstick", provider=provider, indicator="on-time", target=target, every="month", at="2026-06-01")
    put("suppliers.measured", yardstick=yardstick, start="2026-06-01", until="2026-06-30", n=n, met=met, source="签收时间", at="2026-07-02")
    return yardstick


def page_of(client: Client, row: Record, query: str = LATER) -> str:
    answer = client.get(f"/providers/{row.id}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "尚未识别外部提供——请按过程逐一回答"), ("en", "please answer process by process")])
def test_without_providers_each_process_is_asked(language: str, words: str, put: Put, signed_in: Callable[[str], Client]) -> None:
    process = put("processes.process", code="P-01", name="热线服务", at="2026-05-01")
    client = signed_in("quality_manager")
    client.cookies["lingting_language"] = language
    page = client.get("/providers").content.decode()
    assert words in page
    assert f"/registers/suppliers/identified/new?process={process.id}" in page


def test_a_name_on_invoices_that_nobody_registered_is_a_banner_and_a_registered_name_is_none(
    put: Put, provider: Callable[..., Record], signed_in: Callable[[str], Client]
) -> None:
    provider()
    for number in range(3):
        put("suppliers.named", sort="invoice", name="乙短驳", number=f"I-{number}", at=f"2026-07-0{number + 1}")
    put("suppliers.named", sort="invoice", name="甲干线", number="I-9", at="2026-07-01")
    page = signed_in("quality_manager").get("/providers" + LATER).content.decode()
    assert "乙短驳 – 3 张单据" in page
    assert "甲干线 – " not in page


def test_what_it_reports_stands_beside_what_we_measured_and_a_contradiction_is_said(
    put: Put, provider: Callable[..., Record], signed_in: Callable[[str], Client]
) -> None:
    """We counted 150 of 170; it reports 98.5 % – and another 88.5 %, which is no contradiction."""
    row, honest = provider(), provider("PV-2", "乙冷链")
    for one, share in ((row, "98.5"), (honest, "88.5")):
        yardstick = measured(put, one, n=170, met=150)
        put("suppliers.declared", yardstick=yardstick, start="2026-06-01", until="2026-06-30", share=share, at="2026-07-05")
    client = signed_in("quality_manager")
    page = page_of(client, row)
    for words in ("88.2 %", "[82.5 %, 92.3 %]", "n=170", "98.5 %", "与我们的数不符", "低于目标"):
        assert words in page, words
    assert "与我们的数不符" not in page_of(client, honest)


def test_too_few_cases_have_an_interval_and_no_colour(put: Put, provider: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    row = provider()
    measured(put, row, n=8, met=4)
    page = page_of(signed_in("quality_manager"), row)
    assert "数量太少，只看区间" in page
    assert 'class="state nonconforms">▲ 低于目标' not in page


@pytest.mark.parametrize(
    ("n", "met", "target", "state"),
    [(170, 150, 0.95, "nonconforms"), (100, 93, 0.95, "at-risk"), (100, 96, 0.95, "conforms"), (8, 0, 0.95, ""), (0, 0, 0.95, ""), (9, 9, None, "")],
)
def test_a_share_is_told_against_what_was_agreed_only_when_there_are_cases_enough(n: int, met: int, target: float | None, state: str) -> None:
    assert Figure(n, met, target=target).state == state


def test_one_sided_control_is_a_gap_and_both_sides_are_none(put: Put, provider: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    row, whole = provider(), provider("PV-2", "乙冷链")
    for one, output in ((row, ""), (whole, "inspection")):
        put("suppliers.rated", provider=one, on_customers="medium", why_customers="晚到", on_law="low", why_law="无", at="2026-05-21")
        put("suppliers.plan", provider=one, on_provider="audit report", on_output=output, how="每月看", at="2026-05-22")
    client = signed_in("quality_manager")
    assert "只控制了一面" in page_of(client, row)
    assert "只控制了一面" not in page_of(client, whole)


def test_the_same_plan_for_high_and_low_impact_is_said(put: Put, provider: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    rows = [provider(), provider("PV-2", "乙港"), provider("PV-3", "丙派送")]
    for one, level, on_provider in zip(rows, ("high", "low", "medium"), ("audit", "audit", "report"), strict=True):
        put("suppliers.rated", provider=one, on_customers=level, why_customers="晚到", on_law="low", why_law="无", justification="小", at="2026-05-21")
        put("suppliers.plan", provider=one, on_provider=on_provider, on_output="inspection", how="每月看", at="2026-05-22")
    client = signed_in("quality_manager")
    assert "一模一样" in page_of(client, rows[0])
    assert "一模一样" not in page_of(client, rows[2])


def test_a_score_below_the_limit_without_action_is_said_until_one_is_undertaken(
    put: Put, provider: Callable[..., Record], criteria: Record, signed_in: Callable[[str], Client]
) -> None:
    row = provider()
    person = put("people.person", code="SV1", name="严松", at="2026-05-01")
    judged = put(
        "suppliers.evaluated", provider=row, criteria=criteria, score="61", result="conditional", evidence="运单", next_due="2026-12-31", at="2026-07-10"
    )
    client = signed_in("quality_manager")
    page = page_of(client, row)
    assert "得分低于及格线，却没有针对它的措施" in page
    assert "有条件合格" in page
    put("suppliers.action", provider=row, what="开时效会", owner=person, due="2026-09-15", evaluated=judged, at="2026-07-12")
    assert "却没有针对它的措施" not in page_of(client, row)


def test_what_is_put_down_to_it_is_quoted_and_hidden_from_whoever_may_not_see_the_queue(
    put: Put, provider: Callable[..., Record], hear: Callable[..., Found], signed_in: Callable[[str], Client], cast: Callable[[str], object]
) -> None:
    row, found = provider(), hear("complaint.made", "2026-07-01 10:00", "司机态度很差")
    put("suppliers.attributed", provider=row, harm="complaint", conversation=found.conversation_id, words="司机态度很差", why="它的司机", at="2026-07-02")
    client = signed_in("supervisor")
    page = page_of(client, row)
    assert "司机态度很差" in page
    assert f"/registers/suppliers/attributed?at=2026-08-31&amp;list=attributed&amp;provider={row.id}" in page
    kept = cast("supervisor")
    kept.queues = "another"
    kept.save()
    assert "司机态度很差" not in page_of(client, row)


def test_every_number_of_conversations_opens_to_as_many(
    put: Put, provider: Callable[..., Record], talk: Callable[..., Record], signed_in: Callable[[str], Client]
) -> None:
    row = provider()
    for number in (1, 2):
        put("suppliers.handled", provider=row, conversation=talk(f"CV-{number}").id, at="2026-06-17 10:12")
    talk("CV-3")
    client = signed_in("quality_manager")
    assert f"/providers/{row.id}/uninspected" in page_of(client, row)
    assert '<data class="total" value="2">' in client.get(f"/providers/{row.id}/conversations{LATER}").content.decode()
    assert '<data class="total" value="2">' in client.get(f"/providers/{row.id}/uninspected{LATER}").content.decode()
    assert '<data class="total" value="0">' in client.get(f"/providers/{row.id}/inspected{LATER}").content.decode()


def test_what_drove_too_long_is_in_the_log_and_what_rested_is_not(put: Put, provider: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    row = provider()
    for code, until in (("TR-1", "2026-08-11 11:20"), ("TR-2", "2026-08-11 09:50")):
        trip = put("surroundings.trip", code=code, provider=row, vehicle="货-08", driver="某人", at="2026-08-11 06:00")
        put("surroundings.drive", trip=trip, start="2026-08-11 06:00", until=until, at="2026-08-11 12:00")
    client = signed_in("quality_manager")
    page = page_of(client, row)
    assert page.index("TR-1") < page.index("TR-2")
    assert page.count("▲ 超时") == 1
    assert '<data class="total" value="1">' in client.get(f"/providers/{row.id}/overdriven{LATER}").content.decode()


def test_an_outsider_sees_nothing_and_what_is_not_there_is_not_found(provider: Callable[..., Record], signed_in: Callable[[str], Client]) -> None:
    row = provider()
    assert signed_in("agent").get("/providers").status_code == 403
    assert signed_in("agent").get(f"/providers/{row.id}").status_code == 403
    client = signed_in("quality_manager")
    for path in ("/providers/7", f"/providers/{row.id}?at=2026-05-01", f"/providers/{row.id}/secrets"):
        assert client.get(path).status_code == 404, path
    auditor = page_of(signed_in("external_auditor"), row)
    assert "/registers/suppliers/evaluated/new" not in auditor
    assert f"/registers/suppliers/provider/{row.id}" in auditor, "the record as entered, with its history and where it is struck out"


def test_a_record_of_a_provider_leads_to_its_scorecard(provider: Callable[..., Record], put: Put, signed_in: Callable[[str], Client]) -> None:
    row = provider()
    answer = signed_in("quality_manager").post("/registers/suppliers/ceased/new", {"provider": row.id, "reason": "换了别家", "at": "2026-08-01T09:00"})
    assert answer["Location"] == f"/providers/{row.id}"


def test_more_providers_ask_no_more_questions(put: Put, provider: Callable[..., Record], customer: Party, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")

    def asked() -> int:
        client.get("/providers" + LATER)
        with CaptureQueriesContext(connection) as queries:
            client.get("/providers" + LATER)
        return len(queries)

    measured(put, provider(), n=50, met=40)
    one = asked()
    for number in range(2, 8):
        measured(put, provider(f"PV-{number}", f"供方{number}"), n=50, met=40)
    assert asked() == one
