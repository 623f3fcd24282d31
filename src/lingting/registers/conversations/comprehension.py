"""Comprehension (听懂率) of many conversations: where we asked whether all is clear, and what the customer answered to the last such question.

Read from the words; a misunderstanding that was heard and not resolved is an answer too. What a person wrote down of an answer stands in other registers.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from lingting.inspection.comprehension import HINTS, answered, asked
from lingting.inspection.normalise import plain
from lingting.inspection.transcript import Role
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.registers.conversations.balance import SIDES
from lingting.registers.conversations.models import Said

UNRESOLVED = "misunderstanding.unresolved"


def answers(moment: Moment) -> dict[int, bool | None]:
    """Return of each conversation in which we asked whether the customer understood that they did, or did not; None where they answered neither."""
    said = Said.objects.as_of(moment).filter(automatic="")
    hints = reduce(or_, (Q(text__icontains=hint) for hint in HINTS))
    may_ask = said.filter(hints, role=Role.AGENT).values("conversation")
    rows = said.filter(conversation__in=may_ask, role__in=SIDES).order_by("conversation", "at", "id")
    found: dict[int, bool | None] = {}
    waiting: dict[int, str] = {}
    for number, role, text in rows.values_list("conversation", "role", "text"):
        words = plain(text or "")
        if role == Role.AGENT:
            if how := asked(words):
                waiting[number], found[number] = how, None
        elif number in waiting:
            found[number] = answered(waiting.pop(number), words)
    return found


def misunderstood(moment: Moment) -> frozenset[int]:
    """Return the conversations in which a misunderstanding was heard and not resolved."""
    return frozenset(queries.findings(moment).filter(norm=UNRESOLVED).order_by().values_list("conversation", flat=True))
