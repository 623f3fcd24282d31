"""6.3 Planning of changes (变更的策划): what direction can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction


@check("6.3-C1", reads=("direction.change",))
def changes_are_considered(moment: Moment) -> Sample:
    """总体：体系变更。不通过：目的与后果、完整性、资源、职责四项考虑缺一。

    Population: changes of the system. Failing: purpose and consequences, integrity, resources or responsibilities were not considered.
    """
    return Sample(direction.changes(moment), direction.unconsidered(moment))


@check("6.3-C2", reads=("direction.introduced", "direction.checked"), timed=True, whole=True)
def changes_are_checked(moment: Moment) -> Sample:
    """总体：生效满 30 天或已验证的变更。不通过：生效后没有验证。

    Population: changes in effect for 30 days, or checked. Failing: nobody checked after they took effect.
    """
    return Sample(direction.to_check(moment), direction.unchecked(moment))
