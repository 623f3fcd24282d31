"""Answers that hold as long as nothing is written."""

from collections.abc import Callable
from functools import partial

import pytest

from lingting.ledger import book
from lingting.ledger.remembered import Remembered
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db


def test_an_answer_is_found_once_while_the_book_stays_as_it_is(party: Callable[..., Party]) -> None:
    """目录上有几位客户?没有人写下新的,就不再数一遍。"""
    book.write(party(), act="parties.add")
    asked: list[int] = []
    known: Remembered[int] = Remembered(5)
    for _ in range(3):
        assert known.answer("parties", lambda: asked.append(1) or Party.objects.count()) == 1
    assert len(asked) == 1


def test_what_was_written_since_makes_the_answer_new(party: Callable[..., Party]) -> None:
    known: Remembered[int] = Remembered(5)
    assert known.answer("parties", Party.objects.count) == 0
    book.write(party(), act="parties.add")
    assert known.answer("parties", Party.objects.count) == 1


def test_only_so_many_answers_are_kept_those_asked_last() -> None:
    known: Remembered[int] = Remembered(2)
    for number in (1, 2, 1, 3):
        known.answer(number, partial(int, number))
    assert (known.answer(1, lambda: -1), known.answer(2, lambda: -1)) == (1, -1)
