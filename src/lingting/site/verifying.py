"""Verifying (核验): the whole book and every verdict recomputed, and what came of it written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lingting.conformity import assess
from lingting.conformity.models import Assessed
from lingting.ledger import triggers
from lingting.ledger import verify as book
from lingting.ledger.models import POSITIONS, Block, Entry
from lingting.ledger.triggers import record_tables
from lingting.ledger.verify import Broken
from lingting.records.write import enter
from lingting.registers.documents.keeping import EVERYTHING
from lingting.registers.documents.retained import Verified
from lingting.site import clock, worker

Advance = Callable[[int], object]


@dataclass(slots=True)
class Outcome:
    """What does not agree: the broken places of the chain, and all of it as sentences."""

    found: list[Broken] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def verify(*, entries: Advance = lambda _: None, verdicts: Advance = lambda _: None) -> Outcome:
    """Recompute every record, entry, block and verdict; return what does not agree."""
    outcome = Outcome(broken=[f"trigger {name} is missing" for name in triggers.missing()])
    outcome.found += book.broken_entries(advance=entries)
    key = worker.seal_key()
    outcome.found += book.broken_blocks(key.public_key() if key else None, heads=worker.heads())
    outcome.broken += [f"{one.what} {one.number}: {book.REASONS[one.why]}" for one in outcome.found]
    for row, standing in assess.untrue(advance=verdicts):
        result = standing.verdict
        outcome.broken.append(
            f"verdict {row.id} on {row.check_id}: it says {row.state} ({row.failing} of {row.scope} failing), "
            f"the records say {result.state} ({result.failing} of {result.scope})"
        )
    return outcome


def counted() -> str:
    """Return how much there is to verify."""
    return f"{Entry.objects.count()} entries, {Block.objects.count()} blocks, {Assessed.objects.count()} verdicts"


def attest(outcome: Outcome) -> None:
    """Write down that the book was verified: how much of it, how much of that does not agree, which kinds of record it touches, where the chain stood."""
    head, broken = Block.objects.order_by("-height").first(), outcome.broken
    row = Verified(
        at=clock.now(), entries=Entry.objects.count(), broken=len(broken), kinds=" ".join(sorted(_touched(outcome.found, len(broken)))),
        first=broken[0] if broken else "", head=bytes(head.hash).hex() if head else "",
    )  # fmt: skip
    enter(row)
    worker.seal()


def _touched(found: Sequence[Broken], broken: int) -> set[str]:
    """Return the kinds of record that broken places touch; what cannot be told is everything."""
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
