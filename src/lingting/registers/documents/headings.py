"""Headings (标题) of a text and what a clause document must hold: pure, on words alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lingting.inspection.normalise import plain

LONGEST_TITLE = 40
"""Letters of a line that can be a heading; what is longer is a sentence."""

_NUMBER = r"\d+(?:\.\d+)+|\d+(?=[\s、.．])|第[一二三四五六七八九十百\d]+[章节条款]|[一二三四五六七八九十]+(?=、)|[(（][一二三四五六七八九十\d]+[)）]"
_HEADING = re.compile(rf"^(?P<mark>#{{1,6}}\s*)?(?:(?P<number>{_NUMBER})[\s、.．:：]*)?(?P<title>.*)$")
_ENDS = "。；;，,！!？?：:"

LAYERS: dict[str, str] = {
    "要求 requirement": r"要求|requirement",
    "变化 change": r"变化|变更点|差异|与旧版|change|difference",
    "检查 check": r"检查|审核|查什么|check|audit",
    "不符合 nonconformity": r"不符合|不合格|nonconformit",
}
"""The four layers in which a clause is worked out, and how they are named."""

_ORDINAL = re.compile(rf"^(?:{_NUMBER})")
_CLAUSE = re.compile(r"(?<![\d.])(?:[4-9]|10)(?:\.\d{1,2}){1,3}(?![\d.])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its number, its title (either can be missing), and the line as it stands."""

    number: str
    title: str
    line: str


def headings(text: str) -> tuple[Heading, ...]:
    r"""Return the headings of a text: lines that are marked or numbered, and short.

    >>> [(one.number, one.title) for one in headings("# 收货\n3.2 核对地址\n请先核对，再签字。")]
    [('', '收货'), ('3.2', '核对地址')]
    """
    return tuple(_headings(text))


def _headings(text: str) -> Iterator[Heading]:
    for line in text.splitlines():
        match = _HEADING.match(line.strip())
        if match is None or not (match["mark"] or match["number"]):
            continue
        title = match["title"].strip()
        if match["mark"] or (len(title) <= LONGEST_TITLE and not title.endswith(tuple(_ENDS))):
            yield Heading(match["number"] or "", title, line.strip())


def gaps(text: str) -> tuple[tuple[str, str], ...]:
    r"""Return what a clause document lacks: its number, its title, a layer; each with the words that were looked for.

    >>> gaps("7.9.9 交接\n一、要求\n二、变化\n三、检查\n四、不符合"), [slip for slip, _ in gaps("交接\n一、要求\n二、变化")]
    ((), ['no-number', 'layer', 'layer'])
    """
    return tuple(_gaps(text))


def _gaps(text: str) -> Iterator[tuple[str, str]]:
    lines = [line.strip().lstrip("#").strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    if _CLAUSE.search(first) is None:
        yield "no-number", first[:60]
    title = _ORDINAL.sub("", _CLAUSE.sub("", first)).strip(" 、.．:：条款")
    is_layer = any(re.fullmatch(f"(?:与旧版的)?(?:{names})(?:点|项|内容|要点)?", plain(title)) for names in LAYERS.values())
    if not title or title.endswith(tuple(_ENDS)) or is_layer:
        yield "no-title", first[:60]
    for layer, names in LAYERS.items():
        if not any(len(line) <= LONGEST_TITLE and re.search(names, plain(line)) for line in lines[not is_layer :]):
            yield "layer", layer
