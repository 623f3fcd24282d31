"""Emerging groups: the same thing, from different people, within weeks."""

from datetime import UTC, datetime, timedelta

from lingting.registers.parties.groups import ENOUGH, Voice, emerging

AT = datetime(2026, 8, 1, tzinfo=UTC)
NOISE = ["你们的货车半夜进出太吵，孩子睡不着", "半夜货车太吵了，根本没法睡觉", "夜里货车太吵，我们全家睡不着", "晚上两点货车还在进出，太吵，睡不着"]


def voices(words: list[str], *, days: int = 5, parties: list[int] | None = None) -> list[Voice]:
    return [Voice(place, parties[place] if parties else place, AT + timedelta(days=days * place), text) for place, text in enumerate(words)]


def test_four_neighbours_in_three_weeks_are_a_group_and_an_invoice_is_not_of_it() -> None:
    [group] = emerging(voices([*NOISE, "发票抬头开错了，请重开"]))
    assert [voice.number for voice in group] == [0, 1, 2, 3]


def test_one_neighbour_calling_four_times_is_no_group() -> None:
    assert emerging(voices(NOISE, parties=[7, 7, 7, 7])) == []


def test_two_people_are_fewer_than_a_group() -> None:
    assert emerging(voices(NOISE[: ENOUGH - 1])) == []


def test_the_same_words_months_apart_are_no_group() -> None:
    assert emerging(voices(NOISE, days=40)) == []


def test_different_matters_at_the_same_time_are_no_group() -> None:
    assert emerging(voices(["发票抬头开错了", "司机态度很差", "冷柜温度太高", "电话一直打不通"])) == []


def test_nothing_said_is_nobodys_group() -> None:
    assert emerging([]) == []
    assert emerging(voices(["", " ", "\n", ""])) == []
