"""What we do with interested parties (相关方): get to know one, judge, write down a need, adopt or decline it, review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.parties.models import (
    Adopted,
    Category,
    Dealing,
    Declined,
    Difficulty,
    Influence,
    Judged,
    Member,
    Merged,
    Need,
    Party,
    Preference,
    Reached,
    Reviewed,
    Supported,
    Tier,
    Wish,
)

if TYPE_CHECKING:
    from lingting.registers.conversations.models import Said


def meet(*, name: str, organisation: str, category: Category, at: datetime, internal: bool = False) -> Party:
    """Return a party that becomes known, to be written in one act with what made it known."""
    return Party(name=name or None, organisation=organisation or None, category=category, at=at, internal=internal)


def reach(party: Party, *, way: str, address: str, at: datetime) -> Reached:
    """Return an address at which a party was reached, to be written in one act with what came over it."""
    return Reached(party=party, way=way, address=address, at=at)


def add(*, name: str, organisation: str, category: Category, at: datetime, by: int, internal: bool = False) -> Party:
    """Write down a party that a person named; whoever believes itself affected cannot be refused."""
    party = meet(name=name, organisation=organisation, category=category, at=at, internal=internal)
    book.write(party, act="parties.add", by=by)
    return party


def judge(party: Party, *, relevant: bool, reason: str, review: date | None, at: datetime, by: int) -> Judged:
    """Write down whether a party matters to the system, why, and when to look again."""
    judged = Judged(party=party, relevant=relevant, reason=reason, review=review, at=at)
    book.write(judged, act="parties.judge", by=by)
    return judged


def need(party: Party, *, words: str, origin: str, at: datetime, by: int, said: Said | None = None) -> Need:
    """Write down what a party needs or expects, and where that comes from."""
    stated = Need(party=party, words=words, origin=origin, said=said, at=at)
    book.write(stated, act="parties.need", by=by)
    return stated


def adopt(stated: Need, *, serves: str, at: datetime, by: int) -> Adopted:
    """Write down which clause, process or objective serves a need."""
    adopted = Adopted(need=stated, serves=serves, at=at)
    book.write(adopted, act="parties.adopt", by=by)
    return adopted


def decline(stated: Need, *, reason: str, at: datetime, by: int) -> Declined:
    """Write down why a need is not taken into the system."""
    declined = Declined(need=stated, reason=reason, at=at)
    book.write(declined, act="parties.decline", by=by)
    return declined


def review(*, note: str, at: datetime, by: int) -> Reviewed:
    """Write down that the whole register was looked through."""
    reviewed = Reviewed(note=note, at=at)
    book.write(reviewed, act="parties.review", by=by)
    return reviewed


@act(Party)
def take_in(party: Party) -> Iterator[Wrong | Record]:
    """Write down a party by its name or its organisation; nobody asks whether it may be one."""
    if not (party.name or party.organisation):
        yield Wrong("organisation", "请填写姓名或组织。", "Give a name or an organisation.")


@act(Influence)
def rate(influence: Influence) -> Iterator[Wrong | Record]:
    """Write down how much a party can affect us and how much it cares."""
    for column in ("influence", "interest"):
        if not 1 <= getattr(influence, column) <= 5:  # noqa: PLR2004  # the scale
            yield Wrong(column, "请填 1 到 5。", "Give 1 to 5.")


@act(Supported)
def need_support(supported: Supported) -> Iterator[Wrong | Record]:
    """Write down whose support we need and how often we are in touch."""
    if supported.every < 1:
        yield Wrong("every", "联系间隔至少一天。", "Be in touch at most every day.")


@act(Member)
def join(member: Member) -> Iterator[Wrong | Record]:
    """Write down that somebody belongs to a group."""
    if member.group_id == member.party_id:
        yield Wrong("party", "群体不能是自己的成员。", "A group is no member of itself.")


@act(Tier)
def grade(tier: Tier) -> Iterator[Wrong | Record]:
    """Give a customer a tier for a time."""
    if tier.party.category != Category.CUSTOMER:
        yield Wrong("party", "只有顾客分等级。", "Only customers have a tier.")
    if tier.until < localdate(tier.at):
        yield Wrong("until", "有效期不能早于定级的那一天。", "It cannot end before it begins.")


@act(Dealing)
def deal(dealing: Dealing) -> Iterator[Wrong | Record]:
    """Write down what a customer is in a deal: nobody buys on and uses up at once, but whoever sends may receive, too."""
    if dealing.party.category != Category.CUSTOMER:
        yield Wrong("party", "只有顾客有在交易中的位置。", "Only customers have a place in a deal.")
    if {"intermediary", "end"} <= set(dealing.parts.split()):
        yield Wrong("parts", "中间商和最终顾客只能选一个。", "Choose intermediary or end customer, one of the two.")


@act(Preference)
def prefer(preference: Preference) -> Iterator[Wrong | Record]:
    """Write down what a customer prefers; a quiet time has its beginning and end on the clock."""
    if preference.about != Wish.QUIET:
        return
    for column in ("quiet_from", "quiet_until"):
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", getattr(preference, column)):
            yield Wrong(column, "请写成 12:00 这样的时刻。", "Write a time of day like 12:00.")
    if preference.quiet_until <= preference.quiet_from:
        yield Wrong("quiet_until", "结束要晚于开始；跨过午夜的请分成两条。", "The end comes after the beginning; across midnight write two.")


@act(Difficulty)
def mark(difficulty: Difficulty) -> Iterator[Wrong | Record]:
    """Mark a customer difficult: fault-finding only on two occurrences and with a supervisor's consent, and always for a time."""
    if difficulty.sort == Difficulty.Sort.FAULT_FINDING and not difficulty.further:
        yield Wrong("further", "“故意找茬”要有两次依据。", "“Looks for faults on purpose” needs two occurrences.")
    if difficulty.sort != Difficulty.Sort.MISTAKEN and not difficulty.approved:
        yield Wrong("approved", "请写明同意的主管。", "Name the supervisor who consents.")
    if difficulty.until < localdate(difficulty.at):
        yield Wrong("until", "标记要有将来的期限。", "A mark ends on a day to come.")


@act(Merged)
def merge(merged: Merged) -> Iterator[Wrong | Record]:
    """Write down that two entries were the same person; each entry goes into another once, and only into one that is kept itself."""
    if merged.party_id == merged.other_id:
        yield Wrong("other", "请选另一条。", "Choose another entry.")
    if live(Merged).filter(other=merged.other_id).exists():
        yield Wrong(
            "other", "这一条已经并入别的了；要改，先作废那次合并。", "This entry went into another already; strike that merging out first to change it."
        )
    if live(Merged).filter(other=merged.party_id).exists():
        yield Wrong("party", "这一条自己已经并入别的了；请选最后保留的那一条。", "This entry went into another itself; choose the one that is kept.")
