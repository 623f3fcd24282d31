"""8.3.5 Outputs of design and development (设计和开发输出): what the register of designs can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.designs import queries as designs


@check("8.3.5-C1", reads=("designs.output",))
def outputs_say_when_they_are_right(moment: Moment) -> Sample:
    """总体：设计输出。不通过：没有判定准则。

    Population: outputs of designs. Failing: without acceptance criteria.
    """
    return Sample(designs.outputs(moment), designs.without_criteria(moment))


@check("8.3.5-C2", reads=("designs.input", "designs.met", "designs.launched"))
def outputs_answer_inputs(moment: Moment) -> Sample:
    """总体：已上线设计的输入。不通过：没有一项输出满足它。

    Population: inputs of designs that went live. Failing: answered by no output.
    """
    return Sample(designs.inputs_due(moment), designs.unmet(moment))
