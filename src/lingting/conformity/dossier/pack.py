"""Putting an evidence pack together: what an audit drew, asked and found, with the proofs that let anybody recompute it."""

import csv
import io
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.apps import apps
from django.db.models import ForeignKey
from django.utils.timezone import localdate

from lingting import catalog
from lingting.conformity.assess import Standing
from lingting.conformity.dossier import oscal
from lingting.ledger import proof
from lingting.ledger.models import Block, Erased, Record, RecordQuerySet, Struck
from lingting.ledger.moment import Moment
from lingting.ledger.proof import NOTHING, Told
from lingting.records.sheet import harmless
from lingting.registers.audits import queries as audits
from lingting.registers.audits.actions import numbers
from lingting.registers.audits.models import Asked, Audit, Corrected, Drawn, Finding, Population, Replied
from lingting.registers.audits.models import Examined as Audited
from lingting.registers.direction import queries as direction

HERE = Path(__file__).parent
FORMAT = "lingting-evidence/1"
OF_ONE = 500
"""Records of one kind that refer to one record and go along; of more, the pack says that they stay in the house."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a pack is made of.

    Args:
        audit: the audit whose evidence it is.
        moment: as of when.
        standings: how the checks stand at that moment.
        told: how much of a record leaves the house; what is not told is still covered by its digest.
        public_key: in PEM form, if blocks are signed.
    """

    audit: Audit
    moment: Moment
    standings: Mapping[str, Standing]
    told: Callable[[Record], Told]
    public_key: bytes = b""
    left_out: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pack:
    """An evidence pack: the bytes of the archive, and how many records it holds."""

    content: bytes
    records: int

    @property
    def digest(self) -> str:
        """Return the SHA-256 by which the book names it."""
        return sha256(self.content).hexdigest()


def pack(dossier: Dossier) -> Pack:
    """Put the pack together; the newest entries must be sealed already.

    1. Collect the audit's own records, the samples, and what refers to either.
    2. Prove each: its columns as far as they are told, its entry, the way to its block, all blocks.
    3. Add populations, checks, what was late, what was left out, and the manifest over all of it.
    """
    dossier.left_out.clear()
    rows = list(_collected(dossier))
    files: dict[str, bytes] = {
        "README.txt": (HERE / "README.txt").read_bytes(),
        "verify.py": (HERE / "verify.py").read_bytes(),
        "records.jsonl": _json_lines(proof.record(row, dossier.told(row)) for row in rows),
        "entries.jsonl": _json_lines(proof.entries(row.id for row in rows)),
        "blocks.jsonl": _json_lines(proof.blocks()),
        "checks.csv": _table(_checks(dossier)),
        "overdue.csv": _table(_overdue(dossier)),
        "assessment-results.json": _json(oscal.results(dossier.audit, list(_examined(dossier)), dossier.moment.at)),
    }
    for population in (row for row in rows if isinstance(row, Population)):
        found = numbers(population.source, Moment(population.at, population.entry_id - 1))
        files[f"populations/{population.pk}.csv"] = _table([["number"], *([number] for number in sorted(found))])
    if dossier.public_key:
        files["public-key.pem"] = dossier.public_key
    files["withheld.csv"] = _table(_withheld(dossier, rows))
    return Pack(_zipped(files | {"manifest.json": _json(_manifest(dossier, files))}, dossier.moment.at), len(rows))


def _manifest(dossier: Dossier, files: Mapping[str, bytes]) -> dict[str, Any]:
    head = Block.objects.order_by("-height").first()
    return {
        "format": FORMAT, "audit": dossier.audit.code, "as_of": dossier.moment.at.isoformat(),
        "head": {"height": head.height if head else 0, "hash": bytes(head.hash).hex() if head else ""},
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
    }  # fmt: skip


def _collected(dossier: Dossier) -> Iterator[Record]:
    """Yield the audit, all that follows it in its register, each record drawn, and what names one drawn; each once, also what was struck out since."""
    following = list(_following(dossier))
    seen: set[int] = set()
    for row in (*following, *_drawn(dossier, [row for row in following if isinstance(row, Drawn)])):
        if row.id not in seen:
            seen.add(row.id)
            yield row


def _following(dossier: Dossier) -> Iterator[Record]:
    waiting: deque[Record] = deque([dossier.audit])
    while waiting:
        row = waiting.popleft()
        yield row
        waiting += (one for one in _naming(dossier, row) if one._meta.app_label in {row._meta.app_label, Struck._meta.app_label})


def _drawn(dossier: Dossier, draws: Iterable[Drawn]) -> Iterator[Record]:
    for draw in draws:
        model = apps.get_model(draw.population.source.partition(":")[0])
        for row in model.objects.filter(pk__in=[int(number) for number in draw.numbers.split()]):
            yield row
            for one in _naming(dossier, row):
                yield one
                yield from _gone(dossier, one)


