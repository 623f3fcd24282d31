"""The scan (扫描): all patterns of all norms in one pass over the text of many conversations."""

import re
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import hyperscan

_FLAGS = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SOM_LEFTMOST


class BadPattern(ValueError):
    """A pattern cannot be compiled; the sentence names it and says why."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Pattern number `pattern` stands at `start` to `end` of turn number `turn` of text number `text`."""

    text: int
    turn: int
    start: int
    end: int
    pattern: int


class Scanner:
    """Patterns compiled once; scanning takes one pass however many there are.

    Hyperscan knows no look-around and no back-references, so no pattern can run away. A scratch belongs to one thread.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._database = hyperscan.Database()
        try:
            self._database.compile(
                expressions=[_within_a_line(pattern).encode() for pattern in patterns],
                ids=list(range(len(patterns))),
                elements=len(patterns),
                flags=[_FLAGS] * len(patterns),
            )
        except hyperscan.error as error:
            raise BadPattern(_culprit(patterns) or str(error)) from error
        self._local = threading.local()

    def scan(self, texts: Sequence[Sequence[str]]) -> Iterator[Hit]:
        """Yield where patterns stand in texts, each a sequence of turns in plain form; of several matches from one place, the longest."""
        turns = [turn.encode("utf-8", "replace") for text in texts for turn in text]
        if not turns:
            return
        owners = [(number, place) for number, text in enumerate(texts) for place in range(len(text))]
        starts = [0, *accumulate(len(turn) + 1 for turn in turns)]
        longest: dict[tuple[int, int], int] = {}
        self._database.scan(b"\n".join(turns), match_event_handler=_keep_longest(longest, starts), scratch=self._scratch())
        for (begin, pattern), stop in sorted(longest.items()):
            row = bisect_right(starts, begin) - 1
            turn, base = turns[row], starts[row]
            start = len(turn[: begin - base].decode("utf-8", "replace"))
            end = start + len(turn[begin - base : stop - base].decode("utf-8", "replace"))
            yield Hit(*owners[row], start, end, pattern)

    def _scratch(self) -> hyperscan.Scratch:
        if not hasattr(self._local, "scratch"):
            self._local.scratch = hyperscan.Scratch(self._database)
        scratch: hyperscan.Scratch = self._local.scratch
        return scratch


def _within_a_line(pattern: str) -> str:
    """Let "anything but a comma" mean no line break either: turns stand in lines, and no match may reach from one into the next."""
    return re.sub(r"(?<!\\)\[\^", r"[^\\n", pattern)


def _keep_longest(longest: dict[tuple[int, int], int], starts: Sequence[int]):  # type: ignore[no-untyped-def]  # noqa: ANN202  # Hyperscan's callback has no type
    def keep(pattern: int, begin: int, stop: int, _flags: int, _context: object) -> None:
        place = (begin, pattern)
        if stop > longest.get(place, -1) and stop < starts[bisect_right(starts, begin)]:
            longest[place] = stop

    return keep


def _culprit(patterns: Sequence[str]) -> str:
    for pattern in patterns:
        try:
            hyperscan.Database().compile(expressions=[pattern.encode()], ids=[0], elements=1, flags=[_FLAGS])
        except hyperscan.error as error:
            return f"{pattern!r}: {error}"
    return ""
