"""A scorecard (评分卡): for one conversation, what each norm heard; it counts no points and judges nobody.

"Nothing heard" is not "passed": an instrument that has not been calibrated can miss words, so only a person can say that a norm was met.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lingting.catalog.norm import Norm
from lingting.inspection.finding import Finding, Kind
from lingting.inspection.transcript import Channel

AXES = ("耳", "目", "心", "王")
"""The parts of the character 聽: ear, eyes, heart and the regard for the speaker."""


class Result(StrEnum):
    """What a norm came to in one conversation, the most urgent first."""

    HEARD_AGAINST = "heard-against"
    CANNOT_JUDGE = "cannot-judge"
    HEARD = "heard"
    NOTHING_HEARD = "nothing-heard"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Line:
    """One norm's line: its result and how many times its words were found."""

    norm: Norm
    result: Result
    count: int


def scorecard(channel: Channel, findings: Iterable[tuple[str, Kind]], norms: Sequence[Norm]) -> tuple[Line, ...]:
    """Return the lines of one conversation's scorecard, by axis, the most urgent first within an axis.

    Args:
        channel: the way the conversation took; a norm that holds for other channels does not apply.
        findings: norm and kind of each finding.
        norms: the norms that were listened for.

    >>> scorecard(Channel.PHONE, [], [])
    ()
    """
    heard: dict[str, list[Kind]] = {}
    for norm_id, kind in findings:
        heard.setdefault(norm_id, []).append(kind)
    lines = [Line(norm, _result(norm, channel, heard.get(norm.id, [])), len(heard.get(norm.id, []))) for norm in norms]
    return tuple(sorted(lines, key=lambda line: (AXES.index(line.norm.axis), list(Result).index(line.result), line.norm.id)))


def of_findings(channel: Channel, findings: Iterable[Finding], norms: Sequence[Norm]) -> tuple[Line, ...]:
    """Return the scorecard of what the engine found."""
    return scorecard(channel, [(finding.norm, finding.kind) for finding in findings], norms)


def _result(norm: Norm, channel: Channel, kinds: Sequence[Kind]) -> Result:
    if norm.channels and channel not in norm.channels:
        return Result.NOT_APPLICABLE
    if Kind.BREACH in kinds:
        return Result.HEARD_AGAINST
    if Kind.ABSTENTION in kinds:
        return Result.CANNOT_JUDGE
    return Result.HEARD if kinds else Result.NOTHING_HEARD
