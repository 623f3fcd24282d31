"""10.2.1 Reaction to nonconformity (不合格的应对): what improvements and registered complaints can answer."""

from lingting.conformity import outcomes
from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.improvements import queries as improvements

RAISED, CLOSED = "improvements.nonconformity", "improvements.closed"


@check("10.2.1-C1", reads=("complaints.complaint", "complaints.merged", "improvements.weighed"), timed=True)
def complaints_are_judged(moment: Moment) -> Sample:
    """总体：登记满一天或已判定的投诉；会话中听到而没有登记的，由 8.2.1-C7 查。不通过：没有判定是否构成不合格。

    Population: complaints registered a day ago, or judged; those heard in conversations and not registered are asked about by 8.2.1-C7. Failing: not
    judged a nonconformity or not.
    """
    return Sample(outcomes.complaints(moment), outcomes.complaints_unjudged(moment))


@check("10.2.1-C2", reads=(RAISED, "improvements.contained"), timed=True)
def nonconformities_are_contained(moment: Moment) -> Sample:
    """总体：已纠正或纠正时限（一天）已到的不合格。不通过：时限内没有纠正。

    Population: nonconformities contained or due to be (within a day). Failing: not contained in that time.
    """
    return Sample(improvements.to_contain(moment), improvements.contained_late(moment))


@check("10.2.1-C3", reads=(RAISED, CLOSED, "improvements.analysed", "improvements.action"))
def causes_are_found(moment: Moment) -> Sample:
    """总体：已分析、已采取措施或已关闭的不合格。不通过：没有写明原因，或没有查过类似情况。

    Population: nonconformities analysed, acted on or closed. Failing: no cause, or no look for similar cases.
    """
    return Sample(improvements.acted_on(moment), improvements.without_cause(moment))


@check(
    "10.2.1-C4",
    reads=(CLOSED, "improvements.action", "improvements.done", "improvements.verified"),
)
def effects_are_verified(moment: Moment) -> Sample:
    """总体：已关闭的不合格所采取的措施。不通过：没有由负责人以外的人、在措施运行满 14 天后验证有效。

    Population: the actions of closed nonconformities. Failing: not verified as effective by somebody other than the owner after running for 14 days.
    """
    return Sample(improvements.closed_actions(moment), improvements.unverified(moment))


@check("10.2.1-C5", reads=(RAISED, CLOSED))
def nonconformities_do_not_recur(moment: Moment) -> Sample:
    """总体：提出的不合格。不通过：同一要求的不合格曾经关闭，又再次出现。

    Population: nonconformities raised. Failing: one against the same requirement had been closed before.
    """
    return Sample(improvements.raised(moment), improvements.recurring(moment))
