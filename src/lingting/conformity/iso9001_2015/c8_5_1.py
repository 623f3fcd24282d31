"""8.5.1 Control of production and service provision (生产和服务提供的控制): what conversations, promises, operations and service norms can answer."""

from lingting.conformity.check import TAKEN_BACK, Sample, check
from lingting.conformity.iso9001_2015.c8_2_1 import PROMISES
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.processes import controlling
from lingting.registers.promises import queries as promises

HEARD = {
    "conversations.heard": "conversation_id", "conversations.found": "conversation_id",
    **{kind: f"{finding.removesuffix('_id')}__conversation_id" for kind, finding in TAKEN_BACK.items()},
}  # fmt: skip
"""What bears on a conversation that was listened to, and how each names it."""


@check("8.5.1-C1", units=HEARD)
def conversations_follow_the_norms(moment: Moment) -> Sample:
    """总体：听过的会话。不通过：听到严重违反服务规范的话。

    Population: the conversations that were listened to. Failing: words were heard that gravely break a norm.
    """
    return Sample(conversations.listened(moment), conversations.gravely_amiss(moment))


@check("8.5.1-C2", reads=("processes.operation", "processes.confirmed"), timed=True)
def sensitive_operations_have_a_second(moment: Moment) -> Sample:
    """总体：敏感操作。不通过：没有另一个人事先确认（允许 5 分钟的登记先后）。

    Population: the sensitive operations. Failing: nobody else confirmed it before (5 minutes are allowed for writing it down).
    """
    return Sample(controlling.operations(moment), controlling.single_handed(moment))


@check("8.5.1-C3", units=PROMISES, timed=True)
def promises_are_kept_in_time(moment: Moment) -> Sample:
    """总体：约定时间已到、或已提前兑现的承诺。不通过：到时间没有兑现。

    Population: promises whose time is up or that were kept before it. Failing: not kept by their time.
    """
    return Sample(promises.due(moment), promises.broken(moment), promises.turning(moment))


@check("8.5.1-C4", reads=("processes.norm", "processes.dropped", "processes.validated"), timed=True)
def what_cannot_be_checked_later_is_validated(moment: Moment) -> Sample:
    """总体：结果事后无法验证的服务规范。不通过：最近一次过程确认没有通过、已到再确认日期，或从未确认。

    Population: norms of services whose result cannot be checked afterwards. Failing: the newest validation failed or is due again, or there was none.
    """
    return Sample(controlling.special(moment), controlling.unvalidated(moment))
