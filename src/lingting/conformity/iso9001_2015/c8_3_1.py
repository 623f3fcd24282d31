"""8.3.1 Design and development, general (设计和开发总则): what the register of offerings can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.offerings import queries as offerings


@check("8.3.1-C1", reads=("offerings.offering", "designs.project"))
def what_is_new_was_designed(moment: Moment) -> Sample:
    """总体：登记的产品和服务，建账前已在提供的除外（来历未写明的按新开发看待）。不通过：没有设计项目，或设计项目晚于上线。

    Population: offerings, save those offered before the register began (an origin left empty counts as new). Failing: no design,
    or one begun after it went on sale.
    """
    return Sample(offerings.designed(moment), offerings.undesigned(moment))
