"""7.5.3.1 Availability and protection (可得与保护): what distribution, access and the book can answer."""

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c4_4_2 import REVISIONS
from lingting.ledger.moment import Moment
from lingting.registers.documents import keeping
from lingting.registers.documents import queries as documents


@check("7.5.3.1-C1", reads=(*REVISIONS, "documents.needed", "documents.provided", "documents.blocked"), timed=True)
def posts_can_open_what_they_need(moment: Moment) -> Sample:
    """总体：岗位对文件的需要（一个岗位一份文件算一项）。不通过：没有现行版本，没有发放现行版本，或发放后又打不开。

    Population: the needs of posts, one for each post and document. Failing: none is in force, the one in force was not provided, or it could not be opened
    since.
    """
    return Sample(documents.needs(moment), documents.unreachable(moment))


@check("7.5.3.1-C2", reads=("documents.verified",), timed=True)
def records_are_verifiable(moment: Moment) -> Sample:
    """总体：31 天内最近一次整本账的核验。不通过：有任何一处对不上。

    Population: the newest verification of the whole book within 31 days. Failing: anything in it did not agree.
    """
    return Sample(keeping.verifications(moment), keeping.unsound(moment))


@check("7.5.3.1-C3", reads=("documents.accessed", "documents.granted", "documents.ended"))
def sensitive_information_is_seen_with_leave(moment: Moment) -> Sample:
    """总体：对敏感信息的访问。不通过：没有写理由，或当时没有对这个人、这份信息有效的授权。

    Population: accesses to sensitive information. Failing: no reason is given, or no grant to this person for this information held then.
    """
    return Sample(keeping.accesses(moment), keeping.unauthorised(moment))
