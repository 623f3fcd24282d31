"""8.1 Outsourced processes are controlled: what turns the check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Make = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def outsourced(provider: Make, process: Record, person: Make, put: Make) -> Record:
    words = {"type": "process", "what": "夜间接听", "reason": "夜间人手不足", "decided_by": person(), "at": "2026-06-01 09:30"}
    return put("suppliers.provision", provider=provider(), process=process, **words)


@turns_red("8.1-C3")
def test_a_process_run_outside_without_a_control_fails(outsourced: Record, stands: Stands) -> None:
    assert stands("8.1-C3") == ("nonconforms", 1, 1)


@stays_green("8.1-C3")
def test_one_control_is_a_control_and_a_bought_product_is_no_process(
    outsourced: Record, plan: Make, provider: Make, process: Record, put: Make, stands: Stands
) -> None:
    plan(outsourced.provider, on_provider="", on_output="test")
    put("suppliers.provision", provider=provider("PV-09", name="图南地图"), process=process, type="product", what="地图数据", at="2026-06-01 09:30")
    assert stands("8.1-C3") == ("conforms", 0, 1)


def test_a_process_taken_back_is_no_longer_outsourced(outsourced: Record, put: Make, stands: Stands) -> None:
    put("suppliers.resumed", provision=outsourced, reason="夜班自营", at="2026-08-01")
    assert stands("8.1-C3") == ("no-evidence", 0, 0)
    assert stands("8.1-C3", "2026-07-31 09:00") == ("nonconforms", 1, 1)
