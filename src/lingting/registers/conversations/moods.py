"""Moods (心情的起止): how the customer's mood was heard at the beginning beside the end; where it was heard in one turn only, nothing is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lingting.inspection.mood import MOODS, mood_of
from lingting.inspection.transcript import Role
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.statistics.parts import Part

EXPLAINED = "practice.explained"

Ends = Mapping[int, tuple[int, int]]
"""Of each conversation the mood of the customer's first turn in which one was heard, and of the last."""


@dataclass(frozen=True, slots=True)
class _Norm:
    norm: str


def ends(moment: Moment) -> Ends:
    """Return the two ends of each conversation in which a mood was heard in two turns of the customer's or more."""
    felt: dict[int, dict[int, list[_Norm]]] = {}
    rows = queries.findings(moment).filter(norm__in=MOODS, said__role=Role.CUSTOMER).order_by("said__at", "said_id", "id")
    for number, said, norm in rows.values_list("conversation", "said", "norm"):
        felt.setdefault(number, {}).setdefault(said, []).append(_Norm(norm))
    moods = {number: [_height(ones) for ones in turns.values()] for number, turns in felt.items()}
    return {number: (heights[0], heights[-1]) for number, heights in moods.items() if len(heights) > 1}


def _height(norms: Sequence[_Norm]) -> int:
    found = mood_of(norms)
    return found[0] if found else 0


def ends_told(moment: Moment) -> tuple[Part, Part, Part]:
    """Return, of the conversations whose two ends are known, those that ended better, those that ended worse, and with a complaint no worse (S-STAFF-21)."""
    found = ends(moment)
    whole, with_complaint = frozenset(found), frozenset(found) & _complained(moment)
    worse = frozenset(number for number, (first, last) in found.items() if last < first)
    better = frozenset(number for number, (first, last) in found.items() if last > first)
    return Part(whole, better), Part(whole, worse), Part(with_complaint, with_complaint - worse)


def explained(moment: Moment) -> Part:
    """Return the conversations with a complaint, and those of them in which it was heard that we explained what we do and why (S-STAFF-21)."""
    whole = _complained(moment)
    told = queries.findings(moment).filter(norm=EXPLAINED).order_by().values_list("conversation", flat=True)
    return Part(whole, whole & frozenset(told))


def _complained(moment: Moment) -> frozenset[int]:
    return frozenset(queries.complaints(moment).order_by().values_list("conversation", flat=True))
