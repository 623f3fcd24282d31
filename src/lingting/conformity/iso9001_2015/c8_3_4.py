"""8.3.4 Controls of design and development (设计和开发控制): what the register of designs can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.designs import queries as designs


@check("8.3.4-C1", reads=("designs.project", "designs.launched", "designs.controlled"))
def designs_are_reviewed_verified_and_validated(moment: Moment) -> Sample:
    """总体：已上线的设计项目。不通过：上线之前评审、验证、确认缺了一样。

    Population: designs that went live. Failing: review, verification or validation is missing before.
    """
    return Sample(designs.launched(moment), designs.uncontrolled(moment))


@check("8.3.4-C2", reads=("designs.launched", "designs.controlled", "designs.problem", "designs.solved"))
def nothing_goes_live_with_a_blocking_problem(moment: Moment) -> Sample:
    """总体：每次上线。不通过：之前发现的、妨碍上线的问题还没有解决。

    Population: every going live. Failing: a blocking problem found before was not solved.
    """
    return Sample(designs.launches(moment), designs.launched_blocked(moment))
