"""8.7.1 Nonconforming outputs (不合格输出的控制): what findings and the register of improvements can answer."""

from lingting.conformity import outcomes
from lingting.conformity.check import TAKEN_BACK, Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.improvements import queries as improvements

OUTPUT, DISPOSED = "improvements.output", "improvements.disposed"


@check("8.7.1-C1", reads=("conversations.found", OUTPUT, DISPOSED, *TAKEN_BACK), timed=True)
def critical_findings_are_disposed_of(moment: Moment) -> Sample:
    """总体：听到满一天或已处置的严重偏差。不通过：没有登记为不合格输出，或没有处置。

    Population: critical breaches heard a day ago, or dealt with. Failing: not registered as a nonconforming output, or without a disposition.
    """
    return Sample(outcomes.critical(moment), outcomes.critical_undisposed(moment))


@check("8.7.1-C2", reads=(OUTPUT, "improvements.notified"), timed=True)
def affected_customers_are_told_and_helped(moment: Moment) -> Sample:
    """总体：影响到顾客、满一天或已告知的不合格输出。不通过：没有告知顾客，或没有说明怎样补救。

    Population: outputs that affect a customer, a day old or told of. Failing: the customer was not told, or not how it is made good.
    """
    return Sample(improvements.to_tell(moment), improvements.customers_untold(moment))


@check("8.7.1-C3", reads=(OUTPUT, DISPOSED, "improvements.reverified"), timed=True)
def corrections_are_verified(moment: Moment) -> Sample:
    """总体：纠正满一天或已再验证的不合格输出。不通过：没有再验证，或再验证仍不符合。

    Population: outputs corrected a day ago, or verified since. Failing: not verified again, or found wanting again.
    """
    return Sample(improvements.corrected(moment), improvements.unreverified(moment))
