"""Calling for help (求助) from the desk: the call, whoever comes, and that nobody is needed any more."""

from datetime import datetime

from lingting.access.models import Account
from lingting.access.own import oneself
from lingting.records.write import enter
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Called, Came, InWork, Spared

ANEW = 15
"""Seconds after which a page that shows what others change fetches that part anew."""


def standing_call(row: InWork) -> Called | None:
    """Return the call for help out of this conversation that still stands, answered or not."""
    called = conversations.newest_call(row.key)
    return None if called is None or called.sparings.exists() else called


def call(row: InWork, *, at: datetime) -> None:
    """Write down that somebody calls for help; a call that stands goes on standing."""
    if standing_call(row) is None:
        enter(Called(key=row.key, queue=row.queue, person=oneself(row.account), at=at), by=row.account_id)


def come(called: Called, account: Account, *, at: datetime) -> None:
    """Write down that somebody answers a call for help: once, whoever is first."""
    if not called.answers.exists():
        enter(Came(called=called, person=oneself(account), at=at), by=account.pk)


def spare(row: InWork, *, at: datetime) -> None:
    """Write down that help is no longer needed, where it was called for."""
    if called := standing_call(row):
        enter(Spared(called=called, at=at), by=row.account_id)
