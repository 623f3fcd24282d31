"""Sampling (抽样): how many to look at, and what it proves. Shares and confidences are 0 to 1; n and c are numbers of things."""

import math
from dataclasses import dataclass

from scipy.special import bdtr

from lingting.statistics.intervals import CONFIDENCE, normal

MOST = 100_000
"""Where looking for a plan ends."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Look at n; accept with at most `accept` failing, refuse with `accept` + 1."""

    n: int
    accept: int


def hypergeometric(found: int, *, lot: int, bad: int, n: int) -> float:
    """Return the chance of at most that many bad ones among n taken from a lot without putting back.

    >>> round(hypergeometric(0, lot=200, bad=10, n=51), 4)
    0.0486
    """
    ways = _ways(lot, n)
    return min(1.0, sum(math.exp(_ways(bad, one) + _ways(lot - bad, n - one) - ways) for one in range(max(0, n - lot + bad), min(found, bad, n) + 1)))


def _ways(whole: int, part: int) -> float:
    """Return the logarithm of the number of ways to take a part."""
    return math.lgamma(whole + 1) - math.lgamma(part + 1) - math.lgamma(whole - part + 1)


def accepting(plan: Plan, share: float, *, lot: int | None = None) -> float:
    """Return the chance that a plan accepts where that share fails (operating characteristic; NIST e-Handbook 6.2.3.2); with a lot, without putting back.

    >>> round(accepting(Plan(52, 3), 0.05), 2)
    0.74
    """
    if lot is None:
        return float(bdtr(plan.accept, plan.n, share))
    return hypergeometric(plan.accept, lot=lot, bad=round(share * lot), n=min(plan.n, lot))


def plan_between(*, good: float, accepted: float, bad: float, refused: float) -> Plan:
    """Return the smallest plan that accepts `good` at least so often and refuses `bad` at least so often (producer's and consumer's point: AQL and LTPD).

    >>> plan_between(good=0.05, accepted=0.95, bad=0.15, refused=0.925)
    Plan(n=80, accept=7)

    Raises:
        ValueError: no plan below 100,000 does both, or good is not better than bad.
    """
    n, accept = 1, 0
    while good < bad and n < MOST:
        if accepting(Plan(n, accept), bad) > 1 - refused:
            n += 1
        elif accepting(Plan(n, accept), good) < accepted:
            accept += 1
        else:
            return Plan(n, accept)
    raise ValueError("No plan tells these two apart.")


def discovery(share: float, *, confidence: float = CONFIDENCE, lot: int | None = None) -> int | None:
    """Return how many without a single failure show that less than that share fails; of a lot, when taken without putting back. None: not even all do.

    Binomial: ln(1 - confidence) / ln(1 - share), rounded up (AICPA Audit Guide, Audit Sampling).

    >>> discovery(0.05), discovery(0.05, lot=500)
    (59, 56)
    """
    if not 0 < share < 1:
        return None
    if lot is None:
        return math.ceil(math.log(1 - confidence) / math.log(1 - share) - 1e-9)
    bad = math.ceil(round(share * lot, 9))
    return next((n for n in range(1, lot + 1) if hypergeometric(0, lot=lot, bad=bad, n=n) <= 1 - confidence), None)


def attribute_sample(*, risk: float, expected: float, tolerable: float) -> Plan:
    """Return how many to look at when that share is expected to fail and no more than `tolerable` may; accept is what is expected, rounded up.

    The smallest n for which so few failures would have a chance of at most `risk`, were the tolerable share true (AICPA, Audit Sampling).

    >>> attribute_sample(risk=0.05, expected=0.01, tolerable=0.05)
    Plan(n=93, accept=1)

    Raises:
        ValueError: no sample below 100,000 is enough.
    """
    for n in range(1, MOST):
        plan = Plan(n, math.ceil(round(expected * n, 9)))
        if accepting(plan, tolerable) <= risk:
            return plan
    raise ValueError("What is expected lies too near to what is tolerable.")


def share_sample(half: float, *, share: float = 0.5, confidence: float = CONFIDENCE, lot: int | None = None) -> int:
    """Return how many to ask so that a share is known to ± half (Cochran, Sampling Techniques, 4.4-4.5), of a lot if one is given.

    >>> share_sample(0.05), share_sample(0.05, lot=1000)
    (385, 278)
    """
    endless = normal(confidence) ** 2 * share * (1 - share) / half**2
    return math.ceil(endless if lot is None else endless / (1 + (endless - 1) / lot))


def outgoing(plan: Plan, share: float, *, lot: int) -> float:
    """Return the share that still fails after refused lots were sorted out completely (average outgoing quality; NIST e-Handbook 6.2.2).

    >>> round(outgoing(Plan(52, 3), 0.03, lot=10_000), 4)
    0.0277
    """
    return accepting(plan, share) * share * max(0, lot - plan.n) / lot
