"""8.4.3 Information for external providers (提供给外部供方的信息): what the requirements that were sent can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.suppliers import queries as suppliers

AGREEMENTS = ("suppliers.agreement", "suppliers.sent", "suppliers.withdrawn")


@check("8.4.3-C1", reads=AGREEMENTS)
def agreements_carry_the_six_kinds(moment: Moment) -> Sample:
    """总体：已发给供方、现行有效的合同或工单。不通过：六类信息中有一类既没有写明，也没有说明理由不适用。

    Population: contracts and work orders that were sent and are in force. Failing: one of the six kinds of information is neither told nor said, with a reason,
    not to apply.
    """
    return Sample(suppliers.agreements(moment), suppliers.incomplete(moment))


@check("8.4.3-C2", reads=("suppliers.agreement", "suppliers.sent", "suppliers.reviewed"))
def requirements_are_reviewed_before_they_go_out(moment: Moment) -> Sample:
    """总体：发给过供方的要求。不通过：发出之前没有经评审认为充分。

    Population: requirements that were ever sent to a provider. Failing: nobody had found them adequate before they went out.
    """
    return Sample(suppliers.sendings(moment), suppliers.unreviewed(moment))


@check("8.4.3-C3", reads=(*AGREEMENTS, "suppliers.provider"))
def personal_data_have_limits(moment: Moment) -> Sample:
    """总体：现行有效、涉及个人信息的合同或工单（外包客服、语音识别、大模型、短信供方的一律算涉及）。不通过：没有写明个人信息的处理限制。

    Population: contracts and work orders in force under which personal data pass; those with an outsourced desk, speech recognition, a language model or
    messaging always count. Failing: no limits on the use of the data.
    """
    return Sample(suppliers.with_personal_data(moment), suppliers.without_data_limits(moment))
