"""3.2.3 Interested party: every category was looked for, inside and outside are known, whoever feels affected is taken up."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Conversation
from lingting.registers.parties.queries import CATEGORIES

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def considered(put: Put) -> Callable[..., None]:
    def consider(*without: str, review: str = "2027-01-01") -> None:
        for category in CATEGORIES:
            if category not in without:
                put("parties.considered", category=category, present="no", reason="没有", review=review, at="2026-06-01")

    return consider


@pytest.fixture
def neighbour() -> Conversation:
    """桐溪里的居民来电：夜里货车太吵。"""
    talk = Conversation(source="test", key="1", channel="phone", at=datetime(2026, 8, 1, tzinfo=ZONE))
    book.write(talk, act="test")
    return talk


@turns_red("3.2.3-C1")
def test_a_union_of_which_nobody_said_whether_there_is_one_fails(considered: Callable[..., None], stands: Stands) -> None:
    considered("union")
    assert stands("3.2.3-C1") == ("nonconforms", 1, len(CATEGORIES))


@stays_green("3.2.3-C1")
def test_none_is_an_answer_until_its_day_of_review(considered: Callable[..., None], stands: Stands) -> None:
    considered(review="2026-08-31")
    assert stands("3.2.3-C1") == ("conforms", 0, len(CATEGORIES))
    assert stands("3.2.3-C1", "2026-09-01 09:00")[1] == len(CATEGORIES)


@turns_red("3.2.3-C2")
def test_with_outside_parties_alone_nobody_inside_is_known(put: Put, stands: Stands) -> None:
    put("parties.party", category="bank", organisation="雁回银行", internal="no", at="2026-06-01")
    assert stands("3.2.3-C2")[0] in {"no-evidence", "nonconforms"}


@stays_green("3.2.3-C2")
def test_a_department_is_a_party_inside(put: Put, stands: Stands) -> None:
    put("parties.party", category="staff", organisation="仓库", internal="yes", at="2026-06-01")
    assert stands("3.2.3-C2")[0] == "conforms"


@turns_red("3.2.3-C3")
def test_a_neighbour_sent_away_as_no_customer_fails(neighbour: Conversation, put: Put, stands: Stands) -> None:
    put("parties.turnedaway", conversation=neighbour, reason="非客户", at="2026-08-01 10:00")
    assert stands("3.2.3-C3") == ("nonconforms", 1, 1)


@stays_green("3.2.3-C3")
def test_a_neighbour_sent_away_and_taken_up_afterwards_does_not(neighbour: Conversation, put: Put, stands: Stands) -> None:
    put("parties.turnedaway", conversation=neighbour, reason="非客户", at="2026-08-01 10:00")
    party = put("parties.party", category="neighbour", name="吴先生", internal="no", at="2026-08-02")
    put("parties.placed", conversation=neighbour, party=party, at="2026-08-02 10:00")
    assert stands("3.2.3-C3")[1:] == (0, 1)
