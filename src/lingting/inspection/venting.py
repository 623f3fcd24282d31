"""Venting (倾诉): where a customer let it out and paused – the moment to enter the key point, and to enter there is no interruption (S-STAFF-20)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lingting.inspection.backchannels import only_listens
from lingting.inspection.finding import Finding
from lingting.inspection.live import PAUSE
from lingting.inspection.normalise import plain
from lingting.inspection.transcript import Role, Turn

VENTED = frozenset({"feeling.anger", "feeling.disappointment", "stance.agitated", "complaint.made", "abuse.customer"})
"""What is heard where a customer lets it out."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of an outpouring: the customer's last turn of it (from 0), the pause that followed where times are known, and our turn in which it was used.

    `entered` is nothing while nobody of us has spoken since.
    """

    turn: int
    pause: timedelta | None
    entered: int | None


def moments(turns: Sequence[Turn], vented: Collection[int]) -> list[Moment]:
    """Return where the customer had let it out and paused.

    A sound of listening between their turns ends nothing; words of ours do. Where we began before they had paused there was no such moment.

    Args:
        turns: what was said.
        vented: the turns in which venting was heard.
    """
    found: list[Moment] = []
    last: int | None = None
    felt = False
    for place, turn in enumerate(turns):
        if turn.role is Role.CUSTOMER:
            last, felt = place, felt or place in vented
        elif turn.role is Role.AGENT and last is not None and not only_listens(plain(turn.text).strip()):
            pause = _pause(turns[last].until, turn.at)
            if felt and (pause is None or pause >= PAUSE):
                found.append(Moment(last, pause, place))
            last, felt = None, False
    if last is not None and felt:
        found.append(Moment(last, None, None))
    return found


def _pause(end: datetime | None, begin: datetime | None) -> timedelta | None:
    return begin - end if end is not None and begin is not None else None


def heard(findings: Sequence[Finding]) -> Mapping[int, Finding]:
    """Return the first sign of venting in each turn, by turn."""
    found: dict[int, Finding] = {}
    for one in findings:
        if one.norm in VENTED:
            found.setdefault(one.span.turn, one)
    return found
