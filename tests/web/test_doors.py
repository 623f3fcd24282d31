"""Who may see what: every page, every role, and the stranger."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from tests.conftest import CAST, PASSWORD

from lingting.access.models import Account
from lingting.access.roles import may, roles
from lingting.records.kind import kinds, registers
from lingting.web.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OPEN = {"home", "sign-in", "sign-out", "language"}
PLACES = {
    "number": 1, "id": "promise.made", "lesson_id": "exchange", "check_id": "8.2.1-H1", "side": "scope", "register": "property", "kind": "item",
    "name": "opened", "about": 1,
}  # fmt: skip


def test_every_role_is_in_the_cast() -> None:
    """So that the matrix below leaves none out."""
    assert set(CAST) == set(roles().names)


def guarded() -> list[URLPattern]:
    return [pattern for pattern in urlpatterns if pattern.name not in OPEN]


def places(pattern: URLPattern) -> dict[str, object]:
    return {name: ("8.2.1" if pattern.name == "clause" else PLACES[name]) for name in pattern.pattern.converters}


def address(pattern: URLPattern, **others: object) -> str:
    return reverse(pattern.name, kwargs={**places(pattern), **others})


def needed(pattern: URLPattern, **others: object) -> str:
    permission = pattern.callback.permission
    return permission if isinstance(permission, str) else permission(**{**places(pattern), **others})


@pytest.mark.parametrize("pattern", guarded(), ids=lambda pattern: pattern.name)
def test_every_page_names_its_permission_and_lets_in_exactly_those_who_have_it(pattern: URLPattern, signed_in: Callable[[str], Client]) -> None:
    permission = needed(pattern)
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
    assert {needed(pattern) for pattern in guarded()} <= set(roles().permissions)


MADE = [pattern for pattern in guarded() if "register" in pattern.pattern.converters]
"""The pages that every register has."""


@pytest.mark.parametrize("register", sorted(registers()))
def test_every_page_of_every_register_lets_in_exactly_those_who_may(register: str, signed_in: Callable[[str], Client]) -> None:
    for role in CAST:
        client = signed_in(role)
        for pattern in MADE:
            for kind in registers()[register].kinds if "kind" in pattern.pattern.converters else registers()[register].kinds[:1]:
                others = {"register": register, "kind": kind.name} if "kind" in pattern.pattern.converters else {"register": register}
                method = client.post if pattern.name == "record-strike" else client.get
                answer = method(address(pattern, **others))
                allowed = may(Account(role=role, is_active=True), needed(pattern, **others))
                assert (answer.status_code != 403) == allowed, (pattern.name, kind.label, role, answer.status_code)
                assert answer.status_code < 500, (pattern.name, kind.label)


def test_no_register_is_behind_a_permission_that_roles_do_not_have() -> None:
    for kind in kinds().values():
        assert {f"{kind.register}.read", f"{kind.register}.write", kind.write} <= set(roles().permissions)


def test_a_register_that_does_not_exist_is_nowhere(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")
    for path in (
        "/registers/secrets",
        "/registers/secrets/export.xlsx",
        "/registers/property/secret",
        "/registers/property/secret/new",
        "/registers/property/item/7",
    ):
        assert client.get(path).status_code == 404


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
