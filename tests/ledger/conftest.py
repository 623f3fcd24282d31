"""Records to write down."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from lingting.registers.parties.models import Category, Party

AT = datetime(2026, 7, 21, 2, 12, 3, 200000, tzinfo=UTC)


@pytest.fixture
def party() -> Callable[..., Party]:
    """Make a party that is not written down yet."""

    def make(name: str = "林女士", **columns: object) -> Party:
        given = {"category": Category.CUSTOMER, "organisation": "棠鲤生鲜", "at": AT, **columns}
        return Party(name=name, **given)

    return make
