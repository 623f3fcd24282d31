"""Pictures whose points lead somewhere: when each of those affected heard of an emergency, and who has how much influence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in time: what it shows (told, late or asked), whom it concerns, and where it leads."""

    at: datetime
    kind: str
    title: str
    address: str


SHAPES = {
    "told": Markup('<circle class="told" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'),
    "late": Markup('<rect class="late" x="{left:.1f}" y="{top:.1f}" width="8" height="8"/>'),
    "asked": Markup('<polygon class="asked" points="{x:.1f},{top:.1f} {right:.1f},{bottom:.1f} {left:.1f},{bottom:.1f}"/>'),
}
"""How each is drawn: told by its shape, not by its colour alone."""


def arrivals(begin: datetime, deadline: datetime, until: datetime, marks: Sequence[Mark], *, label: str) -> Markup:
    """Draw the time from an activation to its limit and beyond, how much of the limit is gone, and a mark for each word that went or came.

    Marks within the same breath stand above each other; what lies beyond twice the limit stands at the right edge.
    """
    limit = (deadline - begin).total_seconds() or 1
    end = min(max(1.25 * limit, *((one.at - begin).total_seconds() for one in marks), 0), 2 * limit) if marks else 1.25 * limit

    def x(at: datetime) -> float:
        return 8 + 624 * min(max((at - begin).total_seconds(), 0), end) / end

    height: dict[int, int] = {}
    drawn = []
    for one in sorted(marks, key=lambda mark: mark.at):
        place = x(one.at)
        column = int(place // 10)
        height[column] = height.get(column, 0) + 1
        y = max(66 - 10 * height[column], 6)
        shape = SHAPES[one.kind].format(x=place, y=y, left=place - 4, right=place + 4, top=y - 4, bottom=y + 4)
        drawn.append(Markup('<a href="{}">{}<title>{}</title></a>').format(one.address, shape, one.title) if one.address else shape)
    gone = min(x(until), x(deadline))
    return Markup(
        '<svg class="arrivals" viewBox="0 0 640 84" role="group" aria-label="{label}"><rect class="limit" x="8" y="66" width="{limit:.1f}" height="8"/>'
        '<rect class="gone" x="8" y="66" width="{gone:.1f}" height="8"/><line class="end" x1="{at:.1f}" x2="{at:.1f}" y1="10" y2="80"/>{drawn}</svg>'
    ).format(label=label, limit=x(deadline) - 8, gone=gone - 8, at=x(deadline), drawn=Markup("").join(drawn))


@dataclass(frozen=True, slots=True)
class Point:
    """Somebody on the map: a name and where it leads."""

    name: str
    address: str


STEP = 18
"""How far names stand apart below each other."""


def quadrants(
    cells: Mapping[tuple[int, str], Sequence[Point]], *, rows: Sequence[tuple[int, str]], columns: Sequence[tuple[str, str]], high: int, label: str, first: str
) -> Markup:
    """Draw influence upwards against support to the right; every name leads to whom it names.

    The quarter of those who can do much and of whose support we know nothing good is tinted and says `first`. A row is as high as its fullest place.
    """
    wide = 368 / len(columns)
    drawn, y = [], 34.0
    tinted = 0.0
    for level, name in rows:
        tall = STEP * max(1, *(len(cells.get((level, support), ())) for support, _ in columns)) + 8
        line = Markup('<line class="axis" x1="30" x2="398" y1="{0:.0f}" y2="{0:.0f}"/><text class="level" x="4" y="{1:.0f}">{2}</text>')
        drawn.append(line.format(y, y + 16, name))
        for column, (support, _) in enumerate(columns):
            for place, point in enumerate(cells.get((level, support), ())):
                across, down = 40 + wide * column, y + 16 + STEP * place
                drawn.append(
                    Markup('<a href="{}"><circle class="{}" cx="{:.0f}" cy="{:.0f}" r="4"/><text x="{:.0f}" y="{:.0f}">{}</text></a>').format(
                        point.address, support, across, down - 4, across + 8, down, point.name
                    )
                )
        y += tall
        tinted = y if level >= high else tinted
    heads = Markup("").join(Markup('<text class="head" x="{:.0f}" y="14">{}</text>').format(34 + wide * place, name) for place, (_, name) in enumerate(columns))
    line = Markup('<line class="axis" x1="{0:.0f}" x2="{0:.0f}" y1="22" y2="{1:.0f}"/>')
    lines = Markup("").join(line.format(30 + wide * place, y) for place in range(len(columns)))
    tint = Markup('<rect class="first" x="30" y="34" width="{:.0f}" height="{:.0f}"/><text class="say" x="34" y="29">{}</text>').format(
        wide * (len(columns) - 1), max(tinted - 34, 0), first
    )
    return Markup('<svg class="quadrants" viewBox="0 0 400 {:.0f}" role="group" aria-label="{}">{}{}{}{}</svg>').format(
        y + 4, label, tint, heads, lines, Markup("").join(drawn)
    )
