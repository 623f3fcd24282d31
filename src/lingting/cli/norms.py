"""`lingting norms`: tests the samples of the norms, and tries a norm on files before it is switched on."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from lingting.catalog import load
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.pack import pack
from lingting.inspection.samples import failures
from lingting.inspection.scan import BadPattern
from lingting.site import options


@click.group()
def norms() -> None:
    """Work with the norms."""


@norms.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path), default=load.HERE / "norms")
@click.pass_context
def test(context: click.Context, folder: Path) -> None:
    """Run every sample of every norm in FOLDER."""
    found, errors = load.norms(folder)
    for error in errors:
        click.echo(str(error))
    try:
        compiled = pack(found, calendar=WorkCalendar(ZoneInfo("Asia/Shanghai")), kept=options.packs(os.environ))
    except BadPattern as error:
        raise click.ClickException(f"{load.place_of(error.pattern, folder)}: {error} Hyperscan has no look-around; see docs/norm-language.md.") from error
    failed = [failure for norm in found for failure in failures(norm, compiled)]
    for failure in failed:
        click.echo(f"{failure.norm}:\n{failure.text}\n  wanted {failure.wanted}\n  found  {failure.found}")
    samples = sum(len(norm.flags) + len(norm.passes) for norm in found)
    click.echo(f"{len(found)} norms, {samples} samples, {len(failed)} failed, {len(errors)} mistakes in files.")
    context.exit(1 if failed or errors else 0)


@norms.command("try")
@click.argument("norm")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def try_(norm: str, paths: tuple[Path, ...]) -> None:
    """Show what NORM would have found in the conversations in PATHS."""
    from lingting.cli.inspect import inspect

    if norm not in {known.id for known in load.read_norms()}:
        raise click.ClickException(f"There is no norm {norm}; there are {', '.join(known.id for known in load.read_norms())}.")
    click.get_current_context().invoke(inspect, paths=paths, shape="table", norms=(norm,), organisation="", ours=(), zone="Asia/Shanghai")
