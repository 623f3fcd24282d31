"""条款 Clauses: a clause with its four layers, live checks, evidence and weeks, and the records a number was counted from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from lingting import catalog
from lingting.access.closed import open_to
from lingting.access.roles import may
from lingting.catalog.model import Clause
from lingting.conformity import assess, weeks
from lingting.conformity.assess import Standing
from lingting.conformity.check import CHECKS, Listed, Rows, Sample
from lingting.conformity.gaps import NAMES
from lingting.conformity.judged import judged
from lingting.conformity.verdict import State, Verdict
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import Kind, kinds
from lingting.registers.improvements import queries as improvements
from lingting.site.clock import asked, now
from lingting.web.evidence import shown
from lingting.web.pages import editions
from lingting.web.pages.clause_map import UNKNOWN, clause_of, failing
from lingting.web.pages.page import Request, page, render

PER_PAGE = 50


@require_GET
@page("clauses.read")
def clause(request: Request, number: str) -> HttpResponse:
    """Show one clause: required, changed, checked, typical nonconformities."""
    book = catalog.read()
    try:
        row = book.clause(number)
    except KeyError as error:
        raise Http404 from error
    standing = weeks.standings(request.moment, now=now())
    assessed = row.kind == "clause" and row.assessable
    state = assess.clause(number, standing, assess.left(request.moment)) if assessed else None
    raised = improvements.raised(request.moment) if may(request.user, "improvements.read") else improvements.raised(request.moment).none()
    weekly = list(_weeks(number)) if assessed else []
    leaves = [leaf.number for leaf in (*book.terms(), *book.leaves())]
    here = leaves.index(number) if number in leaves else 0
    return render(
        request, "clause.html", row=row, standing=standing, bound=CHECKS, state=state, before=leaves[here - 1] if here else "",
        after=leaves[here + 1] if here + 1 < len(leaves) else "", since=editions.since(number), tags=editions.TAGS, reported=editions.REPORTED,
        onward=editions.onward(number), below=list(book.children(number)),
        gap_names=NAMES, authored=book.edition.authored, stamped=editions.stamped, sources={check.id: _sources(check.id) for check in row.checks},
        record_kinds=book.edition.record_kinds, failing=failing(number, standing) if row.requirement else 0, weekly=weekly, kinds=_counted(row, request),
        raised=[one for one in raised.filter(clause__contains=number).order_by("-at") if clause_of(one.clause) == number],
        unanswered=[check for check in row.checks if check.id not in standing or standing[check.id].verdict.state in UNKNOWN],
    )  # fmt: skip


def _sources(check_id: str) -> list[Kind]:
    """Return the kinds of record that a check is counted from, or that help a person to answer it."""
    check = CHECKS.get(check_id)
    if check is None:
        return []
    labels = judged()[check_id].evidence if check.judged[0] else sorted(check.reads)
    return [kinds()[label] for label in labels if label in kinds()]


def _counted(row: Clause, request: Request) -> list[tuple[Kind, int]]:
    """Return the kinds of record that a clause is counted from and the reader may see, each with how many there are."""
    found = {kind.label: kind for check in row.checks for kind in _sources(check.id) if may(request.user, f"{kind.register}.read")}
    return [(kind, open_to(kind.as_of(request.moment), kind, request.user).count()) for kind in found.values()]


@dataclass(frozen=True, slots=True)
class Week:
    """How a clause stood at the end of a week – of the last, now, there is none –, since when, and the checks whose counts changed in between."""

    at: datetime | None
    since: datetime | None
    state: State
    before: State | None
    changed: tuple[tuple[str, Verdict | None, Verdict], ...]


def _weeks(number: str) -> Iterator[Week]:
    played = weeks.played(now())
    ids = [check.id for check in catalog.read().clause(number).checks]
    before: tuple[datetime | None, State | None, Mapping[str, Standing]] = (None, None, {})
    for at, standing, left in [*played, (None, assess.standings(Moment(now()), now=now()), assess.left(Moment(now())))]:
        state = assess.clause(number, standing, left)[0]
        pairs = [(id, before[2][id].verdict if id in before[2] else None, standing[id].verdict) for id in ids if id in standing]
        changed = tuple(pair for pair in pairs if pair[1] is None or (pair[1].state, pair[1].failing) != (pair[2].state, pair[2].failing))
        yield Week(at, before[0], state, before[1], changed)
        before = (at, state, standing)


@require_GET
@page("clauses.read")
def evidence(request: Request, check_id: str, side: str) -> HttpResponse:
    """List the records that a number was counted from: those in scope, or those that fail."""
    check = CHECKS.get(check_id)
    if check is None or side not in {"scope", "failing"}:
        raise Http404
    sample = check.ask(request.moment)
    rows = sample.scope if side == "scope" else sample.failing
    since = request.GET.get("since", "")
    if since:
        rows = _since(rows, check.ask(asked(since)), side)
    try:
        start = max(0, int(request.GET.get("from", "0")))
    except ValueError:
        start = 0
    total = rows.count()
    part = [shown(row, request.user) for row in rows[start : start + PER_PAGE]]
    return render(
        request, "evidence.html", check=catalog.read().checks[check_id], bound=check, side=side, rows=part, total=total, start=start,
        following=start + PER_PAGE if start + PER_PAGE < total else None, before=max(0, start - PER_PAGE) if start else None,
        number=check_id.rpartition("-")[0], since=since, stamp=editions.stamped(request.moment.at),
    )  # fmt: skip


def _since(rows: Rows, before: Sample, side: str) -> Rows:
    """Keep the rows that were not there at an earlier moment: what happened since."""
    known = {_key(row) for row in (before.scope if side == "scope" else before.failing)}
    return Listed(tuple(row for row in rows if _key(row) not in known))


def _key(row: object) -> tuple[str, object]:
    return (row._meta.label_lower, row.pk) if isinstance(row, Record) else ("", row)
