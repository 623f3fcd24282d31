"""Together (一并写下): acts of one import go into the book many at a time, and yet whoever asks the database finds all of them there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

from lingting.ledger import book
from lingting.ledger.models import Record

_Answers = dict[type[Record], dict[tuple[tuple[str, object], ...], bool]]
_answers: ContextVar[_Answers | None] = ContextVar("answers", default=None)

MOST = 2_000
"""Acts that wait at most: more make the writing no faster, and they are held in memory."""


@contextmanager
def together() -> Iterator[Callable[[book.Act], None]]:
    """Return what takes an act; it is written with others: when many wait, at the end, or as soon as anything is asked of the database.

    So a rule that looks at what stands written sees every act before it, and acts whose rules look at nothing but the record cost no round trip each.
    Acts that wait when something goes wrong are not written; the transaction around is taken back as a whole.
    """
    waiting: list[book.Act] = []
    answers: _Answers = {}

    def write() -> None:
        acts, waiting[:] = waiting[:], []
        if acts:
            book.write_all(acts)

    def asked(execute: Callable[..., Any], sql: str, given: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001  # as Django calls it
        write()
        return execute(sql, given, many, context)

    def take(act: book.Act) -> None:
        waiting.append(act)
        for record in act.records:
            answers.pop(type(record), None)
        if len(waiting) >= MOST:
            write()

    token = _answers.set(answers)
    try:
        with connection.execute_wrapper(asked):
            yield take
            write()
    finally:
        _answers.reset(token)


def ever(model: type[Record], **about: object) -> bool:
    """Tell whether a record of a class was ever written about something; during an import that is asked once, until another is written.

    What seldom happens to a thing – that it is quarantined, retired, limited – need not be asked again for each of a thousand rows about it.
    """
    answers = _answers.get()
    if answers is None:
        return bool(model._default_manager.filter(**about).exists())
    known, place = answers.setdefault(model, {}), tuple(about.items())
    if place not in known:
        known[place] = bool(model._default_manager.filter(**about).exists())
    return answers.setdefault(model, known)[place]
