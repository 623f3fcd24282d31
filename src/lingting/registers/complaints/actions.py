"""What we do with feedback and complaints (投诉与反馈): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.complaints.clocks import clocks, in_force, runs_out
from lingting.registers.complaints.models import (
    Acknowledged,
    Answered,
    Assessed,
    Attempted,
    Captured,
    Checked,
    Closed,
    Complaint,
    Effort,
    Escalated,
    Followed,
    Form,
    Investigated,
    Letter,
    Mentioned,
    Merged,
    Passed,
    Reacted,
    Recovery,
    Reopened,
    Replied,
    Ruled,
    Taken,
    Traced,
    Withdrawn,
)  # fmt: skip

FAILURES = 2
"""So many recoveries that failed send a complaint upwards by itself; a house default."""

Step = (
    Acknowledged | Assessed | Escalated | Taken | Investigated | Answered | Attempted | Reacted | Recovery | Effort | Passed | Withdrawn | Merged | Reopened
    | Closed | Mentioned | Traced
)  # fmt: skip


def _begun(step: Step) -> Iterator[Wrong]:
    if step.at < step.complaint.at:
        yield Wrong("at", "不会早于收到投诉的时间。", "That cannot be before the complaint came in.")


@act(Complaint)
def register(complaint: Complaint) -> Iterator[Wrong | Record]:
    """Write a complaint down with the customer's grade then; one that a protection body sent has its reference."""
    if not complaint.tier:
        held = complaint.party.tiers.as_of(Moment(complaint.at)).filter(until__gte=localdate(complaint.at)).order_by("-at", "-id")
        complaint.tier = held.values_list("tier", flat=True).first() or ""
    if complaint.form == Form.PROTECTION and not complaint.reference:
        yield Wrong("reference", "经顾客保障渠道转来的投诉，请写明对方的编号。", "A complaint that a protection body sent has a reference; give it.")


@act(Mentioned)
def mention(mentioned: Mentioned) -> Iterator[Wrong | Record]:
    """Write down that a registered complaint was heard again."""
    if mentioned.complaint.found_id == mentioned.found_id:
        yield Wrong("found", "这段话就是登记这起投诉时听到的。", "These are the words in which the complaint was heard first.")


@act(Captured)
def capture(captured: Captured) -> Iterator[Wrong | Record]:
    """Write down where the complaints heard in a conversation belong: one place of the three."""
    if sum(map(bool, (captured.complaint_id, captured.feedback_id, captured.reason))) != 1:
        yield Wrong("complaint", "投诉、反馈、理由三者填一。", "Give one of the three: a complaint, a feedback or a reason.")


@act(Acknowledged)
def acknowledge(acknowledged: Acknowledged) -> Iterator[Wrong | Record]:
    """Write down that the customer knows we have his complaint."""
    yield from _begun(acknowledged)


@act(Assessed)
def assess(assessed: Assessed) -> Iterator[Wrong | Record]:
    """Write down how heavy a complaint weighs; what touches safety is never minor."""
    yield from _begun(assessed)
    if assessed.safety and assessed.severity == "minor":
        yield Wrong("severity", "涉及安全的投诉不能定为轻微。", "A complaint that touches safety is never minor.")


@act(Escalated)
def escalate(escalated: Escalated) -> Iterator[Wrong | Record]:
    """Write down that a complaint was handed upwards."""
    yield from _begun(escalated)


@act(Taken)
def take_over(taken: Taken) -> Iterator[Wrong | Record]:
    """Write down that somebody above took a complaint over; nobody decides on a complaint about himself."""
    yield from _begun(taken)
    yield from _not_the_accused(taken)


@act(Investigated)
def investigate(investigated: Investigated) -> Iterator[Wrong | Record]:
    """Write down what came out; whoever a complaint is about does not look into it."""
    yield from _begun(investigated)
    yield from _not_the_accused(investigated)


@act(Traced)
def trace(traced: Traced) -> Iterator[Wrong | Record]:
    """Write down what came out at a link; each is looked at once, and where it began the walk ends."""
    yield from _begun(traced)
    before = live(Traced).filter(complaint=traced.complaint_id)
    if before.filter(process=traced.process_id).exists():
        yield Wrong("process", "这一环已经看过了；要改，请先勾销那一条。", "This link was looked at already; strike that record out to say otherwise.")
    if before.filter(origin=True).exists():
        yield Wrong("complaint", "已经追到造成它的环节；要重追，请先勾销那一条。", "The link where it began is known; strike that record out to walk again.")


def _not_the_accused(step: Taken | Investigated) -> Iterator[Wrong]:
    if step.complaint.accused_id and step.complaint.accused_id == step.person_id:
        yield Wrong("person", "投诉涉及此人，请换一位处理。", "The complaint is about this person; somebody else must look into it.")


@act(Answered)
def answer(answered: Answered) -> Iterator[Wrong | Record]:
    """Write down what the customer was told; a no names what else is open to him, a mistake its evidence."""
    yield from _begun(answered)
    if answered.decision == Answered.Decision.REJECTED and not answered.options:
        yield Wrong(
            "options", "不支持时，请写明顾客还可以在内部和外部怎样求助。", "With a no, say what else is open to the customer inside and outside the house."
        )
    if answered.decision == Answered.Decision.MISTAKEN and not answered.evidence:
        yield Wrong("evidence", "说顾客弄错了，要有证据；请写明。", "To find the customer mistaken takes evidence; name it.")


@act(Checked)
def check(checked: Checked) -> Iterator[Wrong | Record]:
    """Write down what a second person thinks of an answer; whoever investigated is not a second person."""
    if checked.at < checked.answered.at:
        yield Wrong("at", "不会早于答复的时间。", "That cannot be before the answer.")
    if live(Investigated).filter(complaint=checked.answered.complaint_id, person=checked.person_id).exists():
        yield Wrong("person", "复核人不能是调查人。", "Whoever investigated cannot look at it a second time.")


