"""Reading recordings: each thing said becomes a message with its beginning and end; its words are there if something recognised them.

A stereo file holds the agent and the customer, one on each channel. Who speaks in a mono file nobody can tell from it: voices are not told apart here.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from lingting.channels.recording.beside import Note, note, written
from lingting.channels.recording.recognise import NotRecognised, Recogniser, Word, said
from lingting.channels.recording.sound import RATE, BadSound, Samples, Sound, blocks, opened, stretch
from lingting.channels.recording.speech import Speech, heard
from lingting.channels.table.values import BadValue, words
from lingting.inspection.transcript import Role
from lingting.message import Envelope, Message, Mistake

WINDOW = 30.0
"""Seconds of one channel that are recognised at once, where turns allow: what a model hears in one go, and enough to tell the language."""

LONGEST_WINDOW = 300.0
"""Seconds after which even a single turn is recognised in parts."""

MARGIN = 0.2
"""Seconds around a turn that are recognised with it, for its first and last sounds."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Turns of one channel that are recognised together, from one second to another."""

    channel: int
    start: float
    end: float
    turns: tuple[int, ...]


def read_recording(path: Path, *, zone: ZoneInfo, recogniser: Recogniser | None = None) -> Iterator[Message | Mistake]:
    """Yield what was said in a recording in the order of its beginnings; with words if there is a recogniser, else with the text "".

    Where recognition fails, nothing is taken: what is once written down never changes, and words could not be added later.
    """
    try:
        known = note(path, zone=zone)
        sound = opened(path)
        listened = heard(blocks(sound), sound.channels)
        if not listened.speech:
            raise BadSound("No speech was heard in the recording.", "Check that it plays, and that it is not too faint.")  # noqa: TRY301  # one place tells it
        begun = known.at or written(path, sound.seconds)
        sure = _recognised(sound, listened.speech, recogniser, known.language) if recogniser else [("", None)] * len(listened.speech)
        yield from _messages(path, known, sound, begun, listened.speech, sure, together=listened.alike or sound.channels == 1)
    except BadSound as error:
        yield Mistake(str(path), "", error.wrong, error.remedy)
    except BadValue as error:
        yield Mistake(str(path.with_suffix(".json")), "", str(error), "See docs/formats.md for what stands beside a recording.")
    except NotRecognised as error:
        yield Mistake(str(path), "", "The words could not be recognised; nothing of the recording was taken.", str(error))
    else:
        yield from _doubts(path, known, alike=listened.alike)


def _doubts(path: Path, known: Note, *, alike: bool) -> Iterator[Mistake]:
    """Yield what was taken for want of something better."""
    if alike:
        yield Mistake(
            str(path), "", "Both channels hold the same sound, so nobody can tell who speaks.",
            "Export the agent on one channel and the customer on the other.",
        )  # fmt: skip
    if known.at is None:
        yield Mistake(
            str(path), "", "Nobody says when the call began; the date of the file was taken.",
            f'Write it beside the recording, in {path.stem[:60]}.json as {{"at": "2026-07-21T10:12:03+08:00"}}, or in its name as 20260721-101203.',
        )  # fmt: skip


def _messages(path: Path, known: Note, sound: Sound, begun: datetime, speech: Sequence[Speech], sure: Sequence[tuple[str, float | None]], *,
              together: bool) -> list[Message]:  # fmt: skip
    envelope = Envelope(
        source="recording", key=known.key or _digest(path), channel=known.channel, customer=known.customer, subject=known.subject or path.stem,
        language=known.language, ended=begun + timedelta(seconds=round(sound.seconds, 3)),
    )  # fmt: skip
    counts: dict[str, int] = {}
    found = []
    for turn, (text, confidence) in zip(speech, sure, strict=True):
        role = known.role if together else Role.AGENT if turn.channel == known.agent else Role.CUSTOMER
        counts[role] = counts.get(role, 0) + 1
        at, until = (begun + timedelta(milliseconds=round(seconds * 1000)) for seconds in (turn.start, turn.end))
        speaker, seat = (known.speaker, known.seat) if role is Role.AGENT else ("", "")
        # Numbered, not timed: a later detector that hears a beginning a moment earlier must not make everything said be said twice.
        key = f"{role}-{counts[role]}"
        found.append(Message(envelope, key, at, role, words(text, what="text"), speaker, until, confidence=confidence, loudness=turn.loudness, seat=seat))
    return found


def _digest(path: Path) -> str:
    """Return a name for a recording that nobody named: the same sound is the same conversation, whatever its file is called."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:20]


def _recognised(sound: Sound, speech: Sequence[Speech], recogniser: Recogniser, language: str) -> list[tuple[str, float | None]]:
    """Return what each turn says and how sure the recogniser is; it is handed turns alone, so that no word of the other side slips in."""
    found: list[list[Word]] = [[] for _ in speech]
    for part in _parts(speech):
        for word in recogniser.words(_only(sound, part, speech), RATE, language.lower()[:2]):
            middle = part.start + (word.start + word.end) / 2
            found[min(part.turns, key=lambda place: _distance(speech[place], middle))].append(word)
    return [said(row) for row in found]


def _parts(speech: Sequence[Speech]) -> Iterator[_Part]:
    for channel in sorted({turn.channel for turn in speech}):
        row: list[int] = []
        for place in [place for place, turn in enumerate(speech) if turn.channel == channel]:
            if row and speech[place].end - speech[row[0]].start > WINDOW:
                yield from _cut(channel, speech, row)
                row = []
            row.append(place)
        yield from _cut(channel, speech, row)


def _cut(channel: int, speech: Sequence[Speech], row: Sequence[int]) -> Iterator[_Part]:
    start, end = max(0.0, speech[row[0]].start - MARGIN), speech[row[-1]].end + MARGIN
    while end - start > LONGEST_WINDOW:
        yield _Part(channel, start, start + LONGEST_WINDOW, tuple(row))
        start += LONGEST_WINDOW
    yield _Part(channel, start, end, tuple(row))


def _only(sound: Sound, part: _Part, speech: Sequence[Speech]) -> Samples:
    """Return the sound of a part with silence between its turns."""
    samples = stretch(sound, part.channel, part.start, part.end)
    kept = np.zeros_like(samples)
    for turn in (speech[place] for place in part.turns):
        cut = slice(*(max(0, round((seconds - part.start) * RATE)) for seconds in (turn.start - MARGIN, turn.end + MARGIN)))
        kept[cut] = samples[cut]
    return kept


def _distance(turn: Speech, at: float) -> float:
    return max(turn.start - at, at - turn.end, 0.0)
