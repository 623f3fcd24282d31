"""Together (一并写下): acts of one import go into the book many at a time, and yet whoever asks the database finds all of them there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from lingting.ledger import book

MOST = 2_000
"""Acts that wait at most: more make the writing no faster, and they are held in memory."""


@contextmanager
def together() -> Iterator[Callable[[book.Act], None]]:
    """Return what takes an act; it is written with others: when many wait, at the end, or as soon as anything is asked of the database.

    So a rule that looks at what stands written sees every act before it, and acts whose rules look at nothing but the record cost no round trip each.
    Acts that wait when something goes wrong are not written; the transaction around is taken back as a whole.
    """
    waiting: list[book.Act] = []

    def write() -> None:
        acts, waiting[:] = waiting[:], []
        if acts:
            book.write_all(acts)

    def asked(execute: Callable[..., Any], sql: str, given: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001  # as Django calls it
        write()
        return execute(sql, given, many, context)

    def take(act: book.Act) -> None:
        waiting.append(act)
        if len(waiting) >= MOST:
            write()

    with connection.execute_wrapper(asked):
        yield take
        write()
