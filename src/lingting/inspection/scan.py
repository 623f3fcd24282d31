"""The scan (扫描): all patterns of all norms in one go over the text of many conversations."""

import re
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import or_
from pathlib import Path

import hyperscan
import numpy as np
from numpy.typing import NDArray

from lingting.inspection.kept import Fatal, compiled, databases
from lingting.inspection.letters import ANY, BEYOND, FIGURE, LATIN, kinds, needed
from lingting.inspection.transcript import EVERYBODY, VOICES, Role
from lingting.inspection.trial import fatal

Place = tuple[int, int, int]
"""Where words stand in a conversation: turn, start and end, in characters of its plain form."""

Numbers = NDArray[np.int64]

_FLAGS = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE
_BEGUN = hyperscan.HS_FLAG_SOM_LEFTMOST
_CONTINUES = 0b1000_0000
_KIND = 0b1100_0000
PART = 100
"""Patterns of one database: eight of a hundred compile in half the time of one of eight hundred, side by side, and are scanned for a tenth faster."""

Sort = tuple[int, int]
"""What patterns have in common: kinds of letters that their words cannot do without, and those in whose words they are looked for, as bits."""

_LETTERS = (LATIN, FIGURE, BEYOND)
_SPEAKERS = (VOICES[Role.CUSTOMER], EVERYBODY - VOICES[Role.CUSTOMER], EVERYBODY)

_ZERO = np.zeros(1, np.int64)

_BITS = 20
_PATTERN = (1 << _BITS) - 1
"""A match is known by one number, its pattern in the lowest bits: numbers are gathered and sorted faster than pairs."""


class BadPattern(ValueError):
    """A pattern cannot be compiled; the sentence names it and says why."""

    def __init__(self, pattern: str, why: str) -> None:
        super().__init__(f"{pattern!r}: {why}")
        self.pattern = pattern


@dataclass(slots=True, eq=False)
class Marks(Mapping[int, list[Place]]):
    """Where the words of each tag stand in a conversation, in order, cut out of the places of all when they are asked for: most never are.

    `voices` tells of each tag who said its words, as bits.
    """

    places: list[Place] = field(default_factory=list)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    voices: dict[int, int] = field(default_factory=dict)
    read: dict[int, list[Place]] = field(default_factory=dict)

    def __getitem__(self, tag: int) -> list[Place]:
        known = self.read.get(tag)
        if known is None:
            low, high = self.spans[tag]
            known = self.read[tag] = self.places[low:high]
        return known

    def put(self, tag: int, places: list[Place], voices: int) -> None:
        """Let words of a tag stand at these places, said by these among others."""
        self.read[tag] = places
        self.spans.setdefault(tag, (0, 0))
        self.voices[tag] = self.voices.get(tag, 0) | voices

    def __iter__(self) -> Iterator[int]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)

    def __contains__(self, tag: object) -> bool:
        return tag in self.spans


