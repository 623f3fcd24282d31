"""3.2.3 Interested party (相关方), a term of ISO 9000:2015: it has checks, but no state of conformity."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.parties import queries as parties


@check("3.2.3-C2", reads=("parties.party",))
def inside_and_outside_are_known(moment: Moment) -> Sample:
    """计数：登记在册的内部相关方（下一道工序、其他部门）。

    Counted: the internal parties in the register (next process step, other departments).
    """
    inside = parties.inside(moment)
    return Sample(inside, inside.none())
