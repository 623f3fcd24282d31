"""8.3.2 Planning of design and development (设计和开发策划): what the register of designs can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.designs import queries as designs


@check("8.3.2-C1", reads=("designs.project", "designs.stage"))
def designs_have_stages_controls_and_owners(moment: Moment) -> Sample:
    """总体：设计项目。不通过：没有阶段，没有任何控制点，或有阶段没有责任人。

    Population: designs. Failing: no stages, no control point at all, or a stage that nobody answers for.
    """
    return Sample(designs.projects(moment), designs.unplanned(moment))


@check("8.3.2-C2", reads=("designs.project", "designs.joined"))
def the_service_desk_takes_part(moment: Moment) -> Sample:
    """总体：设计项目。不通过：客服部门没有会签。

    Population: designs. Failing: the service desk put no name to it.
    """
    return Sample(designs.projects(moment), designs.without_desk(moment))
