"""What was compiled once is read back, and never believed when it is not what it should be."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lingting.inspection import kept
from lingting.inspection.scan import PART, BadPattern, Scanner

PATTERNS = {"五点(之)?前": [0], r"五点 \(by \d": [1, 2]}
SAID = [["我明天五点前回您", "下午五点 (by 5 pm)"]]
HEARD = [{0: [(0, 3, 6)], 1: [(1, 2, 10)], 2: [(1, 2, 10)]}]


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often patterns are compiled."""
    counted: list[int] = []
    compiled = kept.compiled

    def counting(patterns: list[str], flags: list[int], first: int) -> object:
        counted.append(len(patterns))
        return compiled(patterns, flags, first)

    kept._machine()
    monkeypatch.setattr(kept, "compiled", counting)
    return counted


def only(folder: Path) -> Path:
    [file] = folder.iterdir()
    return file


def test_the_second_process_reads_what_the_first_compiled(tmp_path: Path, compilations: list[int]) -> None:
    for _ in range(3):
        assert Scanner(PATTERNS, kept=tmp_path).scan(SAID) == HEARD
    assert compilations == [2]


def test_other_words_or_other_beginnings_are_compiled_for_themselves(tmp_path: Path, compilations: list[int]) -> None:
    Scanner(PATTERNS, kept=tmp_path)
    Scanner({**PATTERNS, "三点前": [3]}, kept=tmp_path)
    Scanner(PATTERNS, ["五点(之)?前"], kept=tmp_path)
    assert compilations == [2, 3, 1, 1]  # those whose beginning is asked, and the others
    assert len(list(tmp_path.iterdir())) == 4


def test_more_patterns_than_one_database_holds_are_told_apart_in_all_of_them(tmp_path: Path, compilations: list[int]) -> None:
    """二百五十个模式分在几个库里，一半问起始、一半只问末字；每个命中的仍是它自己的标签，从文件读回也一样。"""
    patterns = {f"第{number}单": [number] for number in range(2 * PART + PART // 2)}
    for _ in range(2):
        [marks] = Scanner(patterns, list(patterns)[::2], kept=tmp_path).scan([["第7单和第208单", "第249单"]])
        assert dict(marks) == {7: [(0, 2, 3)], 208: [(0, 4, 9)], 249: [(1, 4, 5)]}
    assert sorted(compilations) == [PART // 4, PART // 4, PART, PART]


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda held: held[:-100],
    "one byte altered": lambda held: held[:200] + bytes([held[200] ^ 1]) + held[201:],
    "another database under its name": lambda _: b"x" * 5000,
    "a right checksum of something else": lambda _: kept._checksum(b"no database") + b"no database",
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_file_that_is_not_what_it_should_be_is_made_anew(spoil: Callable[[bytes], bytes], tmp_path: Path, compilations: list[int]) -> None:
    Scanner(PATTERNS, kept=tmp_path)
    file = only(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    assert Scanner(PATTERNS, kept=tmp_path).scan(SAID) == HEARD
    assert compilations == [2, 2]
    assert Scanner(PATTERNS, kept=tmp_path).scan(SAID) == HEARD
    assert compilations == [2, 2]


def test_what_another_machine_compiled_is_not_looked_at(tmp_path: Path, compilations: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    Scanner(PATTERNS, kept=tmp_path)
    monkeypatch.setattr(kept, "_machine", lambda: ("0.0.0", "Version: 5.0.0 Features: AVX512 Mode: BLOCK", "Linux", "x86_64"))
    assert Scanner(PATTERNS, kept=tmp_path).scan(SAID) == HEARD
    assert compilations == [2, 2]


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path, compilations: list[int]) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    for _ in range(2):
        assert Scanner(PATTERNS, kept=tmp_path / "file" / "packs").scan(SAID) == HEARD
    assert compilations == [2, 2]


def test_a_pattern_that_is_refused_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(BadPattern):
        Scanner({"(?<!x)y": [0]}, kept=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_was_not_used_for_the_longest_time_goes(tmp_path: Path) -> None:
    for number in range(kept.MOST + 2):
        Scanner({f"第{number}": [0]}, kept=tmp_path)
        for place, file in enumerate(sorted(tmp_path.iterdir(), key=lambda file: file.stat().st_mtime)):
            os.utime(file, (place + 1, place + 1))
    assert len(list(tmp_path.iterdir())) == kept.MOST


FATAL = ["[a-z]+ b", r"\d+ b", r"^[^,.!?]{2,30}, (right|isn't it|is it)\?", r".{2,30}(, right|, wrong)"]
NEAR = ["[a-z]+b", "[a-z]{1,30} b", "my [a-z]+ b", r"^[^,.!?]{2,10}, (right|isn't it|is it)\?", r"^[^,。!?]{2,14}(了|的|不了|掉了)(吧|嘛|呗)[,。?]"]
LONG = "well, that is 我 12 b " * 200


@pytest.mark.parametrize("pattern", FATAL)
def test_a_pattern_that_would_end_the_process_is_refused_by_name(pattern: str, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(BadPattern, match="would end the scanner") as refused:
            Scanner({"前": [0], pattern: [1]}, kept=tmp_path)
        assert refused.value.pattern == pattern
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pattern", NEAR)
def test_its_near_miss_scans_a_long_text(pattern: str) -> None:
    Scanner({"前": [0], pattern: [1]}).scan([[LONG]])


@pytest.mark.parametrize("pattern", FATAL)
def test_the_same_pattern_is_let_through_where_nobody_asks_for_its_beginning(pattern: str) -> None:
    Scanner({"前": [0], pattern: [1]}, []).scan([[LONG]])
