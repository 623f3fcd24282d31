"""8.1 Service norms and unintended changes: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import who  # noqa: F401  # a fixture

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def offering(put: Put) -> Record:
    return put("offerings.offering", code="OF-03", name="冷链干线", at="2026-06-01")


@turns_red("8.1-C1")
def test_a_service_without_criteria_fails(offering: Record, put: Put, stands: Stands) -> None:
    norm = put("processes.norm", code="SN-01", offering="OF-03", criteria="全程 ≤ 8 ℃", limit="24 小时", at="2026-06-02")
    put("processes.dropped", norm=norm, reason="改版", at="2026-07-01")
    put("processes.norm", code="SN-02", offering="OF-04", criteria="完好", limit="48 小时", at="2026-06-02")
    assert stands("8.1-C1") == ("nonconforms", 1, 1)


@stays_green("8.1-C1")
def test_a_service_with_one_norm_of_two_in_force_has_criteria(offering: Record, put: Put, stands: Stands) -> None:
    put("processes.norm", code="SN-01", offering="OF-03", criteria="全程 ≤ 8 ℃", limit="24 小时", at="2026-06-02")
    assert stands("8.1-C1") == ("conforms", 0, 1)


@pytest.fixture
def typhoon(put: Put) -> Record:
    return put("processes.change", sort="routing", what="港口封闭，改走陆路", intended=False, at="2026-07-09 06:00")


@turns_red("8.1-C2")
def test_a_change_that_happened_to_us_and_that_nobody_reviewed_fails_after_a_week(typhoon: Record, put: Put, stands: Stands) -> None:
    put("processes.measure", change=typhoon, what="逐一通知顾客", at="2026-07-09 08:00")
    assert stands("8.1-C2", "2026-07-16 05:00") == ("no-evidence", 0, 0)
    assert stands("8.1-C2", "2026-07-16 06:00") == ("nonconforms", 1, 1)


@turns_red("8.1-C2")
def test_every_outage_is_such_a_change(put: Put, stands: Stands) -> None:
    asset = put("processes.asset", code="AS-01", name="热线平台", sort="software", at="2026-06-01")
    put("processes.outage", asset=asset, what="平台不可用", visible=True, at="2026-08-04 10:00")
    assert stands("8.1-C2") == ("nonconforms", 1, 1)


@stays_green("8.1-C2")
def test_reviewed_on_the_seventh_day_and_mitigated_is_in_time(
    typhoon: Record,
    put: Put,
    who: Callable[[str], Record],  # noqa: F811
    stands: Stands,
) -> None:
    put("processes.reviewed", change=typhoon, person=who("QM"), result="陆路多一天", at="2026-07-16 06:00")
    put("processes.measure", change=typhoon, what="逐一通知顾客", at="2026-07-09 08:00")
    assert stands("8.1-C2") == ("conforms", 0, 1)