class Scanner:
    """Patterns compiled once, each with the tags that it stands for; scanning takes one go however many there are.

    A turn is only scanned for patterns that it may meet: it holds letters that their words cannot do without, and is said by one of those in whose words
    they are looked for (`voices`, of each tag). Where a match begins is told for the patterns in `begun` (all, if it is None); of the others only the last
    letter is known, which is cheaper. Each of these sorts stands in databases of its own, and none holds more than `PART` patterns: small ones stay in the
    processor's cache. Hyperscan knows no look-around and no back-references, so no pattern can run away. A scratch belongs to one thread. In the folder `kept`
    stands what was compiled before.
    """

    def __init__(
        self, patterns: Mapping[str, Sequence[int]], begun: Collection[str] | None = None, *, voices: Mapping[int, int] | None = None, kept: Path | None = None,
    ) -> None:  # fmt: skip
        exact: tuple[list[str], list[str]] = ([], [])
        for pattern in patterns:
            exact[begun is not None and pattern not in begun].append(pattern)
        asked = {pattern: reduce(or_, (voices.get(tag, EVERYBODY) for tag in tags)) if voices else EVERYBODY for pattern, tags in patterns.items()}
        parts = [_parts(several, asked) for several in exact]
        self.databases = [_compiled([part for _, part in several], flags, kept) for several, flags in zip(parts, (_FLAGS | _BEGUN, _FLAGS), strict=True)]
        self._local = threading.local()
        self._quoted = len(exact[0])
        self._sorts = sorted({sort for several in parts for sort, _ in several})
        self._sort_of_database = [[self._sorts.index(sort) for sort, _ in several] for several in parts]
        numbered = [(self._sorts.index(sort), pattern) for several in parts for sort, part in several for pattern in part]
        self._sort_of_pattern = np.array([sort for sort, _ in numbered], np.int64)
        tags = [patterns[pattern] for _, pattern in numbered]
        self._tags = np.array([tag for several in tags for tag in several], np.int64)
        self._many = np.array([len(several) for several in tags], np.int64)
        self._first = np.cumsum(self._many) - self._many

    def scan(self, texts: Sequence[Sequence[str]], voices: Sequence[Sequence[int]] | None = None) -> list[Marks]:
        """Return for each text where words of each tag stand, in their order; of several matches of a pattern from one place, the longest.

        Byte offsets become characters, and matches are put to their tags, for all texts at once.

        Args:
            texts: sequences of turns in plain form.
            voices: of each turn a bit for who said it.
        """
        rows = [turn for text in texts for turn in text]
        spoken = np.array([voice for several in voices for voice in several] if voices else [EVERYBODY] * len(rows), np.int64)
        encoded = [row.encode("utf-8", "replace") for row in rows]
        held = kinds(encoded)
        chosen = [((held & letters != 0) & (spoken & speakers != 0)).nonzero()[0] for letters, speakers in self._sorts]
        buffers = [b"\n".join([encoded[row] for row in numbers.tolist()]) for numbers in chosen]
        told, patterns, begins, stops = self._matches(buffers)
        if not len(patterns):
            return [Marks() for _ in texts]
        # All buffers one after the other are one text, whose lines are turns that may stand in it more than once.
        lines = np.concatenate([numbers for numbers, buffer in zip(chosen, buffers, strict=True) if buffer])
        counted = np.cumsum((np.frombuffer(b"\n".join(filter(None, buffers)), np.uint8) & _KIND) != _CONTINUES)
        begins, ends = counted[begins] - 1, counted[stops - 1]
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))[lines]
        starts = np.cumsum(lengths + 1) - lengths - 1
        line = np.repeat(np.arange(len(lines)), lengths + 1)[begins]
        begins, ends, inside = begins - starts[line], ends - starts[line], lines[line]
        # Those with a beginning stand first, of several from one place the longest first; the others are one letter long.
        order = np.concatenate([np.lexsort((-ends[:told], begins[:told], inside[:told])), np.arange(told, len(begins))])
        order = order[np.lexsort((begins[order], inside[order]))]
        order = order[(ends <= lengths[line])[order]]
        tags, order = self._tagged(patterns[order], order)
        grouped = np.argsort(tags, kind="stable")
        tags, order = tags[grouped], order[grouped]
        return _shared(tags, inside[order], begins[order], ends[order], texts, spoken)

    def _matches(self, buffers: Sequence[bytes]) -> tuple[int, Numbers, Numbers, Numbers]:
        """Return how many matches know where they begin, and of all, these first: the pattern, and the first byte and the end of its longest from a place.

        There is a buffer for each sort; the bytes are counted through all of them, with one between two, those that are empty left out.
        """
        longest: dict[int, int] = {}
        last: list[int] = []

        add = last.append

        def keep(pattern: int, begin: int, stop: int, _flags: int, _context: object) -> None:
            longest[begin << _BITS | pattern] = stop

        def note(pattern: int, _begin: int, stop: int, _flags: int, _context: object) -> None:
            add(stop << _BITS | pattern)

        for several, sorts, handler in zip(self._with_scratches(), self._sort_of_database, (keep, note), strict=True):
            for (known, scratch), sort in zip(several, sorts, strict=True):
                if buffers[sort]:
                    known.scan(buffers[sort], match_event_handler=handler, scratch=scratch)
        whole = np.fromiter(longest, np.int64, len(longest))
        ends = np.array(last, np.int64)
        patterns = np.concatenate([whole & _PATTERN, (ends & _PATTERN) + self._quoted])
        stops = np.concatenate([np.fromiter(longest.values(), np.int64, len(longest)), ends >> _BITS])
        sizes = np.array([len(buffer) + 1 if buffer else 0 for buffer in buffers], np.int64)
        before = (np.cumsum(sizes) - sizes)[self._sort_of_pattern[patterns]]
        return len(whole), patterns, np.concatenate([whole >> _BITS, (ends >> _BITS) - 1]) + before, stops + before

    def _tagged(self, patterns: Numbers, matches: Numbers) -> tuple[Numbers, Numbers]:
        """Return tags and matches, a match once for every tag of its pattern."""
        many = self._many[patterns]
        before = np.cumsum(many) - many
        return self._tags[np.repeat(self._first[patterns] - before, many) + np.arange(many.sum())], np.repeat(matches, many)

    def _with_scratches(self) -> list[list[tuple[hyperscan.Database, hyperscan.Scratch]]]:
        if not hasattr(self._local, "scratches"):
            self._local.scratches = [[(known, hyperscan.Scratch(known)) for known in several] for several in self.databases]
        scratches: list[list[tuple[hyperscan.Database, hyperscan.Scratch]]] = self._local.scratches
        return scratches


