"""7.1.1 and 7.1.2 Resources and people: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
HOUR = {"queue": "热线", "start": "2026-07-20 10:00", "until": "2026-07-20 11:00", "at": "2026-07-01 09:00"}
ERLANG = {"model": "erlang-c", "calls": "20", "handling": "180", "share": "80", "within": "20"}


@pytest.fixture
def roster(put: Put) -> Callable[..., Record]:
    """Put so many people on shift from nine to five."""
    place = put("surroundings.place", code="LL-H", name="热线大厅", at="2026-06-01 09:00")

    def on_shift(*codes: str, queue: str = "热线") -> None:
        for code in codes:
            person = put("people.person", code=code, name=code, at="2026-05-01 09:00")
            times = {"start": "2026-07-20 09:00", "until": "2026-07-20 17:00"}
            put("surroundings.shift", person=person, place=place, queue=queue, at="2026-07-01 09:00", **times)

    return on_shift


@turns_red("7.1.2-C1")
def test_a_guess_is_no_model(put: Put, stands: Stands) -> None:
    put("people.staffing", **HOUR, model="guess", guess=3)
    assert stands("7.1.2-C1") == ("no-evidence", 0, 0)


@stays_green("7.1.2-C1")
def test_staffing_reckoned_from_volume_handling_time_and_service_level_counts(put: Put, stands: Stands) -> None:
    row = put("people.staffing", **HOUR, **ERLANG)
    assert row.needed.people == 3
    assert stands("7.1.2-C1") == ("conforms", 0, 1)


@turns_red("7.1.1-C2")
def test_an_hour_with_one_too_few_on_shift_is_understaffed(put: Put, roster: Callable[..., None], stands: Stands) -> None:
    put("people.staffing", **HOUR, **ERLANG)
    roster("A01", "A02")
    roster("A03", queue="夜间")
    assert stands("7.1.1-C2", "2026-07-20 10:59")[2] == 0, "before it is over nothing can be said"
    assert stands("7.1.1-C2") == ("nonconforms", 1, 1)


@stays_green("7.1.1-C2")
def test_an_hour_with_as_many_as_needed_is_not(put: Put, roster: Callable[..., None], stands: Stands) -> None:
    put("people.staffing", **HOUR, **ERLANG)
    roster("A01", "A02", "A03")
    assert stands("7.1.1-C2")[1:] == (0, 1)


def test_whoever_is_on_the_roster_and_away_on_the_day_is_not_there(put: Put, roster: Callable[..., None], stands: Stands) -> None:
    put("people.staffing", **HOUR, **ERLANG)
    roster("A01", "A02", "A03")
    put("people.absent", person="A03", start="2026-07-20", until="2026-07-20", at="2026-07-20 08:00")
    put("people.absent", person="A02", start="2026-07-19", until="2026-07-19", at="2026-07-19 08:00")
    assert stands("7.1.1-C2")[1:] == (1, 1)
