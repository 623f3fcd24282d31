"""Abreast (并行): many questions asked at a time, each on a connection of its own, where a machine has processors to spare for them."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from queue import Empty, SimpleQueue
from typing import TypeVar

from django.db import connection

from lingting.ledger.noting import ANYTHING, note

T = TypeVar("T")
U = TypeVar("U")

AT_ONCE = min(4, os.cpu_count() or 1)
"""How many questions are asked at a time: a database answers each on one processor, and others use the machine too."""


def each(ask: Callable[[T], U], about: Sequence[T], *, least: int = 2) -> list[U]:
    """Return what is answered about each of several things, in their order; those that take longest should come first.

    Where there are fewer than `least`, and inside a transaction, whose rows no other connection sees, one is asked after the other.
    """
    if AT_ONCE == 1 or len(about) < least or connection.in_atomic_block:
        return [ask(one) for one in about]
    note(ANYTHING)  # what other threads read is not noted
    waiting: SimpleQueue[tuple[int, T]] = SimpleQueue()
    for place in enumerate(about):
        waiting.put(place)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        running = [threads.submit(_some, ask, waiting) for _ in range(AT_ONCE)]
        answers = dict(chain.from_iterable(one.result() for one in running))
    return [answers[place] for place in range(len(about))]


def _some(ask: Callable[[T], U], waiting: SimpleQueue[tuple[int, T]]) -> list[tuple[int, U]]:
    """Answer what still waits, and give back the connection that Django opened for this thread."""
    try:
        return [(place, ask(one)) for place, one in _taken(waiting)]
    finally:
        connection.close()


def _taken(waiting: SimpleQueue[tuple[int, T]]) -> Iterator[tuple[int, T]]:
    try:
        while True:
            yield waiting.get_nowait()
    except Empty:
        return
