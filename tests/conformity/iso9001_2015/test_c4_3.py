"""4.3 Scope: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def scope(put: Put) -> Callable[..., Record]:
    def fix(version: str = "1", at: str = "2026-01-01", **parts: str) -> Record:
        row = put("direction.scope", version=version, words="货运平台及其客服", at=at)
        for part, names in parts.items():
            for name in names.split():
                put("direction.covered", scope=row, part=part, what=name, at=at)
        return row

    return fix


@turns_red("4.3-C1")
def test_a_scope_without_a_channel_or_site_fails(scope: Callable[..., Record], stands: Stands) -> None:
    scope(offering="OF-03")
    assert stands("4.3-C1") == ("nonconforms", 1, 1)


@stays_green("4.3-C1")
def test_a_newer_version_that_names_both_is_what_counts(scope: Callable[..., Record], stands: Stands) -> None:
    scope(offering="OF-03")
    scope("2", "2026-02-01", offering="OF-03", site="LL-H")
    assert stands("4.3-C1") == ("conforms", 0, 1)


@turns_red("4.3-C2", "8.3.1-C2")
def test_an_exclusion_without_a_reason_fails(put: Put, boss: Record, stands: Stands) -> None:
    put("direction.excluded", clause="8.3", decided_by=boss, review="2027-01-01", at="2026-01-05")
    assert stands("4.3-C2") == stands("8.3.1-C2") == ("nonconforms", 1, 1)


@stays_green("4.3-C2", "8.3.1-C2")
def test_an_exclusion_with_a_reason_holds_until_its_review(put: Put, boss: Record, stands: Stands) -> None:
    put("direction.excluded", clause="8.3", reason="服务由总部设计，我们只提供", decided_by=boss, review="2026-08-31", at="2026-01-05")
    assert stands("4.3-C2") == stands("8.3.1-C2") == ("conforms", 0, 1)
    assert stands("8.3.1-C2", "2026-09-01 00:30") == ("nonconforms", 1, 1), "past its review by the calendar of the house"


def test_that_7_1_5_is_excluded_says_nothing_of_design(put: Put, boss: Record, stands: Stands) -> None:
    put("direction.excluded", clause="7.1.5", reason="不用监视测量资源", decided_by=boss, review="2026-12-31", at="2026-01-05")
    assert stands("8.3.1-C2") == ("no-evidence", 0, 0)


@turns_red("4.3-C3")
def test_an_offering_outside_the_scope_fails(scope: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("offerings.offering", code="OF-07", name="短驳", at="2026-03-01")
    scope(offering="OF-03", channel="phone")
    assert stands("4.3-C3") == ("nonconforms", 1, 1)


@stays_green("4.3-C3")
def test_what_the_newest_scope_names_is_within(scope: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("offerings.offering", code="OF-07", name="短驳", at="2026-03-01")
    scope("2", "2026-04-01", offering="OF-03 OF-07", channel="phone")
    assert stands("4.3-C3") == ("conforms", 0, 1)
