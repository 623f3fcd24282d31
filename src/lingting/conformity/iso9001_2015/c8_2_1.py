"""8.2.1 Customer communication (顾客沟通): what conversations and promises can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.improvements import queries as improvements
from lingting.registers.promises import queries as promises
from lingting.registers.property import queries as property_

PROMISES = {"promises.promise": "id", "promises.postponed": "promise_id", "promises.withdrawn": "promise_id", "promises.kept": "promise_id"}
"""The records that bear on a promise, and how each names it."""


@check("8.2.1-C3", units={"conversations.asked": "id", "conversations.answered": "conversation__asked__id"}, timed=True)
def customers_are_answered(moment: Moment) -> Sample:
    """总体：顾客先开口、且答复时限已到或已答复的会话。不通过：到时限仍未答复，或答复晚于时限。

    Population: conversations in which a customer spoke and an answer was given or its time is up. Failing: not answered by that time.
    """
    return Sample(conversations.asked(moment), conversations.left_waiting(moment), conversations.still_waiting(moment))


@check("8.2.1-C5", units={"conversations.found": "id"})
def values_are_read_back(moment: Moment) -> Sample:
    """总体：电话中复述给顾客的关键信息。不通过：复述与顾客所说不一致，或顾客没有确认。

    Population: key data read back to customers over the telephone. Failing: read back otherwise than the customer had said, or not confirmed.
    """
    read_back = conversations.read_backs(moment)
    return Sample(read_back, read_back.filter(kind="breach"))


@check("8.2.1-C6", reads=("conversations.found",))
def feedback_comes_in(moment: Moment) -> Sample:
    """计数：实际听到过反馈（正面或负面）的渠道种数。

    Counted: the kinds of channel over which feedback, praise or complaint, was really heard.
    """
    channels = conversations.feedback_channels(moment)
    return Sample(channels, channels.none())


@check("8.2.1-C7", reads=("conversations.found", "improvements.weighed"), timed=True)
def complaints_are_taken_up(moment: Moment) -> Sample:
    """总体：会话中听到、已满一天的投诉。不通过：没有人判定并登记。这里只看登记；确认、答复与关闭待投诉台账建立后再看。

    Population: complaints heard in conversations at least a day ago. Failing: nobody judged and registered them. Only registration is looked at here;
    acknowledgement, answer and closing wait for the complaints register.
    """
    heard = conversations.complaints_to_take_up(moment)
    return Sample(heard, heard.exclude(pk__in=improvements.weighed(moment).values("found")))


@check("8.2.1-C8", reads=("property.item", "property.told"))
def owners_know_how_property_is_kept(moment: Moment) -> Sample:
    """总体：收到过的顾客财产（含个人信息）。不通过：没有告知顾客怎样看管和控制。

    Population: customer property received, personal data included. Failing: the customer was never told how it is handled and controlled.
    """
    return Sample(property_.received(moment), property_.untold(moment))


@check("8.2.1-H1", units=PROMISES, timed=True)
def promises_are_kept(moment: Moment) -> Sample:
    """总体：约定时间已到、或已提前兑现的承诺；已撤回的不算，顾客同意改期的按新时间算。不通过：到时间没有兑现，或晚于约定才兑现。

    Population: promises whose time is up or that were kept before it; withdrawn ones are left out, postponed ones count by the new time. Failing: not kept
    by their time.
    """
    return Sample(promises.due(moment), promises.broken(moment), promises.turning(moment))


@check("8.2.1-H2", units=PROMISES)
def promises_are_dated(moment: Moment) -> Sample:
    """总体：对顾客作出且未撤回的承诺。不通过：没有说定时间（如“尽快”“稍后”），也还没有兑现。

    Population: promises made to customers and not withdrawn. Failing: no definite time was named ("soon", "as soon as possible") and not kept since.
    """
    return Sample(promises.binding(moment), promises.vague(moment))
