"""7.1.3 Infrastructure: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def asset(put: Put) -> Callable[..., Record]:
    def set_up(code: str = "AS-01", *, at: str = "2026-01-05", **given: object) -> Record:
        return put("processes.asset", code=code, name="热线平台", sort="software", at=at, **{"critical": True, **given})

    return set_up


@pytest.fixture
def outage(put: Put) -> Callable[..., Record]:
    def fail(asset: Record, at: str, until: str = "", told: str = "", *, visible: bool = True) -> Record:
        row = put("processes.outage", asset=asset, what="平台不可用", visible=visible, at=at)
        if until:
            put("processes.restored", outage=row, how="重启", at=until)
        if told:
            put("processes.told", outage=row, way="首页公告", words="系统故障，正在抢修", at=told)
        return row

    return fail


@turns_red("7.1.3-C1")
def test_a_platform_that_failed_for_longer_than_its_target_allows(asset: Put, outage: Put, stands: Stands) -> None:
    """30 天的 0.5% 是 3 小时 36 分。"""
    platform = asset(target="99.5")
    outage(platform, "2026-08-04 10:00", "2026-08-04 12:00")
    outage(platform, "2026-08-20 10:00", "2026-08-20 11:37")
    assert stands("7.1.3-C1") == ("nonconforms", 1, 1)


@stays_green("7.1.3-C1")
def test_just_what_the_target_allows_and_what_lies_before_the_window_does_not_count(asset: Put, outage: Put, stands: Stands) -> None:
    platform = asset()
    outage(platform, "2026-07-25 10:00", "2026-07-26 10:00")
    outage(platform, "2026-08-01 08:00", "2026-08-01 10:00")
    outage(platform, "2026-08-04 10:00", "2026-08-04 12:36")
    outage(asset("AS-02", critical=False), "2026-08-04 10:00")
    assert stands("7.1.3-C1") == ("conforms", 0, 1)
    assert stands("7.1.3-C1", "2026-08-04 12:00") == ("nonconforms", 1, 1), "in July it had been away for a day"


def test_an_outage_that_lasts_counts_until_now(asset: Put, outage: Put, stands: Stands) -> None:
    outage(asset(), "2026-08-31 04:00")
    assert stands("7.1.3-C1", "2026-08-31 07:30") == ("conforms", 0, 1)
    assert stands("7.1.3-C1", "2026-08-31 07:37") == ("nonconforms", 1, 1)


@turns_red("7.1.3-C2")
def test_customers_told_after_more_than_an_hour_or_never_were_not_told(asset: Put, outage: Put, stands: Stands) -> None:
    platform = asset()
    outage(platform, "2026-08-04 10:00", "2026-08-04 13:10", "2026-08-04 11:01")
    outage(platform, "2026-08-20 10:00", "2026-08-20 10:05")
    outage(platform, "2026-08-21 10:00", told="2026-08-21 10:05")
    assert stands("7.1.3-C2") == ("nonconforms", 3, 3), "of the third nobody wrote down when it ended"


@stays_green("7.1.3-C2")
def test_told_within_the_hour_and_what_customers_do_not_notice_is_fine(asset: Put, outage: Put, stands: Stands) -> None:
    platform = asset()
    outage(platform, "2026-08-04 10:00", "2026-08-04 13:10", "2026-08-04 11:00")
    outage(platform, "2026-08-20 10:00", "2026-08-20 11:30", visible=False)
    assert stands("7.1.3-C2") == ("conforms", 0, 1)


@turns_red("7.1.3-C3")
def test_restoring_never_rehearsed_or_failed_is_found(asset: Put, put: Put, stands: Stands) -> None:
    asset(data=True)
    put("processes.maintained", asset=asset("AS-02", data=True), work="restore", worked=False, result="备份读不出", at="2026-08-01")
    put("processes.maintained", asset="AS-02", work="backup", worked=True, result="完成", at="2026-08-02")
    assert stands("7.1.3-C3") == ("nonconforms", 2, 2)


@stays_green("7.1.3-C3")
def test_a_drill_within_half_a_year_holds_and_a_young_asset_has_time(asset: Put, put: Put, stands: Stands) -> None:
    put("processes.maintained", asset=asset(data=True), work="restore", worked=True, result="40 分钟恢复", at="2026-03-05")
    asset("AS-02", at="2026-06-01", data=True)
    assert stands("7.1.3-C3") == ("conforms", 0, 1)
    assert stands("7.1.3-C3", "2026-09-02 09:00") == ("nonconforms", 1, 1)
