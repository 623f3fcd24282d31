"""The product knows nothing of the demonstration: what its fictional firm is called, and how it numbers things, stands nowhere under src/."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from demo.data import read

ROOT = Path(__file__).parents[2]
TEXTS = {".py", ".yaml", ".json", ".html", ".css", ".js", ".md", ".txt", ".svg"}
ROLES = {"管理员", "所有者"}
"""What the firm calls somebody by is here the word for what they are."""


def _names() -> Iterator[str]:
    """The firm, its places, people, customers, providers and other parties: names, telephones, addresses."""
    firm = read("firm/firm")
    yield from (firm["organisation"]["zh"].removesuffix("货运云"), firm["organisation"]["en"].split()[0], firm["environment"]["ADDRESSES"])
    yield from firm["places"]
    yield from (place["en"] for place in firm["places"].values())
    yield from (site["zh"] for site in firm["sites"].values())
    yield from (one["name"] for one in read("firm/people").values())
    yield from (name for names in read("firm/names")["full"].values() for name in names if len(name) > 2)
    for one in (*read("firm/customers").values(), *read("firm/providers").values(), *_parties()):
        yield from (one[key] for key in ("organisation", "zh", "en", "phone", "email", "from") if key in one)


def _parties() -> Iterator[dict[str, str]]:
    for held in read("firm/parties").values():
        yield from held if isinstance(held, list) else [held]


def _codes() -> set[str]:
    """The codes that the firm's registers and planted facts give: ORD-0305, PV-05, TR-08."""
    files = [*(ROOT / "demo" / "registers").rglob("*.yaml"), *(ROOT / "demo" / "firm").glob("*.yaml"), *(ROOT / "demo" / "talks").glob("*.yaml")]
    told = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return {*re.findall(r"\b[A-Z]{2,5}-\d{2,4}\b", told), *read("firm/firm")["sites"]}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every text under src/, by its path."""
    return {str(path): path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*") if path.suffix in TEXTS}


def test_no_name_of_the_fictional_firm_stands_in_the_product(texts: dict[str, str]) -> None:
    names = {name for name in _names() if name not in ROLES}
    assert len(names) > 100
    found = {name: path for name in names for path, text in texts.items() if re.search(rf"\b{re.escape(name)}" if name.isascii() else re.escape(name), text)}
    assert not found


def test_no_code_of_the_fictional_firm_stands_in_the_product(texts: dict[str, str]) -> None:
    codes = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(_codes(), key=len, reverse=True)))})(?![\w-])")
    found = {path: met for path, text in texts.items() if (met := codes.findall(text))}
    assert not found
