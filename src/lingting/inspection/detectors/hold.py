"""Holds (保持, P02 and P04): a hold is announced before it begins, and the return from it begins with an apology or thanks.

Settings: `side` (`before` or `after`), `event` (patterns of the system's note), `words` (patterns of what is due).
"""

from collections.abc import Iterator, Mapping

from lingting.catalog.model import Norm
from lingting.inspection.finding import Finding, Span
from lingting.inspection.heard import Heard, finding
from lingting.inspection.transcript import Role

INSTRUMENT = "hold-rules/1"
LEAVES = None
ALWAYS = False


def patterns(norm: Norm) -> Mapping[str, str]:
    """Return the patterns of the event and of the words that are due."""
    return {f"{tag}:{place}": pattern for tag, setting in (("event", "event"), ("words", "words")) for place, pattern in enumerate(norm.settings[setting])}


def find(norm: Norm, heard: Heard) -> Iterator[Finding]:
    """Yield the agent's turn beside a hold that lacks the words."""
    spoken = {mark.turn for mark in heard.tagged("words") if heard.said_by(Role.AGENT, mark)}
    step = -1 if norm.settings["side"] == "before" else 1
    for turn in sorted({mark.turn for mark in heard.tagged("event") if heard.said_by(Role.SYSTEM, mark)}):
        beside = _agent_turns(heard, turn, step)
        # Speech that nobody wrote down may have said what was due.
        if beside and not spoken.intersection(beside) and all(heard.plain[place].strip() for place in beside):
            yield finding(norm, heard, INSTRUMENT, Span(beside[0], 0, len(heard.transcript.turns[beside[0]].text)))


def _agent_turns(heard: Heard, event: int, step: int) -> list[int]:
    """Return the agent's turns next to an event: those before it since the customer spoke, or the first one after it."""
    turns = heard.transcript.turns
    found: list[int] = []
    place = event + step
    while 0 <= place < len(turns):
        if turns[place].role is Role.AGENT:
            found.append(place)
            if step > 0:
                break
        elif found or (step > 0 and turns[place].role is Role.SYSTEM):
            break
        place += step
    return found
