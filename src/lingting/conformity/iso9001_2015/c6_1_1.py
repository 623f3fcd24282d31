"""6.1.1 Risks and opportunities (应对风险和机遇 总则): what direction can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction

RISKS = ("direction.risk", "direction.ended")


@check("6.1.1-C1", reads=RISKS, whole=True)
def risks_come_from_somewhere(moment: Moment) -> Sample:
    """总体：现行的风险和机遇。不通过：追溯不到任何因素或相关方的需求。

    Population: the risks and opportunities held. Failing: they come from no issue and no party's need.
    """
    return Sample(direction.risks(moment), direction.untraced(moment))


@check("6.1.1-C2", reads=RISKS, timed=True)
def opportunities_are_seen_too(moment: Moment) -> Sample:
    """计数：现行的风险和机遇。不通过：一年内没有识别出任何机遇时，全部。

    Counted: the risks and opportunities held. Failing: all of them, while no opportunity was determined for a year.
    """
    return Sample(direction.risks(moment), direction.without_opportunity(moment))


@check("6.1.1-C3", reads=(*RISKS, "direction.reviewed"), timed=True)
def risks_are_reviewed(moment: Moment) -> Sample:
    """总体：现行的风险和机遇。不通过：已过评审日期，或一年内没有评审。

    Population: the risks and opportunities held. Failing: past their day of review, or not looked at for a year.
    """
    return Sample(direction.risks(moment), direction.risks_stale(moment))
