"""Many rows at once: what comes back is what was put in, whichever way the database takes it, and a row that may not stand leaves none behind."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from lingting.ledger import book, verify
from lingting.ledger.models import Entry
from lingting.ledger.rows import MANY, put
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [0, MANY - 1, MANY, 3 * MANY])
def test_few_or_many_rows_come_back_as_they_were_put_in(count: int, party: Callable[..., Party]) -> None:
    r"""Words with a tab, a backslash, a line break and nothing at all are told apart."""
    words = ["一\t二", "a\\N", "行\n行", "", "\\.", "𝔘𝔫𝔦 ☎"]
    rows = [party(words[number % len(words)], organisation=str(number)) for number in range(count)]
    book.write_all([book.Act("parties.add", (row,)) for row in rows])
    kept = {row.organisation: row for row in Party.objects.all()}
    for row in rows:
        again = kept[row.organisation]
        assert (again.name, again.at, bytes(again.salt), bytes(again.seal), again.id) == (row.name, row.at, row.salt, row.seal, row.id)
        assert not row._state.adding
    assert list(verify.broken_entries()) == []


@pytest.mark.parametrize("count", [2, 2 * MANY])
def test_a_number_given_twice_is_refused_and_nothing_of_it_stands(count: int, party: Callable[..., Party]) -> None:
    rows = [party(str(number), id=7) for number in range(count)]
    for row in rows:
        row.salt = row.seal = b""
    with pytest.raises(IntegrityError), transaction.atomic():
        put(rows)
    assert not Party.objects.exists()
    assert not Entry.objects.exists()
