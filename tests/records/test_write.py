"""Writing records as people do: every mistake at once, in both languages; nothing half written; struck out, never changed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import LATER, ZONE

from lingting import spine
from lingting.ledger import book
from lingting.ledger.models import Entry, Record, Struck
from lingting.ledger.moment import Moment
from lingting.ledger.verify import broken_entries
from lingting.records.kind import kinds
from lingting.records.values import shown
from lingting.records.write import Refused, strike, write
from lingting.registers.conversations import actions as conversations
from lingting.registers.parties.models import Party
from lingting.registers.parties.queries import at_addresses
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


def test_what_happened_to_something_is_found_by_the_thing_and_its_time(put: Callable[..., Record], customer: Party) -> None:
    """Calibrations, harms and plans have no codes; people say "what happened to PR-1 on the second at nine"."""
    put("property.item", **{**WHOLE, "party": customer})
    first = put("property.harmed", item="PR-1", harm="damaged", what="角裂", at="2026-07-02 09:00")
    put("property.harmed", item="PR-1", harm="lost", what="少一件", at="2026-07-03 09:00")
    told = put("property.reported", harmed="PR-1 @ 2026-07-02 09:00", way="电话", words="角裂", first_from_us="yes", at="2026-07-02 10:00")
    assert told.harmed == first
    nested = {"way": "电话", "words": "角裂", "first_from_us": "yes"}
    for words in ("PR-1 @ 2026-07-02 09:01", "PR-2 @ 2026-07-02 09:00", "PR-1 @ 昨天", " @ 2026-07-02 09:00"):
        assert set(refused("property.reported", **nested, harmed=words)) == {"harmed"}


def test_two_things_that_happened_at_one_time_are_not_told_apart_by_it(put: Callable[..., Record], customer: Party) -> None:
    put("property.item", **{**WHOLE, "party": customer})
    for harm in ("damaged", "lost"):
        put("property.harmed", item="PR-1", harm=harm, what="角裂", at="2026-07-02 09:00")
    assert set(refused("property.reported", harmed="PR-1 @ 2026-07-02 09:00", way="电话", words="角裂", first_from_us="yes")) == {"harmed"}


def test_a_conversation_is_found_by_what_its_source_calls_it_unless_two_sources_do(put: Callable[..., Record], customer: Party) -> None:
    talk = conversations.begin(source="phone", key="CV-0284", channel="phone", at=LATER, subject="", language="zh", party=customer, meta="", queue="")
    book.write(talk, act="spine.receive")
    assert put("parties.placed", conversation="CV-0284", party=customer, at="2026-08-01").conversation == talk
    other = conversations.begin(source="chat", key="CV-0284", channel="chat", at=LATER, subject="", language="zh", party=customer, meta="", queue="")
    book.write(other, act="spine.receive")
    assert set(refused("parties.placed", conversation="CV-0284", party=customer)) == {"conversation"}


def test_an_address_written_down_by_hand_is_known_when_somebody_calls_from_it(put: Callable[..., Record], customer: Party) -> None:
    wrong = put("parties.reached", party=customer, way="phone", address="19900000327", at="2026-06-01")
    assert at_addresses([("phone", "19900000327")]) == {("phone", "19900000327"): customer}
    strike(wrong, reason="号码写错", at=LATER, by=1)
    assert at_addresses([("phone", "19900000327")]) == {}
