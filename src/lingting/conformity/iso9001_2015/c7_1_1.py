"""7.1.1 Resources, general (资源 总则): what direction can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction


@check("7.1.1-C1", reads=("direction.requested", "direction.answered"), timed=True)
def needs_are_weighed_and_answered(moment: Moment) -> Sample:
    """总体：已答复或答复期限已过的资源需求。不通过：没有答复，或没有写明现有资源能做到哪里。

    Population: needs for resources that were answered or whose day is past. Failing: no answer, or nobody said what we have and where it ends.
    """
    return Sample(direction.requests_due(moment), direction.unweighed(moment))
