"""The reader's language: the account's, else the one chosen before signing in, else the setting."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

CODES = ("zh-hans", "en")
COOKIE = "lingting_language"


class LanguageMiddleware:
    """Set `request.language` before any page runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Choose, then let the page answer."""
        chosen = request.COOKIES.get(COOKIE, "")
        language = chosen if chosen in CODES else settings.LANGUAGE_CODE
        request.language = language  # type: ignore[attr-defined]  # read by every template
        with translation.override(language):
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        response.headers["Vary"] = "Cookie"
        return response
