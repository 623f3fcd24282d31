"""The protocols of the accuracy benchmarks: what a model may see, what counts as a class, and which samples are tested."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from benchmarks.accuracy.figures import Line
from benchmarks.accuracy.rated import uss
from benchmarks.accuracy.satisfaction import _contiguous, so_far, thresholds

from lingting.statistics.intervals import Interval

TALKS = """
USER\tI want a table.\tINFORM\t3,4,4
SYSTEM\tWhere?\tREQUEST\t
USER\tIn town.\tINFORM\t2,3
USER\tOVERALL\t\t5,5,1

USER\tHello\t\t1,1,2
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "measure-only" / "uss"
    place.mkdir(parents=True)
    with gzip.open(place / "SGD.txt.gz", "wt", encoding="utf-8") as file:
        file.write(TALKS)
    return tmp_path


def test_a_class_is_the_commonest_vote_and_of_two_the_lower(folder: Path) -> None:
    rated = uss(folder, "SGD")
    assert rated.classes.tolist() == [3, 1, 4, 0]
    assert rated.votes.tolist() == pytest.approx([11 / 3, 2.5, 11 / 3, 4 / 3])
    assert rated.dialogues.tolist() == [0, 0, 0, 1]


def test_what_came_before_holds_neither_the_current_words_nor_another_dialogue(folder: Path) -> None:
    excerpts = uss(folder, "SGD").excerpts
    assert [[earlier.text for earlier in excerpt.before] for excerpt in excerpts] == [
        [],
        ["I want a table.", "Where?"],
        ["I want a table.", "Where?", "In town."],
        [],
    ]


def test_ten_contiguous_folds_leave_the_last_few_samples_untested() -> None:
    folds = _contiguous(27)
    assert np.concatenate(folds).tolist() == list(range(20))
    assert all(len(fold) == 2 for fold in folds)


def test_what_was_made_of_a_turn_is_known_only_to_the_turns_after_it() -> None:
    margins, dialogues = np.arange(12.0).reshape(6, 2), np.array([0, 0, 0, 1, 1, 1])
    changed = margins.copy()
    changed[1] += 100
    differs = (so_far(margins, dialogues) != so_far(changed, dialogues)).any(axis=1)
    assert differs.tolist() == [False, False, True, False, False, False]


@pytest.mark.parametrize(
    ("value", "same", "says"), [(0.70, True, "yes"), (0.64, True, "all but ASAP"), (0.5, True, "no"), (0.70, False, "yes; other samples"), (None, True, "–")]
)
def test_whether_a_published_figure_is_reached_follows_from_the_figures(value: float | None, *, same: bool, says: str) -> None:
    line = Line("JDDC", "", "accuracy", value, None, 1, 1, (("USDA", 0.63), ("ASAP", 0.654)), same)
    assert line.reached == says


def test_a_figure_reached_by_less_than_chance_may_give_says_so() -> None:
    near = Line("USS SGD", "", "kappa", 0.124, Interval(0.106, 0.140), 1, 1, (("best", 0.118),), same=True)
    far = Line("USS CCPE", "", "kappa", 0.097, Interval(0.061, 0.132), 1, 1, (("best", 0.167),), same=True)
    assert (near.reached, far.reached) == ("yes; within the interval", "no")


def test_a_scale_is_cut_where_the_few_unlike_the_others_stand() -> None:
    scale, classes = np.linspace(2, 4, 200), np.array([1] * 20 + [2] * 160 + [3] * 20)
    low, high = thresholds(scale, classes)
    assert ((scale < low).sum(), (scale > high).sum()) == (20, 20)


def test_a_scale_that_tells_nothing_is_cut_nowhere() -> None:
    scale = np.linspace(2, 4, 200)
    low, high = thresholds(scale, np.full(200, 2))
    assert not ((scale < low) | (scale > high)).any()
