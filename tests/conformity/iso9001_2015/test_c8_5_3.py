"""8.5.3 Customer property: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def item(put: Put, customer: Party) -> Callable[..., Record]:
    def receive(code: str = "PR-1", **given: object) -> Record:
        whole = {
            "at": "2026-07-01 09:00",
            "party": customer,
            "category": "cargo",
            "what": "货架 4 组",
            "place": "YH-Y",
            "custodian": "仓管",
            "condition": "完好",
        }
        return put("property.item", code=code, **{**whole, **given})

    return receive


@turns_red("8.5.3-C1")
def test_property_of_which_nobody_knows_where_it_is_fails(item: Callable[..., Record], stands: Stands) -> None:
    item(place="")
    assert stands("8.5.3-C1") == ("nonconforms", 1, 1)


@stays_green("8.5.3-C1")
def test_property_whose_place_was_written_down_at_the_first_move_is_placed(item: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("property.moved", item=item(place=""), custodian="仓管", place="YH-Y", at="2026-07-01 09:10")
    assert stands("8.5.3-C1") == ("conforms", 0, 1)


@turns_red("8.5.3-C2")
def test_an_owner_who_finds_the_damage_out_for_himself_was_not_told(item: Callable[..., Record], put: Put, stands: Stands) -> None:
    """07-22 木箱破损；07-27 顾客自己来电才知道。"""
    harm = put("property.harmed", item=item(), harm="damaged", what="木箱一角破损", at="2026-07-22 08:00")
    put("property.reported", harmed=harm, way="电话", words="来电后说明", first_from_us=False, at="2026-07-27 10:00")
    assert stands("8.5.3-C2") == ("nonconforms", 1, 1)


@stays_green("8.5.3-C2")
def test_an_owner_told_within_four_hours_was_told(item: Callable[..., Record], put: Put, stands: Stands) -> None:
    harm = put("property.harmed", item=item(), harm="damaged", what="木箱一角破损", at="2026-07-22 08:00")
    put("property.reported", harmed=harm, way="电话", words="木箱一角破损，我们负责修复", first_from_us=True, at="2026-07-22 11:59")
    assert stands("8.5.3-C2") == ("conforms", 0, 1)
    assert stands("8.5.3-C2", "2026-07-22 09:00")[2] == 0, "within the time nothing can be said yet"


@stays_green("8.5.3-C2")
def test_damage_that_was_there_when_it_came_is_no_harm_of_ours(item: Callable[..., Record], stands: Stands) -> None:
    item(condition="收货时木箱一角已破损，顾客签字确认")
    assert stands("8.5.3-C2") == ("no-evidence", 0, 0)


@turns_red("8.5.3-C3")
def test_data_kept_past_their_period_fail(item: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("property.held", item=item(category="data"), ground="履行合同所必需", purpose="派送", until="2026-07-31", at="2026-07-01 09:00")
    assert stands("8.5.3-C3") == ("nonconforms", 1, 1)


@stays_green("8.5.3-C3")
def test_data_on_the_last_day_of_their_period_do_not(item: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("property.held", item=item(category="data"), ground="履行合同所必需", purpose="派送", until="2026-08-31", at="2026-07-01 09:00")
    assert stands("8.5.3-C3") == ("conforms", 0, 1)


@turns_red("8.5.3-C4")
def test_a_return_without_a_word_on_the_condition_fails(item: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("property.returned", item=item(), to="顾客", condition="", at="2026-07-03 09:00")
    assert stands("8.5.3-C4") == ("nonconforms", 1, 1)


@stays_green("8.5.3-C4")
def test_disposal_as_agreed_with_its_condition_is_a_return(item: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("property.returned", item=item(), to="销毁站", condition="按约定销毁", disposed=True, at="2026-07-03 09:00")
    assert stands("8.5.3-C4") == ("conforms", 0, 1)


@turns_red("8.2.1-C8")
def test_racks_in_custody_of_which_the_owner_was_never_told_fail(item: Callable[..., Record], stands: Stands) -> None:
    item("PR-021")
    assert stands("8.2.1-C8") == ("nonconforms", 1, 1)


@stays_green("8.2.1-C8")
def test_an_owner_told_by_short_message_knows(item: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("property.told", item=item("PR-021"), way="短信", words="您的货架存放在 YH-Y，由仓管保管。", at="2026-07-01 09:05")
    assert stands("8.2.1-C8") == ("conforms", 0, 1)


@stays_green("8.5.3-C3")
def test_the_last_day_ends_at_midnight_where_the_organisation_is(item: Callable[..., Record], put: Put, stands: Stands) -> None:
    """上海的 9 月 1 日凌晨一点，格林尼治还是 8 月 31 日。"""
    put("property.held", item=item(category="data"), ground="履行合同所必需", purpose="派送", until="2026-08-31", at="2026-07-01 09:00")
    assert stands("8.5.3-C3", "2026-08-31 23:59") == ("conforms", 0, 1)
    assert stands("8.5.3-C3", "2026-09-01 01:00") == ("nonconforms", 1, 1)
