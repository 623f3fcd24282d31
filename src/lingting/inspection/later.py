"""Words looked for later (后查): what one letter or figure can meet – any number, any question – and no norm starts from is looked for only when asked about.

Three dozen such tags make half of all matches; in a conversation about one of them is asked about as a whole.
"""

import re
import threading
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path

import hyperscan

from lingting.inspection.letters import as_python
from lingting.inspection.scan import Place, compiled_parts
from lingting.inspection.words import Words

NOTHING: list[Place] = []


MANY = 12
"""Times that a letter is repeated when a pattern is tried: as long as a telephone number."""


def later_tags(words: Words) -> dict[int, list[str]]:
    """Return the patterns of each tag that is looked for later: one that no gate and not every conversation asks for, and of which the end is enough."""
    at_once = {tag for gate in words.gates for tag, _ in gate} | words.always | words.exact | {tag for tags in words.sounds.values() for tag in tags}
    later: dict[int, list[str]] = {}
    for pattern, tags in words.patterns.items():
        for tag in tags:
            if tag not in at_once:
                later.setdefault(tag, []).append(pattern)
    return {tag: patterns for tag, patterns in later.items() if any(map(meets_one_letter, patterns))}


def meets_one_letter(pattern: str) -> bool:
    r"""Tell whether one letter or figure, however often it is repeated, in one word or in several, can be all that a pattern asks for.

    >>> [meets_one_letter(pattern) for pattern in (r"\d", "(多少|谁|吗)", r"\d{4,}", "[a-z]+ [a-z]+ [a-z]+", "电话|地址")]
    [True, True, True, True, False]
    """
    try:
        words = re.compile(as_python(pattern))
    except re.error:
        return False
    return any(words.search(said) for letter in {*pattern, "7", "a"} for said in (letter, letter * MANY, f"{letter} " * MANY))


class LaterWords:
    """The words of a pack that are looked for later, a database for each of their tags."""

    def __init__(self, tags: Mapping[int, Sequence[str]], *, kept: Path | None = None) -> None:
        self.tags = frozenset(tags)
        self._databases = dict(zip(tags, compiled_parts(list(tags.values()), kept), strict=True))
        self._local = threading.local()

    def ends(self, tag: int, buffer: bytes) -> list[int]:
        """Return after which bytes words of a tag end, in order."""
        ends: list[int] = []
        add = ends.append
        self._databases[tag].scan(buffer, match_event_handler=lambda _pattern, _begin, end, *_: add(end), scratch=self._scratch(tag))
        ends.sort()
        return ends

    def _scratch(self, tag: int) -> hyperscan.Scratch:
        """Return the scratch of a tag; it belongs to one thread."""
        scratches: dict[int, hyperscan.Scratch] | None = getattr(self._local, "scratches", None)
        if scratches is None:
            scratches = self._local.scratches = {}
        if tag not in scratches:
            scratches[tag] = hyperscan.Scratch(self._databases[tag])
        return scratches[tag]


class Later:
    """A conversation in which words are looked for when they are asked about; what was found stays, and only turns that came since are looked at."""

    __slots__ = ("_buffers", "_found", "_rows", "_single", "_words", "tags")

    def __init__(self, words: LaterWords, rows: Sequence[str]) -> None:
        self.tags = words.tags
        self._words = words
        self._rows = rows
        self._found: dict[int, tuple[int, list[Place]]] = {}
        self._single: dict[tuple[int, int], list[Place]] = {}
        self._buffers: dict[tuple[int, int], tuple[bytes, list[int]]] = {}

    def places(self, tag: int) -> list[Place]:
        """Return where words of a tag stand, in order; of each only its last letter is known."""
        size = len(self._rows)
        done, before = self._found.get(tag, (0, NOTHING))
        if done < size:
            before = [*before, *self._looked_for(tag, done, size)]
            self._found[tag] = size, before
        return before

    def in_turn(self, tag: int, turn: int) -> list[Place]:
        """Return where words of a tag stand in a turn: most exceptions are asked about in few turns."""
        known = self._single.get((tag, turn))
        if known is None:
            row = self._rows[turn].encode("utf-8", "replace")
            ends = [len(row[:stop].decode()) for stop in self._words.ends(tag, row)]
            known = self._single[tag, turn] = [(turn, end - 1, end) for end in ends]
        return known

    def forget(self, turn: int) -> None:
        """Forget what was found from a turn on: it is said anew."""
        self._buffers.clear()
        self._single = {key: places for key, places in self._single.items() if key[1] < turn}
        self._found = {tag: (min(done, turn), [place for place in places if place[0] < turn]) for tag, (done, places) in self._found.items()}

    def _looked_for(self, tag: int, since: int, size: int) -> list[Place]:
        buffer, starts = self._buffer(since, size)
        found = []
        for stop in self._words.ends(tag, buffer):
            row = bisect_right(starts, stop - 1) - 1
            end = len(buffer[starts[row] : stop].decode())
            if end <= len(self._rows[since + row]):
                found.append((since + row, end - 1, end))
        return found

    def _buffer(self, since: int, size: int) -> tuple[bytes, list[int]]:
        """Return the turns from one on as bytes, and where each begins; most questions are about the same turns."""
        known = self._buffers.get((since, size))
        if known is None:
            rows = [row.encode("utf-8", "replace") for row in self._rows[since:size]]
            starts, start = [], 0
            for row in rows:
                starts.append(start)
                start += len(row) + 1
            known = b"\n".join(rows), starts
            self._buffers = {key: held for key, held in self._buffers.items() if key[1] == size} | {(since, size): known}
        return known
