"""6.1.2 Planning of actions (措施的策划): what direction can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction

ACTIONS = ("direction.action", "direction.done")


@check("6.1.2-C1", reads=("direction.risk", "direction.reviewed", "direction.ended", "direction.action"))
def high_risks_have_actions(moment: Moment) -> Sample:
    """总体：等级为高的风险（按最近一次评审）。不通过：没有带责任人和期限的措施。

    Population: the risks of the highest grade, as judged last. Failing: no action with an owner and a day.
    """
    return Sample(direction.high(moment), direction.high_unanswered(moment))


@check("6.1.2-C2", reads=("direction.done", "direction.proved"), timed=True)
def effects_are_judged(moment: Moment) -> Sample:
    """总体：完成满 30 天或已评价的风险和机遇措施。不通过：没有评价有效性。

    Population: actions about risks and opportunities carried out 30 days ago, or judged. Failing: nobody judged whether they worked.
    """
    return Sample(direction.to_prove(moment), direction.unproved(moment))


@check("6.1.2-C3", reads=(*ACTIONS, "direction.postponed"), timed=True, whole=True)
def actions_are_not_overdue(moment: Moment) -> Sample:
    """总体：未完成的风险和机遇措施。不通过：已过期限，也没有说明理由改期。

    Population: the actions about risks and opportunities that are open. Failing: past their day, and not postponed with a reason.
    """
    return Sample(direction.actions_open(moment), direction.actions_overdue(moment))
