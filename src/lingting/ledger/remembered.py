"""Answers (记住的答案) that hold as long as nothing is written: they are kept for the head of the book under which they were found."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from lingting.ledger import book

A = TypeVar("A")


class Remembered(Generic[A]):
    """The answers that were asked for last, at most so many; each goes when the book has grown.

    A question must say all that its answer depends on beside the book: where the answer moves with the clock, also the time.
    """

    def __init__(self, most: int) -> None:
        self._most, self._kept, self._lock = most, OrderedDict[Hashable, A](), Lock()

    def answer(self, question: Hashable, find: Callable[[], A]) -> A:
        """Return what is remembered of a question, or find it and remember it."""
        place = (question, book.head())
        with self._lock:
            if place in self._kept:
                self._kept.move_to_end(place)
                return self._kept[place]
        found = find()
        with self._lock:
            self._kept[place] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
