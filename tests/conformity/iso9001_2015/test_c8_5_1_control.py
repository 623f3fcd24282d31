"""8.5.1 Control of provision: conversations, sensitive operations and services whose result nobody can check later."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import amiss, talk, who  # noqa: F401  # fixtures

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Who = Callable[[str], Record]


@turns_red("8.5.1-C1")
def test_conversations_with_grave_words_break_the_norms(talk: Put, amiss: Callable[..., None], stands: Stands) -> None:  # noqa: F811
    for day in range(10, 15):
        amiss(talk(f"2026-07-{day} 10:00"), "critical")
    assert stands("8.5.1-C1") == ("nonconforms", 5, 5)


@stays_green("8.5.1-C1")
def test_lesser_words_are_no_grave_deviation_and_what_nobody_listened_to_is_not_counted(talk: Put, amiss: Callable[..., None], stands: Stands) -> None:  # noqa: F811
    amiss(talk("2026-07-10 10:00"), "major")
    amiss(talk("2026-07-11 10:00"))
    talk("2026-07-12 10:00")
    assert stands("8.5.1-C1")[1:] == (0, 2)


@pytest.fixture
def operation(put: Put, who: Who) -> Record:  # noqa: F811
    return put("processes.operation", sort="address", reference="ORD-0093", what="改收货地址", person=who("A01"), at="2026-06-17 10:12")


@turns_red("8.5.1-C2")
def test_an_operation_confirmed_by_nobody_else_or_too_late_is_single_handed(operation: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    put("processes.confirmed", operation=operation, person=who("A01"), at="2026-06-17 10:12")
    put("processes.confirmed", operation=operation, person=who("SV1"), at="2026-06-17 10:18")
    assert stands("8.5.1-C2") == ("nonconforms", 1, 1)


@stays_green("8.5.1-C2")
def test_a_second_who_writes_it_down_just_after_the_first_confirmed_it(operation: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    put("processes.confirmed", operation=operation, person=who("SV1"), at="2026-06-17 10:17")
    assert stands("8.5.1-C2") == ("conforms", 0, 1)


@pytest.fixture
def advice(put: Put) -> Record:
    return put("processes.norm", code="SN-09", offering="OF-09", criteria="劝导后顾客不再冒险", limit="当场", unseen=True, at="2026-06-01")


@turns_red("8.5.1-C4")
def test_advice_never_shown_to_work_or_shown_not_to_fails(advice: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    assert stands("8.5.1-C4") == ("nonconforms", 1, 1)
    put("processes.validated", norm=advice, how="回访 30 位", works=True, person=who("QM"), next="2026-12-31", at="2026-06-10")
    put("processes.validated", norm=advice, how="回访 30 位", works=False, person=who("QM"), next="2026-12-31", at="2026-08-10")
    assert stands("8.5.1-C4") == ("nonconforms", 1, 1), "the newest counts"


@stays_green("8.5.1-C4")
def test_a_validation_on_its_last_day_holds_and_what_can_be_checked_later_needs_none(advice: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    put("processes.norm", code="SN-01", offering="OF-03", criteria="全程 ≤ 8 ℃", limit="24 小时", at="2026-06-02")
    put("processes.validated", norm=advice, how="回访 30 位", works=True, person=who("QM"), next="2026-08-31", at="2026-06-10")
    assert stands("8.5.1-C4") == ("conforms", 0, 1)
