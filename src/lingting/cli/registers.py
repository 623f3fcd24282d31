"""`lingting registers`: a register as a workbook – empty to fill in, with its records, or coming back in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import track

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


def _named(name: str) -> "Register":
    from lingting.records.kind import registers as described

    if name not in described():
        raise click.ClickException(f"There is no register {name}. These are: {', '.join(described())}.")
    return described()[name]
