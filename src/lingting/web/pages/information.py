"""对外信息 Information: what customers can read and hear of what we offer – the product and the service –, whether it holds, and where two places differ."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lingting.access.roles import may
from lingting.conformity import information as told
from lingting.records.kind import kinds
from lingting.registers.offerings.models import SERVICE, Topic
from lingting.web.evidence import address
from lingting.web.pages.page import Request, page, render

NAMED = 6
"""Customers who are named beside a version; all of them stand behind its number."""


@require_GET
@page("offerings.read")
def information(request: Request) -> HttpResponse:
    """Show which topics are covered of which offering, each piece of information with its versions, and what contradicts."""
    sheets = told.sheets(request.moment)
    version, publication, piece = (kinds()[f"offerings.{name}"] for name in ("version", "published", "information"))
    return render(
        request, "information.html", sheets=sheets, rows=told.coverage(sheets, request.moment), topics=tuple(Topic), service=SERVICE,
        names=version.column("topics").text.choices, forms=publication.column("form").text.choices, languages=piece.column("language").text.choices,
        contradictions=told.contradictions(request.moment), address=address, named=NAMED, writes=may(request.user, "offerings.write"),
    )  # fmt: skip
