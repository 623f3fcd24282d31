"""7.5.2 Creating and updating (创建和更新): what the revisions of our own documents can answer."""

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c4_4_2 import REVISIONS
from lingting.ledger.moment import Moment
from lingting.registers.documents import queries as documents


@check("7.5.2-C1", reads=REVISIONS, timed=True)
def revisions_say_what_they_are(moment: Moment) -> Sample:
    """总体：自己的文件中已到生效日的最新版本。不通过：缺编号、版本号、作者、日期或批准中的任何一项。

    Population: of our own documents, the newest revision whose day has come. Failing: code, number, author, day or approval is missing.
    """
    return Sample(documents.ours(moment), documents.unidentified(moment))


@check("7.5.2-C2", reads=(*REVISIONS, "documents.alone"), timed=True)
def another_approves(moment: Moment) -> Sample:
    """总体：上述版本中已批准的；有决定可由作者自批且未到复核日期的不算。不通过：只有作者自己批准，或不知道作者是谁。

    Population: those that were approved, except where a decision in date lets the author approve alone. Failing: only the author approved it, or nobody
    knows who wrote it.
    """
    return Sample(documents.needing_another(moment), documents.self_approved(moment))
