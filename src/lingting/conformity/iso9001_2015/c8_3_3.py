"""8.3.3 Inputs of design and development (设计和开发输入): what the register of designs can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.designs import queries as designs


@check("8.3.3-C1", reads=("designs.project", "designs.input"))
def inputs_learn_from_complaints_and_failures(moment: Moment) -> Sample:
    """总体：设计项目。不通过：输入没有引用历史投诉（写明出处），或没有失效的潜在后果。

    Population: designs. Failing: no input cites a past complaint with its source, or none names what failure would lead to.
    """
    return Sample(designs.projects(moment), designs.without_lessons(moment))


@check("8.3.3-C2", reads=("designs.conflict", "designs.settled", "designs.passed", "designs.launched"))
def conflicts_are_settled_before_a_stage_ends(moment: Moment) -> Sample:
    """总体：发现的输入矛盾。不通过：阶段结束或上线时仍未解决。

    Population: conflicts found between inputs. Failing: still open when a stage ended or the design went live.
    """
    return Sample(designs.conflicts(moment), designs.carried_over(moment))
