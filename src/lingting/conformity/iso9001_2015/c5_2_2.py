"""5.2.2 Communicating the quality policy (沟通质量方针): what direction and the register of people can answer."""

from lingting.conformity import reach
from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction


@check("5.2.2-C1", reads=("people.person", "people.left", "direction.policy", "direction.acknowledged"))
def people_know_the_policy(moment: Moment) -> Sample:
    """总体：在岗人员。不通过：没有确认阅知现行方针；没有方针时，所有人都不通过。

    Population: the people who work here. Failing: did not say to have read the policy in force; without a policy, all.
    """
    return Sample(reach.staff(moment), reach.unaware(moment))


@check("5.2.2-C2", reads=("direction.policy", "direction.published"))
def the_policy_is_seen_outside(moment: Moment) -> Sample:
    """计数：现行方针。不通过：相关方在哪里都看不到它（旧版公布过不算）。

    Counted: the policy in force. Failing: interested parties can see it nowhere; that an earlier version was published does not count.
    """
    return Sample(direction.policy(moment), direction.policy_unpublished(moment))
