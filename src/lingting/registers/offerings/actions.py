"""What we do with offerings (产品和服务): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act
from lingting.registers.offerings.goods import Goods, names
from lingting.registers.offerings.models import (
    Approved,
    Failed,
    LawReviewed,
    Obligation,
    Offering,
    Proven,
    Published,
    Reconsidered,
    Statute,
    TakenDown,
    Told,
    Weighed,
)


@act(Offering)
def offer(offering: Offering) -> Iterator[Wrong | Record]:
    """Write down that something is offered from now on."""
    if offering.origin == Offering.Origin.BEFORE and offering.project is not None:
        yield Wrong("origin", "由设计项目产生的，请选“新开发”或“重大改版”。", "What came out of a design is new or thoroughly changed.")


@act(Approved)
def approve(approved: Approved) -> Iterator[Wrong | Record]:
    """Write down who approved a version; nobody approves his own words."""
    if approved.version.written_by_id == approved.person.pk:
        yield Wrong("person", "编写人不能批准自己写的版本。", "Whoever wrote a version cannot approve it.")
    if approved.at < approved.version.at:
        yield Wrong("at", "批准不会早于编写。", "A version cannot be approved before it was written.")


@act(Published)
def publish(published: Published) -> Iterator[Wrong | Record]:
    """Write down where a version was published; whether it should have been is what the checks judge."""
    if published.at < published.version.at:
        yield Wrong("at", "发布不会早于编写。", "A version cannot be published before it was written.")


@act(TakenDown)
def take_down(taken: TakenDown) -> Iterator[Wrong | Record]:
    """Write down that a publication is gone."""
    if taken.at < taken.published.at:
        yield Wrong("at", "撤下不会早于发布。", "It cannot be taken down before it was published.")


@act(Told)
def tell(told: Told) -> Iterator[Wrong | Record]:
    """Write down to whom, or in which conversation, a version was told."""
    if told.party is None and told.conversation is None:
        yield Wrong("party", "请写明告知了哪位顾客，或在哪次会话中。", "Say which customer was told, or in which conversation.")


@act(Proven)
def prove(proven: Proven) -> Iterator[Wrong | Record]:
    """Write down what shows that a claim can be kept, or that it cannot."""
    if proven.until < localdate(proven.at):
        yield Wrong("until", "有效期不能早于查证的那一天。", "Evidence cannot run out before the day it was looked at.")


@act(Statute)
def enact(statute: Statute) -> Iterator[Wrong | Record]:
    """Write down a legal duty; a right of return has a number of days."""
    if statute.sort == Statute.Sort.RETURNS and statute.days is None:
        yield Wrong("days", "退货规定要写明多少天内，否则无法判定。", "A right of return needs its days; without them no case can be judged.")
    if statute.days is not None and statute.days < 0:
        yield Wrong("days", "天数不能小于零。", "Days are not less than zero.")


@act(LawReviewed)
def review_law(reviewed: LawReviewed) -> Iterator[Wrong | Record]:
    """Write down which legal duties were found to apply, and when to look again."""
    if reviewed.until < localdate(reviewed.at):
        yield Wrong("until", "下次评审不能早于这一次。", "The next review cannot come before this one.")


@act(Weighed)
def weigh(weighed: Weighed) -> Iterator[Wrong | Record]:
    """Hold a promise against what may be promised."""
    if weighed.within and weighed.allowed is None:
        yield Wrong("allowed", "在授权范围内的，请写明依据哪一条。", "If it is within what may be promised, say which entry allows it.")
    if not weighed.within and not weighed.reason.strip():
        yield Wrong("reason", "超出授权范围的，请写明超出在哪里。", "If it goes beyond what may be promised, say where.")


@act(Obligation)
def oblige(obligation: Obligation) -> Iterator[Wrong | Record]:
    """Write down what is owed after delivery; what is left empty shows as not arranged, not as forbidden."""
    if obligation.days is not None and obligation.days < 0:
        yield Wrong("days", "天数不能小于零。", "Days are not less than zero.")


@act(Reconsidered)
def reconsider(again: Reconsidered) -> Iterator[Wrong | Record]:
    """Write down that an obligation was looked at again."""
    if again.review < localdate(again.at):
        yield Wrong("review", "下次评审不能早于这一次。", "The next review cannot come before this one.")


@act(Failed)
def fail(failed: Failed) -> Iterator[Wrong | Record]:
    """Write down that an offering did not work as intended."""
    if failed.mode is not None and failed.mode.offering_id != failed.offering.pk:
        yield Wrong("mode", "这种失效方式属于另一项产品或服务。", "That mode of failure belongs to another offering.")


@act(Goods)
def list_goods(goods: Goods) -> Iterator[Wrong | Record]:
    """Write down a rule for goods; one about temperature says which, and its bounds are in order."""
    if not names(goods.names):
        yield Wrong("names", "请写至少一个货名。", "Give at least one name.")
    bounds = [one for one in (goods.coldest, goods.warmest) if one is not None]
    if goods.rule == Goods.Rule.TEMPERATURE and not bounds:
        yield Wrong("warmest", "要控温的，请写最低或最高温度。", "Say how cold or how warm it may be.")
    if bounds != sorted(bounds):
        yield Wrong("warmest", "最高温度不能低于最低温度。", "It cannot be lower than the lowest.")
