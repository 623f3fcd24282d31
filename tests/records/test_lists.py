"""Lists of kinds: each is a question that the database understands, whatever it is."""

from datetime import datetime

import pytest
from tests.conftest import ZONE

from lingting.ledger.moment import Moment
from lingting.records.kind import registers

pytestmark = pytest.mark.django_db
NOW, THEN = Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE)), Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE), known=7)


@pytest.mark.parametrize("register", registers())
def test_every_list_of_a_register_can_be_counted_and_read_as_known_today_and_as_known_then(register: str) -> None:
    for kind in registers()[register].kinds:
        for moment in (NOW, THEN):
            assert list(kind.as_of(moment)[:1]) == []
            for name in kind.text.lists:
                rows = kind.listed(name, moment)
                assert (rows.count(), list(rows[:1])) == (0, []), (kind.label, name)
        assert kind.standings([kind.model(pk=1)], NOW).get(1, "") == ""
