"""Roles as data: what a role is called and what it may do."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from lingting.access.models import Account


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the roles in both languages, and for each permission the roles that have it."""

    names: dict[str, dict[str, str]]
    permissions: dict[str, frozenset[str]]


@cache
def roles() -> Roles:
    """Read `roles.yaml`."""
    read = yaml.safe_load(Path(__file__).with_name("roles.yaml").read_text(encoding="utf-8"))
    return Roles(read["roles"], {name: frozenset(held) for name, held in read["permissions"].items()})


def may(account: Account | None, permission: str) -> bool:
    """Tell whether an account may do something; an unknown permission is a bug, not a no."""
    holders = roles().permissions[permission]
    return account is not None and account.is_active and account.role in holders
