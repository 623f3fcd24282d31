"""The tables of the book: entries and blocks, the shape of every record, and the record of an erasure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper  # the type checker's plugin wants it here
from django.db.models.sql.compiler import SQLCompiler

from lingting.ledger.moment import Moment  # the type checker's plugin wants it here

POSITIONS = 1 << 16
"""A record's number is its entry's number times this, plus its position in the entry: one number finds both, and "known by entry n" is a range of keys."""


R = TypeVar("R", bound="Record")


class NumberField(models.BigIntegerField):  # type: ignore[type-arg]  # the class cannot be indexed while it runs
    """A 64-bit key; SQLite keeps rows in its order only if the column is declared `integer`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the column's type in this database."""
        return "integer" if connection.vendor == "sqlite" else "bigint"

    rel_db_type = db_type


class RecordQuerySet(models.QuerySet[R]):
    """Records as of a moment; `known_as` names a question that more than one asks (`asking.once`)."""

    known_as: Hashable = None

    def as_of(self, moment: Moment) -> Self:
        """Keep what had happened by the moment and was known then."""
        rows = self.filter(at__lte=moment.at)
        return rows if moment.known is None else rows.filter(id__lt=(moment.known + 1) * POSITIONS)

    def page(self, cursor: str = "", *, size: int = 25) -> Page[R]:
        """Return the newest records, or those that follow a cursor; a deep page costs what the first one does."""
        rows = self.order_by("-at", "-id")
        if cursor:
            at, number = _place(cursor)
            # The first condition is what the index on `at` can use; the second says exactly where.
            rows = rows.filter(at__lte=at).filter(models.Q(at__lt=at) | models.Q(id__lt=number))
        found = list(rows[: size + 1])
        more = len(found) > size
        return Page(tuple(found[:size]), f"{found[size - 1].at:%Y-%m-%dT%H:%M:%S.%fZ}_{found[size - 1].id}" if more else "")


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some records and the cursor of those that follow, empty at the end."""

    rows: tuple[R, ...]
    following: str


LARGEST = 2**63 - 1
"""The largest number that a database keeps for a record."""


def numbered(words: str) -> int | None:
    """Return the number of a record that somebody typed or a link carries, or nothing where no record can have it.

    >>> numbered("65537"), numbered("²"), numbered("9" * 30)
    (65537, None, None)
    """
    number = int(words) if words.isascii() and words.isdigit() and len(words) <= len(str(LARGEST)) else LARGEST + 1
    return number if number <= LARGEST else None


class BadCursor(ValueError):
    """The cursor of a list is not one that Lingting gave out; start again at the first page."""


def _place(cursor: str) -> tuple[datetime, int]:
    at, _, number = cursor.partition("_")
    try:
        place = datetime.fromisoformat(at), int(number)
    except ValueError as error:
        raise BadCursor(cursor) from error
    if place[0].tzinfo is None or not 0 <= place[1] < 1 << 63:
        raise BadCursor(cursor)
    return place


class Record(models.Model):
    """Something that happened, written down once and never changed; the state of a thing is which of its records exist.

    A subclass names in `PERSONAL` the columns that hold somebody's personal data; they must be nullable, because erasing empties them.
    Columns are words, whole numbers, times and keys: what a digest can be made of without rounding.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    id = NumberField(primary_key=True)
    at = models.DateTimeField()
    salt = models.BinaryField(max_length=16, null=True)
    seal = models.BinaryField(max_length=32)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def entry_id(self) -> int:
        """The number of the entry that wrote this record down."""
        return int(self.id) // POSITIONS

    @property
    def erased(self) -> bool:
        """Whether the personal columns were emptied."""
        return self.salt is None


class Entry(models.Model):
    """One act in the book: which rows it wrote (their digest and count), its verb, who did it and when it was written down.

    `by` is the account's number, `kinds` the labels of the records written, separated by spaces.
    """

    id = NumberField(primary_key=True)
    written = models.DateTimeField()
    act = models.CharField(max_length=60)
    by = models.BigIntegerField(null=True)
    kinds = models.TextField()
    count = models.IntegerField()
    digest = models.BinaryField(max_length=32)


class Block(models.Model):
    """A run of entries sealed together, chained to the block before."""

    height = NumberField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    count = models.IntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    sealed = models.DateTimeField()
    hash = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64, null=True)


class Erased(Record):
    """The personal columns of record number `record` were emptied, and why."""

    record = models.BigIntegerField(unique=True)
    reason = models.TextField()


class Struck(Record):
    """Record number `record` was entered by mistake: it stands in the book, but nothing is counted from it any more."""

    record = models.BigIntegerField(unique=True)
    reason = models.TextField()


class Written(models.Func):
    """A condition or a value that is written as SQL at once."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]  # no template to fill
        """Return the words and what stands in their places."""
        return self.written(compiler, connection)

    def written(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the words and what stands in their places."""
        raise NotImplementedError


class Unstruck(Written):
    """Whether record number `number` had not been struck out by a moment.

    Nearly every question asks this, so it is written as SQL at once: putting a query set of `Struck` together costs more than its answer.
    """

    output_field = models.BooleanField()

    def __init__(self, number: models.F, moment: Moment) -> None:
        super().__init__(number)
        self.moment = moment

    def written(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the words of the condition and what stands in its places."""
        number, places = compiler.compile(self.source_expressions[0])
        words, times = unstruck(number, self.moment, connection)
        return words, (*places, *times)


def unstruck(number: str, moment: Moment, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
    """Return the words of the condition that the record of a number – a column, as SQL names it – had not been struck out, and what stands in its places."""
    known = () if moment.known is None else ((moment.known + 1) * POSITIONS,)
    words = f"NOT EXISTS(SELECT 1 FROM ledger_struck struck WHERE struck.record = {number} AND struck.at <= %s{' AND struck.id < %s' * len(known)})"  # noqa: S608  # a column's name
    return words, (connection.ops.adapt_datetimefield_value(moment.at), *known)


class EnteredQuerySet(RecordQuerySet[R]):
    """Entered records as of a moment, without those that were struck out by then."""

    def as_of(self, moment: Moment) -> Self:
        """Keep what had happened by the moment, was known then, and had not been struck out."""
        return super().as_of(moment).filter(Unstruck(models.F("pk"), moment))


class Entered(Record):
    """A record that somebody entered, and who enters may err: it is never changed, but it can be struck out and entered anew."""

    objects = EnteredQuerySet.as_manager()  # type: ignore[misc]  # Django lets a subclass have a manager of its own

    class Meta:
        abstract = True


class FixedField(models.BigIntegerField):  # type: ignore[type-arg]  # the class cannot be indexed while it runs
    """A number with a fixed count of decimal places, kept as a whole number of its last place: a record holds nothing that is rounded.

    With `places=3`, 0.42 is kept as 420.
    """

    def __init__(self, *args: object, places: int = 3, **kwargs: object) -> None:
        self.places = places
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        """Return what a migration needs to make the field again."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "places": self.places}
