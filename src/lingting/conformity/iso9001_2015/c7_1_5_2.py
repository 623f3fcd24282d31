"""7.1.5.2 Measurement traceability (测量溯源): what the register of instruments can answer."""

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c7_1_5_1 import FITNESS, IN_USE
from lingting.ledger.moment import Moment
from lingting.registers.instruments import queries as instruments


@check(
    "7.1.5.2-C1",
    reads=(*IN_USE, *FITNESS, "instruments.tagged", "instruments.plan", "instruments.certificate", "instruments.version", "instruments.deployed"),
    timed=True,
)
def status_and_due_date_are_shown(moment: Moment) -> Sample:
    """总体：校准过、或已使用满 14 天（本机构规定）的在用资源。不通过：看不到状态和到期日（器具看标签），已过期仍在用，或缺法定检定。

    Population: instruments in use that were calibrated, or have been in use for 14 days (ours). Failing: status and due date cannot be seen (a device
    wears a label, others stand in the register), in use past the date, or without the legal verification that the law asks for.
    """
    return Sample(instruments.shown(moment), instruments.unshown(moment))


@check("7.1.5.2-C2", reads=("instruments.calibrated", "instruments.certificate", "instruments.rechecked"))
def certificates_are_traceable(moment: Moment) -> Sample:
    """总体：外部实验室所做的校准和检定。不通过：缺证书编号、标准器、实验室或不确定度（检定给出等级，不要求不确定度），或从 PDF 抄录而没有第二人核对。

    Population: calibrations and verifications by outside laboratories. Failing: no number, standard, laboratory or uncertainty (a verification states
    a class and needs none), or typed from a PDF and compared by nobody else.
    """
    return Sample(instruments.external(moment), instruments.untraceable(moment))


@check("7.1.5.2-C3", reads=("instruments.labelled",))
def gold_items_are_labelled_by_two_and_settled(moment: Moment) -> Sample:
    """总体：标准样本集里的样本（每一套都写明版本和来源）。不通过：没有两个人独立的标注，或没有裁定。

    Population: items of gold sets, each of which names its version and origin. Failing: not labelled by two people on their own, or not settled.
    """
    return Sample(instruments.labelled(moment), instruments.unadjudicated(moment))


@check("7.1.5.2-C4", reads=("instruments.unfit", "instruments.closed"), timed=True)
def unfit_instruments_are_looked_back_on(moment: Moment) -> Sample:
    """总体：发现测量资源不适用、已满 7 天（本机构规定）或已追溯完的情形。不通过：没有追溯完；每个受影响的结果都有处置、当事人都被告知，才算追溯完。

    Population: times an instrument was found unfit, at least 7 days ago (ours) or looked back on already. Failing: the look-back is not finished,
    which it is only when every result was disposed of and everybody concerned was told.
    """
    return Sample(instruments.assessable(moment), instruments.unassessed(moment))


@check("7.1.5.2-C5", reads=("instruments.version", "instruments.deployed", "instruments.seen", "instruments.approved"))
def parameters_are_those_approved(moment: Moment) -> Sample:
    """总体：投入使用的规则、模型、提示词、问卷和固件版本。不通过：参数没有人批准，或最近看到的哈希与批准的不同。

    Population: versions of rules, models, prompts, questionnaires and firmware in use. Failing: nobody approved the parameters, or the digest last seen
    is not the one approved.
    """
    return Sample(instruments.deployed(moment), instruments.tampered(moment))
