"""8.3.1 Design and development, general (设计和开发总则): what the registers of offerings and of direction can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction
from lingting.registers.offerings import queries as offerings


@check("8.3.1-C1", reads=("offerings.offering", "designs.project"))
def what_is_new_was_designed(moment: Moment) -> Sample:
    """总体：登记的产品和服务，建账前已在提供的除外（来历未写明的按新开发看待）。不通过：没有设计项目，或设计项目晚于上线。

    Population: offerings, save those offered before the register began (an origin left empty counts as new). Failing: no design,
    or one begun after it went on sale.
    """
    return Sample(offerings.designed(moment), offerings.undesigned(moment))


@check("8.3.1-C2", reads=("direction.excluded", "direction.readmitted"), timed=True)
def leaving_design_out_is_founded(moment: Moment) -> Sample:
    """计数：声明 8.3（或其中一条）不适用。不通过：没有理由，或已过复核日期。没有声明不适用时无可计数。

    Counted: declarations that 8.3, or a part of it, does not apply. Failing: no reason, or past the day of review. Without such a declaration there is
    nothing to count.
    """
    return Sample(*(rows.filter(clause__startswith="8.3") for rows in (direction.excluded(moment), direction.excluded_unfounded(moment))))
