"""10.3 Continual improvement (持续改进): what analyses, reviews and improvements can answer."""

from lingting.conformity import outcomes
from lingting.conformity.check import Sample, Together, check
from lingting.ledger.moment import Moment
from lingting.registers.audits import queries as audits
from lingting.registers.improvements import queries as improvements


@check(
    "10.3-C1",
    reads=("direction.analysis", "direction.decision", "improvements.opportunity", "audits.concluded", "audits.decision"),
)
def needs_have_a_destination(moment: Moment) -> Sample:
    """总体：分析中发现的和管理评审提出的改进需求。不通过：没有决定，也没有立为改进机会。

    Population: needs for improvement found in analyses and named by management reviews. Failing: neither decided on nor taken up as an opportunity.
    """
    return Sample(
        Together(outcomes.needs(moment), audits.needs(moment)),
        Together(outcomes.needs_without_destination(moment), audits.needs_without_decision(moment)),
    )


@check("10.3-C2", reads=("improvements.finished", "improvements.compared"), timed=True, whole=True)
def effects_are_measured(moment: Moment) -> Sample:
    """总体：完成满 30 天或已有对比的改进。不通过：没有前后数据对比。

    Population: improvements carried out 30 days ago, or compared. Failing: nothing was measured before and after.
    """
    return Sample(improvements.to_measure(moment), improvements.unmeasured(moment))
