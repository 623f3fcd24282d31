"""The door of the API: who comes with which token, and what they may do; the same permissions as the pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from lingting.access.models import Account, holder
from lingting.access.roles import may, roles
from lingting.ledger.moment import Moment
from lingting.site.clock import asked, now

P = ParamSpec("P")
R = TypeVar("R")


class Asked(HttpRequest):
    """A request that came through the door: whose it is, and as of when it asks."""

    auth: Account
    moment: Moment


class Bearer(HttpBearer):
    """`Authorization: Bearer …` with a token made by `lingting api-token`."""

    openapi_description = "A token made by `lingting api-token`."

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:  # noqa: ARG002  # Ninja hands it over
        """Return the token's account, if it may be used now."""
        return holder(token, now=now())


def allow(permission: str | Callable[..., str]) -> Callable[[Callable[Concatenate[Asked, P], R]], Callable[Concatenate[HttpRequest, P], R]]:
    """Let only those call an operation who have the permission; read `?at=` into `request.moment`.

    The permission may depend on the address.
    """

    def guard(operation: Callable[Concatenate[Asked, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
        @wraps(operation)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> R:
            needed = permission if isinstance(permission, str) else permission(**kwargs)
            if not may(request.auth, needed):
                holders = ", ".join(roles().names[role]["en"] for role in roles().permissions[needed])
                raise HttpError(403, f"This needs the permission {needed}, which these roles have: {holders}.")
            request.moment = asked(request.GET.get("at", ""))
            return operation(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the test that walks every operation
        return guarded

    return guard
