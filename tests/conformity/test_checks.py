"""The checks as a whole: silence is never a pass, and each has a test that turns it red and one that a near miss does not."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lingting import catalog
from lingting.catalog.model import Measure
from lingting.conformity.assess import limit
from lingting.conformity.check import CHECKS, Both, Listed

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


def test_rows_of_two_kinds_are_counted_listed_and_paged_as_one() -> None:
    both = Both(Listed(("a", "b", "c")), Listed(("d", "e")))
    assert (both.count(), list(both)) == (5, list("abcde"))
    assert [both[:2], both[2:4], both[3:], both[4:9], both[5:]] == [["a", "b"], ["c", "d"], ["d", "e"], ["e"], []]


@pytest.mark.parametrize(("op", "default", "expected"), [("==", 0, (False, 1.0)), (">=", 1, (True, 1.0)), ("<=", 0, (False, 1.0))])
def test_there_is_none_means_that_all_must_pass(op: str, default: int, expected: tuple[bool, float]) -> None:
    """A count that must be nothing is judged as a share of which everything passes; a count that must be reached is counted."""
    assert limit(Measure(kind="count", of="thing", op=op, default=default, set_by="standard")) == expected
