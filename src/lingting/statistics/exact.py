"""Exact intervals (精确区间): shares after Clopper and Pearson, rates of events after Garwood, and whether two rates differ; never narrower than they say."""

from scipy.special import betaincinv, chdtri

from lingting.statistics.intervals import CONFIDENCE, Interval


def clopper_pearson(hits: int, n: int, *, confidence: float = CONFIDENCE, one_sided_at_ends: bool = False) -> Interval | None:
    """Return the exact interval of a share (Clopper and Pearson 1934).

    With `one_sided_at_ends`, none or all gives the one-sided bound at the same confidence, as Minitab prints it.

    >>> round(clopper_pearson(14, 15).low, 4), round(clopper_pearson(15, 15, one_sided_at_ends=True).low, 3)
    (0.6805, 0.819)
    """
    if not n:
        return None
    risk = 1 - confidence
    tail = risk if one_sided_at_ends and hits in {0, n} else risk / 2
    low = float(betaincinv(hits, n - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, n - hits, 1 - tail)) if hits < n else 1.0
    return Interval(low, high)


def rate_interval(events: int, exposure: float, *, confidence: float = CONFIDENCE) -> Interval | None:
    """Return the exact interval of a Poisson rate in events per unit of exposure (Garwood 1936): half chi-square over exposure.

    >>> ends = rate_interval(10, 1)
    >>> round(ends.low, 3), round(ends.high, 3)
    (4.795, 18.39)
    """
    if exposure <= 0:
        return None
    tail = (1 - confidence) / 2
    low = float(chdtri(2 * events, 1 - tail)) / 2 if events else 0.0
    return Interval(low / exposure, float(chdtri(2 * (events + 1), tail)) / 2 / exposure)


def rates_differ(events: int, exposure: float, other_events: int, other_exposure: float, *, confidence: float = CONFIDENCE) -> bool:
    """Tell whether two Poisson rates differ by more than chance explains.

    Given how many there are in all, the share of one is binomial (Przyborowski, Wilenski 1940).
    Six against none in the same time differ, five against none may be chance.

    >>> rates_differ(6, 90, 0, 90), rates_differ(5, 90, 0, 90), rates_differ(0, 90, 6, 90)
    (True, False, True)
    """
    if exposure <= 0 or other_exposure <= 0:
        return False
    share, fair = clopper_pearson(events, events + other_events, confidence=confidence), exposure / (exposure + other_exposure)
    return share is not None and not share.low <= fair <= share.high
