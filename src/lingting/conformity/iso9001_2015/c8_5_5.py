"""8.5.5 Post-delivery activities (交付后活动): what contingencies can answer."""

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c8_2_1 import SCENARIOS
from lingting.ledger.moment import Moment
from lingting.registers.contingencies import queries as contingencies


@check("8.5.5-C6", reads=SCENARIOS)
def recalls_are_prepared(moment: Moment) -> Sample:
    """总体：判定为与某项产品或服务相关的应急情景（如召回、缺陷）。不通过：没有完整的方案，包括怎样找出要通知的顾客。

    Population: scenarios judged relevant to an offering, such as recalls and defects. Failing: no whole plan, which says how the customers to notify are
    found.
    """
    return Sample(contingencies.risky_offerings(moment), contingencies.without_recall(moment))
