"""Words by their sound: every place stays where it is, and only what sounds the same is the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingting.inspection.normalise import plain
from lingting.inspection.pinyin import FIRST, sound_pattern, sounds, syllables


@pytest.mark.parametrize(("meant", "written"), [("不贵", "不归"), ("回电话", "会电话"), ("绿色", "率色"), ("抱歉", "报歉")])
def test_a_phrase_is_met_by_its_sound_where_a_recogniser_took_another_character(meant: str, written: str) -> None:
    """
    客服: 这个真的不归。
    """
    pattern = sound_pattern(meant)
    assert pattern is not None
    text = f"那个{written},好吗?"
    match = re.search(pattern, sounds(text))
    assert match is not None
    assert text[match.start() : match.end()] == written


@pytest.mark.parametrize(("meant", "written"), [("不贵", "不会"), ("回电话", "打电话"), ("路上", "绿上"), ("请等", "清点")])
def test_another_syllable_is_another_sound(meant: str, written: str) -> None:
    """
    客服: 这个我不会。
    """
    pattern = sound_pattern(meant)
    assert pattern is not None
    assert not re.search(pattern, sounds(f"那个{written},好吗?"))


@pytest.mark.parametrize("phrase", ["", "贵", "贵?", "请(您)?稍等", "稍.等", "OK", "5分钟", "稍 等"])
def test_what_is_no_chinese_phrase_of_two_syllables_has_no_pattern(phrase: str) -> None:
    assert sound_pattern(phrase) is None


def test_traditional_words_sound_like_simplified_ones() -> None:
    assert sounds(plain("請您稍等")) == sounds("请您稍等")


def test_a_private_letter_in_a_text_sounds_like_nothing() -> None:
    assert sounds(chr(FIRST) + "ok") == " ok"


def test_syllables_are_read_as_people_write_them_without_tones() -> None:
    assert syllables("绿色女士, ok 回电") == ["lv", "se", "nv", "shi", "hui", "dian"]


@given(st.text())
def test_every_place_in_the_sounds_is_the_place_in_the_text(text: str) -> None:
    heard = sounds(text)
    assert len(heard) == len(text)
    assert all(a == b for a, b in zip(text, heard, strict=True) if a.isascii())


@given(st.text(alphabet="请您稍等回电话不贵归会", min_size=2), st.text(), st.text())
def test_a_phrase_is_found_by_its_sound_wherever_it_stands(phrase: str, before: str, after: str) -> None:
    pattern = sound_pattern(phrase)
    assert pattern is not None
    assert sounds(before + phrase + after)[len(before) :].startswith(pattern)
