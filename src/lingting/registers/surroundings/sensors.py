"""What sensors read becomes readings: held against the register's rules as anybody's entry is, and taken once although it may come twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from lingting.records.kind import kinds
from lingting.records.values import Wrong
from lingting.records.write import Refused, alike, draft, enter


@dataclass(slots=True)
class Taken:
    """What became of readings: how many were written down, how many were known already, and what is wrong with the rest."""

    written: int = 0
    known: int = 0
    wrong: list[Wrong] = field(default_factory=list)


def take(readings: Iterable[Mapping[str, object]], *, now: datetime, zone: ZoneInfo) -> Taken:
    """Write readings down, each by itself: one that is wrong does not keep the others out."""
    kind, taken = kinds()["surroundings.reading"], Taken()
    for given in readings:
        made = draft(kind, given, now=now, zone=zone)
        if made.row is None:
            taken.wrong += made.wrong
        elif alike(kind, made.row):
            taken.known += 1
        else:
            try:
                enter(made.row)
                taken.written += 1
            except Refused as refused:
                taken.wrong += refused.wrong
    return taken
