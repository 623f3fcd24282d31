"""8.2.1 Customer communication (顾客沟通): what conversations, promises, offerings, orders, complaints, channels and contingencies can answer."""

from django.db.models import F, Q

from lingting.conformity.check import TAKEN_BACK, Sample, Together, check, parted
from lingting.ledger.moment import Moment
from lingting.registers.channels import queries as channels
from lingting.registers.complaints import clocks
from lingting.registers.complaints import queries as complaints
from lingting.registers.contingencies import queries as contingencies
from lingting.registers.conversations import queries as conversations
from lingting.registers.offerings import queries as offerings
from lingting.registers.orders import queries as orders
from lingting.registers.parties import queries as parties
from lingting.registers.promises import queries as promises
from lingting.registers.property import queries as property_

PROMISES = {"promises.promise": "id", "promises.postponed": "promise_id", "promises.withdrawn": "promise_id", "promises.kept": "promise_id"}
"""The records that bear on a promise, and how each names it."""
INFORMATION = ("offerings.information", "offerings.version", "offerings.approved", "offerings.published", "offerings.takendown")
TOLD = ("orders.order", "orders.accepted", "orders.notice", "orders.arrived", "orders.confirmed", "orders.closed")
CHANGES = ("orders.change", "orders.effective", "orders.withdrawn", "orders.terms", "orders.termsnotice")


@check("8.2.1-C1", reads=("offerings.offering", "offerings.ended", *INFORMATION), timed=True, beside=offerings.silence)
def offerings_are_described_with_their_service(moment: Moment) -> Sample:
    """总体：在售的产品和服务。不通过：没有一份现行、经批准、未过有效期的对外信息写明交付后服务和怎样投诉（只写产品不写服务的不算）。

    Population: what is on sale. Failing: no current, approved and valid information tells of the service after delivery and how to complain; facts about
    the product alone do not count.
    """
    return Sample(offerings.on_sale(moment), offerings.uninformed(moment))


CAPTURED = {
    "conversations.found": "id", "complaints.complaint": "found_id", "complaints.feedback": "found_id", "complaints.mentioned": "found_id",
    "complaints.dismissed": "found_id", "complaints.captured": "conversation__findings__id", **TAKEN_BACK,
}  # fmt: skip
CHANNELS = ("channels.channel", "channels.closed", "channels.probed")
COMPLAINTS = ("complaints.complaint", "complaints.merged", "complaints.reopened")
SCENARIOS = ("contingencies.scenario", "contingencies.decided", "contingencies.planned")


@check("8.2.1-C2", reads=(*CHANNELS, "channels.stated"), timed=True)
def channels_work_and_say_the_same(moment: Moment) -> Sample:
    """总体：对顾客开放、试用过的渠道。不通过：最近一次试用不通，或信息不是现行的，或距今超过 30 天，或对同一件事与别的渠道说法不一。

    Population: channels open to customers that were tried. Failing: the last probe found it dead or out of date or is more than 30 days old, or it says of
    a fact otherwise than another channel.
    """
    return Sample(channels.probed(moment), channels.failing(moment))


@check("8.2.1-C3", units={"conversations.asked": "id", "conversations.answered": "conversation__asked__id"}, timed=True)
def customers_are_answered(moment: Moment) -> Sample:
    """总体：顾客来问（答我们的调查不算）、且答复时限已到或已答复的会话。不通过：到时限仍未答复，或答复晚于时限。

    Population: conversations in which a customer asked (not: filled in our survey) and was answered or should be by now. Failing: not answered by that time.
    """
    return Sample(conversations.asked(moment), conversations.left_waiting(moment), conversations.still_waiting(moment))


@check("8.2.1-C4", reads=(*TOLD, *CHANGES), timed=True)
def orders_and_changes_are_told(moment: Moment) -> Sample:
    """总体：接受满一天的订单；已生效、或提出满一天未撤回的更改；已生效的条款变更。不通过：顾客（更改和条款在生效前）不知道；有据的紧急更改可在生效后一天内补告。

    Population: orders accepted a day ago, changes in effect or asked for a day ago and not taken back, new terms in effect. Failing: the customer does not
    know; changes and terms he must know before they take effect, save emergencies that a written policy lets go first and that are told within a day.
    """
    return Sample(
        Together(orders.told_due(moment), orders.to_tell(moment), orders.terms(moment)),
        Together(orders.untold(moment), orders.changed_silently(moment), orders.announced_late(moment)),
    )


@check("8.2.1-C5", units={"conversations.found": "id", **TAKEN_BACK})
def values_are_read_back(moment: Moment) -> Sample:
    """总体：电话中复述给顾客的关键信息。不通过：复述与顾客所说不一致，或顾客没有确认。

    Population: key data read back to customers over the telephone. Failing: read back otherwise than the customer had said, or not confirmed.
    """
    return parted(conversations.read_backs(moment), Q(kind="breach"))


@check("8.2.1-C6", reads=CHANNELS, timed=True)
def feedback_comes_in(moment: Moment) -> Sample:
    """计数：肯定和投诉都收、一个月内试用可用的渠道形式。

    Counted: the kinds of channel that take praise as well as complaints and worked when tried within the month.
    """
    forms = channels.feedback_forms(moment)
    return Sample(forms, forms.none())


