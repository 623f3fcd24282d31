"""The scan (扫描): all patterns of all norms in one pass over the text of many conversations."""

import re
import threading
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, repeat

import hyperscan
import numpy as np

Place = tuple[int, int, int]
"""Where words stand in a conversation: turn, start and end, in characters of its plain form."""

_FLAGS = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE
_BEGUN = hyperscan.HS_FLAG_SOM_LEFTMOST
_CONTINUES = 0b1000_0000
_KIND = 0b1100_0000


class BadPattern(ValueError):
    """A pattern cannot be compiled; the sentence names it and says why."""

    def __init__(self, pattern: str, why: str) -> None:
        super().__init__(f"{pattern!r}: {why}")
        self.pattern = pattern


class Scanner:
    """Patterns compiled once; scanning takes one pass however many there are.

    Where a match begins is told for the patterns in `begun` (all, if it is None); of the others only the last letter is known, which is cheaper.
    Hyperscan knows no look-around and no back-references, so no pattern can run away. A scratch belongs to one thread.
    """

    def __init__(self, patterns: Sequence[str], begun: Collection[str] | None = None) -> None:
        self._database = hyperscan.Database()
        self._empty = not patterns
        self._local = threading.local()
        if patterns:
            try:
                _compile(self._database, patterns, patterns if begun is None else begun)
            except hyperscan.error as error:
                raise _culprit(patterns, str(error), begun) from error
        self._ends_only = np.array([begun is not None and pattern not in begun for pattern in patterns], bool)

    def scan(self, texts: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, Place]]:
        """Yield text number, pattern number and place of every match, in the order of the words; of several matches from one place, the longest.

        Texts are sequences of turns in plain form. Byte offsets become characters for all matches at once.
        """
        rows = [turn for text in texts for turn in text]
        if not rows or self._empty:
            return
        buffer = "\n".join(rows).encode("utf-8", "replace")
        longest: dict[tuple[int, int], int] = {}
        ends_only = self._ends_only.tolist()

        def keep(pattern: int, begin: int, stop: int, _flags: int, _context: object) -> None:
            longest[stop - 1 if ends_only[pattern] else begin, pattern] = stop

        self._database.scan(buffer, match_event_handler=keep, scratch=self._scratch())
        if not longest:
            return
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        starts = np.concatenate(([0], np.cumsum(lengths + 1)))
        counted = np.cumsum((np.frombuffer(buffer, np.uint8) & _KIND) != _CONTINUES)
        keys = np.array(list(longest), np.int64)
        begins = counted[keys[:, 0]] - 1
        ends = counted[np.fromiter(longest.values(), np.int64, len(longest)) - 1]
        inside = np.searchsorted(starts, begins, "right") - 1
        ends = ends - starts[inside]
        begins = begins - starts[inside]
        order = np.lexsort((keys[:, 1], -ends, begins, inside))
        order = order[ends[order] <= lengths[inside[order]]]
        owners = [number for number, text in enumerate(texts) for _ in repeat(None, len(text))]
        first = [0, *accumulate(map(len, texts))]
        columns = (column[order].tolist() for column in (inside, keys[:, 1], begins, ends))
        for row, pattern, begin, end in zip(*columns, strict=True):
            text = owners[row]
            yield text, pattern, (row - first[text], begin, end)

    def _scratch(self) -> hyperscan.Scratch:
        if not hasattr(self._local, "scratch"):
            self._local.scratch = hyperscan.Scratch(self._database)
        scratch: hyperscan.Scratch = self._local.scratch
        return scratch


def _compile(database: hyperscan.Database, patterns: Sequence[str], begun: Collection[str]) -> None:
    expressions = [_within_a_line(pattern).encode() for pattern in patterns]
    flags = [_FLAGS | _BEGUN if pattern in begun else _FLAGS for pattern in patterns]
    database.compile(expressions=expressions, ids=list(range(len(patterns))), elements=len(patterns), flags=flags)


_CLASSES = {r"\s": "[ ]", r"\D": r"[^\d\n]", r"\W": r"[^\w\n]"}
_ESCAPE = re.compile(r"\\.|\[\^")


def _within_a_line(pattern: str) -> str:
    r"""Let what means "anything but" mean no line break either: turns stand in lines, and no match may reach from one into the next.

    >>> _within_a_line(r"[^,]\s\[^")
    '[^\\n,][ ]\\[^'
    """
    return _ESCAPE.sub(lambda match: "[^\\n" if match[0] == "[^" else _CLASSES.get(match[0], match[0]), pattern)


def _culprit(patterns: Sequence[str], said: str, begun: Collection[str] | None) -> BadPattern:
    for pattern in patterns:
        try:
            _compile(hyperscan.Database(), [pattern], patterns if begun is None else begun)
        except hyperscan.error as error:
            return BadPattern(pattern, str(error))
    return BadPattern(" ".join(patterns[:1]), said)
