"""Noting (记下读了什么): of which kinds of record an answer is read, taken from the statements that are executed meanwhile."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection

from lingting.ledger.models import Record

ANYTHING = ""
"""Stands for all that can be written: what was read elsewhere than in tables of records depends on every entry."""

_NAMES = re.compile(r"[a-z]+_\w+")
"""Tables are called by their room and their model."""

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Note the kinds whose tables are read meanwhile, in this thread; noting within noting counts for both."""
    outer, kinds = _noted.get(), set[str]()
    token = _noted.set(kinds)
    try:
        if outer is None:
            with connection.execute_wrapper(_statement):
                yield kinds
        else:
            yield kinds
    finally:
        _noted.reset(token)
        if outer is not None:
            outer |= kinds


@contextmanager
def unnoted() -> Iterator[None]:
    """Let what is read meanwhile count for nothing."""
    token = _noted.set(None)
    try:
        yield
    finally:
        _noted.reset(token)


def note(*kinds: str) -> None:
    """Note kinds that an answer under way was read of, if one is."""
    noted = _noted.get()
    if noted is not None:
        noted.update(kinds)


def _statement(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
    note(*_kinds(sql))
    return execute(sql, *given)


@lru_cache(1024)
def _kinds(sql: str) -> frozenset[str]:
    """Return the kinds whose tables a statement names; a table that holds no records stands for anything."""
    tables = _tables()
    return frozenset(tables[word] for word in set(_NAMES.findall(sql)) if word in tables)


@cache
def _tables() -> Mapping[str, str]:
    return {model._meta.db_table: model._meta.label_lower if issubclass(model, Record) else ANYTHING for model in apps.get_models(include_auto_created=True)}
