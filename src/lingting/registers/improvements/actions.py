"""What we do to improve (改进): each act holds a record against what the house asks before it is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.utils.timezone import localdate

from lingting import catalog
from lingting.ledger import book
from lingting.ledger.models import Entered, Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.improvements.choices import Grade, Way
from lingting.registers.improvements.models import (
    Action,
    Analysed,
    Answered,
    Chosen,
    Closed,
    Compared,
    Conceded,
    Contained,
    Disposed,
    Done,
    Evidence,
    Finished,
    Nonconformity,
    Opportunity,
    Output,
    Told,
    Verified,
    Weighed,
)  # fmt: skip

if TYPE_CHECKING:
    from lingting.registers.complaints.models import Complaint
    from lingting.registers.conversations.models import Found


def judge(complaint: Found | Complaint, *, reason: str, at: datetime, by: int, clause: str = "", grade: Grade = Grade.MINOR) -> Weighed:
    """Write down whether a complaint, heard or registered, is a nonconformity, and why; if so (`clause` is given), raise it in the same act."""
    column, row = complaint._meta.model_name or "", cast("Any", complaint)
    heard = row if column == "found" else row.found
    raised = Nonconformity(clause=clause, statement=reason, grade=grade, found=heard, at=at) if clause else None
    weighed = Weighed(**{column: complaint}, nonconformity=raised, reason=reason, at=at)
    book.write(*([raised] if raised else []), weighed, act="improvements.weigh", by=by)
    return weighed


@act(Nonconformity)
def raise_(nonconformity: Nonconformity) -> Iterator[Wrong | Record]:
    """Write down that a requirement was not fulfilled."""
    if nonconformity.clause not in {leaf.number for leaf in catalog.read().leaves()}:
        yield Wrong("clause", "请填能评价的条款编号，例如 8.2.1。", "Give the number of a clause that can be assessed, like 8.2.1.")
    patterns = {pattern.id for leaf in catalog.read().leaves() for pattern in leaf.nonconformities}
    if nonconformity.pattern and nonconformity.pattern not in patterns:
        yield Wrong(
            "pattern", "没有这一种常见不符合；请填条款页上的编号，例如 8.2.1-N2。", "There is no such typical nonconformity; give its id from the clause page."
        )


@act(Weighed)
def weigh(weighed: Weighed) -> Iterator[Wrong | Record]:
    """Write down whether a complaint is a nonconformity; each is judged once."""
    given = {name: one for name in ("found", "complaint") if (one := getattr(weighed, name)) is not None}
    if len(given) != 1:
        yield Wrong("complaint", "请填听到的投诉或登记的投诉，二者取一。", "Give the complaint that was heard or the one registered: exactly one.")
    elif live(Weighed).filter(**given).exists():
        yield Wrong(next(iter(given)), "这件投诉已经判定过。", "This complaint was judged already.")


@act(Contained)
def contain(contained: Contained) -> Iterator[Wrong | Record]:
    """Write down how the nonconformity was corrected or its effects held in check."""
    yield from _not_before(contained, contained.nonconformity)


@act(Analysed)
def analyse(analysed: Analysed) -> Iterator[Wrong | Record]:
    """Write down the cause, and where similar cases were looked for."""
    yield from _not_before(analysed, analysed.nonconformity)


@act(Action)
def act_(action: Action) -> Iterator[Wrong | Record]:
    """Write down who will do what by when to remove the cause."""
    if action.due < localdate(action.at):
        yield Wrong("due", "期限不能早于登记的那一天。", "It cannot be due before it is written down.")
    if action.look is not None and action.look < action.due:
        yield Wrong("look", "检查效果的日期不能早于完成期限。", "The effect cannot be checked before the action is due.")


@act(Done)
def do(done: Done) -> Iterator[Wrong | Record]:
    """Write down that an action was carried out."""
    yield from _not_before(done, done.action)


@act(Verified)
def verify(verified: Verified) -> Iterator[Wrong | Record]:
    """Write down whether an action worked; its owner cannot say so."""
    if verified.judged_by.id == verified.action.owner_id:
        yield Wrong("judged_by", "措施的负责人不能验证自己的措施，请换一位同事。", "The owner of an action cannot verify it; ask a colleague.")
    if verified.check_id and verified.check_id not in catalog.read().checks:
        yield Wrong("check_id", "没有这一项检查；请填条款页上的编号。", "There is no such check; give its id from the clause page.")
    if bool(verified.check_id) != (verified.since is not None):
        yield Wrong("since", "检查项和起算日期要一起填。", "Give the check together with the day from which it counts.")
    if verified.since is not None and verified.since > localdate(verified.at):
        yield Wrong("since", "起算日期不能晚于验证的那一天。", "It cannot count from a day after the verification.")


@act(Closed)
def close(closed: Closed) -> Iterator[Wrong | Record]:
    """Write down that a nonconformity is closed: after its cause was found and every action carried out."""
    yield from _not_before(closed, closed.nonconformity)
    mine = {"nonconformity": closed.nonconformity}
    undone = live(Action).filter(**mine).exclude(pk__in=live(Done).values("action"))
    if undone.exists() or not live(Analysed).filter(**mine).exists():
        yield Wrong("nonconformity", "前面的步骤还没有完成，现在还不能做这一步。", "An earlier step is missing; this one cannot be taken yet.")


@act(Answered)
def answer(answered: Answered) -> Iterator[Wrong | Record]:
    """Write down that whoever complained was told what was changed, which is nothing before an action was carried out."""
    yield from _not_before(answered, answered.nonconformity)
    if not live(Done).filter(action__nonconformity=answered.nonconformity).exists():
        yield Wrong("nonconformity", "还没有做完一项措施，没有可以告诉的。", "No action was carried out yet: there is nothing to tell.")
    if answered.complaint is not None and answered.complaint.party_id != answered.party_id:
        yield Wrong("party", "那起投诉不是这位提出的。", "That complaint is somebody else's.")


@act(Output)
def set_apart(output: Output) -> Iterator[Wrong | Record]:
    """Write down that an output does not conform."""
    if output.party is not None and not output.affects:
        yield Wrong("affects", "写明了顾客，就是影响到顾客。", "A customer is named, so one is affected.")


@act(Disposed)
def dispose(disposed: Disposed) -> Iterator[Wrong | Record]:
    """Write down what becomes of a nonconforming output; a concession names who granted it."""
    yield from _not_before(disposed, disposed.output)
    if Way.CONCESSION in disposed.ways.split() and not live(Conceded).filter(output=disposed.output).exists():
        yield Wrong("ways", "让步接收要先登记谁批准、凭什么权限。", "Before a concession is used, enter who granted it and by which authority.")


@act(Opportunity)
def see(opportunity: Opportunity) -> Iterator[Wrong | Record]:
    """Write down how something can be better; an opportunity that is linked to words or an analysis needs no other origin."""
    if not opportunity.origin and opportunity.found is not None:
        yield Wrong("origin", "连着对话里的话，来源请选“顾客”或“投诉”。", "It is linked to words; choose “Customer” or “Complaint” as its origin.")


@act(Chosen)
def choose(chosen: Chosen) -> Iterator[Wrong | Record]:
    """Write down whether an opportunity is taken up."""
    yield from _not_before(chosen, chosen.opportunity)


@act(Finished)
def finish(finished: Finished) -> Iterator[Wrong | Record]:
    """Write down that an improvement was carried out."""
    yield from _not_before(finished, finished.opportunity)


@act(Compared)
def compare(compared: Compared) -> Iterator[Wrong | Record]:
    """Write down what was measured before and after; a figure of no case is none."""
    for column in ("n_before", "n_after"):
        if getattr(compared, column) < 1:
            yield Wrong(column, "样本数至少是 1。", "A figure speaks of at least one case.")


@act(Told)
def tell(told: Told) -> Iterator[Wrong | Record]:
    """Write down that who had said it was told what was changed."""
    if not live(Chosen).filter(opportunity=told.opportunity).exists():
        yield Wrong("opportunity", "还没有决定做不做，先评估再告诉。", "Nothing is decided yet; assess it first.")


def propose(*, clause: str, pattern: str, thing: str, statement: str, shown_by: tuple[tuple[str, int], ...], at: datetime, by: int) -> Nonconformity:
    """Raise a nonconformity from a proposal in one act, with the records (kind and number) that show it; their words are not copied."""
    row = Nonconformity(clause=clause, pattern=pattern, thing=thing, statement=statement, grade=Grade.MINOR, at=at)
    evidence = [Evidence(nonconformity=row, kind=kind, record=record, quote="", at=at) for kind, record in shown_by]
    book.write(row, *evidence, act="improvements.raise", by=by)
    return row


def _not_before(row: Entered, before: Entered) -> Iterator[Wrong]:
    if row.at < before.at:
        yield Wrong("at", "不会早于它所针对的那件事。", "That cannot be before what it is about.")
