"""`lingting registers`: a register as a workbook – empty to fill in, with its records, or coming back in."""

from collections.abc import Collection, Iterator
from functools import partial
from graphlib import TopologicalSorter
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, track

if TYPE_CHECKING:
    from lingting.records.kind import Register


@click.group()
def registers() -> None:
    """Carry registers in and out as spreadsheets."""


@registers.command("list")
def list_() -> None:
    """List the registers and the kinds of record in each."""
    from lingting.records.kind import registers as described

    for register in described().values():
        click.echo(f"{register.name}: {register.text.zh} {register.text.en}")
        for kind in register.kinds:
            click.echo(f"  {kind.name}: {kind.text.zh} {kind.text.en}")


@registers.command()
@click.argument("name")
@click.argument("out", type=click.Path(path_type=Path))
def template(name: str, out: Path) -> None:
    """Write the empty workbook of register NAME to OUT."""
    from lingting.records.sheet import workbook
    from lingting.site import worker

    out.write_bytes(workbook(_named(name), None, zone=worker.zone()))


@registers.command()
@click.argument("name")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--at", default="", help="As of this day; empty means now.")
def export(name: str, out: Path, at: str) -> None:
    """Write register NAME with its records to OUT."""
    from lingting.records.sheet import workbook
    from lingting.site import clock, worker

    out.write_bytes(workbook(_named(name), clock.asked(at), zone=worker.zone()))


@registers.command("import")
@click.argument("name")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def import_(context: click.Context, name: str, files: tuple[Path, ...]) -> None:
    """Bring FILES (workbooks, or CSV files named after a kind) into register NAME; of each file all of it or nothing."""
    from lingting.records.bring import bring
    from lingting.site import clock, worker

    register, wrong = _named(name), 0
    for path in track(files, description=name, console=Console(stderr=True)):
        result = bring(register, path.name, path.read_bytes(), by=None, now=clock.now(), zone=worker.zone())
        for one in result.mistakes:
            click.echo(f"{path}: {one.place}: {one.zh} {one.en}", err=True)
        click.echo(f"{path}: {sum(result.written.values())} records written down; {result.known} were known already; {len(result.mistakes)} mistakes.")
        wrong += len(result.mistakes)
    worker.seal()
    if wrong:
        context.exit(1)


def bring_all(folder: Path, *, kinds: Collection[str] | None = None) -> Iterator[str]:
    """Bring in FOLDER/REGISTER/KIND.csv, what is referred to first, and show how far it is; yield every mistake with its place."""
    from lingting.records.bring import bring
    from lingting.site import clock, worker

    found = [(register, folder / register.name / f"{kind.name}.csv") for register in in_order() for kind in register.kinds if not kinds or kind.label in kinds]
    files = [(register, path, path.read_bytes()) for register, path in found if path.exists()]
    with Progress(TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        lines = [content.count(b"\n") - 1 for *_, content in files]
        task = progress.add_task("", total=sum(lines))
        for (register, path, content), done in zip(files, accumulate(lines), strict=True):
            progress.update(task, description=f"{register.name}.{path.stem}")
            advance = partial(progress.advance, task)
            result = bring(register, path.name, content, by=None, now=clock.now(), zone=worker.zone(), advance=advance)
            progress.update(task, completed=done)  # a cell of several lines is one row
            yield from (f"{path}: {one.place}: {one.zh} {one.en}" for one in result.mistakes)
    worker.seal()


def in_order() -> "list[Register]":
    """Return the registers so that those come first to whose records others refer; conversations and promises come in by other ways, before them all."""
    from lingting.records.kind import kinds
    from lingting.records.kind import registers as described

    graph = {
        name: sorted(
            {
                column.target._meta.app_label
                for kind in register.kinds for column in kind.columns if column.shape == "reference" and column.target._meta.label_lower in kinds()
            } - {name}
        )
        for name, register in described().items()
    }  # fmt: skip
    return [described()[name] for name in TopologicalSorter(graph).static_order() if name in graph]


def _named(name: str) -> "Register":
    from lingting.records.kind import registers as described

    if name not in described():
        raise click.ClickException(f"There is no register {name}. These are: {', '.join(described())}.")
    return described()[name]
