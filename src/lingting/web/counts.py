"""Counts (数) of the lists of registers, remembered while the book stays as it is."""

from datetime import datetime
from functools import lru_cache

from lingting.access import closed
from lingting.ledger import book
from lingting.ledger.moment import Moment
from lingting.records.kind import Kind, kinds
from lingting.web.pages.page import Request

REMEMBERED = 10_000


def counts(request: Request, kind: Kind) -> dict[str, int]:
    """Return how many records each list of a kind holds; what time alone changes shows within a minute, what is written at once."""
    return {name: count(request, kind.label, name) for name in kind.text.lists}


def count(request: Request, label: str, name: str) -> int:
    """Return how many records one list of a kind holds."""
    moment, kind = request.moment, kinds()[label]
    if closed.rule(kind, request.user):
        return closed.open_to(kind.listed(name, moment), kind, request.user).count()
    return _counted(label, name, moment.at if request.asked_at else moment.at.replace(second=0, microsecond=0), moment.known, book.head(), _Now(moment))


class _Now:
    """The moment that is asked about, equal to every other: it is no part of what an answer is remembered under."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Now)

    def __hash__(self) -> int:
        return 0


@lru_cache(REMEMBERED)
def _counted(label: str, name: str, minute: datetime, known: int | None, head: tuple[int, bytes], now: _Now) -> int:  # noqa: ARG001  # what it is remembered under
    return kinds()[label].listed(name, now.moment).count()
