"""Many rows at once: what they cost, what they may not clash with, and that a rule sees every row above its own."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import LATER, ZONE

from lingting.ledger import book
from lingting.ledger.models import Entry, Record
from lingting.records.bring import Brought, bring
from lingting.records.kind import registers
from lingting.records.together import ever, together
from lingting.registers.instruments.models import Quarantined
from lingting.registers.parties.models import Party
from lingting.registers.property.models import Item
from lingting.registers.surroundings.models import Place, Reading, Shift

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


def brought(register: str, name: str, *lines: str) -> Brought:
    return bring(registers()[register], name, "\n".join(lines).encode(), by=1, now=LATER, zone=ZONE)


def readings(count: int) -> list[str]:
    return [f"LL-H,noise,{50 + number % 9},NM-01,2026-06-{1 + number // 1000:02} {number // 60 % 16:02}:{number % 60:02}" for number in range(count)]


@pytest.fixture
def hall(put: Put) -> Record:
    put("instruments.instrument", code="NM-01", name="噪声计", sort="device", use="量大厅噪声", at="2026-05-01")
    return put("surroundings.place", code="LL-H", name="热线大厅", at="2026-05-01")


def test_ten_times_the_rows_ask_the_database_hardly_more_often(hall: Record) -> None:
    """Each row used to be asked for by itself; now what it costs is the row."""
    asked = []
    for count in (90, 900):
        with CaptureQueriesContext(connection) as queries:
            result = brought("surroundings", "reading.csv", "place,factor,value,instrument,at", *readings(count)[count // 10 :])
        assert result.mistakes == []
        asked.append(sum("INSERT" not in one["sql"] for one in queries))
    assert Reading.objects.count() == 891
    assert max(asked) <= 14


def test_every_row_is_an_act_of_its_own_in_the_book(hall: Record) -> None:
    before = Entry.objects.latest("id").id
    brought("surroundings", "reading.csv", "place,factor,value,instrument,at", *readings(30))
    acts = list(Entry.objects.filter(id__gt=before).values_list("act", "by", "count"))
    assert acts == [("surroundings.reading", 1, 1)] * 30


def test_a_row_that_stands_twice_in_a_file_is_written_once(hall: Record) -> None:
    twice = readings(1) * 2
    result = brought("surroundings", "reading.csv", "place,factor,value,instrument,at", *twice, twice[0].replace(",50,", ",51,"))
    assert (result.written, result.known) == ({"surroundings.reading": 2}, 1), "another value at the same time is another reading"


def test_a_code_that_stands_twice_in_a_file_with_other_words_is_a_mistake(customer: Party) -> None:
    row = "PR-1,棠鲤生鲜,货物,货架,YH-Y,仓管,2026-07-01"
    result = brought("property", "item.csv", "code,party,category,what,place,custodian,at", row, row, row.replace("货架", "木箱"))
    assert [one.place for one in result.mistakes] == ["item!D4"]
    assert not Item.objects.exists()


def test_a_code_may_be_what_another_record_is_named(put: Put) -> None:
    put("surroundings.place", code="A", name="B", at="2026-05-01")
    assert brought("surroundings", "place.csv", "code,name,at", "B,乙,2026-05-01").written == {"surroundings.place": 1}
    assert Place.objects.filter(code="B").count() == 1


def test_a_rule_sees_the_rows_above_its_own(put: Put, hall: Record) -> None:
    """Nobody is on the roster twice at one time, not by two rows of one sheet either; a shift that begins when the other ends may."""
    for code in ("A01", "A02"):
        put("people.person", code=code, name=f"某{code}", at="2026-05-01")
    head, first = "person,place,start,until,at", "A01,LL-H,2026-06-01 09:00,2026-06-01 17:00,2026-05-20"
    clash = brought("surroundings", "shift.csv", head, first, "A02" + first[3:], "A01,LL-H,2026-06-01 16:00,2026-06-01 20:00,2026-05-20")
    assert [one.place for one in clash.mistakes] == ["shift!C4"]
    assert not Shift.objects.exists()
    assert brought("surroundings", "shift.csv", head, first, "A01,LL-H,2026-06-01 17:00,2026-06-01 20:00,2026-05-20").written == {"surroundings.shift": 2}


def test_whoever_asks_finds_what_waits(customer: Party) -> None:
    def item(code: str) -> book.Act:
        return book.Act("property.item", (Item(code=code, party=customer, category="data", what="名单", place="", custodian="", at=LATER),))

    with together() as write:
        write(item("PR-1"))
        write(item("PR-2"))
        assert Item.objects.count() == 2


def test_what_never_happened_to_a_thing_is_asked_once_until_it_happens(put: Put, hall: Record) -> None:
    instrument = Reading._meta.get_field("instrument").related_model.objects.get(code="NM-01")
    with together() as write, CaptureQueriesContext(connection) as queries:
        assert not any(ever(Quarantined, instrument=instrument.pk) for _ in range(5))
        assert len(queries) == 1
        write(book.Act("instruments.quarantine", (Quarantined(instrument=instrument, why="跌落", at=LATER),)))
        assert ever(Quarantined, instrument=instrument.pk)
    assert ever(Quarantined, instrument=instrument.pk), "outside an import it is asked every time"


def test_a_quarantined_instrument_is_not_used_by_the_rows_of_a_file_either(put: Put, hall: Record) -> None:
    """Quarantined on the tenth: the row of the eleventh is refused, that of the ninth is not."""
    put("instruments.quarantined", instrument="NM-01", why="跌落", at="2026-06-10 09:00")
    head, row = "instrument,what,value,unit,at", "NM-01,大厅噪声,52,dB,2026-06-{} 09:00"
    assert [one.place for one in brought("instruments", "used.csv", head, row.format("09"), row.format("11")).mistakes] == ["used!A3"]
    assert brought("instruments", "used.csv", head, row.format("09")).written == {"instruments.used": 1}


def test_rows_without_the_code_they_may_have_are_known_by_what_they_say() -> None:
    lines = ["clause,statement,grade,at", "8.2.1,没有告知顾客,minor,2026-06-01 09:00", "8.2.1,没有回复顾客,minor,2026-06-01 09:00"]
    assert brought("improvements", "nonconformity.csv", *lines).written == {"improvements.nonconformity": 2}
    again = brought("improvements", "nonconformity.csv", *lines)
    assert (again.written, again.known, again.mistakes) == ({}, 2, [])
