"""What we do with processes (过程): each act holds a record against what cannot be before it is written.

A change that took effect without leave is written down all the same, and a check finds it.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.processes.changes import Arrived, Authorised, Change, Effected, Operation, Reviewed, Transfer, Undone, Validated
from lingting.registers.processes.choices import Change as Sort
from lingting.registers.processes.choices import Keeping, Work
from lingting.registers.processes.means import Asset, Maintained, Outage, Restored, Told
from lingting.registers.processes.models import Affirmed, Indicator, Kept, Need, Performed, Receiver, Run, Schedule, Value, Without

MOST_RUNS = 1_000
WHOLE = 100_000
"""A hundred percent, in thousandths."""


@act(Receiver)
def receive(receiver: Receiver) -> Iterator[Wrong | Record]:
    """Write down who receives an output: another process, or somebody outside."""
    if (receiver.process is None) == (not receiver.outside):
        yield Wrong("process", "请写接收的过程，或者外部的接收者。", "Name the process that receives it, or somebody outside.")
    elif receiver.process is not None and receiver.process.id == receiver.output.process_id and not receiver.output.step:
        yield Wrong(
            "process",
            "过程不能只交给自己；要交给下一道工序，请在输出上写明步骤。",
            "A process cannot hand on to itself alone; for a step, name it at the output.",
        )


@act(Affirmed)
def affirm(affirmed: Affirmed) -> Iterator[Wrong | Record]:
    """Write down what a side says of an internal customer; whoever is outside is not asked here, and nobody speaks for both sides."""
    if affirmed.receiver.process_id is None:
        yield Wrong("receiver", "外部的接收者不在这里确认。", "A receiver outside is not confirmed here.")
    others = live(Affirmed).filter(receiver=affirmed.receiver_id).exclude(side=affirmed.side).order_by("-at", "-id")
    if others.values_list("person", flat=True).first() == affirmed.person_id:
        yield Wrong("person", "另一方也是此人确认的；请由另一方自己的人来说。", "This person spoke for the other side; somebody of this side must say it.")


@act(Need)
def need(need: Need) -> Iterator[Wrong | Record]:
    """Write down what a process needs: documents are maintained, records are retained."""
    if need.keeping == Keeping.MAINTAIN and (need.document is None or need.series is not None):
        yield Wrong("document", "“保持”说的是文件：请写文件，不写记录种类。", "“Maintain” is for documents: name a document and no series.")
    if need.keeping == Keeping.RETAIN and (need.series is None or need.document is not None):
        yield Wrong("series", "“保留”说的是记录：请写记录种类，不写文件。", "“Retain” is for records: name a series and no document.")


@act(Without)
def do_without(without: Without) -> Iterator[Wrong | Record]:
    """Write down that a process deliberately needs no document."""
    yield from _later(without.review, without, "review")


@act(Schedule)
def plan(schedule: Schedule) -> Iterator[Wrong | Record]:
    """Write down that something is to be done again and again, with each time it is due."""
    if schedule.every <= 0:
        yield Wrong("every", "间隔要大于零天。", "The interval is more than no days.")
    elif not 0 < schedule.times <= MOST_RUNS:
        yield Wrong("times", f"次数是 1 到 {MOST_RUNS}。", f"It is done 1 to {MOST_RUNS} times.")
    else:
        for place in range(schedule.times):
            due = schedule.first + timedelta(days=place * schedule.every)
            yield Run(process=schedule.process, code=f"{schedule.code}-{place + 1:02}", what=schedule.what, due=due, at=schedule.at)


@act(Performed)
def perform(performed: Performed) -> Iterator[Wrong | Record]:
    """Write down that a run was done."""
    if performed.at < performed.run.at:
        yield Wrong("at", "不会早于计划登记的时间。", "That cannot be before it was planned.")


@act(Kept)
def keep(kept: Kept) -> Iterator[Wrong | Record]:
    """Write down that a run left a record."""
    if kept.at < kept.run.at:
        yield Wrong("at", "不会早于计划登记的时间。", "That cannot be before it was planned.")


@act(Indicator)
def measure_by(indicator: Indicator) -> Iterator[Wrong | Record]:
    """Write down by what a process is measured."""
    if indicator.every <= 0:
        yield Wrong("every", "评价周期要大于零天。", "The period is more than no days.")


@act(Value)
def measure(value: Value) -> Iterator[Wrong | Record]:
    """Write down what an indicator came to."""
    if value.at < value.indicator.at:
        yield Wrong("at", "不会早于指标设立的时间。", "That cannot be before the indicator was set.")


@act(Asset)
def set_up(asset: Asset) -> Iterator[Wrong | Record]:
    """Write down an asset with how much of the time it must work."""
    if asset.target is not None and not 0 < asset.target <= WHOLE:
        yield Wrong("target", "可用率目标在 0 到 100 之间。", "A target of availability lies between 0 and 100.")


@act(Outage)
def fail(outage: Outage) -> Iterator[Wrong | Record]:
    """Write down that an asset stopped working: a change that nobody intended, which is to be reviewed."""
    if outage.at < outage.asset.at:
        yield Wrong("at", "不会早于设施启用的时间。", "That cannot be before the asset came into use.")
    before = live(Outage).filter(asset=outage.asset, at__lte=outage.at).order_by("-at").first()
    if before is not None and not live(Restored).filter(outage=before, at__lte=outage.at).exists():
        yield Wrong("asset", "上一次中断还没有恢复；请先登记恢复。", "The outage before has not ended; first enter when it did.")
    yield Change(sort=Sort.SYSTEM, what=outage.what, intended=False, outage=outage, at=outage.at)


@act(Restored)
def restore(restored: Restored) -> Iterator[Wrong | Record]:
    """Write down that an asset works again."""
    if restored.at < restored.outage.at:
        yield Wrong("at", "恢复不会早于中断。", "It cannot have been restored before it failed.")


@act(Told)
def tell(told: Told) -> Iterator[Wrong | Record]:
    """Write down that customers were told of an outage; that one is coming may be told before."""
    if not told.outage.visible:
        yield Wrong("outage", "这次中断顾客没有察觉，不必通知。", "Customers noticed nothing of this outage; there is nothing to tell.")


@act(Maintained)
def maintain(maintained: Maintained) -> Iterator[Wrong | Record]:
    """Write down what was done to keep an asset able to work; only what holds data is restored."""
    if maintained.work == Work.RESTORE and not maintained.asset.data:
        yield Wrong("asset", "这项设施没有登记为存有数据，谈不上恢复演练。", "This asset is not entered as holding data; there is nothing to restore.")
    if maintained.next is not None:
        yield from _later(maintained.next, maintained, "next")


@act(Change)
def change(change: Change) -> Iterator[Wrong | Record]:
    """Write down a change; what happened to us was asked for by nobody and needs no way back."""
    if change.outage is not None and change.intended:
        yield Wrong("intended", "由中断引起的更改不是有意的。", "What an outage brought was not intended.")


@act(Reviewed)
def review(reviewed: Reviewed) -> Iterator[Wrong | Record]:
    """Write down that a change was looked at."""
    if reviewed.at < reviewed.change.at:
        yield Wrong("at", "评审不会早于更改提出。", "It cannot have been reviewed before it was asked for.")


@act(Authorised)
def authorise(authorised: Authorised) -> Iterator[Wrong | Record]:
    """Write down who let a change take effect; nobody lets what nobody intended."""
    if not authorised.change.intended:
        yield Wrong("change", "不是有意的更改，只评审和采取措施，不用批准。", "What nobody intended is reviewed and mitigated, not authorised.")


@act(Effected)
def effect(effected: Effected) -> Iterator[Wrong | Record]:
    """Write down that a change took effect."""
    if effected.at < effected.change.at:
        yield Wrong("at", "生效不会早于提出。", "It cannot have taken effect before it was asked for.")


@act(Undone)
def undo(undone: Undone) -> Iterator[Wrong | Record]:
    """Write down that a change was taken back, which had to be in effect."""
    if not live(Effected).filter(change=undone.change, at__lte=undone.at).exists():
        yield Wrong("change", "它还没有生效，谈不上回退。", "It is not in effect; there is nothing to take back.")


@act(Validated)
def validate(validated: Validated) -> Iterator[Wrong | Record]:
    """Write down that the process behind a service was shown to work, or not."""
    if not validated.norm.unseen:
        yield Wrong("norm", "这项服务的结果事后可以验证，不需要过程确认。", "The result of this service can be checked afterwards; it needs no validation.")
    yield from _later(validated.next, validated, "next")


@act(Transfer)
def send(transfer: Transfer) -> Iterator[Wrong | Record]:
    """Write down that data left the house."""
    yield from _checksum(transfer.digest)


@act(Arrived)
def arrive(arrived: Arrived) -> Iterator[Wrong | Record]:
    """Write down what data came to at the other end."""
    yield from _checksum(arrived.digest)
    if arrived.at < arrived.transfer.at:
        yield Wrong("at", "收到不会早于发出。", "It cannot have arrived before it left.")


@act(Operation)
def operate(operation: Operation) -> Iterator[Wrong | Record]:
    """Write down a sensitive operation; what it was done to must be findable."""
    if not operation.reference.strip():
        yield Wrong("reference", "请写明对象的编号。", "Give the code of what it was done to.")


def _checksum(digest: str) -> Iterator[Wrong]:
    if digest and not re.fullmatch(r"[0-9a-fA-F]{32,128}", digest):
        yield Wrong("digest", "校验值是 32 到 128 位十六进制数，如 SHA-256。", "A checksum has 32 to 128 hexadecimal digits, as SHA-256 has.")


def _later(day: object, row: Record, column: str) -> Iterator[Wrong]:
    if day < localdate(row.at, settings.LINGTING["ZONE"]):  # type: ignore[operator]  # a day
        yield Wrong(column, "这个日期不能早于登记的那一天。", "That day cannot be before the one it is written down.")
