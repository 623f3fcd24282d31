"""Reading (读): what is read out of the words of very many conversations, remembered of each as long as its words stay as they are.

Words in the book do not change: a conversation is read again only when something was said since, struck or erased. So a figure of all of them costs
one question to the database, however often the book grows elsewhere.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from django.db.models import Count, Max

from lingting.inspection.normalise import plains
from lingting.inspection.transcript import Role
from lingting.ledger.moment import Moment
from lingting.ledger.remembered import Remembered
from lingting.registers.conversations.models import Said

A = TypeVar("A")

MOST = 200_000
"""Readings that are kept."""

AT_ONCE = 500

SIDES = (Role.AGENT, Role.CUSTOMER)

_KEPT: OrderedDict[tuple[str, int], tuple[Any, Any]] = OrderedDict()
_LOCK = Lock()
_STAMPS: Remembered[dict[int, tuple[Any, ...]]] = Remembered(4)
"""Several readers ask on one page; the question is put once."""


@dataclass(frozen=True, slots=True)
class Line:
    """A turn as it is read: when it was said, who spoke and what the source calls them, the words and their plain form."""

    at: datetime
    role: str
    speaker: str
    words: str
    plain: str


def read(moment: Moment, name: str, reader: Callable[[Sequence[Line]], A]) -> dict[int, A]:
    """Return what a reader makes of the words of each conversation; `name` is the reader's, whose answer must follow from the words alone."""
    rows = Said.objects.as_of(moment).filter(automatic="", role__in=SIDES)
    stamps = _STAMPS.answer(moment, lambda: _stamps(rows))
    with _LOCK:
        kept = {number: _KEPT.get((name, number)) for number in stamps}
    found = {number: one[1] for number, one in kept.items() if one is not None and one[0] == stamps[number]}
    stale = [number for number in stamps if number not in found]
    for start in range(0, len(stale), AT_ONCE):
        for number, lines in _lines(rows.filter(conversation__in=stale[start : start + AT_ONCE])).items():
            found[number] = reader(lines)
    with _LOCK:
        for number in stale:
            _KEPT[name, number] = stamps[number], found[number]
        while len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return found


def _stamps(rows: Any) -> dict[int, tuple[Any, ...]]:
    """Return of each conversation what changes when something is said in it, struck or erased."""
    stamped = rows.order_by().values_list("conversation").annotate(Max("pk"), Count("pk"), Count("text"), Max("at"))
    return {number: tuple(stamp) for number, *stamp in stamped}


def _lines(rows: Any) -> dict[int, list[Line]]:
    told = list(rows.order_by("conversation", "at", "id").values_list("conversation", "at", "role", "speaker", "text"))
    found: dict[int, list[Line]] = {}
    for (number, at, role, speaker, text), plain in zip(told, plains([text or "" for *_, text in told]), strict=True):
        found.setdefault(number, []).append(Line(at, role, speaker or "", text or "", plain))
    return found
