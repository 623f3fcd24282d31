"""Reading reviewed samples: each line that cannot be taken is named by its number."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingting.learning.excerpt import Earlier
from lingting.learning.samples import read_samples

GOOD = {"conversation": "T-1", "text": "太慢了", "label": "投诉", "reviewed_by": "王主管"}


def lines(*given_lines: object) -> list[bytes]:
    return [json.dumps(line, ensure_ascii=False).encode() for line in given_lines]


def test_a_line_is_read_with_what_was_said_before() -> None:
    """
    客服: 您好
    顾客: 太慢了
    """
    [sample], mistakes = read_samples(lines({**GOOD, "before": [{"role": "agent", "text": "您好"}, "在吗"]}), "f")
    assert mistakes == []
    assert sample.excerpt.before == (Earlier("agent", "您好"), Earlier("", "在吗"))
    assert (sample.label, sample.reviewed_by) == ("投诉", "王主管")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "not an object"),
        (b"null", "not an object"),
        *[(lines({**GOOD, name: value})[0], f"{name} is missing") for name in GOOD for value in (None, 1.5, [])],
        (lines({**GOOD, "label": " "})[0], "label is missing"),
        (lines({**GOOD, "reviewed_by": ""})[0], "reviewed_by is missing"),
        (lines({**GOOD, "before": "您好"})[0], "before is not a list"),
        (lines({**GOOD, "before": [3]})[0], "A turn in before"),
        (lines({**GOOD, "before": [{"role": 3, "text": "x"}]})[0], "A turn in before"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_told_what_to_write(line: bytes, says: str) -> None:
    samples, [mistake] = read_samples([*lines(GOOD), b"\n", line], "reviewed.jsonl")
    assert len(samples) == 1
    assert (mistake.path, mistake.place) == ("reviewed.jsonl", "line 3")
    assert mistake.wrong.startswith(says) or says in mistake.wrong
    assert "reviewed_by" in mistake.remedy


def test_numbers_and_truths_may_be_labels_and_a_turn_may_be_empty() -> None:
    samples, mistakes = read_samples(lines({**GOOD, "label": 1, "conversation": 17, "text": ""}, {**GOOD, "label": True}), "f")
    assert mistakes == []
    assert [(sample.label, sample.conversation) for sample in samples] == [("1", "17"), ("true", "T-1")]


@given(st.lists(st.binary(max_size=40)))
def test_whatever_stands_in_a_file_is_taken_or_named(junk: list[bytes]) -> None:
    samples, mistakes = read_samples(junk, "f")
    assert len(samples) + len(mistakes) == sum(bool(line.strip()) for line in junk)
