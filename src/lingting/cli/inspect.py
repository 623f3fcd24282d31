"""`lingting inspect`: listens to files and prints what it finds, with no database."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from lingting.bulk.conversations import together
from lingting.catalog.load import ours as house
from lingting.channels.read import read
from lingting.inspection.calendar import work_calendar
from lingting.inspection.engine import inspect_many
from lingting.inspection.finding import Finding
from lingting.inspection.pack import Pack, standard_pack
from lingting.inspection.transcript import Transcript
from lingting.message import Message, Mistake
from lingting.site import options, speech

if TYPE_CHECKING:
    from pyarrow import RecordBatch

    from lingting.bulk.hearing import Heard, Task
    from lingting.bulk.pieces import Piece
    from lingting.channels.recording.recognise import Recogniser

BATCH = 200


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "shape", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How findings are printed.")
@click.option(
    "--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write the findings to this .parquet or .jsonl instead: for many files."
)
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="processors", help="With --out: how many processes listen.")
@click.option("--ray", "address", default="", help="With --out: listen on the Ray cluster at this address instead.")
@click.option("--norm", "norms", multiple=True, help="Only findings of this norm; may be given several times.")
@click.option("--organisation", default="", help="Your organisation's name, for the opening.")
@click.option("--ours", multiple=True, help="A mail domain or address of your organisation.")
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="The zone of times that name none.")
def inspect(
    paths: tuple[Path, ...], shape: str, out: Path | None, workers: int, address: str, norms: tuple[str, ...], organisation: str,
    ours: tuple[str, ...], zone: str,
) -> None:  # fmt: skip
    """Listen to the conversations in PATHS and print the findings with their quotes, or write them to a file."""
    if out is not None:
        _bulk(paths, out, workers, address, norms, organisation, ours, zone)
        return
    place = ZoneInfo(zone)
    pack = standard_pack(organisation=organisation, calendar=work_calendar(place, house().calendar), kept=options.packs(os.environ))
    mistakes: list[Mistake] = []
    recogniser = _recogniser()
    items = (item for path in paths for item in read(path, ours=ours, zone=place, recogniser=recogniser))
    found = listened(_kept(items, mistakes), pack)
    wanted = ((name, transcript, one) for name, transcript, one in found if not norms or one.norm in norms)
    _lines(wanted) if shape == "jsonl" else _table(wanted, pack)
    for mistake in mistakes:
        _say(mistake)


def _bulk(
    paths: tuple[Path, ...], out: Path, workers: int, address: str, norms: tuple[str, ...], organisation: str, ours: tuple[str, ...], zone: str,
) -> None:  # fmt: skip
    """Listen with many processes, or many machines, and write what they find; the answers do not depend on how many there are."""
    try:
        from lingting.bulk import local
        from lingting.bulk.hearing import Task, apart
        from lingting.bulk.pieces import Reading, pieces, size
        from lingting.bulk.write import SUFFIXES, write
    except ImportError as error:
        raise click.ClickException(f"--out needs {error.name}; install lingting[bulk].") from error
    if out.suffix not in SUFFIXES:
        raise click.ClickException(f"{out.name}: findings are written to a file that ends in {' or '.join(SUFFIXES)}.")
    task = Task(Reading(ZoneInfo(zone), ours, _recogniser), organisation, norms, options.packs(os.environ))
    heard = _far(pieces(paths), task, address) if address else local.listened(pieces(paths), task, workers=workers)
    count = write(_watched(apart(heard), size(paths)), out)
    click.echo(f"{count:,} findings in {out}", err=True)


def _far(cut: "Iterable[Piece | Mistake]", task: "Task", address: str) -> "Iterator[Heard]":
    try:
        from lingting.bulk import cluster
    except ImportError as error:
        raise click.ClickException(f"--ray needs {error.name}; install lingting[cluster].") from error
    try:
        yield from cluster.listened(cut, task, address=address)
    except (ConnectionError, cluster.OtherPack) as error:
        raise click.ClickException(f"{address}: {error}") from error


def _watched(heard: "Iterable[Heard]", size: int) -> "Iterator[RecordBatch]":
    """Pass findings on while a bar on the error stream shows how far the files are heard, and say what could not be taken."""
    console = Console(stderr=True)
    with Progress(TextColumn("聆听"), BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=console) as progress:
        bar = progress.add_task("", total=size)
        for one in heard:
            for mistake in one.mistakes:
                _say(mistake)
            progress.advance(bar, one.size)
            yield one.findings


def _say(mistake: Mistake) -> None:
    click.echo(f"{mistake.path} {mistake.place}: {mistake.wrong} {mistake.remedy}", err=True)


def _recogniser() -> "Recogniser | None":
    """Return what the settings of the environment ask for, as everywhere else."""
    try:
        return speech.recogniser(options.read(os.environ)[0])
    except options.BadSetting as error:
        raise click.ClickException(str(error)) from error


def _kept(items: Iterable[Message | Mistake], mistakes: list[Mistake]) -> Iterator[Message]:
    for item in items:
        if isinstance(item, Mistake):
            mistakes.append(item)
        else:
            yield item


def listened(messages: Iterable[Message], pack: Pack) -> Iterator[tuple[str, Transcript, Finding]]:
    """Yield what is found in messages that stand together by conversation."""
    conversations = together(messages)
    while batch := list(islice(conversations, BATCH)):
        for (name, transcript), findings in zip(batch, inspect_many([transcript for _, transcript in batch], pack), strict=True):
            for finding in findings:
                yield name, transcript, finding


def _lines(found: Iterable[tuple[str, Transcript, Finding]]) -> None:
    for name, transcript, one in found:
        turn = transcript.turns[one.span.turn]
        said = {
            "conversation": name, "turn": one.span.turn, "start": one.span.start, "end": one.span.end,
            "at": turn.at.isoformat() if turn.at else None, "role": turn.role, "norm": one.norm, "norm_version": one.norm_version,
            "instrument": one.instrument, "kind": one.kind, "quote": one.quote, "slots": dict(one.slots),
        }  # fmt: skip
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


def _table(found: Iterable[tuple[str, Transcript, Finding]], pack: Pack) -> None:
    table = Table(title="聆听 Lingting", caption="An instrument that was not calibrated gives indications.")
    for heading in ("对话 conversation", "规范 norm", "原话 quote", "读出 read out"):
        table.add_column(heading, overflow="fold")
    for name, transcript, one in found:
        turn = transcript.turns[one.span.turn]
        slots = " · ".join(f"{slot} {value}" for slot, value in one.slots.items())
        table.add_row(f"{name[:24]}\n{turn.at:%m-%d %H:%M} {turn.role}", f"{one.norm}\n{pack.norm(one.norm).zh}", one.quote, slots)
    Console().print(table)
