"""7.5.3.2 Retention, disposal, retrieval, external documents: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import paper, series, who  # noqa: F401  # fixtures

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


Who = Callable[[str], Record]


@turns_red("7.5.3.2-C1")
def test_a_series_of_which_nobody_decided_how_long_it_is_kept_fails(series: Put, stands: Stands) -> None:  # noqa: F811
    series("RS-01", days=30)
    series("RS-02")
    assert stands("7.5.3.2-C1") == ("nonconforms", 1, 2)


@stays_green("7.5.3.2-C1")
def test_a_short_rule_is_a_rule(series: Put, stands: Stands) -> None:  # noqa: F811
    series("RS-01", days=1)
    assert stands("7.5.3.2-C1") == ("conforms", 0, 1)


@pytest.fixture
def batch(put: Put, series: Put) -> Record:  # noqa: F811
    return put("documents.batch", series=series(days=30), code="RB-06", what="6 月录音", until="2026-08-30", at="2026-06-30 18:00")


@turns_red("7.5.3.2-C2")
def test_records_past_their_time_that_nobody_disposed_of_fail(batch: Record, stands: Stands) -> None:
    assert stands("7.5.3.2-C2") == ("nonconforms", 1, 1)


@turns_red("7.5.3.2-C2")
def test_records_gone_on_their_last_day_went_too_early(batch: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    put("documents.disposed", batch=batch, way="erase", person=who("AD"), at="2026-08-30 08:00")
    assert stands("7.5.3.2-C2") == ("nonconforms", 1, 1)


@stays_green("7.5.3.2-C2")
def test_records_on_their_last_day_stay_and_the_day_after_they_may_go(batch: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    assert stands("7.5.3.2-C2", "2026-08-30 23:00") == ("no-evidence", 0, 0)
    put("documents.disposed", batch=batch, way="erase", person=who("AD"), at="2026-08-31 08:00")
    assert stands("7.5.3.2-C2") == ("conforms", 0, 1)


@stays_green("7.5.3.2-C2")
def test_a_hold_keeps_records_past_their_time_until_it_is_lifted_or_its_review_passes(batch: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    hold = put("documents.held", batch=batch, reason="索赔未决", decided_by=who("QM"), review="2026-09-30", at="2026-08-20")
    assert stands("7.5.3.2-C2") == ("conforms", 0, 1)
    assert stands("7.5.3.2-C2", "2026-10-01 09:00") == ("nonconforms", 1, 1)
    put("documents.released", held=hold, reason="已和解", at="2026-09-01 09:00")
    assert stands("7.5.3.2-C2", "2026-09-02 09:00") == ("nonconforms", 1, 1)


def test_records_disposed_of_under_a_hold_are_found(batch: Record, put: Put, who: Who, stands: Stands) -> None:  # noqa: F811
    put("documents.held", batch=batch, reason="索赔未决", decided_by=who("QM"), review="2026-09-30", at="2026-08-20")
    put("documents.disposed", batch=batch, way="erase", person=who("AD"), at="2026-09-02 08:00")
    assert stands("7.5.3.2-C2", "2026-09-03 09:00") == ("nonconforms", 1, 1)


@turns_red("7.5.3.2-C3")
def test_samples_that_take_too_long_or_never_come_are_slow(put: Put, series: Put, stands: Stands) -> None:  # noqa: F811
    kept = series()
    for place in range(4):
        put("documents.sampled", series=kept, what=f"录音 {place}", produced="2026-08-01 09:11", at="2026-08-01 09:00")
    put("documents.sampled", series=kept, what="录音 X", at="2026-08-01 09:00")
    assert stands("7.5.3.2-C3") == ("nonconforms", 5, 5)


@stays_green("7.5.3.2-C3")
def test_ten_minutes_to_the_second_is_in_time(put: Put, series: Put, stands: Stands) -> None:  # noqa: F811
    put("documents.sampled", series=series(), what="录音", produced="2026-08-01 09:10", at="2026-08-01 09:00")
    assert stands("7.5.3.2-C3")[1:] == (0, 1)


@pytest.fixture
def law(paper: Put) -> Record:  # noqa: F811
    return paper("EXT-1", "2019", origin="external", sort="law", issuer="全国人大常委会", author="", approver="").document


@turns_red("7.5.3.2-C4")
def test_a_law_nobody_looked_up_again_is_not_tracked(law: Record, put: Put, stands: Stands) -> None:
    assert stands("7.5.3.2-C4") == ("nonconforms", 1, 1)
    put("documents.checked", document=law, version="2019", current=True, next="2026-08-30", at="2026-06-02")
    assert stands("7.5.3.2-C4") == ("nonconforms", 1, 1), "it was to be looked up the day before"


@stays_green("7.5.3.2-C4")
def test_a_law_found_outdated_is_tracked_again_once_the_new_version_is_here(law: Record, paper: Put, put: Put, stands: Stands) -> None:  # noqa: F811
    put("documents.checked", document=law, version="2026", current=False, next="2026-08-31", at="2026-06-02")
    assert stands("7.5.3.2-C4", "2026-06-03 09:00") == ("nonconforms", 1, 1)
    paper("EXT-1", "2026", at="2026-06-04 09:00", effective="2026-06-04", author="", approver="")
    assert stands("7.5.3.2-C4") == ("conforms", 0, 1)