def _gone(dossier: Dossier, row: Record) -> Iterator[Record]:
    """Yield that a record was struck out, or its words erased."""
    for kind in (Struck, Erased):
        yield from kind.objects.as_of(dossier.moment).filter(record=row.id)


def _naming(dossier: Dossier, row: Record) -> Iterator[Record]:
    """Yield the records that name this one, as far as was known."""
    yield from _gone(dossier, row)
    for kind, column in _names(type(row)):
        found: list[Record] = list(RecordQuerySet(kind).as_of(dossier.moment).filter(**{column: row.pk}).order_by("id")[: OF_ONE + 1])
        if len(found) > OF_ONE:
            dossier.left_out.append((row.id, kind._meta.label_lower, f"more than {OF_ONE} name it; the first {OF_ONE} are here"))
        yield from found[:OF_ONE]


@cache
def _names(model: type[Record]) -> tuple[tuple[Any, str], ...]:
    """Return the kinds of record that name one of this kind, each with the column that does."""
    kinds = [kind for kind in apps.get_models() if issubclass(kind, Record)]
    return tuple((kind, one.name) for kind in kinds for one in kind._meta.concrete_fields if isinstance(one, ForeignKey) and one.related_model is model)


def _of_audit(dossier: Dossier, kind: type[Record]) -> RecordQuerySet[Any]:
    return audits.part_of(dossier.audit, kind, dossier.moment)


def _examined(dossier: Dossier) -> Iterator[oscal.Examined]:
    """Yield the checks of the audited clauses with how they stand; of an audit that named no clause, of all."""
    clauses = set(_of_audit(dossier, Audited).values_list("clause", flat=True))
    for check in catalog.read().checks.values():
        standing = dossier.standings.get(check.id)
        clause = check.id.rpartition("-")[0]
        if standing and (not clauses or clause in clauses):
            yield oscal.Examined(clause, check, standing.verdict)


def _checks(dossier: Dossier) -> Iterator[Sequence[object]]:
    yield ["clause", "check", "检查", "in English", "state", "in scope", "failing", "limit (ours)", "interval low", "interval high"]
    for one in _examined(dossier):
        verdict = one.verdict
        yield [one.clause, one.check.id, one.check.zh, one.check.en, verdict.state, verdict.scope, verdict.failing, verdict.limit, verdict.low, verdict.high]


def _overdue(dossier: Dossier) -> Iterator[Sequence[object]]:
    """Yield what an auditor should not have to look for: findings and requests that were late, and what was declared not applicable."""
    today = localdate(dossier.moment.at)
    yield ["what", "code", "due", "done", "words"]
    corrected = {row.finding_id: row for row in _of_audit(dossier, Corrected)}
    replied = {row.asked_id: row for row in _of_audit(dossier, Replied)}
    late: list[tuple[str, Any, Mapping[int, Any], str]] = [
        *(("finding", row, corrected, row.statement) for row in _of_audit(dossier, Finding)),
        *(("request", row, replied, row.what) for row in _of_audit(dossier, Asked)),
    ]
    for what, row, done, words in late:
        at = localdate(done[row.pk].at) if row.pk in done else None
        if row.due and (at or today) > row.due:
            yield [what, row.code, row.due, at or "", words]
    for row in direction.excluded(dossier.moment):
        yield ["not applicable", row.clause, "", localdate(row.at), row.reason]


def _withheld(dossier: Dossier, rows: Iterable[Record]) -> Iterator[Sequence[object]]:
    yield ["number", "kind", "what stays in the house"]
    for row in rows:
        told = dossier.told(row)
        if told == NOTHING:
            yield [row.id, row._meta.label_lower, "all columns: only the digest is here"]
        elif row.PERSONAL and row.salt is None:
            yield [row.id, row._meta.label_lower, "erased at somebody's request: " + " ".join(row.PERSONAL)]
        elif row.PERSONAL and not told.personal:
            yield [row.id, row._meta.label_lower, "personal columns: " + " ".join(row.PERSONAL)]
    yield from dossier.left_out


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _json_lines(rows: Iterable[object]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogateescape") + b"\n" for row in rows)


def _table(rows: Iterable[Sequence[object]]) -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerows([harmless(value) for value in row] for row in rows)
    return ("\ufeff" + kept.getvalue()).encode()


def _zipped(files: Mapping[str, bytes], at: datetime) -> bytes:
    """Return a ZIP that says the same for the same files: its times are the moment's."""
    kept = io.BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(ZipInfo(name, at.timetuple()[:6]), content, ZIP_DEFLATED)
    return kept.getvalue()
