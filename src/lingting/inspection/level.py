"""The level of listening (听的层次): ignoring, pretending, selective, attentive, empathic, with the words that decide it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, Protocol, TypeVar


class Heard(Protocol):
    """A finding, wherever it is kept."""

    @property
    def norm(self) -> str:
        """The norm it bears on."""


F = TypeVar("F", bound=Heard)


class Level(IntEnum):
    """How well was listened; the source document's five."""

    IGNORING = 1
    PRETENDING = 2
    SELECTIVE = 3
    ATTENTIVE = 4
    EMPATHIC = 5


AGAINST: dict[Level, tuple[str, ...]] = {
    Level.IGNORING: ("question.ignored",),
    Level.PRETENDING: ("slot.re-asked", "understanding.pretended", "nodding.only", "restatement.parroted", "macro.without-facts"),
    Level.SELECTIVE: ("issue.dropped", "topic.hijacked", "misunderstanding.unresolved"),
}
"""What holds a conversation down at a level: an answer never given, attention only shown, a part of it dropped. The lowest decides."""

RESTATED, EMPATHY, UNANSWERED = "restatement.given", "empathy.shown", "feeling.unanswered"


@dataclass(frozen=True, slots=True)
class Judged(Generic[F]):
    """A level and the findings that decide it; None where nothing heard decides: silence proves neither good nor bad listening."""

    level: Level | None
    decisive: tuple[F, ...] = ()


def level_of(findings: Sequence[F]) -> Judged[F]:
    """Return the level that the findings of one conversation amount to.

    Attentive asks for a restatement with nothing left out; empathic asks that a feeling was acknowledged too, and none left without an answer.

    >>> level_of([])
    Judged(level=None, decisive=())
    """
    for level, norms in AGAINST.items():
        if decisive := tuple(finding for finding in findings if finding.norm in norms):
            return Judged(level, decisive)
    restated = tuple(finding for finding in findings if finding.norm == RESTATED)
    if not restated:
        return Judged(None)
    empathy = tuple(finding for finding in findings if finding.norm == EMPATHY)
    if empathy and not any(finding.norm == UNANSWERED for finding in findings):
        return Judged(Level.EMPATHIC, restated + empathy)
    return Judged(Level.ATTENTIVE, restated)
