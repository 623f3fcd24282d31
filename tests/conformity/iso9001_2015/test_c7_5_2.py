"""7.5.2 Creating and updating: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import paper, who  # noqa: F401  # fixtures

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@turns_red("7.5.2-C1")
def test_a_revision_without_number_author_or_approval_fails(paper: Put, stands: Stands) -> None:  # noqa: F811
    paper("DOC-1", "")
    paper("DOC-2", author="")
    paper("DOC-3", approver="")
    assert stands("7.5.2-C1") == ("nonconforms", 3, 3)


@stays_green("7.5.2-C1")
def test_drafts_older_revisions_and_laws_are_not_asked_for_their_author(paper: Put, stands: Stands) -> None:  # noqa: F811
    paper("DOC-1", "v0", author="", approver="")
    paper("DOC-1", "v1", at="2026-07-01 09:00", effective="2026-07-01")
    paper("DOC-1", "v2", at="2026-08-01 09:00", effective="2026-09-01", approver="")
    paper("EXT-1", origin="external", issuer="国家标准化管理委员会", author="", approver="")
    assert stands("7.5.2-C1") == ("conforms", 0, 1)
    assert stands("7.5.2-C1", "2026-06-15 09:00") == ("nonconforms", 1, 1)


@turns_red("7.5.2-C2")
def test_an_author_who_approved_alone_is_found(paper: Put, stands: Stands) -> None:  # noqa: F811
    paper(approver="A01")
    assert stands("7.5.2-C2") == ("nonconforms", 1, 1)


@stays_green("7.5.2-C2")
def test_a_second_approval_mends_it_and_a_decision_lets_it_be(
    paper: Put,  # noqa: F811
    put: Put,
    who: Callable[[str], Record],  # noqa: F811
    stands: Stands,
) -> None:
    put("documents.approved", revision=paper(approver="A01"), approver=who("QM"), at="2026-06-02 09:00")
    paper("DOC-2")
    notes = paper("DOC-3", approver="A01").document
    put("documents.alone", document=notes, reason="内部备忘", decided_by=who("QM"), review="2026-12-31", at="2026-06-02")
    assert stands("7.5.2-C2") == ("conforms", 0, 2)
