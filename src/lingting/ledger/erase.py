"""Erasure (删除个人信息): empties personal columns under a record that says so; the chain still verifies."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lingting.ledger import book
from lingting.ledger.models import POSITIONS, Erased, Record


def erase(records: Sequence[Record], *, reason: str, at: datetime, by: int | None = None) -> list[Erased]:
    """Empty the personal columns and the salt of the records, and return what was written down about it.

    A record that holds nothing personal, or was emptied before, is left as it is.
    """
    full = [record for record in records if record.PERSONAL and not record.erased]
    notes = [Erased(at=at, record=record.id, reason=reason) for record in full]
    most = POSITIONS - 1
    with transaction.atomic():
        for start in range(0, len(notes), most):
            book.write(*notes[start : start + most], act="ledger.erase", by=by)
        kinds: dict[type[Record], list[int]] = {}
        for record in full:
            kinds.setdefault(type(record), []).append(record.id)
        for kind, numbers in kinds.items():
            emptied = dict.fromkeys((*kind.PERSONAL, "salt"))
            for start in range(0, len(numbers), 500):
                kind.objects.filter(id__in=numbers[start : start + 500]).update(**emptied)
    return notes
