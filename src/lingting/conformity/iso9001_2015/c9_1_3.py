"""9.1.3 Analysis and evaluation (分析与评价): what direction can answer."""

from lingting.conformity.check import Listed, Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction
from lingting.registers.direction.choices import Topic


@check("9.1.3-C1", reads=("direction.analysis",), timed=True)
def all_aspects_are_analysed(moment: Moment) -> Sample:
    """总体：标准点名的七个方面（做过任何分析之后）。不通过：没有一份时期在近 92 天内结束的分析。

    Population: the seven aspects the standard names, once anything was analysed. Failing: no analysis over a period that ended in the last 92 days.
    """
    if not direction.analyses(moment).exists():
        return Sample(Listed(), Listed())
    missing = tuple(topic.value for topic in Topic if not direction.current_analyses(moment, topic).exists())
    return Sample(Listed(tuple(topic.value for topic in Topic)), Listed(missing))


@check("9.1.3-C2", reads=("direction.analysis", "direction.decision"), timed=True, whole=True)
def analyses_lead_to_decisions(moment: Moment) -> Sample:
    """总体：满 30 天或已有决定的分析。不通过：没有决定（“不需要做什么”也是决定）。

    Population: analyses of 30 days ago, or with a decision. Failing: no decision; that nothing is needed is one too.
    """
    return Sample(direction.to_decide(moment), direction.undecided(moment))
