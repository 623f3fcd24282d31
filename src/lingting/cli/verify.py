"""`lingting verify`: recomputes the chain and every verdict, and names the first thing that does not agree."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress

if TYPE_CHECKING:
    from lingting.ledger.verify import Broken


@click.command()
@click.option("--all", "every", is_flag=True, help="Name everything that is broken, not only the first.")
@click.option("--record/--no-record", default=True, help="Write down in the book that it was verified, and what came out.")
@click.pass_context
def verify(context: click.Context, *, every: bool, record: bool) -> None:
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
    if record:
        attest(found, broken)
    if not broken:
        click.echo(f"Intact: {counted}.")
        return
    for sentence in broken if every else broken[:1]:
        click.echo(sentence)
    click.echo(f"NOT intact: {len(broken)} of {counted} do not agree.")
    context.exit(1)


def attest(found: "Sequence[Broken]", broken: Sequence[str]) -> None:
    """Write down that the book was verified: how much of it, how much of that does not agree, which kinds of record it touches, where the chain stood."""
    from lingting.ledger.models import Block, Entry
    from lingting.records.write import enter
    from lingting.registers.documents.retained import Verified
    from lingting.site import clock, worker

    head = Block.objects.order_by("-height").first()
    row = Verified(
        at=clock.now(), entries=Entry.objects.count(), broken=len(broken), kinds=" ".join(sorted(_touched(found, len(broken)))),
        first=broken[0] if broken else "", head=bytes(head.hash).hex() if head else "",
    )  # fmt: skip
    enter(row)
    worker.seal()


def _touched(found: "Sequence[Broken]", broken: int) -> set[str]:
    """Return the kinds of record that broken places touch; what cannot be told is everything."""
    from lingting.ledger.models import POSITIONS, Entry
    from lingting.ledger.triggers import record_tables
    from lingting.registers.documents.keeping import EVERYTHING

    touched = {EVERYTHING} if broken > len(found) else set()
    for one in found:
        kinds: set[str] = set()
        if one.what == "record":
            kinds = {kind._meta.label_lower for kind in record_tables() if kind.objects.filter(id=one.number).exists()}
        elif one.what == "entry" and (entry := Entry.objects.filter(id=one.number).first()):
            kinds = set(entry.kinds.split())
            # The record that changed, where the row tells, says it better than the act in which it stood.
            if any(other.what == "record" and other.number // POSITIONS == one.number for other in found):
                continue
        touched |= kinds or {EVERYTHING}
    return touched
