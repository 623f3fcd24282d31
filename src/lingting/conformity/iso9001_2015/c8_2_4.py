"""8.2.4 Changes to requirements (产品和服务要求的更改): what orders can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.orders import queries as orders

CHANGES = ("orders.change", "orders.effective")


@check("8.2.4-C1", reads=(*CHANGES, "orders.dependant", "orders.amended"))
def what_a_change_makes_wrong_is_amended(moment: Moment) -> Sample:
    """总体：已生效的订单更改。不通过：没有查明要修改哪些订单、工单、条目或文件，或生效时还有没改的。

    Population: changes of orders in effect. Failing: nobody looked what has to be amended, or some of it was not when the change took effect.
    """
    return Sample(orders.effective(moment), orders.unamended(moment))


@check("8.2.4-C2", reads=(*CHANGES, "orders.concerned", "orders.informed"))
def those_concerned_know_before(moment: Moment) -> Sample:
    """总体：已生效的订单更改。不通过：没有查明哪些岗位、人员或外部供方要知道，或有人在生效前没有得知。

    Population: changes of orders in effect. Failing: nobody looked which roles, people or providers must know, or one of them did not before it took effect.
    """
    return Sample(orders.effective(moment), orders.uninformed(moment))
