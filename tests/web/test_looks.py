"""The style sheet: what it promises about contrast, counted from its own tokens."""

import math
import re
from itertools import product
from pathlib import Path

import pytest

import lingting.web

SHEET = (Path(lingting.web.__file__).parent / "static" / "lingting.css").read_text(encoding="utf-8")
TOKENS = {
    name: [tuple(float(part) for part in one.split()) for one in re.findall(r"oklch\(([^)]*)\)", value)]
    for name, value in re.findall(r"--([a-z-]+): light-dark\((oklch\([^)]*\), oklch\([^)]*\))\)", SHEET)
}
PAIRS = [
    *[(name, f"{name}-tint") for name in ("conforms", "nonconforms", "attention", "silent", "judge", "link", "pine")],
    *product(("ink", "soft", "link"), ("page", "sheet")), ("soft", "conforms-tint"), ("soft", "silent-tint"), ("ink", "pine-tint"), ("on-pine", "pine"),
]  # fmt: skip


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Return the relative luminance of an OKLCH colour (Ottosson 2020; WCAG 2.2)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    cone = [lightness + 0.3963377774 * a + 0.2158037573 * b, lightness - 0.1055613458 * a - 0.0638541728 * b, lightness - 0.0894841775 * a - 1.2914855480 * b]
    long, middle, short = (value**3 for value in cone)
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, value)) for value in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the contrast of two colours, 1 to 21."""
    bright, dark = sorted((luminance(*one), luminance(*other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=lambda name: name)
def test_text_stands_out_from_its_ground(text: str, ground: str, scheme: int) -> None:
    assert contrast(TOKENS[text][scheme], TOKENS[ground][scheme]) >= 6


def test_states_are_told_by_shape_and_word_too() -> None:
    from lingting.web.environment import STATES

    shapes = [shape for shape, _, _ in STATES.values()]
    assert len(set(shapes)) == len(shapes)


def test_nothing_comes_from_another_host() -> None:
    folder = Path(lingting.web.__file__).parent
    for path in [*folder.rglob("*.html"), *folder.rglob("*.css"), *folder.rglob("*.js")]:
        assert not re.search(r"(src|href)=\"https?:|url\(['\"]?https?:|@import", path.read_text(encoding="utf-8")), path


def test_the_marks_around_a_quoted_link_take_a_click() -> None:
    """Marks made of open-quote lie outside the link for a mouse in Chromium; marks written as words do not."""
    for sheet in (Path(lingting.web.__file__).parent / "static").glob("*.css"):
        assert not re.search(r"content:[^;]*(?:open|close)-quote", sheet.read_text(encoding="utf-8")), sheet.name
