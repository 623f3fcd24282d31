"""7.1.2 People (人员): what the register of people can answer."""

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c5_3 import HELD
from lingting.ledger.moment import Moment
from lingting.registers.people import queries as people


@check("7.1.2-C1", reads=("people.staffing",))
def staffing_is_reckoned(moment: Moment) -> Sample:
    """计数：按排队模型、由话务量、处理时长和服务水平测算的人力。

    Counted: staffing reckoned with a queueing model from volume, handling time and service level.
    """
    reckoned = people.reckoned(moment)
    return Sample(reckoned, reckoned.none())


@check("7.1.2-C2", reads=HELD)
def key_roles_are_filled(moment: Moment) -> Sample:
    """总体：关键岗位。不通过：既没有人担任，也没有人代理。

    Population: key roles. Failing: nobody holds it, and nobody stands in.
    """
    return Sample(people.key_roles(moment), people.unfilled(moment))
