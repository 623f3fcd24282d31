"""7.5.3.1 Availability and protection: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import paper, series, who  # noqa: F401  # fixtures

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


Who = Callable[[str], Record]


@pytest.fixture
def need(put: Put, paper: Put) -> Record:  # noqa: F811
    return put("documents.needed", document=paper().document, post="热线坐席", place="LL-H", at="2026-06-01 10:00")


@turns_red("7.5.3.1-C1")
def test_a_post_that_got_the_old_revision_on_paper_cannot_see_the_new_one(need: Record, paper: Put, put: Put, stands: Stands) -> None:  # noqa: F811
    put("documents.provided", needed=need, revision=need.document.revisions.get(), way="纸面发放", at="2026-06-01 11:00")
    assert stands("7.5.3.1-C1", "2026-06-15 09:00") == ("conforms", 0, 1)
    paper(number="v2", at="2026-07-01 09:00", effective="2026-07-01")
    assert stands("7.5.3.1-C1") == ("nonconforms", 1, 1)


@turns_red("7.5.3.1-C1")
def test_a_script_base_that_agents_cannot_open_is_not_available(need: Record, put: Put, stands: Stands) -> None:
    put("documents.provided", needed=need, way="工作台话术库", at="2026-06-01 11:00")
    put("documents.blocked", needed=need, what="打开是白屏", at="2026-08-01 09:00")
    assert stands("7.5.3.1-C1") == ("nonconforms", 1, 1)


@stays_green("7.5.3.1-C1")
def test_a_script_base_always_shows_what_is_in_force_and_a_block_that_was_mended_is_over(need: Record, paper: Put, put: Put, stands: Stands) -> None:  # noqa: F811
    put("documents.provided", needed=need, way="工作台话术库", at="2026-06-01 11:00")
    paper(number="v2", at="2026-07-01 09:00", effective="2026-07-01")
    put("documents.blocked", needed=need, what="打开是白屏", at="2026-08-01 09:00")
    put("documents.provided", needed=need, way="工作台话术库", at="2026-08-01 10:00")
    assert stands("7.5.3.1-C1") == ("conforms", 0, 1)


@pytest.fixture
def granted(put: Put, series: Put, who: Who) -> Record:  # noqa: F811
    return put("documents.granted", person=who("Q1"), series=series(), purpose="质检", granted_by=who("QM"), until="2026-07-31", at="2026-06-01")


@turns_red("7.5.3.1-C3")
def test_recordings_downloaded_without_grant_without_reason_or_too_late_are_found(granted: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    put("documents.accessed", person=who("A05"), series="RS-01", what="CV-0412 录音", reason="好奇", at="2026-07-01 09:00")
    put("documents.accessed", person=who("Q1"), series="RS-01", what="CV-0413 录音", at="2026-07-02 09:00")
    put("documents.accessed", person=who("Q1"), series="RS-01", what="CV-0414 录音", reason="抽检", at="2026-08-01 09:00")
    assert stands("7.5.3.1-C3") == ("nonconforms", 3, 3)


@stays_green("7.5.3.1-C3")
def test_access_on_the_last_day_and_before_the_grant_was_taken_back_had_leave(granted: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    put("documents.accessed", person=who("Q1"), series="RS-01", what="CV-0414 录音", reason="抽检", at="2026-07-31 23:30")
    assert stands("7.5.3.1-C3") == ("conforms", 0, 1)
    put("documents.ended", granted=granted, reason="调岗", at="2026-08-01 09:00")
    assert stands("7.5.3.1-C3") == ("conforms", 0, 1)
