"""What we do with channels (沟通渠道): each act holds a record against what the house asks before it is written."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils.timezone import localtime

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records import reached
from lingting.records.values import Wrong
from lingting.records.write import act, enter, live
from lingting.registers.channels import queries
from lingting.registers.channels.models import Change, Channel, Closed, Concerned, Probed, Read, Stated, Told


@act(Probed)
def probe(probed: Probed) -> Iterator[Wrong | Record]:
    """Write down that a channel was tried; what went wrong is said."""
    yield from _offered(probed)
    if not (probed.works and probed.current) and not probed.what:
        yield Wrong("what", "请写明哪里不通、或哪条信息不是现行的。", "Say what did not work, or what is out of date.")


def try_out(how: Callable[[Channel], tuple[bool, str] | None], *, at: datetime) -> list[Probed]:
    """Try every channel whose next trial is due, and write down what came of it; `how` says whether one works and what was seen, or that only a person can.

    Whether what a channel says is in force, a person saw last: a trial that only knocks leaves that as it was.
    """
    made = []
    for channel in queries.to_try(Moment(at)):
        if (seen := how(channel)) is not None:
            works, what = seen
            made.append(Probed(channel=channel, works=works, current=getattr(channel, "current", None) is not False, what=what, at=at))
            enter(made[-1])
    return made


@act(Stated)
def state(stated: Stated) -> Iterator[Wrong | Record]:
    """Write down what a channel says of a fact from now on."""
    yield from _offered(stated)


def _offered(record: Probed | Stated) -> Iterator[Wrong]:
    if record.at < record.channel.at:
        yield Wrong("at", "不会早于渠道开通的时间。", "That cannot be before the channel was opened.")
    if live(Closed).filter(channel=record.channel_id, at__lte=record.at).exists():
        yield Wrong("channel", "这个渠道已经停用。", "This channel is closed.")


@act(Change)
def change(change: Change) -> Iterator[Wrong | Record]:
    """Write down a change; with a scope, whom it concerns and what each of them is to be told, in the same act."""
    scope = reached.Scope(change.since, place=change.place or "", provider=change.provider_id, offering=change.offering_id)
    if not (change.since or change.place or change.provider_id):
        return
    for party, codes in reached.customers(scope, change.at).items():
        yield Concerned(change=change, party_id=party, why="、".join(codes)[:1000], notice=_drafted(change, codes), at=change.at)


def _drafted(change: Change, codes: list[str]) -> str:
    day = f"{localtime(change.effective):%Y-%m-%d %H:%M}"
    zh = f"您好：自 {day} 起，{change.what}。涉及您的订单：{'、'.join(codes)}。有疑问请随时告诉我们。"
    return f"{zh}\nFrom {day}: {change.what}. Your orders concerned: {', '.join(codes)}. Please ask us whatever you wish to know."


@act(Concerned)
def concern(concerned: Concerned) -> Iterator[Wrong | Record]:
    """Write down whom a change concerns, each customer once."""
    if live(Concerned).filter(change=concerned.change_id, party=concerned.party_id).exists():
        yield Wrong("party", "这位顾客已经在名单上。", "This customer is on the list already.")


@act(Told)
def tell(told: Told) -> Iterator[Wrong | Record]:
    """Write down that a customer was told of a change."""
    if told.at < told.concerned.change.at:
        yield Wrong("at", "不会早于决定更改的时间。", "That cannot be before the change was decided.")


@act(Read)
def read(one: Read) -> Iterator[Wrong | Record]:
    """Write down that a customer read a notice."""
    if one.at < one.told.at:
        yield Wrong("at", "不会早于告知的时间。", "That cannot be before he was told.")
