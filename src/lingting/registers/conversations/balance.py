"""Balance (谁说得多): how much of a conversation each side said, in characters – and, where every turn is timed, in seconds.

What was erased or never written down has no length: of such a conversation the share by characters is unknown. What was said automatically is nobody's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lingting.inspection.transcript import Role
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Said
from lingting.registers.conversations.reading import SIDES, Line, read
from lingting.statistics.parts import Part

ONE_SIDED = 0.8
"""From this share of the characters on it was mostly we who spoke; a house default."""


@dataclass(frozen=True, slots=True)
class Balance:
    """How much we said and how much the customer said, in one unit."""

    ours: float
    theirs: float

    @property
    def share(self) -> float | None:
        """Return our share; where nothing was said, none."""
        whole = self.ours + self.theirs
        return self.ours / whole if whole else None


@dataclass(frozen=True, slots=True)
class Talked:
    """How one conversation was shared: turns, how often the word passed from the customer to us, characters and seconds, as far as they are known."""

    turns: Balance
    passed: int
    letters: Balance | None
    seconds: Balance | None


def talked(said: Iterable[Said]) -> Talked | None:
    """Return how much each side said of one conversation, in the order of time; nothing where nobody spoke."""
    turns = [one for one in said if one.role in SIDES and not one.automatic]
    if not turns:
        return None
    passed = sum(before.role == Role.CUSTOMER and one.role == Role.AGENT for before, one in pairwise(turns))
    return Talked(_of(turns, lambda _: 1.0) or Balance(0, 0), passed, _of(turns, lambda one: float(len(one.text or "")) or None), _of(turns, _lasting))


def _of(turns: Iterable[Said], measure: Callable[[Said], float | None]) -> Balance | None:
    found = {Role.AGENT: 0.0, Role.CUSTOMER: 0.0}
    for one in turns:
        length = measure(one)
        if length is None:
            return None
        found[Role(one.role)] += length
    return Balance(found[Role.AGENT], found[Role.CUSTOMER])


def _lasting(one: Said) -> float | None:
    return (one.until - one.at).total_seconds() if one.until else None


def balances(moment: Moment) -> dict[int, Balance]:
    """Return of each conversation in which both sides spoke how many characters were ours and theirs; where a turn has no words left, it is not known."""
    return {number: one for number, one in read(moment, "balance", _balance).items() if one}


def _balance(lines: Sequence[Line]) -> Balance | None:
    ours, theirs = (sum(len(line.words) for line in lines if line.role == role) for role in SIDES)
    return Balance(ours, theirs) if ours and theirs and all(line.words for line in lines) else None


def sided(moment: Moment) -> tuple[Part, dict[int, Balance]]:
    """Return the conversations in which both spoke and those of them in which it was mostly we, and how each was shared (S-LISTEN-01)."""
    told = balances(moment)
    return Part(frozenset(told), frozenset(number for number, one in told.items() if (one.share or 0) >= ONE_SIDED)), told
