"""What we do with promises (承诺): hear one, keep it, postpone it, withdraw it, hand it on, and write down what the customer says of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lingting.ledger import book
from lingting.registers.promises.models import Judged, Kept, Postponed, Promise, Reassigned, Withdrawn

if TYPE_CHECKING:
    from lingting.registers.conversations.models import Conversation, Found
    from lingting.registers.parties.models import Party
    from lingting.registers.people.models import Person


class AlreadySettled(ValueError):
    """This promise was kept or withdrawn already."""


def heard(*, found: Found, conversation: Conversation, party: Party | None, at: datetime, speaker: str, words: str,
          due: datetime | None, condition: str = "", by_house: bool = False) -> Promise:  # fmt: skip
    """Return the promise that a finding heard, to be written in one act with the finding."""
    return Promise(
        found=found, conversation=conversation, party=party, at=at, speaker=speaker, words=words, due=due,
        condition=condition or None, conditional=bool(condition) or None, by_house=by_house or None,
    )  # fmt: skip


def seen_kept(promise: Promise, *, found: Found, at: datetime) -> Kept:
    """Return the keeping that a finding heard, to be written in one act with the finding."""
    return Kept(promise=promise, found=found, at=at)


def keep(promise: Promise, *, at: datetime, note: str, by: int) -> Kept:
    """Write down that a promise was kept, on the word of the person who says so."""
    _unsettled(promise)
    kept = Kept(promise=promise, at=at, note=note)
    book.write(kept, act="promises.keep", by=by)
    return kept


def postpone(promise: Promise, *, at: datetime, due: datetime, by: int) -> Postponed:
    """Write down that the customer agreed to another time."""
    _unsettled(promise)
    postponed = Postponed(promise=promise, at=at, due=due)
    book.write(postponed, act="promises.postpone", by=by)
    return postponed


def withdraw(promise: Promise, *, at: datetime, reason: str, by: int) -> Withdrawn:
    """Write down that a promise no longer binds, and why."""
    _unsettled(promise)
    withdrawn = Withdrawn(promise=promise, at=at, reason=reason)
    book.write(withdrawn, act="promises.withdraw", by=by)
    return withdrawn


def reassign(promise: Promise, *, at: datetime, person: Person, reason: str, by: int) -> Reassigned:
    """Write down that somebody else keeps a promise from now on, and why."""
    _unsettled(promise)
    reassigned = Reassigned(promise=promise, at=at, person=person, reason=reason)
    book.write(reassigned, act="promises.reassign", by=by)
    return reassigned


def judge(promise: Promise, *, at: datetime, kept: bool, words: str, by: int) -> Judged:
    """Write down whether the customer says that we kept a promise; he may say so of a settled one, and say it again."""
    judged = Judged(promise=promise, at=at, kept=kept, words=words or None)
    book.write(judged, act="promises.judge", by=by)
    return judged


def _unsettled(promise: Promise) -> None:
    if Kept.objects.filter(promise=promise).exists() or Withdrawn.objects.filter(promise=promise).exists():
        raise AlreadySettled(promise.id)
