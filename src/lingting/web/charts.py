"""Charts (图) as inline SVG with the same numbers in words; colours come from the style sheet's tokens."""

from collections.abc import Sequence

from markupsafe import Markup, escape


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


def strip(points: Sequence[tuple[str, int | None, str]], *, label: str, heads: tuple[str, str, str]) -> Markup:
    """Draw values from -2 to 2 in the order of time: a disc above the middle line, a square below it, a dot where nothing is known; a table behind it.

    Args:
        points: when, how high or low (None: not known), and in words.
        label: what the strip shows, in a sentence.
        heads: the heads of the table: when, where it lies, in words.
    """
    width = 640 / max(len(points), 1)
    places = [(place * width + width / 2, 32 - 12 * (value or 0), value, name, words) for place, (name, value, words) in enumerate(points)]
    known = " ".join(f"{x:.1f},{y:.1f}" for x, y, value, _, _ in places if value is not None)
    drawn = Markup("").join(_mark(x, y, value, f"{name} {words}") for x, y, value, name, words in places)
    rows = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td></tr>").format(name, f"{value:+d}", words) for name, value, words in points if value is not None
    )
    head = Markup("").join(Markup("<th scope='col'>{}</th>").format(one) for one in heads)
    return Markup(
        '<figure class="chart strip"><svg viewBox="0 0 640 64" role="img" aria-label="{label}"><line class="axis" x1="0" x2="640" y1="32" y2="32"/>'
        '<polyline class="way" points="{known}"/>{drawn}</svg>'
        "<details><summary>{label}</summary><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></details></figure>"
    ).format(label=escape(label), known=known, drawn=drawn, head=head, rows=rows)


def _mark(x: float, y: float, value: int | None, title: str) -> Markup:
    if value is None:
        return Markup('<circle class="unknown" cx="{:.1f}" cy="32" r="2.5"><title>{}</title></circle>').format(x, title)
    if value > 0:
        return Markup('<circle class="high" cx="{:.1f}" cy="{:.1f}" r="6"><title>{}</title></circle>').format(x, y, title)
    return Markup('<rect class="low" x="{:.1f}" y="{:.1f}" width="11" height="11"><title>{}</title></rect>').format(x - 5.5, y - 5.5, title)
