"""What we do to improve (改进): raise a nonconformity, contain it, find its cause, act, verify, close."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from lingting.ledger import book
from lingting.registers.improvements.models import (
    Action,
    Analysed,
    Cause,
    Closed,
    Contained,
    Done,
    Grade,
    Nonconformity,
    Verified,
    Weighed,
)  # fmt: skip

if TYPE_CHECKING:
    from lingting.registers.conversations.models import Found


class OwnWork(ValueError):
    """Whoever carried out an action cannot verify it; ask somebody else."""


class NotYet(ValueError):
    """A nonconformity can be closed only after a cause was found and every action was carried out."""


def raise_(*, clause: str, statement: str, grade: Grade, at: datetime, by: int, found: Found | None = None) -> Nonconformity:  # fmt: skip
    """Write down that a requirement was not fulfilled."""
    nonconformity = Nonconformity(clause=clause, statement=statement, grade=grade, found=found, at=at)
    book.write(nonconformity, act="improvements.raise", by=by)
    return nonconformity


def weigh(found: Found, *, reason: str, at: datetime, by: int, clause: str = "", grade: Grade = Grade.MINOR) -> Weighed:
    """Write down whether a complaint is a nonconformity, and why; if so (`clause` is given), raise it in the same act."""
    raised = Nonconformity(clause=clause, statement=reason, grade=grade, found=found, at=at) if clause else None
    weighed = Weighed(found=found, nonconformity=raised, reason=reason, at=at)
    book.write(*([raised] if raised else []), weighed, act="improvements.weigh", by=by)
    return weighed


def contain(nonconformity: Nonconformity, *, what: str, at: datetime, by: int) -> Contained:
    """Write down how the nonconformity was corrected or its effects held in check."""
    contained = Contained(nonconformity=nonconformity, what=what, at=at)
    book.write(contained, act="improvements.contain", by=by)
    return contained


def analyse(nonconformity: Nonconformity, *, cause: Cause, why: str, similar: str, at: datetime, by: int) -> Analysed:
    """Write down the cause, and where similar cases were looked for."""
    analysed = Analysed(nonconformity=nonconformity, cause=cause, why=why, similar=similar, at=at)
    book.write(analysed, act="improvements.analyse", by=by)
    return analysed


def act(nonconformity: Nonconformity, *, what: str, owner: int, due: date, at: datetime, by: int) -> Action:
    """Write down who will do what by when to remove the cause."""
    action = Action(nonconformity=nonconformity, what=what, owner=owner, due=due, at=at)
    book.write(action, act="improvements.act", by=by)
    return action


def do(action: Action, *, what: str, at: datetime, by: int) -> Done:
    """Write down that an action was carried out."""
    done = Done(action=action, what=what, at=at)
    book.write(done, act="improvements.do", by=by)
    return done


def verify(action: Action, *, effective: bool, evidence: str, at: datetime, by: int) -> Verified:
    """Write down whether an action worked, on the evidence of somebody other than its owner."""
    if by == action.owner:
        raise OwnWork(action.id)
    verified = Verified(action=action, effective=effective, evidence=evidence, by=by, at=at)
    book.write(verified, act="improvements.verify", by=by)
    return verified


def close(nonconformity: Nonconformity, *, note: str, at: datetime, by: int) -> Closed:
    """Write down that a nonconformity is closed."""
    undone = nonconformity.actions.filter(done=None).exists()
    if undone or not nonconformity.analyses.exists():
        raise NotYet(nonconformity.id)
    closing = Closed(nonconformity=nonconformity, note=note, at=at)
    book.write(closing, act="improvements.close", by=by)
    return closing
