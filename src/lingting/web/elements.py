"""The seven elements (七要素) of one conversation as its page shows them: what stands for each, and which the record lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lingting.access.models import Account
from lingting.access.roles import may
from lingting.ledger.moment import Moment
from lingting.registers.complaints import queries as complaints
from lingting.registers.conversations import elements
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Conversation, Hindered, Said
from lingting.registers.parties import identity
from lingting.registers.promises import queries as promises


@dataclass(frozen=True, slots=True)
class Context:
    """What was open with a customer when a conversation began, out of the book as of that moment; a number that the reader may not know is None."""

    complaints: int | None
    promises: int | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of one conversation: which are missing, the barriers written down, how many turns tell of one by themselves, and the context."""

    missing: tuple[str, ...]
    barriers: tuple[Hindered, ...]
    unclear: int
    context: Context | None


def of(row: Conversation, said: Sequence[Said], moment: Moment, account: Account) -> Elements:
    """Return the seven elements of a conversation."""
    lacking = elements.missing(moment, frozenset([row.pk]))
    unclear = elements.unclear(moment).filter(pk__in=[one.pk for one in said]).count()
    written = tuple(elements.barriers(row, moment))
    return Elements(tuple(name for name in elements.ELEMENTS if row.pk in lacking[name]), written, unclear, _context(row, account))


def _context(row: Conversation, account: Account) -> Context | None:
    if row.party_id is None:
        return None
    then = Moment(row.at)
    entries = identity.same(row.party_id, then)
    before = conversations.begun(then).filter(party__in=entries, at__lt=row.at).order_by("-at").values_list("at", flat=True).first()
    return Context(
        complaints.open_(then).filter(party__in=entries).count() if may(account, "complaints.read") else None,
        promises.waiting(then).filter(party__in=entries).count() + promises.overdue(then).filter(party__in=entries).count()
        if may(account, "promises.read") else None,
        before,
    )  # fmt: skip
