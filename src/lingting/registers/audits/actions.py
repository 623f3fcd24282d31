"""What we do in audits and reviews (审核与评审): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.db.models import Q
from django.utils.timezone import localdate

from lingting import catalog
from lingting.catalog.load import period
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.audits.choices import Grade
from lingting.registers.audits.models import (
    Audit,
    Considered,
    Corrected,
    Decision,
    Drawn,
    Examined,
    Executed,
    Finding,
    Joined,
    Pair,
    Population,
    Programme,
    Reported,
    Review,
    Works,
)  # fmt: skip
from lingting.registers.audits.sampling import digest, draw

CORRECTED_WITHIN = period("audits.corrected-within", timedelta(days=30))
"""By when a finding is to be corrected if nobody says otherwise; a house default."""

MOST = 200
"""Records in one sample at most: more are not looked at one by one."""


def numbers(source: str, moment: Moment) -> list[int]:
    """Return the record numbers of a population: of a kind (`property.item`), or of one of its lists (`property.item:unplaced`); LookupError if none."""
    label, _, name = source.partition(":")
    if name:
        if name not in kinds()[label].text.lists:
            raise LookupError(source)
        rows = kinds()[label].listed(name, moment)
    else:
        model = apps.get_model(label)
        if not issubclass(model, Record):
            raise LookupError(source)
        rows = model.objects.as_of(moment)
    return list(rows.order_by().values_list("pk", flat=True))


def _clause(row: Pair | Examined | Finding | Works) -> Iterator[Wrong]:
    if row.clause and row.clause not in {one.number for one in catalog.read().clauses if one.kind == "clause"}:
        yield Wrong("clause", "标准里没有这一条；请填 4 到 10 章的条款编号。", "The standard has no such clause; give a number of chapters 4 to 10.")


@act(Programme)
def lay_down(programme: Programme) -> Iterator[Wrong | Record]:
    """Write down the programme of a cycle."""
    if programme.until <= programme.start:
        yield Wrong("until", "周期的结束要晚于开始。", "The cycle ends after it begins.")


@act(Pair)
def want(pair: Pair) -> Iterator[Wrong | Record]:
    """Write down what the programme wants audited by when."""
    yield from _clause(pair)
    if not pair.programme.start <= pair.due <= pair.programme.until:
        yield Wrong("due", "日期要在方案的周期之内。", "The day lies within the cycle of the programme.")


@act(Audit)
def plan(audit: Audit) -> Iterator[Wrong | Record]:
    """Write down that an audit is planned."""
    if audit.due < localdate(audit.at):
        yield Wrong("due", "计划日期不能早于登记的那一天。", "It cannot be due before it is planned.")


@act(Works)
def work(works: Works) -> Iterator[Wrong | Record]:
    """Write down what somebody's own work is."""
    yield from _clause(works)
    if not works.clause and works.process is None:
        yield Wrong("process", "请填过程或条款，至少一项。", "Give a process or a clause.")


def own_work(people: list[int], examined: Examined) -> bool:
    """Tell whether what is examined is the work of one of these people on that day."""
    theirs = live(Works).filter(person__in=people, at__lte=examined.at).filter(Q(until__isnull=True) | Q(until__gte=localdate(examined.at)))
    process = Q(process=examined.process) if examined.process is not None else Q(pk__in=[])
    return bool(theirs.filter(process | Q(clause=examined.clause)).exists())


@act(Examined)
def examine(examined: Examined) -> Iterator[Wrong | Record]:
    """Write down what an audit looked at; nobody audits their own work."""
    yield from _clause(examined)
    team = [examined.audit.lead_id, *live(Joined).filter(audit=examined.audit).values_list("person", flat=True)]
    if own_work(team, examined):
        yield Wrong(
            "process",
            "审核员在这个过程里工作或负责这一条，不能审核自己的工作；请换一位。",
            "An auditor works in this process or answers for this clause and cannot audit it; ask somebody else.",
        )


