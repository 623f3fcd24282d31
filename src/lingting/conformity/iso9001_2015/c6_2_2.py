"""6.2.2 Planning to achieve objectives (实现质量目标的策划): what direction can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction

OBJECTIVES = ("direction.objective", "direction.ended")


@check("6.2.2-C1", reads=(*OBJECTIVES, "direction.plan"))
def plans_have_five_elements(moment: Moment) -> Sample:
    """总体：现行质量目标。不通过：没有一份写明做什么、资源、谁、何时、如何评价的计划。

    Population: the objectives held. Failing: no plan says what, with which resources, who, by when and how the result is judged.
    """
    return Sample(direction.objectives(moment), direction.unplanned(moment))


@check("6.2.2-C2", reads=(*OBJECTIVES, "direction.indicator", "direction.value", "direction.explained"), timed=True)
def misses_are_explained(moment: Moment) -> Sample:
    """总体：期限已过满 30 天或已分析的未达成目标（没有数值也算未达成）。不通过：没有分析和决定。

    Population: objectives missed 30 days ago, or explained; without a figure an objective is missed. Failing: no analysis with a decision.
    """
    return Sample(direction.to_explain(moment), direction.unexplained(moment))
