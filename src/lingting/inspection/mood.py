"""The customer's mood (顾客的心情) over a conversation, as their own words show it; the mood of those who serve is never asked about."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

MOODS: dict[str, int] = {
    "abuse.customer": -2, "feeling.anger": -2, "stance.agitated": -2, "complaint.made": -1, "feeling.anxiety": -1, "feeling.disappointment": -1,
    "feeling.confusion": -1, "stance.confused": -1, "feeling.relief": 1, "feeling.joy": 2, "praise.given": 2,
}  # fmt: skip
"""How high or low each thing heard lies, from -2 (upset) to 2 (glad): a scale of ours, for the picture, and to tell whether the end lay below the beginning."""

STANCES = ("stance.demanding", "stance.confused", "stance.agitated")
"""What the customer's contact is like: wants full information, does not see through, upset."""


class Heard(Protocol):
    """A finding, wherever it is kept."""

    @property
    def norm(self) -> str:
        """The norm it bears on."""


F = TypeVar("F", bound=Heard)


def mood_of(findings: Sequence[F]) -> tuple[int, F] | None:
    """Return how a turn of the customer's lies, and the finding that says so: the strongest, and of two the lower; None where no feeling was heard."""
    felt = [(MOODS[finding.norm], finding) for finding in findings if finding.norm in MOODS]
    return max(felt, key=lambda one: (abs(one[0]), -one[0]), default=None)
