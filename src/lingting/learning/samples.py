"""Reviewed samples (已复核样本) as JSON Lines: read whole, with every line that cannot be taken named by its number."""

import json
from collections.abc import Iterable
from typing import Any

from lingting.learning.excerpt import Earlier, Excerpt, Sample
from lingting.message import Mistake

NEEDED = ("conversation", "text", "label", "reviewed_by")
EXAMPLE = '{"conversation": "T-17", "text": "…", "before": [{"role": "customer", "text": "…"}], "label": "…", "reviewed_by": "…"}'
Line = Sample | Mistake


def read_samples(lines: Iterable[bytes], path: str) -> tuple[list[Sample], list[Mistake]]:
    """Return the samples of a file and what could not be taken of it; an empty line is nothing.

    >>> samples, mistakes = read_samples([b'{"conversation": "1", "text": "x", "label": "a"}'], "reviewed.jsonl")
    >>> samples, mistakes[0].place, mistakes[0].wrong
    ([], 'line 1', 'reviewed_by is missing or empty.')
    """
    samples: list[Sample] = []
    mistakes: list[Mistake] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            samples.append(_sample(line))
        except _Wrong as wrong:
            mistakes.append(Mistake(path, f"line {number}", str(wrong), f"Write it as {EXAMPLE}"))
    return samples, mistakes


class _Wrong(ValueError):
    """What is wrong with a line."""


def _sample(line: bytes) -> Sample:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, or nested without end
        raise _Wrong("This is not JSON in UTF-8.") from error
    if not isinstance(given, dict):
        raise _Wrong("This is not an object.")
    for name in NEEDED:
        value = given.get(name)
        if isinstance(value, (bool, int)) and name in {"conversation", "label"}:
            given[name] = value = str(value).lower()
        if not isinstance(value, str) or not (value.strip() or name == "text"):
            raise _Wrong(f"{name} is missing or empty.")
    before = given.get("before") or []
    if not isinstance(before, list):
        raise _Wrong("before is not a list.")
    excerpt = Excerpt(given["text"], tuple(_earlier(turn) for turn in before))
    return Sample(excerpt, given["conversation"], given["label"].strip(), given["reviewed_by"].strip())


def _earlier(turn: Any) -> Earlier:
    if isinstance(turn, str):
        return Earlier("", turn)
    if isinstance(turn, dict) and isinstance(turn.get("text"), str) and isinstance(turn.get("role", ""), str):
        return Earlier(turn.get("role", ""), turn["text"])
    raise _Wrong("A turn in before is neither a text nor an object with role and text.")
