"""A record as evidence: one line that says what it is, and where its words stand."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from lingting.access.closed import shut
from lingting.access.models import Account
from lingting.access.own import too_early
from lingting.access.queues import hidden, names
from lingting.ledger.models import Record
from lingting.records.kind import kinds
from lingting.records.values import name_of
from lingting.registers.conversations.models import Found
from lingting.site.clock import now


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list of evidence; `words` are somebody's, quoted."""

    number: int
    kind: str
    at: datetime | None
    words: str
    address: str


HIDDEN = "▒▒"
"""Words that stand where the reader may not see them."""


def shown(row: object, account: Account) -> Line:
    """Return a record, or a bare value that was counted, as a line of evidence; of a queue that the reader may not see, that it is there and no word."""
    if not isinstance(row, Record):
        return Line(0, "", None, str(row), "")
    if out_of_sight(row, account):
        return Line(row.id, row._meta.label_lower, row.at, HIDDEN, "")
    if row._meta.label_lower in kinds():
        return Line(row.id, row._meta.label_lower, row.at, name_of(row), address(row))
    words = next((text for name in ("quote", "words", "statement", "what", "reason", "note", "name", "subject") if (text := getattr(row, name, None))), "")
    return Line(row.id, row._meta.label_lower, row.at, str(words), address(row))


def out_of_sight(row: Record, account: Account) -> bool:
    """Tell whether a record holds words of a conversation in a queue that the reader may not see, or judges another by words that are theirs first.

    Of closed kinds, whether the reader is none of those who see it.
    """
    if shut(row, account):
        return True
    if isinstance(row, Found) and too_early(row, account, now()):
        return True
    if not names(account):
        return False
    conversation = row if row._meta.label_lower == "conversations.conversation" else getattr(row, "conversation", None)
    if conversation is None and getattr(row, "found_id", None):
        conversation = row.found.conversation  # type: ignore[attr-defined]  # it has one
    return conversation is not None and hidden(conversation, account)


def address(row: Record) -> str:
    """Return the page on which a record stands, or nothing."""
    kind = row._meta.label_lower
    pages = {
        "promises.promise": "promise", "parties.party": "party", "improvements.nonconformity": "improvement", "conversations.conversation": "conversation",
        "property.item": "item", "contingencies.activated": "activation",
        "complaints.complaint": "complaint", "orders.change": "change", "suppliers.provider": "provider", "instruments.instrument": "instrument",
        "agreements.agreement": "agreement", "audits.audit": "audit",
    }  # fmt: skip
    if kind in pages:
        return reverse(pages[kind], args=[row.id])
    if kind in kinds():
        return reverse("record", args=[*kind.split("."), row.id])
    for name, target in (("conversation_id", "conversation"), ("nonconformity_id", "improvement"), ("party_id", "party")):
        if number := getattr(row, name, None):
            turn = getattr(row, "said_id", None)
            return reverse(target, args=[number]) + (f"#said-{turn}" if turn and target == "conversation" else "")
    return ""
