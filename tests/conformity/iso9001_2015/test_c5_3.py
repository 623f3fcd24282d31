"""5.3 Roles, responsibilities and authorities: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record
from lingting.records.write import Refused

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
DUTIES = ("conformity", "outputs", "reporting", "customer", "integrity")
DAY = "2026-06-01 09:00"


@pytest.fixture
def person(put: Put) -> Callable[..., Record]:
    return lambda code, **more: put("people.person", code=code, name=f"某{code}", at="2026-05-01 09:00", **more)


@pytest.fixture
def role(put: Put) -> Callable[..., Record]:
    return lambda code="R-1", **more: put("people.role", **{"code": code, "name": f"岗位{code}", "duties": "受理来电", "at": "2026-05-01 09:00", **more})


@turns_red("5.3-C1")
def test_a_duty_left_with_somebody_who_went_is_with_nobody(person: Callable[..., Record], put: Put, stands: Stands) -> None:
    for duty, code in zip(DUTIES, "ABCDE", strict=True):
        put("people.entrusted", person=person(code), duty=duty, at=DAY)
    assert stands("5.3-C1") == ("conforms", 0, 5)
    put("people.left", person="E", at="2026-07-01 09:00")
    assert stands("5.3-C1") == ("nonconforms", 1, 5)
    assert stands("5.3-C1", "2026-06-30 09:00") == ("conforms", 0, 5), "as of the day before they were there"


@stays_green("5.3-C1")
def test_one_person_may_have_all_five_and_another_take_over_from_who_left(person: Callable[..., Record], put: Put, stands: Stands) -> None:
    first, second = person("A"), person("B")
    for duty in DUTIES:
        put("people.entrusted", person=first, duty=duty, at=DAY)
        put("people.entrusted", person=second, duty=duty, at="2026-06-30 09:00")
    put("people.left", person=first, at="2026-07-01 09:00")
    assert stands("5.3-C1") == ("conforms", 0, 5)


def test_one_duty_entrusted_does_not_hide_the_other_four(person: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("people.entrusted", person=person("A"), duty="customer", at=DAY)
    assert stands("5.3-C1") == ("nonconforms", 4, 5)


@pytest.fixture
def agent(person: Callable[..., Record], role: Callable[..., Record], put: Put) -> Record:
    """An agent who may refund up to 200."""
    somebody, desk = person("A01"), role()
    put("people.appointed", person=somebody, role=desk, at="2026-05-02 09:00")
    put("people.authorised", role=desk, power="refund", most="200", at="2026-05-02 09:00")
    return somebody


REFUND = {"power": "refund", "what": "CP-008 退还运费", "at": "2026-06-17 10:00"}


@turns_red("5.3-C2")
def test_a_refund_above_the_limit_that_was_made_already_is_found(agent: Record, put: Put, stands: Stands) -> None:
    with pytest.raises(Refused):
        put("people.decided", person=agent, amount="200.01", **REFUND)
    put("people.decided", person=agent, amount="200.01", made="是", **REFUND)
    assert stands("5.3-C2") == ("nonconforms", 1, 1)


@stays_green("5.3-C2")
def test_a_refund_of_exactly_the_limit_is_within_it(agent: Record, put: Put, stands: Stands) -> None:
    put("people.decided", person=agent, amount="200", **REFUND)
    assert stands("5.3-C2") == ("conforms", 0, 1)


@stays_green("5.3-C2")
def test_what_somebody_with_authority_approved_is_within_it(
    agent: Record, person: Callable[..., Record], role: Callable[..., Record], put: Put, stands: Stands
) -> None:
    chief, chiefs = person("SV1"), role("R-2")
    put("people.deputed", role=chiefs, person=chief, at=DAY)
    put("people.authorised", role=chiefs, power="refund", at=DAY)
    put("people.decided", person=agent, amount="5000", approver=chief, **REFUND)
    assert stands("5.3-C2") == ("conforms", 0, 1)


def test_the_limit_that_counts_is_the_newest_before_the_decision(agent: Record, put: Put, stands: Stands) -> None:
    put("people.authorised", role="R-1", power="refund", most="100", at="2026-06-10 09:00")
    put("people.decided", person=agent, amount="150", made="是", **{**REFUND, "at": "2026-06-09 09:00"})
    put("people.decided", person=agent, amount="150", made="是", **REFUND)
    put("people.authorised", role="R-1", power="refund", most="300", at="2026-07-10 09:00")
    assert stands("5.3-C2") == ("nonconforms", 1, 2)


def test_a_role_given_up_gives_no_authority_any_more(agent: Record, put: Put) -> None:
    put("people.relieved", appointed=agent.appointments.get(), at="2026-06-01 09:00")
    with pytest.raises(Refused):
        put("people.decided", person=agent, amount="50", **REFUND)


@turns_red("5.3-C3", "7.1.2-C2")
def test_a_key_role_with_nobody_beside_its_holder_has_no_deputy(person: Callable[..., Record], role: Callable[..., Record], put: Put, stands: Stands) -> None:
    desk = role(key="是")
    assert stands("7.1.2-C2") == ("nonconforms", 1, 1)
    put("people.appointed", person=person("A"), role=desk, at=DAY)
    assert stands("5.3-C3") == ("nonconforms", 1, 1)


@stays_green("5.3-C3", "7.1.2-C2")
def test_an_empty_key_role_with_a_deputy_is_covered(person: Callable[..., Record], role: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("people.deputed", role=role(key="是"), person=person("B"), at=DAY)
    assert stands("5.3-C3") == stands("7.1.2-C2") == ("conforms", 0, 1)


def test_a_deputy_who_took_the_role_over_stands_in_for_nobody(person: Callable[..., Record], role: Callable[..., Record], put: Put, stands: Stands) -> None:
    desk, somebody = role(key="是"), person("B")
    put("people.deputed", role=desk, person=somebody, at=DAY)
    put("people.appointed", person=somebody, role=desk, at="2026-06-02 09:00")
    assert stands("5.3-C3") == ("nonconforms", 1, 1)