@act(Population)
def freeze(population: Population) -> Iterator[Wrong | Record]:
    """Freeze what a sample is drawn from: how many records there are, and the digest of their numbers."""
    try:
        found = numbers(population.source, Moment(population.at))
    except (LookupError, ValueError):
        yield Wrong(
            "source",
            "没有这种记录或清单；请填“property.item”或“property.item:unplaced”这样的名称。",
            "There is no such kind of record or list; write it like “property.item” or “property.item:unplaced”."
        )  # fmt: skip
        return
    frozen = digest(found)
    if not found:
        yield Wrong("source", "里面一条记录也没有，无从抽样。", "It holds no record; nothing can be drawn.")
    if population.size not in {None, len(found)} or population.digest not in {"", frozen}:
        yield Wrong(
            "digest", f"与记录不符：现在有 {len(found)} 条，摘要 {frozen}。", f"That differs from the records: there are {len(found)}, digest {frozen}."
        )
    population.size, population.digest = len(found), frozen


@act(Drawn)
def draw_sample(drawn: Drawn) -> Iterator[Wrong | Record]:
    """Draw a sample; if the population is no longer what was frozen, say so and draw nothing."""
    population = drawn.population
    if not 1 <= drawn.n <= MOST:
        yield Wrong("n", f"样本量在 1 到 {MOST} 之间。", f"A sample holds 1 to {MOST}.")
        return
    found = numbers(population.source, Moment(population.at, population.entry_id - 1))
    if digest(found) != population.digest:
        yield Wrong(
            "population",
            f"冻结之后记录变了：当时 {population.digest}，现在 {digest(found)}。",
            f"The records changed since they were frozen: {population.digest} then, {digest(found)} now."
        )  # fmt: skip
    wanted = " ".join(map(str, draw(found, seed=drawn.seed, n=drawn.n)))
    if drawn.numbers not in {"", wanted}:
        yield Wrong("numbers", f"用这个种子抽出的是：{wanted}。", f"This seed draws: {wanted}.")
    drawn.numbers = wanted


@act(Finding)
def find(finding: Finding) -> Iterator[Wrong | Record]:
    """Write down what an audit found; a nonconformity without a day is to be corrected within thirty."""
    yield from _clause(finding)
    if finding.grade in {Grade.MINOR, Grade.MAJOR} and finding.due is None:
        finding.due = localdate(finding.at) + CORRECTED_WITHIN
    if finding.due is not None and finding.due < localdate(finding.at):
        yield Wrong("due", "整改期限不能早于发现的那一天。", "It cannot be due before it was found.")


@act(Corrected)
def correct(corrected: Corrected) -> Iterator[Wrong | Record]:
    """Write down that a finding was corrected."""
    if corrected.at < corrected.finding.at:
        yield Wrong("at", "整改不会早于发现的时间。", "It cannot have been corrected before it was found.")


@act(Reported)
def report(reported: Reported) -> Iterator[Wrong | Record]:
    """Write down that an audit was finished and reported."""
    if not live(Examined).filter(audit=reported.audit).exists():
        yield Wrong("audit", "这次审核还没有登记看过哪些条款。", "Nothing was entered yet of what this audit looked at.")


@act(Review)
def review(reviewed: Review) -> Iterator[Wrong | Record]:
    """Write down that management reviewed the system."""
    if reviewed.next_due <= localdate(reviewed.at):
        yield Wrong("next_due", "下次评审要在这次之后。", "The next review comes after this one.")


@act(Considered)
def consider(considered: Considered) -> Iterator[Wrong | Record]:
    """Write down what a review looked at."""
    if considered.until > localdate(considered.review.at):
        yield Wrong("until", "数据截止日期不能晚于评审的那一天。", "The data cannot go beyond the day of the review.")
    if live(Considered).filter(review=considered.review, input=considered.input).exists():
        yield Wrong("input", "这一项输入已经登记过。", "This input was entered already.")


@act(Decision)
def decide(decision: Decision) -> Iterator[Wrong | Record]:
    """Write down who does what by when."""
    if decision.due < localdate(decision.at):
        yield Wrong("due", "期限不能早于决定的那一天。", "It cannot be due before it was decided.")


@act(Executed)
def execute(executed: Executed) -> Iterator[Wrong | Record]:
    """Write down that a decision was carried out."""
    if executed.at < executed.decision.at:
        yield Wrong("at", "执行不会早于决定的时间。", "It cannot have been carried out before it was decided.")
