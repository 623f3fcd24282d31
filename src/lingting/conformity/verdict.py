"""A verdict (判定): what follows from counting, as pure functions; silence is never a pass."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from lingting.statistics.intervals import enough, wilson

CLOSE = 1e-9
"""What a share may miss its limit by because computers round."""


class State(StrEnum):
    """How a check or a clause stands, worst first."""

    NONCONFORMS = "nonconforms"
    AT_RISK = "at-risk"
    TO_BE_JUDGED = "to-be-judged"
    NO_EVIDENCE = "no-evidence"
    INSUFFICIENT_DATA = "insufficient-data"
    CONFORMS = "conforms"
    NOT_APPLICABLE = "not-applicable"


ISOLATED = 2
"""Failing records up to which a gap is one; a third of the same kind is how we work, and that does not conform. A house default, shown as ours."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state with the counts it rests on; `low` and `high` are the 95 % interval of the passing share, empty where there is none."""

    state: State
    scope: int
    failing: int
    limit: float
    low: float | None = None
    high: float | None = None


def judge_share(*, scope: int, failing: int, limit: float, whole: bool = False) -> Verdict:
    """Judge the share of those that do not fail against the least share that is allowed.

    Where every one must pass (limit 1), one that fails is a nonconformity and nothing is left to chance. Below that the interval decides: wholly
    under the limit it does not conform, wholly above it does; across it, it is at risk – or, where even a clean sheet could not have shown more,
    there is too little data. Where the few that there are were planned and all of them are counted (`whole`), the share itself decides.

    >>> judge_share(scope=1, failing=0, limit=0.95).state.value, judge_share(scope=1, failing=0, limit=0.95, whole=True).state.value
    ('insufficient-data', 'conforms')
    """
    ends = wilson(scope - failing, scope)
    if ends is None:
        return Verdict(State.NO_EVIDENCE, 0, 0, limit)
    if limit >= 1 or whole:
        state = State.NONCONFORMS if failing > scope * (1 - limit) + CLOSE else State.CONFORMS
    elif ends.high < limit:
        state = State.NONCONFORMS
    elif ends.low >= limit:
        state = State.CONFORMS
    else:
        state = State.INSUFFICIENT_DATA if scope < enough(limit) else State.AT_RISK
    return Verdict(state, scope, failing, limit, ends.low, ends.high)


def judge_count(*, scope: int, limit: float, failing: int = 0) -> Verdict:
    """Judge a number of things seen against the least number needed: none is no evidence, too few is a risk – what was not seen may exist.

    One that is there and is not as it must be is a nonconformity, however many others there are.
    """
    if not scope:
        return Verdict(State.NO_EVIDENCE, 0, 0, limit)
    if failing:
        return Verdict(State.NONCONFORMS, scope, failing, limit)
    return Verdict(State.CONFORMS if scope >= limit else State.AT_RISK, scope, 0, limit)


def judge_gap(verdict: Verdict, *, in_a_whole: bool) -> Verdict:
    """Judge a verdict again where what fails is only still to be done: one or two are at risk, more do not conform.

    A gap `in_a_whole` is one only while at least as many stand as are missing: where nothing stands there is no whole.

    >>> [judge_gap(judge_share(scope=10, failing=some, limit=1), in_a_whole=True).state.value for some in (2, 3)]
    ['at-risk', 'nonconforms']
    >>> [judge_gap(judge_share(scope=1, failing=1, limit=1), in_a_whole=whole).state.value for whole in (False, True)]
    ['at-risk', 'nonconforms']
    """
    alone = verdict.failing <= ISOLATED and (not in_a_whole or verdict.failing * 2 <= verdict.scope)
    return replace(verdict, state=State.AT_RISK) if verdict.state is State.NONCONFORMS and alone else verdict


def clause_state(states: Iterable[State]) -> State:
    """Return how a clause stands: as its worst check; it conforms only when every check that applies conforms.

    >>> clause_state([State.CONFORMS, State.NO_EVIDENCE]).value
    'no-evidence'
    """
    applying = [state for state in states if state is not State.NOT_APPLICABLE]
    order = list(State)
    return min(applying, key=order.index, default=State.NO_EVIDENCE)
