"""What every page goes through: who may see it, and as of when."""

from collections.abc import Callable
from datetime import datetime, time
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render

from lingting.access.models import Account, open_at
from lingting.access.roles import may, roles
from lingting.ledger.models import BadCursor
from lingting.ledger.moment import Moment
from lingting.web.clock import now

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class Request(HttpRequest):
    """A request that went through `page`: somebody signed in, asking as of a moment."""

    user: Account
    language: str
    moment: Moment
    asked_at: str


def page(permission: str) -> Callable[[Callable[Concatenate[Request, P], HttpResponse]], View[P]]:
    """Let only those see a page who have the permission; read `?at=` into `request.moment`."""

    def guard(view: Callable[Concatenate[Request, P], HttpResponse]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            account = request.user
            if not isinstance(account, Account):
                return redirect_to_login(request.get_full_path())
            if not open_at(account, now()) or not may(account, permission):
                return refuse(request, permission)
            try:
                request.moment, request.asked_at = asked(request)  # type: ignore[attr-defined]  # makes it a Request
                return view(request, *args, **kwargs)  # type: ignore[arg-type]
            except (BadDay, BadCursor) as error:
                return django_render(request, "problem.html", {"kind": type(error).__name__, "given": str(error)[:40]}, status=400)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the test that walks every page
        return guarded  # type: ignore[return-value]  # a wrapper is callable as what it wraps

    return guard


class BadDay(ValueError):
    """The day that was asked about is none; write it like 2026-08-20."""


def asked(request: HttpRequest) -> tuple[Moment, str]:
    """Return the moment a page is asked about: now, or the end of the day in `?at=`."""
    words = request.GET.get("at", "").strip()
    if not words:
        return Moment(now()), ""
    try:
        at = datetime.fromisoformat(words)
        zone = settings.LINGTING["ZONE"]
        if len(words) == len("2026-08-20"):
            at = datetime.combine(at.date(), time(23, 59, 59))
        at = at if at.tzinfo else at.replace(tzinfo=zone)
        at.timestamp()
    except (ValueError, OverflowError) as error:
        raise BadDay(words) from error
    if not 1990 <= at.year <= 2200:  # noqa: PLR2004  # what databases and people can mean
        raise BadDay(words)
    return Moment(at), words


def refuse(request: HttpRequest, permission: str) -> HttpResponse:
    """Say that this account may not see the page, and who may."""
    holders = [roles().names[role] for role in roles().names if role in roles().permissions[permission]]
    return django_render(request, "refused.html", {"holders": holders}, status=403)


def render(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page."""
    return django_render(request, template, context, status=status)
