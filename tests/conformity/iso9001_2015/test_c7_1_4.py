"""7.1.4 Surroundings: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.records.write import Refused
from lingting.registers.conversations.models import Conversation, Ended, Found, Said
from lingting.registers.surroundings.choices import HUMAN, Factor

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
FIRST = "2026-06-01 08:00"


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


@pytest.fixture
def hall(put: Put) -> Record:
    return put("surroundings.place", code="LL-H", name="热线大厅", at=FIRST)


@pytest.fixture
def person(put: Put) -> Callable[[str], Record]:
    return lambda code: put("people.person", code=code, name=f"某{code}", at="2026-05-01 09:00")


@pytest.fixture
def profile(put: Put, hall: Record) -> Callable[..., Record]:
    """Determine the surroundings of a hotline; factors left out stay undecided, those named in `off` do not apply."""

    def determine(*, off: tuple[Factor, ...] = (), left_out: tuple[Factor, ...] = (), service: str = "是") -> Record:
        row = put("surroundings.profile", process=put("processes.process", code="P-01", name="热线受理", at=FIRST), place=hall, service=service, at=FIRST)
        for factor in Factor:
            if factor not in left_out:
                given = {"applies": "否", "reason": "夜间无此情形"} if factor in off else {"applies": "是", "need": "写明", "provided": "有", "kept": "有"}
                put("surroundings.condition", profile=row, factor=factor.value, at=FIRST, **given)
        return row

    return determine


@turns_red("7.1.4-C1")
def test_a_hotline_of_which_only_physical_factors_apply_is_not_determined(profile: Callable[..., Record], put: Put, person: Put, stands: Stands) -> None:
    row = profile(off=HUMAN)
    assert stands("7.1.4-C1") == ("nonconforms", 1, 1)
    with pytest.raises(Refused, match="physical factors alone"):
        put("surroundings.approved", profile=row, by=person("SV1"), at="2026-06-02 09:00")


@stays_green("7.1.4-C1")
def test_a_warehouse_where_nobody_deals_with_people_may_need_physical_factors_alone(profile: Callable[..., Record], stands: Stands) -> None:
    profile(off=HUMAN, service="否")
    assert stands("7.1.4-C1") == ("conforms", 0, 1)


@stays_green("7.1.4-C1")
def test_one_human_factor_that_applies_is_enough_where_every_other_was_decided(profile: Callable[..., Record], put: Put, person: Put, stands: Stands) -> None:
    row = profile(off=HUMAN[1:])
    assert stands("7.1.4-C1") == ("conforms", 0, 1)
    put("surroundings.approved", profile=row, by=person("SV1"), at="2026-06-02 09:00")


def test_a_factor_left_undecided_is_a_gap_and_so_is_a_process_without_a_profile(profile: Callable[..., Record], put: Put, stands: Stands) -> None:
    profile(left_out=(Factor.NOISE,))
    put("processes.process", code="P-02", name="夜间热线", at=FIRST)
    assert stands("7.1.4-C1") == ("nonconforms", 2, 2)


@pytest.fixture
def reading(put: Put, hall: Record) -> Callable[[str, str], Record]:
    """A reading of noise in the hall, of which the limit is 65 dB(A) read every hour."""
    put("instruments.instrument", code="NM-01", name="噪声计", sort="device", use="量大厅噪声", at=FIRST)
    put("surroundings.limit", place=hall, factor="noise", highest="65", rhythm="hour", origin="house", source="本组织规定", at=FIRST)
    return lambda when, value: put("surroundings.reading", place=hall, factor="noise", value=value, instrument="NM-01", at=when)


@turns_red("7.1.4-C2")
def test_noise_above_the_limit_fails_and_so_does_a_factor_nobody_measures(
    reading: Callable[[str, str], Record], profile: Callable[..., Record], stands: Stands
) -> None:
    profile(off=tuple(factor for factor in Factor if factor not in {*HUMAN, Factor.NOISE, Factor.LIGHT}))
    reading("2026-08-31 08:30", "65.01")
    assert stands("7.1.4-C2") == ("nonconforms", 2, 3), "the reading, and the light; noise itself is measured"


@stays_green("7.1.4-C2")
def test_noise_on_the_limit_is_within_it(reading: Callable[[str, str], Record], stands: Stands) -> None:
    for hour in range(8, 22):
        for day in range(1, 8):
            reading(f"2026-08-0{day} {hour:02}:00", "65")
    assert stands("7.1.4-C2") == ("conforms", 0, 98)


def test_the_limit_that_counts_is_the_one_that_held_when_it_was_read(reading: Callable[[str, str], Record], put: Put, hall: Record, stands: Stands) -> None:
    reading("2026-06-23 15:00", "70")
    put("surroundings.limit", place=hall, factor="noise", highest="75", rhythm="hour", origin="house", source="改过", at="2026-07-01 08:00")
    reading("2026-07-02 15:00", "70")
    assert stands("7.1.4-C2")[1:] == (1, 2)


@pytest.fixture
def shift(put: Put, hall: Record) -> Callable[..., Record]:
    return lambda person, start, until, **more: put("surroundings.shift", person=person, place=hall, start=start, until=until, at=FIRST, **more)


@turns_red("7.1.4-C3")
def test_six_nights_in_a_row_and_nine_hours_of_rest_are_two_shifts_that_break_rules(shift: Put, person: Put, stands: Stands) -> None:
    """A07 替台风班：07-08 到 07-13 连上六个夜班；07-15 晚班后只休息九小时。"""
    somebody = person("A07")
    for day in range(8, 14):
        shift(somebody, f"2026-07-{day:02} 22:00", f"2026-07-{day + 1:02} 06:00")
    shift(somebody, "2026-07-15 14:00", "2026-07-15 22:00")
    shift(somebody, "2026-07-16 07:00", "2026-07-16 15:00")
    assert stands("7.1.4-C3") == ("nonconforms", 2, 8)


@stays_green("7.1.4-C3")
def test_five_nights_in_a_row_and_eleven_hours_of_rest_keep_the_rules(shift: Put, person: Put, stands: Stands) -> None:
    somebody = person("A07")
    for month in (6, 7, 8):
        for day in range(8, 13):
            shift(somebody, f"2026-0{month}-{day:02} 22:00", f"2026-0{month}-{day + 1:02} 06:00")
        shift(somebody, f"2026-0{month}-15 14:00", f"2026-0{month}-15 22:00")
        shift(somebody, f"2026-0{month}-16 09:00", f"2026-0{month}-16 17:00")
    assert stands("7.1.4-C3")[1:] == (0, 21)


@pytest.fixture
def trip(put: Put) -> Callable[..., Record]:
    """A truck of a provider that drove from when to when."""
    provider = put("suppliers.provider", code="PV-05", name="朔风专线", at=FIRST)

    def drive(code: str, *drives: tuple[str, str]) -> Record:
        row = put("surroundings.trip", code=code, provider=provider, vehicle="朔-08", shipments="SH-0512", at="2026-08-11 05:00")
        for start, until in drives:
            put("surroundings.drive", trip=row, start=f"2026-08-11 {start}", until=f"2026-08-11 {until}", at="2026-08-11 23:00")
        return row

    return drive


@turns_red("7.1.4-C3")
def test_driving_for_more_than_four_hours_with_a_stop_of_nineteen_minutes_breaks_the_rule(trip: Callable[..., Record], stands: Stands) -> None:
    trip("TR-1", ("06:00", "09:00"), ("09:19", "11:39"))
    assert stands("7.1.4-C3") == ("nonconforms", 1, 1)


@stays_green("7.1.4-C3")
def test_driving_for_four_hours_and_resting_for_twenty_minutes_keeps_it(trip: Callable[..., Record], stands: Stands) -> None:
    trip("TR-1", ("06:00", "10:00"), ("10:20", "14:20"))
    assert stands("7.1.4-C3")[1:] == (0, 1)


@pytest.fixture
def abused() -> Found:
    """CV-0458: the customer swears at A02 at 10:00; the call ends at 10:20."""
    call = Conversation(source="t", key="CV-0458", channel="phone", at=at("2026-06-27 09:58"), language="zh", subject="", meta="")
    said = Said(conversation=call, key="1", role="customer", at=at("2026-06-27 10:00"), speaker="", text="你他妈有完没完！")
    heard = Found(
        conversation=call, said=said, start=0, end=7, norm="abuse.customer", norm_version=2, instrument="rule/1", kind="feeling", severity="major",
        quote="你他妈有完没完", slots="{}", at=said.at,
    )  # fmt: skip
    again = Found(
        conversation=call, said=said, start=7, end=8, norm="abuse.customer", norm_version=2, instrument="rule/1", kind="feeling", severity="major",
        quote="！", slots="{}", at=said.at + timedelta(minutes=5),
    )  # fmt: skip
    book.write(call, said, heard, again, Ended(conversation=call, at=at("2026-06-27 10:20")), act="test")
    return heard


@turns_red("7.1.4-C4")
def test_no_break_within_a_quarter_of_an_hour_after_an_abusive_call_is_a_gap_of_the_supervisor(abused: Found, put: Put, person: Put, stands: Stands) -> None:
    assert stands("7.1.4-C4", "2026-06-27 10:34")[2] == 0, "within the time nothing can be said yet"
    put("surroundings.relief", found=abused.id, person=person("A02"), by=person("SV1"), minutes=10, at="2026-06-27 10:36")
    assert stands("7.1.4-C4") == ("at-risk", 1, 1), "abused twice in one call is one call"


@stays_green("7.1.4-C4")
def test_a_break_offered_as_the_quarter_of_an_hour_ends_is_in_time_even_if_it_was_not_wanted(abused: Found, put: Put, person: Put, stands: Stands) -> None:
    relief = put("surroundings.relief", found=abused.id, person=person("A02"), by=person("SV1"), minutes=5, at="2026-06-27 10:35")
    put("surroundings.used", relief=relief, taken="否", at="2026-06-27 10:36")
    assert stands("7.1.4-C4")[1:] == (0, 1)


@turns_red("7.1.4-C5")
def test_a_report_of_discrimination_left_for_thirty_days_fails(put: Put, stands: Stands) -> None:
    row = put("surroundings.report", code="RT-1", trouble="discrimination", channel="意见箱", what="", at="2026-07-01 09:00")
    assert stands("7.1.4-C5", "2026-07-31 08:59")[2] == 0
    put("surroundings.resolved", report=row, what="谈过", at="2026-07-31 09:01")
    assert stands("7.1.4-C5") == ("at-risk", 1, 1)


@stays_green("7.1.4-C5")
def test_a_report_dealt_with_on_its_last_day_is_dealt_with_in_time(put: Put, stands: Stands) -> None:
    row = put("surroundings.report", code="RT-1", trouble="conflict", channel="意见箱", what="", at="2026-07-01 09:00")
    put("surroundings.resolved", report=row, what="谈过，双方同意", at="2026-07-31 09:00")
    assert stands("7.1.4-C5")[1:] == (0, 1)
