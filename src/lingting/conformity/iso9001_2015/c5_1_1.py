"""5.1.1 Leadership, general (领导作用 总则): what complaints can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.complaints import queries as complaints


@check("5.1.1-C3", reads=("complaints.complaint", "complaints.merged", "complaints.assessed", "complaints.taken"), timed=True)
def serious_complaints_are_seen_at_the_top(moment: Moment) -> Sample:
    """总体：评为重大、已由最高管理者接手或已满 24 小时的投诉。不通过：评定后 24 小时内最高管理者没有过目。

    Population: complaints assessed as serious, taken over by top management or 24 hours past. Failing: top management did not see it within 24 hours of
    the assessment.
    """
    return Sample(complaints.serious_due(moment), complaints.serious_unseen(moment))
