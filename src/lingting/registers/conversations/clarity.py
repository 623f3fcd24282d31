"""Clarity (转写的把握): how sure the recogniser was of our words – a hint to listen to the sound, never a fault: accents, lines and noise lower it as well."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from lingting.inspection.transcript import Role
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Said
from lingting.statistics.parts import Part

UNSURE = 70
"""Below this confidence, in percent, the recogniser was not sure of a turn; a house default."""


@dataclass(frozen=True, slots=True)
class Clarity:
    """Of one conversation: of how many of our turns the confidence is known, its middle, and how many lie below the limit."""

    turns: int
    middle: float
    unsure: int

    @property
    def low(self) -> bool:
        """Tell whether the middle turn lies below the limit: somebody may listen to the sound."""
        return self.middle < UNSURE


def clarity(sure: Iterable[int | None]) -> Clarity | None:
    """Return how sure the recogniser was of our turns; nothing where no confidence is known, as of what was typed.

    >>> clarity([90, None, 60, 80])
    Clarity(turns=3, middle=80, unsure=1)
    """
    known = [one for one in sure if one is not None]
    return Clarity(len(known), median(known), sum(one < UNSURE for one in known)) if known else None


def recognised(moment: Moment) -> RecordQuerySet[Said]:
    """Return our own words of which it is known how sure the recogniser was."""
    return Said.objects.as_of(moment).filter(role=Role.AGENT, automatic="", confidence__isnull=False)


def unclear(moment: Moment) -> Part:
    """Return the conversations of which our recogniser's confidence is known, and those whose middle turn lies below the limit (S-HOT-05)."""
    sure: dict[int, list[int | None]] = {}
    for number, confidence in recognised(moment).order_by().values_list("conversation", "confidence"):
        sure.setdefault(number, []).append(confidence)
    told = {number: clarity(ones) for number, ones in sure.items()}
    return Part(frozenset(told), frozenset(number for number, one in told.items() if one is not None and one.low))
