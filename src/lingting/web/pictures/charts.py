"""Charts (图) as inline SVG with the same numbers in words; colours come from the style sheet's tokens.

What is unknown is a gap in the picture and a dash in the table. Numbers are written as `form` says ("{:.1%}").
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from markupsafe import Markup, escape

from lingting.statistics.charts import Chart

WIDE, EDGE = 400, 6
"""How wide a picture is drawn, and how much room is left around it; it grows and shrinks with the page."""

DATES = 12
"""Dates that have room below a line of time."""

LEVELS = 4
"""How many shades a day can have, beside none."""


def interval(*, low: float, high: float, share: float, limit: float, label: str) -> Markup:
    """Draw a share with its interval on a line from 0 to 1, and the limit it is held against."""
    place = [4 + 192 * value for value in (low, high, share, limit)]
    return Markup(
        '<svg class="chart interval" viewBox="0 0 200 24" role="img" aria-label="{label}">'
        '<line class="axis" x1="4" x2="196" y1="12" y2="12"/>'
        '<line class="range" x1="{0:.1f}" x2="{1:.1f}" y1="12" y2="12"/>'
        '<circle class="point" cx="{2:.1f}" cy="12" r="4"/>'
        '<line class="limit" x1="{3:.1f}" x2="{3:.1f}" y1="3" y2="21"/></svg>'
    ).format(*place, label=label)


def bars(values: Sequence[tuple[str, int]], *, label: str) -> Markup:
    """Draw a row of bars, one a named value, with the numbers in a table behind it."""
    most = max((value for _, value in values), default=0) or 1
    width = 200 / max(len(values), 1)
    drawn = Markup("").join(
        Markup('<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}"><title>{name}: {value}</title></rect>').format(
            x=place * width + 1, y=40 - 38 * value / most, w=max(width - 2, 1), h=38 * value / most, name=name, value=value
        )
        for place, (name, value) in enumerate(values)
    )
    rows = Markup("").join(Markup("<tr><th scope='row'>{}</th><td>{}</td></tr>").format(name, value) for name, value in values)
    return Markup(
        '<figure class="chart bars"><svg viewBox="0 0 200 40" preserveAspectRatio="none" role="img" aria-label="{label}">{drawn}</svg>'
        "<details><summary>{label}</summary><table>{rows}</table></details></figure>"
    ).format(label=escape(label), drawn=drawn, rows=rows)


def strip(points: Sequence[tuple[str, int | None, str]], *, label: str, headings: Sequence[str]) -> Markup:
    """Draw values from -2 to 2 in the order of time: a disc above the middle line, a square below it, a dot where nothing is known.

    Args:
        points: when, how high or low (None: not known), and in words.
        label: what the strip shows, in a sentence.
        headings: the heads of the table: when, where it lies, in words.
    """
    width = 640 / max(len(points), 1)
    places = [(place * width + width / 2, 32 - 12 * (value or 0), value, name, words) for place, (name, value, words) in enumerate(points)]
    drawn = [_line("axis", [(0, 32), (640, 32)]), _line("way", [(x, y) for x, y, value, _, _ in places if value is not None])]
    drawn += [_height(x, y, value, f"{name} {words}") for x, y, value, name, words in places]
    rows = [(name, f"{value:+d}", words) for name, value, words in points if value is not None]
    return _figure("strip", 64, Markup("").join(drawn), rows, label=label, headings=headings, width=640)


def _height(x: float, y: float, value: int | None, title: str) -> Markup:
    if value is None:
        return Markup('<circle class="unknown" cx="{:.1f}" cy="32" r="2.5"><title>{}</title></circle>').format(x, title)
    if value > 0:
        return Markup('<circle class="high" cx="{:.1f}" cy="{:.1f}" r="6"><title>{}</title></circle>').format(x, y, title)
    return Markup('<rect class="low" x="{:.1f}" y="{:.1f}" width="11" height="11"><title>{}</title></rect>').format(x - 5.5, y - 5.5, title)


def control(chart: Chart | None, names: Sequence[str], *, label: str, headings: Sequence[str], outside: str, form: str = "{:.1%}") -> Markup:
    """Draw a control chart: points, centre line and limits; a point outside is a diamond, and `outside` is said beside its numbers.

    `headings` name the point, its value, the lower and the upper limit.
    """
    if chart is None:
        return _figure("control", 120, Markup(""), [], label=label, headings=headings)
    finite = [value for value in (*chart.points, *chart.low, *chart.high, chart.centre) if abs(value) < float("inf")]
    least, most = min(finite), max(finite)

    def at(place: float, value: float) -> tuple[float, float]:
        x = EDGE + (WIDE - 2 * EDGE) * (place + 0.5) / len(chart.points)
        return x, EDGE + (120 - 2 * EDGE) * (most - value) / ((most - least) or 1)

    def stair(ends: Sequence[float]) -> Markup:
        corners = [at(place + side, value) for place, value in enumerate(ends) for side in (-0.5, 0.5)]
        return _line("limit", corners)

    drawn = [_line("axis", [at(-0.5, chart.centre), at(len(chart.points) - 0.5, chart.centre)]), stair(chart.low), stair(chart.high)]
    drawn.append(_line("run", [at(place, value) for place, value in enumerate(chart.points)]))
    drawn += [
        _mark(*at(place, value), out=place in chart.outside, title=f"{name}: {form.format(value)}")
        for place, (name, value) in enumerate(zip(names, chart.points, strict=True))
    ]
    rows = [
        (name, f"{form.format(value)} {outside}" if place in chart.outside else form.format(value), form.format(low), form.format(high))
        for place, (name, value, low, high) in enumerate(zip(names, chart.points, chart.low, chart.high, strict=True))
    ]
    return _figure("control", 120, Markup("").join(drawn), rows, label=label, headings=headings)


def spark(values: Sequence[tuple[str, float | None]], *, label: str, headings: Sequence[str], form: str = "{:.1%}") -> Markup:
    """Draw how one figure went, small enough for a line of text; where it is unknown the line is broken."""
    known = [value for _, value in values if value is not None]
    least, most = min(known, default=0.0), max(known, default=0.0)

    def at(place: int, value: float) -> tuple[float, float]:
        return EDGE + (WIDE - 2 * EDGE) * (place + 0.5) / len(values), EDGE + (48 - 2 * EDGE) * (most - value) / ((most - least) or 1)

    runs = [list(run) for is_known, run in groupby(enumerate(values), key=lambda one: one[1][1] is not None) if is_known]
    lines = [[at(place, value) for place, (_, value) in run if value is not None] for run in runs]
    drawn = [_line("run", line) if len(line) > 1 else _mark(*line[0]) for line in lines]
    if lines and len(lines[-1]) > 1 and values[-1][1] is not None:
        drawn.append(_mark(*lines[-1][-1]))
    rows = [(name, "–" if value is None else form.format(value)) for name, value in values]
    return _figure("spark", 48, Markup("").join(drawn), rows, label=label, headings=headings)


HEIGHTS = {"nonconforms": 14, "at-risk": 11, "to-be-judged": 8, "insufficient-data": 6, "no-evidence": 4, "conforms": 3, "not-applicable": 1}
"""How high a state stands in a strip of weeks, the worse the higher: told by height, not by colour alone."""


def weeks(states: Sequence[str], *, label: str) -> Markup:
    """Draw how something stood week by week, a column a week; one path for each state, so that a page can hold many."""
    paths: dict[str, list[str]] = {}
    for place, state in enumerate(states):
        high = HEIGHTS[state]
        paths.setdefault(state, []).append(f"M{6 * place} {16 - high}h5v{high}h-5z")
    drawn = Markup("").join(Markup('<path class="{}" d="{}"/>').format(state, "".join(steps)) for state, steps in paths.items())
    return Markup('<svg class="chart weeks" viewBox="0 0 {} 16" role="img" aria-label="{}">{}</svg>').format(6 * max(len(states), 1), label, drawn)


def shares(counts: Mapping[str, int], *, label: str) -> Markup:
    """Draw one bar that is divided as the counts are; the numbers stand beside it, so that it only shows their proportion."""
    whole, place = sum(counts.values()) or 1, 0.0
    drawn = []
    for state, count in counts.items():
        wide = 100 * count / whole
        drawn.append(Markup('<rect class="{}" x="{:.2f}" y="0" width="{:.2f}" height="4"/>').format(state, place, wide))
        place += wide
    return Markup('<svg class="chart shares" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>').format(
        label, Markup("").join(drawn)
    )


def intervals(
    rows: Sequence[tuple[str, float | None, float | None, float | None]],
    *,
    label: str,
    headings: Sequence[str],
    limit: float | None = None,
    form: str = "{:.1%}",
) -> Markup:
    """Draw shares with their intervals below each other, 0 to 1, each under its name: name, share, lower and upper end; and the limit, if there is one."""

    def at(share: float) -> float:
        return EDGE + (WIDE - 2 * EDGE) * share

    drawn = []
    for number, (name, share, low, high) in enumerate(rows):
        y = 36 * number + 26
        drawn.append(Markup('<text x="{}" y="{}">{}</text>').format(EDGE, y - 11, name))
        drawn.append(_line("axis", [(at(0), y), (at(1), y)]))
        if low is not None and high is not None:
            drawn.append(_line("range", [(at(low), y), (at(high), y)]))
        if share is not None:
            drawn.append(_mark(at(share), y))
    height = 36 * max(len(rows), 1) + EDGE
    if limit is not None:
        drawn.append(_line("limit", [(at(limit), 2), (at(limit), height - 2)]))
    told = [(name, *("–" if value is None else form.format(value) for value in numbers)) for name, *numbers in rows]
    return _figure("intervals", height, Markup("").join(drawn), told, label=label, headings=headings)


def calendar(days: Sequence[tuple[date, int | None]], *, label: str, headings: Sequence[str]) -> Markup:
    """Draw a square a day, a column a week from Monday down, darker for more; an empty square is none, a missing one unknown."""
    first = min((day for day, _ in days), default=date.min)
    most = max((count for _, count in days if count is not None), default=0)
    drawn, column = [], 0
    for day, count in days:
        column = (day.toordinal() - first.toordinal() + first.weekday()) // 7
        if count is not None:
            level = -(-LEVELS * count // most) if most else 0
            drawn.append(
                Markup('<rect class="level-{}" x="{}" y="{}" width="12" height="12"><title>{}: {}</title></rect>').format(
                    level, 1 + 14 * column, 1 + 14 * day.weekday(), day.isoformat(), count
                )
            )
    rows = [(day.isoformat(), "–" if count is None else str(count)) for day, count in days]
    return _figure("calendar", 14 * 7, Markup("").join(drawn), rows, label=label, headings=headings, width=14 * (column + 1))


def journey(
    marks: Sequence[tuple[datetime, int, str, str]], limits: Sequence[tuple[datetime, str, bool]], *, until: datetime, lanes: tuple[str, str], label: str
) -> Markup:
    """Draw two parallel lines on one axis of time: above what one side sees, below what happens on the other.

    The numbers in the dots are those of the list that stands beside the picture; where dots would lie on each other they are moved apart.

    Args:
        marks: when, on which line (0 above, 1 below), the number in its dot, and in words.
        limits: until when, in words, and whether it was passed.
        until: where the axis ends, if nothing lies later.
        lanes: what the two lines are called.
        label: what the picture shows, in a sentence.
    """
    begins = min(at for at, *_ in marks)
    ends = max([until, *(at for at, *_ in marks), *(at for at, *_ in limits)])
    left, right, heights = 24.0, 936.0, (92.0, 152.0)

    def place(at: datetime) -> float:
        return left + (right - left) * ((at - begins) / (ends - begins) if ends > begins else 0)

    drawn = [_line("axis", [(left, height), (right, height)]) for height in heights]
    drawn += [Markup('<text x="{:.0f}" y="{:.0f}">{}</text>').format(left, height - 22, name) for height, name in zip(heights, lanes, strict=True)]
    days = max((ends - begins).days, 1)
    step = next(each for each in (1, 2, 7, 14, 28, 91, 365, 3650) if days / each <= DATES)
    for number in range(1, days + 1, step):
        at = begins.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=number)
        if at < ends:
            tick = Markup('<line class="tick" x1="{0:.1f}" x2="{0:.1f}" y1="66" y2="178"/><text class="date" x="{0:.1f}" y="194">{1:%m-%d}</text>')
            drawn.append(tick.format(place(at), at))
    for turn, (at, words, passed) in enumerate(limits):
        line = Markup('<line class="until{0}" x1="{1:.1f}" x2="{1:.1f}" y1="{3}" y2="178"><title>{2}</title></line>')
        drawn.append(line.format(" passed" if passed else "", place(at), words, 16 + 16 * (turn % 3)))
        side = "end" if place(at) > (left + right) / 2 else "start"
        drawn.append(Markup('<text class="until" x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(place(at), 13 + 16 * (turn % 3), side, words))
    for lane, height in enumerate(heights):
        apart = _apart([(place(at), number, words) for at, on, number, words in marks if on == lane], least=24, right=right)
        drawn += [
            Markup('<g class="dot"><title>{0}</title><circle cx="{1:.1f}" cy="{2:.0f}" r="11"/><text x="{1:.1f}" y="{3:.0f}">{4}</text></g>').format(
                words, x, height, height + 4, number
            )
            for x, number, words in apart
        ]
    return Markup('<figure class="chart journey"><svg viewBox="0 0 960 202" role="img" aria-label="{}">{}</svg></figure>').format(label, Markup("").join(drawn))


def _apart(places: Sequence[tuple[float, str, str]], *, least: float, right: float) -> list[tuple[float, str, str]]:
    """Move places apart that are nearer than so much, to the right first, then back from the end.

    >>> [x for x, *_ in _apart([(0, "1", ""), (5, "2", ""), (100, "3", "")], least=24, right=100)]
    [0, 24, 100]
    """
    found: list[tuple[float, str, str]] = []
    for x, number, words in places:
        found.append((max(x, found[-1][0] + least) if found else x, number, words))
    end = right
    for place in range(len(found) - 1, -1, -1):
        x, number, words = found[place]
        found[place] = (min(x, end), number, words)
        end = found[place][0] - least
    return found


def _line(kind: str, points: Sequence[tuple[float, float]]) -> Markup:
    return Markup('<polyline class="{}" points="{}"/>').format(kind, " ".join(f"{x:.1f},{y:.1f}" for x, y in points))


def _mark(x: float, y: float, *, out: bool = False, title: str = "") -> Markup:
    """Draw a point: a dot, outside its limits a larger diamond; told by shape, not by colour alone."""
    named = Markup("<title>{}</title>").format(title) if title else Markup("")
    if out:
        corners = f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 6:.1f} {x - 6:.1f},{y:.1f}"
        return Markup('<polygon class="out" points="{}">{}</polygon>').format(corners, named)
    return Markup('<circle class="point" cx="{:.1f}" cy="{:.1f}" r="3">{}</circle>').format(x, y, named)


def _figure(kind: str, height: int, drawn: Markup, rows: Sequence[Sequence[str]], *, label: str, headings: Sequence[str], width: int = WIDE) -> Markup:
    """Put a picture and the table of its numbers together; the label names both."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(heading) for heading in headings)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(name, Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells))
        for name, *cells in rows
    )
    return Markup(
        '<figure class="chart {kind}"><svg viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{drawn}</svg>'
        "<details><summary>{label}</summary><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details></figure>"
    ).format(kind=kind, width=width, height=height, label=escape(label), drawn=drawn, head=head, body=body)


