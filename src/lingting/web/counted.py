"""Counting (数) of the whole house once, and of it what the reader may see: shares of conversations, remembered while the book stays as it is."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from lingting.access.queues import seen
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.remembered import Remembered
from lingting.registers.conversations import queries as conversations
from lingting.statistics.intervals import Interval, wilson
from lingting.statistics.parts import Part
from lingting.web.pages.page import Request
from lingting.web.shares import TOLD

A = TypeVar("A")
_KNOWN: Remembered[Any] = Remembered(200)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the interval of the share."""

    name: str
    hits: int
    n: int

    @property
    def interval(self) -> Interval | None:
        """Return the 95 % interval; where there is nothing, none."""
        return wilson(self.hits, self.n)


def once(request: Request, name: Hashable, find: Callable[[], A]) -> A:
    """Return what is counted of the whole house, found once while the book stays as it is and the minute lasts."""
    at = request.moment.at if request.asked_at else request.moment.at.replace(second=0, microsecond=0)
    found: A = _KNOWN.answer((name, at, request.moment.known), find)
    return found


def talks(request: Request, numbers: Iterable[int]) -> RecordQuerySet[Any]:
    """Return the conversations of these numbers that the reader may see."""
    return seen(conversations.begun(request.moment).filter(pk__in=list(numbers)), request.user)


def part(request: Request, name: str) -> Part:
    """Return a share as far as the reader may see its conversations."""
    told = TOLD[name]
    found = told.of(once(request, name if told.place is None else told.find, lambda: told.find(request.moment)))
    if not request.user.queues.strip():
        return found
    whole = frozenset(talks(request, found.whole).values_list("pk", flat=True))
    return Part(whole, found.part & whole)
