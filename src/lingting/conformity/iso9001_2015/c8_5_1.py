"""8.5.1 Control of production and service provision (生产和服务提供的控制): what promises can answer."""

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c8_2_1 import PROMISES
from lingting.ledger.moment import Moment
from lingting.registers.promises import queries as promises


@check("8.5.1-C3", units=PROMISES, timed=True)
def promises_are_kept_in_time(moment: Moment) -> Sample:
    """总体：约定时间已到、或已提前兑现的承诺。不通过：到时间没有兑现。

    Population: promises whose time is up or that were kept before it. Failing: not kept by their time.
    """
    return Sample(promises.due(moment), promises.broken(moment), promises.turning(moment))
