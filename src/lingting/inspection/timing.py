"""Timing (时序): who spoke when and over whom – overlaps, interruptions, silences, waits, holds and pace – out of the times of turns.

Where a time is missing or runs backwards, nothing is claimed. Every function takes one walk through the turns. The source gives no numbers: all
that stand here are house defaults, and every function takes others.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import NamedTuple

from lingting.inspection.backchannels import only_listens, warns
from lingting.inspection.normalise import plain
from lingting.inspection.transcript import Channel, Role, Transcript, Turn

SPOKEN = frozenset({Channel.PHONE, Channel.FACE_TO_FACE})
"""Channels in which two people can talk at once; bursts of typing are no interruptions."""

# House defaults, in seconds: the source names these behaviours and gives no number for any of them.
INTERRUPTS = 0.8
"""Both talk for as long as this before it is an interruption."""
GOES_ON = 0.3
"""The customer talks on for as long as this after the agent began; less was the end of the sentence."""
TOGETHER = 0.3
"""Beginnings no further apart than this are one: nobody could know that the other would speak."""
YIELDS = 0.5
"""Who began together with the other and stops within this has yielded."""
SILENT = 5.0
"""Nobody speaks for as long as this before it is a silence."""
BREATH = 1.0
"""A pause no longer than this is the speaker's own, when pace is measured."""
SUSTAINED = 20.0
"""Speech shorter than this says nothing about pace."""

