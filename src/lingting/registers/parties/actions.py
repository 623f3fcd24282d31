"""What we do with interested parties (相关方): get to know one, judge, write down a need, adopt or decline it, review."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from lingting.ledger import book
from lingting.registers.parties.models import Adopted, Category, Declined, Judged, Need, Party, Reached, Reviewed

if TYPE_CHECKING:
    from lingting.registers.conversations.models import Said


def meet(*, name: str, organisation: str, category: Category, at: datetime, internal: bool = False) -> Party:
    """Return a party that becomes known, to be written in one act with what made it known."""
    return Party(name=name or None, organisation=organisation or None, category=category, at=at, internal=internal)


def reach(party: Party, *, way: str, address: str, at: datetime) -> Reached:
    """Return an address at which a party was reached, to be written in one act with what came over it."""
    return Reached(party=party, way=way, address=address, at=at)


def add(*, name: str, organisation: str, category: Category, at: datetime, by: int, internal: bool = False) -> Party:
    """Write down a party that a person named; whoever believes itself affected cannot be refused."""
    party = meet(name=name, organisation=organisation, category=category, at=at, internal=internal)
    book.write(party, act="parties.add", by=by)
    return party


def judge(party: Party, *, relevant: bool, reason: str, review: date | None, at: datetime, by: int) -> Judged:
    """Write down whether a party matters to the system, why, and when to look again."""
    judged = Judged(party=party, relevant=relevant, reason=reason, review=review, at=at)
    book.write(judged, act="parties.judge", by=by)
    return judged


def need(party: Party, *, words: str, origin: str, at: datetime, by: int, said: Said | None = None) -> Need:
    """Write down what a party needs or expects, and where that comes from."""
    stated = Need(party=party, words=words, origin=origin, said=said, at=at)
    book.write(stated, act="parties.need", by=by)
    return stated


def adopt(stated: Need, *, serves: str, at: datetime, by: int) -> Adopted:
    """Write down which clause, process or objective serves a need."""
    adopted = Adopted(need=stated, serves=serves, at=at)
    book.write(adopted, act="parties.adopt", by=by)
    return adopted


def decline(stated: Need, *, reason: str, at: datetime, by: int) -> Declined:
    """Write down why a need is not taken into the system."""
    declined = Declined(need=stated, reason=reason, at=at)
    book.write(declined, act="parties.decline", by=by)
    return declined


def review(*, note: str, at: datetime, by: int) -> Reviewed:
    """Write down that the whole register was looked through."""
    reviewed = Reviewed(note=note, at=at)
    book.write(reviewed, act="parties.review", by=by)
    return reviewed
