"""Writing records as people do: every mistake at once, in both languages; nothing half written; struck out, never changed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import LATER, ZONE

from lingting import spine
from lingting.ledger.models import Entry, Record, Struck
from lingting.ledger.moment import Moment
from lingting.ledger.verify import broken_entries
from lingting.records.kind import kinds
from lingting.records.values import shown
from lingting.records.write import Refused, strike, write
from lingting.registers.parties.models import Party
from lingting.registers.property import queries
from lingting.registers.property.models import Item, Told

pytestmark = pytest.mark.django_db
WHOLE = {"code": "PR-1", "category": "货物", "what": "货架", "place": "YH-Y", "custodian": "仓管", "at": "2026-07-01 09:00"}


def refused(label: str, **given: object) -> dict[str, str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[label], given, by=1, now=LATER, zone=ZONE)
    return {one.column: one.zh for one in raised.value.wrong}


def test_choices_are_understood_in_either_language(put: Callable[..., Record], customer: Party) -> None:
    assert [put("property.item", **{**WHOLE, "party": customer, "code": word, "category": word}).category for word in ("货物", "Papers", "data")] == [
        "cargo", "document", "data",
    ]  # fmt: skip


def test_several_choices_may_have_names_of_several_words_and_are_kept_in_one_order(put: Callable[..., Record]) -> None:
    provider = put("suppliers.provider", code="PV-1", name="远汀干线", cases="c b", at="2026-06-01")
    plan = {"provider": provider, "how": "每月", "at": "2026-06-02"}
    assert provider.cases == "b c"
    assert put("suppliers.plan", **plan, on_provider="Performance indicators; 第二方审核, Analysis report").on_provider == "report audit indicators"
    assert set(refused("suppliers.plan", **plan, on_output="Performance review")) == {"on_output"}


def test_every_mistake_of_a_form_is_named_at_once_and_nothing_is_written(customer: Party) -> None:
    entries = Entry.objects.count()
    wrong = refused("property.item", **{**WHOLE, "party": "没有这个人", "category": "活物", "weight": "很重", "what": "", "at": "2026-02-30"})
    assert set(wrong) == {"party", "category", "weight", "what", "at"}
    assert wrong["category"] == "“活物”不是“类别”的选项；可以是：货物、单据、设备、周转器具、个人信息。"
    assert Entry.objects.count() == entries


def test_a_rule_of_the_register_is_said_at_its_column(customer: Party) -> None:
    assert set(refused("property.item", **{**WHOLE, "party": customer, "weight": "12.5"})) == {"weighed_with"}


def test_a_number_is_kept_to_its_last_place_and_no_further(put: Callable[..., Record], customer: Party) -> None:
    scale = put("instruments.instrument", code="PS-01", name="电子秤", sort="device", use="称小件", at="2026-06-01")
    assert put("property.item", **{**WHOLE, "party": customer, "weight": "12.5 kg", "weighed_with": "PS-01"}).weight == 12500
    assert set(refused("property.item", **{**WHOLE, "code": "PR-2", "party": customer, "weight": "0.0004", "weighed_with": scale})) == {"weight"}


def test_a_number_that_its_column_cannot_hold_is_refused(put: Callable[..., Record]) -> None:
    scale = put("instruments.instrument", code="PS-01", name="电子秤", sort="device", use="称小件", at="2026-06-01")
    given = {"instrument": scale, "risk": "high", "metrology": "calibration", "interval": 182, "at": "2026-06-01"}
    assert set(refused("instruments.plan", **given, limit="9300000000")) == {"limit"}
    assert put("instruments.plan", **given, limit="9200000000").limit == 9_200_000_000 * 10**9


def test_what_is_written_down_has_happened(customer: Party) -> None:
    assert set(refused("property.item", **{**WHOLE, "party": customer, "at": "2030-01-01"})) == {"at"}


def test_a_time_left_empty_is_now(put: Callable[..., Record], customer: Party) -> None:
    assert put("property.item", **{**WHOLE, "party": customer, "at": ""}).at == LATER


def test_a_code_belongs_to_one_record(put: Callable[..., Record], customer: Party) -> None:
    put("property.item", **{**WHOLE, "party": customer})
    assert set(refused("property.item", **{**WHOLE, "party": customer})) == {"code"}


def test_struck_out_a_record_counts_no_more_but_stays_in_the_book(put: Callable[..., Record], customer: Party) -> None:
    row = put("property.item", **{**WHOLE, "party": customer})
    strike(row, reason="登记错了顾客", at=datetime(2026, 7, 2, tzinfo=ZONE), by=1)
    assert queries.held(Moment(datetime(2026, 7, 1, 12, tzinfo=ZONE))).count() == 1, "as of the day before it still counted"
    assert queries.held(Moment(LATER)).count() == 0
    assert Item.objects.filter(id=row.id).exists()
    assert put("property.item", **{**WHOLE, "party": customer}).code == "PR-1"
    assert list(broken_entries()) == []


def test_a_record_that_others_refer_to_is_not_struck_out_before_them(put: Callable[..., Record], customer: Party) -> None:
    row = put("property.item", **{**WHOLE, "party": customer})
    told = put("property.told", item=row, way="短信", words="存放在 YH-Y", at="2026-07-01 10:00")
    with pytest.raises(Refused):
        strike(row, reason="错了", at=LATER, by=1)
    strike(told, reason="错了", at=LATER, by=1)
    strike(row, reason="错了", at=LATER, by=1)
    assert Struck.objects.count() == 2
    with pytest.raises(Refused):
        strike(row, reason="再来一次", at=LATER, by=1)


def test_a_customer_who_is_forgotten_is_forgotten_in_every_register(put: Callable[..., Record], customer: Party) -> None:
    row = put("property.item", **{**WHOLE, "party": customer})
    put("property.told", item=row, way="短信", words="林女士，您的货架存放在 YH-Y", at="2026-07-01 10:00")
    spine.forget(customer, reason="本人要求", at=LATER)
    assert (Item.objects.get().what, Told.objects.get().words) == (None, None)
    assert shown(kinds()["property.item"].column("what"), Item.objects.get(), zh=True, zone=ZONE) == "▒▒"
    assert list(broken_entries()) == []
