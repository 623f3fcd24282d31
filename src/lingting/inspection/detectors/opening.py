"""The opening (开场, P01): hello, who we are, an offer of help; a missing part is named.

Settings: `parts` (name → patterns), `required` (their names). The organisation's own name counts as the part `organisation`.
"""

import re
from collections.abc import Iterator, Mapping

from lingting.catalog.model import Norm
from lingting.inspection.finding import Finding, Span
from lingting.inspection.heard import Heard, finding
from lingting.inspection.normalise import plain
from lingting.inspection.transcript import Role

INSTRUMENT = "opening-rules/1"
LEAVES = None
ALWAYS = True


def patterns(norm: Norm) -> Mapping[str, str]:
    """Return the patterns of every part."""
    parts: Mapping[str, list[str]] = norm.settings["parts"]
    return {f"{part}:{place}": pattern for part, ways in parts.items() for place, pattern in enumerate(ways)}


def find(norm: Norm, heard: Heard) -> Iterator[Finding]:
    """Yield the opening if it lacks a part, once somebody else has spoken after it: until then the agent may still add it."""
    turns = heard.transcript.turns
    first = next((place for place, turn in enumerate(turns) if turn.role is Role.AGENT), None)
    if first is None:
        return
    after = next((place for place in range(first, len(turns)) if turns[place].role in {Role.CUSTOMER, Role.OTHER}), len(turns))
    if after == len(turns) and not heard.transcript.ended:
        return
    said = {mark.tag for mark in heard.marks if first <= mark.turn < after and heard.said_by(Role.AGENT, mark)}
    names = [plain(name.strip()) for name in heard.organisation.split("|") if name.strip()]
    if any(name in words for name in names for words in heard.plain[first:after]):
        said.add("organisation")
    missing = [part for part in norm.settings["required"] if part not in said]
    # Speech that nobody wrote down may have said what is missing.
    if missing and all(re.search(r"\S", turn.text) for turn in turns[first:after] if turn.role is Role.AGENT):
        span = Span(first, 0, len(turns[first].text))
        yield finding(norm, heard, INSTRUMENT, span, slots={"missing": " ".join(missing)})
