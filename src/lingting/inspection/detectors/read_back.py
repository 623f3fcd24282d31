"""Reading back (复述核对, P09): a number that the agent repeats for confirmation is the one the customer gave."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from lingting.catalog.norm import Norm, ReadBack
from lingting.inspection.finding import Finding, Kind
from lingting.inspection.listener import Listener
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import Role
from lingting.inspection.words import Words

INSTRUMENT = "read-back-rules/1"

SHORTEST = 4
"""Digits that make a value worth confirming; fewer are counts and clock times."""

_SPOKEN = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_NUMBER = re.compile(r"\d(?:[\d \-,]*\d)?|[零〇一幺二两三四五六七八九](?:[零〇一幺二两三四五六七八九 ,\-]*[零〇一幺二两三四五六七八九])")


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for the agent's asking for confirmation."""
    settings = norm.settings
    assert isinstance(settings, ReadBack)  # the shape of the detector's settings, see catalog/norm.py
    cues, yes, no = (words.tag(patterns, begun=False) for patterns in (settings.cues, settings.yes, settings.no))
    return Listener(INSTRUMENT, frozenset({cues}), lambda talk: _read_back(norm, talk, cues, yes, no))


def _read_back(norm: Norm, talk: Talk, cues: int, yes: int, no: int) -> Iterator[Finding]:
    """Yield every value read back: right or otherwise than it was given, and what the customer answered."""
    given: list[str] = []
    cued = {turn for turn, _, _ in talk.tagged(cues) if talk.role(turn) is Role.AGENT}
    for place, turn in enumerate(talk.transcript.turns):
        if turn.role is Role.CUSTOMER:
            given += [value for value, _, _ in values(talk.plain[place])]
        elif place in cued and given and (answer := _answer(talk, place, yes, no)):
            yield from _compare(norm, talk, place, given, answer)


def values(text: str) -> list[tuple[str, int, int]]:
    """Return the numbers in a plain text as digits, spoken ones too, with their places.

    >>> values("电话是幺三八 零零一二")
    [('1380012', 3, 11)]
    """
    found = []
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0].translate(_SPOKEN))
        if len(digits) >= SHORTEST:
            found.append((digits, match.start(), match.end()))
    return found


def _answer(talk: Talk, place: int, yes: int, no: int) -> str:
    """Return what the customer answered: yes, no or nothing said to it; empty while the answer is still to come."""
    theirs = talk.turns_of((Role.CUSTOMER,))
    following = next(iter(theirs[bisect_right(theirs, place) :]), None)
    if following is None:
        return "none" if talk.transcript.ended else ""
    whole = (0, len(talk.plain[following]) + 1)
    return "no" if talk.holds(no, following, whole) else "yes" if talk.holds(yes, following, whole) else "none"


def _compare(norm: Norm, talk: Talk, place: int, given: list[str], answer: str) -> Iterator[Finding]:
    for value, start, end in values(talk.plain[place]):
        span = (place, start, end)
        if value in given:
            yield talk.finding(norm, INSTRUMENT, span, kind=Kind.FACT, slots={"read": value, "given": value, "confirmed": answer})
        elif (meant := _meant(value, given)) and answer != "no":
            yield talk.finding(norm, INSTRUMENT, span, slots={"read": value, "given": meant, "confirmed": answer})


def _meant(value: str, given: list[str]) -> str:
    """Return the value given that was probably meant: as long, and different in few places; a value never given is no read-back."""
    return next((other for other in reversed(given) if _near(value, other)), "")


def _near(value: str, other: str) -> bool:
    """Tell whether one is a slip of the other: two digits changed places, or one in four is wrong."""
    if len(value) != len(other):
        return False
    wrong = sum(a != b for a, b in zip(value, other, strict=True))
    return wrong <= max(1, len(value) // 4) or (wrong == 2 and sorted(value) == sorted(other))  # noqa: PLR2004  # a swap
