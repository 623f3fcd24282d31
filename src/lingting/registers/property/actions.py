"""What we do with customer property (顾客财产): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.property import photographs
from lingting.registers.property.models import Class, Compensated, Harm, Harmed, Held, Item, Moved, Photo, Reported, Returned, Told, Weighed


@act(Item)
def receive(item: Item) -> Iterator[Wrong | Record]:
    """Write down what came into our hands; a weight stands with the instrument that weighed it."""
    if item.weight is not None and item.weight <= 0:
        yield Wrong("weight", "重量要大于零。", "A weight is more than nothing.")
    if item.weight is not None and item.weighed_with_id is None:
        yield Wrong(
            "weighed_with", "请写明用哪台器具称的，否则这个重量不能作证据。", "Name the instrument it was weighed with; a weight without one proves nothing."
        )


@act(Told)
def tell(told: Told) -> Iterator[Wrong | Record]:
    """Write down that the owner was told how an item is kept, which cannot be before it came."""
    if told.at < told.item.at:
        yield Wrong("at", "不会早于收到它的时间。", "That cannot be before it was received.")


@act(Weighed)
def weigh(weighed: Weighed) -> Iterator[Wrong | Record]:
    """Write down what an item weighs now, and on which instrument."""
    yield from _in_our_hands(weighed.item, weighed)
    if weighed.weight <= 0:
        yield Wrong("weight", "重量要大于零。", "A weight is more than nothing.")


@act(Photo)
def picture(photo: Photo) -> Iterator[Wrong | Record]:
    """Write down a photograph; its file must be kept already, so that no digest stands for nothing."""
    if not photographs.kept(photo.digest or "", photo.form):
        yield Wrong("digest", "没有这张照片的文件；请在这件财产的页面上传。", "There is no file of this photograph; upload it on the page of the item.")


@act(Moved)
def move(moved: Moved) -> Iterator[Wrong | Record]:
    """Write down that an item passed into other hands."""
    yield from _in_our_hands(moved.item, moved)


@act(Harmed)
def harm(harmed: Harmed) -> Iterator[Wrong | Record]:
    """Write down that an item was found harmed; only data can be disclosed."""
    yield from _in_our_hands(harmed.item, harmed)
    if harmed.harm == Harm.DISCLOSED and harmed.item.category != Class.DATA:
        yield Wrong("harm", "只有个人信息才会“泄露”；物品请选损坏、丢失或不适用。", "Only data can be disclosed; of a thing say damaged, lost or unsuitable.")


@act(Reported)
def report(reported: Reported) -> Iterator[Wrong | Record]:
    """Write down that the owner was told of a harm, which cannot be before it was found."""
    if reported.at < reported.harmed.at:
        yield Wrong("at", "告知顾客不会早于发现的时间。", "The owner cannot have been told before the harm was found.")


@act(Compensated)
def make_good(compensated: Compensated) -> Iterator[Wrong | Record]:
    """Write down how a harm is made good; whoever owns the item is told of the harm before anybody speaks of money."""
    if compensated.at < compensated.harmed.at:
        yield Wrong("at", "补偿不会早于发现的时间。", "It cannot be made good before the harm was found.")
    if not live(Reported).filter(harmed=compensated.harmed).exists():
        yield Wrong("harmed", "货主还不知道：先告诉货主，再谈补偿。", "The owner does not know yet: tell them first.")
    if compensated.amount is not None and compensated.amount < 0:
        yield Wrong("amount", "不能小于零。", "It cannot be less than nothing.")


@act(Held)
def ground(held: Held) -> Iterator[Wrong | Record]:
    """Write down on what ground personal data are held."""
    if held.item.category != Class.DATA:
        yield Wrong("item", "只有个人信息需要写明处理依据。", "Only personal data need a ground.")
    if held.until < localdate(held.at):
        yield Wrong("until", "保存期限不能早于登记的那一天。", "The period cannot end before the day it is written down.")


@act(Returned)
def give_back(returned: Returned) -> Iterator[Wrong | Record]:
    """Write down that an item was given back or disposed of."""
    yield from _in_our_hands(returned.item, returned)


def _in_our_hands(item: Item, record: Moved | Harmed | Returned | Weighed) -> Iterator[Wrong]:
    if record.at < item.at:
        yield Wrong("at", "不会早于收到它的时间。", "That cannot be before it was received.")
    if live(Returned).filter(item=item).exists():
        yield Wrong("item", "这件财产已经归还。", "This item was given back already.")
