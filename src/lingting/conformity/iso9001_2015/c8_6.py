"""8.6 Release of products and services (产品和服务的放行): what orders can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.orders import queries as orders


@check("8.6-C1", reads=("orders.order", "orders.closed", "orders.verified"))
def orders_are_verified_before_they_are_closed(moment: Moment) -> Sample:
    """总体：已关闭的订单。不通过：关闭之前没有验证要求已满足，或顾客没有认可。

    Population: orders closed. Failing: nobody had seen that requirements are met, or the customer had not agreed, before.
    """
    return Sample(orders.closed(moment), orders.unverified(moment))


@check("8.6-C2", reads=("orders.released",))
def releases_name_somebody(moment: Moment) -> Sample:
    """总体：放行的记录（时间必有）。不通过：没有写明放行人。

    Population: releases (each has its time). Failing: nobody is named.
    """
    return Sample(orders.releases(moment), orders.nobodys(moment))
