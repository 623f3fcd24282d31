"""Rest, as pure rules: where a boundary lies, and what holds whatever the roster."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingting.registers.surroundings.rest import MINUTE, Spell, broken, earliest, longest_drive, rules

ZONE = ZoneInfo("Asia/Shanghai")
RULES = rules()
DRIVING = RULES.rules["driving"]


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


def spells(*times: tuple[str, str]) -> list[Spell]:
    return [Spell(number, at(f"2026-07-{start}"), at(f"2026-07-{until}")) for number, (start, until) in enumerate(times, 1)]


def found(*times: tuple[str, str]) -> set[tuple[int, str]]:
    return {(one.number, one.rule) for one in broken(spells(*times), RULES, zone=ZONE)}


def test_eleven_hours_of_rest_are_enough_and_a_minute_less_is_not() -> None:
    assert found(("15 14:00", "15 22:00"), ("16 09:00", "16 17:00")) == set()
    assert found(("15 14:00", "15 22:01"), ("16 09:00", "16 17:00")) == {(2, "rest")}


def test_a_break_of_less_than_three_hours_parts_no_working_day() -> None:
    assert found(("15 08:00", "15 12:00"), ("15 14:00", "15 18:00")) == set(), "lunch is a break, not a rest that is too short"
    assert found(("15 08:00", "15 12:00"), ("15 15:00", "15 18:00")) == {(2, "rest")}, "three hours are no break any more"


def test_eleven_hours_of_work_a_day_are_the_most_over_a_break_too() -> None:
    assert found(("15 08:00", "15 13:00"), ("15 14:00", "15 20:00")) == set()
    assert found(("15 08:00", "15 13:00"), ("15 14:00", "15 20:01")) == {(2, "hours")}


def nights(first: int, last: int) -> list[tuple[str, str]]:
    return [(f"{day:02} 22:00", f"{day + 1:02} 06:00") for day in range(first, last + 1)]


def test_the_sixth_night_in_a_row_is_too_many_and_a_night_off_begins_anew() -> None:
    assert found(*nights(8, 12)) == set()
    assert found(*nights(8, 13)) == {(6, "nights")}
    assert found(*nights(8, 10), *nights(12, 15)) == set(), "three nights and four, with one off between them"


def test_an_evening_that_ends_at_half_past_one_is_no_night() -> None:
    assert found(*[(f"{day:02} 17:30", f"{day + 1:02} 01:59") for day in range(8, 14)]) == set()
    assert found(*[(f"{day:02} 18:00", f"{day + 1:02} 02:00") for day in range(8, 14)]) == {(6, "nights")}


def test_the_seventh_day_in_a_row_is_too_many() -> None:
    assert found(*[(f"{day:02} 09:00", f"{day:02} 17:00") for day in range(6, 12)]) == set()
    assert found(*[(f"{day:02} 09:00", f"{day:02} 17:00") for day in range(6, 13)]) == {(7, "days")}


def test_two_hours_at_the_desk_are_the_most_where_the_stretch_is_known() -> None:
    [shift] = spells(("15 09:00", "15 17:00"))
    assert [one.rule for one in broken([replace(shift, stretch=121)], RULES, zone=ZONE)] == ["stretch"]
    assert list(broken([replace(shift, stretch=120)], RULES, zone=ZONE)) == []


def test_every_number_says_who_set_it_and_none_is_the_standards() -> None:
    for rule in RULES.rules.values():
        assert rule.set_by in {"house", "law"}
        assert bool(rule.jurisdiction) == (rule.set_by == "law")
        assert "ISO" not in rule.source.zh + rule.source.en


def test_a_law_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="jurisdiction"):
        type(DRIVING).model_validate({**DRIVING.model_dump(), "jurisdiction": ""})


def test_a_stop_of_nineteen_minutes_is_no_rest_and_one_of_twenty_is() -> None:
    def longest(stop: int) -> timedelta:
        return longest_drive(
            [(at("2026-08-11 06:00"), at("2026-08-11 09:00")), (at("2026-08-11 09:00") + stop * MINUTE, at("2026-08-11 12:00"))], pause=20 * MINUTE
        )

    assert longest(20) == timedelta(hours=3)
    assert longest(19) == timedelta(hours=6) - 19 * MINUTE


shifts = st.lists(st.tuples(st.integers(0, 60 * 24 * 20), st.integers(1, 60 * 14), st.none() | st.integers(1, 300)), max_size=20)


def made(drawn: list[tuple[int, int, int | None]]) -> list[Spell]:
    """Put drawn shifts one after the other, the gaps as drawn."""
    clock, result = datetime(2026, 7, 1, tzinfo=UTC), []
    for number, (gap, length, stretch) in enumerate(drawn):
        start = clock + gap % (60 * 20) * MINUTE
        clock = start + length * MINUTE
        result.append(Spell(number, start, clock, stretch))
    return result


@given(shifts, st.integers(0, 1000))
def test_the_order_in_which_shifts_are_told_changes_nothing(drawn: list[tuple[int, int, int | None]], seed: int) -> None:
    told = made(drawn)
    shuffled = Random(seed).sample(told, len(told))
    assert set(broken(told, RULES, zone=ZONE)) == set(broken(shuffled, RULES, zone=ZONE))


@given(shifts)
def test_what_breaks_a_rule_is_one_of_the_shifts_and_a_single_short_one_breaks_none(drawn: list[tuple[int, int, int | None]]) -> None:
    told = made(drawn)
    assert {one.number for one in broken(told, RULES, zone=ZONE)} <= {spell.number for spell in told}
    for spell in told:
        if spell.until - spell.start <= timedelta(hours=11):
            assert list(broken([replace(spell, stretch=None)], RULES, zone=ZONE)) == []


@given(shifts)
def test_another_shift_never_mends_nights_or_rest(drawn: list[tuple[int, int, int | None]]) -> None:
    """Nights and days in a row only grow when somebody works more."""
    told = made(drawn)
    before = {one for one in broken(told[:-1], RULES, zone=ZONE) if one.rule in {"nights", "stretch"}}
    assert before <= set(broken(told, RULES, zone=ZONE))


@given(st.integers(1, 3000))
def test_who_arrives_at_the_earliest_lawful_time_has_rested_enough(driving: int) -> None:
    """Drive four hours, rest, drive on: it takes exactly so long, and breaks no rule."""
    departs, left, clock, drives = at("2026-08-11 06:00"), driving, at("2026-08-11 06:00"), []
    while left:
        part = min(left, DRIVING.most)
        drives.append((clock, clock + part * MINUTE))
        left -= part
        clock += (part + (DRIVING.pause if left else 0)) * MINUTE
    assert clock == earliest(departs, driving, DRIVING)
    assert longest_drive(drives, pause=DRIVING.pause * MINUTE) <= DRIVING.most * MINUTE


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 300)), max_size=12))
def test_the_longest_drive_is_never_longer_than_all_driving_nor_shorter_than_its_longest_part(drawn: list[tuple[int, int]]) -> None:
    clock, drives = at("2026-08-11 06:00"), []
    for gap, length in drawn:
        start = clock + gap * MINUTE
        clock = start + length * MINUTE
        drives.append((start, clock))
    longest = longest_drive(drives, pause=20 * MINUTE)
    assert longest <= sum((until - start for start, until in drives), timedelta())
    assert longest >= max((until - start for start, until in drives), default=timedelta())
