"""条款地图 Clause map: how every clause stands, and how it stood week by week."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from lingting import catalog
from lingting.access.roles import may
from lingting.catalog import change
from lingting.catalog.model import Clause
from lingting.conformity import assess, freshness, weeks
from lingting.conformity.assess import Apart, Standing
from lingting.conformity.check import CHECKS
from lingting.conformity.verdict import State
from lingting.ledger import triggers, verify
from lingting.ledger.moment import Moment
from lingting.registers.documents.models import Fulfilled
from lingting.registers.improvements import queries as improvements
from lingting.registers.improvements.models import Action
from lingting.registers.processes.models import Need
from lingting.site.clock import now
from lingting.site.worker import heads
from lingting.web.pages import editions
from lingting.web.pages.page import Request, page, render

UNKNOWN = {State.NO_EVIDENCE, State.TO_BE_JUDGED, State.INSUFFICIENT_DATA}
"""States in which something is still missing."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A clause on the map: how it stands, of how many of its checks there is an answer, how many records fail, what is open, since when, and its weeks."""

    clause: Clause
    state: State
    answered: int
    checks: int
    failing: int
    open: int
    newest: datetime | None
    weeks: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A week on the slider: its end – of the last step, now, none –, and the clauses that changed since the step before."""

    place: int
    at: datetime | None
    states: Mapping[str, State]
    changes: tuple[tuple[str, State, State], ...]


@require_GET
@page("clauses.read")
def clause_map(request: Request) -> HttpResponse:
    """Show how every clause stands, or – by `?edition=` – what changed between two editions; `?week=` leads to the end of that week."""
    years = request.GET.get("edition", "")
    if years in change.read_maps():
        return editions.changes(request, years)
    played = weeks.played(now())
    if (week := request.GET.get("week", "")[:3]).isdecimal():
        return redirect(reverse("clauses") + (f"?at={played[int(week)][0]:%Y-%m-%d}" if int(week) < len(played) else ""))
    standing, left = weeks.standings(request.moment, now=now()), assess.left(request.moment)
    today = standing if not request.asked_at else assess.standings(Moment(now()), now=now())
    steps = list(_steps(played, today))
    tiles = list(_tiles(request, standing, left, steps))
    owners, processes = _owners(request), _processes(request.moment)
    owner, process, state = (request.GET.get(name, "") for name in ("owner", "process", "state"))
    owned = owners.get(owner, ("", []))[1] if owner else None
    run = processes.get(process, ("", []))[1] if process else None
    shown = [tile for tile in tiles if _kept(tile, state, owned, run)]
    chapters = [chapter for chapter in catalog.read().clauses if chapter.level == 1]
    return render(
        request, "clauses.html", tiles=shown, order=list(State), counts=Counter(tile.state for tile in tiles), terms=catalog.read().terms(),
        chapters=[(chapter, [tile for tile in shown if tile.clause.number.split(".")[0] == chapter.number]) for chapter in chapters],
        worst=min(shown, key=lambda tile: (list(State).index(tile.state), -tile.failing), default=None), steps=steps, here=_here(steps, request.moment),
        owners=owners, processes=processes, owner=owner, process=process, state=state, narrowed=bool(state or owner or process), fresh=_is_fresh(tiles),
        disturbed=bool(triggers.missing()) or verify.head_disturbed(heads()), switch=editions.switch(), stamp=editions.stamped(request.moment.at),
        missing=sorted(((tile, tile.checks - tile.answered) for tile in tiles if tile.state in UNKNOWN), key=lambda one: one[1]),
    )  # fmt: skip


def _steps(played: Sequence[tuple[datetime, Mapping[str, Standing], Apart]], today: Mapping[str, Standing]) -> Iterator[Step]:
    """Yield the weeks that are kept and, after them, now."""
    numbers = [leaf.number for leaf in catalog.read().leaves()]
    before: dict[str, State] = {}
    ends: list[tuple[datetime | None, Mapping[str, Standing], Apart]] = [*played, (None, today, assess.left(Moment(now())))]
    for place, (at, standing, left) in enumerate(ends):
        states = {number: assess.clause(number, standing, left)[0] for number in numbers}
        changes = tuple((number, before[number], state) for number, state in states.items() if before and before[number] is not state)
        yield Step(place, at, states, changes)
        before = states


def _here(steps: Sequence[Step], moment: Moment) -> int:
    """Return the step of the slider on which a moment lies."""
    return next((step.place for step in steps if step.at is not None and step.at >= moment.at), len(steps) - 1)


def _tiles(request: Request, standing: Mapping[str, Standing], left: Apart, steps: Sequence[Step]) -> Iterator[Tile]:
    opened: Counter[str] = Counter()
    if may(request.user, "improvements.read"):
        opened.update(clause_of(words) for words in improvements.open_(request.moment).values_list("clause", flat=True))
    leaves = catalog.read().leaves()
    reads = {leaf.number: {kind for check in leaf.checks if check.id in CHECKS for kind in CHECKS[check.id].reads} for leaf in leaves}
    newest = freshness.newest(set().union(*reads.values()), request.moment)
    for leaf in leaves:
        state, answered, checks = assess.clause(leaf.number, standing, left)
        days = [newest[kind] for kind in reads[leaf.number] if kind in newest]
        weekly = tuple(step.states[leaf.number] for step in steps)
        yield Tile(leaf, state, answered, checks, failing(leaf.number, standing), opened[leaf.number], max(days, default=None), weekly)


def clause_of(words: str) -> str:
    """Return the clause that a nonconformity names, whether it names the clause or one of its items.

    >>> clause_of("8.2.1"), clause_of("iso9001:2015/8.2.1/b")
    ('8.2.1', '8.2.1')
    """
    _, _, rest = words.rpartition("iso9001:2015/")
    return rest.split("/")[0]


def failing(number: str, standing: Mapping[str, Standing]) -> int:
    """Return how many records fail the checks of a clause, all told."""
    ids = [check.id for check in catalog.read().clause(number).checks]
    return sum(standing[id].verdict.failing for id in ids if id in standing)


def _kept(tile: Tile, state: str, owned: Sequence[str] | None, run: Sequence[str] | None) -> bool:
    number = tile.clause.number
    return state in ("", tile.state.value) and (owned is None or number in owned) and (run is None or number in run)


def _is_fresh(tiles: Sequence[Tile]) -> bool:
    """Tell whether nothing was judged yet: a new installation."""
    return all(tile.state in UNKNOWN for tile in tiles)


def _owners(request: Request) -> dict[str, tuple[str, list[str]]]:
    """Return who answers for a corrective action, each with the clauses of it; for whoever may not read them, nobody."""
    found: dict[str, tuple[str, list[str]]] = {}
    if not may(request.user, "improvements.read"):
        return found
    for number, name, code, clause in Action.objects.as_of(request.moment).values_list("owner", "owner__name", "owner__code", "nonconformity__clause"):
        found.setdefault(str(number), (name or code, []))[1].append(clause_of(clause))
    return found


def _processes(moment: Moment) -> dict[str, tuple[str, list[str]]]:
    """Return the processes, each with the clauses whose documented information it keeps."""
    clauses: dict[int, list[str]] = {}
    rows = Fulfilled.objects.as_of(moment).exclude(required__clause="")
    for document, series, clause in rows.values_list("document", "series", "required__clause"):
        clauses.setdefault(document or series, []).append(clause_of(clause))
    found: dict[str, tuple[str, list[str]]] = {}
    for number, name, document, series in Need.objects.as_of(moment).values_list("process", "process__name", "document", "series"):
        if named := clauses.get(document or series):
            found.setdefault(str(number), (name, []))[1].extend(named)
    return found
