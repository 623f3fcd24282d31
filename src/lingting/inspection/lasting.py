"""What lasts (时长): events with an amount – silence, hold, response, pace, words, length, speech, overlap, loudness, confidence – by their turn."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import itemgetter

from lingting.inspection import timing
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import Role, Turn

_OF_A_TURN = ("length", "loudness", "confidence")
_HAN = re.compile(r"[\u4e00-\u9fff]")

Amount = tuple[int, float]
Event = Callable[[Talk, int], Iterator[Amount]]


def amounts(talk: Talk, event: str) -> list[Amount]:
    """Return the amounts of an event, in the order of their turns; while somebody listens as it goes on, those of which nothing can change are kept."""
    found: list[Amount] | None = talk.known.get(("lasting", event))
    if found is None:
        since, before = (talk.settled or {}).get(("lasting", event), (0, []))
        since = since if since and _goes_on(talk, event, since) else 0
        new = sorted(EVENTS[event](talk, since), key=itemgetter(0))
        found = talk.known["lasting", event] = [*before, *new] if since else new
        if talk.settled is not None:
            until = _until(talk, event, new, since)
            talk.settled["lasting", event] = until, [amount for amount in found if amount[0] < until]
    return found


def _until(talk: Talk, event: str, new: list[Amount], since: int) -> int:
    """Return the turn before which nothing can change: speech may go on from where it began, and a customer is answered after the last answer."""
    if event in _OF_A_TURN:
        return len(talk.plain)
    if event == "speech":
        return new[-1][0] if new else len(talk.plain)
    if event == "response":
        return new[-1][0] + 1 if new else since
    return 0


def _goes_on(talk: Talk, event: str, since: int) -> bool:
    """Tell whether what comes from a turn on has nothing to do with what came before: a time may run backwards, or be the same."""
    if event != "response" or since == len(talk.plain):
        return True
    before, here = talk.at(since - 1), talk.at(since)
    return talk.in_order() and before is not None and here is not None and before < here


def _silence(talk: Talk, _: int) -> Iterator[tuple[int, float]]:
    """Yield the seconds in which nobody spoke, by the turn that ended them; a hold is no silence."""
    return ((silence.before, silence.seconds) for silence in timing.silences(talk.transcript, shortest=0.0))


def _hold(talk: Talk, _: int) -> Iterator[tuple[int, float]]:
    """Yield the seconds of a hold, by the agent's first turn after it."""
    for hold in timing.holds(talk.transcript):
        if hold.seconds is not None:
            ours = talk.turns_of((Role.AGENT,))
            after = bisect_right(ours, hold.turn)
            if after < len(ours):
                yield ours[after], hold.seconds


def _response(talk: Talk, since: int) -> Iterator[tuple[int, float]]:
    """Yield the seconds from the end of a customer's words to the agent's, by the agent's turn."""
    return ((response.answer, response.seconds) for response in timing.responses(talk.transcript, since=since))


def _pace(talk: Talk, _: int) -> Iterator[tuple[int, float]]:
    """Yield Chinese characters a minute of sustained speech, by its first turn."""
    return ((pace.turns[0], pace.per_minute) for pace in timing.paces(talk.transcript) if pace.chinese)


def _words(talk: Talk, _: int) -> Iterator[tuple[int, float]]:
    """Yield words a minute of sustained speech in languages that are written with letters, by its first turn."""
    return ((pace.turns[0], pace.per_minute) for pace in timing.paces(talk.transcript) if not pace.chinese)


def _length(talk: Talk, since: int) -> Iterator[tuple[int, float]]:
    """Yield how long a turn is, in Chinese characters; three words of letters count as five characters, for they take as long to say."""
    said = ((turn, talk.plain[turn]) for turn in range(since, len(talk.plain)))
    return ((turn, len(words) if not words.isascii() and _HAN.search(words) else len(words.split()) * 5 / 3) for turn, words in said)


def _speech(talk: Talk, since: int) -> Iterator[tuple[int, float]]:
    """Yield for how many seconds somebody spoke before anybody else made a sound, by the turn in which it began; a hold or a silence ends it."""
    turns = talk.transcript.turns
    begun: int | None = None
    last: Turn | None = None
    for place in range(since, len(turns)):
        turn = turns[place]
        if turn.role is Role.SYSTEM:
            begun = None
        if turn.at is None or turn.until is None:
            continue
        if begun is None or turns[begun].role is not turn.role or _paused(last, turn):
            begun = place
        last = turn
        first = turns[begun].at
        if first is not None:
            yield begun, (turn.until - first).total_seconds()


def _paused(last: Turn | None, turn: Turn) -> bool:
    if last is None or last.until is None or turn.at is None:
        return False
    return (turn.at - last.until).total_seconds() >= timing.SILENT


def _overlap(talk: Talk, _: int) -> Iterator[tuple[int, float]]:
    """Yield the seconds for which the agent spoke over the customer as an interruption, by the agent's turn."""
    return ((overlap.turn, overlap.seconds) for overlap in timing.interruptions(talk.transcript))


def _loudness(talk: Talk, since: int) -> Iterator[tuple[int, float]]:
    """Yield decibels above the speaker's own usual level, by turn."""
    turns = talk.transcript.turns
    return ((place, loudness) for place in range(since, len(turns)) if (loudness := turns[place].loudness) is not None)


def _confidence(talk: Talk, since: int) -> Iterator[tuple[int, float]]:
    """Yield how sure the recogniser was of a turn's words, in percent; of what a person wrote down nothing is known."""
    turns = talk.transcript.turns
    return ((place, 100 * sure) for place in range(since, len(turns)) if (sure := turns[place].confidence) is not None)


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
    "confidence": _confidence,
}
"""Each event by its name in the norm language; units are seconds, letters, characters or words a minute, decibels, or percent."""
