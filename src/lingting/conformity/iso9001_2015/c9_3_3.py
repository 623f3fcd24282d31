"""9.3.3 Management review outputs (管理评审输出): what the register of audits and reviews can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.audits import queries as audits


@check("9.3.3-C1", reads=("audits.review", "audits.concluded"))
def reviews_conclude_on_all_three(moment: Moment) -> Sample:
    """总体：管理评审。不通过：对改进、体系变更、资源中的一类没有结论（“不需要”也是结论）。

    Population: management reviews. Failing: no conclusion on improvement, on changes or on resources; that nothing is needed is one.
    """
    return Sample(audits.reviews(moment), audits.reviews_inconclusive(moment))


@check("9.3.3-C2", reads=("audits.decision", "audits.executed"), timed=True, whole=True)
def decisions_are_carried_out(moment: Moment) -> Sample:
    """总体：已落实或期限已过的评审决定。不通过：没有落实，或晚于期限。

    Population: decisions of reviews that were carried out, or whose day is past. Failing: not carried out, or later.
    """
    return Sample(audits.decisions_due(moment), audits.decisions_late(moment))
