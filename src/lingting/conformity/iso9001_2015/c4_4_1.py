"""4.4.1 The system and its processes (体系及其过程): what the register of processes can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.processes import queries as processes

PROCESSES = ("processes.process", "processes.ended")
OUTPUTS = (*PROCESSES, "processes.output", "processes.receiver")


@check("4.4.1-C1", reads=(*PROCESSES, "processes.described", "processes.output", "processes.indicator"))
def processes_are_described(moment: Moment) -> Sample:
    """总体：在用的过程。不通过：缺负责人、输入、输出、准则或指标中的任何一项。

    Population: the processes that are run. Failing: owner, inputs, outputs, criteria or indicator is missing.
    """
    return Sample(processes.processes(moment), processes.undescribed(moment))


@check("4.4.1-C2", reads=OUTPUTS)
def every_output_has_a_receiver(moment: Moment) -> Sample:
    """总体：在用过程的输出（含各步骤的）。不通过：没有接收者，或接收的过程已停止。

    Population: what comes out of the processes that are run, and out of their steps. Failing: nobody receives it, or a process that is run no more.
    """
    return Sample(processes.outputs(moment), processes.open_outputs(moment))


@check("4.4.1-C3", reads=(*PROCESSES, "processes.indicator", "processes.value"), timed=True)
def indicators_have_values(moment: Moment) -> Sample:
    """总体：设立已满一个评价周期、或已有数据的过程指标。不通过：最近一个周期内没有数据。

    Population: indicators of processes that have run for a period or have a value. Failing: no value within the last period.
    """
    return Sample(processes.indicators(moment), processes.valueless(moment))


@check("4.4.1-C4", reads=(*PROCESSES, "processes.described"))
def processes_name_their_risks(moment: Moment) -> Sample:
    """总体：在用的过程。不通过：现行说明里没有写关联的风险或机遇编号。

    Population: the processes that are run. Failing: the description in force names no code of a risk or opportunity.
    """
    return Sample(processes.processes(moment), processes.riskless(moment))
