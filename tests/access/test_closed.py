"""Closed records: a report of discrimination, and how well a person judges, are seen by those alone whom they concern, whichever way one asks."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.conftest import CAST

from lingting.access.models import Account, Token
from lingting.conformity import proposals
from lingting.records.values import fixed
from lingting.registers.surroundings.models import Report

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]
SECRET = "他只排女同事的夜班"
REPORT = "/registers/surroundings/report"
STUDY = "/registers/instruments/studied"


@pytest.fixture
def clock(at_time: Callable[[str], datetime]) -> datetime:
    return at_time("2026-09-10 09:00")


@pytest.fixture
def report(clock: datetime, signed_in: Callable[[str], Client]) -> Report:
    """A front-line agent tells of it; nobody deals with it for more than thirty days."""
    given = {"code": "RT-1", "trouble": "discrimination", "channel": "意见箱", "what": SECRET, "at": "2026-08-01T09:00"}
    assert signed_in("agent").post(f"{REPORT}/new", given).status_code == 302
    row: Report = Report.objects.get()
    return row


def program(account: Account, clock: datetime) -> Client:
    return Client(headers={"authorization": f"Bearer {Token.issue(account, label='test', now=clock)}"})


def sheets(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return "\n".join(str(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def told(client: Client, api: Client, row: Any, listed: str) -> dict[str, str]:
    """Return what each path to a kind tells."""
    _, register, kind = row_path(row)
    book = client.get(f"/registers/{register}/export.xlsx")
    return {
        "list": client.get(f"/registers/{register}/{kind}").content.decode(),
        "named list": client.get(f"/registers/{register}/{kind}?list={listed}").content.decode() if listed else "",
        "record": client.get(f"/registers/{register}/{kind}/{row.pk}").content.decode(),
        "workbook": sheets(book.content) if book.status_code == 200 else "",
        "csv": client.get(f"/registers/{register}/{kind}/export.csv").content.decode(),
        "api list": json.dumps(api.get(f"/api/v1/registers/{register}/{kind}").json(), ensure_ascii=False),
        "api record": json.dumps(api.get(f"/api/v1/registers/{register}/{kind}/{row.pk}").json(), ensure_ascii=False),
    }


def row_path(row: Any) -> tuple[str, str, str]:
    register, kind = row._meta.label_lower.split(".")
    return f"/registers/{register}/{kind}/{row.pk}", register, kind


@pytest.mark.parametrize("role", sorted(CAST))
def test_a_report_is_seen_by_whoever_deals_with_it_and_by_no_other_role(
    role: str, report: Report, signed_in: Callable[[str], Client], cast: Callable[[str], Account], clock: datetime
) -> None:
    """Near miss: the supervisor and the auditors read surroundings, and see no report."""
    tells = told(signed_in(role), program(cast(role), clock), report, "unresolved")
    if role == "quality_manager":
        assert all(SECRET in words for words in tells.values()), {name for name, words in tells.items() if SECRET not in words}
    else:
        assert not [name for name, words in tells.items() if SECRET in words]


@pytest.mark.parametrize("role", ["supervisor", "inspector", "internal_auditor", "external_auditor"])
def test_whoever_reads_surroundings_without_the_permission_finds_no_report_by_searching_counting_or_evidence(
    role: str, report: Report, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in(role)
    assert client.get(f"{REPORT}/{report.pk}").status_code == 404
    assert "RT-1" not in client.get(f"{REPORT}?words=夜班").content.decode()
    for side in ("scope", "failing"):
        page = client.get(f"/checks/7.1.4-C5/{side}").content.decode()
        assert SECRET not in page
        assert "RT-1" not in page
    failing = signed_in("quality_manager").get("/checks/7.1.4-C5/failing").content.decode()
    assert "RT-1" in failing or SECRET in failing
    assert SECRET not in proposals.words(report), "what is proposed as a nonconformity says the code alone"
    assert "RT-1" in proposals.words(report)


def test_the_author_sees_the_own_report_and_how_it_was_dealt_with_and_not_anothers(
    report: Report, put: Put, signed_in: Callable[[str], Client], cast: Callable[[str], Account]
) -> None:
    """The supervisor told of something, too: that one they see, with its answer."""
    client = signed_in("supervisor")
    client.post(f"{REPORT}/new", {"code": "RT-2", "trouble": "conflict", "channel": "当面", "what": "两人争吵", "at": "2026-08-02T09:00"})
    mine = Report.objects.get(code="RT-2")
    answer = put("surroundings.resolved", report=mine, what="谈过，双方同意", at="2026-08-10 09:00")
    put("surroundings.resolved", report=report, what="换了排班的人", at="2026-08-20 09:00")
    page = client.get(f"{REPORT}/{mine.pk}").content.decode()
    assert "两人争吵" in page
    assert "谈过，双方同意" in page
    assert client.get(f"/registers/surroundings/resolved/{answer.pk}").status_code == 200
    listed = client.get("/registers/surroundings/resolved").content.decode()
    assert "谈过，双方同意" in listed
    assert "换了排班的人" not in listed


def test_only_whoever_deals_with_reports_writes_how_they_were_dealt_with_or_strikes_one(report: Report, signed_in: Callable[[str], Client]) -> None:
    given = {"report": report.pk, "what": "谈过", "at": "2026-08-10T09:00"}
    assert signed_in("supervisor").post("/registers/surroundings/resolved/new", given).status_code == 403
    assert signed_in("supervisor").post(f"{REPORT}/{report.pk}/striking", {"reason": "误报"}).status_code == 404
    assert signed_in("quality_manager").post("/registers/surroundings/resolved/new", given).status_code == 302


@pytest.fixture
def study(put: Put, clock: datetime) -> Any:
    """Inspector Q2 agrees with the panel no better than 0.27; Q1 led it."""
    person, leader = (put("people.person", code=code, name=name, at="2026-05-01") for code, name in (("Q2", "柳映"), ("Q1", "梁工")))
    row = put("instruments.instrument", code="IN-Q2", name="质检员 Q2", sort="inspector", use="评对话", person=person, at="2026-06-01")
    return put("instruments.studied", instrument=row, leader=leader, reference="panel", counts="20 10; 10 14", at="2026-07-27 10:00")


READERS = ["supervisor", "inspector", "quality_manager", "internal_auditor", "external_auditor"]


@pytest.mark.parametrize("role", READERS)
def test_the_kappa_of_a_person_is_told_on_no_path_but_to_the_person_and_the_lead(
    role: str, study: Any, signed_in: Callable[[str], Client], cast: Callable[[str], Account], clock: datetime
) -> None:
    kappa = f"{study.kappa / 10_000:.4f}".rstrip("0")
    account = cast(role)
    client, api = signed_in(role), program(account, clock)
    seen = {name for name, words in told(client, api, study, "").items() if kappa in words or "20 10; 10 14" in words}
    assert bool(seen) == (role == "quality_manager"), seen
    searched = client.get(f"{STUDY}?words=20 10; 10").content.decode()
    assert (f"{STUDY}/{study.pk}" in searched) == (role == "quality_manager"), "nor is it found by searching for it"
    for code in ("Q2", "Q1"):
        account.person = code
        account.save()
        assert client.get(f"{STUDY}/{study.pk}").status_code == 200, "the person, and who led the study"
    account.person = "Q3"
    account.save()
    assert client.get(f"{STUDY}/{study.pk}").status_code == (200 if role == "quality_manager" else 404), "a code that is nobody's opens nothing"
    if role != "quality_manager":
        page = client.get("/registers/instruments").content.decode()
        assert f'href="{STUDY}">' not in page or ">0<" in page


def test_the_instruments_own_page_shows_kappa_to_the_person_the_lead_and_the_quality_manager(
    study: Any, put: Put, signed_in: Callable[[str], Client], cast: Callable[[str], Account]
) -> None:
    """Q1 led the study in July; one in August was led by nobody here, and Q1 does not see that."""
    later = put("instruments.studied", instrument=study.instrument, reference="panel", counts="29 1; 2 22", at="2026-08-20 10:00")
    shown, other = (f"<dd>{fixed(one.kappa, 4)} [" for one in (study, later))
    page = f"/instruments/{study.instrument_id}"
    account, client = cast("inspector"), signed_in("inspector")
    for code, expected in (("", (False, False)), ("Q3", (False, False)), ("Q2", (True, True)), ("Q1", (True, False))):
        account.person = code
        account.save()
        words = client.get(page).content.decode()
        assert (shown in words, other in words) == expected, code
        listed = client.get("/instruments").content.decode()
        assert ("只给本人和组长看" in listed) == (expected == (False, False)), code
    words = signed_in("quality_manager").get(page).content.decode()
    assert (shown in words, other in words) == (True, True)


@pytest.mark.parametrize("role", ["internal_auditor", "external_auditor"])
def test_an_audit_that_draws_studies_takes_no_figure_of_a_person_out_of_the_house(
    role: str, study: Any, put: Put, signed_in: Callable[[str], Client], clock: datetime
) -> None:
    """The auditor draws from the studies and takes the pack along: the draw says that it is there, the pack carries its digest; a rule's study goes along."""
    rule = put("instruments.instrument", code="DT-4", name="打断检测", sort="rule", use="听打断", norm="interruption.overlap", at="2026-06-01")
    put("instruments.studied", instrument=rule, reference="panel", counts="16 7; 4 73", at="2026-07-20 10:00")
    given = {"start": "2026-07-01", "until": "2027-06-30", "methods": "现场", "considered": "重要性"}
    programme = put("audits.programme", code="AP-9", owner=study.leader, at="2026-07-01", **given)
    audit = put("audits.audit", code="IA-9", programme=programme, scope="7.1.5", criteria="ISO 9001", lead=study.leader, due="2026-09-30", at="2026-08-01")
    population = put("audits.population", audit=audit, words="全部研究", source="instruments.studied", at="2026-08-02")
    put("audits.drawn", population=population, seed="7", n=2, at="2026-08-03")
    client = signed_in(role)
    page = client.get(f"/audits/{audit.pk}").content.decode()
    answer = client.post(f"/audits/{audit.pk}/pack")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        words = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "16 7; 4 73" in words, "of a rule it may be told"
    for said in (page, words):
        assert "20 10; 10 14" not in said
        # On its own: the same digits may stand inside a digest or an identifier.
        assert not re.search(rf"(?<![\w.-]){study.kappa}(?![\w.-])", said)


def test_how_well_a_rule_judges_stays_open_to_all_who_read_instruments(put: Put, clock: datetime, signed_in: Callable[[str], Client]) -> None:
    """Near miss: a detector is nobody."""
    rule = put("instruments.instrument", code="DT-4", name="打断检测", sort="rule", use="听打断", norm="interruption.overlap", at="2026-06-01")
    row = put("instruments.studied", instrument=rule, reference="panel", counts="16 7; 4 73", at="2026-07-20 10:00")
    page = signed_in("supervisor").get(f"{STUDY}/{row.pk}").content.decode()
    assert "16 7; 4 73" in page


@pytest.mark.parametrize("role", READERS)
def test_evidence_names_no_figure_of_a_person(role: str, study: Any, signed_in: Callable[[str], Client]) -> None:
    kappa = f"{study.kappa / 10_000:.4f}".rstrip("0")
    client = signed_in(role)
    for side in ("scope", "failing"):
        assert kappa not in client.get(f"/checks/7.1.5.1-C3/{side}").content.decode()
