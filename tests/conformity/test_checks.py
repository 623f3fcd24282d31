"""The checks as a whole: silence is never a pass, and each has a test that turns it red and one that a near miss does not."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lingting import catalog
from lingting.catalog.model import Measure
from lingting.conformity.assess import limit
from lingting.conformity.check import CHECKS, Listed, Together

HERE = Path(__file__).parent
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((HERE / "iso9001_2015").glob("test_*.py")))
COUNTED = sorted(id for id, check in CHECKS.items() if not check.judged[0])


def shown(mark: str) -> set[str]:
    return {id for ids in re.findall(rf"@{mark}\(([^)]*)\)", TESTS) for id in re.findall(r'"([^"]+)"', ids)}


def test_every_check_that_is_bound_is_one_of_the_catalog() -> None:
    assert set(CHECKS) <= set(catalog.read().checks)


@pytest.mark.django_db
def test_with_nothing_written_down_no_check_passes(stands: Callable[..., tuple[str, int, int]]) -> None:
    states = {id: stands(id) for id in CHECKS}
    assert {id: state for id, state in states.items() if state != (("to-be-judged" if CHECKS[id].judged[0] else "no-evidence"), 0, 0)} == {}


@pytest.mark.parametrize("mark", ["turns_red", "stays_green"])
def test_every_counted_check_is_shown_red_and_with_a_near_miss_green(mark: str) -> None:
    assert set(COUNTED) - shown(mark) == set()


def test_every_check_says_in_both_languages_what_is_counted_or_why_a_person_must_judge() -> None:
    for check in CHECKS.values():
        zh, en = check.population
        assert re.search(r"[\u4e00-\u9fff]", zh), check.id
        assert re.search(r"[a-z]{3}", en), check.id


def test_rows_of_several_kinds_are_one_list_and_no_more_of_each_is_fetched_than_is_asked_for() -> None:
    rows = Together(Listed((1, 2, 3)), Listed(()), Listed((4, 5)))
    assert rows.count() == 5
    assert list(rows) == [1, 2, 3, 4, 5]
    assert [list(rows[start : start + 2]) for start in (0, 2, 3, 4, 5)] == [[1, 2], [3, 4], [4, 5], [5], []]
    assert rows[:] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("op", "default", "kept"), [("==", 0, (False, 1.0)), (">=", 2, (True, 2.0))])
def test_a_count_that_must_be_nothing_lets_nothing_fail_and_one_that_must_be_reached_is_counted(op: str, default: int, kept: tuple[bool, float]) -> None:
    assert limit(Measure(kind="count", of="x", op=op, default=default, set_by="organisation")) == kept


def test_a_rate_that_may_be_at_most_so_much_is_the_share_of_those_that_fail() -> None:
    rate = Measure(kind="statistic", of="damage rate", op="<=", default=0.005, set_by="organisation")
    assert limit(rate) == (False, 0.995)
