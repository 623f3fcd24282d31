"""7.4 Communication (沟通): what direction can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction


@check("7.4-C1", reads=("direction.message", "direction.ended"))
def plans_have_five_elements(moment: Moment) -> Sample:
    """总体：沟通计划。不通过：沟通什么、何时、与谁、如何、谁负责缺一。

    Population: planned communications. Failing: what, when, with whom, how or who is missing.
    """
    return Sample(direction.messages(moment), direction.messages_incomplete(moment))


@check("7.4-C2", reads=("direction.slot", "direction.held", "direction.ended"), timed=True, whole=True)
def communication_takes_place(moment: Moment) -> Sample:
    """总体：已发生或日期已过的沟通。不通过：没有发生，或晚于日期。

    Population: communications that took place or whose day is past. Failing: they did not, or later.
    """
    return Sample(direction.slots_due(moment), direction.slots_missed(moment))
