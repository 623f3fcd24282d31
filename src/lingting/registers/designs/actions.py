"""What we do with designs (设计和开发): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator

from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act
from lingting.registers.designs.models import Authorised, Conflict, Controlled, Effective, Launched, Met, Passed, Reviewed, Settled, Solved


@act(Conflict)
def confront(conflict: Conflict) -> Iterator[Wrong | Record]:
    """Write down that two inputs of one design cannot both be met."""
    if conflict.input.pk == conflict.against.pk:
        yield Wrong("against", "一条输入不会和自己矛盾；请选另一条。", "An input does not contradict itself; choose the other one.")
    elif conflict.input.project_id != conflict.against.project_id:
        yield Wrong("against", "两条输入属于不同的设计项目。", "The two inputs belong to different designs.")


@act(Settled)
def settle(settled: Settled) -> Iterator[Wrong | Record]:
    """Write down how a conflict was settled."""
    if settled.at < settled.conflict.at:
        yield Wrong("at", "不会早于发现矛盾的时间。", "That cannot be before the conflict was found.")


@act(Passed)
def pass_stage(passed: Passed) -> Iterator[Wrong | Record]:
    """Write down that a stage came to its end."""
    if passed.at < passed.stage.project.at:
        yield Wrong("at", "阶段不会早于项目开始就结束。", "A stage cannot end before its design began.")


@act(Controlled)
def control(controlled: Controlled) -> Iterator[Wrong | Record]:
    """Write down a review, verification or validation and its result."""
    if controlled.stage is not None and controlled.stage.project_id != controlled.project.pk:
        yield Wrong("stage", "这个阶段属于另一个设计项目。", "That stage belongs to another design.")


@act(Solved)
def solve(solved: Solved) -> Iterator[Wrong | Record]:
    """Write down how a problem was solved."""
    if solved.at < solved.problem.at:
        yield Wrong("at", "不会早于发现问题的时间。", "That cannot be before the problem was found.")


@act(Met)
def meet(met: Met) -> Iterator[Wrong | Record]:
    """Write down that an output answers an input of the same design."""
    if met.output.project_id != met.input.project_id:
        yield Wrong("input", "这条输入属于另一个设计项目。", "That input belongs to another design.")


@act(Launched)
def launch(launched: Launched) -> Iterator[Wrong | Record]:
    """Write down that what was designed went live; whether it should have is what the checks judge."""
    if launched.at < launched.project.at:
        yield Wrong("at", "上线不会早于项目开始。", "It cannot have gone live before its design began.")


@act(Reviewed)
def review(reviewed: Reviewed) -> Iterator[Wrong | Record]:
    """Write down what the review of a change said."""
    if reviewed.at < reviewed.change.at:
        yield Wrong("at", "评审不会早于提出更改的时间。", "A change cannot be reviewed before it was asked for.")


@act(Authorised)
def authorise(authorised: Authorised) -> Iterator[Wrong | Record]:
    """Write down who allowed a change; nobody allows his own."""
    if authorised.change.asked_by_id == authorised.person.pk:
        yield Wrong("person", "提出更改的人不能自己批准。", "Whoever asked for a change cannot allow it.")
    if authorised.at < authorised.change.at:
        yield Wrong("at", "批准不会早于提出更改的时间。", "A change cannot be allowed before it was asked for.")


@act(Effective)
def take_effect(effective: Effective) -> Iterator[Wrong | Record]:
    """Write down that a change took effect; whether it should have is what the checks judge."""
    if effective.at < effective.change.at:
        yield Wrong("at", "生效不会早于提出更改的时间。", "A change cannot take effect before it was asked for.")
