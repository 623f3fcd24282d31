"""Growth (生长): which kinds of record have been written, and of which kinds an answer was read."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from django.apps import apps
from django.db import connection

from lingting.ledger.models import Record

ANYTHING = ""
"""Stands for all that can be written: what was read elsewhere than in tables of records goes with every entry."""

ERASED = "ledger.erased"
"""An erasure empties columns of other kinds, so that every answer goes with one."""

LOOKED_AT = 64
"""Entries looked at whenever there is a new one: more than are ever written at the same time, of which a lower number may come to light after a higher."""

_NAMES = re.compile(r"[a-z]+_\w+")
"""Tables are called by their room and their model."""

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


class Growth:
    """How often each kind of record was seen to grow, in this process; one `start` for as long as it is one book."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: dict[int, bytes] = {}
        self._times: Counter[str] = Counter()
        self._start = 0
        self._marks: Mapping[str, tuple[int, int]] = {}

    def now(self) -> Mapping[str, tuple[int, int]]:
        """Return of each kind a mark that is another as soon as it has grown; a kind that is not among them has the mark `None`."""
        with self._lock:
            if self._look():
                self._marks = {kind: (self._start, times) for kind, times in self._times.items()}
            return self._marks

    def _look(self) -> bool:
        """Read on from the entry that was read last, and tell whether there was more; where entries do not follow on those seen, everything may be another."""
        newest = max(self._seen.items(), default=None)
        if newest == next(((number, digest) for number, digest, _ in _entries(1)), None):
            return False
        entries = _entries(LOOKED_AT)
        there = {number: digest for number, digest, _ in entries}
        new = [kinds for number, digest, kinds in entries if self._seen.get(number) != digest]
        lowest = min(there) if len(there) == LOOKED_AT else 0
        if len(new) == LOOKED_AT or any(there.get(number) != digest for number, digest in self._seen.items() if number >= lowest):
            self._start += 1
        for kinds in new:
            self._times.update(kinds.split())
        self._times[ANYTHING] += 1
        self._times[ERASED] += 0  # every answer has its mark, and so the start in it
        self._seen = there
        return True


def _entries(most: int) -> list[tuple[int, bytes, str]]:
    unnoted = _noted.set(None)
    try:
        with connection.cursor() as cursor:  # a page asks this dozens of times: putting a query set together would cost more than its answer
            cursor.execute("SELECT id, digest, kinds FROM ledger_entry ORDER BY id DESC LIMIT %s", [most])
            return [(number, bytes(digest), kinds) for number, digest, kinds in cursor.fetchall()]
    finally:
        _noted.reset(unnoted)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Note the kinds whose tables are read meanwhile, in this thread; noting within noting counts for both."""
    outer, kinds = _noted.get(), set[str]()
    token = _noted.set(kinds)
    try:
        if outer is None:
            with connection.execute_wrapper(_note):
                yield kinds
        else:
            yield kinds
    finally:
        _noted.reset(token)
        if outer is not None:
            outer |= kinds


def note(*kinds: str) -> None:
    """Note kinds that an answer under way was read of, if one is."""
    noted = _noted.get()
    if noted is not None:
        noted.update(kinds)


def _note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:  # noqa: FBT001  # Django's own shape
    note(*_kinds(sql))
    return execute(sql, params, many, context)


@lru_cache(1024)
def _kinds(sql: str) -> frozenset[str]:
    """Return the kinds whose tables a statement names; a table that holds no records stands for anything."""
    tables = _tables()
    return frozenset(tables[word] for word in set(_NAMES.findall(sql)) if word in tables)


@cache
def _tables() -> Mapping[str, str]:
    return {model._meta.db_table: model._meta.label_lower if issubclass(model, Record) else ANYTHING for model in apps.get_models(include_auto_created=True)}
