"""Internal agreements: who serves whom, two columns of giving, the receiver's yardstick, requests and how they are answered."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lingting.ledger.models import Record
from lingting.registers.agreements.models import Answered

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


@pytest.fixture
def client(signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]) -> Client:
    at_time("2026-08-31T09:00")
    return signed_in("supervisor")


@pytest.fixture
def agreed(put: Put) -> Callable[..., Record]:
    """Begin an agreement; with both sides it is signed, with one it stays a draft."""

    def begin(code: str = "ISA-1", giver: str = "热线", receiver: str = "销售", *, sides: tuple[str, ...] = ("giver", "receiver")) -> Record:
        row = put("agreements.agreement", code=code, name=f"{giver}与{receiver}", giver=giver, receiver=receiver, at="2026-06-01 09:00")
        for side in sides:
            put("agreements.commitment", agreement=row, side=side, words=f"{side} 的承诺", at="2026-06-01 10:00")
        for side in sides if len(sides) > 1 else ():
            put("agreements.agreed", agreement=row, side=side, by=side, at="2026-06-01 11:00")
        return row

    return begin


def page_of(client: Client, row: Record) -> str:
    answer = client.get(f"/agreements/{row.pk}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def request_of(put: Put) -> Callable[..., Record]:
    def ask(row: Record, code: str = "RQ-1", at: str = "2026-08-01 09:00") -> Record:
        return put("agreements.request", code=code, agreement=row, asker="热线", asked="销售", what="查一票货的去向", why="顾客在等", at=at)

    return ask


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "您的下一道工序是谁？"), ("en", "Who comes next after you?")])
def test_without_an_agreement_the_page_asks_who_comes_next(language: str, words: str, client: Client) -> None:
    client.cookies["lingting_language"] = language
    page = client.get("/agreements").content.decode()
    assert words in page
    form = client.get("/registers/agreements/agreement/new?giver=热线&receiver=调度").content.decode()
    assert 'value="热线"' in form


def test_an_agreement_of_one_side_stays_a_draft(client: Client, agreed: Callable[..., Record]) -> None:
    draft, whole = agreed(sides=("giver",)), agreed("ISA-2", "仓库", "热线")
    page = page_of(client, draft)
    assert "草稿：只有一方承诺" in page
    assert "agreements/agreed/new?agreement=" not in page.split('id="yardsticks"')[0], "a draft cannot be signed"
    assert "草稿：只有一方承诺" not in page_of(client, whole)


def test_an_edge_says_the_share_kept_and_of_how_many(client: Client, agreed: Callable[..., Record], put: Put) -> None:
    """Four promises were due, one was kept in time; elsewhere a period was measured."""
    row, measured = agreed(), agreed("ISA-2", "仓库", "热线")
    for number in range(4):
        promised = put("agreements.promised", agreement=row, words=f"回复 {number}", due="2026-07-02 09:00", at="2026-07-01 09:00")
    put("agreements.delivered", promised=promised, at="2026-07-02 08:00")
    put("agreements.promised", agreement=row, words="以后", due="2026-09-02 09:00", at="2026-07-01 09:00")
    put("agreements.yardstick", agreement=measured, side="receiver", indicator="按时回复", target="90", at="2026-06-01")
    put("agreements.measured", agreement=measured, indicator="按时回复", since="2026-07-01", until="2026-07-31", met="61", n="100", at="2026-08-05")
    page = client.get("/agreements?me=热线").content.decode()
    assert "25.0 % n=4" in page
    assert "61.0 % n=100" in page
    assert page.index(f'href="/agreements/{measured.pk}"><g class="edge nonconforms"') > 0
    assert '<data class="total" value="4">' in client.get(f"/agreements/{row.pk}/due").content.decode()
    assert '<data class="total" value="3">' in client.get(f"/agreements/{row.pk}/broken").content.decode()


def test_the_givers_yardstick_does_not_hold_and_is_shown_as_an_attempt(client: Client, agreed: Callable[..., Record], put: Put) -> None:
    row = agreed()
    put("agreements.yardstick", agreement=row, side="receiver", indicator="按时回复", target="90", at="2026-06-01")
    assert "没有生效" not in page_of(client, row)
    put("agreements.yardstick", agreement=row, side="giver", indicator="按时回复", target="60", at="2026-07-21 10:00")
    page = page_of(client, row)
    assert "≥ 90.0 %" in page
    assert "改成 60.0 %：没有生效" in page


def test_needs_show_both_ranks_the_ladder_and_what_is_neglected(client: Client, agreed: Callable[..., Record], put: Put) -> None:
    row = agreed()
    put("agreements.wanted", agreement=row, words="及时回复", rank="1", rank_of_giver="4", performance="2", expected="两小时", promised="四小时",
        delivered="六小时", perceived="总要催", at="2026-07-01")  # fmt: skip
    put("agreements.wanted", agreement=row, words="月报好看", rank="5", rank_of_giver="5", performance="4", at="2026-07-01")
    page = page_of(client, row)
    for words in ("接受方排第 1", "提供方排第 4", "看法不一致", "重要、做得不好、没有措施", "两小时", "四小时", "六小时", "总要催"):
        assert words in page, words
    assert page.count("看法不一致") == 1


def test_ratings_have_their_n_and_interval(client: Client, agreed: Callable[..., Record], put: Put) -> None:
    row = agreed()
    for care in (5, 4, 2):
        put("agreements.rated", agreement=row, care=care, cooperation=4, communication=3, at="2026-07-01")
    page = page_of(client, row)
    assert "66.7 % [20.8 %, 93.9 %]" in page
    assert f'href="/registers/agreements/rated?agreement={row.pk}">3</a>' in page


def test_a_request_nobody_took_on_rings_after_five_days_and_not_before(
    client: Client, agreed: Callable[..., Record], request_of: Callable[..., Record]
) -> None:
    row = agreed()
    request_of(row, "RQ-2", "2026-08-28 09:00")
    assert "不弃" not in page_of(client, row).split("三有三不")[0]
    old = request_of(row)
    assert "1 个 5 天没有人接——不弃" in page_of(client, row)
    assert f"/registers/agreements/owned/new?request={old.pk}" in client.get("/agreements").content.decode()
    assert '<data class="total" value="1">' in client.get(f"/agreements/{row.pk}/ownerless").content.decode()


def test_a_poor_answer_is_hinted_at_before_it_goes_out_and_keeps_its_words(
    client: Client, agreed: Callable[..., Record], request_of: Callable[..., Record]
) -> None:
    row = agreed()
    asked = request_of(row)
    path = f"/agreements/{row.pk}/answers"
    answer = client.post(path, {"request": asked.pk, "words": "知道了"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("有礼：加一个", "有理：写明理由。", "有据：写明是哪条记录。", ">知道了</textarea>", "就这样发出", f'href="#words-{asked.pk}"'):
        assert words in page, words
    assert not Answered.objects.exists()
    assert client.post(path, {"request": asked.pk, "words": "知道了", "anyway": "yes"}).status_code == 302
    assert client.post(path, {"request": asked.pk, "words": "请您稍等，明早送到", "reason": "中转晚到", "evidence": "SH-0001"}).status_code == 302
    assert Answered.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "hinted"),
    [("请您别来烦我", 1), ("麻烦您了，小的该死", 1), ("请您稍等，不好意思现在没空，三点前给您", 0), ("请您放心，我来办", 0)],
)
def test_a_servile_or_cold_answer_is_hinted_at_before_it_goes_out_and_a_busy_one_is_not(
    words: str, hinted: int, client: Client, agreed: Callable[..., Record], request_of: Callable[..., Record]
) -> None:
    """A colleague asked for the report; the answer has its reason and its record, and is only put badly – or is not."""
    row = agreed()
    answer = client.post(f"/agreements/{row.pk}/answers", {"request": request_of(row).pk, "words": words, "reason": "排满了", "evidence": "SH-0001"})
    assert (answer.status_code == 422) == hinted
    assert ("不卑不亢不弃：" in answer.content.decode()) == hinted
    assert Answered.objects.count() == 1 - hinted


def test_the_plain_form_of_the_register_hints_too_and_sends_it_when_its_author_says_so(
    client: Client, agreed: Callable[..., Record], request_of: Callable[..., Record]
) -> None:
    asked = request_of(agreed())
    path, given = "/registers/agreements/answered/new", {"request": str(asked.pk), "words": "知道了", "reason": "", "evidence": "", "at": "2026-08-30 09:00"}
    answer = client.post(path, given)
    assert answer.status_code == 422
    for words in ("有礼：加一个", "有理：写明理由。", "有据：写明是哪条记录。", "就这样发出"):
        assert words in answer.content.decode(), words
    assert not Answered.objects.exists()
    assert client.post(path, {**given, "anyway": "yes"}).status_code == 302
    assert Answered.objects.count() == 1


@pytest.mark.parametrize("request_id", ["", "7", "²", "9" * 30])
def test_an_answer_to_nothing_is_not_found(request_id: str, client: Client, agreed: Callable[..., Record]) -> None:
    assert client.post(f"/agreements/{agreed().pk}/answers", {"request": request_id, "words": "x"}).status_code == 404


def test_an_empty_answer_is_never_sent(client: Client, agreed: Callable[..., Record], request_of: Callable[..., Record]) -> None:
    row = agreed()
    assert client.post(f"/agreements/{row.pk}/answers", {"request": request_of(row).pk, "words": " ", "anyway": "yes"}).status_code == 422


def test_a_dispute_shows_what_each_side_wants_and_how_it_was_settled(client: Client, agreed: Callable[..., Record], put: Put) -> None:
    row = agreed()
    disputed = put("agreements.disputed", agreement=row, side="receiver", interest="少催几次", evidence="RQ-1", proposal="定时回复", at="2026-07-01")
    assert f"/registers/agreements/settled/new?disputed={disputed.pk}" in page_of(client, row)
    put("agreements.settled", disputed=disputed, mediator="白露", outcome="每天三点一次", for_both="是", at="2026-07-03")
    page = page_of(client, row)
    assert "双赢" in page
    assert "settled/new?disputed=" not in page


def test_an_outsider_sees_nothing_and_an_auditor_changes_nothing(
    client: Client, agreed: Callable[..., Record], request_of: Callable[..., Record], signed_in: Callable[[str], Client]
) -> None:
    row = agreed()
    asked = request_of(row)
    assert signed_in("agent").get(f"/agreements/{row.pk}").status_code == 403
    auditor = signed_in("external_auditor")
    assert '<form class="stack"' not in page_of(auditor, row)
    assert auditor.post(f"/agreements/{row.pk}/answers", {"request": asked.pk, "words": "请"}).status_code == 403
    for path in ("/agreements/7", f"/agreements/{row.pk}/secrets", f"/agreements/{row.pk}?at=2026-05-01"):
        assert client.get(path).status_code == 404, path


def test_more_agreements_ask_no_more_questions(client: Client, agreed: Callable[..., Record]) -> None:
    def asked() -> int:
        client.get("/agreements")
        with CaptureQueriesContext(connection) as queries:
            client.get("/agreements")
        return len(queries)

    agreed()
    one = asked()
    for number in range(2, 7):
        agreed(f"ISA-{number}", f"部门{number}", "热线")
    assert asked() == one
