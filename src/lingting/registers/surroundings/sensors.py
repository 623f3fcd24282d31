"""What sensors read becomes readings: held against the register's rules as anybody's entry is, and taken once although it may come twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from lingting.records.kind import kinds
from lingting.records.together import together
from lingting.records.values import Wrong
from lingting.records.write import Before, Known, Refused, draft, held


@dataclass(slots=True)
class Taken:
    """What became of readings: how many were written down, how many were known already, and what is wrong with the rest."""

    written: int = 0
    known: int = 0
    wrong: list[Wrong] = field(default_factory=list)


def take(readings: Iterable[Mapping[str, object]], *, now: datetime, zone: ZoneInfo) -> Taken:
    """Write readings down, each by itself: one that is wrong does not keep the others out."""
    kind, known, taken = kinds()["surroundings.reading"], Known(), Taken()
    drafts = [draft(kind, given, now=now, zone=zone, known=known) for given in readings]
    taken.wrong += [wrong for made in drafts for wrong in made.wrong]
    rows, before = [made.row for made in drafts if made.row], Before(kind)
    before.look(rows)
    with transaction.atomic(), together() as write:
        for row in rows:
            if before.alike(row):
                taken.known += 1
                continue
            try:
                write(held(row, by=None, before=before))
            except Refused as refused:
                taken.wrong += refused.wrong
            else:
                before.add(row)
                taken.written += 1
    return taken
