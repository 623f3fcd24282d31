"""8.5.3 Property of customers (顾客财产): what the register of customer property can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.property import queries as property_

ITEMS = ("property.item", "property.returned")


@check("8.5.3-C1", reads=(*ITEMS, "property.moved"))
def property_is_registered_with_its_place(moment: Moment) -> Sample:
    """总体：在我们手里的顾客财产。不通过：没有写明在哪里、由谁保管。

    Population: customer property in our hands. Failing: nobody wrote down where it lies or who keeps it.
    """
    return Sample(property_.held(moment), property_.unplaced(moment))


@check("8.5.3-C2", reads=("property.harmed", "property.reported"), timed=True)
def owners_hear_of_harm_from_us(moment: Moment) -> Sample:
    """总体：已发现满 4 小时或已告知的损坏、丢失、泄露。不通过：没有在 4 小时内告知，或顾客先于我们发现。

    Population: harm found at least 4 hours ago or told already. Failing: the owner was not told within 4 hours, or found out before us.
    """
    return Sample(property_.harm_due(moment), property_.unreported(moment))


@check("8.5.3-C3", reads=(*ITEMS, "property.held"), timed=True)
def data_are_held_on_a_ground_for_a_time(moment: Moment) -> Sample:
    """总体：在我们手里的个人信息。不通过：没有处理依据，或已过保存期限仍在保存。

    Population: personal data in our hands. Failing: held without a ground, or past the period it was to be kept.
    """
    return Sample(property_.data(moment), property_.data_ungrounded(moment))


@check("8.5.3-C4", reads=ITEMS)
def returns_are_described(moment: Moment) -> Sample:
    """总体：已归还或处置的财产。不通过：没有写明收到时或归还时的状态。

    Population: property given back or disposed of. Failing: the condition at receipt or at return is not written down.
    """
    return Sample(property_.returned(moment), property_.undescribed_returns(moment))
