"""What the lists of the API have in common: as of when they are asked, how many rows they give, and what else they may answer."""

from typing import Any

from ninja.errors import HttpError

from lingting.api import shapes
from lingting.ledger.models import Page

LARGEST = 500
"""Rows on one page at most."""

AS_OF = {
    "parameters": [{"in": "query", "name": "at", "required": False, "schema": {"type": "string"}, "description": "As of this day or time; empty means now."}]
}
SAID = {400: shapes.Problem, 401: shapes.Problem, 403: shapes.Problem, 404: shapes.Problem}


def rows(page: Page[Any]) -> dict[str, Any]:
    """Return a page of rows with the cursor of the following ones."""
    return {"rows": list(page.rows), "following": page.following}


def size(wanted: int) -> int:
    """Return how many rows are asked for; more than the largest page, or none, is refused."""
    if not 1 <= wanted <= LARGEST:
        raise HttpError(400, f"`size` must lie between 1 and {LARGEST}.")
    return wanted
