"""10.1 Improvement, general (改进 总则): what improvements can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.improvements import queries as improvements

SEEN = ("improvements.opportunity", "improvements.chosen")


@check("10.1-C1", reads=SEEN, timed=True)
def opportunities_are_decided_on(moment: Moment) -> Sample:
    """总体：满 30 天或已决定的改进机会。不通过：没有写明来源，或没有带理由的决定。

    Population: opportunities 30 days old, or decided on. Failing: without an origin, or without a decision and its reason.
    """
    return Sample(improvements.to_choose(moment), improvements.unchosen(moment))


@check("10.1-C2", reads=SEEN, timed=True, whole=True)
def suggestions_are_assessed(moment: Moment) -> Sample:
    """总体：登记满 14 天或已评估的顾客建议。不通过：14 天内没有评估。

    Population: customers' suggestions registered 14 days ago, or assessed. Failing: not assessed within 14 days.
    """
    return Sample(improvements.suggestions(moment), improvements.suggestions_waiting(moment))
