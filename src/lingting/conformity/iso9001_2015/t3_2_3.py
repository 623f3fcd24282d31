"""3.2.3 Interested party (相关方), a term of ISO 9000:2015: it has checks, but no state of conformity."""

from lingting.conformity.check import Listed, Sample, Together, check
from lingting.ledger.moment import Moment
from lingting.registers.parties import queries as parties


@check("3.2.3-C1", reads=("parties.judged", "parties.considered"), timed=True)
def every_category_was_looked_for(moment: Moment) -> Sample:
    """总体：相关方的各个类别（从有人开始识别算起）。不通过：没有写明“有”或“没有”及理由，或已过复核日期。

    Population: the categories of interested party, once anybody has begun to look. Failing: nobody said, with a reason, whether there is one, or the day of
    review is past.
    """
    asked = parties.CATEGORIES if parties.looked_for(moment) else ()
    return Sample(Listed(asked), Listed(parties.categories_open(moment) if asked else ()))


@check("3.2.3-C2", reads=("parties.party",))
def inside_and_outside_are_known(moment: Moment) -> Sample:
    """计数：登记在册的内部相关方（下一道工序、其他部门）。

    Counted: the internal parties in the register (next process step, other departments).
    """
    inside = parties.inside(moment)
    return Sample(inside, inside.none())


@check("3.2.3-C3", reads=("parties.placed", "parties.turnedaway"))
def whoever_feels_affected_is_taken_up(moment: Moment) -> Sample:
    """总体：在会话中说自己受影响、已被收录或被拒绝的人。不通过：以“不是客户”之类的理由拒绝，之后也没有收录。

    Population: people who said in a conversation that they are affected, taken up or turned away. Failing: turned away and never
    taken up afterwards.
    """
    refused = parties.turned_away(moment)
    return Sample(Together(parties.taken_up(moment), refused), refused)