_HOLD = re.compile(r"\[(?:保持|hold)\]")
_RESUME = re.compile(r"\[(?:恢复|resume)\]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_DIGIT = re.compile(r"[0-9]")
_LATIN = re.compile(r"[a-z]")
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Turn number `turn` began while number `under` went on; both spoke for `seconds`."""

    turn: int
    under: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody spoke for `seconds` between two turns; `last` is who had spoken before."""

    after: int
    before: int
    seconds: float
    last: Role


class Response(NamedTuple):
    """The agent answered in turn `answer` what was said in turn `asked`, `seconds` after its end (in writing: after it was sent)."""

    asked: int
    answer: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Hold:
    """The customer was put on hold at the note `turn` and taken back at the note `back`; neither is known of a hold that was never ended."""

    turn: int
    back: int | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Pace:
    """One person spoke through `turns` for `seconds`: characters a minute in Chinese, else words a minute."""

    turns: tuple[int, ...]
    role: Role
    seconds: float
    per_minute: float
    chinese: bool


@dataclass(frozen=True, slots=True)
class Shares:
    """For how many seconds of a conversation the agent spoke, the customer, both at once, and nobody."""

    agent: float
    customer: float
    both: float
    nobody: float


class _Timed(NamedTuple):
    place: int
    role: Role
    start: float
    end: float


def overlaps(transcript: Transcript) -> Iterator[Overlap]:
    """Yield where one side began while the other still spoke; a turn begins over one other, the one that goes on longest."""
    if transcript.channel not in SPOKEN:
        return
    speaking: dict[Role, _Timed] = {}
    for turn in _timed(transcript.turns, {Role.AGENT, Role.CUSTOMER}):
        other = speaking.get(Role.CUSTOMER if turn.role is Role.AGENT else Role.AGENT)
        if other and other.end > turn.start:
            yield Overlap(turn.place, other.place, round(min(turn.end, other.end) - turn.start, 3))
        same = speaking.get(turn.role)
        if same is None or turn.end > same.end:
            speaking[turn.role] = turn


def interruptions(transcript: Transcript, *, interrupts: float = INTERRUPTS, goes_on: float = GOES_ON,
                  together: float = TOGETHER, yields: float = YIELDS) -> Iterator[Overlap]:  # fmt: skip
    """Yield where the agent talked over a customer who had not finished.

    No interruption is: a sound of listening, or, without words, one as short; a beginning together in which the agent soon yields; the customer's
    last syllables; a warning of danger.
    """
    for overlap in overlaps(transcript):
        turn, under = transcript.turns[overlap.turn], transcript.turns[overlap.under]
        if turn.role is not Role.AGENT or overlap.seconds < interrupts or _between(turn.at, under.until) < goes_on:
            continue
        if _between(under.at, turn.at) <= together and _between(turn.at, turn.until) <= yields:
            continue
        words = plain(turn.text).strip()
        if only_listens(words) or warns(words) or (not words and _between(turn.at, turn.until) < interrupts):
            continue
        yield overlap


def silences(transcript: Transcript, *, shortest: float = SILENT) -> Iterator[Silence]:
    """Yield where both sides were silent; a hold is none, and where somebody spoke for nobody knows how long nothing is claimed."""
    turns = transcript.turns
    if transcript.channel not in SPOKEN or any(turn.at is None for turn in turns if turn.role is not Role.SYSTEM):
        return
    held = deque(_held(transcript))
    last: _Timed | None = None
    for turn in _sounds(turns):
        while held and last and held[0][1] <= last.end:
            held.popleft()
        on_hold = bool(held) and held[0][0] < turn.start
        if last and not on_hold and turn.start - last.end >= shortest:
            yield Silence(last.place, turn.place, round(turn.start - last.end, 3), last.role)
        if last is None or turn.end > last.end:
            last = turn


def responses(transcript: Transcript, *, since: int = 0) -> Iterator[Response]:
    """Yield how long customers waited for an answer: in speech from the end of their last words, in writing from the first message not yet answered.

    The agent who speaks first and stops before the customer does has not answered; who begins in the customer's last syllables answered at once.
    Turns before `since` are left out.
    """
    turns = transcript.turns[since:] if since else transcript.turns
    found = _spoken_responses(turns) if transcript.channel in SPOKEN else _written_responses(turns)
    return (Response(since + asked, since + answer, seconds) for asked, answer, seconds in found) if since else found


def _spoken_responses(turns: Sequence[Turn]) -> Iterator[Response]:
    elsewhere = _elsewhere(turns)
    asked: _Timed | None = None
    for turn in _timed(turns, {Role.AGENT, Role.CUSTOMER}):
        if turn.role is Role.CUSTOMER:
            asked = asked if asked and asked.end > turn.end else turn
        elif asked and turn.end > asked.end:
            if bisect_left(elsewhere, asked.start) == bisect_right(elsewhere, turn.start):
                yield Response(asked.place, turn.place, round(max(0.0, turn.start - asked.end), 3))
            asked = None


def _written_responses(turns: Sequence[Turn]) -> Iterator[Response]:
    customer, agent = Role.CUSTOMER, Role.AGENT
    sent = [
        (turn.at if turn.at.tzinfo else turn.at.replace(tzinfo=UTC), place, turn.role)
        for place, turn in enumerate(turns)
        if turn.at is not None and (turn.role is agent or turn.role is customer)
    ]
    sent.sort(key=itemgetter(0))
    asked: tuple[datetime, int] | None = None
    for at, place, role in sent:
        if role is customer:
            asked = asked or (at, place)
        elif asked:
            yield Response(asked[1], place, round((at - asked[0]).total_seconds(), 3))
            asked = None


def holds(transcript: Transcript) -> Iterator[Hold]:
    """Yield the holds that the system noted, in the order of the transcript."""
    begun: int | None = None
    for place, turn in enumerate(transcript.turns):
        if turn.role is not Role.SYSTEM or "[" not in (words := plain(turn.text)):
            continue
        if begun is None and _HOLD.search(words):
            begun = place
        elif begun is not None and _RESUME.search(words):
            seconds = _between(transcript.turns[begun].at, turn.at)
            yield Hold(begun, place, round(seconds, 3) if seconds >= 0 else None)
            begun = None
    if begun is not None:
        yield Hold(begun, None, None)


def paces(transcript: Transcript, *, sustained: float = SUSTAINED, breath: float = BREATH) -> Iterator[Pace]:
    """Yield how fast people speak where one speaks on for long enough, pauses for breath included; turns without words say nothing."""
    if transcript.channel not in SPOKEN:
        return
    for role in (Role.AGENT, Role.CUSTOMER):
        run: list[_Timed] = []
        for turn in _timed(transcript.turns, {role}):
            if run and not -breath <= turn.start - run[-1].end <= breath:
                yield from _pace(transcript, run, sustained)
                run = []
            run.append(turn)
        yield from _pace(transcript, run, sustained)


def shares(transcript: Transcript) -> Shares:
    """Return for how long each side spoke, both did and nobody did, from the first word to the last."""
    edges: list[tuple[float, int, int]] = []
    for turn in _timed(transcript.turns, {Role.AGENT, Role.CUSTOMER}):
        side = 0 if turn.role is Role.AGENT else 1
        edges += [(turn.start, side, 1), (turn.end, side, -1)]
    edges.sort()
    speaking = [0, 0]
    spent = {(False, False): 0.0, (True, False): 0.0, (False, True): 0.0, (True, True): 0.0}
    for place, (at, side, step) in enumerate(edges):
        if place:
            spent[speaking[0] > 0, speaking[1] > 0] += at - edges[place - 1][0]
        speaking[side] += step
    both = spent[True, True]
    return Shares(*(round(seconds, 3) for seconds in (spent[True, False] + both, spent[False, True] + both, both, spent[False, False])))


def _seconds(at: datetime | None) -> float | None:
    """Return a time as seconds since 1970; one without a zone is taken as UTC, which only its neighbours must share."""
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _between(start: datetime | None, end: datetime | None) -> float:
    """Return the seconds from one time to another; less than nothing where one is missing."""
    begun, done = _seconds(start), _seconds(end)
    return -1.0 if begun is None or done is None else done - begun


def _timed(turns: Sequence[Turn], roles: set[Role]) -> list[_Timed]:
    """Return the turns of some roles that have a beginning and a later end, in the order of their beginnings."""
    found = []
    for place, turn in enumerate(turns):
        start, end = _seconds(turn.at), _seconds(turn.until)
        if turn.role in roles and start is not None and end is not None and end > start:
            found.append(_Timed(place, turn.role, start, end))
    return sorted(found, key=lambda turn: turn.start)


def _elsewhere(turns: Sequence[Turn]) -> list[float]:
    """Return when the customer was put on hold, handed on or spoken to by somebody else: what follows is not the agent's slow answer."""
    others = (turn for turn in turns if turn.role is Role.OTHER or (turn.role is Role.SYSTEM and "[" in plain(turn.text)))
    return sorted(at for turn in others if (at := _seconds(turn.at)) is not None)


def _sounds(turns: Sequence[Turn]) -> list[_Timed]:
    """Return everything that sounded, in order; what has no end goes on until the next one begins."""
    spoken = {place: start for place, turn in enumerate(turns) if (start := _seconds(turn.at)) is not None and (turn.role is not Role.SYSTEM or turn.until)}
    order = sorted(spoken, key=lambda place: spoken[place])
    found = []
    for number, place in enumerate(order):
        start, end = spoken[place], _seconds(turns[place].until)
        if end is None or end < start:
            end = spoken[order[number + 1]] if number + 1 < len(order) else start
        found.append(_Timed(place, turns[place].role, start, end))
    return found


def _held(transcript: Transcript) -> list[tuple[float, float]]:
    """Return from when to when customers were on hold, in the order of time; a hold that was never ended goes on for ever."""
    turns = transcript.turns
    times = [(_seconds(turns[hold.turn].at), _seconds(turns[hold.back].at) if hold.back is not None else math.inf) for hold in holds(transcript)]
    return sorted((start, end) for start, end in times if start is not None and end is not None)


def _pace(transcript: Transcript, run: Sequence[_Timed], sustained: float) -> Iterator[Pace]:
    seconds = max((turn.end for turn in run), default=0.0) - (run[0].start if run else 0.0)
    words = [plain(transcript.turns[turn.place].text) for turn in run]
    if not run or seconds < sustained or not all(text.strip() for text in words):
        return
    han, digits, latin, english = (sum(len(kind.findall(text)) for text in words) for kind in (_HAN, _DIGIT, _LATIN, _WORD))
    count = han + digits if han > latin else english
    if count:
        yield Pace(tuple(turn.place for turn in run), run[0].role, round(seconds, 3), round(count * 60 / seconds, 1), han > latin)
