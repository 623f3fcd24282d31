"""Scripts of conversations: what is said in which order, with parts that vary and lines that may be left out.

A line is `A words` (agent), `C words` (customer), `O words` (somebody else) or `S words` (system); `A! words` breaks into the
customer's words, `A~ words` is an "mm-hm" during them, `A= words` starts at the same moment and yields. `hold 30` is half a minute
on hold, `later 40` goes on forty minutes later, `keep` goes on before the promised time. `@part` puts in one of the ways of a part.
`?x` before a line: said in half of the conversations, `!x`: in the others.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from demo.data import HERE, read
from demo.words import Decks

_LINE = re.compile(r"^(?P<who>[ACOS])(?P<how>[!~=]?) (?P<words>.+)$")
_MAYBE = re.compile(r"^(?P<sign>[?!])(?P<label>[a-z0-9]+) (?P<line>.+)$")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_PAUSE = re.compile(r"^(?P<what>hold|later|keep|wait)(?: (?P<amount>[\d.]+))?$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a script: `who` is A, C, O or S, or a pause (hold, later, keep) of some `amount`; `how` it comes in."""

    who: str
    words: str = ""
    how: str = ""
    amount: float = 0.0


@cache
def situations() -> dict[str, Any]:
    """All situations by name: reason, channels, what they need, and their shapes."""
    found: dict[str, Any] = {}
    for path in sorted((HERE / "talks").glob("scripts*.yaml")):
        found |= read(f"talks/{path.stem}")
    return found


@cache
def parts() -> dict[str, list[str]]:
    """The parts that scripts share, each with its ways."""
    held: dict[str, list[str]] = read("talks/parts")
    return held


Ways = Mapping[str, Sequence[str]]


def lines(text: str, decks: Decks, channel: str, *, linked: bool = False, ways: Ways | None = None) -> list[Line]:
    """Return the lines of a script for a channel: parts put in (of `ways`, or else the freight firm's), and what may be left out decided.

    `linked` choices of as many options go together: who asks the second question gets the second answer.
    """
    chosen: dict[str, bool] = {}
    found = list(_lines(text, decks, channel, chosen, parts() if ways is None else ways))
    if not linked:
        return found
    places: dict[int, int] = {}

    def one(choices: re.Match[str]) -> str:
        options = choices[1].split("|")
        return options[places.setdefault(len(options), decks.deal(f"#{len(options)} {text[:60]}", len(options)))]

    return [line if line.who == "S" else replace(line, words=_CHOICE.sub(one, line.words)) for line in found]


def _lines(text: str, decks: Decks, channel: str, chosen: dict[str, bool], held: Ways) -> Iterator[Line]:
    for row in text.strip().splitlines():
        said = row.strip()
        while maybe := _MAYBE.match(said):
            label = maybe["label"]
            kept = chosen.setdefault(label, channel == label if label in {"phone", "chat", "mail"} else decks.chance(0.5))
            if kept is not (maybe["sign"] == "?"):
                said = ""
                break
            said = maybe["line"]
        if not said:
            continue
        if said.startswith("@"):
            yield from _lines(_way(said[1:], decks, channel, held), decks, channel, chosen, held)
        elif pause := _PAUSE.match(said):
            yield Line(pause["what"], amount=float(pause["amount"] or 0))
        elif found := _LINE.match(said):
            yield Line(found["who"], found["words"], found["how"])
        else:
            raise ValueError(f"no line of a script: {said}")


def _way(name: str, decks: Decks, channel: str, held: Ways) -> str:
    ways = held.get(f"{name}-{channel}") or held[name]
    return ways[decks.deal(f"@{name}-{channel}", len(ways))]
