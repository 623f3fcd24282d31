"""4.1 The organisation and its context (组织及其环境): what direction and management reviews can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.audits import queries as audits
from lingting.registers.direction import queries as direction


@check("4.1-C1", reads=("direction.issue", "direction.reviewed", "direction.ended"), timed=True)
def issues_are_watched(moment: Moment) -> Sample:
    """总体：现行的内外部因素。不通过：没有人盯，或已过评审日期，或一年内没有评审。

    Population: the issues held. Failing: nobody watches them, past their day of review, or not looked at for a year.
    """
    return Sample(direction.issues(moment), direction.issues_unowned_or_stale(moment))


@check("4.1-C2", reads=("direction.climate",), timed=True)
def climate_is_decided(moment: Moment) -> Sample:
    """计数：最近一次气候变化判定。不通过：没有理由，或已过复核日期。

    Counted: the newest decision on climate change. Failing: without a reason, or past its day of review.
    """
    return Sample(direction.climate(moment), direction.climate_unreasoned(moment))


@check("4.1-C3", reads=("audits.review", "audits.considered"))
def reviews_look_at_the_issues(moment: Moment) -> Sample:
    """总体：管理评审。不通过：没有写明内外部因素的变化。

    Population: management reviews. Failing: nothing is said of changes in the issues.
    """
    return Sample(audits.reviews(moment), audits.reviews_without_issues(moment))
