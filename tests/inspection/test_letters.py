"""Letters: a turn that is not scanned for a pattern could not have met it."""

import os
import re
from zoneinfo import ZoneInfo

import pytest

from lingting.catalog import read_norms
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.letters import ANY, as_python, kinds, needed
from lingting.inspection.normalise import plains
from lingting.inspection.pack import pack
from lingting.inspection.samples import transcript
from lingting.inspection.scan import Scanner
from lingting.inspection.transcript import EVERYBODY, VOICES, Role
from lingting.site.options import packs

NORMS = read_norms()
PACK = pack(NORMS, calendar=WorkCalendar(ZoneInfo("Asia/Shanghai")), kept=packs(os.environ))
ROWS = list(plains([turn.text for norm in NORMS for sample in (*norm.flags, *norm.passes) for turn in transcript(sample)[0].turns]))
CUSTOMER, AGENT = VOICES[Role.CUSTOMER], VOICES[Role.AGENT]


@pytest.mark.parametrize("letters", range(1, 8))
def test_no_pattern_of_the_pack_is_met_without_the_letters_that_it_needs(letters: int) -> None:
    held = kinds([row.encode() for row in ROWS])
    without = "\n".join(row for row, kind in zip(ROWS, held, strict=True) if not kind & letters)
    asked = [pattern for pattern in PACK.words.patterns if needed(pattern) == letters]
    assert [pattern for pattern in asked if re.search(as_python(pattern), without, re.ASCII)] == []


def test_most_patterns_of_the_pack_need_letters_of_some_kind() -> None:
    assert sum(needed(pattern) == ANY for pattern in PACK.words.patterns) < 0.02 * len(PACK.words.patterns)


@pytest.mark.parametrize("pattern", ["[^们]", "(好的)?", "x*", r"\s", ".", "款式|!", r"(?i)ok", "[一-z", r"\b(ok){0}"])
def test_what_may_be_met_without_any_letter_is_looked_for_everywhere(pattern: str) -> None:
    assert needed(pattern) == ANY


def test_words_are_looked_for_in_the_turns_of_those_who_are_asked() -> None:
    said, spoken = [["我要投诉", "no", "您要投诉"]], [[CUSTOMER, AGENT, AGENT]]
    [theirs] = Scanner({"投诉": [1]}, voices={1: CUSTOMER}).scan(said, spoken)
    assert theirs[1] == [(0, 2, 4)]
    [everybodys] = Scanner({"投诉": [1]}, voices={1: EVERYBODY}).scan(said, spoken)
    assert everybodys[1] == [(0, 2, 4), (2, 2, 4)]


def test_words_that_two_norms_ask_of_different_people_are_looked_for_in_the_turns_of_both() -> None:
    [marks] = Scanner({"投诉": [1, 2], "客诉": [2]}, [], voices={1: CUSTOMER, 2: AGENT}).scan([["我要投诉", "客诉,投诉"]], [[CUSTOMER, AGENT]])
    assert marks[1] == [(0, 3, 4), (1, 4, 5)]
    assert marks[2] == [(0, 3, 4), (1, 1, 2), (1, 4, 5)]


def test_one_tag_whose_patterns_stand_in_several_languages_keeps_the_order_of_the_turns() -> None:
    [marks] = Scanner({"投诉": [1], "complain": [1], r"\d{3}": [1], "!": [1]}).scan([["complain!", "", "投诉 315", "no 投诉, complain"]])
    assert marks[1] == [(0, 0, 8), (0, 8, 9), (2, 0, 2), (2, 3, 6), (3, 3, 5), (3, 7, 15)]
