"""5.1.1 Leadership, general (领导作用 总则): what management reviews and requests for resources can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.audits import queries as audits
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
