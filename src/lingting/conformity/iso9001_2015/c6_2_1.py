"""6.2.1 Quality objectives (质量目标): what direction can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction

OBJECTIVES = ("direction.objective", "direction.ended")


@check("6.2.1-C1", reads=OBJECTIVES)
def objectives_can_be_measured(moment: Moment) -> Sample:
    """总体：现行质量目标。不通过：指标、基线、目标值、期限缺一。

    Population: the objectives held. Failing: indicator, baseline, target or day is missing.
    """
    return Sample(direction.objectives(moment), direction.unmeasurable(moment))


@check("6.2.1-C2", reads=(*OBJECTIVES, "direction.value"), timed=True)
def objectives_are_monitored(moment: Moment) -> Sample:
    """总体：现行质量目标。不通过：它的指标近 92 天没有数值。

    Population: the objectives held. Failing: their indicator has no figure of the last 92 days.
    """
    return Sample(direction.objectives(moment), direction.unmonitored(moment))


@check("6.2.1-C3", reads=(*OBJECTIVES, "direction.concerned", "direction.informed"), whole=True)
def objectives_are_known(moment: Moment) -> Sample:
    """总体：与现行质量目标有关的人。不通过：没有确认知道。

    Population: the people concerned by objectives. Failing: they did not say that they know.
    """
    return Sample(direction.concerned(moment), direction.uninformed(moment))
