"""7.1.1 General (资源总则): what direction, people and surroundings can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction
from lingting.registers.people import queries as people
from lingting.registers.surroundings import queries as surroundings


@check("7.1.1-C1", reads=("direction.requested", "direction.answered"), timed=True)
def needs_are_weighed_and_answered(moment: Moment) -> Sample:
    """总体：已答复或答复期限已过的资源需求。不通过：没有答复，或没有写明现有资源能做到哪里。

    Population: needs for resources that were answered or whose day is past. Failing: no answer, or nobody said what we have and where it ends.
    """
    return Sample(direction.requests_due(moment), direction.unweighed(moment))


@check("7.1.1-C2", reads=("people.staffing", "people.absent", "surroundings.shift"), timed=True)
def as_many_are_on_shift_as_planned(moment: Moment) -> Sample:
    """总体：测算过人力、已经过去的时段。不通过：开始时到岗的人少于测算的人数。

    Population: intervals that are over and whose people were reckoned. Failing: fewer on shift at the beginning than were needed.
    """
    planned = people.intervals(moment)
    return Sample(planned, surroundings.understaffed(planned, people.absences(moment), moment))
