"""The page docs/requirements.md: every requirement item, where it is shown, and which tests speak of that place."""

import re
from functools import cache
from pathlib import Path

from lingting.catalog import trace
from lingting.catalog.trace import Demand, Place

TESTS = Path(__file__).parents[3] / "tests"
SAMPLES = "inspection/test_norms.py"
"""The test that runs every sample of every norm."""

OWN = ("catalog/test_trace.py", "web/test_requirements.py")
"""The trace's own tests name places as examples, and show none of them."""

KINDS = {"C": "计算 computed", "R": "记录 record", "W": "流程 work", "K": "知识 lesson"}


def requirements_page() -> str:
    """Return the page: a table a group, item by item."""
    found = trace.read()
    items = [item for group in found for item in group.items]
    shown, gaps = sum(bool(item.places) for item in items), sum(bool(item.gaps) for item in items)
    answered = sum(any(_answered(place) for place in item.places) for item in items)
    lines = [
        "# 要求项与它们显示在哪里 Requirement items and where they are shown\n",
        (
            f"{len(items)} 项：{shown} 项有显示之处（{answered} 项今天就有，其余只有还没有台账回答的检查项），{gaps} 项还缺着什么，缺什么写在那一行。"
            f" {len(items)} items: {shown} are shown somewhere ({answered} today, the others only by checks that no register answers yet), "
            f"{gaps} still lack something; the row says what.\n"
        ),
        (
            f"每条规范的样本都由 `tests/{SAMPLES}` 运行。● 有台账回答 · ◌ 检查项已写明，还没有台账回答。"
            f" The samples of every norm are run by `tests/{SAMPLES}`. ● answered by a register · ◌ a check that no register answers yet.\n"
        ),
    ]
    for group in found:
        lines += [
            f"## {group.group} · {group.zh} {group.en}\n",
            "| | 要求 Requirement | 显示在 Shown by | 还缺 Missing | 测试 Tests |",
            "|---|---|---|---|---|",
        ]
        lines += [_row(item) for item in group.items]
        lines.append("")
    lines.append("同样的内容，带着通往每一处的链接：页面 `/requirements`。 The same with a link to every place: the page `/requirements`.\n")
    return "\n".join(lines)


def _row(item: Demand) -> str:
    places = "<br>".join(_shown(place) for place in item.places) or "—"
    gaps = "<br>".join(f"{gap.zh} {gap.en}{''.join(f' `{kind}`' for kind in gap.planned)}" for gap in item.gaps)
    tests = sorted({test for place in item.places for test in tests_of(place)})
    cells = (f"`{item.id}` {KINDS[item.kind]}", f"{item.zh}<br>{item.en}", places, gaps, "<br>".join(f"`{test}`" for test in tests))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _shown(place: Place) -> str:
    if place.shape == "check":
        return f"{'●' if _answered(place) else '◌'} [`{place.name}`](clauses.md)"
    if place.shape == "norm":
        return f"[`{place.name}`](norms.md)"
    if place.shape == "lesson":
        return f"[{place.name}](../src/lingting/catalog/lessons/{place.name}.yaml)"
    return f"{'页面 page' if place.shape == 'page' else '台账 register'} `{place.name}`"


def _answered(place: Place) -> bool:
    """Tell whether a place answers today: a check only when a register does."""
    from lingting.conformity import iso9001_2015  # noqa: F401  # binds the checks
    from lingting.conformity.check import CHECKS

    return place.shape != "check" or place.name in CHECKS


def tests_of(place: Place) -> tuple[str, ...]:
    """Return the test files that speak of a place: of a norm, check, lesson or kind of record its name, of a page its address."""
    if place.shape == "page":
        return _speaking(_address(place.name))
    named = _speaking(rf"(?<![\w.-]){re.escape(place.name)}(?![\w-])")
    return (*named, SAMPLES) if place.shape == "norm" else named


@cache
def _speaking(pattern: str) -> tuple[str, ...]:
    seen = re.compile(pattern)
    return tuple(name for name, words in _tests() if seen.search(words))


@cache
def _tests() -> tuple[tuple[str, str], ...]:
    paths = sorted(set(TESTS.rglob("test_*.py")) - {TESTS / own for own in OWN})
    return tuple((path.relative_to(TESTS).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def _address(name: str) -> str:
    """Return a pattern of a page's address as tests write it: every place in it stands for anything without a slash."""
    from lingting.web.urls import urlpatterns

    route = next(str(pattern.pattern) for pattern in urlpatterns if pattern.name == name)
    parts = [r"[^/\"'\s?]+" if part.startswith("<") else re.escape(part) for part in re.split(r"(<[^>]+>)", route) if part]
    return rf"[\"'}}]/{''.join(parts)}(?=[\"'?#])"
