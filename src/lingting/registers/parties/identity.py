"""Identity (同一个人): entries that turned out to be one person, whichever way each was met.

Nothing that was written under an entry is moved: whoever asks about a person asks about all their entries, and what comes in anew goes to the one kept.
Taking a merging back is striking it out.
"""

from collections.abc import Iterable, Mapping

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.write import live
from lingting.registers.parties.models import Merged, Party


def same(party: int, moment: Moment | None = None) -> frozenset[int]:
    """Return every entry that stands for the person of one, that one included: as of a moment, or as it is known now."""
    into = _into(Merged.objects.as_of(moment) if moment else live(Merged))
    kept = last(party, into)
    return frozenset({party, kept, *(other for other in into if last(other, into) == kept)})


def kept(party: int, moment: Moment) -> int:
    """Return the entry that is kept for the person of one: itself, where nobody merged it into another."""
    return last(party, _into(Merged.objects.as_of(moment)))


def given_up(moment: Moment) -> RecordQuerySet[Merged]:
    """Return the mergings by which entries were given up for others; compare with `other`."""
    return Merged.objects.as_of(moment)


def now_kept(parties: Iterable[Party]) -> dict[int, Party]:
    """Return for each of these entries the one that is kept for its person now; few are asked for that are not themselves."""
    asked = {row.pk: row for row in parties}
    into = _into(live(Merged).filter(other__in=asked)) and _into(live(Merged))
    others = {number: last(number, into) for number in asked if number in into}
    rows = Party.objects.in_bulk(set(others.values())) if others else {}
    return {number: rows[others[number]] if number in others else row for number, row in asked.items()}


def last(party: int, into: Mapping[int, int]) -> int:
    """Return where the way from one entry to the next ends.

    >>> last(1, {1: 2, 2: 3}), last(3, {1: 2, 2: 3})
    (3, 3)
    """
    seen = {party}
    while (following := into.get(party)) is not None and following not in seen:
        seen.add(following)
        party = following
    return party


def _into(rows: RecordQuerySet[Merged]) -> dict[int, int]:
    return dict(rows.order_by("at", "id").values_list("other_id", "party_id"))
