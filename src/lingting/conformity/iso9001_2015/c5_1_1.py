"""5.1.1 Leadership, general (领导作用 总则): what management reviews, requests for resources and complaints can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.audits import queries as audits
from lingting.registers.complaints import queries as complaints
from lingting.registers.direction import queries as direction


@check("5.1.1-C1", reads=("audits.review", "audits.attended", "audits.concluded", "audits.decision"))
def top_management_leads_reviews(moment: Moment) -> Sample:
    """总体：管理评审。不通过：最高管理者没有参加，或没有作出任何决定。

    Population: management reviews. Failing: top management did not attend, or nothing was decided.
    """
    return Sample(audits.reviews(moment), audits.reviews_unled(moment))


@check("5.1.1-C2", reads=("direction.requested", "direction.answered"), timed=True)
def requests_for_resources_are_answered(moment: Moment) -> Sample:
    """总体：已答复或答复期限已过的资源申请。不通过：没有答复。

    Population: requests for resources that were answered or whose day is past. Failing: no answer.
    """
    return Sample(direction.requests_due(moment), direction.unanswered(moment))


@check("5.1.1-C3", reads=("complaints.complaint", "complaints.merged", "complaints.assessed", "complaints.taken"), timed=True)
def serious_complaints_are_seen_at_the_top(moment: Moment) -> Sample:
    """总体：评为重大、已由最高管理者接手或已满 24 小时的投诉。不通过：评定后 24 小时内最高管理者没有过目。

    Population: complaints assessed as serious, taken over by top management or 24 hours past. Failing: top management did not see it within 24 hours of
    the assessment.
    """
    return Sample(complaints.serious_due(moment), complaints.serious_unseen(moment))
