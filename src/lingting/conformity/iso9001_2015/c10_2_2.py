"""10.2.2 Documented information on nonconformity (不合格的成文信息): what improvements and the book can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.documents import keeping
from lingting.registers.improvements import queries as improvements


@check("10.2.2-C1", reads=("improvements.nonconformity", "improvements.closed", "improvements.done"))
def results_are_on_record(moment: Moment) -> Sample:
    """总体：提出的不合格（其性质即为记录）。不通过：已关闭，却没有措施结果的记录。

    Population: nonconformities raised (their nature is the record). Failing: closed, with no result of an action on record.
    """
    return Sample(improvements.raised(moment), improvements.without_result(moment))


@check("10.2.2-C2", reads=("documents.verified",), timed=True)
def records_of_nonconformity_verify(moment: Moment) -> Sample:
    """总体：31 天内最近一次整本账的核验。不通过：不合格的记录有任何一处对不上，或分不清是哪种记录。

    Population: the newest verification of the whole book within 31 days. Failing: a record of nonconformity did not agree, or it cannot be told which did
    not.
    """
    return Sample(keeping.verifications(moment), keeping.unsound(moment, "improvements"))
