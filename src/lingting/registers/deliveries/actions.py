"""What we do with deliveries (交付): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator
from datetime import timedelta

from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.deliveries.models import Activity, Cancelled, Done, Fulfilled, Linked, RecallNotice, Return, Shipment, Status, Tracked


@act(Shipment)
def ship(shipment: Shipment) -> Iterator[Wrong | Record]:
    """Write down that a part of an order goes its way."""
    if shipment.at < shipment.order.at:
        yield Wrong("at", "发运不会早于下单。", "It cannot be shipped before it was ordered.")


@act(Tracked)
def track(tracked: Tracked) -> Iterator[Wrong | Record]:
    """Write down what the system of record reports; when goods arrive, what is owed after delivery falls due."""
    if tracked.at < tracked.shipment.at:
        yield Wrong("at", "状态不会早于发运。", "A status cannot come before its shipment.")
    if tracked.status == Status.DELIVERED:
        yield from _owed(tracked)


def _owed(tracked: Tracked) -> Iterator[Activity]:
    """Yield an activity for each obligation of what was ordered, unless an earlier delivery of the order brought it already."""
    order = tracked.shipment.order
    if order.offering is None:
        return
    for obligation in order.offering.obligations.filter(at__lte=tracked.at, days__isnull=False).order_by("id"):
        ended = live(type(obligation)).filter(pk=obligation.pk, ends__isnull=True)
        if ended.exists() and not live(Activity).filter(order=order, obligation=obligation).exists():
            yield Activity(
                at=tracked.at, order=order, sort=obligation.sort, what=obligation.what, who=obligation.who, obligation=obligation,
                due=tracked.at + timedelta(days=obligation.days or 0),
            )  # fmt: skip


@act(Linked)
def link(linked: Linked) -> Iterator[Wrong | Record]:
    """Write down what a conversation was about, or why it was about nothing that we keep."""
    if linked.order is None and linked.shipment is None and linked.offering is None and not linked.reason.strip():
        yield Wrong("reason", "请选订单、运单或产品；都不是，请写明为什么。", "Choose an order, shipment or offering; if it is none of them, say why.")


@act(Fulfilled)
def fulfil(fulfilled: Fulfilled) -> Iterator[Wrong | Record]:
    """Write down that a term was fulfilled."""
    if fulfilled.at < fulfilled.term.at:
        yield Wrong("at", "履行不会早于约定。", "A term cannot be fulfilled before it was agreed.")


@act(Activity)
def plan(activity: Activity) -> Iterator[Wrong | Record]:
    """Write down that something is due after delivery."""
    if activity.due < activity.at:
        yield Wrong("due", "期限不能早于登记事项发生的时间。", "It cannot be due before it came up.")


@act(Done)
def finish(done: Done) -> Iterator[Wrong | Record]:
    """Write down that it was done."""
    if done.at < done.activity.at:
        yield Wrong("at", "完成不会早于事项发生的时间。", "It cannot be done before it came up.")
    if live(Cancelled).filter(activity=done.activity).exists():
        yield Wrong("activity", "这项活动已经取消。", "This activity was cancelled.")


@act(Return)
def ask_return(case: Return) -> Iterator[Wrong | Record]:
    """Write down that a customer wants to give something back."""
    if case.asked < case.received:
        yield Wrong("asked", "提出退货不会早于收到。", "It cannot be asked for before it was received.")
    if case.statute is not None and case.statute.days is None:
        yield Wrong("statute", "这条法规没有写明天数，不能据以判定退货。", "That legal duty names no days; a return cannot be judged by it.")
    if case.excluded and case.statute is None:
        yield Wrong("statute", "写了除外情形，请选是哪条法规的除外。", "An exception is named; choose the law that makes it.")


@act(RecallNotice)
def warn(notice: RecallNotice) -> Iterator[Wrong | Record]:
    """Write down that a buyer was told of a recall."""
    if notice.order.offering_id != notice.recall.offering_id:
        yield Wrong("order", "这份订单买的不是召回的产品或服务。", "That order is not for what is called back.")
