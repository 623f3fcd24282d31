"""`lingting inspect`: listens to files and prints what it finds, with no database."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from lingting.channels.read import read
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect_many
from lingting.inspection.finding import Finding
from lingting.inspection.pack import Pack, standard_pack
from lingting.inspection.transcript import Role, Transcript, Turn
from lingting.message import Envelope, Message, Mistake
from lingting.site import options, speech

if TYPE_CHECKING:
    from lingting.channels.recording.recognise import Recogniser

BATCH = 200


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "shape", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("--norm", "norms", multiple=True, help="Only findings of this norm; may be given several times.")
@click.option("--organisation", default="", help="Your organisation's name, for the opening.")
@click.option("--ours", multiple=True, help="A mail domain or address of your organisation.")
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="The zone of times that name none.")
def inspect(paths: tuple[Path, ...], shape: str, norms: tuple[str, ...], organisation: str, ours: tuple[str, ...], zone: str) -> None:
    """Listen to the conversations in PATHS and print the findings with their quotes."""
    from zoneinfo import ZoneInfo

    place = ZoneInfo(zone)
    pack = standard_pack(organisation=organisation, calendar=WorkCalendar(place))
    mistakes: list[Mistake] = []
    recogniser = _recogniser()
    items = (item for path in paths for item in read(path, ours=ours, zone=place, recogniser=recogniser))
    found = listened(_kept(items, mistakes), pack)
    wanted = ((envelope, transcript, one) for envelope, transcript, one in found if not norms or one.norm in norms)
    _lines(wanted) if shape == "jsonl" else _table(wanted, pack)
    for mistake in mistakes:
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


def listened(messages: Iterable[Message], pack: Pack) -> Iterator[tuple[Envelope, Transcript, Finding]]:
    """Yield what is found in messages that stand together by conversation; a mail thread is put together by its references first."""
    threads = groupby(messages, lambda message: (message.envelope.source, message.envelope.key))
    grouped = ((name, list(thread)) for name, thread in threads)
    while batch := list(islice(grouped, BATCH)):
        transcripts = [_transcript(thread) for _, thread in batch]
        for (_, thread), transcript, findings in zip(batch, transcripts, inspect_many(transcripts, pack), strict=True):
            for finding in findings:
                yield thread[0].envelope, transcript, finding


def _transcript(thread: list[Message]) -> Transcript:
    ordered = sorted(thread, key=lambda message: message.at)
    turns = tuple(
        Turn(
            Role.SYSTEM if message.automatic else message.role, message.text, message.at, message.until, message.speaker, message.key,
            message.confidence, message.loudness,
        )
        for message in ordered
    )  # fmt: skip
    envelope = thread[0].envelope
    return Transcript(turns, envelope.channel, envelope.language, ended=True)


def _lines(found: Iterable[tuple[Envelope, Transcript, Finding]]) -> None:
    for envelope, transcript, one in found:
        turn = transcript.turns[one.span.turn]
        said = {
            "conversation": envelope.key, "turn": one.span.turn, "start": one.span.start, "end": one.span.end,
            "at": turn.at.isoformat() if turn.at else None, "role": turn.role, "norm": one.norm, "norm_version": one.norm_version,
            "instrument": one.instrument, "kind": one.kind, "quote": one.quote, "slots": dict(one.slots),
        }  # fmt: skip
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


def _table(found: Iterable[tuple[Envelope, Transcript, Finding]], pack: Pack) -> None:
    table = Table(title="聆听 Lingting", caption="An instrument that was not calibrated gives indications.")
    for heading in ("对话 conversation", "规范 norm", "原话 quote", "读出 read out"):
        table.add_column(heading, overflow="fold")
    for envelope, transcript, one in found:
        turn = transcript.turns[one.span.turn]
        slots = " · ".join(f"{name} {value}" for name, value in one.slots.items())
        table.add_row(f"{envelope.key[:24]}\n{turn.at:%m-%d %H:%M} {turn.role}", f"{one.norm}\n{pack.norm(one.norm).zh}", one.quote, slots)
    Console().print(table)
