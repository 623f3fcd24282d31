"""The library: documents maintained beside records retained, near copies and flaws side by side, superseded words in use, what leaves next."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
TEXT = "外部供方控制程序。收到货物后二十四小时内必须验收。温度高于八度的货物不得入库。每月评价一次供方的准时率。评价结果由质量经理批准后发给供方。"


@pytest.fixture
def client(signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]) -> Client:
    at_time("2026-08-31T09:00")
    return signed_in("quality_manager")


@pytest.fixture
def document(put: Put, decider: Record) -> Callable[..., Record]:
    """Maintain a document with a revision that somebody else approved."""
    author = put("people.person", code="A08", name="程以宁", at="2026-05-01")

    def write(code: str, number: str = "1.0", words: str = "", *, effective: str = "2026-05-11", approved: bool = True, of: Record | None = None) -> Record:
        row = of.document if of else put("documents.document", code=code, name=f"规程 {code}", origin="internal", sort="procedure", at="2026-05-04")  # type: ignore[attr-defined]  # a revision
        at = f"{effective} 08:00"
        revision = put("documents.revision", document=row, number=number, author=author, effective=effective, words=words, at=at)
        if approved:
            put("documents.approved", revision=revision, approver=decider, at=at)
        return revision

    return write


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "还没有登记文件"), ("en", "No document is registered")])
def test_an_empty_library_says_where_to_begin(language: str, words: str, client: Client) -> None:
    client.cookies["lingting_language"] = language
    page = client.get("/library").content.decode()
    assert words in page
    assert "/registers/documents/inventory/new" in page


def test_documents_and_records_stand_in_two_columns_those_with_something_wrong_first(client: Client, document: Callable[..., Record], put: Put) -> None:
    good, bad = document("DOC-1"), document("DOC-2", approved=False)
    needed = put("documents.needed", document=good.document, post="热线坐席", at="2026-05-05")  # type: ignore[attr-defined]  # a revision
    put("documents.provided", needed=needed, way="文件库", at="2026-05-12")
    put("documents.acknowledged", revision=good, person="A08", understood="是", at="2026-05-13")
    put("documents.series", code="SR-1", name="通话录音", at="2026-05-04")
    page = client.get("/library").content.decode()
    assert page.index("DOC-2") < page.index("DOC-1") < page.index("SR-1")
    for words in ("缺版本号、作者或批准", "没有发现问题", "1 个岗位需要", "1 人阅知", "没有保存期限"):
        assert words in page, words
    assert bad.pk != good.pk


def test_a_document_of_which_nobody_said_who_needs_it_is_not_green(client: Client, document: Callable[..., Record]) -> None:
    document("DOC-1")
    page = client.get("/library").content.decode()
    assert "没有写明谁需要" in page
    assert "没有发现问题" not in page


def test_near_copies_stand_side_by_side_with_what_differs_marked_until_it_is_decided(client: Client, document: Callable[..., Record], put: Put) -> None:
    document("DOC-011", words=TEXT)
    copy = document("DOC-019", words=TEXT.replace("必须验收", "不必验收"), approved=False)
    document("DOC-002", words="投诉处理程序。一个工作日内确认，十个工作日内答复，答复之后回访。")
    page = client.get("/library").content.decode()
    assert "DOC-019 / DOC-011" in page
    assert "<mark>" in page.split('id="copies"')[1].split('id="flaws"')[0]
    assert "DOC-002" not in page.split('id="copies"')[1]
    duplicate = copy.duplicates.get()  # type: ignore[attr-defined]  # a revision has them
    put("documents.resolved", duplicate=duplicate, outcome="justify", reason="培训用", at="2026-06-01")
    assert "没有待决定的近似重复" in client.get("/library").content.decode()


def test_a_flaw_waits_until_it_is_mended(client: Client, document: Callable[..., Record], put: Put) -> None:
    revision = document("DOC-019")
    flaw = put("documents.flaw", revision=revision, slip="heading", quote="8.4.2 控制类型和程变", against="8.4.2 控制类型和<程度>", at="2026-06-09")
    page = client.get("/library").content.decode()
    assert "8.4.2 控制类型和程变" in page
    assert "&lt;程度&gt;" in page
    put("documents.mended", flaw=flaw, right="否", note="已改", at="2026-06-10")
    assert "8.4.2 控制类型和程变" not in client.get("/library").content.decode()


def test_superseded_words_are_quoted_and_those_in_force_are_not(
    client: Client, document: Callable[..., Record], put: Put, talk: Callable[..., Conversation], cast: Callable[[str], object]
) -> None:
    """The old script says 48 hours; on 18 July somebody still says so, on 1 July it was right."""
    old = document("DOC-015")
    document("DOC-015", "1.1", effective="2026-07-13", of=old)
    for key, day in (("CV-1", "2026-07-18"), ("CV-2", "2026-07-01")):
        put("documents.used", revision=old, conversation=talk(key, f"{day} 10:00").pk, words="48小时", at=f"{day} 10:00")
    page = client.get("/library").content.decode()
    assert page.count("48小时") == 1
    assert "CV-1" in page
    assert "CV-2" not in page
    kept = cast("quality_manager")
    kept.queues = "another"  # type: ignore[attr-defined]  # an account
    kept.save()  # type: ignore[attr-defined]  # an account
    page = client.get("/library").content.decode()
    assert "48小时" not in page
    assert "1 处在您看不到的队列里" in page


def test_what_leaves_next_what_is_held_and_what_was_lost(client: Client, put: Put, decider: Record) -> None:
    series = put("documents.series", code="SR-1", name="通话录音", at="2026-05-04")
    put("documents.retention", series=series, days="30", way="erase", ground="索赔期限", at="2026-05-04")
    for code, until in (("RB-1", "2026-08-01"), ("RB-2", "2027-01-15"), ("RB-3", "2026-09-15")):
        batch = put("documents.batch", series=series, code=code, what=f"录音 {code}", until=until, at="2026-06-01")
    put("documents.held", batch=batch, reason="争议未决", decided_by=decider, review="2026-10-01", at="2026-07-01")
    put("documents.lost", batch="RB-2", what="录音被删", at="2026-07-30")
    page = client.get("/library").content.decode()
    leaving = page.split("接下来要删除的")[1].split("保全：")[0]
    assert leaving.index("RB-1") < leaving.index("RB-2")
    assert "RB-3" not in leaving
    assert leaving.count("到期未处置") == 1
    assert "争议未决" in page
    assert "录音被删" in page


def test_everybody_who_reads_documents_sees_the_library_and_only_who_writes_them_is_offered_forms(
    document: Callable[..., Record], signed_in: Callable[[str], Client]
) -> None:
    document("DOC-1")
    agent = signed_in("agent").get("/library")
    assert agent.status_code == 200
    assert "/new" not in agent.content.decode().split("<main")[1]
    assert signed_in("administrator").get("/library").status_code == 403


def test_more_documents_ask_no_more_questions(client: Client, document: Callable[..., Record]) -> None:
    def asked() -> int:
        client.get("/library")
        with CaptureQueriesContext(connection) as queries:
            client.get("/library")
        return len(queries)

    document("DOC-1")
    one = asked()
    for number in range(2, 7):
        document(f"DOC-{number}")
    assert asked() == one