@act(Attempted)
def attempt(attempted: Attempted) -> Iterator[Wrong | Record]:
    """Write down that we tried to reach the customer."""
    yield from _begun(attempted)


@act(Reacted)
def react(reacted: Reacted) -> Iterator[Wrong | Record]:
    """Write down what the customer thinks of the answer."""
    yield from _begun(reacted)


@act(Recovery)
def recover(recovery: Recovery) -> Iterator[Wrong | Record]:
    """Write down an attempt to make good; the second that fails goes upwards in the same act."""
    yield from _begun(recovery)
    failed = live(Recovery).filter(complaint=recovery.complaint_id, worked=False).count()
    if not recovery.worked and failed + 1 >= FAILURES:
        reason = f"第 {failed + 1} 次补救失败。 Recovery failed {failed + 1} times."
        yield Escalated(complaint=recovery.complaint, level=Escalated.Level.SUPERVISOR, reason=reason, at=recovery.at)


@act(Effort)
def spend(effort: Effort) -> Iterator[Wrong | Record]:
    """Write down what a complaint cost."""
    yield from _begun(effort)
    for column in ("minutes", "contacts", "compensation"):
        if getattr(effort, column) < 0:
            yield Wrong(column, "不能小于零。", "It cannot be less than nothing.")
    if not (effort.minutes or effort.contacts or effort.compensation):
        yield Wrong("minutes", "请至少填一项。", "Fill in at least one of the three.")


@act(Passed)
def pass_on(passed: Passed) -> Iterator[Wrong | Record]:
    """Write down that the dispute went outside."""
    yield from _begun(passed)
    yield from _known(passed)


@act(Ruled)
def rule(ruled: Ruled) -> Iterator[Wrong | Record]:
    """Write down what came of it outside."""
    if ruled.at < ruled.passed.at:
        yield Wrong("at", "不会早于转到外部的时间。", "That cannot be before it went outside.")


@act(Withdrawn)
def withdraw(withdrawn: Withdrawn) -> Iterator[Wrong | Record]:
    """Write down that the customer takes a complaint back."""
    yield from _begun(withdrawn)


@act(Merged)
def merge(merged: Merged) -> Iterator[Wrong | Record]:
    """Write down that two complaints are one: of the same customer, and the other goes on by itself."""
    yield from _begun(merged)
    if merged.into_id == merged.complaint_id:
        yield Wrong("into", "不能并入自己。", "A complaint cannot go on in itself.")
    if merged.into.party_id != merged.complaint.party_id:
        yield Wrong("into", "两起投诉不是同一位顾客的；请先核对。", "The two are not of one customer; look again.")
    if live(Merged).filter(complaint=merged.into_id).exists():
        yield Wrong("into", "那一起也已并入别的投诉；请并入最后那一起。", "That one was merged itself; name the one it goes on in.")


@act(Reopened)
def reopen(reopened: Reopened) -> Iterator[Wrong | Record]:
    """Write down that a complaint begins a new round."""
    yield from _begun(reopened)


@act(Closed)
def close(closed: Closed) -> Iterator[Wrong | Record]:
    """Write down that somebody closed a complaint; whether it was answered is for the queries to tell."""
    yield from _begun(closed)
    before = live(Closed).filter(complaint=closed.complaint_id, at__lte=closed.at).order_by("-at").first()
    if before and not live(Reopened).filter(complaint=closed.complaint_id, at__gte=before.at, at__lte=closed.at).exists():
        yield Wrong("complaint", "这一轮已经关闭；顾客又来时请先重开。", "This round is closed already; open a new one if the customer comes again.")


@act(Followed)
def follow_up(followed: Followed) -> Iterator[Wrong | Record]:
    """Write down that the customer was asked after the closing; content is only who was reached."""
    if not live(Closed).filter(complaint=followed.complaint_id, at__lte=followed.at).exists():
        yield Wrong(
            "complaint",
            "投诉关闭以后才回访；之前的联系请登记为答复或顾客的回应。",
            "One follows up after the closing; before it, enter an answer or a reaction.",
        )
    if followed.content and not followed.reached:
        yield Wrong("content", "没有联系上，就不知道是否满意。", "Whoever was not reached did not say that he is content.")


@act(Letter)
def receive(letter: Letter) -> Iterator[Wrong | Record]:
    """Write down a letter that wants an answer; its day is not later than the law allows."""
    if letter.due < localdate(letter.at):
        yield Wrong("due", "答复期限不能早于收到的那一天。", "The day cannot be before the letter came.")
    yield from _known(letter)
    clock = clocks().get(letter.clock)
    last = runs_out(clock, letter.at) if clock and clock.binds == "us" else None
    if last and letter.due > last:
        yield Wrong("due", f"按“{letter.clock}”，最迟是 {last}。", f"By “{letter.clock}” the last day is {last}.")


def _known(record: Letter | Passed) -> Iterator[Wrong]:
    """Yield that a clock is not known, or was not in force when it began to run."""
    names = [name for name, clock in clocks().items() if in_force(clock, record.at)]
    if record.clock and record.clock not in names:
        words = record.clock[:40]
        yield Wrong(
            "clock", f"当时没有“{words}”这个时限；可以是：{'、'.join(names)}。", f"No clock “{words}” was in force then; choose one of: {', '.join(names)}."
        )


@act(Replied)
def reply(replied: Replied) -> Iterator[Wrong | Record]:
    """Write down that a letter was answered."""
    if replied.at < replied.letter.at:
        yield Wrong("at", "不会早于收到来函的时间。", "That cannot be before the letter came.")
