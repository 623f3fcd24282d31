"""Ratings by people (人工评分), of all who work here together: how many are good, and how far the level we put together agrees with theirs."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Q

from lingting.inspection.level import Level
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.registers.people.choices import Side
from lingting.registers.people.rated import Toned
from lingting.statistics.agreement import kappa_interval, weighted_kappa
from lingting.statistics.intervals import Interval, wilson

GOOD = 4
"""From this score of 5 on a rating is good; a house default."""


@dataclass(frozen=True, slots=True)
class Rated:
    """How many ratings of a side there are, and how many of them are good."""

    side: str
    zh: str
    en: str
    hits: int
    n: int

    @property
    def interval(self) -> Interval | None:
        """Return the 95 % interval of the share."""
        return wilson(self.hits, self.n)


def of(moment: Moment, side: str, *, good: bool = False) -> RecordQuerySet[Any]:
    """Return the ratings of a side, or the good ones of them."""
    rows = Toned.objects.as_of(moment).filter(Q(side=side) | Q(side="") if side == Side.TONE else Q(side=side))
    return rows.filter(score__gte=GOOD) if good else rows


def sides(moment: Moment) -> list[Rated]:
    """Return the sides of which there is a rating."""
    names = kinds()["people.toned"].column("side").text.choices
    found = [Rated(side, names[side].zh, names[side].en, of(moment, side, good=True).count(), of(moment, side).count()) for side in Side.values]
    return [one for one in found if one.n]


@dataclass(frozen=True, slots=True)
class Against:
    """How far two agree on the level of the same conversations: weighted kappa with its interval."""

    n: int
    kappa: float | None
    interval: Interval | None


def against(moment: Moment, told: dict[int, Level]) -> Against | None:
    """Return how far the level that findings amount to agrees with the level that people gave, each rating once (S-LISTEN-15); nothing without a pair."""
    pairs = [(told[number], score) for number, score in of(moment, Side.LISTENING).values_list("conversation", "score") if number in told]
    if not pairs:
        return None
    counts = np.zeros((len(Level), len(Level)), dtype=np.int64)
    for level, score in pairs:
        counts[level - 1, score - 1] += 1
    return Against(len(pairs), weighted_kappa(counts, "quadratic"), kappa_interval(counts, "quadratic"))
