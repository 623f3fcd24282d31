"""What customers read and hear: product and service, the same everywhere, and which version was told to whom."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lingting.ledger.models import Record
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
SignedIn = Callable[[str], Client]
WHOLE = "what limits price times exclusions after complaining"


@pytest.fixture(autouse=True)
def _clock(at_time: Callable) -> None:
    at_time("2026-08-31T09:00")


@pytest.fixture
def piece(put: Put, offering: Record, decider: Record) -> Callable[..., Record]:
    """Write a piece of information with one version, approved and published; `topics` are what it covers."""

    def write(code: str = "INFO-1", topics: str = WHOLE, *, approved: bool = True, valid_to: str = "2026-12-31", **given: object) -> Record:
        row = put(
            "offerings.information",
            **{"code": code, "name": f"说明{code}", "offering": offering, "audience": "顾客", "language": "zh", "owner": "温如", "at": "2026-06-05", **given},
        )
        version = put("offerings.version", information=row, number="3", topics=topics, valid_to=valid_to, at="2026-06-05 01:00")
        if approved:
            put("offerings.approved", version=version, person=decider, at="2026-06-05 02:00")
        put("offerings.published", version=version, form="website", place=f"官网 {code}", at="2026-06-05 03:00")
        return version

    return write


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "还没有登记任何对外信息"), ("en", "No information is registered yet")])
def test_without_information_the_page_says_what_nobody_can_tell(language: str, words: str, signed_in: SignedIn) -> None:
    client = signed_in("agent")
    client.cookies["lingting_language"] = language
    assert words in client.get("/information").content.decode()


def test_what_speaks_of_the_product_alone_stands_first_and_what_is_whole_is_no_gap(put: Put, piece: Callable[..., Record], signed_in: SignedIn) -> None:
    """冷链只讲产品；普通货运讲全了。"""
    other = put("offerings.offering", code="OF-01", name="普通货运", origin="before", at="2026-06-01")
    piece("INFO-1", offering=other)
    piece("INFO-14", topics="what limits")
    page = signed_in("agent").get("/information").content.decode()
    matrix = page.split('<table class="matrix">')[1].split("</table>")[0]
    assert matrix.index("冷链干线") < matrix.index("普通货运")
    assert (matrix.count('class="lacks"'), matrix.count('class="has"')) == (5, 9)
    assert ("缺 5 项" in matrix, "齐全" in matrix) == (True, True)
    sheets = page.split('<ul class="sheets">')[1]
    assert sheets.index("INFO-14") < sheets.index("INFO-1<")
    assert sheets.count("只讲产品，没讲服务") == 1


def test_a_version_not_approved_or_past_its_day_is_said_and_one_on_its_last_day_is_not(piece: Callable[..., Record], signed_in: SignedIn) -> None:
    piece("INFO-1", approved=False)
    piece("INFO-2", valid_to="2026-08-30")
    piece("INFO-3", valid_to="2026-08-31")
    page = signed_in("agent").get("/information").content.decode()
    assert (page.count("没有批准"), page.count("已过有效期")) == (1, 1)


def test_what_was_written_and_never_published_is_no_information_yet(put: Put, offering: Record, signed_in: SignedIn) -> None:
    row = put("offerings.information", code="INFO-1", name="说明", offering=offering, audience="顾客", language="zh", owner="温如", at="2026-06-05")
    put("offerings.version", information=row, number="1", topics=WHOLE, at="2026-06-05 01:00")
    page = signed_in("agent").get("/information").content.decode()
    assert ("没有发布的版本" in page, page.count('class="lacks"')) == (True, 7)


def test_two_places_that_differ_stand_side_by_side_and_the_same_words_do_not(
    put: Put, piece: Callable[..., Record], offering: Record, signed_in: SignedIn
) -> None:
    """官网写 7 天，电话话术说 3 天：矛盾；赔付两处都是“3 倍运费”，写法差一个空格，不算。另一项产品的 3 天不相干。"""
    version = piece()
    published = put("offerings.published", version=version, form="print", place="宣传单", at="2026-06-05 04:00")
    put("offerings.stated", published=published, matter="索赔期限", value="7 天", at="2026-06-05 05:00")
    put("offerings.stated", published=published, matter="赔付", value="3 倍运费", at="2026-06-05 05:00")
    script = put("channels.channel", code="CH-phone", name="热线话术", form="phone", serves="inform", at="2026-06-01")
    other = put("offerings.offering", code="OF-09", name="快递", origin="before", at="2026-06-01")
    put("channels.stated", channel=script, fact="赔付", value="3倍运费", offering=offering, at="2026-06-05")
    put("channels.stated", channel=script, fact="索赔期限", value="3 天", offering=other, at="2026-06-05")
    client = signed_in("agent")
    assert "各处说法不一" not in client.get("/information").content.decode()
    stated = put("channels.stated", channel=script, fact="索赔期限", value="3 天", offering=offering, at="2026-06-06")
    page = client.get("/information").content.decode()
    found = page.split('id="contradictions"')[1].split("</section>")[0]
    assert [words in found for words in ("宣传单", "7 天", "热线话术", "3 天", f"/registers/channels/stated/{stated.id}")] == [True] * 5
    assert found.count("<article") == 1


def test_which_version_was_told_to_whom_is_a_link_and_understanding_has_its_interval(
    put: Put, piece: Callable[..., Record], customer: Party, signed_in: SignedIn
) -> None:
    version = piece()
    for understood in ("clear", "clear", "unclear", "unanswered"):
        put("offerings.told", version=version, party=customer, topics="what", understood=understood, at="2026-07-01")
    client = signed_in("quality_manager")
    page = client.get("/information").content.decode()
    assert (f"/registers/offerings/told?version={version.id}" in page, "4 次" in page, f'href="/parties/{customer.id}"' in page) == (True, True, True)
    assert ("2 / 3" in page, "66.7 %" in page) == (True, True)
    assert client.get(f"/registers/offerings/told?version={version.id}").content.decode().count("/registers/offerings/told/") >= 4
    assert f'href="/parties/{customer.id}"' not in signed_in("agent").get("/information").content.decode()


def test_silence_is_not_taken_for_understanding(put: Put, piece: Callable[..., Record], customer: Party, signed_in: SignedIn) -> None:
    put("offerings.told", version=piece(), party=customer, topics="what", understood="unanswered", at="2026-07-01")
    assert "没有人答过，不知道" in signed_in("agent").get("/information").content.decode()


def test_an_earlier_day_shows_what_was_published_then(piece: Callable[..., Record], signed_in: SignedIn) -> None:
    piece()
    client = signed_in("agent")
    assert "INFO-1" not in client.get("/information?at=2026-06-04").content.decode()
    assert "INFO-1" in client.get("/information?at=2026-06-05").content.decode()


def test_whoever_may_not_read_offerings_sees_nothing_and_who_only_reads_writes_nothing(piece: Callable[..., Record], signed_in: SignedIn) -> None:
    piece()
    assert signed_in("trainee").get("/information").status_code == 403
    assert "写新版本" not in signed_in("agent").get("/information").content.decode()
    assert "写新版本" in signed_in("supervisor").get("/information").content.decode()


def test_twenty_pieces_ask_as_many_questions_as_one(put: Put, piece: Callable[..., Record], customer: Party, signed_in: SignedIn) -> None:
    client = signed_in("agent")

    def asked() -> int:
        with CaptureQueriesContext(connection) as asks:
            client.get("/information")
        return len(asks)

    put("offerings.told", version=piece("INFO-1"), party=customer, topics="what", at="2026-07-01")
    one = asked()
    for number in range(2, 12):
        put("offerings.told", version=piece(f"INFO-{number}"), party=customer, topics="what", at="2026-07-01")
    assert asked() == one < 25
