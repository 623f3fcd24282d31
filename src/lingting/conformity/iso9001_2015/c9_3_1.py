"""9.3.1 Management review, general (管理评审 总则): what the register of audits and reviews can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.audits import queries as audits


@check("9.3.1-C1", reads=("audits.review",), timed=True)
def reviews_are_held_in_time(moment: Moment) -> Sample:
    """总体：最近一次管理评审。不通过：距今超过 365 天。

    Population: the latest management review. Failing: more than 365 days ago.
    """
    return Sample(audits.last_review(moment), audits.review_overdue(moment))


@check("9.3.1-C2", reads=("audits.review", "audits.attended"))
def top_management_attends(moment: Moment) -> Sample:
    """总体：管理评审。不通过：最高管理者没有参加。

    Population: management reviews. Failing: top management did not attend.
    """
    return Sample(audits.reviews(moment), audits.reviews_without_top(moment))
