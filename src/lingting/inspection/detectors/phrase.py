"""Phrases (用语): words of one role, unless others stand beside them; for what is said in few ways, forbidden or welcome.

Settings: `role`; `any` (patterns of the scan); `unless` (patterns that excuse a sentence); `exact` (a regular expression that must match where a hit
begins, for what a scan cannot express); `quoted` (whether words in quotation marks count); `once` (per turn or conversation); `whole` (quote the whole
sentence); `answers` (only after somebody of that role has spoken).
"""

import re
from collections.abc import Iterator, Mapping

from lingting.catalog.model import Norm
from lingting.inspection.finding import Finding, Span
from lingting.inspection.heard import Heard, Mark, finding
from lingting.inspection.sentences import clauses, is_question, quoted_inside, sentence_at
from lingting.inspection.transcript import Role

INSTRUMENT = "phrase-rules/1"
LEAVES = None
ALWAYS = False


def patterns(norm: Norm) -> Mapping[str, str]:
    """Return the norm's phrases and its excuses."""
    settings = norm.settings
    found = {f"any:{place}": pattern for place, pattern in enumerate(settings["any"])}
    return found | {f"unless:{place}": pattern for place, pattern in enumerate(settings.get("unless", ()))}


def find(norm: Norm, heard: Heard) -> Iterator[Finding]:
    """Yield the phrases that nothing excuses."""
    role, settings = Role(norm.settings["role"]), norm.settings
    exact = re.compile(settings["exact"]) if "exact" in settings else None
    excuses = list(heard.tagged("unless"))
    last: Mark | None = None
    for mark in sorted(heard.tagged("any"), key=lambda mark: (mark.turn, mark.start, -mark.end)):
        if not heard.said_by(role, mark) or (last and _repeats(last, mark, settings.get("once", ""))):
            continue
        text = heard.plain[mark.turn]
        start, end = sentence_at(text, mark.start)
        if exact and not exact.match(text, mark.start):
            continue
        if not settings.get("quoted") and quoted_inside(text, mark.start, mark.end):
            continue
        if settings.get("question") is False and is_question(text, start, end):
            continue
        if "answers" in settings and not any(turn.role == settings["answers"] for turn in heard.transcript.turns[: mark.turn]):
            continue
        if any(excuse.turn == mark.turn and start <= excuse.start < end for excuse in excuses):
            continue
        last = mark
        yield finding(norm, heard, INSTRUMENT, _span(mark, text, start, end, whole=bool(settings.get("whole"))))


def _repeats(last: Mark, mark: Mark, once: str) -> bool:
    if once == "conversation":
        return True
    return mark.turn == last.turn and (once == "turn" or mark.start < last.end)


def _span(mark: Mark, text: str, start: int, end: int, *, whole: bool) -> Span:
    if whole:
        parts = clauses(text, start, end)
        return Span(mark.turn, parts[0][0], parts[-1][1])
    return Span(mark.turn, mark.start, mark.end)
