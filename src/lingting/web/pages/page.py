"""What every page goes through: who may see it, and as of when."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render

from lingting.access.models import Account, open_at
from lingting.access.roles import may, roles
from lingting.ledger.models import BadCursor
from lingting.ledger.moment import Moment
from lingting.site.clock import BadDay, asked, now

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class Request(HttpRequest):
    """A request that went through `page`: somebody signed in, asking as of a moment."""

    user: Account
    language: str
    moment: Moment
    asked_at: str


def page(permission: str | Callable[..., str]) -> Callable[[Callable[Concatenate[Request, P], HttpResponse]], View[P]]:
    """Let only those see a page who have the permission, which may depend on its address; read `?at=` into `request.moment`."""

    def guard(view: Callable[Concatenate[Request, P], HttpResponse]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            account = request.user
            if not isinstance(account, Account):
                return redirect_to_login(request.get_full_path())
            needed = permission if isinstance(permission, str) else permission(*args, **kwargs)
            if not open_at(account, now()) or not may(account, needed):
                return refuse(request, needed)
            try:
                words = request.GET.get("at", "").strip()
                request.moment, request.asked_at = asked(words), words  # type: ignore[attr-defined]  # makes it a Request
                return view(request, *args, **kwargs)  # type: ignore[arg-type]
            except (BadDay, BadCursor) as error:
                return django_render(request, "problem.html", {"kind": type(error).__name__, "given": str(error)[:40]}, status=400)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the test that walks every page
        return guarded  # type: ignore[return-value]  # a wrapper is callable as what it wraps

    return guard


def refuse(request: HttpRequest, permission: str) -> HttpResponse:
    """Say that this account may not see the page, and who may."""
    holders = [roles().names[role] for role in roles().names if role in roles().permissions[permission]]
    return django_render(request, "refused.html", {"holders": holders}, status=403)


def render(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page."""
    return django_render(request, template, context, status=status)
