"""Closed records (保密): of some kinds a row is seen by those alone whom it concerns – the register's description says by whom.

Every path to a record asks here: lists, counts, forms, sheets, the API and lines of evidence.
"""

from typing import Any

from django.db.models import Q

from lingting.access.models import Account
from lingting.access.own import oneself
from lingting.access.roles import may
from lingting.ledger.models import POSITIONS, Entry, Record, RecordQuerySet
from lingting.records.kind import Closed, Kind, kind_of


def rule(kind: Kind | None, account: Account) -> Closed | None:
    """Return how a kind is closed to an account; nothing where it sees every row."""
    closed = kind.text.closed if kind is not None else None
    return None if closed is None or may(account, closed.permission) else closed


def open_to(rows: RecordQuerySet[Any], kind: Kind, account: Account) -> RecordQuerySet[Any]:
    """Keep the rows that an account may see: all with the permission, else what is not closed, what is about oneself, and what one wrote down oneself."""
    closed = rule(kind, account)
    if closed is None:
        return rows
    mine = ~Q(**closed.only) if closed.only else Q(pk=None)
    me = oneself(account) if closed.persons else None
    for path in closed.persons if me is not None else ():
        mine |= Q(**{path: me})
    for path in closed.writers:
        mine |= Q(**{f"{path}__in": _written(kind, path, account)})
    return rows.filter(mine)


def _written(kind: Kind, path: str, account: Account) -> list[int]:
    """Return the numbers at the end of a path whose entries in the book an account wrote; closed kinds are few records."""
    numbers = set(kind.model.objects.order_by().values_list(path, flat=True))
    entries = set(Entry.objects.filter(id__in={number // POSITIONS for number in numbers}, by=account.pk).values_list("id", flat=True))
    return [number for number in numbers if number // POSITIONS in entries]


def shut(row: Record, account: Account) -> bool:
    """Tell whether an account may not see one record."""
    kind = kind_of(row)
    return kind is not None and rule(kind, account) is not None and not open_to(kind.model.objects.filter(pk=row.pk), kind, account).exists()
