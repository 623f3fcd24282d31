"""What lasts (时长): events that have an amount – silence, hold, response, pace, words, length, speech, overlap, loudness – by the turn they belong to."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from lingting.inspection import timing
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import Role, Turn

_HAN = re.compile(r"[\u4e00-\u9fff]")

Event = Callable[[Talk], Iterator[tuple[int, float]]]


def _silence(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield the seconds in which nobody spoke, by the turn that ended them; a hold is no silence."""
    return ((silence.before, silence.seconds) for silence in timing.silences(talk.transcript, shortest=0.0))


def _hold(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield the seconds of a hold, by the agent's first turn after it."""
    for hold in timing.holds(talk.transcript):
        if hold.seconds is not None:
            ours = talk.turns_of((Role.AGENT,))
            after = bisect_right(ours, hold.turn)
            if after < len(ours):
                yield ours[after], hold.seconds


def _response(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield the seconds from the end of a customer's words to the agent's, by the agent's turn."""
    return ((response.answer, response.seconds) for response in timing.responses(talk.transcript))


def _pace(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield Chinese characters a minute of sustained speech, by its first turn."""
    return ((pace.turns[0], pace.per_minute) for pace in timing.paces(talk.transcript) if pace.chinese)


def _words(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield words a minute of sustained speech in languages that are written with letters, by its first turn."""
    return ((pace.turns[0], pace.per_minute) for pace in timing.paces(talk.transcript) if not pace.chinese)


def _length(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield how long a turn is, in Chinese characters; three words of letters count as five characters, for they take as long to say."""
    return ((turn, len(words) if _HAN.search(words) else len(words.split()) * 5 / 3) for turn, words in enumerate(talk.plain))


def _speech(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield for how many seconds somebody spoke before anybody else made a sound, by the turn in which it began; a hold or a silence ends it."""
    turns = talk.transcript.turns
    begun: int | None = None
    last: Turn | None = None
    for place, turn in enumerate(turns):
        if turn.role is Role.SYSTEM:
            begun = None
        if turn.at is None or turn.until is None:
            continue
        if begun is None or turns[begun].role is not turn.role or _paused(last, turn):
            begun = place
        last = turn
        since = turns[begun].at
        if since is not None:
            yield begun, (turn.until - since).total_seconds()


def _paused(last: Turn | None, turn: Turn) -> bool:
    if last is None or last.until is None or turn.at is None:
        return False
    return (turn.at - last.until).total_seconds() >= timing.SILENT


def _overlap(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield the seconds for which the agent spoke over the customer as an interruption, by the agent's turn."""
    return ((overlap.turn, overlap.seconds) for overlap in timing.interruptions(talk.transcript))


def _loudness(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield decibels above the speaker's own usual level, by turn."""
    return ((place, turn.loudness) for place, turn in enumerate(talk.transcript.turns) if turn.loudness is not None)


EVENTS: dict[str, Event] = {
    "silence": _silence,
    "hold": _hold,
    "response": _response,
    "pace": _pace,
    "words": _words,
    "length": _length,
    "speech": _speech,
    "overlap": _overlap,
    "loudness": _loudness,
}
"""Each event by its name in the norm language; units are seconds, letters, characters or words a minute, or decibels."""
