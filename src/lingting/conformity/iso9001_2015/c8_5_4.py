"""8.5.4 Preservation (防护): what transfers of data can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.processes import controlling


@check("8.5.4-C1", reads=("processes.transfer", "processes.arrived"), timed=True)
def data_arrive_whole_and_unread(moment: Moment) -> Sample:
    """总体：满一天或已核对的数据传输。不通过：没有加密，或没有核对出相同的校验值。

    Population: transfers of data a day old or confirmed. Failing: not encrypted, or not found to have the same checksum at the other end.
    """
    return Sample(controlling.transfers(moment), controlling.careless_transfers(moment))
