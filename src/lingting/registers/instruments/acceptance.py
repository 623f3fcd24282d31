"""Acceptance (采纳): a detector that only proposes – what is meant and not said – stops itself where people accept too little of it (S-LISTEN-18).

It goes into quarantine with the figures that say why, finds nothing while it is there, and comes back as every instrument does: somebody releases it
after a good calibration. What people said before that counts no more.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.write import enter, live
from lingting.registers.instruments.models import Quarantined, Released, Version
from lingting.registers.instruments.queries.status import locks
from lingting.statistics.intervals import Interval, wilson

PROPOSING = ("meaning.implied", "meaning.hoped")
"""Norms whose findings are proposals that a person accepts or not; no other detector ever stops itself, least of all one that listens for harm."""

FLOOR = 0.5
"""The share accepted below which a detector stops, once even the upper end of its interval lies there; a house default, shown as ours."""

FEWEST = 20
"""Proposals that people must have judged before a detector stops itself; a house default, shown as ours."""

Heard = tuple[str, int, str]
"""A norm, its version, and the instrument that listens for it."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How many of a detector's proposals people accepted, of how many that they judged since it was last released."""

    heard: Heard
    accepted: int
    judged: int

    @property
    def interval(self) -> Interval | None:
        """Return the 95 % interval of the share accepted."""
        return wilson(self.accepted, self.judged)

    @property
    def too_low(self) -> bool:
        """Tell whether it stops."""
        ends = self.interval
        return self.judged >= FEWEST and ends is not None and ends.high < FLOOR


def judged(moment: Moment, heard: Heard | None = None) -> RecordQuerySet[Any]:
    """Return what people say of proposals, of one detector if named: of each the newest word, and only those since the detector was last released."""
    kind: Any = apps.get_model("conversations", "judged")  # registers do not import each other
    rows: RecordQuerySet[Any] = kind.objects.as_of(moment).filter(found__norm__in=PROPOSING)
    if heard is not None:
        rows = rows.filter(found__norm=heard[0], found__norm_version=heard[1], found__instrument=heard[2])
    since = _released(moment)
    told = rows.order_by("at", "id").values_list("pk", "found", "at", "found__norm", "found__norm_version", "found__instrument")
    newest = {found: number for number, found, at, *one in told if tuple(one) not in since or at > since[tuple(one)]}
    return rows.filter(pk__in=newest.values())


def _released(moment: Moment) -> dict[tuple[object, ...], datetime]:
    rows = Released.objects.as_of(moment).filter(quarantined__version__isnull=False, quarantined__instrument__norm__in=PROPOSING).order_by("at")
    lock = "quarantined__version"
    return {(norm, version, engine): at for norm, version, engine, at in rows.values_list(
        "quarantined__instrument__norm", f"{lock}__norm_version", f"{lock}__engine", "at")}  # fmt: skip


def acceptance(moment: Moment) -> list[Acceptance]:
    """Return how far each proposing detector is accepted, by norm."""
    counted: dict[Heard, list[bool]] = {}
    for norm, version, instrument, correct in judged(moment).values_list("found__norm", "found__norm_version", "found__instrument", "correct"):
        counted.setdefault((norm, version, instrument), []).append(correct)
    return [Acceptance(heard, sum(ones), len(ones)) for heard, ones in sorted(counted.items())]


def to_stop(moment: Moment) -> list[Acceptance]:
    """Return the detectors that too few accept and that still listen."""
    standing = {one[0] for one in stops(moment)}
    return [one for one in acceptance(moment) if one.too_low and one.heard not in standing]


def stop(found: Iterable[Acceptance], *, at: datetime) -> list[Quarantined]:
    """Put detectors into quarantine, with the figures that say why; one that the register does not know is left out."""
    made = []
    for one in found:
        norm, number, engine = one.heard
        version = live(Version).filter(instrument__norm=norm, norm_version=number, engine=engine).order_by("-at", "-id").first()
        ends = one.interval
        if version is None or ends is None:
            continue
        share = f"{one.accepted}/{one.judged} [{ends.low:.0%}, {ends.high:.0%}]"
        why = f"采纳率太低，自己停用：认可 {share}，低于 {FLOOR:.0%}（本机构的数） Too few accept it: {share}, below {FLOOR:.0%} (ours)"
        made.append(Quarantined(instrument_id=version.instrument_id, version=version, why=why, at=at))
        enter(made[-1])
    return made


def stops(moment: Moment) -> list[tuple[Heard, Quarantined]]:
    """Return which proposing detectors stand still, each with the quarantine that says why."""
    held = locks(moment).filter(instrument__norm__in=PROPOSING).select_related("instrument", "version").order_by("at", "id")
    found = []
    for lock in held:
        versions = [lock.version] if lock.version else live(Version).filter(instrument=lock.instrument_id)
        found += [((lock.instrument.norm, one.norm_version or 0, one.engine), lock) for one in versions]
    return found


def stopped(moment: Moment) -> frozenset[Heard]:
    """Return the proposing detectors that stand still: what they hear is not written down."""
    return frozenset(heard for heard, _ in stops(moment))


def named(pack: str, standing_still: frozenset[Heard]) -> str:
    """Return the name of a norm pack without these detectors, so that it says exactly what was listened for."""
    if not standing_still:
        return pack
    return f"{pack}-{hashlib.sha256(repr(sorted(standing_still)).encode()).hexdigest()[:8]}"
