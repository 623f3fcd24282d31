"""What is true of designs (设计和开发) as of a moment."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.designs.models import (
    Authorised,
    Change,
    Conflict,
    Control,
    Controlled,
    Effective,
    Input,
    Joined,
    Launched,
    Met,
    Output,
    Passed,
    Problem,
    Project,
    Reviewed,
    Settled,
    Side,
    Solved,
    Sort,
    Stage,
)


def _of(model: type[Record], moment: Moment, **outer: str) -> RecordQuerySet[Any]:
    """Return the rows of a class that belong to the row outside: `_of(Stage, moment, project="pk")`."""
    rows: RecordQuerySet[Any] = model.objects.as_of(moment)
    return rows.filter(**{name: OuterRef(place) for name, place in outer.items()})


def projects(moment: Moment) -> RecordQuerySet[Project]:
    """Return every design begun."""
    return Project.objects.as_of(moment)


def unplanned(moment: Moment) -> RecordQuerySet[Project]:
    """Return the designs without stages, without any control point, or with a stage that nobody answers for."""
    stages = _of(Stage, moment, project="pk")
    return projects(moment).filter(~Exists(stages.exclude(control="")) | Exists(stages.filter(owner="")))


def without_desk(moment: Moment) -> RecordQuerySet[Project]:
    """Return the designs that the service desk has put no name to."""
    return projects(moment).exclude(Exists(_of(Joined, moment, project="pk").filter(side=Side.DESK)))


def without_lessons(moment: Moment) -> RecordQuerySet[Project]:
    """Return the designs whose inputs cite no complaint, or no consequence of failure."""
    inputs = _of(Input, moment, project="pk").exclude(source="")
    return projects(moment).exclude(Exists(inputs.filter(sort=Sort.COMPLAINT)), Exists(_of(Input, moment, project="pk").filter(sort=Sort.CONSEQUENCE)))


def conflicts(moment: Moment) -> RecordQuerySet[Conflict]:
    """Return the conflicts found between inputs."""
    return Conflict.objects.as_of(moment)


def carried_over(moment: Moment) -> RecordQuerySet[Conflict]:
    """Return the conflicts that were still open when a stage of the design ended, or it went live."""
    settled = Subquery(_of(Settled, moment, conflict="pk").order_by("at").values("at")[:1])
    rows = conflicts(moment).annotate(settled_at=Coalesce(settled, moment.at + timedelta(seconds=1)))
    after = {"at__gte": OuterRef("at"), "at__lt": OuterRef("settled_at")}
    ends = _of(Passed, moment, stage__project="input__project").filter(**after)
    launches = _of(Launched, moment, project="input__project").filter(**after)
    return rows.filter(Exists(ends) | Exists(launches))


def launched(moment: Moment) -> RecordQuerySet[Project]:
    """Return the designs that went live."""
    return projects(moment).filter(Exists(_of(Launched, moment, project="pk")))


def in_hand(moment: Moment) -> RecordQuerySet[Project]:
    """Return the designs that are still being worked on."""
    return projects(moment).exclude(Exists(_of(Launched, moment, project="pk")))


def uncontrolled(moment: Moment) -> RecordQuerySet[Project]:
    """Return the designs that went live without having been reviewed, verified and validated before."""
    begun = launched(moment).annotate(live_at=Subquery(_of(Launched, moment, project="pk").order_by("at").values("at")[:1]))
    done = _of(Controlled, moment, project="pk").filter(at__lte=OuterRef("live_at"))
    return begun.exclude(*(Exists(done.filter(control=control)) for control in Control))


def launches(moment: Moment) -> RecordQuerySet[Launched]:
    """Return every going live."""
    return Launched.objects.as_of(moment)


def launched_blocked(moment: Moment) -> RecordQuerySet[Launched]:
    """Return the designs that went live although a blocking problem found before was not solved."""
    solved = Solved.objects.as_of(moment).filter(problem=OuterRef("pk"), at__lte=OuterRef(OuterRef("at")))
    blocking = _of(Problem, moment, controlled__project="project").filter(blocking=True, at__lte=OuterRef("at"))
    return launches(moment).filter(Exists(blocking.exclude(Exists(solved))))


def problems_open(moment: Moment) -> RecordQuerySet[Problem]:
    """Return the problems that nobody has solved yet."""
    return Problem.objects.as_of(moment).exclude(Exists(_of(Solved, moment, problem="pk")))


def outputs(moment: Moment) -> RecordQuerySet[Output]:
    """Return what designs handed on."""
    return Output.objects.as_of(moment)


def without_criteria(moment: Moment) -> RecordQuerySet[Output]:
    """Return the outputs that do not say when they are right."""
    return outputs(moment).filter(criteria="")


def inputs_due(moment: Moment) -> RecordQuerySet[Input]:
    """Return the inputs of the designs that went live: each should be met by then."""
    return Input.objects.as_of(moment).filter(Exists(_of(Launched, moment, project="project")))


def unmet(moment: Moment) -> RecordQuerySet[Input]:
    """Return the inputs that no output answers although the design went live."""
    return inputs_due(moment).exclude(Exists(_of(Met, moment, input="pk")))


def changed(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes that took effect, each with `effective_at`."""
    effect = _of(Effective, moment, change="pk").order_by("at").values("at")[:1]
    return Change.objects.as_of(moment).annotate(effective_at=Subquery(effect)).filter(effective_at__isnull=False)


def undocumented(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes in effect of which the review, what keeps them from harm, or the permission is not on record."""
    reviewed = _of(Reviewed, moment, change="pk").exclude(safeguards="")
    return changed(moment).exclude(Exists(reviewed), Exists(_of(Authorised, moment, change="pk")))


def unauthorised(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes that took effect before anybody entitled had allowed them."""
    return changed(moment).exclude(Exists(_of(Authorised, moment, change="pk").filter(at__lte=OuterRef("effective_at"))))


def pending(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes asked for that have not taken effect."""
    return Change.objects.as_of(moment).exclude(Exists(_of(Effective, moment, change="pk")))


stands = Stands(("uncontrolled", uncontrolled), ("unplanned", unplanned), ("without_desk", without_desk), ("launched", launched), ("in_hand", in_hand))
"""How a design stands, the worst first."""
