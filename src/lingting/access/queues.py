"""Queues (队列): an account that is kept to some queues sees the words of no other, whichever way it comes."""

from typing import Any, TypeVar

from django.db.models import Q as Condition
from django.db.models import QuerySet

from lingting.access.models import Account

Q = TypeVar("Q", bound="QuerySet[Any, Any]")


def names(account: Account) -> tuple[str, ...]:
    """Return the queues that an account is kept to; none means all."""
    return tuple(name.strip() for name in account.queues.splitlines() if name.strip())


def seen(rows: Q, account: Account, path: str = "queue") -> Q:
    """Keep the rows whose conversation an account may see; `path` leads from a row to the conversation's queue."""
    kept = names(account)
    return rows.filter(**{f"{path}__in": kept}) if kept else rows


def seen_or_unspoken(rows: Q, account: Account, *paths: str) -> Q:
    """Keep the rows that come from no conversation or from ones that an account may see; each path leads from a row to a queue."""
    kept = names(account)
    for path in paths if kept else ():
        rows = rows.filter(Condition(**{f"{path}__in": kept}) | Condition(**{f"{path.rpartition('__')[0]}__isnull": True}))
    return rows


def hidden(conversation: Any, account: Account) -> bool:
    """Tell whether a conversation belongs to a queue that an account may not see."""
    kept = names(account)
    return bool(kept) and conversation.queue not in kept
