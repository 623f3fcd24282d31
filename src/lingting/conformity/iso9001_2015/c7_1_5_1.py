"""7.1.5.1 Monitoring and measuring resources, general (监视和测量资源 总则): what the register of instruments and the findings can answer."""

from lingting.conformity.check import Sample, Together, check, parted, together
from lingting.ledger.moment import Moment
from lingting.registers.instruments import queries as instruments

FINDINGS = ("conversations.found", "instruments.used", "instruments.instrument", "instruments.version", "instruments.calibrated")
TOLD = {"conversations.found": "id", "instruments.used": "id"}
"""What is counted one by one: findings and measurements; whatever else is written is rare and counts them all anew."""
IN_USE = ("instruments.instrument", "instruments.retired")
FITNESS = ("instruments.calibrated", "instruments.quarantined", "instruments.released")


@check("7.1.5.1-C1", reads=("conversations.found", "instruments.instrument"), timed=True)
def whatever_finds_is_registered(moment: Moment) -> Sample:
    """总体：在会话中有过发现、已登记或已使用满 14 天（本机构规定，此前只作提示）的检测器，每条规范的算一个。不通过：台账里没有登记。

    Population: the detectors that found something in conversations, one for each norm, that are registered or have been in use for 14 days (ours; until
    then they give indications). Failing: not in the register.
    """
    return Sample(instruments.to_register(moment), instruments.unregistered_too_long(moment))


@check("7.1.5.1-C2", reads=(*IN_USE, "instruments.plan", "instruments.alternative"), timed=True)
def calibration_is_planned_by_risk(moment: Moment) -> Sample:
    """总体：在用的测量资源。不通过：没有风险等级和校准间隔，也没有经批准、未到复审期的其他适宜方法。

    Population: instruments in use. Failing: neither a risk class with an interval, nor another suitable way that was approved and is not due for review.
    """
    return Sample(instruments.instruments(moment), instruments.unplanned(moment))


@check("7.1.5.1-C3", reads=(*IN_USE, "instruments.studied"), timed=True)
def those_who_judge_agree_with_a_reference(moment: Moment) -> Sample:
    """总体：研究过、或已使用满 14 天（本机构规定）的质检员、规则、模型和提示词。不通过：没有研究过，或最近一次研究的 kappa 下端低于 0.6。

    Population: inspectors, rules, models and prompts that were studied or have been in use for 14 days (ours; until then they give indications).
    Failing: never studied, or the lower end of kappa in the newest study is below 0.6.
    """
    return Sample(instruments.to_study(moment), instruments.disagreeing(moment))


@check("7.1.5.1-C4", reads=FINDINGS, units=TOLD)
def new_versions_are_confirmed_before_use(moment: Moment) -> Sample:
    """总体：替换了旧版本的新版本所作的发现和测量。不通过：作出时这个版本还没有确认适用。

    Population: findings and measurements by versions that replaced another. Failing: made before the version had been shown to be fit.
    """
    return Sample(
        Together(instruments.changed_findings(moment), instruments.changed_uses(moment)),
        Together(instruments.unconfirmed_findings(moment), instruments.unconfirmed_uses(moment)),
    )


@check("7.1.5.1-C5", reads=(*FINDINGS, *FITNESS), units=TOLD)
def instruments_are_in_date_when_used(moment: Moment) -> Sample:
    """总体：计入的测量结果（练习不算），以及检测器首次校准之后的发现（此前的只作提示）。不通过：作出时已过期、未校准或在停用隔离中。

    Population: measurements that count, practice left out, and findings after the detector was first calibrated (before, they are indications).
    Failing: made out of date, uncalibrated or in quarantine.
    """
    return together(
        parted(instruments.measured_findings(moment), ~instruments.found_fit(moment)), Sample(instruments.ratings(moment), instruments.unfit_uses(moment))
    )
