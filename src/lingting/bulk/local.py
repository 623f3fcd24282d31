"""On this machine: pieces go to processes of their own and come back in order, however many there are (Hyperscan gains nothing from threads)."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from lingting.bulk.hearing import Heard, Task, hear, pack_of
from lingting.bulk.pieces import Piece
from lingting.message import Mistake

AHEAD = 2
"""Pieces for each worker that are under way or wait for their turn: nobody is idle, and what is held does not grow with the files."""


def listened(pieces: Iterable[Piece | Mistake], task: Task, *, workers: int) -> Iterator[Heard]:
    """Yield what was heard of each piece, in their order."""
    if workers == 1:
        for piece in pieces:
            yield Heard(mistakes=(piece,)) if isinstance(piece, Mistake) else hear(piece, task)
        return
    # Forked processes would inherit locks of threads that do not exist there; each one starts anew, and reads the pack that was compiled here once.
    if task.kept is not None:
        pack_of(task)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=pack_of, initargs=(task,)) as pool:
        flight: deque[Future[Heard] | Heard] = deque()
        for piece in pieces:
            flight.append(Heard(mistakes=(piece,)) if isinstance(piece, Mistake) else pool.submit(hear, piece, task))
            if len(flight) >= AHEAD * workers:
                yield _landed(flight.popleft())
        while flight:
            yield _landed(flight.popleft())


def _landed(heard: Future[Heard] | Heard) -> Heard:
    return heard if isinstance(heard, Heard) else heard.result()
