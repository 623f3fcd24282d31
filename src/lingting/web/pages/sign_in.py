"""Signing in and out, and the reader's language."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingting.access.models import Account, open_at
from lingting.site.clock import now
from lingting.web.language import CODES, COOKIE
from lingting.web.pages.page import render

YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; the same answer whether the name or the password is wrong."""
    following = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "GET":
        return render(request, "sign_in.html", following=following, username="", wrong=False)
    username = request.POST.get("username", "")[:150]
    account = authenticate(request, username=username, password=request.POST.get("password", ""))
    if isinstance(account, Account) and open_at(account, now()):
        login(request, account)
        response = HttpResponseRedirect(following)
        if COOKIE not in request.COOKIES:
            response.set_cookie(COOKIE, account.language, max_age=YEAR, samesite="Lax")
        return response
    return render(request, "sign_in.html", 401, following=following, username=username, wrong=True)


def locked(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Say that there were too many wrong passwords, and when to try again."""
    return render(request, "locked.html", 429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("sign-in")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language, and stay where one is."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(_safe(request, request.POST.get("next", "")))
    if chosen in CODES:
        response.set_cookie(COOKIE, chosen, max_age=YEAR, samesite="Lax")
        if isinstance(request.user, Account):
            Account.objects.filter(pk=request.user.pk).update(language=chosen)
    return response


@require_GET
def home(_request: HttpRequest) -> HttpResponse:
    """Go to the first page."""
    return redirect("today")


def _safe(request: HttpRequest, following: str) -> str:
    """Return an address of ours to go on to; another host's is not followed."""
    ours = url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return following if following and ours else reverse("today")
