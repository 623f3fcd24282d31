"""版本 Editions: the clause map of a change between two editions, and the way to the next one – what carries over, and what does not exist yet."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lingting import catalog
from lingting.catalog import change, edition
from lingting.catalog.change import Map, Report, Reported, Row
from lingting.catalog.model import Check, Text
from lingting.conformity import assess
from lingting.conformity.assess import Standing
from lingting.site.clock import now
from lingting.web.pages.page import Request, page, render

TAGS: dict[str, tuple[str, str, str]] = {
    "new": ("+", "新增", "new"),
    "reworded": ("≈", "改写", "reworded"),
    "moved": ("→", "移动", "moved"),
    "same": ("=", "未变", "same"),
    "removed": ("−", "取消", "removed"),
}
"""How a change is shown: shape and word in both languages."""

REPORTED = {**TAGS, "same": ("=", "没有听说变了", "no change reported")}
"""The same where the newer text was not read: silence is not sameness."""


def assessed() -> str:
    """Return the year of the edition that is assessed."""
    return str(catalog.read().edition.edition["id"]).rpartition("-")[2]


def switch() -> dict[str, tuple[str, str]]:
    """Return what the clause map can be switched to: a map between two editions – a new one is a file – or the edition that is assessed."""
    ours = assessed()
    choices = {ours: (f"{ours} 版", ours)}
    for years, one in change.read_maps().items():
        older, _, newer = years.partition("-")
        reported = (f"{newer} 版（据报）", f"{newer} (reported)")
        choices[years] = reported if one.known == "reported" else (f"{older}→{newer} 的变化", f"{older}→{newer} changes")
    return dict(sorted(choices.items()))


def since(number: str) -> Row | None:
    """Return how a clause of the edition that is assessed came about."""
    found = (one.row(number) for years, one in change.read_maps().items() if years.endswith(f"-{assessed()}"))
    return next((row for row in found if row is not None), None)


def onward(number: str) -> list[tuple[Row, list[Reported | None]]]:
    """Return where a clause of the edition that is assessed is said to go, with what is reported of each new clause."""
    ahead = [one for years, one in change.read_maps().items() if years.startswith(f"{assessed()}-")]
    return [(row, [change.read_outlook().clause(newer) for newer in row.newer]) for one in ahead for row in one.onward(number)]


def stamped(at: datetime) -> str:
    """Return which edition was in force on the day of a verdict."""
    return edition.stamp(at.astimezone(settings.LINGTING["ZONE"]).date())


@dataclass(frozen=True, slots=True)
class Line:
    """One clause on the map of a change."""

    number: str
    title: Text
    row: Row

    @property
    def fresh(self) -> int:
        """Return how many of its items are new."""
        return sum(item.tag == "new" for item in self.row.items)


def lines(which: Map) -> list[Line]:
    """Return the clauses of the newer edition in the order of the map, with their titles as far as they are known."""
    book = catalog.read()
    ahead = change.read_outlook() if which.known == "reported" else None
    titles = {clause.number: clause.title for clause in book.clauses}
    found = []
    for row in which.rows:
        for number in row.newer:
            told = ahead.clause(number) if ahead else None
            known = next((titles[name] for name in (number, *row.older) if name in titles), Text(zh=number, en=number))
            found.append(Line(number, told.title if told and told.title else known, row))
    return found


def changes(request: Request, years: str) -> HttpResponse:
    """Show the clause map of a change between two editions."""
    which = change.read_maps()[years]
    only = request.GET.get("tag", "")
    all_lines = [line for line in lines(which) if only in ("", line.row.tag)]
    removed = [row for row in which.rows if row.tag == "removed" and only in ("", "removed")]
    book = catalog.read()
    chapters = [(chapter, [line for line in all_lines if line.number.split(".")[0] == chapter.number]) for chapter in book.clauses if chapter.level == 1]
    counted = [line.row.counts for line in all_lines if line.row.counts]
    return render(
        request, "changes.html", years=years, map=which, chapters=[one for one in chapters if one[1]], switch=switch(),
        tags=REPORTED if which.known == "reported" else TAGS, counts=which.tags(), removed=removed,
        only=only, shown=len({id(line.row) for line in all_lines}) + len(removed),
        items=(sum(one.older for one in counted), sum(one.newer for one in counted)), listed=sum(bool(line.row.items) for line in all_lines),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carried:
    """A check of today that a reported requirement would rest on, and how it stands."""

    check: Check
    number: str
    standing: Standing | None

    @property
    def exists(self) -> bool:
        """Tell whether there is evidence that can carry over."""
        return self.standing is not None and self.standing.verdict.scope > 0


def carried(ids: tuple[str, ...], standing: dict[str, Standing]) -> list[Carried]:
    """Return checks with how they stand."""
    checks = catalog.read().checks
    return [Carried(checks[id], id.rpartition("-")[0], standing.get(id)) for id in ids]


@require_GET
@page("clauses.read")
def transition(request: Request) -> HttpResponse:
    """Show for every clause reported to change which checks carry over and which evidence does not exist yet."""
    standing = assess.standings(request.moment, now=now())
    which, ahead, book = change.read_maps()["2015-2026"], change.read_outlook(), catalog.read()
    changed: list[tuple[Line, list[tuple[Report, list[Carried]]]]] = []
    quiet: list[tuple[Line, list[Carried]]] = []
    for line in lines(which):
        told = ahead.clause(line.number)
        if told:
            changed.append((line, [(report, carried(report.carries, standing)) for report in told.reports]))
        else:
            ids = tuple(check.id for number in line.row.older for check in book.clause(number).checks)
            quiet.append((line, carried(ids, standing)))
    reports = [report for _, told in changed for report in told]
    resting = {one.check.id: one for _, told in reports for one in told}
    return render(
        request, "transition.html", ahead=ahead, map=which, changed=changed, quiet=quiet, switch=switch(), tags=REPORTED,
        needs=[(report, need) for report, _ in reports for need in report.needs], unclear=[report for report, _ in reports if report.unclear],
        missing=[one for one in resting.values() if not one.exists], carrying=[one for one in resting.values() if one.exists],
    )  # fmt: skip
