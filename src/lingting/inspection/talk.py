"""A talk (对话) as norms hear it: the transcript, its plain form, the words found in it, and what is worked out of them once for all norms."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.finding import Finding, Kind, Span, quoted
from lingting.inspection.later import NOTHING, Later
from lingting.inspection.likeness import grams
from lingting.inspection.listener import Way
from lingting.inspection.scan import Marks, Place
from lingting.inspection.sentences import clauses, has_quotes, quotations, sentences
from lingting.inspection.transcript import Role, Transcript

if TYPE_CHECKING:
    from lingting.catalog.norm import Norm


@dataclass(slots=True)
class Talk:
    """One conversation being listened to.

    `marks` are the words found, by tag, `passed` the gates that they pass, `may` the norms that may find something in them, as bits; `later` looks for words
    when they are asked about. `organisation` is our name, where it is set; several stand between `|`. `known` is what was worked out already. Where
    somebody listens while it goes on, `settled` keeps what later turns only add to, with the number of turns that it is about.
    """

    transcript: Transcript
    plain: Sequence[str]
    marks: Marks
    calendar: WorkCalendar
    organisation: str = ""
    findings_of: Callable[["Talk", str], tuple[Finding, ...]] | None = None
    known: dict[Any, Any] = field(default_factory=dict)
    settled: dict[Any, tuple[int, Any]] | None = None
    passed: int = -1
    may: int = -1
    later: Later | None = None

    def passes(self, ways: tuple[Way, ...]) -> bool:
        """Tell whether the gates of any of these ways were passed."""
        passed = self.passed
        for way in ways:  # noqa: SIM110  # asked for every case of every norm: a loop takes half the time
            if passed & way.gates == way.gates:
                return True
        return False

    def tagged(self, tag: int) -> list[Place]:
        """Return where words of a tag stand, in order."""
        marks = self.marks
        known = marks.read.get(tag)
        if known is None:
            known = marks[tag] if tag in marks.spans else self.later.places(tag) if self.later and tag in self.later.tags else NOTHING
        return known

    def in_turn(self, tag: int, turn: int) -> list[Place]:
        """Return where words of a tag stand in a turn."""
        if self.later and tag in self.later.tags:
            return self.later.in_turn(tag, turn)
        return in_turn(self.tagged(tag), turn)

    def said(self, tag: int, speakers: int) -> bool:
        """Tell whether these speakers, as bits, surely said words of a tag, without a look at the places; while a talk goes on, words may be taken back."""
        spoken = self.marks.voices.get(tag, 0) if self.settled is None else 0
        return spoken > 0 and spoken & speakers != 0 and not self.quotes()

    def role(self, turn: int) -> Role:
        """Return who speaks in a turn."""
        return self.transcript.turns[turn].role

    def at(self, turn: int) -> datetime | None:
        """Return when a turn was said; a time without a zone is one of the organisation's."""
        at = self.transcript.turns[turn].at
        return at.replace(tzinfo=self.calendar.zone) if at is not None and at.tzinfo is None else at

    def once(self, key: object, work: Callable[[], Any]) -> Any:
        """Return what was worked out before under this key, or work it out now."""
        if key not in self.known:
            self.known[key] = work()
        return self.known[key]

    def grown(self, key: object, work: Callable[[int], list[Any]]) -> list[Any]:
        """Return what later turns only add to, worked out once: where somebody listens while it goes on, `work` is asked about the turns since alone."""
        found: list[Any] | None = self.known.get(key)
        if found is None:
            done, found = (0, NOTHING) if self.settled is None else self.settled.get(key, (0, NOTHING))
            if more := work(done):
                found = [*found, *more]
            self.known[key] = found
            if self.settled is not None:
                self.settled[key] = len(self.plain), found
        return found

    def turns_of(self, roles: Iterable[str]) -> list[int]:
        """Return the numbers of the turns that these speakers said; all of them for nobody in particular."""
        key = ("turns", tuple(roles))
        found: list[int] | None = self.known.get(key)
        if found is None:
            wanted, turns = set(key[1]), self.transcript.turns
            found = self.grown(key, lambda since: [place for place in range(since, len(turns)) if not wanted or turns[place].role in wanted])
        return found

    def sentence(self, place: Place) -> tuple[int, int]:
        """Return where the sentence begins and ends that holds a place."""
        turn, start, _ = place
        key = ("sentences", turn)
        if key not in self.known:
            self.known[key] = list(sentences(self.plain[turn])) or [(0, len(self.plain[turn]))]
        spans = self.known[key]
        found: tuple[int, int] = spans[max(bisect_right(spans, (start, 1 << 40)) - 1, 0)]
        return found

    def clause(self, place: Place) -> tuple[int, int]:
        """Return where the clause begins and ends that holds a place, without the commas around it."""
        turn, start, end = place
        low, high = self.sentence(place)
        parts = clauses(self.plain[turn], low, high)
        return next(((a, b) for a, b in parts if a <= start < b), (start, end))

    def clauses_of(self, place: Place) -> tuple[int, int]:
        """Return where the sentence of a place begins and ends, without its marks."""
        low, high = self.sentence(place)
        parts = clauses(self.plain[place[0]], low, high) or [(low, high)]
        return parts[0][0], parts[-1][1]

    def unit(self, name: str, place: Place) -> tuple[int, int]:
        """Return where the clause, sentence or turn of a place begins and ends."""
        if name == "turn":
            return 0, len(self.plain[place[0]])
        return self.clause(place) if name == "clause" else self.sentence(place)

    def in_order(self) -> bool:
        """Tell whether every turn has a time and none lies before the one it follows."""
        found: bool | None = self.known.get("in order")
        if found is None:
            done, before = (self.settled or {}).get("in order", (0, True))
            times = [self.at(turn) for turn in range(max(done - 1, 0), len(self.plain))] if before else []
            found = self.known["in order"] = before and all(early and late and early <= late for early, late in pairwise([*times[:1], *times]))
            if self.settled is not None:
                self.settled["in order"] = len(self.plain), found
        return found

    def words(self, turn: int, span: tuple[int, int]) -> str:
        """Return the plain words of a span."""
        return self.plain[turn][span[0] : span[1]]

    def in_quotation(self, place: Place) -> bool:
        """Tell whether words stand in quotation marks: somebody else's words, or a title."""
        turn, start, end = place
        spans = self.once(("quotations", turn), lambda: quotations(self.plain[turn]))
        return any(low <= start and end <= high for low, high in spans)

    def quotes(self) -> bool:
        """Tell whether there is any quotation mark at all; mostly there is none."""
        found: bool | None = self.known.get("quotes")
        if found is None:
            done, before = (self.settled or {}).get("quotes", (0, False))
            found = self.known["quotes"] = before or has_quotes("\n".join(self.plain[done:]))
            if self.settled is not None:
                self.settled["quotes"] = len(self.plain), found
        return found

    def holds(self, tag: int, turn: int, span: tuple[int, int]) -> bool:
        """Tell whether words of a tag begin within a span of a turn."""
        if self.later and tag in self.later.tags:
            return any(span[0] <= start < span[1] for _, start, _ in self.later.in_turn(tag, turn))
        marks = self.tagged(tag)
        place = bisect_left(marks, (turn, span[0], 0))
        return place < len(marks) and marks[place][0] == turn and marks[place][1] < span[1]

    def turns_with(self, tag: int) -> frozenset[int]:
        """Return the turns in which words of a tag stand."""
        found: frozenset[int] | None = self.known.get(("turns with", tag))
        if found is None:
            found = self.known["turns with", tag] = frozenset([place[0] for place in self.tagged(tag)])
        return found

    def wordless(self) -> list[int]:
        """Return the turns that were heard but not written down: nobody knows what was said in them."""
        return self.grown("wordless", lambda since: [place for place in range(since, len(self.plain)) if not self.plain[place].strip()])

    def grams(self, turn: int) -> frozenset[str]:
        """Return what a turn is made of."""
        found: frozenset[str] | None = self.known.get(("grams", turn))
        if found is None:
            found = self.known["grams", turn] = grams(self.plain[turn])
        return found

    def parts(self, turn: int) -> list[tuple[int, int, frozenset[str]]]:
        """Return the clauses of a turn, each with what it is made of."""
        found: list[tuple[int, int, frozenset[str]]] | None = self.known.get(("parts", turn))
        if found is None:
            text = self.plain[turn]
            spans = (span for sentence in sentences(text) for span in clauses(text, *sentence))
            found = self.known["parts", turn] = [(low, high, grams(text[low:high])) for low, high in spans]
        return found

    def found(self, norm: str) -> tuple[Finding, ...]:
        """Return what another norm of the pack finds in this talk."""
        return self.findings_of(self, norm) if self.findings_of else ()

    def finding(self, norm: "Norm", instrument: str, place: Place, *, kind: Kind | None = None, slots: Mapping[str, str] | None = None) -> Finding:
        """Return a finding whose quote is cut from the raw words."""
        span = Span(*place)
        return Finding(norm.id, norm.version, instrument, kind or Kind(norm.kind), span, quoted(self.transcript, span), slots or {})


def in_turn(places: list[Place], turn: int) -> list[Place]:
    """Return the places that stand in a turn, out of places in order."""
    return places[bisect_left(places, (turn, 0, 0)) : bisect_left(places, (turn + 1, 0, 0))]
