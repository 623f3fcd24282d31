"""Erasure without breaking the chain."""

from collections.abc import Callable

import pytest
from tests.ledger.conftest import AT

from lingting.ledger import book, verify
from lingting.ledger.erase import erase
from lingting.ledger.models import Erased
from lingting.registers.parties.models import Judged, Party

pytestmark = pytest.mark.django_db


def test_an_erased_person_is_gone_and_the_chain_still_verifies(party: Callable[..., Party]) -> None:
    """林女士要求删除她的资料。"""
    record = party()
    book.write(record, act="parties.add")
    [note] = erase([record], reason="本人要求", at=AT)
    again = Party.objects.get()
    assert (again.name, again.organisation, again.erased) == (None, None, True)
    assert (note.record, note.reason) == (record.id, "本人要求")
    assert list(verify.broken_entries()) == []


def test_what_is_not_personal_stays_and_is_still_checked(party: Callable[..., Party]) -> None:
    record = party()
    book.write(record, act="parties.add")
    erase([record], reason="本人要求", at=AT)
    assert Party.objects.get().category == "customer"


def test_erasing_twice_writes_it_down_once(party: Callable[..., Party]) -> None:
    record = party()
    book.write(record, act="parties.add")
    erase([record], reason="本人要求", at=AT)
    assert erase([Party.objects.get()], reason="本人要求", at=AT) == []
    assert Erased.objects.count() == 1


def test_a_record_that_holds_nothing_personal_is_left_as_it_is(party: Callable[..., Party]) -> None:
    record = party()
    judged = Judged(party=record, relevant=True, reason="大客户", at=AT)
    book.write(record, judged, act="parties.judge")
    assert erase([judged], reason="本人要求", at=AT) == []
    assert Judged.objects.get().reason == "大客户"
