"""What we do with orders (订单): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator

from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.orders.models import (
    Accepted,
    Altered,
    Amended,
    Arrived,
    Benefits,
    Change,
    Closed,
    Confirmed,
    Effective,
    Informed,
    Line,
    Notice,
    Objected,
    Order,
    Resolved,
    Reviewed,
    Withdrawn,
)


@act(Order)
def place(order: Order) -> Iterator[Wrong | Record]:
    """Write down that a customer ordered; goods that go where they come from must be meant so."""
    if order.loading and order.loading == order.delivery and not order.same_place:
        yield Wrong(
            "delivery", "送货地址与装货地址相同；请与顾客核对，确认无误后勾选“两处相同”。",
            "Delivery and loading address are the same; check with the customer and tick “same place” if it is meant so.",
        )  # fmt: skip


@act(Line)
def write_line(line: Line) -> Iterator[Wrong | Record]:
    """Write down a line of an order; once we have said yes only a change changes it."""
    if live(Accepted).filter(order=line.order, at__lte=line.at).exists():
        yield Wrong("order", "订单已经接受，内容不能直接改；请登记一项更改。", "The order was accepted; its lines change only by a change. Enter one.")


@act(Reviewed)
def review(reviewed: Reviewed) -> Iterator[Wrong | Record]:
    """Write down whether we can do what an order asks."""
    if reviewed.at < reviewed.order.at:
        yield Wrong("at", "评审不会早于下单。", "An order cannot be reviewed before it was placed.")


@act(Resolved)
def resolve(resolved: Resolved) -> Iterator[Wrong | Record]:
    """Write down how a difference was resolved."""
    if resolved.at < resolved.difference.at:
        yield Wrong("at", "不会早于发现差异的时间。", "That cannot be before the difference was found.")


@act(Accepted)
def accept(accepted: Accepted) -> Iterator[Wrong | Record]:
    """Write down that we committed ourselves; whether we should have is what the checks judge."""
    if accepted.at < accepted.order.at:
        yield Wrong("at", "接受不会早于下单。", "An order cannot be accepted before it was placed.")


@act(Change)
def ask_change(change: Change) -> Iterator[Wrong | Record]:
    """Write down that a change was asked for."""
    if change.at < change.order.at:
        yield Wrong("at", "更改不会早于下单。", "A change cannot come before its order.")
    if change.emergency and change.policy is None:
        yield Wrong("policy", "紧急更改请写明依据哪份文件可以先生效。", "Of an emergency name the document that lets it take effect first.")


@act(Altered)
def alter(altered: Altered) -> Iterator[Wrong | Record]:
    """Write down what a change does to one line."""
    if altered.before == altered.after:
        yield Wrong("after", "更改前后相同，没有更改。", "Before and after are the same; nothing changes.")
    if live(Effective).filter(change=altered.change).exists():
        yield Wrong("change", "更改已经生效；请登记新的更改。", "The change is in effect; enter a new one.")


@act(Objected)
def object_to(objected: Objected) -> Iterator[Wrong | Record]:
    """Write down that the customer said no to one line of a change."""
    if objected.at < objected.altered.change.at:
        yield Wrong("at", "不会早于提出更改。", "That cannot be before the change was asked for.")


@act(Notice)
def tell(notice: Notice) -> Iterator[Wrong | Record]:
    """Write down what the customer was told."""
    yield from _same_order(notice)


@act(Arrived)
def arrive(arrived: Arrived) -> Iterator[Wrong | Record]:
    """Write down what became of a notice."""
    if arrived.at < arrived.notice.at:
        yield Wrong("at", "送达不会早于发出。", "A notice cannot arrive before it was sent.")


@act(Confirmed)
def confirm(confirmed: Confirmed) -> Iterator[Wrong | Record]:
    """Write down that the customer acknowledged or rejected something."""
    yield from _same_order(confirmed)
    if confirmed.change is not None and confirmed.at < confirmed.change.at:
        yield Wrong("at", "确认不会早于提出更改。", "A change cannot be acknowledged before it was asked for.")


@act(Effective)
def take_effect(effective: Effective) -> Iterator[Wrong | Record]:
    """Write down that a change took effect; without the customer's yes somebody must say why."""
    change = effective.change
    answers = live(Confirmed).filter(change=change, at__lte=effective.at)
    if effective.at < change.at:
        yield Wrong("at", "生效不会早于提出更改。", "A change cannot take effect before it was asked for.")
    if live(Withdrawn).filter(change=change).exists():
        yield Wrong("change", "这项更改已经撤回。", "This change was taken back.")
    if not answers.filter(accepted=True).exists() and not effective.reason.strip():
        yield Wrong(
            "reason", "顾客尚未确认；请先取得确认，或写明为什么先生效。", "The customer has not acknowledged it; get that first, or say why it went ahead."
        )


@act(Withdrawn)
def withdraw(withdrawn: Withdrawn) -> Iterator[Wrong | Record]:
    """Write down that a change was taken back, which can only be before it took effect."""
    if live(Effective).filter(change=withdrawn.change).exists():
        yield Wrong("change", "更改已经生效；要改回去，请登记新的更改。", "The change is in effect; to go back, enter a new one.")


@act(Amended)
def amend(amended: Amended) -> Iterator[Wrong | Record]:
    """Write down that something written was amended."""
    if amended.at < amended.dependant.change.at:
        yield Wrong("at", "修改不会早于提出更改。", "It cannot be amended before the change was asked for.")


@act(Informed)
def inform(informed: Informed) -> Iterator[Wrong | Record]:
    """Write down that somebody concerned knows of a change."""
    if informed.at < informed.concerned.change.at:
        yield Wrong("at", "得知不会早于提出更改。", "Nobody can know of a change before it was asked for.")


@act(Benefits)
def benefit(benefits: Benefits) -> Iterator[Wrong | Record]:
    """Write down who has the good of an order; who placed it is known already."""
    if benefits.party == benefits.order.party:
        yield Wrong("party", "下单的顾客自己不用再登记。", "Who placed the order need not be entered again.")


@act(Closed)
def close(closed: Closed) -> Iterator[Wrong | Record]:
    """Write down that an order was closed."""
    if closed.at < closed.order.at:
        yield Wrong("at", "关闭不会早于下单。", "An order cannot be closed before it was placed.")


def _same_order(record: Notice | Confirmed) -> Iterator[Wrong]:
    if record.change is not None and record.change.order_id != record.order.pk:
        yield Wrong("change", "这项更改属于另一份订单。", "That change belongs to another order.")