@check("8.2.1-C7", units=CAPTURED, timed=True)
def complaints_are_captured(moment: Moment) -> Sample:
    """总体：会话中听到、已满 4 个工作小时的投诉。不通过：这句话和整次会话都没有登记为投诉或反馈，没有归到已登记的投诉，也没有写明为什么不是投诉。

    Population: complaints heard in conversations at least 4 working hours ago. Failing: neither the words nor their conversation were registered or tied to a
    registered complaint, nor dismissed with a reason.
    """
    heard = conversations.complaints(moment).filter(at__lte=clocks.capture_due(moment.at))
    turning = conversations.complaints(moment).filter(at__gt=clocks.capture_due(moment.at)).annotate(turns=F("at") + clocks.CAPTURE)
    return Sample(heard, complaints.uncaptured(heard, moment), turning)


@check("8.2.1-C8", reads=("property.item", "property.told"))
def owners_know_how_property_is_kept(moment: Moment) -> Sample:
    """总体：收到过的顾客财产（含个人信息）。不通过：没有告知顾客怎样看管和控制。

    Population: customer property received, personal data included. Failing: the customer was never told how it is handled and controlled.
    """
    return Sample(property_.received(moment), property_.untold(moment))


@check(
    "8.2.1-C9",
    reads=("contingencies.activated", "contingencies.affected", "contingencies.informed", "contingencies.undelivered", "contingencies.asked"),
    timed=True,
)
def the_affected_are_told_in_time(moment: Moment) -> Sample:
    """总体：紧急情况中受影响、已告知或期限已到的顾客。不通过：期限内没有送达，或没有同时说明情况和措施，或顾客先来问。

    Population: customers affected by an emergency who were told or had to be by now. Failing: no message reached them in time, it did not name both issue
    and measure, or they had to ask first.
    """
    return Sample(contingencies.affected_due(moment), contingencies.ill_informed(moment))


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


@check("8.2.1-H3", reads=(*SCENARIOS, "contingencies.event", "contingencies.matched"), timed=True)
def contingencies_are_determined(moment: Moment) -> Sample:
    """总体：登记的应急情景，和没有对应情景的紧急事件。不通过：没有判定（缺理由、决定人或已过评审日期），或相关而方案不全，或出了事才发现没有情景。

    Population: the scenarios named, and events that had none. Failing: not decided on (no reason, nobody who decided, or past its review), relevant without
    a whole plan, or thought of by nobody until it happened.
    """
    unforeseen = contingencies.unforeseen(moment)
    return Sample(Together(contingencies.named(moment), unforeseen), Together(contingencies.undetermined(moment), unforeseen))


@check("8.2.1-H4", reads=(*COMPLAINTS, "complaints.acknowledged"), timed=True)
def complaints_are_acknowledged(moment: Moment) -> Sample:
    """总体：已确认、或登记满 24 小时的投诉；合并的只算一起。不通过：24 小时内没有确认收到。时限不看客户等级。

    Population: complaints acknowledged or registered 24 hours ago; merged ones count once. Failing: not acknowledged within 24 hours, whatever the grade.
    """
    return Sample(complaints.acknowledge_due(moment), complaints.acknowledged_late(moment))


@check(
    "8.2.1-H5",
    reads=(*COMPLAINTS, "complaints.closed", "complaints.answered", "complaints.reacted", "complaints.attempted", "complaints.withdrawn"),
)
def complaints_are_closed_with_an_answer(moment: Moment) -> Sample:
    """总体：投诉的关闭。不通过：这一轮没有告知答复，或没有听到顾客的回应也没有联系过两次；顾客撤回并确认的除外。

    Population: closings of complaints. Failing: in that round no answer was told, or the customer neither reacted nor was sought twice; complaints withdrawn
    and confirmed are left out.
    """
    return Sample(complaints.closings(moment), complaints.closed_in_vain(moment))


@check("8.2.1-H6", reads=(*COMPLAINTS, "complaints.recovery", "complaints.taken"), timed=True)
def failed_recoveries_are_taken_over(moment: Moment) -> Sample:
    """总体：两次补救失败、已有上级接手或已满 24 小时的投诉。不通过：24 小时内没有上级接手。

    Population: complaints that a second recovery did not mend, taken over or 24 hours past. Failing: nobody above took over within 24 hours.
    """
    return Sample(complaints.failed_twice(moment), complaints.not_taken_over(moment))


@check("8.2.1-H7", reads=("complaints.letter", "complaints.replied"), timed=True)
def letters_are_answered_by_their_day(moment: Moment) -> Sample:
    """总体：已答复或期限已过的来函。不通过：没有在期限当天或之前答复。

    Population: letters answered or past their day. Failing: not answered by that day.
    """
    return Sample(complaints.letters_due(moment), complaints.letters_late(moment))


@check("8.2.1-H8", reads=("channels.change", "channels.concerned", "channels.told"), timed=True)
def changes_are_told_before_they_take_effect(moment: Moment) -> Sample:
    """总体：对外变更所涉及、变更已生效或已告知的顾客。不通过：生效前没有告知。

    Population: customers concerned by a change that is in effect or of which they were told. Failing: not told before it took effect.
    """
    return Sample(channels.concerned(moment), channels.told_late(moment))


@check("8.2.1-H9", reads=("parties.preference", "conversations.said"))
def quiet_times_are_kept(moment: Moment) -> Sample:
    """总体：我们打给说过“什么时间不要打电话”的顾客的电话（对方打来的不算）。不通过：在顾客不愿被打扰的时间打去。

    Population: our calls to customers who said when not to call them; calls that they made are left out. Failing: made at such a time.
    """
    calls = conversations.our_calls(moment, parties.quiet_times(moment).values("party"))
    return Sample(calls, parties.disturbed(calls, moment))
