"""The one door through which records are written."""

from collections.abc import Callable

import pytest
from django.db import connection
from tests.ledger.conftest import AT

from lingting.ledger import book
from lingting.ledger.book import POSITIONS, Act
from lingting.ledger.models import Entry
from lingting.ledger.moment import Moment
from lingting.registers.parties.models import Category, Party, Reached

pytestmark = pytest.mark.django_db


def test_an_act_is_one_entry_and_its_records_can_name_one_another(party: Callable[..., Party]) -> None:
    """林女士第一次来电:她是谁、从哪个号码打来,一并写下。"""
    caller = party()
    number = Reached(party=caller, way="phone", address="19900000327", at=AT)
    entry = book.write(caller, number, act="parties.add", by=7)
    assert (entry.count, entry.by, entry.kinds) == (2, 7, "parties.party parties.reached")
    assert Reached.objects.get().party == caller
    assert {caller.entry_id, number.entry_id} == {entry.id}


def test_a_number_finds_the_record_and_its_entry(party: Callable[..., Party]) -> None:
    entry = book.write(party(), party("陈先生"), act="parties.add")
    assert [row.id for row in Party.objects.order_by("id")] == [entry.id * POSITIONS, entry.id * POSITIONS + 1]


def test_an_act_that_cannot_be_written_whole_is_not_written_at_all(party: Callable[..., Party]) -> None:
    good, bad = party(), Reached(party_id=None, way="phone", at=AT)
    with pytest.raises(Exception, match=r"(?i)null"):
        book.write(good, bad, act="parties.add")
    assert (Entry.objects.count(), Party.objects.count()) == (0, 0)


def test_an_act_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 65535"):
        book.write(act="nothing")


def test_many_acts_are_written_together_each_with_its_entry(party: Callable[..., Party]) -> None:
    entries = book.write_all([Act("parties.add", (party(str(n)),), None) for n in range(50)])
    assert len({entry.id for entry in entries}) == 50
    assert Party.objects.count() == 50


def test_what_was_written_later_was_not_known_before(party: Callable[..., Party]) -> None:
    first = book.write(party("早"), act="parties.add")
    book.write(party("晚"), act="parties.add")
    known_then = Party.objects.as_of(Moment(AT, known=first.id))
    assert [row.name for row in known_then] == ["早"]
    assert Party.objects.as_of(Moment(AT)).count() == 2


def test_what_happened_later_had_not_happened_before(party: Callable[..., Party]) -> None:
    book.write(party(at=AT), act="parties.add")
    assert not Party.objects.as_of(Moment(AT.replace(hour=1))).exists()
    assert Party.objects.as_of(Moment(AT)).exists()


def test_known_by_an_entry_is_a_range_of_keys_not_a_search(party: Callable[..., Party]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite words its plans this way")
    plan = Party.objects.filter(id__lt=POSITIONS).explain()
    assert "SEARCH" in plan
    assert "rowid<" in plan


def test_the_settled_entry_is_the_last_one(party: Callable[..., Party]) -> None:
    assert book.settled() == 0
    entry = book.write(party(), act="parties.add")
    assert book.settled() == entry.id


def test_a_list_goes_on_where_its_page_ended_even_if_something_came_in_between(party: Callable[..., Party]) -> None:
    book.write_all([Act("parties.add", (party(str(n)),)) for n in range(7)])
    first = Party.objects.filter(category=Category.CUSTOMER).page(size=3)
    book.write(party("新来的"), act="parties.add")
    second = Party.objects.page(first.following, size=3)
    third = Party.objects.page(second.following, size=3)
    assert [row.name for page in (first, second, third) for row in page.rows] == ["6", "5", "4", "3", "2", "1", "0"]
    assert third.following == ""
