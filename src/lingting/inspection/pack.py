"""A pack (规范包): norms with their patterns compiled into one scan; its version names exactly what was listened for."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lingting.catalog.load import read_norms
from lingting.catalog.model import Norm
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.detectors import DETECTORS
from lingting.inspection.heard import Detector
from lingting.inspection.scan import Scanner


@dataclass(frozen=True, slots=True)
class Pack:
    """Compiled norms: `owners` tells for each pattern number which norm it belongs to and by which tag."""

    norms: tuple[Norm, ...]
    detectors: tuple[Detector, ...]
    owners: tuple[tuple[int, str], ...]
    scanner: Scanner
    calendar: WorkCalendar
    organisation: str
    version: str

    def severity(self, norm: str) -> str:
        """Return how much a norm weighs."""
        return next(known.severity for known in self.norms if known.id == norm)

    def norm(self, id: str) -> Norm:  # the catalog's word
        """Return a norm by its id; KeyError if the pack has none."""
        for norm in self.norms:
            if norm.id == id:
                return norm
        raise KeyError(id)


class UnknownDetector(ValueError):
    """A norm names a detector that does not exist."""


def pack(norms: Sequence[Norm], *, calendar: WorkCalendar, organisation: str = "") -> Pack:
    """Compile norms; what cannot be compiled is refused as a whole, so that the pack in force stays."""
    for norm in norms:
        if norm.detector not in DETECTORS:
            raise UnknownDetector(f"{norm.id}: there is no detector {norm.detector}; there are {', '.join(DETECTORS)}.")
    detectors = tuple(DETECTORS[norm.detector] for norm in norms)
    owned = [
        (place, tag.partition(":")[0], pattern)
        for place, (norm, detector) in enumerate(zip(norms, detectors, strict=True))
        for tag, pattern in detector.patterns(norm).items()
    ]
    scanner = Scanner([pattern for _, _, pattern in owned])
    owners = tuple((place, tag) for place, tag, _ in owned)
    said = [norm.model_dump(mode="json", exclude={"flags", "passes"}) for norm in norms]
    named = json.dumps([said, [detector.INSTRUMENT for detector in detectors], organisation], ensure_ascii=False, sort_keys=True)
    version = hashlib.sha256(named.encode()).hexdigest()[:16]
    return Pack(tuple(norms), detectors, owners, scanner, calendar, organisation, version)


@cache
def standard_pack(*, calendar: WorkCalendar, organisation: str = "") -> Pack:
    """Return the norms that come with Lingting, compiled for an organisation."""
    return pack(read_norms(), calendar=calendar, organisation=organisation)
