"""Features: the same words give the same row wherever they stand, and what differs shows."""

import subprocess
import sys

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lingting.learning.excerpt import Earlier, Excerpt
from lingting.learning.features import AT_ONCE, MEASURES, PARTS, Shape, measures_of, rows

SMALL = Shape(bits=12)
excerpts = st.builds(
    Excerpt,
    st.text(max_size=30),
    st.lists(st.builds(Earlier, st.sampled_from(["customer", "agent", "", "robot"]), st.text(max_size=20)), max_size=6).map(tuple),
)


@settings(max_examples=50)
@given(st.lists(excerpts, min_size=1, max_size=5))
def test_a_row_does_not_depend_on_its_neighbours(several: list[Excerpt]) -> None:
    together = rows(several, SMALL).toarray()
    alone = np.vstack([rows([one], SMALL).toarray() for one in several])
    assert np.allclose(together, alone)


@given(excerpts)
def test_every_measure_lies_between_nought_and_one(excerpt: Excerpt) -> None:
    assert all(0 <= value <= 1 for value in measures_of(excerpt).values())


@given(excerpts)
def test_each_part_of_a_row_has_at_most_length_one(excerpt: Excerpt) -> None:
    hashed = rows([excerpt], SMALL).toarray()[0, : 1 << SMALL.bits]
    assert np.linalg.norm(hashed) <= len(PARTS)


def test_more_excerpts_than_are_hashed_at_once_keep_their_order() -> None:
    several = [Excerpt(f"第{number}句") for number in range(AT_ONCE + 3)]
    assert (rows(several, SMALL)[AT_ONCE + 1] != rows([several[AT_ONCE + 1]], SMALL)).nnz == 0


def test_no_excerpts_give_no_rows() -> None:
    assert rows([], SMALL).shape == (0, (1 << SMALL.bits) + len(MEASURES))


def test_width_case_and_script_do_not_matter() -> None:
    one, other = (rows([Excerpt(text)], SMALL)[:, : 1 << SMALL.bits] for text in ("請ＡＢＣ", "请abc"))
    assert (one != other).nnz == 0


def test_who_said_it_before_matters() -> None:
    by_customer, by_agent = (rows([Excerpt("好", (Earlier(role, "还没到"),))], SMALL) for role in ("customer", "agent"))
    assert (by_customer != by_agent).nnz > 0


def test_only_the_turns_that_the_shape_asks_for_count() -> None:
    long_ago = (Earlier("agent", "很久以前"),)
    near = tuple(Earlier("agent", "刚才") for _ in range(SMALL.before))
    hashed = [rows([Excerpt("好", before)], SMALL)[:, : 1 << SMALL.bits] for before in (near, long_ago + near)]
    assert (hashed[0] != hashed[1]).nnz == 0


def test_an_older_turn_counts_apart_from_the_last() -> None:
    one, other = Earlier("agent", "请稍等"), Earlier("agent", "查到了")
    assert (rows([Excerpt("好", (one, other))], SMALL) != rows([Excerpt("好", (other, one))], SMALL)).nnz > 0


def test_somebody_who_repeats_themselves_is_measured() -> None:
    """
    顾客: 什么时候退款?
    客服: 您好
    顾客: 什么时候退款?
    """
    before = (Earlier("customer", "什么时候退款?"), Earlier("agent", "您好"))
    assert measures_of(Excerpt("什么时候退款?", before))["repeats the customer"] == 1.0
    assert measures_of(Excerpt("好的", before))["repeats the customer"] == 0.0


def test_another_process_hashes_the_same() -> None:
    program = (
        "import hashlib; from lingting.learning.features import *; row = rows([Excerpt('hello there, 请退款')], Shape());"
        "row.sort_indices(); print(hashlib.sha256(row.indices.tobytes()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
