"""Reading back (复述核对, P09): a number that the agent repeats for confirmation is the one the customer gave.

Settings: `cues` (patterns of asking for confirmation), `yes`, `no` (patterns of the customer's answer).
"""

import re
from collections.abc import Iterator, Mapping

from lingting.catalog.model import Norm
from lingting.inspection.finding import Finding, Kind, Span
from lingting.inspection.heard import Heard, finding
from lingting.inspection.transcript import Role

INSTRUMENT = "read-back-rules/1"
LEAVES = None
ALWAYS = False

SHORTEST = 4
"""Digits that make a value worth confirming; fewer are counts and clock times."""

_SPOKEN = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_NUMBER = re.compile(r"\d(?:[\d \-,]*\d)?|[零〇一幺二两三四五六七八九](?:[零〇一幺二两三四五六七八九 ,\-]*[零〇一幺二两三四五六七八九])")


def patterns(norm: Norm) -> Mapping[str, str]:
    """Return the cues and the answers."""
    settings = norm.settings
    return {f"{tag}:{place}": pattern for tag in ("cues", "yes", "no") for place, pattern in enumerate(settings[tag])}


def find(norm: Norm, heard: Heard) -> Iterator[Finding]:
    """Yield every value read back: right or otherwise than it was given, and what the customer answered."""
    given: list[str] = []
    cued = {mark.turn for mark in heard.tagged("cues") if heard.said_by(Role.AGENT, mark)}
    for place, turn in enumerate(heard.transcript.turns):
        if turn.role is Role.CUSTOMER:
            given += [value for value, _, _ in values(heard.plain[place])]
        elif place in cued and given and (answer := _answer(heard, place)):
            yield from _compare(norm, heard, place, given, answer)


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


def _answer(heard: Heard, place: int) -> str:
    """Return what the customer answered: yes, no or nothing said to it; empty while the answer is still to come."""
    turns = heard.transcript.turns
    following = next((n for n in range(place + 1, len(turns)) if turns[n].role is Role.CUSTOMER), None)
    if following is None:
        return "none" if heard.transcript.ended else ""
    tags = {mark.tag for mark in heard.marks if mark.turn == following}
    return "no" if "no" in tags else "yes" if "yes" in tags else "none"


def _compare(norm: Norm, heard: Heard, place: int, given: list[str], answer: str) -> Iterator[Finding]:
    for value, start, end in values(heard.plain[place]):
        span = Span(place, start, end)
        if value in given:
            yield finding(norm, heard, INSTRUMENT, span, kind=Kind.FACT, slots={"read": value, "given": value, "confirmed": answer})
        elif (meant := _meant(value, given)) and answer != "no":
            yield finding(norm, heard, INSTRUMENT, span, slots={"read": value, "given": meant, "confirmed": answer})


def _meant(value: str, given: list[str]) -> str:
    """Return the value given that was probably meant: as long, and different in few places; a value never given is no read-back."""
    return next((other for other in reversed(given) if _near(value, other)), "")


def _near(value: str, other: str) -> bool:
    """Tell whether one is a slip of the other: two digits changed places, or one in four is wrong."""
    if len(value) != len(other):
        return False
    wrong = sum(a != b for a, b in zip(value, other, strict=True))
    return wrong <= max(1, len(value) // 4) or (wrong == 2 and sorted(value) == sorted(other))  # noqa: PLR2004  # a swap
