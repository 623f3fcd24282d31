"""Diagrams (关系图) as inline SVG: where something lies in a matrix, and who serves whom; the same stands in words beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

CELL, HEAD = 64, 68
"""The side of a cell and the room for a row's name, in the picture's own units."""


def matrix(rows: Sequence[tuple[str, str]], columns: Sequence[tuple[str, str]], here: tuple[str, str], *, label: str) -> Markup:
    """Draw a small matrix with one cell marked; rows and columns are keys with their names. A key that is in neither marks nothing."""
    height, width = 26 * len(rows) + 24, HEAD + CELL * len(columns)
    drawn = [Markup('<text x="{}" y="15" text-anchor="middle">{}</text>').format(HEAD + CELL * (place + 0.5), name) for place, (_, name) in enumerate(columns)]
    for line, (row, name) in enumerate(rows):
        y = 22 + 26 * line
        drawn.append(Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(HEAD - 6, y + 17, name))
        for place, (column, _) in enumerate(columns):
            marked = (row, column) == here
            kind = "cell here" if marked else "cell"
            x = HEAD + CELL * place
            drawn.append(Markup('<rect class="{}" x="{}" y="{}" width="{}" height="24"/>').format(kind, x + 1, y, CELL - 2))
            if marked:
                drawn.append(Markup('<circle class="mark" cx="{}" cy="{}" r="6"/>').format(x + CELL / 2, y + 12))
    return Markup('<svg class="diagram matrix" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        width, height, label, Markup("").join(drawn)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edge:
    """A service between two places: who gives it to whom, how it stands, what is said on it, and where it leads."""

    giver: str
    receiver: str
    state: str
    words: str
    address: str


BOX, GAP, ROW = 150, 190, 64
"""The width of a box, the room between two columns, and the height of a line."""


def flow(me: str, edges: Sequence[Edge], *, label: str) -> Markup:
    """Draw who serves me at the left and whom I serve at the right; an edge is told by its line and its words, not by its colour alone."""
    before, after = ([edge for edge in edges if getattr(edge, side) == me] for side in ("receiver", "giver"))
    lines = max(len(before), len(after), 1)
    height, width = ROW * lines + 16, 3 * BOX + 2 * GAP
    middle = height / 2
    drawn = [_box(BOX + GAP, middle, me, kind="me")]
    for column, side in ((before, "giver"), (after, "receiver")):
        for place, edge in enumerate(column):
            y = 8 + ROW * (place + 0.5) + ROW * (lines - len(column)) / 2
            left = side == "giver"
            ends = (BOX, y, BOX + GAP, middle) if left else (2 * BOX + GAP, middle, 2 * BOX + 2 * GAP, y)
            drawn += [_arrow(edge, ends, outer=0.4 if left else 0.6), _box(0 if left else 2 * (BOX + GAP), y, getattr(edge, side))]
    return Markup(
        '<svg class="diagram flow" viewBox="0 0 {} {}" role="group" aria-label="{}"><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>{}</svg>'
    ).format(width, height, label, Markup("").join(drawn))


def _box(x: float, y: float, name: str, *, kind: str = "place") -> Markup:
    return Markup('<g class="{}"><rect x="{}" y="{:.0f}" width="{}" height="36" rx="8"/><text x="{}" y="{:.0f}" text-anchor="middle">{}</text></g>').format(
        kind, x + 1, y - 18, BOX - 2, x + BOX / 2, y + 5, name if len(name) <= NAME else f"{name[: NAME - 1]}…"
    )


NAME = 18
"""Letters of a name that fit into a box."""


def _arrow(edge: Edge, ends: tuple[float, float, float, float], *, outer: float) -> Markup:
    """Draw an edge; what is said on it stands where edges lie apart, near the outer box: `outer` is that share of the way."""
    x, y, to_x, to_y = ends
    return Markup(
        '<a href="{}"><g class="edge {}"><line x1="{}" y1="{:.0f}" x2="{}" y2="{:.0f}" marker-end="url(#tip)"/>'
        '<text x="{:.0f}" y="{:.0f}" text-anchor="middle">{}</text></g></a>'
    ).format(edge.address, edge.state, x, y, to_x - 2, to_y, x + (to_x - x) * outer, y + (to_y - y) * outer + 5, edge.words)
