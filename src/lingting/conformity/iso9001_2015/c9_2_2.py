"""9.2.2 Audit programme (审核方案): what the register of audits can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.audits import queries as audits


@check("9.2.2-C1", reads=("audits.examined", "audits.audit", "audits.joined", "audits.works"))
def nobody_audits_own_work(moment: Moment) -> Sample:
    """总体：审核看过的内容。不通过：组长或组员当天在那个过程工作，或负责那一条。

    Population: what audits looked at. Failing: the lead or a member of the team worked in that process on that day, or answered for that clause.
    """
    return Sample(audits.examined(moment), audits.own_work(moment))


@check("9.2.2-C2", reads=("audits.audit", "audits.reported", "audits.population", "audits.drawn"))
def samples_can_be_drawn_again(moment: Moment) -> Sample:
    """总体：已完成的审核。不通过：没有从写明并冻结的总体、用审核员的种子抽出的样本。

    Population: finished audits. Failing: no sample drawn with a seed from a population that is said in words and frozen.
    """
    return Sample(audits.finished(moment), audits.without_sample(moment))


@check("9.2.2-C3", reads=("audits.finding",))
def findings_are_founded(moment: Moment) -> Sample:
    """总体：审核发现。不通过：准则、证据、判定缺一。

    Population: audit findings. Failing: criterion, evidence or judgement is missing.
    """
    return Sample(audits.findings(moment), audits.findings_incomplete(moment))


@check("9.2.2-C4", reads=("audits.finding", "audits.corrected"), timed=True, whole=True)
def findings_are_corrected_in_time(moment: Moment) -> Sample:
    """总体：已整改或期限已过的不符合。不通过：没有整改，或晚于期限。

    Population: nonconformities found that were corrected, or whose day is past. Failing: not corrected, or later.
    """
    return Sample(audits.findings_due(moment), audits.findings_late(moment))
