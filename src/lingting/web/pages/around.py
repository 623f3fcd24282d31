"""What stands around every screen of a record: its history, what can be done next, and the list behind each of its numbers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from lingting.access import closed
from lingting.access.roles import may
from lingting.ledger.models import Entry, Record, RecordQuerySet, Struck
from lingting.records.kind import Column, Kind, following
from lingting.records.kind import registers as described
from lingting.records.values import name_of
from lingting.records.values import shown as written
from lingting.web.evidence import HIDDEN, out_of_sight, shown
from lingting.web.pages.page import Request, render

OF_A_HISTORY = 50
"""Records of one kind that a history shows."""

ON_A_PAGE = 50
"""Records of a list behind a number that one page shows."""

Words = tuple[str, str]
"""A sentence in Chinese and in English."""


def nexts(request: Request, label: str) -> list[tuple[Kind, Column]]:
    """Return what the reader may write down about a record of this kind."""
    return [(kind, column) for kind, column in following(label) if may(request.user, kind.write)]


def opened(request: Request, rows: RecordQuerySet[Any], *, title: Words, back: tuple[str, str], related: Sequence[str] = ()) -> HttpResponse:
    """Show the records that a number was counted from: as many as the number says, newest first.

    Args:
        request: who asks, and from where in the list on.
        rows: the records.
        title: what they are.
        back: the address and the name of the screen on which the number stands.
        related: what is fetched along, so that a line asks nothing more.
    """
    page = rows.select_related(*related).page(request.GET.get("after", ""), size=ON_A_PAGE)
    lines = [shown(row, request.user) for row in page.rows]
    return render(request, "opened.html", title=title, back=back, total=rows.count(), lines=lines, page=page)


def newest_of(rows: Iterable[Any], column: str) -> dict[int, Any]:
    """Return of each thing the last of the rows about it, which come in the order of time."""
    return {getattr(row, column): row for row in rows}


def visible(request: Request, kind: Kind) -> RecordQuerySet[Record]:
    """Return the records of a kind that the reader may see."""
    return closed.open_to(kind.as_of(request.moment), kind, request.user)


def cell(request: Request) -> Callable[[Column, Record], str]:
    """Return what writes a column of a record in the reader's language; what the reader may not see is hidden."""
    zh, zone = request.language == "zh-hans", settings.LINGTING["ZONE"]

    def write(column: Column, row: Record) -> str:
        target = getattr(row, column.name) if column.shape == "reference" else None
        return HIDDEN if target is not None and out_of_sight(target, request.user) else written(column, row, zh=zh, zone=zone)

    return write


def around(request: Request, kind: Kind, row: Record) -> dict[str, Any]:
    """Return what every page of a record shows around it (`history.html`): what happened to it, what can be done next, when it was written down."""
    nexts = [(other, column) for other, column in following(kind.label) if may(request.user, f"{other.register}.read")]
    entry = Entry.objects.filter(id=row.entry_id).first()
    return {
        "register": described()[kind.register], "kind": kind, "row": row, "entry": entry, "late": _late(entry, row), "given": request.POST, "wrong": (),
        "history": [(other, column, *_history(request, other, column, row)) for other, column in nexts], "cell": cell(request), "name_of": name_of,
        "nexts": [(other, column) for other, column in nexts if may(request.user, other.write)],
        "struck": Struck.objects.as_of(request.moment).filter(record=row.id).first(),
    }  # fmt: skip


def _late(entry: Entry | None, row: Record) -> bool:
    """Tell whether a record was written down long after it happened; where the clock stands still for a demonstration, nobody can tell."""
    return bool(entry and (entry.written - row.at).days >= 1 and not settings.LINGTING["CLOCK"])


def _history(request: Request, kind: Kind, column: Column, row: Record) -> tuple[list[Record], int]:
    rows: RecordQuerySet[Record] = visible(request, kind).filter(**{column.name: row})
    references = [one.name for one in kind.columns if one.shape == "reference"]
    found = list(rows.select_related(*references).order_by("-at", "-id")[:OF_A_HISTORY])
    return found, len(found) if len(found) < OF_A_HISTORY else rows.count()
