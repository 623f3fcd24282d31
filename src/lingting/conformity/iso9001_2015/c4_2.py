"""4.2 Needs and expectations of interested parties (相关方的需求和期望): what the register of parties can answer."""

from datetime import timedelta

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.parties import queries as parties

NEEDS = ("parties.need", "parties.adopted", "parties.declined")


@check("4.2-C1", reads=("parties.party", "parties.judged", "parties.need"))
def relevant_parties_have_needs(moment: Moment) -> Sample:
    """总体：判定为相关的相关方。不通过：没有一条写明来源的需求。

    Population: parties judged relevant. Failing: no need with its origin is written down.
    """
    return Sample(parties.relevant(moment), parties.without_need(moment))


@check("4.2-C2", reads=NEEDS)
def needs_are_treated(moment: Moment) -> Sample:
    """总体：已知的需求。不通过：既没有落到条款、过程或目标，也没有写明不采纳的理由。

    Population: the needs known. Failing: neither linked to a clause, process or objective nor declined with a reason.
    """
    return Sample(parties.needs(moment), parties.untreated(moment))


@check("4.2-C3", reads=NEEDS, timed=True)
def heard_needs_are_decided(moment: Moment) -> Sample:
    """总体：从会话或公告中听到的需求。不通过：听到后 30 天内没有作出决定。

    Population: needs heard in conversations or notices. Failing: no decision within 30 days of hearing.
    """
    return Sample(parties.heard_needs(moment), parties.late_needs(moment, within=timedelta(days=30)))


@check("4.2-C4", reads=("parties.reviewed",), timed=True)
def register_is_reviewed(moment: Moment) -> Sample:
    """总体：最近一次对整个清单的评审。不通过：距今超过 365 天。

    Population: the latest review of the whole register. Failing: more than 365 days ago.
    """
    return Sample(parties.last_review(moment), parties.review_overdue(moment))


@check("4.2-H1", reads=("parties.party", "parties.judged"), timed=True)
def parties_are_judged(moment: Moment) -> Sample:
    """总体：清单上顾客以外的相关方。不通过：没有判定是否相关，或判定已过复核日期。

    Population: the parties on the register other than customers. Failing: nobody decided whether they are relevant, or the decision is past its review.
    """
    return Sample(parties.listed(moment), parties.listed_undecided(moment))
