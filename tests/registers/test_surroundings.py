"""Surroundings: noise that excuses, rosters before they are published, promises that ask for too long at the wheel, answers without names."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from tests import instruments as house
from tests.conftest import LATER, ZONE

from lingting.ledger import book
from lingting.ledger.models import Entry, Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, strike, write
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.registers.people import queries as people
from lingting.registers.promises.models import Postponed, Promise
from lingting.registers.surroundings import queries

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
FIRST = "2026-06-01 08:00"
END = Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE))


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


def refused(label: str, **given: object) -> dict[str, str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[label], given, by=1, now=LATER, zone=ZONE)
    return {one.column: one.zh for one in raised.value.wrong}


@pytest.fixture
def hall(put: Put) -> Record:
    return put("surroundings.place", code="LL-H", name="热线大厅", at=FIRST)


@pytest.fixture
def person(put: Put) -> Callable[[str], Record]:
    return lambda code: put("people.person", code=code, name=f"某{code}", at="2026-05-01 09:00")


@pytest.fixture
def noise(put: Put, hall: Record) -> Callable[[str, str], Record]:
    put("instruments.instrument", code="NM-01", name="噪声计", sort="device", use="量大厅噪声", at=FIRST)
    put("surroundings.limit", place=hall, factor="noise", highest="65", rhythm="hour", origin="house", source="本组织规定", at=FIRST)
    return lambda when, value: put("surroundings.reading", place=hall, factor="noise", value=value, instrument="NM-01", at=when)


@pytest.fixture
def call() -> Callable[[str, str], Found]:
    """A call in which an agent spoke too fast at a time."""

    def ring(when: str, speaker: str, norm: str = "pace.outside") -> Found:
        row = Conversation(source="t", key=f"{when} {speaker} {norm}", channel="phone", at=at(when), language="zh", subject="", meta="")
        said = Said(conversation=row, key="1", role="agent", at=at(when), speaker=speaker, text="好的。")
        slip = Found(
            conversation=row, said=said, start=0, end=2, norm=norm, norm_version=2, instrument="rule/1", kind="fact", severity="none", quote="好的", slots="{}",
            at=said.at,
        )  # fmt: skip
        book.write(row, said, slip, act="test")
        return slip

    return ring


def disturbed() -> set[int]:
    return set(queries.disturbed(Found.objects.as_of(END), people.known(END), END).values_list("pk", flat=True))


def test_who_spoke_fast_in_a_hall_that_was_too_loud_is_not_held_to_it(noise: Put, call: Put, person: Put, put: Put, hall: Record) -> None:
    """06-23 下午大厅 71 dB(A)：那时的语速不算；上午、别处、按下班以后的照算。"""
    for code in ("A01", "A02"):
        person(code)
    put("surroundings.place", code="TX-D", name="桐溪里", at=FIRST)
    put("surroundings.shift", person="A01", place=hall, start="2026-06-23 09:00", until="2026-06-23 17:00", at=FIRST)
    put("surroundings.shift", person="A02", place="TX-D", start="2026-06-23 09:00", until="2026-06-23 17:00", at=FIRST)
    noise("2026-06-23 11:00", "65")
    noise("2026-06-23 15:00", "71")
    by_code, by_name = call("2026-06-23 15:10", "A01"), call("2026-06-23 15:20", "某A01")
    call("2026-06-23 11:10", "A01")
    call("2026-06-23 15:10", "A02")
    call("2026-06-23 17:10", "A01")
    call("2026-06-23 16:01", "A01")
    call("2026-06-23 15:30", "A01", norm="arguing.retort")
    assert disturbed() == {by_code.pk, by_name.pk}, "an hour after the reading nobody knows how loud it is; and noise excuses no retort"
    assert queries.noisy(Said.objects.as_of(END), people.known(END), END).count() == 3


def test_the_page_of_a_call_in_noise_says_that_pace_is_not_judged(
    noise: Put, call: Put, person: Put, put: Put, hall: Record, signed_in: Callable[[str], Client], at_time: Put
) -> None:
    put("surroundings.shift", person=person("A01"), place=hall, start="2026-06-23 09:00", until="2026-06-23 17:00", at=FIRST)
    noise("2026-06-23 15:00", "71")
    at_time("2026-08-31T09:00")
    loud, quiet = call("2026-06-23 15:10", "A01"), call("2026-06-23 14:10", "A01")
    pages = [signed_in("supervisor").get(f"/conversations/{one.conversation_id}").content.decode() for one in (loud, quiet)]
    assert ["语速和清晰不评" in page for page in pages] == [True, False]


def test_a_remedy_covers_the_readings_of_the_same_noise_and_no_other(noise: Put, put: Put) -> None:
    first, _, third = noise("2026-06-23 15:00", "71"), noise("2026-06-23 16:00", "70"), noise("2026-06-25 15:00", "72")
    put("surroundings.remedied", reading=first, what="请装修队改到晚上", at="2026-06-23 16:30")
    assert list(queries.untreated(END)) == [third]
    assert set(refused("surroundings.remedied", reading=first.id, what="早了", at="2026-06-23 14:00")) == {"at"}


def test_what_a_meter_read_while_nobody_had_shown_that_it_was_fit_is_an_indication(
    noise: Put, put: Put, signed_in: Callable[[str], Client], at_time: Put
) -> None:
    """噪声计 06-10 才校准，到 06-20 到期；06-14 到 06-16 停用。到期日当天读的还算数，停用前后读的也算数。"""
    meter = noise("2026-06-02 10:00", "60").instrument
    house.calibrated(put, meter, "2026-06-10 09:00", "2026-06-20")
    lock = put("instruments.quarantined", instrument=meter, why="摔过", at="2026-06-14 08:00")
    days = {day: noise(f"2026-06-{day} 10:00", "60") for day in ("09", "11", "15")}
    house.calibrated(put, meter, "2026-06-16 09:00", "2026-06-20")
    put("instruments.released", quarantined=lock, person=house.person(put, "QM"), why="核查合格", at="2026-06-16 10:00")
    days |= {day: noise(f"2026-06-{day} 20:00", "60") for day in ("16", "20", "21")}
    doubtful = {row.at.astimezone(ZONE).day for row in queries.indicated(END)}
    assert doubtful == {2, 9, 15, 21}
    at_time("2026-08-31 09:00")
    page = signed_in("quality_manager").get(f"/registers/surroundings/reading/{days['15'].pk}").content.decode()
    assert "仪器当时没有有效校准，仅作提示" in page
    assert "仅作提示" not in signed_in("quality_manager").get(f"/registers/surroundings/reading/{days['11'].pk}").content.decode()


def test_a_limit_has_a_side_and_a_factor_that_applies_has_a_need(hall: Record, put: Put) -> None:
    limit = {"place": hall.id, "factor": "noise", "rhythm": "hour", "origin": "house", "source": "本组织规定"}
    assert set(refused("surroundings.limit", **limit)) == {"highest"}
    assert set(refused("surroundings.limit", **limit, lowest="3", highest="2")) == {"highest"}
    put("processes.process", code="P-01", name="热线受理", at=FIRST)
    profile = put("surroundings.profile", process="P-01", place=hall, service="是", at=FIRST)
    assert set(refused("surroundings.condition", profile=profile.id, factor="calm", applies="是")) == {"need"}
    assert set(refused("surroundings.condition", profile=profile.id, factor="calm", applies="否")) == {"reason"}


def test_a_profile_with_an_undecided_factor_is_not_approved(hall: Record, put: Put, person: Put) -> None:
    put("processes.process", code="P-01", name="热线受理", at=FIRST)
    profile = put("surroundings.profile", process="P-01", place=hall, service="是", at=FIRST)
    assert not queries.physical_only(END).exists(), "nothing was decided yet"
    put("surroundings.condition", profile=profile, factor="noise", applies="是", need="不超过 65 dB(A)", at=FIRST)
    assert list(queries.physical_only(END)) == [profile]
    put("surroundings.condition", profile=profile, factor="calm", applies="是", need="平和", at="2026-07-01 08:00")
    assert not queries.physical_only(END).exists()
    assert queries.physical_only(Moment(at("2026-06-30 08:00"))).count() == 1, "as of the day before it was physical alone"
    assert "没有写明" in refused("surroundings.approved", profile=profile.id, by=person("SV1").id)["profile"]
    assert queries.unprovided(END).count() == 2


SHIFT = {"start": "2026-07-15 14:00", "until": "2026-07-15 22:00"}


def test_nobody_is_on_the_roster_twice_at_once_but_may_come_back_as_a_shift_ends(hall: Record, put: Put, person: Put) -> None:
    someone = person("A07")
    row = put("surroundings.shift", person=someone, place=hall, **SHIFT)
    assert set(refused("surroundings.shift", person=someone.id, place=hall.id, start="2026-07-15 21:59", until="2026-07-15 23:00")) == {"start"}
    put("surroundings.shift", person=someone, place=hall, start="2026-07-15 22:00", until="2026-07-15 23:00")
    strike(row, reason="排错了", at=LATER, by=1)
    put("surroundings.shift", person=someone, place=hall, start="2026-07-15 13:00", until="2026-07-15 22:00")


def test_a_shift_swapped_away_breaks_no_rule_any_more(hall: Record, put: Put, person: Put) -> None:
    someone = person("A07")
    put("surroundings.shift", person=someone, place=hall, **SHIFT, at=FIRST)
    early = put("surroundings.shift", person=someone, place=hall, start="2026-07-16 07:00", until="2026-07-16 15:00", at=FIRST)
    assert list(queries.restless(END)) == [early]
    strike(early, reason="换给 A08", at=at("2026-07-10 09:00"), by=1)
    assert not queries.restless(END).exists()
    assert queries.restless(Moment(at("2026-07-09 09:00"))).count() == 1


def test_a_roster_that_leaves_too_little_rest_is_published_only_with_a_reason(hall: Record, put: Put, person: Put) -> None:
    someone = person("A07")
    put("surroundings.shift", person=someone, place=hall, **SHIFT)
    put("surroundings.shift", person=someone, place=hall, start="2026-07-16 07:00", until="2026-07-16 15:00")
    week = {"place": hall.id, "first": "2026-07-16", "last": "2026-07-19"}
    assert refused("surroundings.published", **week)["despite"] == "A07 07-16：不符合“两次上班之间至少休息 11 小时”。"
    put("surroundings.published", **week, despite="台风替班，次日补休")
    put("surroundings.published", place=hall, first="2026-07-17", last="2026-07-19")


@pytest.fixture
def promise() -> Promise:
    """To C06 on 08-11: it arrives by eleven."""
    row = Promise(speaker="A03", words="上午十一点前送到", condition="", due=at("2026-08-11 11:00"), at=at("2026-08-10 15:00"))
    book.write(row, act="test")
    return row


def test_a_promise_that_leaves_no_time_to_rest_is_flagged_until_it_is_put_off(promise: Promise, put: Put) -> None:
    """凌晨 5:40 出发，要开 5 小时 20 分：不休息才赶得上十一点。"""
    route = put("surroundings.route", promise=promise.id, departs="2026-08-11 05:40", driving="320", at="2026-08-10 16:00")
    assert route.arrival.earliest == at("2026-08-11 11:20")
    assert list(queries.unreachable(END)) == [route]
    book.write(Postponed(promise=promise, due=at("2026-08-11 11:20"), at=at("2026-08-10 17:00")), act="test")
    assert not queries.unreachable(END).exists()
    assert queries.unreachable(Moment(at("2026-08-10 16:30"))).count() == 1


def test_a_promise_that_leaves_just_enough_time_to_rest_is_not(promise: Promise, put: Put) -> None:
    put("surroundings.route", promise=promise.id, departs="2026-08-11 05:20", driving="320", at="2026-08-10 16:00")
    assert not queries.unreachable(END).exists()


def test_trips_that_were_driven_too_long_name_their_provider_and_shipments(put: Put) -> None:
    put("suppliers.provider", code="PV-05", name="朔风专线", at=FIRST)
    trip = put("surroundings.trip", code="TR-1", provider="PV-05", vehicle="朔-08", driver="", shipments="SH-1 SH-2", at="2026-08-11 06:00")
    put("surroundings.drive", trip=trip, start="2026-08-11 06:00", until="2026-08-11 11:20", at="2026-08-11 12:00")
    [row] = queries.overdriven(END)
    assert (row.provider.code, row.shipments) == ("PV-05", "SH-1 SH-2")


def test_the_load_of_four_is_not_written_down_and_that_of_five_is(hall: Record, put: Put) -> None:
    load = {"place": hall.id, "team": "早班", "occupancy": "85.1"}
    assert set(refused("surroundings.load", **load, people=4)) == {"people"}
    row = put("surroundings.load", **load, people=5, at="2026-07-01 18:00")
    put("surroundings.load", **{**load, "occupancy": "85"}, people=5, at="2026-07-02 18:00")
    assert list(queries.overloaded(END)) == [row]


@pytest.fixture
def pulse(put: Put, hall: Record) -> Record:
    return put("surroundings.pulse", code="PU-07", place=hall, team="早班", at="2026-07-01 08:00")


BEAT = {"fair": 2, "calm": 4, "bearable": 1}


def test_fewer_than_five_answers_are_never_shown_and_five_only_once_the_pulse_has_ended(pulse: Record, put: Put) -> None:
    for _ in range(4):
        put("surroundings.beat", pulse=pulse, **BEAT, at="2026-07-02 08:00")
    assert kinds()["surroundings.beat"].as_of(END).count() == 0
    put("surroundings.beat", pulse=pulse, **BEAT, at="2026-07-03 08:00")
    assert kinds()["surroundings.beat"].as_of(END).count() == 0, "the pulse has not ended"
    put("surroundings.shut", pulse=pulse, at="2026-07-08 08:00")
    assert queries.results(END).get() == {"pulse": pulse.id, "answers": 5, "fair_mean": 2.0, "calm_mean": 4.0, "bearable_mean": 1.0}
    assert kinds()["surroundings.beat"].as_of(Moment(at("2026-07-07 08:00"))).count() == 0, "going back in time shows no more than was shown then"
    assert set(refused("surroundings.beat", pulse=pulse.id, **BEAT)) == {"pulse"}


def test_a_pulse_of_four_is_not_shown_on_pages_in_sheets_or_to_programs(pulse: Record, put: Put, signed_in: Callable[[str], Client], at_time: Put) -> None:
    rows = [put("surroundings.beat", pulse=pulse, **BEAT) for _ in range(4)]
    put("surroundings.shut", pulse=pulse, at="2026-07-08 08:00")
    at_time("2026-08-31T09:00")
    client = signed_in("quality_manager")
    assert client.get(f"/registers/surroundings/beat/{rows[0].id}").status_code == 404
    for path in ("surroundings/beat", "surroundings/beat/export.csv", f"surroundings/pulse/{pulse.id}"):
        page = client.get(f"/registers/{path}").content.decode()
        assert not any(str(row.id) in page for row in rows), path


def test_who_answered_and_when_is_kept_nowhere_and_no_answer_can_be_struck_out(pulse: Record, put: Put) -> None:
    row = put("surroundings.beat", pulse=pulse, **BEAT, at="2026-07-02 08:13")
    assert Entry.objects.get(id=row.entry_id).by is None
    assert row.at == pulse.at
    with pytest.raises(Refused, match="anonymous"):
        strike(row, reason="错了", at=LATER, by=1)
    assert set(refused("surroundings.beat", pulse=pulse.id, fair=0, calm=6, bearable=3)) == {"fair", "calm"}


def test_a_break_is_offered_by_another_and_long_enough(call: Put, person: Put, put: Put) -> None:
    abuse = call("2026-06-27 10:00", "", norm="abuse.customer")
    agent, chief = person("A02"), person("SV1")
    offer = {"found": abuse.id, "person": agent.id, "at": "2026-06-27 10:05"}
    assert set(refused("surroundings.relief", **offer, by=agent.id, minutes=4)) == {"by", "minutes"}
    put("surroundings.relief", **offer, by=chief, minutes=5, talk="是")
