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
