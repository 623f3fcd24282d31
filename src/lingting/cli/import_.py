"""`lingting import`: brings files and folders of conversations in; doing it again adds nothing."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lingting.message import Message, Mistake

if TYPE_CHECKING:
    from lingting import spine

BATCH = 5_000
"""Messages written in one transaction: what a kill can cost in work, never in records."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--listen/--no-listen", default=True, help="Listen and assess afterwards, here and now.")
def import_(paths: tuple[Path, ...], *, listen: bool) -> None:
    """Import conversations from PATHS: JSON Lines, CSV, XLSX, vCon, .eml, mbox, recordings, or folders of them."""
    *mistakes, last = summary(bring_in(paths, listen=listen))
    for mistake in mistakes:
        click.echo(mistake, err=True)
    click.echo(last)


def summary(received: "spine.Received") -> Iterator[str]:
    """Yield each mistake with where it is and what to do, then the counts."""
    for mistake in received.mistakes:
        place = ", ".join(part for part in (mistake.path, mistake.place) if part)
        yield f"{place}: {mistake.wrong} {mistake.remedy}"
    yield (
        f"{received.conversations} conversations and {received.messages} messages written down; "
        f"{received.known} messages were known already; {len(received.mistakes)} could not be taken."
        + (f" {received.rehearsals} conversations were held to practise: kept apart, counted nowhere." if received.rehearsals else "")
    )


def bring_in(paths: Iterable[Path], *, listen: bool) -> "spine.Received":
    """Read, write down and, if asked, listen; show how far it is."""
    from lingting import spine
    from lingting.channels.read import read
    from lingting.ledger import statistics
    from lingting.site import clock, worker

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    received, recogniser = spine.Received(), worker.recogniser()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        reading = progress.add_task("reading", total=None)
        for path in paths:
            items = read(path, ours=worker.ours(), zone=worker.zone(), recogniser=recogniser)
            for batch in _batches(items, received.mistakes):
                received += spine.receive(batch, calendar=worker.calendar())
                progress.advance(reading, len(batch))
        statistics.refresh()
        if listen:
            waiting = spine.waiting()
            listening = progress.add_task("listening", total=waiting)
            while spine.work(pack=worker.pack(), now=clock.now(), advance=lambda n: progress.advance(listening, n)):
                pass
            worker.seal()
    return received


def _batches(items: Iterable[Message | Mistake], mistakes: list[Mistake]) -> Iterator[list[Message]]:
    """Yield messages by the batch, never cutting a conversation in two; put mistakes aside."""
    batch: list[Message] = []
    for item in items:
        if isinstance(item, Mistake):
            mistakes.append(item)
            continue
        if len(batch) >= BATCH and item.envelope is not batch[-1].envelope:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch
