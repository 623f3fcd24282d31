"""8.5.2 Identification and traceability (标识和可追溯性): what conversations and deliveries can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.deliveries import queries as deliveries


@check("8.5.2-C1", reads=("conversations.conversation", "conversations.ended", "deliveries.linked"), timed=True)
def conversations_lead_to_what_they_are_about(moment: Moment) -> Sample:
    """总体：结束满 48 小时的会话。不通过：没有关联到订单、运单或产品，也没有写明为什么不关联。

    Population: conversations that ended 48 hours ago. Failing: linked to no order, shipment or offering, with no reason given why there is none.
    """
    over = conversations.over(moment, since=deliveries.LINK_WITHIN)
    return Sample(over, over.exclude(pk__in=deliveries.linked(moment).values("conversation")))


@check("8.5.2-C2", reads=("deliveries.shipment", "deliveries.tracked"), timed=True)
def shipments_have_one_status(moment: Moment) -> Sample:
    """总体：登记满 24 小时或已有状态的运单。不通过：没有状态，同一时刻有两种状态，或在送达、退回、丢失之后又有别的状态。

    Population: shipments entered 24 hours ago or with a status. Failing: no status, two at the same time, or another one after delivery, return or loss.
    """
    return Sample(deliveries.shipments(moment), deliveries.unclear(moment))
