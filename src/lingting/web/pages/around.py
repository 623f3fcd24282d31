"""What stands around every screen of a record: what can be done next, and the list behind each of its numbers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from lingting.access.roles import may
from lingting.ledger.models import RecordQuerySet
from lingting.records.kind import Column, Kind, following
from lingting.web.evidence import shown
from lingting.web.pages.page import Request, render

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
