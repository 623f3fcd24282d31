"""One figure of comprehension (听懂率): the share of customers who said, or were heard to say, that they had understood (8.2.1 a)."""

from collections.abc import Mapping

from lingting.ledger.moment import Moment
from lingting.registers.conversations import comprehension
from lingting.registers.offerings.models import Told
from lingting.statistics.parts import Part


def understood(moment: Moment, heard: Mapping[int, bool | None]) -> Part:
    """Return the conversations of which it is known whether the customer understood, and those in which they did (S-821-10, S-BANK-14).

    What somebody wrote down of the answer goes before what was heard (`heard`), the newest before the older. A misunderstanding that was
    heard and not resolved counts as not understood.
    """
    known = {number: answer for number, answer in heard.items() if answer is not None} | dict.fromkeys(comprehension.misunderstood(moment), False)
    rows = Told.objects.as_of(moment).filter(conversation__isnull=False, understood__in=(Told.Understood.CLEAR, Told.Understood.UNCLEAR))
    for number, answer in rows.order_by("at", "id").values_list("conversation", "understood"):
        known[number] = answer == Told.Understood.CLEAR
    return Part(frozenset(known), frozenset(number for number, yes in known.items() if yes))


def answered(heard: Mapping[int, bool | None]) -> Part:
    """Return the conversations in which we asked whether all is clear, and those in which the answer was heard to be one or the other."""
    return Part(frozenset(heard), frozenset(number for number, answer in heard.items() if answer is not None))
