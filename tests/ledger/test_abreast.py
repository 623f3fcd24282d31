"""Asking abreast: as if one were asked after the other, on connections that are given back."""

import time
from threading import get_ident
from types import SimpleNamespace

import pytest
from django.db import connection

from lingting.ledger import abreast

pytestmark = pytest.mark.django_db
THREADS = 3


@pytest.fixture
def given_back(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let questions be asked as if no transaction ran, as in a worker; return the threads that gave their connection back."""
    threads: list[int] = []

    def close() -> None:
        connection.close()
        threads.append(get_ident())

    monkeypatch.setattr(abreast, "AT_ONCE", THREADS)
    monkeypatch.setattr(abreast, "connection", SimpleNamespace(in_atomic_block=False, close=close))
    return threads


def answer(number: int) -> tuple[int, int]:
    time.sleep(0.01 / (number + 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s + COUNT(*) FROM ledger_entry", (number,))
        return cursor.fetchone()[0], get_ident()


def test_answers_come_in_the_order_of_the_questions_whoever_answers_first(given_back: list[int]) -> None:
    answers = abreast.each(answer, range(20))
    assert [number for number, _ in answers] == list(range(20))
    assert {thread for _, thread in answers} <= set(given_back)
    assert len(given_back) == THREADS
    assert get_ident() not in given_back


def test_inside_a_transaction_one_is_asked_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another connection would not see what it wrote."""
    monkeypatch.setattr(abreast, "AT_ONCE", THREADS)
    assert connection.in_atomic_block
    assert {thread for _, thread in abreast.each(answer, range(4))} == {get_ident()}


def test_fewer_than_it_is_worth_a_connection_for_are_asked_one_after_the_other(given_back: list[int]) -> None:
    assert {thread for _, thread in abreast.each(answer, range(4), least=5)} == {get_ident()}
    assert get_ident() not in {thread for _, thread in abreast.each(answer, range(5), least=5)}
    assert len(given_back) == THREADS


def test_what_goes_wrong_with_one_is_told_and_its_connection_given_back(given_back: list[int]) -> None:
    with pytest.raises(ZeroDivisionError):
        abreast.each(lambda number: 1 // number, range(4))
    assert len(given_back) == THREADS


def test_where_nothing_is_asked_nothing_is_answered(given_back: list[int]) -> None:
    assert abreast.each(answer, ()) == []
    assert abreast.each(answer, (7,)) == [(7, get_ident())]
