"""How a record stands (状态): the first of some lists of its register, the worst first, in which it is."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment


class Stands:
    """Lists in the order in which they decide, each a name and a query; what stands in none of them stands nowhere."""

    def __init__(self, *lists: tuple[str, Callable[[Moment], Any]]) -> None:
        self.lists = lists

    def __call__(self, row: Record, moment: Moment) -> str:
        """Return the name of the list in which a record stands, or nothing."""
        return next((name for name, query in self.lists if query(moment).filter(pk=row.pk).exists()), "")

    def of(self, rows: Collection[Record], moment: Moment) -> dict[int, str]:
        """Return the same for many records, by number: each list is asked once."""
        numbers = [row.pk for row in rows]
        found: Iterable[tuple[int, str]] = (
            (number, name) for name, query in reversed(self.lists) for number in query(moment).filter(pk__in=numbers).order_by().values_list("pk", flat=True)
        )
        return dict(found)
