"""条款 Clauses: the map, a clause with its four layers and live checks, and the records a number was counted from."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from lingting import catalog
from lingting.access.roles import may
from lingting.catalog import change
from lingting.conformity import assess
from lingting.conformity.check import CHECKS
from lingting.conformity.gaps import NAMES
from lingting.conformity.judged import judged
from lingting.records.kind import Kind, kinds
from lingting.registers.improvements import queries as improvements
from lingting.site.clock import now
from lingting.web.evidence import shown
from lingting.web.pages import editions
from lingting.web.pages.page import Request, page, render

PER_PAGE = 50


@require_GET
@page("clauses.read")
def clause_map(request: Request) -> HttpResponse:
    """Show how every clause stands, or – by `?edition=` – what changed between two editions."""
    years = request.GET.get("edition", "")
    if years in change.read_maps():
        return editions.changes(request, years)
    book = catalog.read()
    standing = assess.standings(request.moment, now=now())
    left = assess.left(request.moment)
    states = {clause.number: assess.clause(clause.number, standing, left) for clause in book.leaves()}
    chapters = [(chapter, [leaf for leaf in book.leaves() if leaf.number.split(".")[0] == chapter.number]) for chapter in book.clauses if chapter.level == 1]
    counts = {state: sum(one[0] == state for one in states.values()) for state in dict.fromkeys(one[0] for one in states.values())}
    return render(
        request, "clauses.html", chapters=[(chapter, leaves) for chapter, leaves in chapters if leaves], states_of=states, terms=book.terms(),
        counts=counts, failing={number: failing(number, standing) for number in states}, switch=editions.switch(), stamp=editions.stamped(request.moment.at),
    )  # fmt: skip


def failing(number: str, standing: dict[str, assess.Standing]) -> int:
    """Return how many records fail the checks of a clause, all told."""
    ids = [check.id for check in catalog.read().clause(number).checks]
    return sum(standing[id].verdict.failing for id in ids if id in standing)


@require_GET
@page("clauses.read")
def clause(request: Request, number: str) -> HttpResponse:
    """Show one clause: required, changed, checked, typical nonconformities."""
    book = catalog.read()
    try:
        row = book.clause(number)
    except KeyError as error:
        raise Http404 from error
    standing = assess.standings(request.moment, now=now())
    state = assess.clause(number, standing, assess.left(request.moment)) if row.kind == "clause" and row.assessable else None
    leaves = [leaf.number for leaf in (*book.terms(), *book.leaves())]
    here = leaves.index(number) if number in leaves else 0
    return render(
        request, "clause.html", row=row, standing=standing, bound=CHECKS, state=state, before=leaves[here - 1] if here else "",
        after=leaves[here + 1] if here + 1 < len(leaves) else "", since=editions.since(number), tags=editions.TAGS, reported=editions.REPORTED,
        onward=editions.onward(number), below=list(book.children(number)),
        raised=list(improvements.open_(request.moment).filter(clause=number).order_by("at", "id")) if may(request.user, "improvements.read") else [],
        gap_names=NAMES, authored=book.edition.authored, stamped=editions.stamped, sources={check.id: _sources(check.id) for check in row.checks},
        record_kinds=book.edition.record_kinds,
    )  # fmt: skip


def _sources(check_id: str) -> list[Kind]:
    """Return the kinds of record that a check is counted from, or that help a person to answer it."""
    check = CHECKS.get(check_id)
    if check is None:
        return []
    labels = judged()[check_id].evidence if check.judged[0] else sorted(check.reads)
    return [kinds()[label] for label in labels if label in kinds()]


@require_GET
@page("clauses.read")
def evidence(request: Request, check_id: str, side: str) -> HttpResponse:
    """List the records that a number was counted from: those in scope, or those that fail."""
    check = CHECKS.get(check_id)
    if check is None or side not in {"scope", "failing"}:
        raise Http404
    sample = check.ask(request.moment)
    rows = sample.scope if side == "scope" else sample.failing
    try:
        start = max(0, int(request.GET.get("from", "0")))
    except ValueError:
        start = 0
    total = rows.count()
    part = [shown(row, request.user) for row in rows[start : start + PER_PAGE]]
    return render(
        request, "evidence.html", check=catalog.read().checks[check_id], bound=check, side=side, rows=part, total=total, start=start,
        following=start + PER_PAGE if start + PER_PAGE < total else None, before=max(0, start - PER_PAGE) if start else None,
        number=check_id.rpartition("-")[0], stamp=editions.stamped(request.moment.at),
    )  # fmt: skip
