"""A pack (规范包): norms made ready, with their words compiled into one scan; its version names exactly what was listened for."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lingting.catalog.load import read_norms, read_words
from lingting.catalog.norm import Norm
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.detectors import DETECTORS
from lingting.inspection.gates import Gates, gates
from lingting.inspection.later import LaterWords, later_tags
from lingting.inspection.listener import Listener
from lingting.inspection.scan import Scanner
from lingting.inspection.words import Words


@dataclass(frozen=True, slots=True)
class Pack:
    """Norms made ready.

    `gates` tell which norms may have something to say once words were met; `later` are words that are looked for only when they are asked about;
    `sound_scanner` looks for the sound of words, in recognised speech.
    """

    norms: tuple[Norm, ...]
    listeners: tuple[Listener, ...]
    places: Mapping[str, int]
    gates: Gates
    scanner: Scanner
    sound_scanner: Scanner
    later: LaterWords
    words: Words
    calendar: WorkCalendar
    organisation: str
    version: str

    def severity(self, norm: str) -> str:
        """Return how much a norm weighs."""
        return self.norm(norm).severity

    def norm(self, id: str) -> Norm:  # the catalog's word
        """Return a norm by its id; KeyError if the pack has none."""
        return self.norms[self.places[id]]

    def phrase(self, norm: Norm, language: str) -> str:
        """Return what may be said where a norm's words are due, with our own name in it; where no name is set (`LINGTING_ORGANISATION`), a gap that shows."""
        text = norm.phrase
        if text is None:
            return ""
        name = self.organisation.split("|")[0].strip()
        return text.zh.replace("{org}", name or "〔组织名称〕") if language == "zh" else text.en.replace("{org}", name or "[our name]")


def pack(
    norms: Sequence[Norm], *, calendar: WorkCalendar, organisation: str = "", lists: Mapping[str, Sequence[str]] | None = None, kept: Path | None = None,
) -> Pack:  # fmt: skip
    """Compile norms; what cannot be compiled is refused as a whole, so that the pack in force stays. In the folder `kept` stands what was compiled before."""
    words = Words(read_words() if lists is None else lists, organisation)
    listeners = tuple(DETECTORS[norm.detector].listen(norm, words) for norm in norms)
    places = {norm.id: place for place, norm in enumerate(norms)}
    later = later_tags(words)
    at_once = {pattern: now for pattern, tags in words.patterns.items() if (now := [tag for tag in tags if tag not in later])}
    return Pack(
        norms=tuple(norms), listeners=listeners, places=places, gates=gates(norms, listeners, words.gates),
        scanner=Scanner(at_once, words.begun, voices=words.voices, kept=kept), sound_scanner=Scanner(words.sounds, kept=kept),
        later=LaterWords(later, kept=kept), words=words, calendar=calendar,
        organisation=organisation, version=_version(norms, listeners, words, organisation),
    )  # fmt: skip


def _version(norms: Sequence[Norm], listeners: Sequence[Listener], words: Words, organisation: str) -> str:
    said = [norm.model_dump(mode="json", exclude={"flags", "passes"}, serialize_as_any=True) for norm in norms]
    named = [said, [listener.instrument for listener in listeners], sorted(words.patterns), organisation]
    return hashlib.sha256(json.dumps(named, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


@cache
def standard_pack(*, calendar: WorkCalendar, organisation: str = "", kept: Path | None = None) -> Pack:
    """Return the norms that come with Lingting, compiled for an organisation."""
    return pack(read_norms(), calendar=calendar, organisation=organisation, kept=kept)
