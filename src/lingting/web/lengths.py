"""Lengths (长度) of the lists of registers, remembered while the book stays as it is."""

from lingting.access import closed
from lingting.ledger.remembered import Remembered
from lingting.records.kind import Kind, kinds
from lingting.web.pages.page import Request

_COUNTED: Remembered[int] = Remembered(10_000)


def lengths(request: Request, kind: Kind) -> dict[str, int]:
    """Return how many records each list of a kind holds; what time alone changes shows within a minute, what is written at once."""
    return {name: length(request, kind.label, name) for name in kind.text.lists}


def length(request: Request, label: str, name: str) -> int:
    """Return how many records one list of a kind holds; where what a reader may see is for each their own, nothing is remembered."""
    moment, kind = request.moment, kinds()[label]
    if closed.rule(kind, request.user):
        return closed.open_to(kind.listed(name, moment), kind, request.user).count()
    at = moment.at if request.asked_at else moment.at.replace(second=0, microsecond=0)
    return _COUNTED.answer((label, name, at, moment.known), lambda: kind.listed(name, moment).count())
