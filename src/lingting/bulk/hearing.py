"""Hearing a piece (听一份): what a worker does by itself, wherever it runs, and what it sends back."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from lingting.bulk.conversations import Named
from lingting.bulk.findings import BATCH, found, joined
from lingting.bulk.pieces import Piece, Reading, conversations
from lingting.catalog.load import ours
from lingting.inspection.calendar import work_calendar
from lingting.inspection.pack import Pack, standard_pack
from lingting.message import Mistake


@dataclass(frozen=True, slots=True)
class Task:
    """What every worker is told: how to read, for which organisation to listen, the only norms that are wanted, where some are, and the folder of packs."""

    reading: Reading
    organisation: str = ""
    norms: tuple[str, ...] = ()
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a piece: its findings, where each conversation stood, what could not be taken, and the version of the pack that listened."""

    size: int = 0
    findings: pa.RecordBatch = field(default_factory=lambda: joined([]))
    stood: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    pack: str = ""


@cache
def pack_of(task: Task) -> Pack:
    """Return the pack of a task, compiled once in a process; it stays, and the garbage collector need not walk it again with every batch."""
    pack = standard_pack(calendar=work_calendar(task.reading.zone, ours().calendar), organisation=task.organisation, kept=task.kept)
    gc.collect()
    gc.freeze()
    return pack


def hear(piece: Piece, task: Task) -> Heard:
    """Return what is found in a piece; a conversation whose name stands in it twice is listened to once, and this is said."""
    pack = pack_of(task)
    stood: dict[str, tuple[str, str]] = {}
    mistakes: list[Mistake] = []

    def kept() -> Iterator[Named]:
        for item in conversations(piece, task.reading):
            if isinstance(item, Mistake):
                mistakes.append(item)
                continue
            path, place, named = item
            if named[0] in stood:
                mistakes.append(again(named[0], path, place))
            else:
                stood[named[0]] = path, place
                yield named

    talks = kept()
    batches = []
    while batch := list(islice(talks, BATCH)):
        batches.append(found(batch, pack, task.norms))
    return Heard(piece.size, joined(batches), stood, tuple(mistakes), pack.version)


def apart(heard: Iterable[Heard]) -> Iterator[Heard]:
    """Yield what was heard without the conversations that an earlier piece had: half a conversation is not listened to as if it were whole.

    Of every conversation one number is remembered, about seventy bytes, whatever else it holds.
    """
    seen: set[int] = set()
    for one in heard:
        names = {hash(name): name for name in one.stood}
        doubled = [name for known, name in names.items() if known in seen]
        seen.update(names)
        yield _without(one, doubled) if doubled else one


def _without(heard: Heard, names: list[str]) -> Heard:
    inside = pc.is_in(heard.findings["conversation"], pa.array(names))
    mistakes = [again(name, *heard.stood[name]) for name in names]
    return replace(heard, findings=heard.findings.filter(pc.invert(inside)), mistakes=(*heard.mistakes, *mistakes))


def again(name: str, path: str, place: str) -> Mistake:
    """Return the mistake of a conversation that stands in two places."""
    remedy = "Put its messages together in one place, or give each conversation a name of its own; only the first place was listened to."
    return Mistake(path, place, f"Conversation {name[:60]} stood before already.", remedy)
