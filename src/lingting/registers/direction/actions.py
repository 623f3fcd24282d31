"""What we do with direction (策划与领导): each act holds a record against what the house asks before it is written."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.timezone import localdate

from lingting import catalog
from lingting.ledger.models import Entered, Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.direction.choices import Every
from lingting.registers.direction.models import (
    Action,
    Analysis,
    Checked,
    Climate,
    Ended,
    Excluded,
    Expected,
    Held,
    Indicator,
    Introduced,
    Issue,
    Message,
    Postponed,
    Proved,
    Readmitted,
    Requested,
    Reviewed,
    Risk,
    Slot,
    Trouble,
    Value,
)  # fmt: skip

MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


def period_end(start: date, every: str) -> date:
    """Return the last day of a period that begins on a day: of months, the day before the same day of a later month.

    >>> period_end(date(2026, 6, 1), "month"), period_end(date(2026, 8, 31), "month")
    (datetime.date(2026, 6, 30), datetime.date(2026, 9, 29))
    """
    if every not in MONTHS:
        return start + timedelta(days=6 if every == Every.WEEK else 0)
    months = start.month - 1 + MONTHS[Every(every)]
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1])) - timedelta(days=1)


def _ahead(row: Entered, column: str) -> Iterator[Wrong]:
    """A day to look again lies after the day on which it is fixed."""
    if getattr(row, column) <= localdate(row.at):
        yield Wrong(column, "日期要在登记的那一天之后。", "The day lies after the day on which it is written down.")


@act(Issue)
def determine(issue: Issue) -> Iterator[Wrong | Record]:
    """Write down an issue, with the day on which it is looked at again."""
    yield from _ahead(issue, "review")


@act(Climate)
def decide_on_climate(climate: Climate) -> Iterator[Wrong | Record]:
    """Write down whether climate change is a relevant issue."""
    yield from _ahead(climate, "review")


@act(Excluded)
def exclude(excluded: Excluded) -> Iterator[Wrong | Record]:
    """Write down that a requirement does not apply; it must be one of the standard's."""
    if excluded.clause not in {row.number for row in catalog.read().clauses if row.kind != "term"}:
        yield Wrong(
            "clause", "标准里没有这一条；请填 4 到 10 章的条款编号，例如 8.3。", "The standard has no such clause; give a number of chapters 4 to 10, like 8.3."
        )
    yield from _ahead(excluded, "review")
    if live(Excluded).filter(clause=excluded.clause).exclude(pk__in=live(Readmitted).values("excluded")).filter(review__gte=localdate(excluded.at)).exists():
        yield Wrong("clause", "这一条已经列为不适用，还没到复核日期。", "This clause is excluded already, and its review is still ahead.")


@act(Readmitted)
def readmit(readmitted: Readmitted) -> Iterator[Wrong | Record]:
    """Write down that a requirement applies again."""
    if readmitted.at < readmitted.excluded.at:
        yield Wrong("at", "不会早于列为不适用的时间。", "That cannot be before it was excluded.")


@act(Requested)
def request(requested: Requested) -> Iterator[Wrong | Record]:
    """Write down what resource is needed and by when an answer is."""
    if requested.due < localdate(requested.at):
        yield Wrong("due", "答复期限不能早于提出的那一天。", "An answer cannot be due before the request.")


@act(Risk)
def take_up(risk: Risk) -> Iterator[Wrong | Record]:
    """Write down a risk or an opportunity."""
    yield from _ahead(risk, "review")


@act(Reviewed)
def review(reviewed: Reviewed) -> Iterator[Wrong | Record]:
    """Write down that one issue, risk or legal requirement was looked at again; only risks are graded."""
    yield from _one_of(reviewed, "issue", "risk", "law")
    yield from _ahead(reviewed, "review")
    if reviewed.grade and reviewed.risk is None:
        yield Wrong("grade", "只有风险和机遇才分等级。", "Only risks and opportunities are graded.")


