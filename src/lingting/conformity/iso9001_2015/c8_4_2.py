"""8.4.2 Type and extent of control (控制类型和程度): what control plans, verifications and conversations held by providers can answer."""

from lingting.conformity import providers
from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c8_4_1 import PROVIDERS
from lingting.ledger.moment import Moment
from lingting.registers.suppliers import queries as suppliers

RATED = (*PROVIDERS, "suppliers.rated")


@check("8.4.2-C1", reads=(*RATED, "suppliers.plan", "suppliers.evaluated"), timed=True)
def controls_match_the_impact(moment: Moment) -> Sample:
    """总体：在用的外部供方。不通过：没有影响分级或控制方案，或控制少于级别所需（高 4、中 3、低 2，有条件合格加 1）又没有有效理由；影响高的不看理由。

    Population: active external providers. Failing: impact not rated, no control plan, or fewer controls than the grade asks for (high 4, medium 3, low 2, one
    more while approved on conditions) without a reason that holds; where the impact is high no reason replaces controls.
    """
    return Sample(suppliers.active(moment), suppliers.thinly_controlled(moment))


@check("8.4.2-C2", reads=(*RATED, "suppliers.plan"), timed=True)
def plans_control_the_provider_and_its_output(moment: Moment) -> Sample:
    """总体：在用供方的现行控制方案。不通过：没有写明对供方的控制，或没有写明对其输出的控制；影响低且理由在复核期内的除外。

    Population: control plans in force of active providers. Failing: no control on the provider named, or none on its output; a low impact with a reason that
    is not past its review excepted.
    """
    return Sample(suppliers.plans(moment), suppliers.one_sided(moment))


@check("8.4.2-C3", reads=("conversations.conversation", "conversations.heard", "suppliers.desk", "suppliers.handled"), timed=True)
def outsourced_conversations_are_inspected(moment: Moment) -> Sample:
    """总体：由供方的人接听、开始满一天或已质检的会话。不通过：没有像自营会话一样质检。

    Population: conversations held by providers' people that began at least a day ago or were listened to. Failing: not listened to as our own are.
    """
    return Sample(providers.to_inspect(moment), providers.uninspected(moment))


@check("8.4.2-C4", reads=(*RATED, "suppliers.assured"), timed=True)
def own_controls_of_high_impact_providers_are_judged(moment: Moment) -> Sample:
    """总体：影响为“高”的在用供方。不通过：365 天内没有评价过它自身控制的有效性（校准、培训、内审等）。

    Population: active providers of high impact. Failing: the effect of its own controls – calibration, training, audits – not judged within 365 days.
    """
    return Sample(suppliers.high_impact(moment), suppliers.unassured(moment))


@check("8.4.2-C5", reads=("suppliers.planned", "suppliers.verified"), timed=True)
def planned_verifications_are_done(moment: Moment) -> Sample:
    """总体：计划日期已过或已做的验证。不通过：日期已过仍没有做。

    Population: planned verifications whose day has passed or that were carried out. Failing: not carried out although the day has passed.
    """
    return Sample(suppliers.due(moment), suppliers.overdue(moment))


@check("8.4.2-C6", reads=("suppliers.attributed", "suppliers.told", "suppliers.disputed", "suppliers.settled"), timed=True)
def complaints_are_fed_back_to_the_provider(moment: Moment) -> Sample:
    """总体：归因到供方的投诉（满 7 天或已反馈；异议成立的不算）。不通过：没有反馈给供方。

    Population: complaints put down to a provider, at least 7 days ago or told already; upheld disputes left out. Failing: the provider was not told.
    """
    return Sample(suppliers.complaints_to_tell(moment), suppliers.untold(moment))
