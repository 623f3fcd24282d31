"""7.4 Communication: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def message(put: Put, boss: Record) -> Callable[..., Record]:
    def plan(code: str = "CM-1", **given: object) -> Record:
        whole = {"side": "internal", "what": "产品变更", "when": "生效前 3 天", "with_whom": "客服", "how": "晨会", "owner": boss, "at": "2026-01-05"}
        return put("direction.message", code=code, **{**whole, **given})

    return plan


@turns_red("7.4-C1")
def test_a_plan_that_does_not_say_with_whom_fails(message: Callable[..., Record], stands: Stands) -> None:
    message(with_whom="")
    assert stands("7.4-C1") == ("nonconforms", 1, 1)


@stays_green("7.4-C1")
def test_an_incomplete_plan_that_was_dropped_is_not_asked_about(message: Callable[..., Record], put: Put, stands: Stands) -> None:
    message()
    put("direction.ended", message=message("CM-2", how=""), reason="并入 CM-1", at="2026-02-01")
    assert stands("7.4-C1") == ("conforms", 0, 1)


@turns_red("7.4-C2")
def test_a_briefing_held_a_day_late_fails(message: Callable[..., Record], put: Put, stands: Stands) -> None:
    slot = put("direction.slot", message=message(), due="2026-07-01", at="2026-06-20")
    put("direction.held", slot=slot, at="2026-07-02 08:00")
    assert stands("7.4-C2") == ("nonconforms", 1, 1)


@stays_green("7.4-C2")
def test_a_briefing_late_in_the_evening_of_its_day_is_in_time_and_comes_round_again(message: Callable[..., Record], put: Put, stands: Stands) -> None:
    slot = put("direction.slot", message=message(every=7), due="2026-08-25", at="2026-06-20")
    put("direction.held", slot=slot, at="2026-08-25 23:30")
    assert stands("7.4-C2") == ("conforms", 0, 1)
    assert stands("7.4-C2", "2026-09-02 09:00") == ("nonconforms", 1, 2), "the next was due on 09-01"
