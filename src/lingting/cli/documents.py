"""`lingting documents`: reads documents from files – looks them over, or enters them as revisions with whatever looks wrong in them."""

from collections.abc import Iterator
from pathlib import Path

import click


@click.group()
def documents() -> None:
    """Look documents over for slips and near copies, or enter them."""


@documents.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--clause", is_flag=True, help="These work out clauses: number, title and all four layers must be there.")
@click.pass_context
def look(context: click.Context, files: tuple[Path, ...], *, clause: bool) -> None:
    """Look FILES over (.docx, .html, .md, .txt), each for itself and beside the others; nothing is written down."""
    from lingting.registers.documents.headings import gaps
    from lingting.registers.documents.likeness import NEAR, differences, likeness
    from lingting.registers.documents.slips import slips

    read = list(_read(files))
    found = 0
    for place, (path, text) in enumerate(read):
        for slip, quote in (*slips(text), *(gaps(text) if clause else ())):
            found += 1
            click.echo(f"{path.name}: {slip}: {quote}")
        for other, before in read[:place]:
            if (like := likeness(text, before)) >= NEAR:
                found += 1
                click.echo(f"{path.name}: near copy of {other.name} ({like:.2f})")
                for one in differences(text, before):
                    found += 1
                    click.echo(f"{path.name}: {one.slip}: {one.quote} ≠ {one.against}")
    click.echo(f"{len(read)} documents read, {found} places to look at.")
    if found or len(read) < len(files):
        context.exit(1)


@documents.command()
@click.argument("code")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--number", default="", help="The number of the revision.")
@click.option("--author", default="", help="The code of the person who wrote it.")
@click.option("--effective", default="", help="The day from which it is in force; empty for a draft.")
@click.option("--change", default="", help="What changed against the revision before.")
@click.pass_context
def add(context: click.Context, /, code: str, file: Path, **given: str) -> None:
    """Enter FILE as a revision of document CODE, with its flaws and near copies."""
    from lingting.records.kind import kinds
    from lingting.records.write import Refused, draft, enter
    from lingting.registers.documents.models import Duplicate, Flaw, Revision
    from lingting.site import clock, worker

    read = dict(_read((file,)))
    if not read:
        context.exit(1)
    made = draft(kinds()["documents.revision"], {"document": code, "medium": "file", **given}, now=clock.now(), zone=worker.zone())
    if not isinstance(made.row, Revision):
        raise click.ClickException("; ".join(f"{one.zh} {one.en}" for one in made.wrong))
    made.row.words = read[file]
    try:
        row = enter(made.row)
    except Refused as refused:
        raise click.ClickException("; ".join(f"{one.zh} {one.en}" for one in refused.wrong)) from refused
    worker.seal()
    flaws, copies = Flaw.objects.filter(revision=row.id).count(), Duplicate.objects.filter(revision=row.id).count()
    click.echo(f"{code}: entered with {len(read[file]):,} letters; {flaws} places look wrong, {copies} near copies.")


def _read(files: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """Yield each file that can be read with its words; say of the others why not."""
    from lingting.channels.paper.read import Unreadable, words

    for path in files:
        try:
            yield path, words(path.name, path.read_bytes())
        except Unreadable as error:
            click.echo(f"{path.name}: {error}", err=True)
