"""8.2.3.2 Records of the review (评审的成文信息): what orders can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.orders import queries as orders


@check("8.2.3.2-C1", reads=("orders.reviewed",))
def reviews_say_who_and_what(moment: Moment) -> Sample:
    """总体：要求评审的记录（结果和时间必有）。不通过：没有写明评审人或评审规则，或没有写明看了哪些要求。

    Population: the reviews on record (each has its result and time). Failing: neither who nor which rule reviewed is named, or not what was looked at.
    """
    return Sample(orders.reviews(moment), orders.anonymous(moment))


@check("8.2.3.2-C2", reads=("orders.wanted", "orders.transferred"), timed=True)
def new_requirements_reach_the_list(moment: Moment) -> Sample:
    """总体：评审中发现满 7 天的、或已入清单的新要求。不通过：没有进入要求清单。

    Population: new requirements found in reviews 7 days ago or transferred already. Failing: on no list.
    """
    return Sample(orders.wanted(moment), orders.untransferred(moment))
