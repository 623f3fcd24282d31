"""7.5.3.2 Distribution, storage, change, retention and disposal (分发、存储、变更、保留处置): what kept records and external documents can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.documents import keeping
from lingting.registers.documents import queries as documents

BATCHES = ("documents.batch", "documents.disposed", "documents.held", "documents.released", "documents.lost")


@check("7.5.3.2-C1", reads=("documents.series", "documents.retention"))
def every_series_has_a_rule(moment: Moment) -> Sample:
    """总体：保留的记录种类。不通过：没有保存期限和处置方式。

    Population: the series of records that are kept. Failing: nobody decided how long they are kept and how they leave.
    """
    return Sample(keeping.kept_series(moment), keeping.unruled(moment))


@check("7.5.3.2-C2", reads=BATCHES, timed=True)
def records_leave_in_their_time(moment: Moment) -> Sample:
    """总体：已到期、已处置或丢过的归档记录。不通过：到期没有处置也没有有效的保全，或者没到期（或保全中）就没了。

    Population: records put away whose time is up, or of which any left or were lost. Failing: past their time neither disposed of nor held, or gone before
    it or although they were held.
    """
    return Sample(keeping.due(moment), keeping.disposable(moment))


@check("7.5.3.2-C3", reads=("documents.sampled",), timed=True)
def samples_are_produced_in_time(moment: Moment) -> Sample:
    """总体：已满 10 分钟或已调出的调阅测试。不通过：没有在 10 分钟内调出。

    Population: retrieval tests begun at least 10 minutes ago, or answered. Failing: not produced within 10 minutes.
    """
    return Sample(keeping.retrievals(moment), keeping.slow(moment))


@check("7.5.3.2-C4", reads=("documents.document", "documents.retired", "documents.revision", "documents.withdrawn", "documents.checked"), timed=True)
def external_documents_are_tracked(moment: Moment) -> Sample:
    """总体：外来文件。不通过：没有我们所持的版本，没有查新或查新到期，或查出已换版而没有换。

    Population: documents from outside. Failing: no version of ours on record, never looked up or due to be, or found outdated and not replaced.
    """
    return Sample(documents.external(moment), documents.untracked(moment))
