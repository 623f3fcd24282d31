"""What we do with people (人员): each act holds a record against what the house asks before it is written."""

import math
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Value
from django.utils.timezone import localdate

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.people import queries
from lingting.registers.people.choices import Cause, Decision, Model, Power, Side
from lingting.registers.people.listening import DISMISSED, LABELLED, hear
from lingting.registers.people.models import (
    Absent,
    Agreed,
    Answer,
    Appointed,
    Authorised,
    Cleared,
    Coached,
    Concern,
    Decided,
    Deputed,
    Dismissed,
    Entrusted,
    Evaluated,
    Expected,
    Left,
    Low,
    Needed,
    Person,
    Planned,
    Relieved,
    Replied,
    Required,
    Retested,
    Shown,
    Shut,
    Staffing,
    Suggested,
    Taken,
    Thanked,
    Trained,
)
from lingting.registers.people.rated import Toned
from lingting.statistics.queues import agents_needed

IN_MONEY = {Power.REFUND, Power.COMPENSATION}
BUSIEST = 0.85
"""No plan keeps people busier than this; a house default, shown as ours."""

FINEST = 5
"""The best score of a tone; 1 is the worst."""


@act(Left)
def leave(left: Left) -> Iterator[Wrong | Record]:
    """Write down that somebody left."""
    yield from _not_before(left.at, left.person.at, "离开不会早于入职。", "Nobody leaves before beginning.")


@act(Appointed)
def appoint(appointed: Appointed) -> Iterator[Wrong | Record]:
    """Write down that somebody takes up a role."""
    yield from _here(appointed.person, appointed.at)


@act(Relieved)
def relieve(relieved: Relieved) -> Iterator[Wrong | Record]:
    """Write down that somebody gives a role up."""
    yield from _not_before(relieved.at, relieved.appointed.at, "卸任不会早于任命。", "A role is not given up before it is taken up.")


@act(Deputed)
def depute(deputed: Deputed) -> Iterator[Wrong | Record]:
    """Write down who stands in for a role: somebody else than those who hold it."""
    yield from _here(deputed.person, deputed.at)
    if queries.appointed(Moment(deputed.at)).filter(role=deputed.role, person=deputed.person).exists():
        yield Wrong("person", "担任这个岗位的人不能做自己的代理人。", "Who holds the role cannot stand in for it.")


@act(Absent)
def stay_away(absent: Absent) -> Iterator[Wrong | Record]:
    """Write down the days on which somebody is away."""
    if absent.until < absent.start:
        yield Wrong("until", "结束日不能早于开始日。", "The last day cannot be before the first.")


@act(Entrusted)
def entrust(entrusted: Entrusted) -> Iterator[Wrong | Record]:
    """Give somebody one of the five duties."""
    yield from _here(entrusted.person, entrusted.at)


@act(Authorised)
def authorise(authorised: Authorised) -> Iterator[Wrong | Record]:
    """Write down what a role may decide by itself."""
    if authorised.most is not None and authorised.most < 0:
        yield Wrong("most", "额度不能小于零。", "A limit is not less than nothing.")


@act(Decided)
def decide(decided: Decided) -> Iterator[Wrong | Record]:
    """Decide within one's authority, or with the approval of somebody who has it; what was done already is written down as it was."""
    if decided.amount is None and decided.power in IN_MONEY:
        yield Wrong("amount", "退款和补偿要写明金额。", "A refund or compensation has an amount.")
    if decided.approver and decided.approver == decided.person:
        yield Wrong("approver", "不能批准自己的决定。", "Nobody approves a decision of their own.")
    who = [person for person in (decided.person, decided.approver) if person]
    of = {"power": decided.power, "amount": Value(decided.amount or 0), "at": decided.at}
    enough = (rows.exists() for person in who for rows in queries.enough_for(Moment(decided.at), person=person.id, **of))
    if not decided.made and not any(enough):
        yield Wrong(
            "approver",
            "超出这个人的权限；请先由有权限的人批准。如果决定已经对外作出，请在“已经作出”填“是”，如实补记。",
            "This is beyond the person's authority; have somebody who may decide it approve it first. If it was done already, say so under “Done already”.",
        )


@act(Required)
def require(required: Required) -> Iterator[Wrong | Record]:
    """Write down what a role asks for."""
    if required.months is not None and required.months <= 0:
        yield Wrong("months", "有效期要大于零个月；长期有效请留空。", "Evidence holds for more than no months; leave it empty if it holds for good.")


