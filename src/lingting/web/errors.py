"""What a reader sees when something is not there, is not allowed, or went wrong on our side."""

from django.http import HttpRequest, HttpResponse

from lingting.web.pages.page import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django hands it over
    """Say that there is no such page."""
    return render(request, "problem.html", 404, kind="not-found", given=request.path[:80])


def failed(request: HttpRequest) -> HttpResponse:
    """Say that we made a mistake."""
    return render(request, "problem.html", 500, kind="failed", given="")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django hands it over
    """Say that a form came without its token: opened too long ago, or sent from another site."""
    return render(request, "problem.html", 403, kind="forged", given="")
