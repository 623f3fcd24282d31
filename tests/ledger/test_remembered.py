"""Answers that hold as long as nothing is written of what they were read from."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import transaction
from tests.ledger.conftest import AT
from tests.ledger.test_verify import unguarded

from lingting.access.models import Account
from lingting.ledger import abreast, book, growth, remembered
from lingting.ledger.erase import erase
from lingting.ledger.models import Entry, Record, Struck
from lingting.ledger.moment import Moment
from lingting.ledger.remembered import Remembered
from lingting.registers.parties.models import Party, Reached

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _just_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has seen no entry yet."""
    monkeypatch.setattr(remembered, "_GROWTH", growth.Growth())


def test_an_answer_is_found_once_while_the_book_stays_as_it_is(party: Callable[..., Party]) -> None:
    """目录上有几位客户?没有人写下新的,就不再数一遍。"""
    book.write(party(), act="parties.add")
    asked: list[int] = []
    known: Remembered[int] = Remembered(5)
    for _ in range(3):
        assert known.answer("parties", lambda: asked.append(1) or Party.objects.count()) == 1
    assert len(asked) == 1


def test_what_was_written_since_makes_the_answer_new(party: Callable[..., Party]) -> None:
    known: Remembered[int] = Remembered(5)
    assert known.answer("parties", Party.objects.count) == 0
    book.write(party(), act="parties.add")
    assert known.answer("parties", Party.objects.count) == 1


def test_only_so_many_answers_are_kept_those_asked_last() -> None:
    known: Remembered[int] = Remembered(2)
    for number in (1, 2, 1, 3):
        known.answer(number, partial(int, number))
    assert (known.answer(1, lambda: -1), known.answer(2, lambda: -1)) == (1, -1)


def reached(party: Party) -> Reached:
    return Reached(party=party, way="email", address=f"{party.id}@shop.example", at=AT)


def counting(kind: type[Record], asked: list[str]) -> Callable[[], int]:
    """Count the records of a kind that were not struck out, and note that it was done."""

    def count() -> int:
        asked.append(kind.__name__)
        return kind.objects.as_of(Moment(AT)).count()

    return count


def test_what_is_written_of_another_kind_leaves_the_answer_and_what_is_struck_out_makes_it_new(party: Callable[..., Party]) -> None:
    """登记一个新号码，客户数不必重数；划去一位客户，就要重数。"""
    lin = party()
    book.write(lin, act="parties.add")
    known: Remembered[int] = Remembered(5)
    asked: list[str] = []
    assert known.answer("parties", counting(Party, asked)) == 1
    book.write(reached(lin), act="parties.reach")
    assert known.answer("parties", counting(Party, asked)) == 1
    assert asked == ["Party"]
    book.write(Struck(record=lin.id, reason="录错", at=AT), act="strike")
    assert known.answer("parties", counting(Party, asked)) == 0


def test_an_answer_goes_with_the_answers_that_it_was_made_of(party: Callable[..., Party]) -> None:
    """“每位客户几个号码”由两个记住的数算出：其中一个变了，它也变；里面那个记得的，仍记得。"""
    lin = party()
    book.write(lin, act="parties.add")
    inner: Remembered[int] = Remembered(5)
    outer: Remembered[tuple[int, int]] = Remembered(5)
    asked: list[str] = []

    def both() -> tuple[int, int]:
        return inner.answer("parties", counting(Party, asked)), inner.answer("numbers", counting(Reached, asked))

    assert outer.answer("both", both) == (1, 0)
    book.write(reached(lin), act="parties.reach")
    assert outer.answer("both", both) == (1, 1)
    assert asked == ["Party", "Reached", "Reached"]


def test_an_erasure_makes_every_answer_new_since_it_empties_what_was_read(party: Callable[..., Party]) -> None:
    lin = party()
    book.write(lin, act="parties.add")
    known: Remembered[list[str | None]] = Remembered(5)

    def names() -> list[str | None]:
        return list(Party.objects.values_list("name", flat=True))

    assert known.answer("names", names) == ["林女士"]
    erase([lin], reason="本人要求", at=AT)
    assert known.answer("names", names) == [None]


@pytest.mark.parametrize("find", [Account.objects.count, lambda: 7, Reached.objects.all], ids=["no record", "nothing asked", "asked later"])
def test_what_was_not_read_from_records_alone_goes_with_every_entry(find: Callable[[], object], party: Callable[..., Party]) -> None:
    book.write(party(), act="parties.add")
    known: Remembered[object] = Remembered(5)
    asked: list[object] = []
    for entry in (False, False, True):
        if entry:
            book.write(party("陈先生"), act="parties.add")
        known.answer("it", lambda: asked.append(find()) or asked[-1])
    assert len(asked) == 2


def test_an_entry_that_comes_to_light_after_a_later_one_is_not_overlooked(party: Callable[..., Party]) -> None:
    """两个人同时写：号小的后提交，排在号大的前面出现，读过的答案仍要作废。"""
    book.write(party(), act="parties.add")
    late = Entry.objects.get()
    known: Remembered[int] = Remembered(5)
    with unguarded():
        Entry.objects.filter(pk=late.pk).update(id=late.pk + 2)
        assert known.answer("parties", Party.objects.count) == 1
        Entry.objects.create(id=late.pk + 1, written=AT, act="parties.add", kinds="parties.party", count=1, digest=b"late")
        Entry.objects.create(id=late.pk + 3, written=AT, act="other", kinds="parties.reached", count=1, digest=b"next")
    assert known.answer("parties", lambda: -1) == -1


def test_another_book_under_the_same_numbers_is_noticed(party: Callable[..., Party]) -> None:
    known: Remembered[int] = Remembered(5)
    for name in ("林女士", "陈先生"):
        with transaction.atomic():
            book.write(party(name), act="parties.add")
            assert known.answer("name", lambda name=name: name) == name
            transaction.set_rollback(True)
    assert known.answer("name", lambda: "nobody") == "nobody"


def test_in_another_book_an_answer_goes_that_was_read_of_a_kind_not_written_lately(party: Callable[..., Party]) -> None:
    """账本换成了备份：那里面早就有这种记录，只是最近没有写过。"""
    known: Remembered[int] = Remembered(5)
    with transaction.atomic():
        book.write(party(), act="parties.add")
        assert known.answer("numbers", Reached.objects.count) == 0
        transaction.set_rollback(True)
    book.write(party("陈先生"), act="parties.add")
    assert known.answer("numbers", lambda: 12) == 12


def test_what_other_threads_read_goes_with_every_entry(party: Callable[..., Party], monkeypatch: pytest.MonkeyPatch) -> None:
    """别的线程读了哪些表，这里看不见；所以写了什么都要重读。"""
    monkeypatch.setattr(abreast, "AT_ONCE", 2)
    monkeypatch.setattr(abreast, "connection", SimpleNamespace(in_atomic_block=False, close=lambda: None))
    lin = party()
    book.write(lin, act="parties.add")
    known: Remembered[list[int]] = Remembered(5)
    asked: list[int] = []
    for entry in (False, False, True):
        if entry:
            book.write(reached(lin), act="parties.reach")
        known.answer("it", lambda: abreast.each(lambda number: asked.append(number) or Party.objects.none().count(), [1, 2]))
    assert sorted(asked) == [1, 1, 2, 2]
