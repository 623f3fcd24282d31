"""8.5.4 Preservation (防护): what deliveries can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.deliveries import queries as deliveries


@check("8.5.4-C2", reads=("deliveries.shipment", "deliveries.tracked"))
def goods_arrive_whole(moment: Moment) -> Sample:
    """总体：已送达、退回或丢失的运单。不通过：有破损，或丢失。

    Population: shipments delivered, returned or lost. Failing: damaged or lost.
    """
    return Sample(deliveries.ended(moment), deliveries.damaged(moment))
