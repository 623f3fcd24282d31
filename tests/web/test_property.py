"""Customer property on a telephone: scan, see, hand over – and tell the customer before anybody else when something broke."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lingting.ledger.models import Entry, Record
from lingting.registers.parties.models import Party
from lingting.registers.property.models import Compensated, Harmed, Item, Photo, Reported, Told

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
SignedIn = Callable[[str], Client]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(60))


@pytest.fixture(autouse=True)
def _clock(at_time: Callable[[str], datetime]) -> None:
    at_time("2026-07-22T18:00")


@pytest.fixture
def crate(put: Put, customer: Party) -> Item:
    """A crate that came well and of which its owner knows how it is kept."""
    row = put(
        "property.item",
        code="PR-1",
        party=customer,
        category="packaging",
        what="展架木箱",
        place="甲库",
        custodian="仓管",
        condition="完好",
        at="2026-07-16 10:40",
    )
    put("property.told", item=row, way="短信", words="专人保管", at="2026-07-16 11:00")
    return row  # type: ignore[return-value]  # it is one


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "目前没有保管顾客财产"), ("en", "No customer property is in our hands now")])
def test_without_property_the_page_says_so_and_when_the_last_went(language: str, words: str, put: Put, customer: Party, signed_in: SignedIn) -> None:
    client = signed_in("agent")
    client.cookies["lingting_language"] = language
    assert words in client.get("/property").content.decode()
    row = put("property.item", code="PR-1", party=customer, category="cargo", what="鱼", condition="完好", place="甲", custodian="乙", at="2026-07-01")
    put("property.told", item=row, way="短信", words="专人保管", at="2026-07-01 01:00")
    put("property.returned", item=row, to="收货人", condition="完好", at="2026-07-05 10:00")
    page = client.get("/property").content.decode()
    assert words in page
    assert "2026-07-05" in page


def test_a_scanned_label_leads_to_its_item_and_a_part_of_one_to_a_list(crate: Item, put: Put, customer: Party, signed_in: SignedIn) -> None:
    put("property.item", code="PR-12", party=customer, category="cargo", what="鱼", at="2026-07-16 10:40")
    client = signed_in("agent")
    assert client.get("/property", {"words": " pr-1 "})["Location"] == f"/property/{crate.id}"
    page = client.get("/property", {"words": "PR-"}).content.decode()
    assert ("PR-12" in page, "展架木箱" in page) == (True, True)
    assert "没有找到" in client.get("/property", {"words": "PR-9"}).content.decode()


def test_what_is_missing_stands_first_and_every_number_is_the_length_of_its_list(crate: Item, put: Put, customer: Party, signed_in: SignedIn) -> None:
    """一件没有告知，一件无入库状态就归还了；木箱什么都不缺。"""
    put("property.item", code="PR-2", party=customer, category="cargo", what="货架", condition="完好", place="甲", custodian="乙", at="2026-07-16 10:40")
    gone = put("property.item", code="PR-3", party=customer, category="cargo", what="茶几", condition="", place="甲", custodian="乙", at="2026-07-16 10:41")
    put("property.told", item=gone, way="短信", words="专人保管", at="2026-07-16 11:00")
    put("property.returned", item=gone, to="收货人", condition="完好", at="2026-07-20 10:00")
    client = signed_in("agent")
    page = client.get("/property").content.decode()
    assert ("PR-2" in page, "PR-3" in page, "PR-1</code>" in page) == (True, True, False)
    assert "无入库状态" in client.get("/property?list=no_intake").content.decode()
    for name, count in (("wanting", 2), ("untold", 1), ("no_intake", 1), ("held", 2), ("returned", 1), ("all", 3)):
        listed = client.get("/property", {"list": name}).content.decode()
        assert listed.count('<a class="name"') == count, name
        assert f'list={name}" aria-current="true"' in listed or f"list={name}" in listed


def test_the_customer_is_told_before_anything_is_written(crate: Item, signed_in: SignedIn) -> None:
    """叉车碰坏侧板：先备好话，告诉货主，才记下损坏；两件事一起写进账本。"""
    client, address = signed_in("agent"), f"/property/{crate.id}/harm"
    assert f'href="{address}"' in client.get(f"/property/{crate.id}").content.decode()
    seen = {"harm": "damaged", "what": "叉车碰坏侧板", "found": "2026-07-22T15:30"}
    page = client.post(address, {**seen, "step": "prepare"}).content.decode()
    for words in ("很抱歉", "叉车碰坏侧板", "展架木箱", "2026-07-22 15:30", "您可以来看"):
        assert words in page, words
    assert not Harmed.objects.exists()
    told = {**seen, "step": "told", "way": "电话", "words": "很抱歉，侧板碰坏了", "first_from_us": "yes", "at": "2026-07-22T16:00"}
    assert client.post(address, told)["Location"] == f"/property/{crate.id}"
    assert (Harmed.objects.get().what, Reported.objects.get().first_from_us) == ("叉车碰坏侧板", True)
    page = client.get(f"/property/{crate.id}").content.decode()
    assert "30 分" in page
    assert "先告诉了货主" in page


def test_a_notice_that_lacks_its_words_writes_nothing_and_keeps_what_was_typed(crate: Item, signed_in: SignedIn) -> None:
    client, address = signed_in("agent"), f"/property/{crate.id}/harm"
    first = client.post(address, {"step": "prepare", "harm": "", "what": "侧板裂了", "found": "2026-07-22T15:30"})
    assert first.status_code == 422
    assert ("侧板裂了" in first.content.decode(), 'href="#harm"' in first.content.decode()) == (True, True)
    given = {"step": "told", "harm": "damaged", "what": "侧板裂了", "words": "我们很抱歉", "way": "", "first_from_us": "yes"}
    answer = client.post(address, given)
    assert answer.status_code == 422
    assert ("我们很抱歉" in answer.content.decode(), "侧板裂了" in answer.content.decode()) == (True, True)
    assert not Harmed.objects.exists()
    assert client.post(address, {**given, "way": "电话", "found": "2026-07-22T16:00", "at": "2026-07-22T15:00"}).status_code == 422, "told before it was found"
    assert not Harmed.objects.exists(), "both or neither"


def test_where_the_owner_is_not_reached_the_harm_stands_alone_and_its_clock_runs(crate: Item, signed_in: SignedIn, at_time: Callable) -> None:
    """联系不上：先记下损坏；过了四小时，时钟变红；告诉之后也留着晚了多久。"""
    client = signed_in("agent")
    client.post(f"/property/{crate.id}/harm", {"step": "unreached", "harm": "damaged", "what": "侧板裂了", "found": "2026-07-22T15:30"})
    harmed, page = Harmed.objects.get(), client.get(f"/property/{crate.id}").content.decode()
    assert ("2 小时 30 分" in page, "还剩" in page, f"/property/harms/{harmed.id}/notice" in page) == (True, True, True)
    assert "损坏未先告知" in client.get("/property").content.decode()
    at_time("2026-07-22T19:31")
    assert "还剩" not in client.get(f"/property/{crate.id}").content.decode()
    notice = f"/property/harms/{harmed.id}/notice"
    assert "侧板裂了" in client.get(notice).content.decode()
    assert client.post(notice, {"way": "电话", "words": "很抱歉", "first_from_us": ""}).status_code == 422
    client.post(notice, {"way": "电话", "words": "很抱歉", "first_from_us": "no"})
    assert "货主先知道了" in client.get(f"/property/{crate.id}").content.decode()


def test_a_harm_is_made_good_after_its_owner_was_told_and_not_before(crate: Item, put: Put, signed_in: SignedIn) -> None:
    """先告诉货主，再谈补偿：没告诉时不能记；漏写同不同意时，写过的留着。"""
    harmed = put("property.harmed", item=crate, harm="damaged", what="立柱弯了", at="2026-07-22 15:00")
    client, address, good = signed_in("agent"), f"/property/harms/{harmed.pk}/compensation", {"what": "换一组立柱", "amount": "860", "agreed": "yes"}
    assert "先告诉货主，再谈补偿" in client.post(address, good).content.decode()
    put("property.reported", harmed=harmed, way="电话", words="很抱歉", first_from_us=True, at="2026-07-22 15:30")
    answer = client.post(address, good | {"agreed": ""})
    assert answer.status_code == 422
    assert ("换一组立柱" in answer.content.decode(), 'href="#agreed"' in answer.content.decode()) == (True, True)
    assert client.post(address, good)["Location"] == f"/property/{crate.pk}"
    assert (Compensated.objects.get().amount, Compensated.objects.get().agreed) == (86000, True)
    page = client.get(f"/property/{crate.pk}").content.decode()
    assert ("补偿，货主同意" in page, "· 860" in page) == (True, True)
    assert signed_in("inspector").post(address, good).status_code == 403


def test_only_data_can_be_disclosed(crate: Item, signed_in: SignedIn) -> None:
    client, address = signed_in("agent"), f"/property/{crate.id}/harm"
    assert 'value="disclosed"' not in client.get(address).content.decode()
    answer = client.post(address, {"step": "unreached", "harm": "disclosed", "what": "泄露"})
    assert (answer.status_code, Harmed.objects.count()) == (422, 0)


def test_how_it_is_kept_is_told_with_words_prepared(put: Put, customer: Party, signed_in: SignedIn) -> None:
    row = put("property.item", code="PR-2", party=customer, category="cargo", what="货架", place="甲库", custodian="仓管", at="2026-07-16 10:40")
    client = signed_in("agent")
    assert "存放在甲库，由仓管保管" in client.get(f"/property/{row.id}").content.decode()
    answer = client.post(f"/property/{row.id}/notices", {"words": "放在甲库，有人看管", "way": ""})
    assert (answer.status_code, "放在甲库，有人看管" in answer.content.decode()) == (422, True)
    client.post(f"/property/{row.id}/notices", {"words": "放在甲库，有人看管", "way": "短信"})
    assert Told.objects.get().words == "放在甲库，有人看管"


def test_a_weight_of_an_overdue_scale_is_doubted_until_it_is_weighed_again(put: Put, customer: Party, signed_in: SignedIn) -> None:
    """地磅 6 月 30 日到期：30 日当天称的还算数，7 月 8 日称的要重称；换一台合格的称过就好了。"""
    for code, due in (("WB-1", "2026-06-30"), ("WB-2", "2026-12-31")):
        scale = put("instruments.instrument", code=code, name="地磅", sort="device", use="过磅", at="2026-01-01")
        put(
            "instruments.calibrated",
            instrument=scale,
            way="verification",
            occasion="first",
            external=True,
            decision="stated",
            found_fit=True,
            left_fit=True,
            due=due,
            at="2026-01-02",
        )
    for code, day in (("PR-7", "06-30"), ("PR-8", "07-08")):
        put(
            "property.item",
            code=code,
            party=customer,
            category="cargo",
            what="货",
            condition="完好",
            weight="412.5",
            weighed_with="WB-1",
            at=f"2026-{day} 10:00",
        )
    client, late = signed_in("agent"), Item.objects.get(code="PR-8")
    listed = client.get("/property?list=weigh_again").content.decode()
    assert ("PR-8" in listed, "PR-7" in listed) == (True, False)
    page = client.get(f"/property/{late.id}").content.decode()
    assert ("请重称" in page, "412.500 kg" in page, f"/property/weighed/new?item={late.id}" in page) == (True, True, True)
    put("property.weighed", item=late, weight="411", weighed_with="WB-2", at="2026-07-09 10:00")
    assert "PR-8" not in client.get("/property?list=weigh_again").content.decode()


def test_personal_data_show_until_when_they_are_kept(put: Put, customer: Party, signed_in: SignedIn) -> None:
    for code, until in (("PR-4", "2026-12-31"), ("PR-5", "2026-07-21"), ("PR-6", "")):
        row = put(
            "property.item", code=code, party=customer, category="data", what="电话", condition="完好", place="系统", custodian="热线", at="2026-07-01 10:00"
        )
        if until:
            put("property.held", item=row, ground="履行合同", purpose="送货", until=until, at="2026-07-01 10:00")
    client = signed_in("agent")
    listed = client.get("/property?list=ungrounded").content.decode()
    assert ("PR-4" in listed, "PR-5" in listed, "PR-6" in listed) == (False, True, True)
    pages = {code: client.get(f"/property/{Item.objects.get(code=code).id}").content.decode() for code in ("PR-4", "PR-5", "PR-6")}
    assert ("到期删除" in pages["PR-4"], "应当删除" in pages["PR-5"], "没有写明依据和期限" in pages["PR-6"]) == (True, True, True)


def test_the_chain_of_keepers_is_a_row_of_beads_and_print_leaves_a_slip(crate: Item, put: Put, signed_in: SignedIn) -> None:
    put("property.moved", item=crate, custodian="汪师傅", place="乙库", at="2026-07-17 09:00")
    put("property.returned", item=crate, to="收货人", condition="侧板裂", at="2026-07-18 09:00")
    page = signed_in("agent").get(f"/property/{crate.id}").content.decode()
    beads = page.split('<ol class="beads">')[1].split("</ol>")[0]
    assert [beads.count(f'class="{kind}"') for kind in ("received", "moved", "returned")] == [1, 1, 1]
    assert beads.index("仓管") < beads.index("汪师傅") < beads.index("收货人")
    assert page.index("收到时") < page.index("完好") < page.index("交出时") < page.index("侧板裂")
    assert 'class="slip"' in page
    assert f'href="/registers/property/item/{crate.id}"' in page, "history and striking are one step away"


def test_a_photograph_is_kept_by_its_digest_and_nothing_else_is_taken(crate: Item, signed_in: SignedIn, settings: object, tmp_path: object) -> None:
    """照片收下；改名成 .png 的网页不收；八兆以上不收；改过的文件不给看。"""
    settings.HOME = tmp_path  # type: ignore[attr-defined]  # it is the settings
    client, address = signed_in("agent"), f"/property/{crate.id}/photographs"
    for content in (b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + bytes(8 << 20)):
        answer = client.post(address, {"side": "in", "note": "右下角", "photo": SimpleUploadedFile("a.png", content, "image/png")})
        assert (answer.status_code, "右下角" in answer.content.decode(), Photo.objects.count()) == (422, True, 0)
    assert client.post(address, {"side": "in"}).status_code == 422
    assert client.post(address, {"side": "in", "photo": SimpleUploadedFile("a.html", PNG, "text/html")}).status_code == 302
    photo = Photo.objects.get()
    answer = client.get(f"/property/photographs/{photo.id}")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer.content) == ("image/png", "nosniff", PNG)
    assert "sandbox" in answer["Content-Security-Policy"]
    assert signed_in("trainee").get(f"/property/photographs/{photo.id}").status_code == 403
    (tmp_path / "photographs" / f"{photo.digest}.png").write_bytes(PNG + b"x")  # type: ignore[operator]  # it is a path
    assert client.get(f"/property/photographs/{photo.id}").status_code == 404


def test_whoever_may_only_read_is_offered_no_form_and_whoever_may_not_sees_nothing(crate: Item, signed_in: SignedIn) -> None:
    page = signed_in("inspector").get(f"/property/{crate.id}").content.decode()
    assert ("先告诉客户" in page, "<textarea" in page) == (False, False)
    assert signed_in("inspector").post(f"/property/{crate.id}/notices", {"words": "x", "way": "x"}).status_code == 403
    assert signed_in("trainee").get("/property").status_code == 403


def test_a_page_of_items_asks_as_much_as_a_single_one(put: Put, customer: Party, signed_in: SignedIn) -> None:
    client = signed_in("agent")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asks:
            client.get("/property?list=held")
        return len(asks)

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            row = put("property.item", code=f"PR-{number}", party=customer, category="cargo", what="鱼", place="甲", custodian="乙", at="2026-07-16 10:40")
            put("property.told", item=row, way="短信", words="专人保管", at="2026-07-16 11:00")
            harmed = put("property.harmed", item=row, harm="damaged", what="压痕", at="2026-07-17")
            put("property.reported", harmed=harmed, way="电话", words="有压痕", first_from_us=True, at="2026-07-17 01:00")

    fill(1, 2)
    one = asked()
    fill(2, 12)
    assert asked() == one < 40
    assert Entry.objects.count()


def test_the_page_of_an_earlier_day_shows_what_was_so_then(crate: Item, put: Put, signed_in: SignedIn) -> None:
    put("property.moved", item=crate, custodian="汪师傅", place="乙库", at="2026-07-17 09:00")
    client = signed_in("agent")
    assert "汪师傅" not in client.get(f"/property/{crate.id}?at=2026-07-16").content.decode()
    assert client.get(f"/property/{crate.id}?at=2026-07-01").status_code == 404
    assert client.get("/registers/property/item?list=without_intake").status_code == 200
