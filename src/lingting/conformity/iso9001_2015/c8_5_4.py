"""8.5.4 Preservation (防护): what transfers of data and deliveries can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.deliveries import queries as deliveries
from lingting.registers.processes import controlling


@check("8.5.4-C1", reads=("processes.transfer", "processes.arrived"), timed=True)
def data_arrive_whole_and_unread(moment: Moment) -> Sample:
    """总体：满一天或已核对的数据传输。不通过：没有加密，或没有核对出相同的校验值。

    Population: transfers of data a day old or confirmed. Failing: not encrypted, or not found to have the same checksum at the other end.
    """
    return Sample(controlling.transfers(moment), controlling.careless_transfers(moment))


@check("8.5.4-C2", reads=("deliveries.shipment", "deliveries.tracked"))
def goods_arrive_whole(moment: Moment) -> Sample:
    """总体：已送达、退回或丢失的运单。不通过：有破损，或丢失。

    Population: shipments delivered, returned or lost. Failing: damaged or lost.
    """
    return Sample(deliveries.ended(moment), deliveries.damaged(moment))
