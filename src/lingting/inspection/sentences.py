"""Sentences and clauses of a turn, and whether words stand in quotation marks."""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"(?:[^。!?\n;….]++|\.(?!\s|$))++[。!?\n;….]*+")
_CLAUSE = re.compile(r"(?:[^,、:\d]+|(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)|\d|:(?=\d))+")
"""A comma between the thousands of a number parts no clauses."""
_ASKS = re.compile(r"[吗呢么](?:[。!,\s]|$)")
_QUOTES = re.compile(r"[\u201c\u2018\u300c\u300a\"]")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|‘[^’]*’|\"[^\"]*\"|《[^》]*》")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a plain text stand, their marks included.

    >>> [("您好。我帮您查一下!")[a:b] for a, b in sentences("您好。我帮您查一下!")]
    ['您好。', '我帮您查一下!']
    """
    return (match.span() for match in _SENTENCE.finditer(text))


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the clauses between two places stand, without commas and the sentence's end mark.

    >>> text = "一共8,650元,明天到账。"
    >>> [text[a:b] for a, b in clauses(text, 0, len(text))]
    ['一共8,650元', '明天到账']
    """
    found = [_trimmed(text, *match.span()) for match in _CLAUSE.finditer(text, start, end)]
    return [(low, high) for low, high in found if low < high]


def quotations(text: str) -> list[tuple[int, int]]:
    """Return where words stand in quotation marks: somebody else's words, or a title."""
    return [match.span() for match in _QUOTED.finditer(text)] if has_quotes(text) else []


def has_quotes(text: str) -> bool:
    """Tell whether there is any quotation mark."""
    return _QUOTES.search(text) is not None


def is_question(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence asks."""
    words = text[start:end].strip()
    return words.endswith("?") or _ASKS.search(words) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t。!?;…~—-.":
        start += 1
    while start < end and text[end - 1] in " \t。!?;…~—-.\n":
        end -= 1
    return start, end
