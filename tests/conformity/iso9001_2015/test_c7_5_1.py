"""7.5.1 What must be there: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import paper, series, who  # noqa: F401  # fixtures

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def drawn_up(put: Put) -> Record:
    return put("documents.inventory", edition="iso9001:2015", at="2026-06-01")


@turns_red("7.5.1-C1")
def test_whatever_the_standard_names_is_missing_until_something_stands_behind_it(drawn_up: Record, put: Put, series: Put, stands: Stands) -> None:  # noqa: F811
    assert stands("7.5.1-C1") == ("nonconforms", 28, 28)
    put("documents.fulfilled", required="8.5.6/1", series=series(), at="2026-06-02")
    assert stands("7.5.1-C1") == ("nonconforms", 27, 28)


@stays_green("7.5.1-C1")
def test_a_document_in_force_or_a_decision_that_it_does_not_apply_is_enough(
    put: Put,
    paper: Put,  # noqa: F811
    who: Callable[[str], Record],  # noqa: F811
    stands: Stands,
) -> None:
    """没有设计开发：有理由、有人定、未到复核日期。"""
    put("documents.required", code="5.2.2/1", basis="standard", keeping="maintain", what="质量方针", clause="5.2.2", at="2026-06-01")
    put("documents.required", code="8.3.3/1", basis="standard", keeping="retain", what="设计输入", clause="8.3.3", at="2026-06-01")
    put("documents.fulfilled", required="5.2.2/1", document=paper("DOC-1").document, at="2026-06-02")
    put("documents.unneeded", required="8.3.3/1", reason="不做设计开发", decided_by=who("QM"), review="2026-08-31", at="2026-06-02")
    assert stands("7.5.1-C1") == ("conforms", 0, 1)
    assert stands("7.5.1-C1", "2026-09-01 09:00") == ("nonconforms", 1, 2), "nobody looked at the decision again"


def test_a_document_that_is_only_a_draft_stands_behind_nothing(put: Put, paper: Put, stands: Stands) -> None:  # noqa: F811
    put("documents.required", code="5.2.2/1", basis="standard", keeping="maintain", what="质量方针", clause="5.2.2", at="2026-06-01")
    put("documents.fulfilled", required="5.2.2/1", document=paper("DOC-1", effective=None, approver="").document, at="2026-06-02")
    assert stands("7.5.1-C1") == ("nonconforms", 1, 1)


@turns_red("7.5.1-C2")
def test_what_the_standard_names_is_not_our_own_choice(drawn_up: Record, stands: Stands) -> None:
    assert stands("7.5.1-C2") == ("no-evidence", 0, 0)


@stays_green("7.5.1-C2")
def test_one_item_of_our_own_is_a_list(drawn_up: Record, put: Put, stands: Stands) -> None:
    put("documents.required", code="OWN-1", basis="organisation", keeping="maintain", what="热线话术", at="2026-06-01")
    assert stands("7.5.1-C2")[0] == "conforms"
