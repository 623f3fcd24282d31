"""Answers (记住的答案) that hold as long as nothing is written of what they were read from."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Generic, TypeVar

from django.db.models import QuerySet

from lingting.ledger.growth import ERASED, Growth
from lingting.ledger.noting import ANYTHING, note, noting

A = TypeVar("A")

_GROWTH = Growth()


class Remembered(Generic[A]):
    """The answers that were asked for last, at most so many; each goes when a kind of record has grown of which it was read.

    Which kinds these are is noted while the answer is found, of its statements and of the answers remembered that it asks for. An answer that is not read
    then but later, or in other threads, goes with every entry. A question must say all that its answer depends on beside the book: where the answer
    moves with the clock, also the time.
    """

    def __init__(self, most: int) -> None:
        self._most, self._kept, self._lock = most, OrderedDict[Hashable, tuple[A, Mapping[str, object]]](), Lock()

    def answer(self, question: Hashable, find: Callable[[], A]) -> A:
        """Return what is remembered of a question, or find it and remember it."""
        now = _GROWTH.now()
        with self._lock:
            known = self._kept.get(question)
            if known is not None and all(now.get(kind) == mark for kind, mark in known[1].items()):
                self._kept.move_to_end(question)
                note(*known[1])
                return known[0]
        with noting() as kinds:
            found = find()
            if not kinds or isinstance(found, QuerySet):
                note(ANYTHING)
            note(ERASED)
        with self._lock:
            self._kept[question] = found, {kind: now.get(kind) for kind in kinds}
            self._kept.move_to_end(question)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
