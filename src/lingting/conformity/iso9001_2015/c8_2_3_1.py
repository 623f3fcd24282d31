"""8.2.3.1 Review of requirements (要求的评审): what orders can answer."""

from functools import reduce
from operator import or_

from django.db.models import Q

from lingting.conformity import goods
from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.orders import queries as orders


@check("8.2.3.1-C1", reads=("orders.order", "orders.line", "orders.accepted", "orders.reviewed", "offerings.goods", "offerings.delisted"))
def orders_are_reviewed_before_acceptance(moment: Moment) -> Sample:
    """总体：已接受的订单。不通过：接受之前没有评审，或评审结论是做不到；货名在禁运清单上；货物要控温，订单里没有写温度。

    Population: orders accepted. Failing: not reviewed before, or the reviews said that we cannot; the goods are on the list of what is banned; or they are to
    be kept at a temperature and the order names none.
    """
    accepted = orders.accepted(moment)
    against = goods.banned(accepted, moment).values("pk"), goods.without_temperature(accepted, moment).values("pk"), orders.unreviewed(moment).values("pk")
    return Sample(accepted, accepted.filter(reduce(or_, (Q(pk__in=rows) for rows in against))))


@check("8.2.3.1-C2", reads=("orders.difference", "orders.resolved", "orders.accepted"))
def differences_are_resolved_before_acceptance(moment: Moment) -> Sample:
    """总体：已接受的订单在评审中发现的差异。不通过：接受之前没有解决。

    Population: differences found in orders that were accepted. Failing: not resolved before.
    """
    return Sample(orders.differences(moment), orders.unresolved(moment))


@check("8.2.3.1-C3", reads=("orders.order", "orders.accepted", "orders.confirmed"))
def spoken_orders_are_confirmed_before_acceptance(moment: Moment) -> Sample:
    """总体：已接受的口头订单。不通过：接受之前顾客没有确认。

    Population: spoken orders accepted. Failing: the customer had not confirmed them before.
    """
    return Sample(orders.spoken(moment), orders.unconfirmed(moment))
