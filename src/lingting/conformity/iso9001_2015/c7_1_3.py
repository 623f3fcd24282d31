"""7.1.3 Infrastructure (基础设施): what assets, outages and drills can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.processes import standing

ASSETS = ("processes.asset", "processes.scrapped")
OUTAGES = ("processes.outage", "processes.restored")


@check("7.1.3-C1", reads=(*ASSETS, *OUTAGES), timed=True)
def key_systems_are_available(moment: Moment) -> Sample:
    """总体：在用的关键设施。不通过：近 30 天的可用率低于目标（没有定目标的按 99.5%）。

    Population: the critical assets in use. Failing: available for less of the last 30 days than its target (99.5 % where none was set).
    """
    return Sample(standing.watched(moment), standing.unavailable(moment))


@check("7.1.3-C2", reads=(*OUTAGES, "processes.told"), timed=True)
def customers_hear_of_outages(moment: Moment) -> Sample:
    """总体：顾客察觉得到、已满一小时或已告知的中断。不通过：一小时内没有告知顾客，或满一天还没有恢复的记录。

    Population: outages that customers notice, an hour old or told. Failing: customers not told within an hour, or after a day nothing is on record of when
    it ended.
    """
    return Sample(standing.visible(moment), standing.unannounced(moment))


@check("7.1.3-C3", reads=(*ASSETS, "processes.maintained"), timed=True)
def restoring_is_rehearsed(moment: Moment) -> Sample:
    """总体：存有数据、启用已满 180 天或演练过的设施。不通过：180 天内没有成功的恢复演练。

    Population: assets that hold data, in use for 180 days or rehearsed already. Failing: no successful restore within 180 days.
    """
    return Sample(standing.keepers(moment), standing.unrehearsed(moment))
