"""Enrolling detectors (检测器登记): every norm's detector becomes an instrument with its version, its scope, its plan, its gold set and its certificate."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction

from lingting.catalog.gold import Labelled as Conversation
from lingting.catalog.gold import fingerprint
from lingting.catalog.norm import Norm
from lingting.inspection.calibration import TOLERANCE, VALID
from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.records.write import enter, live
from lingting.registers.instruments.choices import Metrology, Reference, Risk, Sort
from lingting.registers.instruments.models import Approved, Deployed, Gold, Instrument, Labelled, Plan, Scope, Seen, Studied, Version

RISKS = {"critical": Risk.HIGH, "major": Risk.HIGH, "minor": Risk.MEDIUM, "none": Risk.LOW}
"""How much harm a wrong finding does, by how much its norm weighs."""

LABELLER = "lingting"
"""Whoever labelled the gold set that comes with Lingting; docs/labelling.md says that it was one person."""

_LIST = re.compile(r"\$([a-z][a-z0-9-]*)")


@dataclass(frozen=True, slots=True)
class Detector:
    """What listens for a norm: its engine as findings name it, and the digest of everything that decides what it finds."""

    norm: Norm
    engine: str
    digest: str


@dataclass(slots=True)
class Enrolled:
    """What was registered, how much was known already, and whose parameters changed without a new version."""

    instruments: int = 0
    versions: int = 0
    studies: int = 0
    known: int = 0
    changed: list[str] = field(default_factory=list)


def detector(norm: Norm, engine: str, *, words: Mapping[str, Sequence[str]]) -> Detector:
    """Return a norm's detector with the digest of its settings and of the lists of words that they name, those within lists included."""
    told = norm.model_dump(mode="json", include={"detector", "kind", "channels", "languages", "settings"}, serialize_as_any=True)
    lists: dict[str, Sequence[str]] = {}
    wanted = set(_LIST.findall(json.dumps(told, ensure_ascii=False)))
    while wanted:
        name = wanted.pop()
        if name in words and name not in lists:
            lists[name] = sorted(words[name])
            wanted |= set(_LIST.findall(" ".join(words[name])))
    whole = json.dumps([engine, told, lists], ensure_ascii=False, sort_keys=True)
    return Detector(norm, engine, hashlib.sha256(whole.encode()).hexdigest())


def enrol(detectors: Iterable[Detector], certificates: Mapping[str, Mapping[str, Any]], labelled: Sequence[Conversation], *, at: datetime,
          approver: Record | None = None, by: int | None = None) -> Enrolled:  # fmt: skip
    """Register detectors; what is registered already is left as it is, so that enrolling twice is enrolling once.

    Certificates by norm, as `lingting calibrate` writes them, count where they are of this version and engine. A detector whose parameters are no longer
    those of its version is seen to be changed.
    """
    done = Enrolled()
    with transaction.atomic():
        for one in detectors:
            told = certificates.get(one.norm.id)
            certified = told if told and (told["norm_version"], told["instrument"]) == (one.norm.version, one.engine) else None
            begun = min(at, _midnight(certified["issued"])) if certified else at
            version = _version(one, _instrument(one, begun, done, by), begun, done, approver=approver, by=by)
            _look(one, version, at, done, by)
            if certified:
                _study(version, certified, _gold(certified["gold"], labelled, begun, by), begun, done, by)
    return done


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), settings.LINGTING["ZONE"])


def _instrument(one: Detector, at: datetime, done: Enrolled, by: int | None) -> Instrument:
    norm = one.norm
    known: Instrument | None = live(Instrument).filter(norm=norm.id).first()
    if known is not None:
        return known
    sort = Sort.MODEL if one.engine.startswith("model") else Sort.RULE
    made = Instrument(code=norm.id, name=norm.zh[:200], sort=sort, use=f"{norm.zh} {norm.en}", norm=norm.id, at=at)
    enter(made, by=by)
    scope = {"channels": " ".join(norm.channels), "languages": " ".join(norm.languages)}
    enter(Scope(instrument=made, quantity=norm.id, population=norm.known_problems.zh, at=at, **scope), by=by)
    limits = {"least_precision": round(TOLERANCE * 10_000)}
    enter(Plan(instrument=made, risk=RISKS[norm.severity], metrology=Metrology.CHECK, interval=VALID.days, at=at, **limits), by=by)
    done.instruments += 1
    return made


def _version(one: Detector, instrument: Instrument, at: datetime, done: Enrolled, *, approver: Record | None, by: int | None) -> Version:
    known: Version | None = live(Version).filter(instrument=instrument, norm_version=one.norm.version, engine=one.engine).first()
    if known is None:
        edition = f"{one.norm.version} · {one.engine}"
        known = Version(
            instrument=instrument, edition=edition, digest=one.digest, engine=one.engine, norm_version=one.norm.version, what=one.norm.why.zh, at=at
        )
        enter(known, by=by)
        enter(Deployed(version=known, digest=one.digest, at=at), by=by)
        done.versions += 1
    else:
        done.known += 1
    if approver is not None and known.digest == one.digest and not live(Approved).filter(version=known, digest=one.digest).exists():
        enter(Approved(version=known, approver_id=approver.id, digest=one.digest, why="登记时批准 Approved when enrolled", at=at), by=by)
    return known


def _look(one: Detector, version: Version, at: datetime, done: Enrolled, by: int | None) -> None:
    """Write down that a version's parameters are others than were last seen."""
    seen = live(Seen).filter(version=version).order_by("-at", "-id").values_list("digest", flat=True).first()
    if seen != one.digest:
        enter(Seen(version=version, digest=one.digest, at=at), by=by)
    if version.digest != one.digest:
        done.changed.append(one.norm.id)


def _gold(name: str, labelled: Sequence[Conversation], at: datetime, by: int | None) -> Gold:
    """Return the gold set of a certificate; one that is ours goes in with its items, as many people as labelled each."""
    known: Gold | None = live(Gold).filter(code=name).first()
    if known is not None:
        return known
    ours = labelled if fingerprint(tuple(labelled)) == name else ()
    source = "聆听随附的标准样本（测试部分），一人标注、逐条复读 Comes with Lingting (test half), labelled by one person and read again"
    made = Gold(code=name, version=name, source=source if ours else "见证书 See the certificate", digest=name, at=at)
    enter(made, by=by)
    if items := [Labelled(gold=made, key=one.id, first_by=LABELLER, first=_marks(one), at=at) for one in ours]:
        book.write(*items, act="instruments.label", by=by)
    return made


def _marks(one: Conversation) -> str:
    marked = sorted(set(re.findall(r"⟦([a-z0-9.-]+)\|", one.text)))
    return (", ".join(marked) or "无 none")[:200]


def _study(version: Version, told: Mapping[str, Any], gold: Gold, at: datetime, done: Enrolled, by: int | None) -> None:
    if live(Studied).filter(version=version, gold=gold, at=at).exists():
        return
    both, found, marked, neither = told["turns"]
    figures: dict[str, int] = {}
    for name in ("precision", "recall", "kappa"):
        rate = told[name]
        ends = rate["interval"] or {}
        for column, value in ((name, rate["value"]), (f"{name}_low", ends.get("low")), (f"{name}_high", ends.get("high"))):
            if value is not None:
                figures[column] = round(value * 10_000)
    study = Studied(
        instrument=version.instrument, version=version, gold=gold, reference=Reference.GOLD, counts=f"{both} {found}; {marked} {neither}",
        due=date.fromisoformat(told["due"]), at=at, **figures,
    )  # fmt: skip
    enter(study, by=by)
    done.studies += 1
