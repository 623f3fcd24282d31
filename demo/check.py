"""`python -m demo.check OUT`: listens to the conversations with the product's norms and compares what is found with what was planted.

For each planted row it prints expected and found; then, norm by norm of kind breach, what is found and was not planted.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from demo.build import conversations
from demo.data import read
from demo.plan import planted_rows
from lingting.channels.read import read as read_files
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect_many
from lingting.inspection.finding import Finding
from lingting.inspection.pack import standard_pack
from lingting.inspection.transcript import Transcript, Turn
from lingting.message import Message
from lingting.site.options import packs


@dataclass(frozen=True, slots=True)
class Outcome:
    """A planted row beside what was found: `expected` findings of `norm`, and the conversations where they are missing or too many."""

    pn: str
    norm: str
    expected: int
    found: int
    wrong: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether exactly what was planted is found."""
        return not self.wrong and self.expected == self.found


def findings(folder: Path) -> dict[str, tuple[Finding, ...]]:
    """What the norms that come with the product find, by conversation."""
    zone = ZoneInfo(read("firm/firm")["zone"])
    pack = standard_pack(organisation=read("firm/firm")["environment"]["ORGANISATION"], calendar=WorkCalendar(zone), kept=packs(os.environ))
    kept: dict[str, list[Message]] = defaultdict(list)
    for path in sorted((folder / "conversations").iterdir()):
        for item in read_files(path, ours=("qizhou.example",), zone=zone):
            if not isinstance(item, Message):
                raise TypeError(item)
            kept[item.envelope.key].append(item)
    keys = sorted(kept)
    kinds = {norm.id: norm.kind for norm in pack.norms}
    heard = inspect_many([_transcript(kept[key]) for key in keys], pack)
    return {key: tuple(one for one in ones if one.kind == kinds[one.norm]) for key, ones in zip(keys, heard, strict=True)}


def _transcript(messages: Sequence[Message]) -> Transcript:
    one = messages[0].envelope
    turns = [Turn(m.role, m.text, m.at, m.until, m.speaker, m.key, m.confidence, m.loudness) for m in sorted(messages, key=lambda m: m.at)]
    return Transcript(turns, one.channel, one.language, one.ended is not None and one.ended <= datetime.fromisoformat(read("firm/firm")["clock"]), one.meta)


@cache
def _planted() -> Mapping[str, list[str]]:
    """The conversations of each row, by the row's place among the rows."""
    rows, places = planted_rows(), defaultdict[str, list[str]](list)
    for one in conversations():
        if one.planted is not None:
            places[str(next(number for number, row in enumerate(rows) if row is one.planted))].append(one.key)
    return places


def outcomes(found: Mapping[str, Sequence[Finding]]) -> Iterator[Outcome]:
    """Each planted row that names a norm, with what was found of it."""
    for number, row in enumerate(planted_rows()):
        for norm, each in _expected(row).items():
            keys = _planted()[str(number)]
            counts = {key: sum(1 for one in found[key] if one.norm == norm and _quoted(row, one)) for key in keys}
            wrong = tuple(f"{key}×{count}" for key, count in counts.items() if count != each)
            yield Outcome(row["pn"], norm, each * len(keys), sum(counts.values()), wrong)


def _quoted(row: Mapping[str, Any], one: Finding) -> bool:
    return not row.get("quote") or row["quote"] in one.quote


def _expected(row: Mapping[str, Any]) -> dict[str, int]:
    """How many findings of which norm each conversation of a row is to have; 0 for a decoy."""
    norms = row.get("norm", [])
    wanted = dict.fromkeys([norms] if isinstance(norms, str) else norms, int(row.get("each", 1)))
    return wanted | dict.fromkeys(row.get("none", []), 0)


def unplanted(found: Mapping[str, Sequence[Finding]]) -> dict[str, list[tuple[str, str]]]:
    """Breaches that nobody planted, by norm: the conversation and the words."""
    rows = {one.key: one.planted for one in conversations() if one.planted is not None}
    left: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, ones in found.items():
        allowed = set(_expected(rows[key])) | set(rows[key].get("also", [])) if key in rows else set()
        for one in ones:
            if one.kind == "breach" and one.norm not in allowed:
                left[one.norm].append((key, one.quote))
    return left


def main() -> None:
    """Print the comparison."""
    found = findings(Path(sys.argv[1]))
    for one in outcomes(found):
        print(f"{'  ' if one.right else '✕ '}{one.pn:7} {one.norm:28} expected {one.expected:3} found {one.found:3} {' '.join(one.wrong[:8])}")
    totals = Counter(finding.norm for ones in found.values() for finding in ones)
    print("\nnot planted:")
    for norm, ones in sorted(unplanted(found).items()):
        print(f"{norm:28} {len(ones):4}")
        for key, quote in ones[: int(sys.argv[2]) if len(sys.argv) > 2 else 3]:  # how many to show
            print(f"      {key} {quote[:90]}")
    wanted = {one.key for one in conversations() if one.complaint}
    stray = [(key, one.quote) for key, ones in found.items() for one in ones if one.norm == "complaint.made" and key not in wanted]
    print(f"\ncomplaint.made outside the registered complaints: {len(stray)}", *stray[:60], sep="\n   ")
    print("\n", {norm: totals[norm] for norm in sorted(totals)})


if __name__ == "__main__":
    main()
