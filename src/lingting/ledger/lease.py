"""Leases (租约): background work as rows, claimed for a while, so that a worker that dies loses nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, models, transaction

TRIES = 5
"""After so many claims without success a row is set aside for a person to look at."""


class Leased(models.Model):
    """A row of work that waits to be done; done means deleted. It is no record: it can be made again from the records."""

    until = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    trouble = models.TextField(default="")

    class Meta:
        abstract = True


L = TypeVar("L", bound=Leased)


def claim(kind: type[L], *, most: int, now: datetime, seconds: int = 60) -> list[L]:
    """Return up to `most` rows that nobody holds and hold them for `seconds`; at least once, never lost.

    On PostgreSQL several workers claim side by side (SKIP LOCKED); on SQLite the writer's lock keeps them apart.
    """
    with transaction.atomic():
        free = kind._default_manager.filter(models.Q(until=None) | models.Q(until__lt=now), tries__lt=TRIES)
        if connection.vendor == "postgresql":
            free = free.select_for_update(skip_locked=True)
        rows: Sequence[L] = list(free.order_by("pk")[:most])
        for row in rows:
            row.until, row.tries = now + timedelta(seconds=seconds), row.tries + 1
        kind._default_manager.bulk_update(rows, ["until", "tries"], batch_size=500)
    return list(rows)


def release(kind: type[L], rows: Sequence[L], *, trouble: str) -> None:
    """Give rows back with what went wrong; they are tried again until `TRIES` is reached."""
    kind._default_manager.filter(pk__in=[row.pk for row in rows]).update(until=None, trouble=trouble)


def set_aside(kind: type[L]) -> "models.QuerySet[L]":
    """Return the rows that failed too often."""
    return kind._default_manager.filter(tries__gte=TRIES)
