"""4.3 Scope of the system (体系范围): what direction says, held against the channels and offerings that are really in use."""

from lingting.conformity import reach
from lingting.conformity.check import Sample, Together, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction

SCOPE = ("direction.scope", "direction.covered")


@check("4.3-C1", reads=SCOPE)
def the_scope_names_what_it_covers(moment: Moment) -> Sample:
    """计数：现行的体系范围。不通过：没有写明产品和服务，或渠道、场所一样都没有写。

    Counted: the scope in force. Failing: no offering is named, or neither a channel nor a site.
    """
    return Sample(direction.scope(moment), direction.scope_unnamed(moment))


@check("4.3-C2", reads=("direction.excluded", "direction.readmitted"), timed=True)
def exclusions_are_founded(moment: Moment) -> Sample:
    """总体：声明不适用的条款。不通过：没有理由，或已过复核日期。

    Population: the requirements declared not applicable. Failing: no reason, or past the day of review.
    """
    return Sample(direction.excluded(moment), direction.excluded_unfounded(moment))


@check("4.3-C3", reads=(*SCOPE, "offerings.offering", "conversations.conversation"))
def what_is_in_use_is_covered(moment: Moment) -> Sample:
    """总体：登记的产品和服务，以及有过会话的渠道。不通过：现行范围没有写到它。

    Population: the offerings registered and the channels over which conversations came. Failing: the scope in force does not name it.
    """
    return Sample(
        Together(reach.offerings(moment), reach.channels(moment)),
        Together(reach.offerings_outside(moment), reach.channels_outside(moment)),
    )
