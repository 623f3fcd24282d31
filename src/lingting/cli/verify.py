"""`lingting verify`: recomputes the chain and every verdict, and names the first thing that does not agree."""

import click
from rich.console import Console
from rich.progress import Progress


@click.command()
@click.option("--all", "every", is_flag=True, help="Name everything that is broken, not only the first.")
@click.pass_context
def verify(context: click.Context, *, every: bool) -> None:
    """Recompute every record, entry, block and verdict; exit 1 if anything does not agree."""
    from django.conf import settings

    from lingting.conformity import assess
    from lingting.conformity.models import Assessed
    from lingting.ledger import triggers
    from lingting.ledger import verify as book
    from lingting.ledger.models import Block, Entry
    from lingting.site import worker

    broken: list[str] = [f"trigger {name} is missing" for name in triggers.missing()]
    with Progress(console=Console(stderr=True)) as progress:
        entries = progress.add_task("entries", total=Entry.objects.count())
        found = list(book.broken_entries(advance=lambda done: progress.advance(entries, done)))
        key = worker.seal_key()
        found += book.broken_blocks(key.public_key() if key else None, heads=settings.HOME / "heads.log")
        broken += [f"{one.what} {one.number}: {book.REASONS[one.why]}" for one in found]
        verdicts = progress.add_task("verdicts", total=Assessed.objects.count())
        for row, standing in assess.untrue(advance=lambda done: progress.advance(verdicts, done)):
            result = standing.verdict
            broken.append(
                f"verdict {row.id} on {row.check_id}: it says {row.state} ({row.failing} of {row.scope} failing), "
                f"the records say {result.state} ({result.failing} of {result.scope})"
            )
    counted = f"{Entry.objects.count()} entries, {Block.objects.count()} blocks, {Assessed.objects.count()} verdicts"
    if not broken:
        click.echo(f"Intact: {counted}.")
        return
    for sentence in broken if every else broken[:1]:
        click.echo(sentence)
    click.echo(f"NOT intact: {len(broken)} of {counted} do not agree.")
    context.exit(1)
