"""Loyalty (忠诚和保有) by the tier that a customer had when they first ordered: who ordered again soon, who still orders; reckoned from orders alone.

The tier is that of then and not of now: who orders often is given a higher one, and would make it look loyal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lingting.ledger.moment import Moment
from lingting.registers.orders import returning
from lingting.registers.parties import queries as parties
from lingting.registers.parties.models import Grade
from lingting.statistics.parts import Part

NONE, ALL = "none", "all"
GROUPS = (ALL, *Grade.values, NONE)
"""All customers, each tier, and those who had none then."""


@dataclass(frozen=True, slots=True)
class Loyalty:
    """Of one group: who ordered again within the time, of those followed so long; who still orders, of those who could be gone by now."""

    again: Part
    stays: Part

    def sides(self) -> dict[str, frozenset[int]]:
        """Return the customers behind each number, by its name in the address."""
        return {"followed": self.again.whole, "again": self.again.part, "aged": self.stays.whole, "stays": self.stays.part}


def by_tier(moment: Moment) -> Mapping[str, Loyalty]:
    """Return the loyalty of each group in which there is anybody (S-BANK-03, S-SVC-22)."""
    told = returning.loyal(moment)
    firsts = [(party, one.first) for party, one in told.items()]
    tiers = {party: tier or NONE for (party, _), tier in zip(firsts, parties.tiers_at(moment, firsts), strict=True)}
    members = {group: {party for party in told if group in {ALL, tiers[party]}} for group in GROUPS}
    return {group: _of({party: told[party] for party in ones}) for group, ones in members.items() if ones}


def _of(told: Mapping[int, returning.Loyal]) -> Loyalty:
    followed = frozenset(party for party, one in told.items() if one.again is not None)
    aged = frozenset(party for party, one in told.items() if one.stays is not None)
    return Loyalty(
        Part(followed, frozenset(party for party in followed if told[party].again)), Part(aged, frozenset(party for party in aged if told[party].stays))
    )