@act(Shown)
def show(shown: Shown) -> Iterator[Wrong | Record]:
    """Write down that somebody showed a competence; where it holds for a time, until when."""
    if shown.required.months is not None and shown.until is None:
        yield Wrong("until", "这项能力要定期复核，请填有效到哪一天。", "This competence is renewed from time to time; say until which day it holds.")
    if shown.until is not None and shown.until < localdate(shown.at):
        yield Wrong("until", "有效期不能早于取得的那一天。", "It cannot end before the day it was shown.")


@act(Cleared)
def clear(cleared: Cleared) -> Iterator[Wrong | Record]:
    """Sign somebody under training off for a role."""
    if cleared.by == cleared.person:
        yield Wrong("by", "不能给自己签放。", "Nobody signs themselves off.")


@act(Planned)
def plan(planned: Planned) -> Iterator[Wrong | Record]:
    """Plan a training."""
    yield from _here(planned.person, planned.at)


@act(Trained)
def train(trained: Trained) -> Iterator[Wrong | Record]:
    """Write down that a training took place."""
    if trained.hours <= 0:
        yield Wrong("hours", "学时要大于零。", "A training takes some time.")


@act(Evaluated)
def evaluate(evaluated: Evaluated) -> Iterator[Wrong | Record]:
    """Write down whether a training made its difference."""
    yield from _not_before(evaluated.at, evaluated.trained.at, "评价不会早于培训。", "A training is not evaluated before it took place.")


@act(Low)
def inspect_low(low: Low) -> Iterator[Wrong | Record]:
    """Write down that inspection came out below the line: what was heard, not what kind of person they are."""
    if low.score >= low.line:
        yield Wrong("score", "得分没有低于及格线，不用登记。", "The score is not below the line; there is nothing to write down.")
    yield from _no_label("evidence", low.evidence)


@act(Coached)
def coach(coached: Coached) -> Iterator[Wrong | Record]:
    """Write down that somebody was coached, by another."""
    yield from _not_before(coached.at, coached.low.at, "辅导不会早于这次质检。", "Coaching does not come before the inspection.")
    if coached.low.cause == Cause.SYSTEM:
        yield Wrong("low", "原因在系统：请去改系统，不辅导个人。", "The system is the cause: change the system, and coach nobody for it.")
    if coached.by == coached.low.person:
        yield Wrong("by", "辅导人不能是本人。", "Nobody coaches themselves.")


@act(Retested)
def retest(retested: Retested) -> Iterator[Wrong | Record]:
    """Write down how the new inspection came out, after coaching; it passes only on or above the line."""
    if not live(Coached).filter(low=retested.low, at__lte=retested.at).exists():
        yield Wrong("low", "请先登记辅导，再登记复测。", "Write down the coaching first, then the new inspection.")
    if retested.passed and retested.score < retested.low.line:
        yield Wrong("passed", "得分低于及格线，不能算通过。", "A score below the line is no pass.")


@act(Agreed)
def agree(agreed: Agreed) -> Iterator[Wrong | Record]:
    """Write down that somebody agreed to what is expected of them."""
    yield from _not_before(agreed.at, agreed.expected.at, "确认不会早于期望写下的时间。", "It was not agreed to before it was written.")


@act(Expected)
def expect(expected: Expected) -> Iterator[Wrong | Record]:
    """Write down what is expected of somebody and where they want to grow."""
    yield from _here(expected.person, expected.at)
    yield from _no_label("words", expected.words)


@act(Thanked)
def thank(thanked: Thanked) -> Iterator[Wrong | Record]:
    """Recognise an effort of somebody else."""
    if thanked.by == thanked.effort.person:
        yield Wrong("by", "不能感谢自己。", "Nobody thanks themselves.")
    yield from _not_before(thanked.at, thanked.effort.at, "感谢不会早于这件事。", "Nobody is thanked beforehand.")


@act(Suggested)
def suggest(suggested: Suggested) -> Iterator[Wrong | Record]:
    """Write down an idea; a repetition names the first one, not another repetition."""
    if suggested.same and suggested.same.same_id:
        yield Wrong("same", "请填最早的那一条建议。", "Name the first suggestion that says it.")


@act(Replied)
def reply(replied: Replied) -> Iterator[Wrong | Record]:
    """Answer a suggestion with a decision and its reasons; words that brush the idea off are found, unless they lead to the earlier decision."""
    suggested = replied.suggested
    yield from _not_before(replied.at, suggested.at, "答复不会早于建议。", "An idea is not answered before it was had.")
    if suggested.person and replied.by == suggested.person:
        yield Wrong("by", "不能答复自己的建议。", "Nobody decides on an idea of their own.")
    if replied.earlier == suggested:
        yield Wrong("earlier", "“以前的决定”要填另一条建议。", "The earlier one is another suggestion.")
    finding = None if replied.earlier or replied.decision == Decision.ADOPTED else hear(DISMISSED, suggested.words or "", replied.words or "")
    if finding:
        yield Dismissed(at=replied.at, replied=replied, norm=finding.norm, norm_version=finding.norm_version, quote=finding.quote)


