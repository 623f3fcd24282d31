"""8.5.6 Control of changes: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import who  # noqa: F401  # a fixture

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


Who = Callable[[str], Record]


@pytest.fixture
def changed(put: Put, who: Who) -> Callable[..., Record]:  # noqa: F811
    """A script is changed: asked for at eight, in effect at ten; reviewed, authorised and prepared at nine unless left out."""

    def change(*without: str, at: str = "09:00", back: str = "恢复 v1.0") -> Record:
        row = put("processes.change", sort="script", what="答复时限改为 24 小时", intended=True, back=back, at="2026-07-13 08:00")
        given = {"reviewed": {"person": who("QM"), "result": "无不良后果"}, "authorised": {"person": who("QM")}, "measure": {"what": "已告知并培训"}}
        for kind, columns in given.items():
            if kind not in without:
                put(f"processes.{kind}", change=row, at=f"2026-07-13 {at}", **columns)
        put("processes.effected", change=row, at="2026-07-13 10:00")
        return row

    return change


@turns_red("8.5.6-C1")
def test_a_change_without_review_authority_or_measures_fails(changed: Put, stands: Stands) -> None:
    for missing in ("reviewed", "authorised", "measure"):
        changed(missing)
    assert stands("8.5.6-C1") == ("nonconforms", 3, 3)


@turns_red("8.5.6-C1")
def test_a_change_authorised_after_it_took_effect_fails(changed: Put, stands: Stands) -> None:
    changed(at="10:01")
    assert stands("8.5.6-C1") == ("nonconforms", 1, 1)


@stays_green("8.5.6-C1")
def test_authorised_the_moment_it_took_effect_is_before_and_what_is_only_asked_for_is_not_counted(changed: Put, put: Put, stands: Stands) -> None:
    changed(at="10:00")
    put("processes.change", sort="model", what="换识别模型", intended=True, at="2026-08-01 08:00")
    assert stands("8.5.6-C1") == ("conforms", 0, 1)


@turns_red("8.5.6-C2")
def test_changes_nobody_knows_how_to_undo_fail(changed: Put, stands: Stands) -> None:
    for _ in range(3):
        changed(back="")
    assert stands("8.5.6-C2") == ("nonconforms", 3, 3)


@stays_green("8.5.6-C2")
def test_a_way_back_is_enough_it_need_not_be_walked(changed: Put, stands: Stands) -> None:
    changed()
    assert stands("8.5.6-C2")[1:] == (0, 1)
