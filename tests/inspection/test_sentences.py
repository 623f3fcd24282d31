"""Sentences and clauses: where they end, and where a mark belongs to a number."""

import pytest

from lingting.inspection.sentences import clauses, sentences


def parts(text: str) -> list[str]:
    return [text[low:high] for sentence in sentences(text) for low, high in clauses(text, *sentence)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("货款8,650元,今天退。", ["货款8,650元", "今天退"]),
        ("总共1,234,567.80元。", ["总共1,234,567.80元"]),
        ("that is 12,000 pounds, paid today.", ["that is 12,000 pounds", "paid today"]),
        ("10:30到,请等一下。", ["10:30到", "请等一下"]),
    ],
)
def test_a_comma_inside_a_number_does_not_cut_its_clause(text: str, cut: list[str]) -> None:
    """客服: 货款8,650元，今天退。"""
    assert parts(text) == cut


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("单号8820415,650元。", ["单号8820415", "650元"]),
        ("三楼,402室。", ["三楼", "402室"]),
        ("我要5,6,7三天。", ["我要5", "6", "7三天"]),
        ("尾号8,6500元。", ["尾号8", "6500元"]),
        ("货到了,外箱压坏了、里面也湿了。", ["货到了", "外箱压坏了", "里面也湿了"]),
    ],
)
def test_a_comma_between_two_numbers_still_cuts(text: str, cut: list[str]) -> None:
    """客户: 单号8820415，650元的那一单。"""
    assert parts(text) == cut


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("it costs 3.50 in all. fine", ["it costs 3.50 in all.", " fine"]),
        ("v1.2.beta! ok…", ["v1.2.beta!", " ok…"]),
        ("好。。。我看看;行", ["好。。。", "我看看;", "行"]),
        ("。。。", []),
    ],
)
def test_a_full_stop_ends_a_sentence_only_before_a_space_or_the_end(text: str, cut: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == cut


def test_a_very_long_turn_without_a_mark_is_one_sentence() -> None:
    assert list(sentences("a.我" * 50_000)) == [(0, 150_000)]
