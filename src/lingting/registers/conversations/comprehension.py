"""Comprehension (听懂率) of many conversations: where we asked whether all is clear, and what the customer answered to the last such question.

Read from the words; a misunderstanding that was heard and not resolved is an answer too. What a person wrote down of an answer stands in other registers.
"""

from collections.abc import Sequence

from lingting.inspection.comprehension import HINTS, answered, asked
from lingting.inspection.transcript import Role
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.registers.conversations.reading import Line, read

UNRESOLVED = "misunderstanding.unresolved"


def answers(moment: Moment) -> dict[int, bool | None]:
    """Return of each conversation in which we asked whether the customer understood that they did, or did not; None where they answered neither."""
    return {number: answer for number, (asks, answer) in read(moment, "comprehension", _answer).items() if asks}


def _answer(lines: Sequence[Line]) -> tuple[bool, bool | None]:
    """Tell whether we asked in a conversation, and what was answered to the last time we did."""
    how, found, asks = "", None, False
    for line in lines:
        if line.role == Role.CUSTOMER and how:
            how, found = "", answered(how, line.plain)
        elif line.role == Role.AGENT and any(hint in line.plain for hint in HINTS) and (again := asked(line.plain)):
            how, found, asks = again, None, True
    return asks, found


def misunderstood(moment: Moment) -> frozenset[int]:
    """Return the conversations in which a misunderstanding was heard and not resolved."""
    return frozenset(queries.findings(moment).filter(norm=UNRESOLVED).order_by().values_list("conversation", flat=True))
