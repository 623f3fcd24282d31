"""Pieces (份): files cut into parts that anybody can take alone – lines of one, a group of rows, or a few whole files – and never through a conversation."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from lingting.bulk.conversations import Named, named, together
from lingting.bulk.findings import BATCH
from lingting.channels.read import files, read
from lingting.channels.table.jsonl import LONGEST_LINE, lines, skip_line, taken
from lingting.channels.table.values import BadValue
from lingting.message import Message, Mistake

if TYPE_CHECKING:
    from lingting.channels.recording.recognise import Recogniser

SIZE = 4 * 1024 * 1024
"""Bytes in a piece, about: two thousand conversations, half a second's work, so that many workers end together and none holds much."""

LINES = (".jsonl", ".ndjson")
ROWS = (".parquet",)
Placed = tuple[str, str, Named]
"""A conversation with its file and its place there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what is to be listened to.

    Of JSON Lines the bytes from `start` to `end`, of Parquet the row group `start`, `first` being the number of its first line or row; else whole
    files. `size` is in bytes.
    """

    paths: tuple[Path, ...]
    size: int
    start: int = 0
    end: int = 0
    first: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: whose mail addresses are ours, in which zone times without one are meant, and who makes words of recordings."""

    zone: ZoneInfo
    ours: tuple[str, ...] = ()
    recogniser: Callable[[], "Recogniser | None"] | None = None


def size(paths: Iterable[Path]) -> int:
    """Return the bytes of files and folders."""
    return sum(file.stat().st_size for path in paths for file in files(path) if file.exists())


def pieces(paths: Iterable[Path]) -> Iterator[Piece | Mistake]:
    """Yield the pieces of files and folders, in their order; what is small is put together."""
    small: list[Path] = []
    held = 0
    for file in (file for path in paths for file in files(path)):
        try:
            cut, own = _cut(file), file.stat().st_size
            if small and (cut or held + own > SIZE):
                yield Piece(tuple(small), held)
                small, held = [], 0
            if cut:
                yield from cut
            else:
                small, held = [*small, file], held + own
        except OSError as error:
            yield Mistake(str(file), "", f"The file cannot be read: {error.strerror}.", "Check that it exists and that you may read it.")
    if small:
        yield Piece(tuple(small), held)


def _cut(file: Path) -> Iterator[Piece | Mistake] | None:
    suffix = file.suffix.lower()
    return _lines(file) if suffix in LINES else _rows(file) if suffix in ROWS else None


def _lines(path: Path) -> Iterator[Piece]:
    start, first = 0, 1
    with path.open("rb") as file:
        while block := file.read(SIZE):
            rest = b"" if block.endswith(b"\n") else file.readline(LONGEST_LINE)
            if len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
                skip_line(file)
            end = file.tell()
            yield Piece((path,), end - start, start, end, first)
            start, first = end, first + block.count(b"\n") + bool(rest)


def _rows(path: Path) -> Iterator[Piece | Mistake]:
    try:
        with pq.ParquetFile(path) as file:
            groups = [file.metadata.row_group(number).num_rows for number in range(file.metadata.num_row_groups)]
            missing = [name for name in ("id", "messages") if name not in file.schema_arrow.names]
    except pa.ArrowInvalid as error:
        yield Mistake(str(path), "", f"The file is not Parquet: {str(error)[:120]}.", "Check that it was written to its end.")
        return
    if missing:
        yield Mistake(str(path), "", f"The file has no column {', '.join(missing)}.", "Write one conversation a row as docs/formats.md says.")
        return
    first, whole = 1, path.stat().st_size
    for number, rows in enumerate(groups):
        yield Piece((path,), whole * rows // sum(groups), number, number + 1, first)
        first += rows


def conversations(piece: Piece, reading: Reading) -> Iterator[Placed | Mistake]:
    """Yield the conversations of a piece with their places, and what could not be taken."""
    path = piece.paths[0]
    if path.suffix.lower() in LINES:
        yield from _from_lines(path, piece, reading)
    elif path.suffix.lower() in ROWS:
        yield from _from_rows(path, piece, reading)
    else:
        recogniser = reading.recogniser() if reading.recogniser else None
        for file in piece.paths:
            yield from _from_messages(file, read(file, ours=reading.ours, zone=reading.zone, recogniser=recogniser))


def _from_lines(path: Path, piece: Piece, reading: Reading) -> Iterator[Placed | Mistake]:
    for numbered in lines(path, start=piece.start, end=piece.end, number=piece.first):
        if isinstance(numbered, Mistake):
            yield numbered
        else:
            place = f"line {numbered[0]}"
            yield from taken(*numbered, path, lambda given: [(str(path), place, named(given, reading.zone))])  # noqa: B023  # called at once


def _from_rows(path: Path, piece: Piece, reading: Reading) -> Iterator[Placed | Mistake]:
    first = piece.first
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH, row_groups=[piece.start]):
                for number, row in enumerate(batch.to_pylist(), first):
                    yield from _from_row(path, number, row, reading)
                first += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        yield Mistake(str(path), f"after row {first - 1}", f"The rows cannot be read: {str(error)[:120]}.", "Check that the file was written to its end.")


def _from_row(path: Path, number: int, row: Mapping[str, Any], reading: Reading) -> Iterator[Placed | Mistake]:
    try:
        yield str(path), f"row {number}", named(row, reading.zone)
    except BadValue as error:
        yield Mistake(str(path), f"row {number}", str(error), "Mend the row and listen again; the others were listened to.")


def _from_messages(path: Path, items: Iterator[Message | Mistake]) -> Iterator[Placed | Mistake]:
    mistakes: list[Mistake] = []

    def messages() -> Iterator[Message]:
        for item in items:
            if isinstance(item, Mistake):
                mistakes.append(item)
            else:
                yield item

    for conversation in together(messages()):
        yield from mistakes
        mistakes.clear()
        yield str(path), "", conversation
    yield from mistakes
