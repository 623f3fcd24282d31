"""Words for the conversations: banks of wordings, and the little grammar in which scripts are written.

`[a|b|c]` takes one, `<bank>` takes a wording of demo/talks/words*.yaml that suits who speaks, `{fact}` puts a fact in. A wording is not taken again before
all the others of its bank were: nobody says the same thing in the same words all day.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

from demo.data import HERE, read

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_BANK = re.compile(r"<([a-z0-9-]+)>")
_FACT = re.compile(r"\{([a-z_]+)\}")


class Decks:
    """Cards that are dealt: each is used before any is used again."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._left: dict[str, list[int]] = {}

    def deal(self, name: str, count: int) -> int:
        """Deal the place of one of `count` cards of a deck."""
        left = self._left.setdefault(name, [])
        if not left:
            left.extend(range(count))
            self._draw.shuffle(left)
        return left.pop()

    def chance(self, share: float) -> bool:
        """Tell whether something with this chance happens."""
        return self._draw.random() < share


@cache
def banks() -> Mapping[str, Any]:
    """All banks of wordings."""
    found: dict[str, Any] = {}
    for path in sorted((HERE / "talks").glob("words*.yaml")):
        found |= {name: split(bank) for name, bank in read(f"talks/{path.stem}").items()}
    return found


def split(bank: Any) -> Any:
    """The wordings of a bank, written one a line or parted by " / "; ∅ is nothing said."""
    if isinstance(bank, dict):
        return {name: split(held) for name, held in bank.items()}
    return [wording.strip().replace("∅", "") for row in bank.splitlines() for wording in row.split(" / ")]


def wordings(bank: Any, manners: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The list of a bank that suits the manners best: those of the person, then of the channel, then everybody's."""
    if isinstance(bank, list):
        return "", bank
    name = next((manner for manner in manners if manner in bank), "all")
    return name, bank[name]


class Speech:
    """Turns a line of a script into what somebody says."""

    def __init__(
        self, decks: Decks, facts: Mapping[str, str], *, instead: Mapping[str, str] | None = None, held: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self._decks, self._facts, self._instead = decks, facts, dict(instead or {})
        self._banks = banks() if held is None else held

    def say(self, line: str, manners: Sequence[str]) -> str:
        """Return the words of a line; `manners` are those of who speaks, nearest first."""
        text = line
        for _ in range(12):
            before = text
            text = _CHOICE.sub(lambda found: self._one(found[1]), text)
            text = _BANK.sub(lambda found: self._bank(found[1], manners), text)
            text = _FACT.sub(lambda found: self._facts[found[1]], text)
            if text == before:
                break
        return _tidy(text)

    def _one(self, choices: str) -> str:
        options = choices.split("|")
        return options[self._decks.deal(choices, len(options))]

    def _bank(self, name: str, manners: Sequence[str]) -> str:
        name = self._instead.get(name, name)
        bank = self._banks[name]
        own = "chat" in manners and "chat" in bank
        wanted = manners if own or self._decks.chance(0.75) else manners[-1:]
        which, options = wordings(bank, wanted)
        return options[self._decks.deal(f"{name}/{which}", len(options))]


def _tidy(text: str) -> str:
    """Mend what the putting together of parts leaves behind: doubled or leading marks."""
    text = re.sub(r"[，,]+([。？！])", r"\1", text.strip())
    text = re.sub(r"([，。？！、])[，、]+", r"\1", text)
    text = re.sub(r"。{2,}(?!。)", "。", text)
    return re.sub(r"^[，。、\s]+", "", text)
