"""Rows of several tables counted together: a page of them is cut across the seam."""

import pytest

from lingting.conformity.check import Listed, Together

ROWS = Together(Listed((1, 2, 3)), Listed(), Listed((4, 5)))


def test_they_are_counted_and_walked_one_after_another() -> None:
    assert (ROWS.count(), list(ROWS)) == (5, [1, 2, 3, 4, 5])


@pytest.mark.parametrize("place", [slice(0, 2), slice(2, 4), slice(3, 9), slice(4, 5), slice(0, 0), slice(None), slice(5, 9)])
def test_a_slice_is_what_it_would_be_of_one_list(place: slice) -> None:
    assert list(ROWS[place]) == [1, 2, 3, 4, 5][place]