def _parts(patterns: Sequence[str], asked: Mapping[str, int]) -> list[tuple[Sort, Sequence[str]]]:
    """Return patterns in parts, each of one sort; kinds of letters and speakers that few patterns ask for are put to wider ones."""
    sorts: dict[Sort, list[str]] = {}
    for pattern in patterns:
        letters, speakers = needed(pattern), next(several for several in _SPEAKERS if asked[pattern] | several == several)
        sorts.setdefault((letters if letters in _LETTERS else ANY, speakers), []).append(pattern)
    return [(sort, part[low : low + PART]) for sort, part in sorted(sorts.items()) for low in range(0, len(part), PART)]


def _shared(tags: Numbers, inside: Numbers, starts: Numbers, ends: Numbers, texts: Sequence[Sequence[str]], speaks: Numbers) -> list[Marks]:
    """Return the marks of each text out of matches in the order of their tags, and of their places within; `inside` is the row of each."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    owners = np.repeat(np.arange(len(texts)), sizes)
    turns = np.arange(len(owners)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    places = list(zip(turns[inside].tolist(), starts.tolist(), ends.tolist(), strict=True))
    marks = [Marks(places) for _ in texts]
    belongs = owners[inside]
    changes = (tags[1:] != tags[:-1]) | (belongs[1:] != belongs[:-1])
    cuts = np.concatenate([_ZERO[: len(tags)], changes.nonzero()[0] + 1])
    spoken = np.bitwise_or.reduceat(speaks[inside], cuts) if len(cuts) else cuts
    lows = cuts.tolist()
    for owner, tag, low, high, voice in zip(belongs[cuts].tolist(), tags[cuts].tolist(), lows, [*lows[1:], len(tags)], spoken.tolist(), strict=True):
        own = marks[owner]
        own.spans[tag] = low, high
        own.voices[tag] = voice
    return marks


def compiled_parts(parts: Sequence[Sequence[str]], kept: Path | None) -> list[hyperscan.Database]:
    """Return a database for each part, of whose matches only the end is told; BadPattern names what cannot be compiled."""
    return _compiled(parts, _FLAGS, kept)


def _compiled(parts: Sequence[Sequence[str]], flags: int, kept: Path | None) -> list[hyperscan.Database]:
    if not parts:
        return []
    patterns = list(chain.from_iterable(parts))
    expressions = [_within_a_line(pattern) for pattern in patterns]
    try:
        return databases([[_within_a_line(pattern) for pattern in part] for part in parts], flags, kept)
    except hyperscan.error as error:
        raise _culprit(patterns, expressions, flags, str(error)) from error
    except Fatal as error:
        number = fatal(expressions, [flags] * len(expressions))
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


def _culprit(patterns: Sequence[str], expressions: Sequence[str], flags: int, said: str) -> BadPattern:
    for pattern, expression in zip(patterns, expressions, strict=True):
        try:
            compiled([expression], [flags])
        except hyperscan.error as error:
            return BadPattern(pattern, str(error))
    return BadPattern(" ".join(patterns[:1]), said)