AXES = {"耳": (0, 0), "目": (1, 0), "王": (0, 1), "心": (1, 1)}
"""The four parts of 聽 and where each stands in it: ear and regard on the left, eyes and heart on the right."""

SIDE = 46
"""How wide a quarter of the glyph is drawn."""


def ear(parts: Mapping[str, tuple[int, int]], *, label: str, headings: Sequence[str], unknown: str, names: Mapping[str, str]) -> Markup:
    """Draw 聽: a quarter for each axis, filled from below by the share of norms met; where nothing was judged it is open, dashed and says so.

    Args:
        parts: for each axis, how many norms were met, of how many that could be judged.
        label: what the picture shows, in a sentence.
        headings: the heads of the table: axis, met, of how many.
        unknown: what stands where nothing could be judged.
        names: what the axes are called.
    """
    drawn = []
    for axis, (column, row) in AXES.items():
        met, of = parts.get(axis, (0, 0))
        x, y = 2 + column * (SIDE + 4), 2 + row * (SIDE + 4)
        height = SIDE * met / of if of else 0
        drawn.append(Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>').format("quarter" if of else "quarter open", x, y, SIDE, SIDE))
        if height:
            drawn.append(Markup('<rect class="met" x="{}" y="{:.1f}" width="{}" height="{:.1f}" rx="6"/>').format(x, y + SIDE - height, SIDE, height))
        drawn.append(Markup('<text class="axis-name" x="{}" y="{}" text-anchor="middle">{}</text>').format(x + SIDE / 2, y + 24, axis))
        drawn.append(Markup('<text class="share" x="{}" y="{}" text-anchor="middle">{}</text>').format(x + SIDE / 2, y + 40, f"{met}/{of}" if of else "?"))
    rows = [(f"{axis} {names.get(axis, '')}".strip(), str(met) if of else unknown, str(of)) for axis in AXES for met, of in (parts.get(axis, (0, 0)),)]
    return _figure("ear", 2 * SIDE + 8, Markup("").join(drawn), rows, label=label, headings=headings, width=2 * SIDE + 8)


def ring(quarters: int, *, label: str) -> Markup:
    """Draw how far something has come in four steps: a ring, a quarter of it for each."""
    return Markup(
        '<svg class="ring" viewBox="0 0 24 24" width="28" height="28" role="img" aria-label="{label}"><circle class="track" cx="12" cy="12" r="9"/>'
        '<circle class="come" cx="12" cy="12" r="9" pathLength="4" stroke-dasharray="{quarters} 4" transform="rotate(-90 12 12)"/></svg>'
    ).format(label=label, quarters=quarters)
