"""4.4.2 Documented information of the processes (过程的成文信息): what processes, documents, conversations and the book can answer."""

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c4_4_1 import PROCESSES
from lingting.ledger.moment import Moment
from lingting.registers.documents import keeping
from lingting.registers.documents import queries as documents
from lingting.registers.processes import queries as processes

REVISIONS = ("documents.document", "documents.retired", "documents.revision", "documents.approved", "documents.withdrawn")
NEEDS = ("processes.need", "processes.waived")
CONVERSATIONS = {
    "conversations.conversation": "id", "conversations.ended": "conversation_id", "conversations.said": "conversation_id",
    "documents.outcome": "conversation_id", "documents.lost": "conversation_id",
}  # fmt: skip
"""The records that make a conversation complete or not, and how each names it."""


@check("4.4.2-C1", reads=(*PROCESSES, *NEEDS, "processes.without", *REVISIONS), timed=True)
def processes_have_a_document_or_a_reason(moment: Moment) -> Sample:
    """总体：在用的过程。不通过：没有一份现行有效的文件，也没有一个未到复核日期的“不需要文件”的决定。

    Population: the processes that are run. Failing: neither a document in force nor a decision, still in date, that none is needed.
    """
    return Sample(processes.processes(moment), processes.undocumented(moment, documents.in_force(moment)))


@check("4.4.2-C2", reads=("processes.run", "processes.performed", "processes.kept", *NEEDS), timed=True)
def planned_runs_left_their_records(moment: Moment) -> Sample:
    """总体：到期的或做过的计划实例。不通过：没有做的记录，或缺过程规定要留的任何一种记录。

    Population: planned runs that were due or done. Failing: not on record as done, or a record is missing that the process must leave.
    """
    return Sample(processes.runs(moment), processes.unrecorded(moment))


@check("4.4.2-C3", units=CONVERSATIONS, timed=True)
def conversations_are_complete(moment: Moment) -> Sample:
    """总体：结束满一天的会话。不通过：不知道和谁谈的、没有内容、没有处理结果，或录音在保存期内没了。

    Population: conversations that ended at least a day ago. Failing: not known with whom, nothing was written down of what was said or of what came of it,
    or the recording was lost before its time.
    """
    return Sample(keeping.concluded(moment), keeping.incomplete(moment), keeping.concluding(moment))


@check("4.4.2-C4", reads=("documents.verified",), timed=True)
def the_book_verifies(moment: Moment) -> Sample:
    """总体：31 天内最近一次整本账的核验。不通过：有任何一处对不上。

    Population: the newest verification of the whole book within 31 days. Failing: anything in it did not agree.
    """
    return Sample(keeping.verifications(moment), keeping.unsound(moment))


@check("4.4.2-C5", reads=("documents.used", *REVISIONS))
def what_is_used_is_in_force(moment: Moment) -> Sample:
    """总体：看到在用的文件版本（会话里说到特征词句，或现场看到）。不通过：当时已被新版替代、已作废或还没有生效。

    Population: revisions seen in use, by telling words in a conversation or on the floor. Failing: then superseded, withdrawn or not yet in force.
    """
    return Sample(documents.uses(moment), documents.obsolete_uses(moment))
