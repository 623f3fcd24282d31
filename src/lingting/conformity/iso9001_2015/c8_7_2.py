"""8.7.2 Documented information on nonconforming outputs (不合格输出的成文信息): what improvements and the book can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.documents import keeping
from lingting.registers.improvements import queries as improvements


@check("8.7.2-C1", reads=("improvements.output", "improvements.disposed", "improvements.conceded"), timed=True)
def records_are_complete(moment: Moment) -> Sample:
    """总体：满一天或已处置的不合格输出。不通过：缺不合格描述、所采取的措施、决定的人，或让步接收却没有批准人和权限。

    Population: outputs a day old, or dealt with. Failing: description, action or who decided is missing, or there was a concession without who granted it
    and by which authority.
    """
    return Sample(improvements.outputs_due(moment), improvements.outputs_incomplete(moment))


@check("8.7.2-C2", reads=("documents.verified",), timed=True)
def records_of_outputs_were_not_altered(moment: Moment) -> Sample:
    """总体：31 天内最近一次整本账的核验。不通过：不合格的记录有任何一处对不上，或分不清是哪种记录。

    Population: the newest verification of the whole book within 31 days. Failing: a record of nonconformity did not agree, or it cannot be told which did
    not.
    """
    return Sample(keeping.verifications(moment), keeping.unsound(moment, "improvements"))
