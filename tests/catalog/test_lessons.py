"""The lessons: five modules, both languages, good beside bad, and figures without a source never as facts."""

import re
from pathlib import Path

from lingting.catalog import lesson

LESSONS = lesson.read()


def test_each_of_the_five_modules_has_its_lessons_in_order() -> None:
    assert list(dict.fromkeys(one.module for one in LESSONS)) == list(lesson.MODULES)
    for module in lesson.MODULES:
        places = [one.place for one in LESSONS if one.module == module]
        assert places == list(range(1, len(places) + 1))


def test_every_lesson_has_a_good_and_a_bad_example_and_why() -> None:
    for one in LESSONS:
        for pair in one.pairs:
            assert pair.bad.zh != pair.good.zh
            assert pair.bad.en != pair.good.en
            assert pair.why.zh


def test_what_the_source_only_names_is_said_to_be_written_by_us() -> None:
    """八条法则、五个环节、三层需要、世界级服务：来源只有名字。"""
    named_only = {"eight-rules", "five-gaps", "three-levels", "world-class"}
    for one in LESSONS:
        if one.id in named_only:
            assert one.source == "house"
            assert one.gap is not None
    assert not [one.id for one in LESSONS if one.module == "asking" and one.source != "house"], "the source gives only the title of this module"


def test_the_three_figures_without_a_source_are_claims_and_stand_nowhere_else() -> None:
    claims = {claim.figure for one in LESSONS for claim in one.claims}
    assert claims == {"70 %", "12×", "1/3 – 2/3"}
    told = [point.zh + point.en for one in LESSONS for point in one.points]
    assert not [words for words in told if re.search(r"70 ?%|12 ?×|2/3|seventy per cent", words)]


BAD = """id: bad
version: 1
module: singing
place: 1
title: {zh: 坏, en: Bad}
source: seed
points: []
pairs:
  - bad: {zh: 一, en: one}
    good: {zh: 二, en: two}
"""


def test_the_mistakes_of_a_lesson_are_told_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    found, errors = lesson.lessons(tmp_path)
    assert found == ()
    assert [error.line for error in errors] == [3, 7, 9, 9], "why is missing, which leaves no pair"


def test_two_lessons_do_not_take_one_place(tmp_path: Path) -> None:
    words = (Path(lesson.__file__).parent / "lessons" / "breathe.yaml").read_text(encoding="utf-8")
    (tmp_path / "breathe.yaml").write_text(words, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(words.replace("id: breathe", "id: other"), encoding="utf-8")
    assert [error.line for error in lesson.lessons(tmp_path)[1]] == [4]
