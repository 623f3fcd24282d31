"""8.4.1 External provision, general (外部提供的过程、产品和服务的控制：总则): what the register of external providers can answer."""

from lingting.conformity import providers
from lingting.conformity.check import Sample, Together, check
from lingting.ledger.moment import Moment
from lingting.registers.suppliers import queries as suppliers

PROVIDERS = ("suppliers.provider", "suppliers.ceased")
EVALUATIONS = (*PROVIDERS, "suppliers.criteria", "suppliers.criterion", "suppliers.evaluated")
PERFORMANCE = (*PROVIDERS, "suppliers.yardstick", "suppliers.measured")
ACTIONS = ("suppliers.action", "suppliers.done")
PROVISION = ("suppliers.provision", "suppliers.resumed", "suppliers.plan")


@check("8.4.1-C1", reads=PROVIDERS)
def providers_are_assigned_to_a_case(moment: Moment) -> Sample:
    """总体：在用的外部供方。不通过：没有归入三种情形中的任何一种。

    Population: active external providers. Failing: assigned to none of the three cases.
    """
    return Sample(suppliers.active(moment), suppliers.unclassified(moment))


@check(
    "8.4.1-C2", timed=True,
    reads=(
        *PROVIDERS, *PROVISION, "suppliers.called", "suppliers.named", "suppliers.exempted", "suppliers.identified",
        "processes.process", "conversations.conversation",
    ),
)  # fmt: skip
def what_comes_from_outside_is_identified(moment: Moment) -> Sample:
    """总体：发票、接口、单据上出现的每个外部名称（已说明不属于外部提供的除外），录音所用的语音识别，每个过程。不通过：没有登记为供方，或过程没有有效的识别回答、没有受控供方。

    Population: every name from outside on invoices, interfaces and papers (but those decided to be no external provider), the speech recognition that
    recordings use, and every process. Failing: no registered provider; or a process for which nobody answered whether anything comes from outside, whose
    answer is past its review, or whose yes has no provider with a control.
    """
    scope = Together(suppliers.names_met(moment), providers.recognised(moment), providers.processes(moment))
    return Sample(scope, Together(suppliers.unregistered(moment), providers.unrecognised(moment), providers.unidentified(moment)))


@check("8.4.1-C3", reads=EVALUATIONS)
def providers_are_evaluated_by_criteria_in_force(moment: Moment) -> Sample:
    """总体：在用的外部供方。不通过：从未按评价当时现行的准则评价过，或准则里没有一条衡量能力（只有价格）；评价、选择、监视、再评价四类准则缺一类时，全部不通过。

    Population: active external providers. Failing: never evaluated by the criteria in force at that time, or by criteria that measure no ability (price
    alone); while one of the four sets – evaluation, selection, monitoring, re-evaluation – is missing, all of them.
    """
    return Sample(suppliers.active(moment), suppliers.unevaluated(moment))


@check("8.4.1-C4", reads=PERFORMANCE, timed=True)
def performance_is_counted_by_period(moment: Moment) -> Sample:
    """总体：已统计的各期绩效、到期 15 天仍未统计的指标、在用满一期仍没有任何指标的供方。不通过：后两者，以及前一期漏掉的。

    Population: periods that were counted, yardsticks whose last period was not counted 15 days after its end, and providers active for a period without any
    yardstick. Failing: the latter two, and periods before which one was left out.
    """
    missing = (suppliers.uncounted(moment), suppliers.unwatched(moment))
    return Sample(Together(suppliers.measured(moment), *missing), Together(suppliers.after_a_hole(moment), *missing))


@check("8.4.1-C5", reads=("suppliers.evaluated", "suppliers.measured", *ACTIONS), timed=True)
def results_below_their_limit_have_an_action(moment: Moment) -> Sample:
    """总体：得分低于及格分的评价、低于目标的各期绩效（满 7 天或已有措施）。不通过：没有措施，或措施全部过期未完成。

    Population: evaluations below their limit and periods below target, at least 7 days old or with an action. Failing: without an action, or with none but
    overdue ones.
    """
    evaluations = suppliers.to_act_on(suppliers.evaluations_below(moment), moment, trigger="evaluated")
    periods = suppliers.to_act_on(suppliers.periods_below(moment), moment, trigger="measured")
    return Sample(Together(evaluations, periods), Together(suppliers.evaluations_without_action(moment), suppliers.periods_without_action(moment)))


@check("8.4.1-C6", reads=(*PROVIDERS, "suppliers.evaluated"), timed=True)
def providers_are_evaluated_again_when_due(moment: Moment) -> Sample:
    """总体：在用且评价过的外部供方（从未评价的见 C3）。不通过：过了定下的再评价日期，或上次评价已超过 365 天。

    Population: active external providers that were evaluated (for those that never were, see C3). Failing: past the day set for re-evaluation, or last
    evaluated more than 365 days ago.
    """
    return Sample(suppliers.evaluated(moment), suppliers.expired(moment))
