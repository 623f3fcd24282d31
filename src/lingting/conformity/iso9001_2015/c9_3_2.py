"""9.3.2 Management review inputs (管理评审输入): what the register of audits and reviews can answer."""

from lingting.conformity.check import Listed, Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.audits import queries as audits
from lingting.registers.audits.choices import Input


@check("9.3.2-C1", reads=("audits.review", "audits.considered"))
def every_input_has_data(moment: Moment) -> Sample:
    """总体：每次管理评审的十二项输入。不通过：没有写明数据说明了什么。

    Population: the twelve inputs of each management review. Failing: nothing is written of what the data say.
    """
    given = set(audits.considered(moment).values_list("review__code", "input"))
    wanted = [(code, one.value) for code in audits.reviews(moment).order_by("at", "id").values_list("code", flat=True) for one in Input]
    return Sample(Listed(tuple(map(" · ".join, wanted))), Listed(tuple(" · ".join(one) for one in wanted if one not in given)))


@check("9.3.2-C2", reads=("audits.review", "audits.considered"))
def data_are_current(moment: Moment) -> Sample:
    """总体：管理评审中有数据的输入。不通过：数据截止日比评审日早 45 天以上。

    Population: the inputs of reviews that have data. Failing: the data end more than 45 days before the review.
    """
    return Sample(audits.considered(moment), audits.considered_old(moment))
