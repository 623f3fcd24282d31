"""Roles and permissions are data; the same line for pages, operations and tests."""

import pytest

from lingting.access.models import Account
from lingting.access.roles import may, roles


def test_every_role_has_a_name_in_both_languages() -> None:
    assert len(roles().names) == 11
    assert all(name["zh"] and name["en"] for name in roles().names.values())


def test_every_permission_is_held_by_known_roles() -> None:
    for permission, holders in roles().permissions.items():
        assert holders, permission
        assert set(holders) <= set(roles().names)


def test_nobody_without_a_role_may_anything() -> None:
    assert not any(may(Account(role="", is_active=True), permission) for permission in roles().permissions)


def test_a_permission_that_does_not_exist_is_a_bug_and_not_a_no() -> None:
    with pytest.raises(KeyError):
        may(Account(role="administrator", is_active=True), "nothing.at-all")


def test_the_agent_cannot_read_the_clauses_and_the_outside_auditor_cannot_write() -> None:
    assert not may(Account(role="agent", is_active=True), "clauses.read")
    writes = [permission for permission in roles().permissions if permission.endswith(".write")]
    assert not any(may(Account(role="external_auditor", is_active=True), permission) for permission in writes)
