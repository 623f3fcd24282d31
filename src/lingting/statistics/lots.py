"""Lots (批) by acceptance quality limit: the single plans for normal inspection, and when inspection becomes stricter or stops.

MIL-STD-105E (public domain), tables I and II-A; ISO 2859-1:1999 has the same numbers. The master table is a diagonal, so none is copied:
letter + limit tells the acceptance number.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lingting.statistics.sampling import Plan

SIZES = {
    "A": 2, "B": 3, "C": 5, "D": 8, "E": 13, "F": 20, "G": 32, "H": 50, "J": 80, "K": 125, "L": 200, "M": 315, "N": 500, "P": 800, "Q": 1250, "R": 2000,
}  # fmt: skip
"""How many to look at, by code letter."""

LIMITS = (
    0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.25, 0.4, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10, 15, 25, 40, 65, 100, 150, 250, 400, 650, 1000,
)  # fmt: skip
"""Acceptance quality limits: nonconforming of a hundred, above 10 nonconformities of a hundred."""

LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
"""The largest lot of each row of table I; the last row has no end."""

LETTERS = {
    "S-1": "AAAABBBBCCCCDDD", "S-2": "AAABBBCCCDDDEEE", "S-3": "AABBCCDDEEFFGGH", "S-4": "AABCCDEEFGGHJJK",
    "I": "AABCCDEFGHJKLMN", "II": "ABCDEFGHJKLMNPQ", "III": "BCDEFGHJKLMNPQR",
}  # fmt: skip
"""The code letter by level of inspection, one a row of table I."""

ACCEPT = {14: 0, 17: 1, 18: 2, 19: 3, 20: 5, 21: 7, 22: 10, 23: 14, 24: 21}
FEW, SMALL = {25: 30, 26: 44}, "ABCDE"
"""Acceptance numbers by diagonal (place of letter + place of limit); the last two for the small letters only."""
UPWARD = {15, *range(25, 41)}
"""The diagonals whose arrows point to the letter before; all others point to one after."""


def letter_for(lot: int, level: str = "II") -> str:
    """Return the code letter of a lot at a level of inspection (table I).

    >>> letter_for(1000), letter_for(1000, "S-2")
    ('J', 'C')
    """
    return LETTERS[level][bisect_left(LOTS, lot)]


def plan_for(letter: str, limit: float) -> Plan:
    """Return the normal single plan (table II-A), along the arrow where a cell has none; it may belong to another letter.

    >>> plan_for("K", 1.0), plan_for("K", 0.15)
    (Plan(n=125, accept=3), Plan(n=80, accept=0))
    """
    names, column = list(SIZES), LIMITS.index(limit)
    row = names.index(letter)
    after, before = names[row + 1 :], names[row - 1 :: -1] if row else []
    order = [*before, *after] if row + column in UPWARD else [*after, *before]
    found = next(name for name in (letter, *order) if _accept(name, column) is not None)
    return Plan(SIZES[found], _accept(found, column) or 0)


def _accept(letter: str, column: int) -> int | None:
    diagonal = list(SIZES).index(letter) + column
    return ACCEPT.get(diagonal, FEW.get(diagonal) if letter in SMALL else None)


def plan_of_lot(lot: int, limit: float, level: str = "II") -> Plan:
    """Return the plan of a lot; where as many would be looked at as there are, all of them.

    >>> plan_of_lot(1000, 1.0), plan_of_lot(40, 0.1)
    (Plan(n=80, accept=2), Plan(n=40, accept=0))
    """
    plan = plan_for(letter_for(lot, level), limit)
    return plan if plan.n < lot else Plan(lot, plan.accept)


WINDOW, REFUSED, EARNED, COUNTED = 5, 2, 30, 2
"""Lots looked back on; refused among them for tightened; score for reduced; from which acceptance number on a lot must pass one limit tighter to score."""


class Severity(StrEnum):
    """How strictly lots are inspected."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    DISCONTINUED = "discontinued"


@dataclass(frozen=True, slots=True)
class Inspected:
    """A lot on its first inspection: accepted or not, by which acceptance number, and whether it would have passed one limit tighter."""

    accepted: bool
    accept: int = 0
    tighter: bool = False


@dataclass(frozen=True, slots=True)
class Regime:
    """How the next lot is to be inspected; with a score of thirty, reduced inspection is possible."""

    severity: Severity
    score: int

    @property
    def may_be_reduced(self) -> bool:
        """Tell whether the supplier has earned reduced inspection."""
        return self.severity is Severity.NORMAL and self.score >= EARNED


def regime(lots: Iterable[Inspected]) -> Regime:
    """Return how the next lot is to be inspected (ISO 2859-1:1999, 9.3).

    Two of five or fewer lots in a row refused: tightened. Five in a row accepted: normal again. Five refused while tightened: discontinued.

    >>> regime([Inspected(accepted=False), Inspected(accepted=True), Inspected(accepted=False)]).severity.value
    'tightened'
    """
    severity, score = Severity.NORMAL, 0
    since: list[bool] = []
    for lot in lots:
        since.append(lot.accepted)
        if severity is Severity.NORMAL:
            score = _score(score, lot)
            if since[-WINDOW:].count(False) >= REFUSED:
                severity, score, since = Severity.TIGHTENED, 0, []
        elif severity is Severity.TIGHTENED:
            if since.count(False) >= WINDOW:
                severity = Severity.DISCONTINUED
            elif len(since) >= WINDOW and all(since[-WINDOW:]):
                severity, since = Severity.NORMAL, []
    return Regime(severity, score)


def _score(score: int, lot: Inspected) -> int:
    if lot.accept >= COUNTED:
        return score + 3 if lot.accepted and lot.tighter else 0
    return score + 2 if lot.accepted else 0
