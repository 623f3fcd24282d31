"""A pack (规范包): norms made ready, with their words compiled into one scan; its version names exactly what was listened for."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lingting.catalog.load import read_norms, read_words
from lingting.catalog.norm import Norm
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.detectors import DETECTORS
from lingting.inspection.listener import Gate, Listener
from lingting.inspection.scan import Scanner
from lingting.inspection.words import Words


@dataclass(frozen=True, slots=True)
class Pack:
    """Norms made ready.

    `starts` tells which norms have something to say once words of a tag were met, and in whose words (as bits), `always` those that listen in any case;
    `sound_scanner` looks for the sound of words, in recognised speech. `meant` are the norms for a channel and language, as far as these were met.
    """

    norms: tuple[Norm, ...]
    listeners: tuple[Listener, ...]
    places: Mapping[str, int]
    starts: Mapping[int, tuple[tuple[int, int], ...]]
    always: tuple[int, ...]
    scanner: Scanner
    sound_scanner: Scanner
    words: Words
    calendar: WorkCalendar
    organisation: str
    version: str
    meant: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)

    def severity(self, norm: str) -> str:
        """Return how much a norm weighs."""
        return self.norm(norm).severity

    def norm(self, id: str) -> Norm:  # the catalog's word
        """Return a norm by its id; KeyError if the pack has none."""
        return self.norms[self.places[id]]


class UnknownNorm(ValueError):
    """A norm builds on another that the pack does not have, or on itself."""


def pack(
    norms: Sequence[Norm], *, calendar: WorkCalendar, organisation: str = "", lists: Mapping[str, Sequence[str]] | None = None, kept: Path | None = None,
) -> Pack:  # fmt: skip
    """Compile norms; what cannot be compiled is refused as a whole, so that the pack in force stays. In the folder `kept` stands what was compiled before."""
    words = Words(read_words() if lists is None else lists, organisation)
    listeners = tuple(DETECTORS[norm.detector].listen(norm, words) for norm in norms)
    places = {norm.id: place for place, norm in enumerate(norms)}
    gates = [_gate(place, norms, listeners, places, ()) for place in range(len(norms))]
    starts: dict[int, tuple[tuple[int, int], ...]] = {}
    for place, gate in enumerate(gates):
        for tag, said_by in (gate or {}).items():
            starts[tag] = (*starts.get(tag, ()), (place, said_by))
    return Pack(
        norms=tuple(norms), listeners=listeners, places=places, starts=starts, always=tuple(place for place, gate in enumerate(gates) if gate is None),
        scanner=Scanner(words.patterns, words.begun, kept=kept), sound_scanner=Scanner(words.sounds, kept=kept), words=words, calendar=calendar,
        organisation=organisation, version=_version(norms, listeners, words, organisation),
    )  # fmt: skip


def _gate(place: int, norms: Sequence[Norm], listeners: Sequence[Listener], places: Mapping[str, int], above: tuple[int, ...]) -> Gate:
    """Return the tags without which a norm has nothing to say, those of the norms it builds on included."""
    if place in above:
        raise UnknownNorm(f"{norms[place].id} builds on itself; take one of the two references out.")
    gate = listeners[place].gate
    for other in listeners[place].after:
        if other not in places:
            raise UnknownNorm(f"{norms[place].id} builds on {other}, which this pack does not have; add it, or take the reference out.")
        further = _gate(places[other], norms, listeners, places, (*above, place))
        gate = None if gate is None or further is None else {tag: gate.get(tag, 0) | further.get(tag, 0) for tag in (*gate, *further)}
    return gate


def _version(norms: Sequence[Norm], listeners: Sequence[Listener], words: Words, organisation: str) -> str:
    said = [norm.model_dump(mode="json", exclude={"flags", "passes"}, serialize_as_any=True) for norm in norms]
    named = [said, [listener.instrument for listener in listeners], sorted(words.patterns), organisation]
    return hashlib.sha256(json.dumps(named, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


@cache
def standard_pack(*, calendar: WorkCalendar, organisation: str = "", kept: Path | None = None) -> Pack:
    """Return the norms that come with Lingting, compiled for an organisation."""
    return pack(read_norms(), calendar=calendar, organisation=organisation, kept=kept)
