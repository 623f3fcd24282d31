"""Who may see what: every page, every role, and the stranger."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from tests.conftest import CAST, PASSWORD

from lingting.access.models import Account
from lingting.access.roles import may, roles
from lingting.web.urls import urlpatterns

pytestmark = pytest.mark.django_db
OPEN = {"home", "sign-in", "sign-out", "language"}
PLACES = {"number": 1, "id": "promise.made", "door": "resources", "lesson_id": "exchange", "check_id": "8.2.1-H1", "side": "scope"}


def guarded() -> list[URLPattern]:
    return [pattern for pattern in urlpatterns if pattern.name not in OPEN]


def address(pattern: URLPattern) -> str:
    names = pattern.pattern.converters
    places = {name: ("8.2.1" if pattern.name == "clause" else PLACES[name]) for name in names}
    return reverse(pattern.name, kwargs=places)


@pytest.mark.parametrize("pattern", guarded(), ids=lambda pattern: pattern.name)
def test_every_page_names_its_permission_and_lets_in_exactly_those_who_have_it(pattern: URLPattern, signed_in: Callable[[str], Client]) -> None:
    permission = pattern.callback.permission
    for role in CAST:
        client = signed_in(role)
        answer = client.get(address(pattern))
        if answer.status_code == 405:
            answer = client.post(address(pattern))
        allowed = may(Account(role=role, is_active=True), permission)
        assert (answer.status_code != 403) == allowed, (pattern.name, role, answer.status_code)
        assert answer.status_code < 500


@pytest.mark.parametrize("pattern", guarded(), ids=lambda pattern: pattern.name)
def test_the_stranger_is_led_to_the_sign_in_and_told_nothing(pattern: URLPattern, db: None) -> None:
    client = Client()
    answer = client.get(address(pattern))
    if answer.status_code == 405:
        answer = client.post(address(pattern))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=")


def test_every_permission_of_the_pages_is_one_that_roles_have() -> None:
    assert {pattern.callback.permission for pattern in guarded()} <= set(roles().permissions)


def test_a_wrong_password_says_so_and_after_five_the_door_is_closed_for_a_while(cast: Callable[[str], Account]) -> None:
    cast("agent")
    client = Client()
    for _ in range(4):
        answer = client.post("/sign-in", {"username": "agent", "password": "guess"})
        assert "连错五次" in answer.content.decode()
    client.post("/sign-in", {"username": "agent", "password": "guess"})
    answer = client.post("/sign-in", {"username": "agent", "password": PASSWORD})
    assert answer.status_code in {403, 429}
    assert "15 分钟" in answer.content.decode()


def test_the_right_password_leads_to_today(cast: Callable[[str], Account]) -> None:
    cast("agent")
    answer = Client().post("/sign-in", {"username": "agent", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/today")


def test_after_signing_in_nobody_is_led_to_another_site(cast: Callable[[str], Account]) -> None:
    cast("agent")
    answer = Client().post("/sign-in", {"username": "agent", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/today"


def test_a_time_boxed_account_is_closed_when_its_days_are_over(cast: Callable[[str], Account], signed_in: Callable[[str], Client], at_time: Callable) -> None:
    client, auditor = signed_in("external_auditor"), cast("external_auditor")
    auditor.until = at_time("2026-08-20T18:00")
    auditor.save()
    at_time("2026-08-20T17:59")
    assert client.get("/clauses").status_code == 200
    at_time("2026-08-20T18:01")
    assert client.get("/clauses").status_code == 403


def test_no_page_allows_scripts_or_styles_written_into_it(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("supervisor").get("/today")
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src" in policy
    assert "<script>" not in answer.content.decode()
    assert " style=" not in answer.content.decode()


def test_there_is_no_address_without_a_guard() -> None:
    names = {pattern.name for pattern in get_resolver().url_patterns[0].url_patterns}
    assert names - OPEN == {pattern.name for pattern in guarded()}
    assert all(hasattr(pattern.callback, "permission") for pattern in guarded())
