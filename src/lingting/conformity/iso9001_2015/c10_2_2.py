"""10.2.2 Documented information on nonconformity (不合格的成文信息): what improvements can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.improvements import queries as improvements


@check("10.2.2-C1", reads=("improvements.nonconformity", "improvements.closed", "improvements.done"))
def results_are_on_record(moment: Moment) -> Sample:
    """总体：提出的不合格（其性质即为记录）。不通过：已关闭，却没有措施结果的记录。

    Population: nonconformities raised (their nature is the record). Failing: closed, with no result of an action on record.
    """
    return Sample(improvements.raised(moment), improvements.without_result(moment))
