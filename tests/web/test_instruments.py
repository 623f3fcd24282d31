"""The instruments' pages: how each stands, what speaks for it, the private kappa, and the look-back in which several results are disposed of at once."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lingting.ledger.models import Record
from lingting.registers.conversations.models import Found
from lingting.registers.instruments.models import Disposed, Unfit, Used
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


@pytest.fixture
def client(signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]) -> Client:
    at_time("2026-08-31T09:00")
    return signed_in("quality_manager")


@pytest.fixture
def scale(put: Put) -> Record:
    row = put("instruments.instrument", code="WB-1", name="地磅", sort="device", use="整车过磅", place="YH-Y", at="2026-01-01")
    put("instruments.plan", instrument=row, risk="high", metrology="calibration", interval="182", limit="0.1", unit="%", at="2026-01-01")
    put("instruments.calibrated", instrument=row, way="calibration", occasion="first", unit="%", found_error="0.04", left_error="0.04", limit="0.1",
        uncertainty="0.02", found_fit="是", left_fit="是", due="2026-06-30", at="2026-01-02")  # fmt: skip
    return row


@pytest.fixture
def doubt(put: Put, scale: Record, customer: Party) -> Callable[[int], Unfit]:
    """Weigh so often, and then find the scale unfit."""

    def find(count: int) -> Unfit:
        for number in range(count):
            put(
                "instruments.used",
                instrument=scale,
                party=customer,
                what=f"毛重 S-{number}",
                value="9400",
                unit="kg",
                at=f"2026-07-01 {8 + number % 12:02}:{number:02}",
            )
        return put("instruments.unfit", instrument=scale, cause="tolerance", at="2026-07-15 09:00")  # type: ignore[return-value]  # it is one

    return find


def dispose(client: Client, unfit: Unfit, **given: object) -> object:
    return client.post(f"/instruments/{unfit.instrument_id}/disposals", {"unfit": unfit.pk, "how": "accept", "why": "误差对结果没有影响", **given})


def names() -> list[str]:
    return [f"used-{pk}" for pk in Used.objects.order_by("at").values_list("pk", flat=True)]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有测量资源就没有证据"), ("en", "Without instruments there is no evidence")])
def test_without_instruments_the_page_starts_from_the_checks_in_use(language: str, words: str, client: Client, hear: Callable[..., Found]) -> None:
    hear("complaint.made", "2026-07-01 10:00")
    client.cookies["lingting_language"] = language
    page = client.get("/instruments").content.decode()
    assert words in page
    assert "/registers/instruments/instrument/new?norm=complaint.made" in page


def test_a_detector_that_is_registered_is_no_stranger(client: Client, hear: Callable[..., Found], put: Put) -> None:
    hear("complaint.made", "2026-07-01 10:00")
    put("instruments.instrument", code="DT-1", name="投诉检测", sort="rule", use="听投诉", norm="complaint.made", at="2026-06-01")
    assert "instrument/new?norm=complaint.made" not in client.get("/instruments").content.decode()


def test_the_list_shows_status_result_with_uncertainty_and_the_worst_first(client: Client, scale: Record, put: Put) -> None:
    put("instruments.instrument", code="AA-1", name="未校准的秤", sort="device", use="称重", at="2026-01-01")
    fit = put("instruments.instrument", code="AB-1", name="好秤", sort="device", use="称重", at="2026-01-01")
    put("instruments.plan", instrument=fit, risk="low", metrology="calibration", interval="365", at="2026-01-01")
    put("instruments.calibrated", instrument=fit, way="calibration", occasion="first", found_fit="是", left_fit="是", due="2026-12-31", at="2026-01-02")
    page = client.get("/instruments").content.decode()
    assert page.index("WB-1") < page.index("AA-1") < page.index("AB-1"), "overdue, then unplanned, then fit"
    for words in ("▲</span> 已过期", "0.04 ± 0.02 %", "●</span> 有效期内", "△</span> 没有计划"):
        assert words in page, words


def test_used_today_opens_to_as_many(client: Client, scale: Record, put: Put) -> None:
    for hour in ("08:00", "08:30"):
        put("instruments.used", instrument=scale, what="毛重", value="1", unit="kg", at=f"2026-08-31 {hour}")
    put("instruments.used", instrument=scale, what="毛重", value="1", unit="kg", at="2026-08-30 23:00")
    assert f'<a href="/instruments/{scale.pk}/used-today">2</a>' in client.get("/instruments").content.decode()
    assert '<data class="total" value="2">' in client.get(f"/instruments/{scale.pk}/used-today").content.decode()
    assert '<data class="total" value="3">' in client.get(f"/instruments/{scale.pk}/measured").content.decode()


def test_a_duty_nobody_sees_to_is_a_gap(client: Client, scale: Record, put: Put) -> None:
    put("instruments.duty", instrument=scale, duty="use", how="按说明书使用", who="仓管", at="2026-01-03")
    page = client.get(f"/instruments/{scale.pk}").content.decode()
    assert "按说明书使用" in page
    assert page.count("没有人负责") == 4


def test_the_confusion_matrix_of_a_gold_set_stands_beside_its_figures(client: Client, put: Put) -> None:
    row = put("instruments.instrument", code="DT-4", name="打断检测", sort="rule", use="听打断", norm="interruption.overlap", at="2026-06-01")
    gold = put("instruments.gold", code="GS-1", version="1", source="六位坐席", at="2026-06-10")
    put("instruments.studied", instrument=row, gold=gold, reference="gold", counts="16 7; 4 73", at="2026-07-20 10:00")
    page = client.get(f"/instruments/{row.pk}").content.decode()
    for words in ("0.6957 [0.4913, 0.844]", '<td class="agree">16</td><td>7</td>', "n=100", "随产品的标准样本报告"):
        assert words in page, words


def test_how_well_a_person_judges_is_shown_to_the_person_and_the_lead_alone(
    put: Put, client: Client, signed_in: Callable[[str], Client], cast: Callable[[str], object]
) -> None:
    """Inspector Q2 sees the own kappa; the supervisor and another inspector do not."""
    person = put("people.person", code="Q2", name="柳映", at="2026-05-01")
    row = put("instruments.instrument", code="IN-Q2", name="质检员 Q2", sort="inspector", use="评对话", person=person, at="2026-06-01")
    panel = put("instruments.studied", instrument=row, reference="panel", counts="20 10; 10 14", at="2026-07-27 10:00")
    kappa = f"{panel.kappa / 10_000:.2f}"  # type: ignore[attr-defined]  # a study has one
    path = f"/instruments/{row.pk}"
    assert f"κ {kappa}" in client.get("/instruments").content.decode()
    assert "只给本人和组长看" not in client.get(path).content.decode()
    for role in ("supervisor", "inspector"):
        other = signed_in(role)
        assert f"κ {kappa}" not in other.get("/instruments").content.decode()
        page = other.get(path).content.decode()
        assert "只给本人和组长看" in page
        assert "20</td>" not in page
    inspector = cast("inspector")
    inspector.person = "Q2"
    inspector.save()
    assert "20</td>" in signed_in("inspector").get(path).content.decode()


def test_several_results_are_disposed_of_for_one_reason(client: Client, doubt: Callable[[int], Unfit]) -> None:
    unfit = doubt(3)
    answer = dispose(client, unfit, item=names()[:2])
    assert answer["Location"] == f"/instruments/{unfit.instrument_id}#lookback"
    assert set(Disposed.objects.values_list("how", "why")) == {("accept", "误差对结果没有影响")}
    page = client.get(f"/instruments/{unfit.instrument_id}").content.decode()
    assert "现在不能结束：1 个结果没有处置" in page
    assert "/registers/instruments/closed/new" not in page.split('id="duties"')[0]
    assert '<data class="total" value="2">' in client.get(f"/instruments/{unfit.instrument_id}/disposed?unfit={unfit.pk}&how=accept").content.decode()
    assert '<data class="total" value="3">' in client.get(f"/instruments/{unfit.instrument_id}/doubtful-uses?unfit={unfit.pk}").content.decode()


def test_all_that_are_left_are_disposed_of_though_the_page_shows_fewer_and_then_it_can_be_finished(client: Client, doubt: Callable[[int], Unfit]) -> None:
    unfit = doubt(25)
    page = client.get(f"/instruments/{unfit.instrument_id}").content.decode()
    assert page.count('name="item"') == 20
    dispose(client, unfit, all="yes")
    assert Disposed.objects.count() == 25
    page = client.get(f"/instruments/{unfit.instrument_id}").content.decode()
    assert f"/registers/instruments/closed/new?unfit={unfit.pk}" in page


def test_doubtful_findings_of_a_detector_are_chosen_by_their_words(client: Client, hear: Callable[..., Found], put: Put) -> None:
    """检测器发现不适用：页面按原话列出两条，各连着对话；撤回一条，还剩一条。"""
    row = put("instruments.instrument", code="DT-5", name="禁语检测", sort="rule", use="听禁语", norm="interruption.forbidden-words", at="2026-06-01")
    first, other = (hear(row.norm, f"2026-07-0{day} 10:00", words) for day, words in ((1, "您先听我说"), (2, "您别说了")))
    unfit = put("instruments.unfit", instrument=row, cause="precision", since="2026-06-30 00:00", why="安全提醒", at="2026-07-20 10:00")
    page = client.get(f"/instruments/{row.pk}").content.decode()
    for found in (first, other):
        assert (found.quote in page, f"/conversations/{found.conversation_id}#found-{found.pk}" in page) == (True, True)
    dispose(client, unfit, item=[f"found-{first.pk}"], how="withdraw")
    page = client.get(f"/instruments/{row.pk}").content.decode()
    assert ("没有处置 <strong>1</strong>" in page, first.quote in page, other.quote in page) == (True, False, True)


def test_what_is_withdrawn_must_be_told_before_it_is_finished(client: Client, doubt: Callable[[int], Unfit], customer: Party, put: Put) -> None:
    unfit = doubt(1)
    dispose(client, unfit, all="yes", how="withdraw")
    assert "1 个结果的当事人还不知道" in client.get(f"/instruments/{unfit.instrument_id}").content.decode()
    put("instruments.told", unfit=unfit, party=customer, way="电话", words="请暂勿结算", at="2026-07-16")
    page = client.get(f"/instruments/{unfit.instrument_id}").content.decode()
    assert "请暂勿结算" in page
    assert f"/registers/instruments/closed/new?unfit={unfit.pk}" in page


def test_if_one_cannot_be_disposed_of_none_is_and_what_was_typed_stays(client: Client, doubt: Callable[[int], Unfit]) -> None:
    """Measured again, each has a value: the first has, the second has none."""
    unfit = doubt(2)
    first, second = names()
    answer = dispose(client, unfit, item=[first, second], how="remeasure", **{f"value-{first}": "9361.5"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Disposed.objects.exists()
    for words in ("什么都没有写入", "重新测量要有新的数值", 'value="9361.5"', "误差对结果没有影响", f'href="#pick-{second}"', 'value="remeasure" checked'):
        assert words in page, words
    assert dispose(client, unfit, item=[first, second], how="remeasure", **{f"value-{first}": "9361.5", f"value-{second}": "9,300"}).status_code == 302
    assert sorted(Disposed.objects.values_list("value", flat=True)) == [9_300_000, 9_361_500]


@pytest.mark.parametrize(
    ("given", "words"),
    [({}, "请勾选要处置的结果"), ({"all": "yes", "how": "forget"}, "请选择怎样处置"), ({"all": "yes", "why": "  "}, "请写明理由"),
     ({"item": "used-1"}, "不能这样处置"),
     ({"item": "what-ever"}, "不能这样处置")],
)  # fmt: skip
def test_bad_input_is_said_at_the_top_and_nothing_is_written(given: dict[str, str], words: str, client: Client, doubt: Callable[[int], Unfit]) -> None:
    answer = dispose(client, doubt(1), **given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Disposed.objects.exists()


def test_nothing_is_disposed_of_twice(client: Client, doubt: Callable[[int], Unfit]) -> None:
    unfit = doubt(1)
    assert dispose(client, unfit, item=names()).status_code == 302
    assert dispose(client, unfit, item=names()).status_code == 422
    assert Disposed.objects.count() == 1


def test_whoever_may_only_read_is_offered_no_form_and_cannot_dispose(client: Client, doubt: Callable[[int], Unfit], signed_in: Callable[[str], Client]) -> None:
    unfit = doubt(1)
    auditor = signed_in("external_auditor")
    assert 'name="item"' not in auditor.get(f"/instruments/{unfit.instrument_id}").content.decode()
    assert dispose(auditor, unfit, all="yes").status_code == 403
    assert signed_in("agent").get("/instruments").status_code == 403
    assert not Disposed.objects.exists()


def test_another_instruments_look_back_is_not_disposed_of_here(client: Client, doubt: Callable[[int], Unfit], put: Put) -> None:
    unfit = doubt(1)
    other = put("instruments.instrument", code="FS-1", name="地上衡", sort="device", use="称重", at="2026-01-01")
    for path in (f"/instruments/{other.pk}/disposals", "/instruments/7/disposals"):
        assert client.post(path, {"unfit": unfit.pk, "all": "yes", "how": "accept", "why": "x"}).status_code == 404
    for path in (
        f"/instruments/{other.pk}/disposed?unfit={unfit.pk}",
        f"/instruments/{other.pk}/disposed?unfit=²",
        f"/instruments/{other.pk}/secrets",
        "/instruments/7",
    ):
        assert client.get(path).status_code == 404, path


def test_more_instruments_ask_no_more_questions(client: Client, put: Put, scale: Record) -> None:
    def asked() -> int:
        client.get("/instruments")
        with CaptureQueriesContext(connection) as queries:
            client.get("/instruments")
        return len(queries)

    one = asked()
    for number in range(6):
        row = put("instruments.instrument", code=f"TL-{number}", name="记录仪", sort="device", use="测温", at="2026-01-01")
        put("instruments.calibrated", instrument=row, way="calibration", occasion="first", found_fit="是", left_fit="是", due="2026-12-31", at="2026-01-02")
    assert asked() == one
