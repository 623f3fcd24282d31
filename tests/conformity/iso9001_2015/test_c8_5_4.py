"""8.5.4 Preservation of data: what turns the check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


SUM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@pytest.fixture
def sent(put: Put) -> Callable[..., Record]:
    def send(**given: object) -> Record:
        whole = {"what": "7 月对账单", "to": "雁回银行", "way": "interface", "encrypted": True, "digest": SUM, "at": "2026-08-01 09:00", **given}
        return put("processes.transfer", **whole)

    return send


@turns_red("8.5.4-C1")
def test_data_sent_open_arrived_otherwise_or_never_confirmed_fail(sent: Put, put: Put, stands: Stands) -> None:
    put("processes.arrived", transfer=sent(encrypted=False), digest=SUM, at="2026-08-01 09:05")
    put("processes.arrived", transfer=sent(), digest=SUM.replace("9f", "00"), at="2026-08-01 09:05")
    sent()
    assert stands("8.5.4-C1") == ("nonconforms", 3, 3)


@stays_green("8.5.4-C1")
def test_the_same_checksum_in_capitals_is_the_same(sent: Put, put: Put, stands: Stands) -> None:
    put("processes.arrived", transfer=sent(), digest=SUM.upper(), at="2026-08-01 09:05")
    sent(at="2026-08-31 08:00")
    assert stands("8.5.4-C1") == ("conforms", 0, 1), "the second has a day"
