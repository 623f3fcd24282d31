"""The results of an audit in the words of other programs: NIST OSCAL assessment results (model 1.1.3, pages.nist.gov/OSCAL)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lingting.catalog.model import Check
from lingting.conformity.verdict import State, Verdict
from lingting.registers.audits.models import Audit

VERSION = "1.1.3"
TITLE = "ISO 9001:2015, self-assessment by Lingting"
STATES: Mapping[str, str] = {State.CONFORMS: "satisfied", State.NOT_APPLICABLE: "satisfied"}
"""Whatever is not shown to conform is not satisfied: unknown is never green. OSCAL knows these two words; ours stands as the reason."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A check of an audited clause and how it stands."""

    clause: str
    check: Check
    verdict: Verdict


def results(audit: Audit, examined: Sequence[Examined], at: datetime) -> dict[str, Any]:
    """Return the document: a control for each clause, an observation and a finding for each check; the same audit has the same identifiers every time."""
    moment, plan = at.isoformat(), _uuid(audit, "plan")
    controls = sorted({one.clause for one in examined})
    result: dict[str, Any] = {
        "uuid": _uuid(audit, f"result {moment}"), "title": audit.code, "description": audit.scope, "start": audit.at.isoformat(), "end": moment,
        "reviewed-controls": {"control-selections": [{"include-controls": [{"control-id": _control(clause)} for clause in controls]} if controls else {}]},
    }  # fmt: skip
    if examined:
        result |= {"observations": [_observation(audit, one, moment) for one in examined], "findings": [_finding(audit, one) for one in examined]}
    return {
        "assessment-results": {
            "uuid": _uuid(audit, f"document {moment}"),
            "metadata": {"title": TITLE, "last-modified": moment, "version": "1", "oscal-version": VERSION},
            "import-ap": {"href": f"#{plan}"},
            "results": [result],
            "back-matter": {"resources": [{"uuid": plan, "title": f"{audit.code}: {audit.criteria}", "description": audit.scope}]},
        }
    }


def _observation(audit: Audit, one: Examined, moment: str) -> dict[str, Any]:
    verdict = one.verdict
    return {
        "uuid": _uuid(audit, f"observation {one.check.id}"), "title": one.check.id, "methods": ["EXAMINE"], "collected": moment,
        "description": f"{one.check.en} {verdict.failing} of {verdict.scope} fail.",
        "props": [
            {"name": "in-scope", "value": str(verdict.scope)}, {"name": "failing", "value": str(verdict.failing)},
            {"name": "limit-set-by-the-organisation", "value": str(verdict.limit)},
        ],
        "relevant-evidence": [{"href": "./records.jsonl", "description": "the records drawn and found; the counts are over all records"}],
    }  # fmt: skip


def _finding(audit: Audit, one: Examined) -> dict[str, Any]:
    return {
        "uuid": _uuid(audit, f"finding {one.check.id}"), "title": one.check.id, "description": one.check.en,
        "target": {
            "type": "objective-id", "target-id": f"{_control(one.clause)}_{one.check.id.rpartition('-')[2]}",
            "status": {"state": STATES.get(one.verdict.state, "not-satisfied"), "reason": "other", "remarks": str(one.verdict.state)},
        },
        "related-observations": [{"observation-uuid": _uuid(audit, f"observation {one.check.id}")}],
    }  # fmt: skip


def _control(clause: str) -> str:
    return f"iso9001_{clause}"


def _uuid(audit: Audit, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:lingting:audit:{audit.pk}:{bytes(audit.seal).hex()}:{name}"))