@act(Concern)
def raise_concern(concern: Concern) -> Iterator[Wrong | Record]:
    """Open a fair procedure: what was seen, and what showed it; a label is no concern."""
    yield from _no_label("what", concern.what)


@act(Taken)
def take(taken: Taken) -> Iterator[Wrong | Record]:
    """Take a step of the procedure."""
    yield from _not_before(taken.at, taken.concern.at, "不会早于问题提出的时间。", "That cannot be before the concern was raised.")
    yield from _no_label("words", taken.words)


@act(Staffing)
def reckon(staffing: Staffing) -> Iterator[Wrong | Record]:
    """Reckon how many people a queue needs; nobody is planned to be busier than 85 %."""
    if staffing.until <= staffing.start:
        yield Wrong("until", "结束时间要晚于开始时间。", "The end is after the beginning.")
    if staffing.model == Model.GUESS:
        if staffing.guess is None or staffing.guess < 0:
            yield Wrong("guess", "请填估计的人数。", "Say how many people you guess.")
        else:
            yield Needed(at=staffing.at, staffing=staffing, people=staffing.guess)
        return
    given = {"calls": staffing.calls, "handling": staffing.handling, "share": staffing.share, "within": staffing.within}
    missing = [name for name, value in given.items() if value is None or value < (0 if name in {"calls", "within"} else 1)]
    for name in missing:
        yield Wrong(name, "用排队模型测算，这一栏要填大于零的数。", "The model needs this number, greater than nothing.")
    if staffing.share is not None and staffing.share >= 1000:  # noqa: PLR2004  # 100.0 % in tenths
        yield Wrong("share", "没有多少人能保证百分之百；请填小于 100 的数。", "No number of people answers all in time; give a share below 100.")
    elif not missing:
        yield Needed(at=staffing.at, staffing=staffing, people=people_needed(staffing))


def people_needed(staffing: Staffing) -> int:
    """Return how many people must answer at once."""
    calls, handling, share, within = staffing.calls or 0, staffing.handling or 0, staffing.share or 0, staffing.within or 0
    if not calls:
        return 0
    return math.ceil(agents_needed(calls_per_hour=calls / 10, handling=handling, share=share / 1000, within=within, busiest=BUSIEST))


@act(Answer)
def answer(given: Answer) -> Iterator[Wrong | Record]:
    """Answer a survey that is still open; the time kept is the survey's, so that the hour names nobody."""
    if live(Shut).filter(survey=given.survey).exists():
        yield Wrong("survey", "这次调查已经结束，谢谢您。", "This survey has ended; thank you.")
    given.at = given.survey.at


def _here(person: Person, at: datetime) -> Iterator[Wrong]:
    if live(Left).filter(person=person, at__lte=at).exists():
        yield Wrong("person", "这个人已经离开。", "This person has left.")
    yield from _not_before(at, person.at, "不会早于这个人入职的时间。", "That cannot be before the person began.")


def _not_before(at: datetime, first: datetime, zh: str, en: str) -> Iterator[Wrong]:
    if at < first:
        yield Wrong("at", zh, en)


def _no_label(column: str, words: str | None) -> Iterator[Wrong]:
    finding = hear(LABELLED, words or "")
    if finding:
        yield Wrong(
            column,
            f"“{finding.quote}”是给人贴标签；请写看到、听到的事。",
            f"“{finding.quote}” labels a person; say what was seen or heard.",
        )


@act(Toned)
def rate_tone(toned: Toned) -> Iterator[Wrong | Record]:
    """Write down how somebody else was rated, once by each person for each side of a conversation."""
    if not 1 <= toned.score <= FINEST:
        yield Wrong("score", "分数在 1 到 5 之间。", "A score is between 1 and 5.")
    if toned.judged_by == toned.person:
        yield Wrong("judged_by", "不能给自己打分。", "Nobody rates himself.")
    sides = {Side.TONE, ""} if toned.side in {Side.TONE, ""} else {toned.side}
    same = live(Toned).filter(conversation=toned.conversation_id, person=toned.person_id, judged_by=toned.judged_by_id, side__in=sides)
    if same.exists():
        yield Wrong(
            "side", "这一面您已经评过；要改，先作废原来的那条。", "This side was rated by the same person already; strike that rating out first to change it."
        )
