"""7.1.1 General (资源总则): what the registers of people and surroundings can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.people import queries as people
from lingting.registers.surroundings import queries as surroundings


@check("7.1.1-C2", reads=("people.staffing", "people.absent", "surroundings.shift"), timed=True)
def as_many_are_on_shift_as_planned(moment: Moment) -> Sample:
    """总体：测算过人力、已经过去的时段。不通过：开始时到岗的人少于测算的人数。

    Population: intervals that are over and whose people were reckoned. Failing: fewer on shift at the beginning than were needed.
    """
    planned = people.intervals(moment)
    return Sample(planned, surroundings.understaffed(planned, people.absences(moment), moment))
