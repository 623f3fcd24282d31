"""What we do with external providers (外部供方): each act holds a record against what cannot be before it is written."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.timezone import localdate

from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.suppliers.choices import Class, Level, Result, Type, Use
from lingting.registers.suppliers.models import (
    Action,
    Agreement,
    Attributed,
    Ceased,
    Criteria,
    Declared,
    Done,
    Evaluated,
    Identified,
    Measured,
    Plan,
    Planned,
    Proved,
    Provider,
    Provision,
    Rated,
    Sent,
    Verified,
    Yardstick,
)

WHOLE_SCORE = 100
WHOLE_SHARE = 1000
"""A share of one hundred percent, in tenths."""

MATTERS = (Class.DESK, Class.RECOGNITION)
"""Providers on which our listening itself depends: their failure never does little."""


@act(Ceased)
def let_go(ceased: Ceased) -> Iterator[Wrong | Record]:
    """Write down that a provider no longer provides anything, which cannot be before it began."""
    if ceased.at < ceased.provider.at:
        yield Wrong("at", "不会早于开始提供的时间。", "That cannot be before it began to provide.")


@act(Identified)
def identify(identified: Identified) -> Iterator[Wrong | Record]:
    """Write down whether a process gets anything from outside; a yes says what."""
    if identified.outside and not identified.what:
        yield Wrong("what", "既然有，请写明是什么。", "As there is something, say what it is.")
    if identified.review < localdate(identified.at):
        yield Wrong("review", "复核日期不能早于回答的那一天。", "The review cannot be before the day of the answer.")


@act(Provision)
def provide(provision: Provision) -> Iterator[Wrong | Record]:
    """Write down what a provider provides; running a process outside is a decision, with its reason and who made it."""
    yield from _not_let_go(provision.provider)
    if provision.type != Type.PROCESS:
        return
    if not provision.reason:
        yield Wrong("reason", "外包是一个决定，请写明理由。", "Running a process outside is a decision; say why it was made.")
    if provision.decided_by is None:
        yield Wrong("decided_by", "外包是一个决定，请写明由谁决定。", "Running a process outside is a decision; say who made it.")


@act(Rated)
def rate(rated: Rated) -> Iterator[Wrong | Record]:
    """Write down what a failure would do; a hotline run outside and speech recognition are never rated low, an outsourced process only with a reason."""
    if {rated.on_customers, rated.on_law} != {Level.LOW}:
        return
    if rated.provider.sort in MATTERS:
        yield Wrong(
            "on_customers",
            "外包客服与语音识别直接影响顾客，至少为“中”。",
            "An outsourced desk and speech recognition bear on customers directly: at least medium.",
        )
    outsourced = live(Provision).filter(provider=rated.provider, type=Type.PROCESS).exists()
    if not rated.justification and ("c" in rated.provider.cases.split() or outsourced):
        yield Wrong("justification", "外包过程评为“低”，请说明理由。", "An outsourced process is rated low: say why.")


@act(Criteria)
def set_criteria(criteria: Criteria) -> Iterator[Wrong | Record]:
    """Write down that a version of criteria came into force."""
    if not 0 < criteria.limit <= WHOLE_SCORE:
        yield Wrong("limit", "及格分在 1 到 100 之间。", "The limit is a score from 1 to 100.")


@act(Evaluated)
def evaluate(evaluated: Evaluated) -> Iterator[Wrong | Record]:
    """Write down an evaluation, selection or re-evaluation; below the limit a provider is at best approved on conditions."""
    yield from _not_let_go(evaluated.provider)
    if evaluated.criteria.use == Use.MONITORING:
        yield Wrong(
            "criteria", "这是监视准则；评价请用评价、选择或再评价的准则。", "These are criteria for monitoring; evaluate by those for evaluation or selection."
        )
    if not 0 <= evaluated.score <= WHOLE_SCORE:
        yield Wrong("score", "得分在 0 到 100 之间。", "A score lies between 0 and 100.")
    if evaluated.score < evaluated.criteria.limit and evaluated.result == Result.APPROVED:
        yield Wrong(
            "result",
            f"得分低于及格分 {evaluated.criteria.limit}，只能“有条件”或“暂停”。",
            f"The score is below the limit of {evaluated.criteria.limit}: approve on conditions, or suspend.",
        )
    if evaluated.next_due <= localdate(evaluated.at):
        yield Wrong("next_due", "下次评价要晚于这一次。", "The next evaluation comes after this one.")


@act(Yardstick)
def watch(yardstick: Yardstick) -> Iterator[Wrong | Record]:
    """Write down which performance is counted, how often, and what is agreed."""
    if not 0 < yardstick.target <= WHOLE_SHARE:
        yield Wrong("target", "目标在 0 到 100% 之间。", "The target is a share of up to 100 %.")
    if yardstick.criteria is not None and yardstick.criteria.use != Use.MONITORING:
        yield Wrong("criteria", "请选监视准则。", "Choose criteria for monitoring.")


@act(Measured)
def measure(measured: Measured) -> Iterator[Wrong | Record]:
    """Write down what our own data say of a period that is over."""
    yield from _period(measured)
    if measured.n < 0:
        yield Wrong("n", "数量不会小于零。", "A count is not less than nothing.")
    if not 0 <= measured.met <= max(measured.n, 0):
        yield Wrong("met", "做对的数量不会多于总数。", "There cannot be more right cases than cases.")
    same = live(Measured).filter(yardstick=measured.yardstick, start__lte=measured.until, until__gte=measured.start)
    if same.exists():
        yield Wrong("start", "这段时间已经统计过；要更正请先作废原来的。", "This time was counted already; strike that out to correct it.")


@act(Declared)
def declare(declared: Declared) -> Iterator[Wrong | Record]:
    """Write down what the provider reported of itself."""
    yield from _period(declared)
    if not 0 <= declared.share <= WHOLE_SHARE:
        yield Wrong("share", "比例在 0 到 100% 之间。", "A share lies between 0 and 100 %.")


@act(Plan)
def plan(plan: Plan) -> Iterator[Wrong | Record]:
    """Fix the controls for a provider; few controls have a reason, and a reason is looked at again."""
    yield from _not_let_go(plan.provider)
    if plan.justification and plan.review is None:
        yield Wrong("review", "理由不会永远成立，请写明何时复核。", "No reason holds for ever: say when it is looked at again.")
    if plan.review is not None and plan.review < localdate(plan.at):
        yield Wrong("review", "复核日期不能早于定下控制的那一天。", "The review cannot be before the day the controls were fixed.")


@act(Planned)
def schedule(planned: Planned) -> Iterator[Wrong | Record]:
    """Put a verification into the calendar."""
    if planned.due < localdate(planned.at):
        yield Wrong("due", "计划的日期不能早于计划的那一天。", "A plan cannot be for a day before it was made.")
    if planned.every is not None and planned.every < 1:
        yield Wrong("every", "间隔至少一天。", "The interval is a day at least.")


@act(Verified)
def verify(verified: Verified) -> Iterator[Wrong | Record]:
    """Write down what a verification found; one that comes round again is put into the calendar anew."""
    planned = verified.planned
    if verified.at < planned.at:
        yield Wrong("at", "不会早于列入计划的时间。", "That cannot be before it was planned.")
    if planned.every and not live(Ceased).filter(provider=planned.provider).exists():
        due = max(planned.due, localdate(verified.at)) + timedelta(days=planned.every)
        yield Planned(
            provider=planned.provider, on=planned.on, control=planned.control, what=planned.what, due=due, every=planned.every, at=verified.at
        )  # fmt: skip


@act(Agreement)
def word(agreement: Agreement) -> Iterator[Wrong | Record]:
    """Put requirements into words; what is said not to apply has a reason, and is not told as well."""
    if set(agreement.covers.split()) & set(agreement.not_applicable.split()):
        yield Wrong("not_applicable", "同一类信息不能既写了又不适用。", "A kind of information cannot both be told and not apply.")
    if agreement.not_applicable and not agreement.why_not:
        yield Wrong("why_not", "请写明为什么不适用。", "Say why it does not apply.")


@act(Sent)
def send(sent: Sent) -> Iterator[Wrong | Record]:
    """Write down that the requirements went to the provider."""
    if sent.at < sent.agreement.at:
        yield Wrong("at", "不会早于写成的时间。", "They cannot have gone out before they were put into words.")


@act(Attributed)
def attribute(attributed: Attributed) -> Iterator[Wrong | Record]:
    """Put a complaint, a broken promise or a harm down to a provider, naming the case."""
    if attributed.at < attributed.provider.at:
        yield Wrong("at", "那时它还没有为我们提供什么。", "It did not provide anything for us yet.")
    if attributed.promise is None and attributed.conversation is None and not attributed.complaint:
        yield Wrong("complaint", "请写明是哪一件：投诉编号、承诺或会话。", "Name the case: a complaint's code, a promise or a conversation.")


@act(Action)
def undertake(action: Action) -> Iterator[Wrong | Record]:
    """Write down what is to be done about a provider, by whom and until when."""
    if action.due < localdate(action.at):
        yield Wrong("due", "期限不能早于提出的那一天。", "The day it is due cannot be before it was undertaken.")
    causes = {
        "evaluated": action.evaluated and action.evaluated.provider_id,
        "measured": action.measured and action.measured.yardstick.provider_id,
        "verified": action.verified and action.verified.planned.provider_id,
        "attributed": action.attributed and action.attributed.provider_id,
    }
    for column, provider in causes.items():
        if provider is not None and provider != action.provider.id:
            yield Wrong(column, "这是另一家供方的。", "That is another provider's.")


@act(Done)
def carry_out(done: Done) -> Iterator[Wrong | Record]:
    """Write down that an action was carried out."""
    if done.at < done.action.at:
        yield Wrong("at", "不会早于提出的时间。", "That cannot be before it was undertaken.")


@act(Proved)
def prove(proved: Proved) -> Iterator[Wrong | Record]:
    """Write down whether an action worked; its owner does not judge it, and nobody judges it before it was carried out."""
    if proved.judged_by == proved.action.owner:
        yield Wrong("judged_by", "负责人不能评价自己的措施。", "The owner does not judge the own action.")
    if not live(Done).filter(action=proved.action, at__lte=proved.at).exists():
        yield Wrong("action", "措施还没有完成。", "The action was not carried out yet.")


def _not_let_go(provider: Provider) -> Iterator[Wrong]:
    if live(Ceased).filter(provider=provider).exists():
        yield Wrong("provider", "这家供方已经不再为我们提供什么。", "This provider was let go.")


def _period(row: Measured | Declared) -> Iterator[Wrong]:
    if row.until < row.start:
        yield Wrong("until", "结束不会早于开始。", "A period cannot end before it starts.")
    if row.until > localdate(row.at):
        yield Wrong("until", "这段时间还没有过去。", "This period is not over yet.")
