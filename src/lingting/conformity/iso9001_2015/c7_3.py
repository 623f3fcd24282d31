"""7.3 Awareness (意识): what the register of people can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.people import queries as people


@check("7.3-C1", reads=("people.person", "people.left", "people.acknowledged"), timed=True)
def people_confirm_their_awareness_every_year(moment: Moment) -> Sample:
    """总体：入职满 14 天或已确认过的在岗人员。不通过：一年内没有确认知晓方针、目标、贡献与后果。

    Population: people here for 14 days, or who confirmed before. Failing: not confirmed within a year that they know policy, objectives, part and consequences.
    """
    return Sample(people.to_aware(moment), people.unaware(moment))
