"""Samples (样例): the dialogues in a norm's file that prove it, read into transcripts with the places that must be quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lingting.catalog.model import Norm, Sample
from lingting.inspection.engine import inspect
from lingting.inspection.finding import Finding, Span
from lingting.inspection.pack import Pack
from lingting.inspection.transcript import Channel, Role, Transcript, Turn

ROLES = {
    "客服": Role.AGENT, "客户": Role.CUSTOMER, "系统": Role.SYSTEM, "其他": Role.OTHER,
    "Agent": Role.AGENT, "Customer": Role.CUSTOMER, "System": Role.SYSTEM, "Other": Role.OTHER,
}  # fmt: skip
_LINE = re.compile(rf"(?:(?P<at>\d[\d:.]*) )?(?P<role>{'|'.join(ROLES)})[:\uff1a]\s*(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Failure:
    """A sample that its norm does not hold: what was to be found there, and what was."""

    norm: str
    text: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]


def transcript(sample: Sample) -> tuple[Transcript, list[Span]]:
    """Return the dialogue of a sample and the places marked in it; a turn follows ten seconds after another unless it says when."""
    at = datetime.fromisoformat(sample.at)
    turns: list[Turn] = []
    spans: list[Span] = []
    for line in sample.text.strip().splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"a line of a sample begins with a speaker: {line}")
        text, places = _unmarked(match["text"])
        spans += [Span(len(turns), start, end) for start, end in places]
        said = at + timedelta(seconds=10 * len(turns))
        turns.append(Turn(ROLES[match["role"]], text, said))
    return Transcript(tuple(turns), Channel(sample.channel), ended=sample.ended), spans


def _unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without its marks, and where they stood.

    >>> _unmarked("好的,⟦我五点前回您⟧。")[1]
    [(3, 9)]
    """
    places, start, plain = [], 0, ""
    for character in text:
        if character == "⟦":
            start = len(plain)
        elif character == "⟧":
            places.append((start, len(plain)))
        else:
            plain += character
    return plain, places


def failures(norm: Norm, pack: Pack) -> Iterator[Failure]:
    """Yield the samples of a norm that it does not hold: other quotes than marked, other slots than named."""
    for sample in (*norm.flags, *norm.passes):
        spoken, wanted = transcript(sample)
        found = [one for one in inspect(spoken, pack) if one.norm == norm.id and one.kind == norm.kind]
        if [one.span for one in found] != sorted(wanted) or not _says(found, sample):
            marked = tuple(spoken.turns[span.turn].text[span.start : span.end] for span in sorted(wanted))
            yield Failure(norm.id, sample.text, marked, tuple(f"{one.quote} {dict(one.slots)}" for one in found))


def _says(found: list[Finding], sample: Sample) -> bool:
    return all(one.slots.get(name) == value for one in found[:1] for name, value in sample.slots.items())
