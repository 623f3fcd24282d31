"""The scan (扫描): all patterns of all norms in one pass over the text of many conversations."""

import re
import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import hyperscan
import numpy as np
from numpy.typing import NDArray

from lingting.inspection.kept import Fatal, compiled, database
from lingting.inspection.trial import fatal

Place = tuple[int, int, int]
"""Where words stand in a conversation: turn, start and end, in characters of its plain form."""

Marks = dict[int, list[Place]]
"""Where the words of each tag stand in a conversation."""

_FLAGS = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE
_BEGUN = hyperscan.HS_FLAG_SOM_LEFTMOST
_CONTINUES = 0b1000_0000
_KIND = 0b1100_0000
_BITS = 20
_PATTERN = (1 << _BITS) - 1
"""A match is known by one number, its pattern in the lowest bits: numbers are gathered and sorted faster than pairs."""


class BadPattern(ValueError):
    """A pattern cannot be compiled; the sentence names it and says why."""

    def __init__(self, pattern: str, why: str) -> None:
        super().__init__(f"{pattern!r}: {why}")
        self.pattern = pattern


class Scanner:
    """Patterns compiled once, each with the tags that it stands for; scanning takes one pass however many there are.

    Where a match begins is told for the patterns in `begun` (all, if it is None); of the others only the last letter is known, which is cheaper.
    Hyperscan knows no look-around and no back-references, so no pattern can run away. A scratch belongs to one thread. In the folder `kept` stands
    what was compiled before.
    """

    def __init__(self, patterns: Mapping[str, Sequence[int]], begun: Collection[str] | None = None, *, kept: Path | None = None) -> None:
        self._local = threading.local()
        self._tags = np.array([tag for tags in patterns.values() for tag in tags], np.int64)
        self._many = np.array([len(tags) for tags in patterns.values()], np.int64)
        self._first = np.cumsum(self._many) - self._many
        if patterns:
            self._database = _compiled(list(patterns), patterns if begun is None else begun, kept)
        self._ends_only = [begun is not None and pattern not in begun for pattern in patterns]

    def scan(self, texts: Sequence[Sequence[str]]) -> list[Marks]:
        """Return for each text where words of each tag stand, in their order; of several matches of a pattern from one place, the longest.

        Texts are sequences of turns in plain form. Byte offsets become characters, and matches are put to their tags, for all texts at once.
        """
        marks: list[Marks] = [{} for _ in texts]
        rows = [turn for text in texts for turn in text]
        buffer = "\n".join(rows).encode("utf-8", "replace")
        longest = self._matches(buffer) if buffer and len(self._many) else {}
        if not longest:
            return marks
        keys = np.fromiter(longest, np.int64, len(longest))
        counted = np.cumsum((np.frombuffer(buffer, np.uint8) & _KIND) != _CONTINUES)
        begins = counted[keys >> _BITS] - 1
        ends = counted[np.fromiter(longest.values(), np.int64, len(longest)) - 1]
        order = np.lexsort((keys & _PATTERN, -ends, begins))
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        starts = np.cumsum(lengths + 1) - lengths - 1
        inside = np.searchsorted(starts, begins, "right") - 1
        order = order[(ends - starts[inside] <= lengths[inside])[order]]
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        owners = np.repeat(np.arange(len(texts)), sizes)
        turns = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        tags, order = self._tagged((keys & _PATTERN)[order], order)
        inside = inside[order]
        groups = owners[inside] << _BITS | tags
        grouped = np.argsort(groups, kind="stable")
        groups, order, inside = groups[grouped], order[grouped], inside[grouped]
        columns = (turns[inside], begins[order] - starts[inside], ends[order] - starts[inside])
        places = list(zip(*(column.tolist() for column in columns), strict=True))
        cuts = np.flatnonzero(np.diff(groups, prepend=-1))
        for group, low, high in zip(groups[cuts].tolist(), cuts.tolist(), [*cuts[1:].tolist(), len(places)], strict=True):
            marks[group >> _BITS][group & _PATTERN] = places[low:high]
        return marks

    def _matches(self, buffer: bytes) -> dict[int, int]:
        """Return where the longest match of a pattern from a place stops, by that place and the number of the pattern, in one number."""
        longest: dict[int, int] = {}
        ends_only = self._ends_only

        def keep(pattern: int, begin: int, stop: int, _flags: int, _context: object) -> None:
            longest[(stop - 1 if ends_only[pattern] else begin) << _BITS | pattern] = stop

        self._database.scan(buffer, match_event_handler=keep, scratch=self._scratch())
        return longest

    def _tagged(self, patterns: NDArray[np.int64], matches: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return tags and matches, a match once for every tag of its pattern."""
        many = self._many[patterns]
        before = np.cumsum(many) - many
        return self._tags[np.repeat(self._first[patterns] - before, many) + np.arange(many.sum())], np.repeat(matches, many)

    def _scratch(self) -> hyperscan.Scratch:
        if not hasattr(self._local, "scratch"):
            self._local.scratch = hyperscan.Scratch(self._database)
        scratch: hyperscan.Scratch = self._local.scratch
        return scratch


def _compiled(patterns: Sequence[str], begun: Collection[str], kept: Path | None) -> hyperscan.Database:
    expressions = [_within_a_line(pattern) for pattern in patterns]
    flags = [_FLAGS | _BEGUN if pattern in begun else _FLAGS for pattern in patterns]
    try:
        return database(expressions, flags, kept)
    except hyperscan.error as error:
        raise _culprit(patterns, expressions, flags, str(error)) from error
    except Fatal as error:
        number = fatal(expressions, flags)
        raise BadPattern(" ".join(patterns) if number is None else patterns[number], _FATAL) from error


_FATAL = "it begins with a repeat that would end the scanner; put a word before the repeat, or give it a smaller limit."

_CLASSES = {r"\s": "[ ]", r"\D": r"[^\d\n]", r"\W": r"[^\w\n]"}
_ESCAPE = re.compile(r"\\.|\[\^")


def _within_a_line(pattern: str) -> str:
    r"""Let what means "anything but" mean no line break either: turns stand in lines, and no match may reach from one into the next.

    >>> _within_a_line(r"[^,]\s\[^")
    '[^\\n,][ ]\\[^'
    """
    return _ESCAPE.sub(lambda match: "[^\\n" if match[0] == "[^" else _CLASSES.get(match[0], match[0]), pattern)


def _culprit(patterns: Sequence[str], expressions: Sequence[str], flags: Sequence[int], said: str) -> BadPattern:
    for pattern, expression, flag in zip(patterns, expressions, flags, strict=True):
        try:
            compiled([expression], [flag])
        except hyperscan.error as error:
            return BadPattern(pattern, str(error))
    return BadPattern(" ".join(patterns[:1]), said)
