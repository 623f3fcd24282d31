"""8.7.2 Documented information on nonconforming outputs (不合格输出的成文信息): what the book can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.documents import keeping


@check("8.7.2-C2", reads=("documents.verified",), timed=True)
def records_of_outputs_were_not_altered(moment: Moment) -> Sample:
    """总体：31 天内最近一次整本账的核验。不通过：不合格的记录有任何一处对不上，或分不清是哪种记录。

    Population: the newest verification of the whole book within 31 days. Failing: a record of nonconformity did not agree, or it cannot be told which did
    not.
    """
    return Sample(keeping.verifications(moment), keeping.unsound(moment, "improvements"))
