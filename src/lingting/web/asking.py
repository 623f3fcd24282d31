"""Questions of an audit (审核提问): each check of the clauses audited, how it stands, what the registers answer – to be asked again, not believed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lingting import catalog
from lingting.catalog.model import Check
from lingting.conformity.assess import Standing, ask
from lingting.conformity.check import CHECKS
from lingting.ledger.models import Record
from lingting.web.environment import STATES
from lingting.web.evidence import out_of_sight
from lingting.web.pages.page import Request

NAMED = 5
"""Failing records that an answer names; the others stand behind the number."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A question to be asked of a clause: its check, and how that stands; nothing where only a person can answer it."""

    clause: str
    check: Check
    standing: Standing | None


def ready(clauses: Iterable[str], standing: Mapping[str, Standing]) -> list[Ready]:
    """Return the questions that the clauses audited are asked, in their order, each clause once."""
    book = catalog.read()
    return [Ready(number, check, standing.get(check.id)) for number in dict.fromkeys(clauses) for check in book.clause(number).checks]


def filled(request: Request, check_id: str) -> dict[str, str]:
    """Return the columns of a question as the registers fill them in, to be read over and changed.

    Failing records are named by code or number alone: what is written down of an audit stays, and words are somebody's.
    """
    check = catalog.read().checks.get(check_id)
    if check is None:
        return {}
    zh = request.language == "zh-hans"
    question = check.question or check
    words = {"clause": check_id.rpartition("-")[0], "question": f"{question.zh if zh else question.en}", "asked": "台账" if zh else "the registers"}
    bound = CHECKS.get(check_id)
    if bound is None or bound.judged[0]:
        return {**words, "asked": ""}
    verdict = ask(bound, request.moment).verdict
    rows = [row for row in bound.ask(request.moment).failing[:NAMED] if isinstance(row, Record)]
    named = ("、" if zh else ", ").join(_called(row, request) for row in rows)
    state = STATES[verdict.state][1 if zh else 2]
    said = f"{state}：总体 {verdict.scope}，不通过 {verdict.failing}" if zh else f"{state}: {verdict.scope} in scope, {verdict.failing} failing"
    more = (
        (f"（{named}{' 等' if verdict.failing > len(rows) else ''}）" if zh else f" ({named}{', …' if verdict.failing > len(rows) else ''})") if named else ""
    )
    day = f"{request.moment.at:%Y-%m-%d}"
    return {**words, "answer": said + more, "evidence": f"检查 {check_id}，截至 {day}" if zh else f"check {check_id}, as of {day}"}


def _called(row: Record, request: Request) -> str:
    code = "" if out_of_sight(row, request.user) else str(getattr(row, "code", "") or "")
    return code or f"{row._meta.label_lower} {row.pk}"
