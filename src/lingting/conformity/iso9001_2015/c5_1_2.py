"""5.1.2 Customer focus (以顾客为关注焦点): what indicators, analyses and the list of legal requirements can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction


@check("5.1.2-C1", reads=("direction.indicator", "direction.ended", "direction.value", "direction.seen"), timed=True)
def management_sees_satisfaction(moment: Moment) -> Sample:
    """总体：监视中的顾客满意指标。不通过：92 天内最高管理者没有在看板上看过它的趋势（只有一个数值谈不上趋势）。

    Population: the indicators of satisfaction that are watched. Failing: top management did not see the trend within 92 days; one figure has none.
    """
    return Sample(direction.satisfaction(moment), direction.unseen(moment))


@check("5.1.2-C2", reads=("direction.trouble", "direction.analysis", "direction.action"))
def what_troubles_customers_is_acted_on(moment: Moment) -> Sample:
    """总体：最近一次分析指出的影响顾客的前三类问题。不通过：没有措施。

    Population: what troubles customers most, as the newest analysis names it. Failing: no action.
    """
    return Sample(direction.troubles(moment), direction.troubles_unanswered(moment))


@check("5.1.2-C3", reads=("direction.law", "direction.reviewed", "direction.ended"), timed=True)
def legal_requirements_have_owners(moment: Moment) -> Sample:
    """总体：适用的法律法规要求。不通过：没有责任人，没有评审日期，或已过评审日期。

    Population: the legal requirements that apply. Failing: no owner, no day of review, or past it.
    """
    return Sample(direction.laws(moment), direction.laws_unowned_or_stale(moment))
