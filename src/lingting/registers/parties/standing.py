"""How interested parties stand (相关方的位置): on what ground each is one, how much it can do, and how its support stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.parties import queries as parties
from lingting.registers.parties.models import Based, Category, Contacted, Influence, Judged, Party, Supported

LEVELS = (5, 4, 3, 2, 1)
"""How much a party can affect us, the most first."""

HIGH = 4
"""From here on influence is high: without their support in view, these are looked at first. A house default, shown as ours."""

SUPPORTS = ("unknown", "silent", "kept")
"""How support stands: not written down, out of touch for longer than agreed, in touch."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A party with its ground, its newest rating and support, when we were last in touch, and the judgement in force."""

    party: Party
    ground: Based | None
    influence: Influence | None
    supported: Supported | None
    contacted: Contacted | None
    judged: Judged | None
    silent: bool

    @property
    def support(self) -> str:
        """Return how its support stands."""
        return "unknown" if self.supported is None else "silent" if self.silent else "kept"


def profiles(rows: Sequence[Party], moment: Moment) -> list[Profile]:
    """Return how these parties stand; a fixed number of questions, however many there are."""
    numbers = [row.pk for row in rows]
    based, influence, supported, contacted, judged = (_newest(model, numbers, moment) for model in (Based, Influence, Supported, Contacted, Judged))
    silent = set(parties.silent(moment).filter(party__in=numbers).values_list("party_id", flat=True))
    return [
        Profile(
            row, based.get(row.pk), influence.get(row.pk), supported.get(row.pk), contacted.get(row.pk), judged.get(row.pk), row.pk in silent
        )
        for row in rows
    ]  # fmt: skip


def _newest(model: Any, numbers: Sequence[int], moment: Moment) -> dict[int, Any]:
    return {row.party_id: row for row in model.objects.as_of(moment).filter(party__in=numbers).order_by("at", "id")}


def rated(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties that were rated, each with its newest `level`."""
    newest = Influence.objects.as_of(moment).filter(party=OuterRef("pk")).order_by("-at", "-id")
    rows: RecordQuerySet[Any] = parties.known(moment).annotate(level=Subquery(newest.values("influence")[:1])).filter(level__isnull=False)
    return rows


def unrated(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties of which nobody said how much they can affect us."""
    return parties.known(moment).exclude(pk__in=rated(moment).values("pk"))


def placed(moment: Moment, level: int, support: str) -> RecordQuerySet[Party]:
    """Return the parties in one place of the map."""
    supported, silent = Supported.objects.as_of(moment).values("party"), parties.silent(moment).values("party")
    places = {"unknown": ~Q(pk__in=supported), "silent": Q(pk__in=silent), "kept": Q(pk__in=supported) & ~Q(pk__in=silent)}
    rows: RecordQuerySet[Any] = rated(moment)
    return rows.filter(places[support], level=level)


def cells(moment: Moment) -> dict[tuple[int, str], list[Party]]:
    """Return the rated parties by influence and support, those that are no customers first in each place."""
    silent = set(parties.silent(moment).values_list("party_id", flat=True))
    supported = set(Supported.objects.as_of(moment).values_list("party_id", flat=True))
    found: dict[tuple[int, str], list[Party]] = {}
    rows: Any = rated(moment)
    for row in sorted(rows, key=lambda row: (row.category == Category.CUSTOMER, row.at, row.pk)):
        found.setdefault((row.level, "silent" if row.pk in silent else "kept" if row.pk in supported else "unknown"), []).append(row)
    return found