@act(Ended)
def end(ended: Ended) -> Iterator[Wrong | Record]:
    """Write down that one thing is no longer held."""
    yield from _one_of(ended, "issue", "risk", "law", "objective", "indicator", "message")


def _one_of(row: Entered, *columns: str) -> Iterator[Wrong]:
    given = [column for column in columns if getattr(row, f"{column}_id") is not None or getattr(row, column) is not None]
    if len(given) != 1:
        yield Wrong((given or columns)[-1], "请只填一项：这条记录说的是哪一个。", "Give exactly one: which of them it is about.")


@act(Indicator)
def watch(indicator: Indicator) -> Iterator[Wrong | Record]:
    """Write down what is measured from now on; the first figure falls due with the first period."""
    if indicator.every:
        start = localdate(indicator.at)
        yield Expected(indicator=indicator, start=start, until=period_end(start, indicator.every), at=indicator.at)


@act(Value)
def measure(value: Value) -> Iterator[Wrong | Record]:
    """Write down a figure; the next falls due with the next period."""
    if value.until < value.start:
        yield Wrong("until", "结束日期不能早于开始日期。", "The period cannot end before it begins.")
    if value.until > localdate(value.at):
        yield Wrong("until", "这段时间还没有结束。", "This period is not over yet.")
    if value.n is not None and value.n < 1:
        yield Wrong("n", "样本数至少是 1；没有样本就没有数值。", "A figure speaks of at least one case.")
    start = value.until + timedelta(days=1)
    if value.indicator.every and not live(Expected).filter(indicator=value.indicator, start__gte=start).exists():
        yield Expected(indicator=value.indicator, start=start, until=period_end(start, value.indicator.every), at=value.at)


@act(Analysis)
def analyse(analysis: Analysis) -> Iterator[Wrong | Record]:
    """Write down what was concluded from the data of a period."""
    if analysis.until < analysis.start:
        yield Wrong("until", "结束日期不能早于开始日期。", "The period cannot end before it begins.")
    if analysis.until > localdate(analysis.at):
        yield Wrong("until", "这段时间还没有结束。", "This period is not over yet.")


@act(Trouble)
def name_trouble(trouble: Trouble) -> Iterator[Wrong | Record]:
    """Write down what troubles customers most: the first, the second or the third."""
    if trouble.rank not in {1, 2, 3}:
        yield Wrong("rank", "只列前三类：填 1、2 或 3。", "Only the first three are named: 1, 2 or 3.")


@act(Action)
def undertake(action: Action) -> Iterator[Wrong | Record]:
    """Write down who does what until when about a risk or what troubles customers."""
    yield from _one_of(action, "risk", "trouble")
    if action.due < localdate(action.at):
        yield Wrong("due", "期限不能早于登记的那一天。", "It cannot be due before it is written down.")


@act(Postponed)
def postpone(postponed: Postponed) -> Iterator[Wrong | Record]:
    """Write down that the day of an action was moved."""
    if postponed.due <= postponed.action.due:
        yield Wrong("due", "新期限要晚于原来的期限。", "The new day lies after the old one.")


@act(Proved)
def prove(proved: Proved) -> Iterator[Wrong | Record]:
    """Write down whether an action worked; its owner cannot say so."""
    if proved.judged_by.id == proved.action.owner_id:
        yield Wrong("judged_by", "措施的负责人不能评价自己的措施，请换一位。", "The owner of an action cannot judge it; ask somebody else.")


@act(Checked)
def check(checked: Checked) -> Iterator[Wrong | Record]:
    """Write down what was found after a change took effect."""
    taken = live(Introduced).filter(change=checked.change).order_by("at").first()
    if taken is None or checked.at < taken.at:
        yield Wrong("at", "变更生效之后才能验证；请先登记生效。", "A change can be checked only after it took effect; enter that first.")


@act(Held)
def hold(held: Held) -> Iterator[Wrong | Record]:
    """Write down that a planned communication took place; a recurring one falls due again."""
    message: Message = held.slot.message
    if message.every:
        yield Slot(message=message, due=held.slot.due + timedelta(days=message.every), at=held.at)
