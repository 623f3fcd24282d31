"""8.5.5 Post-delivery activities (交付后活动): what offerings, deliveries and contingencies can answer."""

from django.db.models import Q

from lingting.conformity import modes
from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c8_2_1 import SCENARIOS
from lingting.ledger.moment import Moment
from lingting.registers.contingencies import queries as contingencies
from lingting.registers.deliveries import queries as deliveries
from lingting.registers.offerings import queries as offerings
from lingting.registers.offerings.models import Mode

OBLIGATIONS = ("offerings.offering", "offerings.ended", "offerings.obligation", "offerings.lifted")


@check("8.5.5-C1", reads=OBLIGATIONS)
def aftercare_is_arranged(moment: Moment) -> Sample:
    """总体：在售的产品和服务。不通过：没有规定交付后活动，或有一项没有写明由谁、怎样、用什么、几天内。

    Population: what is on sale. Failing: nothing is laid down for after delivery, or of something not who does it, how, with what or by when.
    """
    return Sample(offerings.on_sale(moment), offerings.without_aftercare(moment))


@check("8.5.5-C2", reads=(*OBLIGATIONS, "offerings.mode"))
def aftercare_is_considered(moment: Moment) -> Sample:
    """总体：在售产品和服务的交付后活动要求。不通过：法规、不良后果、性质用途寿命、顾客要求、顾客反馈五项考虑缺了一项，或没有写明可能怎样不按预期运作、那时怎么办。

    Population: what is owed after delivery for what is on sale. Failing: law, undesired consequences, nature and lifetime, customer requirements or feedback is
    left out, or nobody wrote down how it may not work as intended and what is done then.
    """
    return Sample(offerings.obligations(moment), offerings.ill_considered(moment))


@check("8.5.5-C3", reads=("deliveries.activity", "deliveries.done", "deliveries.cancelled"), timed=True)
def aftercare_is_done_in_time(moment: Moment) -> Sample:
    """总体：期限已到或已完成的交付后活动，期限前取消的除外。不通过：没有做，或晚于期限。

    Population: activities after delivery that are due or done, save those cancelled before their time. Failing: not done, or late.
    """
    return Sample(deliveries.due(moment), deliveries.late(moment))


@check("8.5.5-C4", reads=("deliveries.return", "deliveries.decided", "offerings.statute"))
def returns_are_decided_by_the_law(moment: Moment) -> Sample:
    """总体：已决定的退货申请。不通过：在法定期限内、没有法定除外情形而拒绝，或拒绝而没有写明依据哪条法规。

    Population: returns decided. Failing: refused within the days that the law gives and with no exception in it, or refused without naming the law.
    """
    return Sample(deliveries.returns(moment), deliveries.unlawful(moment))


@check(
    "8.5.5-C5",
    reads=(
        "offerings.mode", "offerings.failed", "offerings.improved", "offerings.reconsidered", "complaints.complaint", "complaints.merged",
        "complaints.investigated",
    ),
    timed=True,
)  # fmt: skip
def what_fails_often_or_otherwise_is_looked_at(moment: Moment) -> Sample:
    """总体：近 90 天内 3 次以上的失效方式，和比前 90 天显著增减的（连同投诉，95 % 精确检验）。不通过：常见的没有着手改进，有变化的既没有改进也没有复查安排。

    Population: modes of failure that came up at least 3 times in 90 days, and those of which complaints and failures together became significantly more or
    fewer than in the 90 days before (exact test at 95 %). Failing: of the frequent, nothing was begun in that time; of the changed, neither was anything begun
    nor what is owed after delivery looked at again.
    """
    every = Mode.objects.as_of(moment)
    frequent, changed = Q(pk__in=offerings.leading(moment).values("pk")), Q(pk__in=modes.changed(moment).values("pk"))
    unattended, unreviewed = Q(pk__in=offerings.unattended(moment).values("pk")), Q(pk__in=modes.unreviewed(moment).values("pk"))
    return Sample(every.filter(frequent | changed), every.filter(unattended | unreviewed))


@check("8.5.5-C6", reads=SCENARIOS)
def recalls_are_prepared(moment: Moment) -> Sample:
    """总体：判定为与某项产品或服务相关的应急情景（如召回、缺陷）。不通过：没有完整的方案，包括怎样找出要通知的顾客。

    Population: scenarios judged relevant to an offering, such as recalls and defects. Failing: no whole plan, which says how the customers to notify are
    found.
    """
    return Sample(contingencies.risky_offerings(moment), contingencies.without_recall(moment))
