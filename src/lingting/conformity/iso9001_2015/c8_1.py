"""8.1 Operational planning and control (运行的策划和控制): what outsourced processes can answer."""

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c8_4_1 import PROVIDERS, PROVISION
from lingting.ledger.moment import Moment
from lingting.registers.suppliers import queries as suppliers


@check("8.1-C3", reads=(*PROVIDERS, *PROVISION))
def outsourced_processes_are_controlled(moment: Moment) -> Sample:
    """总体：在用供方承担的外包过程（或其中一段）。不通过：没有为该供方定出任何控制。

    Population: processes, or parts of one, that an active provider runs for us. Failing: no control was fixed for that provider.
    """
    return Sample(suppliers.outsourced(moment), suppliers.uncontrolled(moment))
