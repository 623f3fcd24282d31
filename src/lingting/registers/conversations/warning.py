"""Warning (预警): what shows in the customer's words before it comes to a quarrel, and how long before (S-BANK-19)."""

from datetime import datetime

from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.statistics.parts import Part

EARLY = ("misunderstanding.raised", "feeling.anger", "stance.agitated", "urging.customer", "point.repeated", "complaint.made", "told.again")
"""What warns: the customer is not understood, presses, or grows heated."""

QUARREL = ("abuse.customer", "arguing.retort")
"""What makes a quarrel: the customer abuses us, or we argue back."""


def _first(moment: Moment, norms: tuple[str, ...]) -> dict[int, datetime]:
    rows = queries.findings(moment).filter(norm__in=norms).order_by("-at", "-id").values_list("conversation", "at")
    return dict(rows)


def leads(moment: Moment) -> dict[int, float | None]:
    """Return of each conversation that came to a quarrel how many seconds before it the first warning was heard; None where none was."""
    quarrels, warned = _first(moment, QUARREL), _first(moment, EARLY)
    return {number: (at - warned[number]).total_seconds() if number in warned and warned[number] < at else None for number, at in quarrels.items()}


def warned(moment: Moment) -> Part:
    """Return the conversations that came to a quarrel, and those of them in which a warning was heard before it."""
    found = leads(moment)
    return Part(frozenset(found), frozenset(number for number, lead in found.items() if lead is not None))
