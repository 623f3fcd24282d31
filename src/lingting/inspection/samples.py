"""Samples (样例): the dialogues in a norm's file that prove it, read into transcripts with the places that must be quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lingting.catalog.norm import Norm, Sample
from lingting.inspection.engine import inspect
from lingting.inspection.finding import Finding, Span
from lingting.inspection.pack import Pack
from lingting.inspection.transcript import Channel, Role, Transcript, Turn

ROLES = {
    "客服": Role.AGENT, "客户": Role.CUSTOMER, "系统": Role.SYSTEM, "其他": Role.OTHER,
    "Agent": Role.AGENT, "Customer": Role.CUSTOMER, "System": Role.SYSTEM, "Other": Role.OTHER,
}  # fmt: skip
_TIME = r"\d+:\d{2}(?:\.\d+)?"
_LINE = re.compile(rf"(?:(?P<at>{_TIME})(?:-(?P<until>{_TIME}))?\s+)?(?P<role>{'|'.join(ROLES)})(?:\((?P<sure>\d{{1,3}})%\))?\s*[:\uff1a]\s*(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Failure:
    """A sample that its norm does not hold: what was to be found there, and what was."""

    norm: str
    text: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]


def transcript(sample: Sample) -> tuple[Transcript, list[Span]]:
    """Return the dialogue of a sample and the places marked in it."""
    turns, marks = dialogue(sample.text, datetime.fromisoformat(sample.at))
    return Transcript(turns, Channel(sample.channel), ended=sample.ended, meta=sample.meta), [span for _, span in marks]


def dialogue(text: str, begun: datetime) -> tuple[tuple[Turn, ...], list[tuple[str, Span]]]:
    """Return the turns of a written dialogue and what is marked in it: ⟦words⟧, or ⟦name|words⟧; marks may stand inside one another.

    A turn follows ten seconds after another unless its line says when it was said (`00:31.0-00:36.5 客服: …`, from the beginning); `客户(40%): …` was
    recognised with so much confidence. ValueError names a line that cannot be read.
    """
    turns: list[Turn] = []
    marks: list[tuple[str, Span]] = []
    for line in text.strip().splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"a line begins with a speaker: {line}")
        words, places = unmarked(match["text"])
        marks += [(name, Span(len(turns), start, end)) for name, start, end in places]
        at = begun + timedelta(seconds=_seconds(match["at"]) if match["at"] else 10 * len(turns))
        until = begun + timedelta(seconds=_seconds(match["until"])) if match["until"] else None
        turns.append(Turn(ROLES[match["role"]], words, at, until, confidence=int(match["sure"]) / 100 if match["sure"] else None))
    return tuple(turns), marks


def _seconds(words: str) -> float:
    minutes, _, seconds = words.partition(":")
    return 60 * int(minutes) + float(seconds)


_MARK = re.compile(r"⟦(?:(?P<name>\??[a-z][a-z0-9.-]*)\|)?|⟧")


def unmarked(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Return a text without its marks, and what they marked; ValueError where a mark has no other end.

    >>> unmarked("好的,⟦promise.made|我⟦五点前⟧回您⟧。")[1]
    [('', 4, 7), ('promise.made', 3, 9)]
    """
    places: list[tuple[str, int, int]] = []
    begun: list[tuple[str, int]] = []
    words, last = "", 0
    for mark in _MARK.finditer(text):
        words, last = words + text[last : mark.start()], mark.end()
        if mark[0] != "⟧":
            begun.append((mark["name"] or "", len(words)))
        elif begun:
            name, start = begun.pop()
            places.append((name, start, len(words)))
        else:
            raise ValueError(f"⟧ closes nothing: {text}")
    if begun:
        raise ValueError(f"⟦ is never closed: {text}")
    return words + text[last:], places


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
