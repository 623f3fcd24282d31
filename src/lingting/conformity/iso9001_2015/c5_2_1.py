"""5.2.1 Establishing the quality policy (制定质量方针): what direction can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction


@check("5.2.1-C1", reads=("direction.policy",))
def the_policy_commits(moment: Moment) -> Sample:
    """计数：现行方针。不通过：缺少满足要求或持续改进的承诺。

    Counted: the policy in force. Failing: the commitment to meet requirements or to improve is missing.
    """
    return Sample(direction.policy(moment), direction.policy_uncommitted(moment))


@check("5.2.1-C2", reads=("direction.objective", "direction.ended"))
def objectives_come_from_the_policy(moment: Moment) -> Sample:
    """总体：现行质量目标。不通过：与方针没有联系。

    Population: the objectives held. Failing: not linked to a policy.
    """
    return Sample(direction.objectives(moment), direction.objectives_unrooted(moment))
