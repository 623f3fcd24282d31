"""Words that people write to each other here are heard by the same norms as words said to customers."""

from functools import cache
from zoneinfo import ZoneInfo

from lingting.catalog import read_norms
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect
from lingting.inspection.finding import Finding
from lingting.inspection.pack import Pack, pack
from lingting.inspection.transcript import Role, Transcript, Turn

DISMISSED, LABELLED = "idea.dismissed", "label.person"


def hear(norm: str, *words: str) -> Finding | None:
    """Return what a norm finds in the last of these words, each said after the one before.

    >>> hear(DISMISSED, "建议把回电时间写进工单。", "这个我们早就考虑过。").quote
    '这个我们早就考虑过'
    >>> hear(DISMISSED, "建议把回电时间写进工单。", "考虑过：当时试了两周，结果在纪要第三页。")
    """
    turns = tuple(Turn(Role.OTHER, text) for text in words)
    findings = [one for one in inspect(Transcript(turns), _pack(norm)) if one.span.turn == len(turns) - 1]
    return findings[0] if findings else None


@cache
def _pack(norm: str) -> Pack:
    # No word of these two norms depends on the day, so that any calendar will do.
    return pack([one for one in read_norms() if one.id == norm], calendar=WorkCalendar(ZoneInfo("UTC")))
