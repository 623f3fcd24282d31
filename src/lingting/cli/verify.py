"""`lingting verify`: recomputes the chain and every verdict, and names the first thing that does not agree."""

import click
from rich.console import Console
from rich.progress import Progress


@click.command()
@click.option("--all", "every", is_flag=True, help="Name everything that is broken, not only the first.")
@click.option("--record/--no-record", default=True, help="Write down in the book that it was verified, and what came out.")
@click.pass_context
def verify(context: click.Context, *, every: bool, record: bool) -> None:
    """Recompute every record, entry, block and verdict; exit 1 if anything does not agree."""
    from lingting.conformity.models import Assessed
    from lingting.ledger.models import Entry
    from lingting.site import verifying

    with Progress(console=Console(stderr=True)) as progress:
        entries = progress.add_task("entries", total=Entry.objects.count())
        verdicts = progress.add_task("verdicts", total=Assessed.objects.count())
        outcome = verifying.verify(entries=lambda done: progress.advance(entries, done), verdicts=lambda done: progress.advance(verdicts, done))
    counted = verifying.counted()
    if record:
        verifying.attest(outcome)
    if not outcome.broken:
        click.echo(f"Intact: {counted}.")
        return
    for sentence in outcome.broken if every else outcome.broken[:1]:
        click.echo(sentence)
    click.echo(f"NOT intact: {len(outcome.broken)} of {counted} do not agree.")
    context.exit(1)
