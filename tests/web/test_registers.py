"""The pages that every register has: forms that keep what was typed, records with their history, sheets, striking out."""

import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lingting.ledger.models import Record
from lingting.registers.parties.models import Party
from lingting.registers.people.models import Suggested
from lingting.registers.property.models import Item, Told

pytestmark = pytest.mark.django_db
WHOLE = {"code": "PR-1", "category": "cargo", "what": "货架 4 组", "place": "YH-Y", "custodian": "仓管", "condition": "完好", "at": "2026-07-01T09:00"}


@pytest.fixture
def client(signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]) -> Client:
    at_time("2026-08-31T09:00")
    return signed_in("supervisor")


@pytest.fixture
def item(put: Callable[..., Record], customer: Party) -> Record:
    return put("property.item", **{**WHOLE, "party": customer, "at": "2026-07-01 09:00"})


def test_a_whole_form_is_written_down_and_leads_to_the_record(client: Client, customer: Party) -> None:
    answer = client.post("/registers/property/item/new", {**WHOLE, "party": customer.id})
    assert answer["Location"] == f"/property/{Item.objects.get().id}"
    page = client.get(answer["Location"]).content.decode()
    assert "货架 4 组" in page
    assert "棠鲤生鲜" in page
    assert "没有告知。8.2.1 d" in page, "how it stands is said"


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "请填写“是什么”。"), ("en", "Fill in “What it is”.")])
def test_a_half_filled_form_keeps_what_was_typed_and_says_at_the_field_and_at_the_top_what_to_do(client: Client, language: str, said: str) -> None:
    client.cookies["lingting_language"] = language
    answer = client.post("/registers/property/item/new", {"code": "PR-<1>", "place": "雁回港", "weight": "很重"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(said) == 2
    assert 'href="#what"' in page
    assert 'value="PR-&lt;1&gt;"' in page
    assert 'value="雁回港"' in page
    assert 'value="很重"' in page
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("column", "typed", "said"),
    [
        ("at", "2026-02-30T09:00", ""),
        ("at", "9999-99-99", ""),
        ("party", "99999999", ""),
        ("party", "老井酱园", ""),
        ("weight", "12 磅", "单位是"),
        ("weight", "-1e99", ""),
        ("category", "spaceship", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_at_the_top_and_stays_as_typed(client: Client, customer: Party, column: str, typed: str, said: str) -> None:
    """A day that is none, a party that nobody knows, a weight in pounds, a kind that there is not: a sentence, nothing lost, nothing half written."""
    answer = client.post("/registers/property/item/new", {**WHOLE, "party": customer.id, column: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{column}"' in page
    [words] = re.findall(rf'<p class="wrong" id="{column}-wrong">([^<]+)</p>', page)
    assert said in words
    assert page.count(words) == 2, "at the field and at the top"
    assert "货架 4 组" in page
    if column not in {"party", "category"}:
        assert f'value="{typed}"' in page
    assert not Item.objects.exists()


def test_what_is_called_the_same_is_told_apart_where_one_has_to_choose(client: Client, put: Callable[..., Record], customer: Party) -> None:
    """两位“桐溪里居民”各有名字，一个是没有名字的群体；另有两个没有名字的同名单位，用编号分开；叫法不同的照旧。"""
    for name in ("", "贺先生", "满女士"):
        put("parties.party", category="neighbour", internal=False, organisation="桐溪里居民", name=name, at="2026-05-01")
    twins = [put("parties.party", category="customer", internal=False, organisation="老井酱园", at="2026-05-01") for _ in range(2)]
    page = client.get("/registers/property/item/new").content.decode()
    for words in ("桐溪里居民", "桐溪里居民 · 贺先生", "桐溪里居民 · 满女士", "棠鲤生鲜", *(f"老井酱园 · {row.pk}" for row in twins)):
        assert page.count(f">{words}</option>") == 1, words


def test_what_belongs_to_different_things_is_told_apart_by_them(signed_in: Callable[[str], Client], put: Callable[..., Record]) -> None:
    for code in ("DT-1", "DT-2"):
        row = put("instruments.instrument", code=code, name="检测", sort="rule", use="听", norm="promise.made", at="2026-05-01")
        put("instruments.version", instrument=row, edition="1.1", digest="7c" * 32, what="第一版", at="2026-05-02")
    page = signed_in("quality_manager").get("/registers/instruments/unfit/new").content.decode()
    assert (">1.1 · DT-1 · 检测</option>" in page, ">1.1 · DT-2 · 检测</option>" in page) == (True, True)


def test_what_happened_to_a_record_is_written_from_it_and_shown_on_it(client: Client, item: Record) -> None:
    page = client.get(f"/registers/property/item/{item.id}").content.decode()
    assert f"/registers/property/told/new?item={item.id}" in page
    form = client.get(f"/registers/property/told/new?item={item.id}").content.decode()
    assert f'value="{item.id}" selected' in form
    answer = client.post("/registers/property/told/new", {"item": item.id, "way": "短信", "words": "存放在 YH-Y"})
    assert answer["Location"] == f"/property/{item.id}"
    assert "存放在 YH-Y" in client.get(answer["Location"]).content.decode()
    assert "存放在 YH-Y" not in client.get(f"{answer['Location']}?at=2026-07-02").content.decode(), "as of the day before it was told"


def test_a_list_is_narrowed_by_its_tabs_by_words_and_by_what_it_is_about(client: Client, item: Record, put: Callable[..., Record]) -> None:
    put("property.told", item=item, way="短信", words="存放在 YH-Y", at="2026-07-01 10:00")
    assert "货架 4 组" in client.get("/registers/property/item").content.decode()
    assert "货架 4 组" not in client.get("/registers/property/item?list=untold").content.decode()
    assert "货架 4 组" not in client.get("/registers/property/item?words=木箱").content.decode()
    assert "存放在" in client.get(f"/registers/property/told?item={item.id}").content.decode()
    assert "存放在" not in client.get("/registers/property/told?item=1").content.decode()


@pytest.mark.parametrize("words", ["²", "9" * 40, "٣"])
def test_a_number_that_no_record_can_have_finds_nothing_and_breaks_nothing(client: Client, item: Record, words: str) -> None:
    assert client.get(f"/registers/property/item?words={words}").status_code == HTTPStatus.OK
    assert client.get(f"/registers/property/item?party={words}").status_code == HTTPStatus.OK


def test_striking_out_needs_a_reason_and_is_said_on_the_record(client: Client, item: Record) -> None:
    path = f"/registers/property/item/{item.id}"
    assert client.post(f"{path}/striking", {"reason": " "}).status_code == 422
    assert client.post(f"{path}/striking", {"reason": "登记错了顾客"}).status_code == 302
    assert "登记错了顾客" in client.get(path).content.decode()
    assert "货架 4 组" not in client.get("/registers/property/item").content.decode()


def test_a_workbook_goes_out_and_a_sheet_comes_in(client: Client, item: Record) -> None:
    assert client.get("/registers/property/export.xlsx").content[:2] == b"PK"
    assert client.get("/registers/property/template.xlsx").content[:2] == b"PK"
    assert "货架 4 组" in client.get("/registers/property/item/export.csv").content.decode()
    sheet = SimpleUploadedFile("told.csv", f"财产,方式,告知的内容\n{item.code},短信,存放在 YH-Y\n".encode())
    page = client.post("/registers/property/import", {"file": sheet}).content.decode()
    assert "已写入：告知怎样看管 1" in page
    assert Told.objects.get().item_id == item.id


def test_a_wrong_sheet_is_answered_with_every_wrong_cell_and_nothing_written(client: Client, item: Record) -> None:
    sheet = SimpleUploadedFile("told.csv", f"财产,方式,告知的内容\n{item.code},短信,存放\nPR-9,,x\n".encode())
    answer = client.post("/registers/property/import", {"file": sheet})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "told!A3" in page
    assert "told!B3" in page
    assert not Told.objects.exists()
    assert client.post("/registers/property/import").status_code == 422


def test_who_may_say_something_without_seeing_the_register_finds_the_form_and_comes_back(
    signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """An agent has an idea; what others suggested, and whose inspection was low, is not the agent's to see."""
    at_time("2026-08-31T09:00")
    agent = signed_in("agent")
    assert "/registers/people/suggested/new" in agent.get("/registers").content.decode()
    assert "/registers/people/low/new" not in agent.get("/registers").content.decode()
    answer = agent.post("/registers/people/suggested/new", {"code": "SG-07", "words": "把回电时间写进工单"})
    assert answer["Location"] == "/registers"
    assert Suggested.objects.get().words == "把回电时间写进工单"
    assert agent.get("/registers/people/suggested").status_code == 403
