"""9.1.1 Monitoring and measuring (监视和测量): what indicators and their figures can answer."""

from lingting.conformity import signals
from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction

INDICATORS = ("direction.indicator", "direction.ended")


@check("9.1.1-C1", reads=INDICATORS)
def indicators_are_defined(moment: Moment) -> Sample:
    """总体：监视中的指标。不通过：定义、方法、频次、责任人、决策门槛缺一。

    Population: the indicators watched. Failing: definition, method, frequency, owner or threshold is missing.
    """
    return Sample(direction.indicators(moment), direction.undefined(moment))


@check("9.1.1-C2", reads=(*INDICATORS, "direction.expected", "direction.value"), timed=True, whole=True)
def measurements_are_made(moment: Moment) -> Sample:
    """总体：已有数值或结束满 7 天的测量时期。不通过：没有数值。

    Population: periods whose figure is there, or that ended 7 days ago. Failing: no figure.
    """
    return Sample(direction.figures_due(moment), direction.figures_missing(moment))


@check("9.1.1-C3", reads=(*INDICATORS, "direction.value", "direction.handled"), timed=True)
def signals_are_looked_into(moment: Moment) -> Sample:
    """总体：控制图（单值图，至少 8 个数值，西电规则）发出信号满 14 天或已查的数值。不通过：没有人查过原因。

    Population: figures that signalled on their control chart (single values, at least 8, Western Electric rules) 14 days ago, or were looked into.
    Failing: nobody looked why.
    """
    return signals.sample(moment)
